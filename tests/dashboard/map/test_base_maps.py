"""Base maps that the map offers, and files of them that are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient  # noqa: TID251 - the routes are tested as starlette runs them

from dashboard.map.base_maps import PROVIDERS, choose_base_maps
from geodata.errors import InputError
from tests.browser.street_tiles import write_street_map


@pytest.fixture
def streets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("ATLAS_BASE_MAPS", "")
    path = write_street_map(tmp_path / "streets.pmtiles")
    choose_base_maps((str(path),))
    yield path
    choose_base_maps(())


def test_our_outlines_come_first_and_providers_say_that_they_are_online(client: TestClient) -> None:
    offered = client.get("/base/maps").json()
    assert [one["name"] for one in offered][:2] == ["own", "plain"]
    online = [one for one in offered if one["kind"] == "tiles"]
    assert len(online) == len(PROVIDERS)
    for one in online:
        assert "online" in one["title"]
        assert "OpenStreetMap contributors" in one["credit"]
        assert one["url"].startswith("https://")


def test_a_file_is_offered_and_given_in_parts(client: TestClient, streets: Path) -> None:
    (offered,) = [one for one in client.get("/base/maps").json() if one["kind"] == "vector"]
    assert offered["title"] == "streets"
    part = client.get(offered["url"], headers={"Range": "bytes=0-6"})
    assert (part.status_code, part.content) == (206, b"PMTiles")


def test_a_file_that_is_not_offered_is_not_given(client: TestClient) -> None:
    assert client.get("/base/file/7.pmtiles").status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"no map", "no PMTiles file"), (b"PMTiles\x03" + b"\x02" * 200, "holds pictures")],
)
def test_what_is_no_map_of_streets_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "map.pmtiles"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        choose_base_maps((str(path),))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        choose_base_maps((str(tmp_path / "none.pmtiles"),))
