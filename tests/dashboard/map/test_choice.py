"""What of the map is chosen travels along with the filter and is never a part of it."""

from __future__ import annotations

import re

import pytest

from dashboard._assets import OURS
from dashboard.map.choice import CHOICES, carried
from geodata.filters import OPTIONS, Filter


def test_known_choices_are_carried_and_nothing_else() -> None:
    params = {
        "layer": ["heat"],
        "colour": ["weather"],
        "by": ["districts", "provinces"],
        "x": ["1"],
    }
    assert carried(params) == {"layer": ["heat"], "by": ["provinces"]}


@pytest.mark.parametrize("name", CHOICES)
def test_what_is_shown_anyway_is_not_written(name: str) -> None:
    assert carried({name: [CHOICES[name][0]]}) == {}


def test_no_choice_is_a_part_of_the_filter() -> None:
    assert not {*CHOICES} & {*OPTIONS}
    assert Filter.from_query("layer=heat&colour=type") == Filter()


def test_the_browser_knows_the_same_choices() -> None:
    script = (OURS / "choice.js").read_text(encoding="utf-8")
    for name, values in CHOICES.items():
        written = re.search(rf"^    {name}: \[(.*)\],$", script, re.M)
        assert written is not None
        assert tuple(re.findall(r'"(\w+)"', written[1])) == values
