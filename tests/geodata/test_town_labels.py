"""Names of towns on the base map: the largest of each patch, no more than fit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geodata import _town_labels as module
from geodata._town_labels import MIN_ZOOM, PATCH, SMALLEST, town_tile
from geodata.map_index import mercator


def tile_at(longitude: float, latitude: float, zoom: int) -> tuple[int, int, int]:
    x, y = mercator(np.array([longitude]), np.array([latitude]))
    across = 2**zoom // 2
    return zoom, int(x[0] * across), int(y[0] * across)


def towns(tile: tuple[int, int, int]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(town_tile(*tile))
    return found


@pytest.mark.parametrize(
    ("name", "longitude", "latitude"),
    [("Quetta", 67.0, 30.19), ("Maiduguri", 13.16, 11.85), ("Baghdad", 44.39, 33.34)],
)
def test_a_large_town_is_named(name: str, longitude: float, latitude: float) -> None:
    assert name in {town["name"] for town in towns(tile_at(longitude, latitude, 7))}


def test_every_patch_has_one_name_at_most() -> None:
    zoom, x, y = tile_at(74.3, 31.5, 8)
    found = towns((zoom, x, y))
    at = mercator(np.array([t["lon"] for t in found]), np.array([t["lat"] for t in found]))
    places = {
        (int((a * 256 * 2**zoom - x * 512) // PATCH), int((b * 256 * 2**zoom - y * 512) // PATCH))
        for a, b in zip(*at, strict=True)
    }
    assert len(places) == len(found) > 5


@pytest.mark.parametrize("zoom", sorted(SMALLEST))
def test_only_towns_of_a_size_are_named_from_afar(zoom: int) -> None:
    found = towns(tile_at(74.3, 31.5, zoom))
    people = [town["people"] for town in found]
    assert people == sorted(people, reverse=True)
    assert people[-1] >= SMALLEST[zoom]


def test_no_town_is_named_where_countries_fill_the_map() -> None:
    assert towns(tile_at(67.0, 30.19, MIN_ZOOM - 1)) == []


def test_without_a_gazetteer_the_map_has_no_towns(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "default_path", lambda: tmp_path / "none.sqlite")
    module._towns.cache_clear()
    town_tile.cache_clear()
    try:
        assert towns(tile_at(67.0, 30.19, 7)) == []
    finally:
        module._towns.cache_clear()
        town_tile.cache_clear()
