"""Hexagons add up: nothing is lost, nothing is counted twice, nothing coarse is made sharp."""

from __future__ import annotations

from pathlib import Path

import h3
import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.map.hexagons import hexagons_json, hexagons_of, members_of, resolution_of, shape_of
from dashboard.map.outline import GRID
from geodata.filters import Filter
from geodata.map_index import degrees
from geodata.store import Store, open_store
from tests.dashboard.layer_examples import filters, scattered

WORLD = (-180.0, -85.0, 180.0, 85.0)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path: Path = tmp_path_factory.mktemp("hexagons") / "atlas.gpkg"
    opened = open_store(path, create=True)
    with opened.atomic():
        opened.add_incidents(scattered(600))
    return opened


@settings(max_examples=60, deadline=None)
@given(where=filters(), zoom=st.integers(0, 18))
def test_hexagons_and_what_is_told_beside_are_all_that_is_mapped(
    store: Store, where: Filter, zoom: int
) -> None:
    answer = orjson.loads(hexagons_json(store, where, zoom, WORLD))
    totals = store.totals(where)
    assert sum(answer["n"]) == answer["inside"]
    assert answer["inside"] + answer["stacked"] == totals.mapped
    assert answer["stacked"] == totals.area_only
    found = hexagons_of(store, where, resolution_of(zoom))
    assert int(found.n.sum() + answer["stacked"]) == totals.mapped
    sharp = [one for one in store.incidents(where) if one.located and not is_stacked(one)]
    assert int(found.killed.sum()) == sum(one.killed_best or 0 for one in sharp)
    assert int(found.untold.sum()) == sum(one.killed_best is None for one in sharp)


def is_stacked(incident: object) -> bool:
    return str(getattr(incident, "location_precision", "")) in ("district", "province")


def test_each_incident_is_in_the_hexagon_of_its_own_point(store: Store) -> None:
    for zoom in (3, 7, 12):
        resolution = resolution_of(zoom)
        found = hexagons_of(store, Filter(), resolution)
        for cell in found.cell.tolist():
            names = store.incident_ids(members_of(store, Filter(), zoom, cell).tolist())
            for one in (store.incident(name) for name in names):
                assert one is not None
                assert h3.latlng_to_cell(one.latitude, one.longitude, resolution) == h3.int_to_str(
                    cell
                )


def test_a_hexagon_over_the_date_line_is_one_piece() -> None:
    cell = h3.str_to_int(h3.latlng_to_cell(-17.0, 180.0, 2))
    flat = np.array(shape_of(cell)).reshape(-1, 2).cumsum(axis=0) / GRID
    longitude, latitude = degrees(flat[:, 0], flat[:, 1])
    assert np.ptp(longitude) < 10
    assert np.ptp(latitude) < 10


def test_sides_stay_of_a_size_on_the_screen() -> None:
    for zoom in range(2, 16):
        km = h3.average_hexagon_edge_length(resolution_of(zoom), unit="km")
        pixels = km * 256 * 2**zoom / (40075.017 * np.cos(np.radians(30)))
        assert 9 <= pixels <= 34


def test_a_view_holds_every_hexagon_that_it_touches(store: Store) -> None:
    whole = orjson.loads(hexagons_json(store, Filter(), 7, WORLD))
    part = orjson.loads(hexagons_json(store, Filter(), 7, (66.0, 27.0, 70.0, 31.0)))
    assert part["classes"] == whole["classes"]
    wanted = set()
    for cell, ring in zip(whole["id"], whole["shape"], strict=True):
        flat = np.array(ring).reshape(-1, 2).cumsum(axis=0) / GRID
        longitude, latitude = degrees(flat[:, 0], flat[:, 1])
        if (longitude.max() > 66 and longitude.min() < 70) and (
            latitude.max() > 27 and latitude.min() < 31
        ):
            wanted.add(cell)
    assert wanted <= set(part["id"])
    assert len(part["id"]) < len(whole["id"])


def test_an_edit_moves_an_incident_out_of_its_hexagon(tmp_path: Path) -> None:
    with open_store(tmp_path / "atlas.gpkg", create=True) as store:
        with store.atomic():
            store.add_incidents(scattered(30))
        before = orjson.loads(hexagons_json(store, Filter(), 5, WORLD))["inside"]
        sharp = next(
            one for one in store.incidents(Filter()) if not is_stacked(one) and one.located
        )
        with store.atomic():
            store.update_incident(sharp.incident_id, {"status": "rejected"}, who="Amina")
        assert orjson.loads(hexagons_json(store, Filter(), 5, WORLD))["inside"] == before - 1
