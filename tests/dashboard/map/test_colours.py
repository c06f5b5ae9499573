"""What incidents are coloured by: every value one colour, the same counts as by group."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.map.cells import head_json, painted, shown, view_json
from dashboard.map.colours import FIELDS, read_colour, scheme_of
from dashboard.map.points import points_json
from geodata.errors import InputError
from geodata.filters import Filter
from geodata.palette import OTHER
from geodata.store import Store, open_store
from tests.dashboard.layer_examples import TYPES, filters, scattered

WORLD = (-180.0, -85.0, 180.0, 85.0)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path: Path = tmp_path_factory.mktemp("colours") / "atlas.gpkg"
    opened = open_store(path, create=True)
    with opened.atomic():
        opened.add_incidents(scattered(400))
    return opened


@settings(max_examples=40, deadline=None)
@given(where=filters(), colour=st.sampled_from(sorted(FIELDS)))
def test_single_incidents_and_cells_are_coloured_alike(
    store: Store, where: Filter, colour: str
) -> None:
    points = orjson.loads(points_json(store, where, colour))
    head = orjson.loads(head_json(store, where, colour))
    single = dict.fromkeys((group["name"] for group in head["groups"]), 0)
    for place in points["group"]:
        single[points["groups"][place]["name"]] += 1
    legend = {head["groups"][place]["name"]: n for place, n in head["legend"]}
    assert legend == {name: n for name, n in single.items() if n}
    colours = {group["name"]: group["colour"] for group in head["groups"]}
    assert all(colours[group["name"]] == group["colour"] for group in points["groups"])
    cells = orjson.loads(view_json(store, where, 6, WORLD, colour))
    assert sum(sum(mix[1::2]) for mix in cells["mix"]) == sum(legend.values())


def test_types_have_colours_of_their_own(store: Store) -> None:
    scheme = scheme_of(store, "type")
    colours = {scheme.entry(name)["colour"] for name in TYPES}
    assert len(colours) == len(TYPES)
    assert OTHER not in colours
    assert scheme.entry("Protests") == {
        "name": "Other types", "colour": OTHER, "state": False, "other": True,
    }  # fmt: skip


def test_what_is_read_from_reports_is_a_source(store: Store) -> None:
    answer = orjson.loads(points_json(store, Filter(), "source"))
    assert [group["name"] for group in answer["groups"]] == ["Reports"]


def test_colours_move_nothing(store: Store) -> None:
    plain, by_type = shown(store, Filter()), painted(store, Filter(), "type")
    assert np.array_equal(plain.sharp.fid, by_type.sharp.fid)
    assert np.array_equal(plain.stacked.area, by_type.stacked.area)
    assert painted(store, Filter(), "group") is plain


def test_an_unknown_way_to_colour_is_refused() -> None:
    assert read_colour("") == "group"
    with pytest.raises(InputError, match="coloured by"):
        read_colour("weather")
