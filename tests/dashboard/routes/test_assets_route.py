"""``/assets/*`` gives known files and nothing else; ``/base/*`` and ``/healthz``."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient  # noqa: TID251 - the routes are tested as starlette runs them

from dashboard._assets import OURS, served
from geodata.store import Store


def test_our_own_script_is_served_with_its_type(client: TestClient) -> None:
    answer = client.get("/assets/atlas/points.js")
    assert answer.text == (OURS / "points.js").read_text()
    assert answer.headers["content-type"].startswith("text/javascript")


def test_a_file_with_its_digest_may_be_kept_for_good(client: TestClient) -> None:
    address = served()["atlas/map.css"].url
    assert "immutable" in client.get(address).headers["cache-control"]
    assert client.get("/assets/atlas/map.css").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name",
    [
        "package.json",
        "atlas/",
        "../_assets.py",
        "atlas/../package.json",
        "..%2f_assets.py",
        "%2e%2e/%2e%2e/pyproject.toml",
        "atlas/%2e%2e/%2e%2e/_assets.py",
        "/etc/passwd",
        "leaflet/package.json",
        "atlas/points.js%00.css",
        "ATLAS/POINTS.JS",
    ],
)
def test_nothing_else_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/assets/{name}").status_code == 404


def test_the_typeface_comes_from_this_machine(client: TestClient) -> None:
    assert client.get("/assets/font/sans.woff2").content.startswith(b"wOF2")


def test_a_base_tile_has_land_and_may_be_cached(client: TestClient) -> None:
    answer = client.get("/base/4/5/3")
    assert answer.json()["land"]
    assert "max-age" in answer.headers["cache-control"]


@pytest.mark.parametrize("tile", ["0/0/0", "2/2/0", "2/0/2", "19/0/0", "4/-1/0", "a/0/0", "4/0"])
def test_a_tile_off_the_world_is_404(client: TestClient, tile: str) -> None:
    assert client.get(f"/base/{tile}").status_code == 404


def test_labels_name_countries(client: TestClient) -> None:
    labels = client.get("/base/labels").json()
    assert "Pakistan" in {label["name"] for label in labels if label["kind"] == "country"}


def test_health_names_the_project(client: TestClient, served: Store) -> None:
    assert client.get("/healthz").json()["project"] == served.name


def test_health_says_why_it_is_not_well(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_STORE", "missing.gpkg")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "missing.gpkg" in answer.json()["error"]
