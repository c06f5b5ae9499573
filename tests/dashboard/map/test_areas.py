"""Districts and provinces add up with what is told beside them, with boundaries and without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.map.area_shapes import DETAILS, KINDS, layers_of, people_of, shapes_json
from dashboard.map.areas import areas_json, members_of_area
from dashboard.map.outline import GRID
from geodata.errors import InputError
from geodata.filters import Filter
from geodata.map_index import degrees
from geodata.precision import LocationPrecision
from geodata.store import Store, open_store
from tests.dashboard.layer_examples import filters, scattered
from tests.geodata.boundary_examples import LAYER, SQUARES, areas

PEOPLE = {"Zlin": 200_000, "Ostrava": "1,000,000"}


def boundaries() -> list[Any]:
    return [
        replace(area, attributes={"POP_2011": 1, "POP_2020": PEOPLE[area.name]})
        if area.name in PEOPLE
        else area
        for area in areas()
    ]


@pytest.fixture(scope="module")
def bounded(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Incidents around four districts, of which some lie outside."""
    store = open_store(tmp_path_factory.mktemp("areas") / "atlas.gpkg", create=True)
    with store.atomic():
        store.add_incidents(scattered(500, west=16.0, south=48.0, wide=4.0))
        store.add_boundaries(LAYER, boundaries())
    return store


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A project without boundaries."""
    store = open_store(tmp_path_factory.mktemp("names") / "atlas.gpkg", create=True)
    with store.atomic():
        store.add_incidents(scattered(500))
    return store


@settings(max_examples=60, deadline=None)
@given(where=filters(), kind=st.sampled_from(sorted(KINDS)), with_boundaries=st.booleans())
def test_areas_and_what_is_told_beside_are_all_that_matches(
    bounded: Store, named: Store, where: Filter, kind: str, with_boundaries: bool
) -> None:
    store = bounded if with_boundaries else named
    answer = orjson.loads(areas_json(store, where, kind))
    totals = store.totals(where)
    mapped = sum(answer["incidents"]) + answer["outside"] + answer["coarse"]
    assert mapped == totals.mapped
    assert mapped + answer["unplaced"] == totals.matched
    for number, n in zip(answer["at"], answer["incidents"], strict=True):
        assert len(members_of_area(store, where, kind, number)) == n


def test_a_point_counts_for_the_district_that_it_lies_in(bounded: Store) -> None:
    answer = orjson.loads(areas_json(bounded, Filter(), "districts"))
    assert sorted(answer["name"]) == sorted(SQUARES)
    for number, name in zip(answer["at"], answer["name"], strict=True):
        west, south, _ = SQUARES[name]
        ids = bounded.incident_ids(members_of_area(bounded, Filter(), "districts", number).tolist())
        for one in (bounded.incident(name) for name in ids):
            assert one is not None
            assert one.longitude is not None
            assert one.latitude is not None
            # a few kilometres off the coast still count (`AreaIndex.assign`)
            assert west - 0.1 <= one.longitude <= west + 1.1
            assert south - 0.1 <= one.latitude <= south + 1.1


def test_what_is_known_to_a_province_alone_is_in_no_district(bounded: Store) -> None:
    where = Filter(precision=(LocationPrecision.PROVINCE,))
    answer = orjson.loads(areas_json(bounded, where, "districts"))
    assert answer["incidents"] == []
    assert answer["coarse"] == bounded.totals(where).mapped > 0


def test_without_boundaries_an_incident_counts_for_the_district_that_it_names(named: Store) -> None:
    answer = orjson.loads(areas_json(named, Filter(), "districts"))
    assert answer["words"] == ""
    assert dict(zip(answer["name"], answer["parent"], strict=True))["Zlin"] == "Silesia, Czechia"
    (at,) = np.flatnonzero(np.array(answer["name"]) == "Zlin").tolist()
    longitude, latitude = degrees(np.array(answer["x"][at]), np.array(answer["y"][at]))
    assert 60 < longitude < 72
    assert 22 < latitude < 34


def test_rates_are_told_where_the_layer_has_inhabitants(bounded: Store) -> None:
    answer = orjson.loads(areas_json(bounded, Filter(), "districts"))
    rates = dict(zip(answer["name"], answer["rate"], strict=True))
    counts = dict(zip(answer["name"], answer["incidents"], strict=True))
    assert answer["people"] is True
    assert rates["Zlin"] == pytest.approx(counts["Zlin"] / 2)
    assert rates["Ostrava"] == pytest.approx(counts["Ostrava"] / 10)
    assert rates["Opava"] is None


@pytest.mark.parametrize(
    ("attributes", "people"),
    [
        ({"population": 12}, 12),
        ({"T_TL": "1,250"}, 1250),
        ({"pop_2015": 5, "pop_2020": 7}, 7),
        ({"popular": 9}, None),
        ({"POP": "unknown"}, None),
        ({"POP": -1}, None),
        ({}, None),
    ],
)
def test_inhabitants_are_read_from_the_files_own_columns(
    attributes: dict[str, Any], people: int | None
) -> None:
    found = people_of(attributes)
    assert np.isnan(found) if people is None else found == people


def outlines(store: Store, detail: int) -> list[Any]:
    """Polygons in degrees as a browser unpacks them."""
    made = []
    for rings in orjson.loads(shapes_json(store, "districts", detail))["rings"]:
        for ring in rings:
            flat = np.array(ring).reshape(-1, 2).cumsum(axis=0) / GRID
            made.append(shapely.Polygon(np.stack(degrees(flat[:, 0], flat[:, 1]), 1)))
    return made


@pytest.mark.parametrize("detail", range(len(DETAILS)))
def test_simplified_neighbours_still_meet(bounded: Store, detail: int) -> None:
    found = outlines(bounded, detail)
    assert len(found) == len(SQUARES)
    whole = shapely.union_all(found, grid_size=1e-6)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    assert whole.area == pytest.approx(4.0, rel=0.01)


def test_of_a_country_the_layer_added_last_is_drawn(tmp_path: Path) -> None:
    with open_store(tmp_path / "atlas.gpkg", create=True) as store:
        with store.atomic():
            store.add_boundaries(LAYER, areas())
        first = shapes_json(store, "districts", 0)
        assert shapes_json(store, "districts", 0) is first
        with store.atomic():
            store.add_boundaries(replace(LAYER, name="newer", title="Newer"), areas()[:2])
        assert [layer.name for layer in layers_of(store, "districts")] == ["newer"]
        assert len(orjson.loads(shapes_json(store, "districts", 0))["names"]) == 2
        with store.atomic():
            store.add_incidents(scattered(3))
        kept = shapes_json(store, "districts", 0)
        assert shapes_json(store, "districts", 0) is kept


def test_an_area_or_a_detail_that_is_not_there_is_said(bounded: Store) -> None:
    for number in (-1, 4, 10**9):
        with pytest.raises(InputError, match="no area"):
            members_of_area(bounded, Filter(), "districts", number)
    with pytest.raises(InputError, match="detail"):
        shapes_json(bounded, "districts", len(DETAILS))
