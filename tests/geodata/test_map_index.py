"""Incidents gathered for the map: nothing is lost at any zoom, and cells are where they say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.columns import matching, read_columns
from geodata.filters import Filter
from geodata.incident import Incident, Status
from geodata.map_index import (
    AREAS,
    PRECISIONS,
    MapIndex,
    build_index,
    cells,
    degrees,
    mercator,
    morton,
    stacks,
)
from geodata.precision import LocationPrecision
from geodata.store import Store, open_store

GROUPS = ("Reds", "Blues", "Greens", None)
KINDS = (*AREAS, LocationPrecision.SETTLEMENT, LocationPrecision.NEAR, LocationPrecision.COUNTRY)


def some_incidents(count: int = 300) -> Iterator[Incident]:
    chance = np.random.default_rng(3)
    for number in range(count):
        place = int(chance.integers(0, 25))
        yield Incident(
            incident_id=f"i{number}",
            event_date=date(2020, 1, 1 + number % 28),
            actor1=GROUPS[int(chance.integers(0, len(GROUPS)))],
            admin1=f"Province {place % 4}",
            admin2=f"District {place % 9}",
            country="Examplia",
            latitude=None if number % 17 == 0 else 30 + place * 0.21,
            longitude=None if number % 17 == 0 else 66 + place * 0.37,
            location_precision=KINDS[int(chance.integers(0, len(KINDS)))],
            status=Status.REJECTED if number % 23 == 0 else Status.DRAFT,
        )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("index") / "atlas.gpkg"
    with open_store(path, create=True) as opened:
        with opened.atomic():
            opened.add_incidents(some_incidents())
        yield opened


@pytest.fixture(scope="module")
def index(store: Store) -> MapIndex:
    return build_index(read_columns(store))


filters = st.builds(
    Filter,
    group=st.sampled_from([(), ("Reds",), ("Blues", "Greens")]),
    since=st.sampled_from([None, date(2020, 1, 10)]),
    until=st.sampled_from([None, date(2020, 1, 20)]),
    district=st.sampled_from([(), ("District 3",)]),
    status=st.sampled_from([(), (Status.REJECTED,)]),
    bbox=st.sampled_from([None, (66.5, 30.5, 70.0, 33.0)]),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters, st.integers(0, 18))
def test_the_cells_of_any_zoom_hold_what_the_store_counts_on_the_map(
    store: Store, index: MapIndex, where: Filter, zoom: int
) -> None:
    sharp, stacked = index.chosen(matching(read_columns(store), where, store.numbers))
    gathered, stack = cells(sharp, zoom, len(index.groups)), stacks(stacked, len(index.groups))
    for part in (gathered, stack):
        assert part.mix_count.sum() == part.start[-1]
        assert (np.diff(part.start) > 0).all()
    assert gathered.start[-1] + stack.start[-1] == store.totals(where).mapped


def test_a_cell_is_eight_pixels_wide(index: MapIndex) -> None:
    zoom, world = 6, 256 * 2**6
    gathered = cells(index.sharp, zoom, len(index.groups))
    for first, last in zip(gathered.start, gathered.start[1:], strict=False):
        for axis in (index.sharp.x, index.sharp.y):
            assert len(np.unique(np.floor(axis[first:last] * world / 8))) == 1


def test_a_cell_lies_in_the_middle_of_its_incidents(index: MapIndex) -> None:
    gathered = cells(index.sharp, 3, len(index.groups))
    rows = slice(gathered.start[0], gathered.start[1])
    assert gathered.x[0] == pytest.approx(index.sharp.x[rows].mean())


def test_the_most_frequent_group_of_a_cell_comes_first(index: MapIndex) -> None:
    gathered = cells(index.sharp, 0, len(index.groups))
    for first, last in zip(gathered.mix_start, gathered.mix_start[1:], strict=False):
        counts = gathered.mix_count[first:last].tolist()
        assert counts == sorted(counts, reverse=True)


def test_a_stack_is_a_district_or_a_province(index: MapIndex) -> None:
    gathered = stacks(index.stacked, len(index.groups))
    kinds = {index.areas[key][0] for key in gathered.key.tolist()}
    assert kinds == {"district", "province"}
    assert {PRECISIONS[code] for code in gathered.precision.tolist()} == set(AREAS)


def test_an_empty_project_has_no_cells(tmp_path: Path) -> None:
    with open_store(tmp_path / "empty.gpkg", create=True) as empty:
        index = build_index(read_columns(empty))
    assert len(cells(index.sharp, 5, 1)) == len(stacks(index.stacked, 1)) == 0


@given(st.floats(-180, 180), st.floats(-85, 85))
def test_a_projected_point_comes_back(longitude: float, latitude: float) -> None:
    there = mercator(np.array([longitude]), np.array([latitude]))
    back = degrees(*there)
    assert back[0][0] == pytest.approx(longitude, abs=1e-9)
    assert back[1][0] == pytest.approx(latitude, abs=1e-7)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=20))
def test_the_curve_knows_the_cell_of_every_zoom(points: list[tuple[float, float]]) -> None:
    x, y = np.array(points).T
    codes = morton(x, y)
    for bits in (1, 5, 12):
        side = 2**bits
        column, row = (np.minimum((axis * side).astype(int), side - 1) for axis in (x, y))
        interleaved = [
            sum(((c >> n & 1) << 2 * n) | ((r >> n & 1) << 2 * n + 1) for n in range(bits))
            for c, r in zip(column.tolist(), row.tolist(), strict=True)
        ]
        assert (codes >> 2 * (26 - bits)).tolist() == interleaved
