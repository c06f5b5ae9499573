"""Countries and provinces: where a point lies, how neighbours meet, what the base map draws."""

from __future__ import annotations

import gzip

import numpy as np
import orjson
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata._outlines import areas, outlines
from geodata._topology import polygons, read_arcs
from geodata.boundaries import (
    NEAR_KM,
    base_labels,
    base_tile,
    countries,
    distance_km,
    extent_of,
    province_at,
    province_matches,
    provinces,
    provinces_at,
)


@pytest.mark.parametrize(
    ("longitude", "latitude", "name", "country"),
    [
        (66.84, 29.80, "Balochistan", "PK"),
        (67.00, 24.86, "Sindh", "PK"),
        (70.07, 33.00, "Federally Administered Tribal Areas", "PK"),
        (69.17, 34.53, "Kabul", "AF"),
        (13.15, 11.84, "Borno State", "NG"),
        (-70.76, 7.09, "Arauca", "CO"),
        (44.00, 36.19, "Erbil", "IQ"),
        (-0.04, 16.27, "Gao", "ML"),
        (74.80, 34.08, "Jammu and Kashmir", "IN"),
        (151.2, -33.87, "New South Wales", "AU"),
        (44.06, 9.56, "Somaliland", "SO"),
        (34.46, 31.50, "Gaza", "PS"),
    ],
)
def test_towns_lie_in_their_province(longitude, latitude, name, country) -> None:
    hit = province_at(longitude, latitude)
    assert hit is not None
    assert (hit.name, hit.country, hit.distance_km) == (name, country, 0.0)


def test_a_point_at_sea_lies_nowhere() -> None:
    assert province_at(65.0, 20.0) is None


def test_a_point_just_off_the_coast_says_how_far_off() -> None:
    hit = province_at(66.95, 24.75)  # off Karachi
    assert hit is not None
    assert hit.name == "Sindh"
    assert 0 < hit.distance_km <= NEAR_KM


def test_how_near_is_near_can_be_said() -> None:
    assert province_at(66.95, 24.75, within_km=0.1) is None


@pytest.mark.parametrize("point", [(float("nan"), 30.0), (66.0, float("inf"))])
def test_a_point_without_a_number_lies_nowhere(point) -> None:
    assert province_at(*point) is None


def test_iso_codes_come_with_the_province() -> None:
    hit = province_at(66.84, 29.80)
    assert hit is not None
    assert (hit.code, hit.country_name) == ("PK-BA", "Pakistan")


@settings(deadline=None)  # the first example reads the outlines
@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), max_size=5))
def test_many_points_at_once_give_what_each_gives_alone(points) -> None:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    assert provinces_at(xs, ys) == [province_at(x, y) for x, y in points]


@pytest.mark.parametrize("layer", ["countries", "provinces"])
def test_every_name_stands_inside_its_own_area(layer) -> None:
    read = areas(layer)
    points = shapely.points([[a.longitude, a.latitude] for a in read.about])
    inside = shapely.distance(read.shapes, points) < 0.002  # the grid of the outlines
    assert [a.name for a, ok in zip(read.about, inside, strict=True) if not ok] == []


def test_neighbours_share_their_border() -> None:
    layer = provinces()
    pakistan = [s for a, s in zip(layer.about, layer.shapes, strict=True) if a.country == "PK"]
    together = shapely.union_all(pakistan)
    assert together.area == pytest.approx(sum(s.area for s in pakistan), rel=1e-9)
    assert sum(len(part.interiors) for part in shapely.get_parts(together)) == 0


def test_countries_are_made_of_their_provinces() -> None:
    for name in ("Pakistan", "Mali", "Colombia", "Iraq"):
        whole = shapely.area([s for a, s in _areas(countries()) if a.country_name == name]).sum()
        parts = shapely.area([s for a, s in _areas(provinces()) if a.country_name == name]).sum()
        assert whole == pytest.approx(parts, rel=1e-6)


def _areas(layer):
    return zip(layer.about, layer.shapes, strict=True)


def test_all_areas_are_valid() -> None:
    for layer in (countries(), provinces(), areas("countries", "outlines_world")):
        assert shapely.is_valid(layer.shapes).all()


def test_every_country_is_on_both_outlines() -> None:
    world = {a.country_name for a in areas("countries", "outlines_world").about}
    assert {a.country_name for a in countries().about} == world
    assert len(world) > 230


@pytest.mark.parametrize(
    ("name", "longitude", "latitude"),
    [
        ("Balochistan", 66.84, 29.80),
        ("Baluchistan", 66.84, 29.80),
        ("Balochistan Province", 66.84, 29.80),
        ("N.W.F.P.", 71.58, 34.01),
        ("Khyber Pakhtunkhwa", 71.58, 34.01),
        ("Khyber Pakhtunkhwa", 70.07, 33.00),  # the former tribal areas, merged in 2018
        ("F.A.T.A.", 70.07, 33.00),
        ("FATA", 70.07, 33.00),
        ("Punjab", 74.34, 31.55),  # of Pakistan
        ("Punjab", 75.85, 30.90),  # of India
        ("Ménaka", 2.40, 15.92),  # split off after the outlines were drawn
        ("Ituri", 30.25, 1.57),
        ("Lombardy", 9.19, 45.46),  # one level above the outlines' units
        ("Borno", 13.15, 11.84),
        ("Departamento de Arauca", -70.76, 7.09),
    ],
)
def test_a_point_lies_in_a_province_by_any_of_its_names(name, longitude, latitude) -> None:
    assert province_matches(name, longitude, latitude) is True


