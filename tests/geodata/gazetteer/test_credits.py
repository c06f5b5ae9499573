"""Whoever gave the coordinates is credited, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.export import attribution
from geodata.gazetteer.add import add_gazetteer
from geodata.gazetteer.credits import GEONAMES, LONGEST, place_credits
from geodata.gazetteer.installed import FOLDER_VARIABLE
from tests.geodata.gazetteer._examples import VALLEY, write_dump


def test_geonames_is_always_credited() -> None:
    assert place_credits() == (GEONAMES,)
    assert attribution() == f"Places: {GEONAMES}"


def test_an_added_gazetteer_is_credited_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "added"))
    add_gazetteer(write_dump(tmp_path, *VALLEY), attribution="The Valley's\nown list, CC0")
    assert place_credits() == (GEONAMES, "The Valley's own list, CC0")
    assert attribution().endswith("; The Valley's own list, CC0")


def test_a_long_attribution_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "added"))
    add_gazetteer(write_dump(tmp_path, *VALLEY), attribution="x" * 500)
    assert len(place_credits()[1]) == LONGEST
