"""The small map of a card."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from xml.etree import ElementTree as ET

from dashboard.mini_map import mini_map
from geodata.precision import LocationPrecision
from tests.dashboard._add_examples import HOSTILE, raid


def drawing(html: str) -> ET.Element:
    return ET.fromstring(b64decode(html.partition("base64,")[2].partition('"')[0]))


def classes(html: str) -> set[str]:
    return {element.get("class", "") for element in drawing(html).iter()}


def test_a_district_is_a_ring_and_a_town_is_a_dot():
    assert "ring" in classes(mini_map(raid()))
    town = replace(raid(), location_precision=LocationPrecision.SETTLEMENT)
    assert "ring" not in classes(mini_map(town))
    assert "dot" in classes(mini_map(town))


def test_borders_around_the_point_are_drawn():
    paths = [
        element.get("d", "") for element in drawing(mini_map(raid())).iter() if element.get("d")
    ]
    assert any(len(path) > 100 for path in paths)


def test_without_a_point_there_is_no_map():
    assert mini_map(replace(raid(), latitude=None, longitude=None)) == ""


def test_the_words_say_the_same():
    html = mini_map(raid())
    assert "Mastung district" in html
    assert "29.80° N" in html


def test_a_hostile_name_stays_an_attribute():
    html = mini_map(replace(raid(), admin2='"><script>' + HOSTILE))
    assert "<script" not in html


def test_the_poles_and_the_date_line_can_be_drawn():
    for latitude, longitude in ((90.0, 0.0), (-90.0, 0.0), (0.0, 180.0), (0.0, -180.0)):
        assert (
            drawing(mini_map(replace(raid(), latitude=latitude, longitude=longitude))) is not None
        )