@pytest.mark.parametrize(
    ("name", "longitude", "latitude"),
    [("Sindh", 66.84, 29.80), ("Balochistan", 71.58, 34.01), ("Arauca", -74.07, 4.71)],
)
def test_a_point_in_another_province_is_told(name, longitude, latitude) -> None:
    assert province_matches(name, longitude, latitude) is False


@pytest.mark.parametrize("name", ["Ruritania", "", "Province"])
def test_nothing_is_said_of_an_unknown_name(name) -> None:
    assert province_matches(name, 66.84, 29.80) is None


def test_nothing_is_said_of_a_point_without_numbers() -> None:
    assert province_matches("Sindh", float("nan"), 1.0) is None


@settings(deadline=None)  # the first example reads the outlines
@given(st.text(max_size=40), st.floats(-180, 180), st.floats(-90, 90))
def test_any_name_can_be_asked(name, longitude, latitude) -> None:
    assert province_matches(name, longitude, latitude) in (True, False, None)


def test_a_border_wobble_is_no_contradiction() -> None:
    assert province_matches("Sindh", 67.05, 25.45) is True  # 5 km inside Balochistan


def test_the_extent_of_a_country_by_name_or_code() -> None:
    west, south, east, north = extent_of(["pakistan"])
    assert (60, 23) < (west, south) < (62, 25)
    assert extent_of(["PK"]) == (west, south, east, north)


def test_the_extent_of_a_province_keeps_to_the_named_country() -> None:
    box = extent_of(["India"], ["Punjab"])
    assert shapely.box(*box).contains(shapely.Point(75.85, 30.90))
    assert not shapely.box(*box).contains(shapely.Point(72.0, 30.0))


def test_islands_far_away_do_not_stretch_the_extent() -> None:
    assert extent_of(["France"])[0] > -6


def test_an_unknown_name_has_no_extent() -> None:
    assert extent_of(["Ruritania"], ["Nowhere"]) is None


def test_distances_are_great_circles() -> None:
    assert distance_km(0, 0, 0, 1) == pytest.approx(111.19, abs=0.01)
    assert distance_km(179.5, 0, -179.5, 0) == pytest.approx(111.19, abs=0.01)


def test_disputed_lines_are_lines_of_their_own() -> None:
    kinds = outlines("outlines").kinds
    assert set(kinds) == {"c", "b", "d", "p"}
    assert 0 < np.count_nonzero(kinds == "d") < np.count_nonzero(kinds == "b")


@pytest.mark.parametrize("tile", [(2, 0, 0), (3, 2, 1), (5, 11, 6), (8, 89, 54), (12, 1400, 840)])
def test_a_tile_holds_land_and_lines_as_whole_numbers(tile) -> None:
    drawn = orjson.loads(base_tile(*tile))
    assert drawn["extent"] == 4096
    for kind in ("land", "country", "disputed", "province"):
        for line in drawn.get(kind, []):
            assert len(line) % 2 == 0
            assert all(isinstance(n, int) and -100 <= n <= 4196 for n in line)


def test_a_tile_in_the_ocean_is_empty() -> None:
    assert orjson.loads(base_tile(6, 1, 20))["land"] == []


def test_the_first_screen_of_the_base_map_is_small() -> None:
    tiles = [base_tile(2, x, y) for x in (0, 1) for y in (0, 1)]
    assert sum(len(gzip.compress(tile)) for tile in tiles) < 120_000


def test_provinces_come_in_when_one_zooms_in() -> None:
    assert "province" not in orjson.loads(base_tile(3, 2, 1))
    assert orjson.loads(base_tile(6, 22, 13))["province"]


@settings(deadline=None)  # the first example reads the outlines
@given(st.integers(0, 20), st.integers(-3, 2**20), st.integers(-3, 2**20))
def test_any_tile_can_be_asked(zoom, x, y) -> None:
    assert orjson.loads(base_tile(zoom, x, y))["extent"] == 4096


def test_names_for_the_map_have_zoom_levels() -> None:
    rows = orjson.loads(base_labels())
    pakistan = next(row for row in rows if row["name"] == "Pakistan")
    assert pakistan["kind"] == "country"
    assert 2 <= pakistan["zoom"] < pakistan["until"]
    assert {row["kind"] for row in rows} == {"country", "province"}


def test_arcs_are_decoded_from_steps() -> None:
    square = {
        "transform": {"scale": [0.5, 1.0], "translate": [10.0, 20.0]},
        "lengths": [3, 3],
        "steps": [0, 0, 2, 0, 0, 1, 2, 1, -2, 0, 0, -1],
    }
    arcs = read_arcs(square)
    assert arcs.line(0).tolist() == [[10, 20], [11, 20], [11, 21]]
    assert arcs.line(~1).tolist() == [[10, 20], [10, 21], [11, 21]]
    (shape,) = polygons(arcs, [{"type": "Polygon", "arcs": [[0, 1]]}])
    assert shape.equals(shapely.box(10, 20, 11, 21))
