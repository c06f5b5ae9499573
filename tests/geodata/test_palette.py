"""A group keeps its colour, and people who see fewer colours can still tell groups apart."""

from __future__ import annotations

from itertools import combinations
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.incident import Incident
from geodata.palette import (
    DIVERGING,
    DIVERGING_DARK,
    GROUP_COLOURS,
    OTHER,
    SEQUENTIAL,
    UNKNOWN,
    Palette,
    assign_colours,
    display_group,
    is_state_force,
    project_palette,
    ranked,
)

# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB.
VISIONS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def linear(colour: str) -> np.ndarray:
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def cielab(colour: str, vision: str = "normal") -> np.ndarray:
    seen = np.clip(VISIONS[vision] @ linear(colour), 0, 1)
    t = (TO_XYZ @ seen) / np.array([0.95047, 1.0, 1.08883])
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one: str, two: str) -> float:
    low, high = sorted(float((TO_XYZ @ linear(c))[1]) for c in (one, two))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("vision", "least"),
    [("normal", 25.0), ("protanopia", 20.0), ("deuteranopia", 20.0), ("tritanopia", 20.0)],
)
def test_any_two_colours_differ_in_every_kind_of_vision(vision: str, least: float) -> None:
    pairs = combinations((*GROUP_COLOURS, OTHER), 2)
    differences = {
        pair: np.linalg.norm(cielab(pair[0], vision) - cielab(pair[1], vision)) for pair in pairs
    }
    assert min(differences.values()) >= least


@pytest.mark.parametrize("page", ["#ffffff", "#f7f8f9", "#14181d"])
def test_every_colour_stands_out_on_light_and_dark_pages(page: str) -> None:
    assert min(contrast(colour, page) for colour in (*GROUP_COLOURS, OTHER)) > 2.0


def steps(ramp: tuple[str, ...], vision: str = "normal") -> np.ndarray:
    labs = np.array([cielab(colour, vision) for colour in ramp])
    return np.linalg.norm(np.diff(labs, axis=0), axis=1)


def test_the_ramp_of_numbers_has_even_steps_and_never_turns_lighter() -> None:
    lightness = np.diff([cielab(colour)[0] for colour in SEQUENTIAL])
    assert lightness == pytest.approx(lightness.mean(), abs=1.0)
    assert steps(SEQUENTIAL).max() / steps(SEQUENTIAL).min() < 1.15


@pytest.mark.parametrize("vision", list(VISIONS))
@pytest.mark.parametrize("ramp", [SEQUENTIAL, DIVERGING, DIVERGING_DARK])
def test_neighbours_on_a_ramp_differ_in_every_kind_of_vision(
    ramp: tuple[str, ...], vision: str
) -> None:
    assert steps(ramp, vision).min() >= 9.5


@pytest.mark.parametrize(("ramp", "outwards"), [(DIVERGING, -1), (DIVERGING_DARK, 1)])
def test_more_and_fewer_stand_out_alike_from_no_change(
    ramp: tuple[str, ...], outwards: int
) -> None:
    lightness = [cielab(colour)[0] for colour in ramp]
    for step in (1, 2, 3):
        assert lightness[3 - step] == pytest.approx(lightness[3 + step], abs=1.0)
        assert (lightness[3 + step] - lightness[2 + step]) * outwards > 5


@pytest.mark.parametrize("vision", list(VISIONS))
@pytest.mark.parametrize("ramp", [DIVERGING, DIVERGING_DARK])
def test_more_is_never_taken_for_fewer(ramp: tuple[str, ...], vision: str) -> None:
    for less in ramp[:3]:
        for more in ramp[4:]:
            assert np.linalg.norm(cielab(less, vision) - cielab(more, vision)) > 20


def test_the_perpetrator_is_the_display_group() -> None:
    assert display_group(Incident(incident_id="i", perpetrator="A", actor1="B")) == "A"


def test_without_a_perpetrator_the_side_that_acts_first_is_shown() -> None:
    assert display_group(Incident(incident_id="i", actor1="B")) == "B"


def test_an_incident_that_names_nobody_is_unknown() -> None:
    assert display_group(Incident(incident_id="i")) == UNKNOWN


def test_the_most_frequent_groups_have_a_colour() -> None:
    names = [f"Group {i}" for i in range(20)]
    assert list(assign_colours(names)) == names[: len(GROUP_COLOURS)]


@given(st.lists(st.text(), unique=True, max_size=len(GROUP_COLOURS)))
def test_a_colour_is_the_groups_own_whatever_its_rank(names: list[str]) -> None:
    names = [name for name in names if name != UNKNOWN]
    own = {name: assign_colours([name])[name] for name in names}
    for name, colour in assign_colours(names).items():
        rivals = [other for other in names if own[other] == own[name]]
        assert colour == own[name] or rivals[0] != name


def test_unknown_takes_no_colour_from_a_group() -> None:
    assert assign_colours([UNKNOWN, "A"]) == assign_colours(["A"])


@given(st.lists(st.text()))
def test_no_two_groups_share_a_colour(names: list[str]) -> None:
    colours = assign_colours(names)
    assert len(set(colours.values())) == len(colours) <= len(GROUP_COLOURS)


def test_groups_without_a_colour_are_grey() -> None:
    assert Palette({"A": "#428cff"}).colour("B") == OTHER


def test_equal_counts_are_ranked_by_name() -> None:
    assert ranked({"b": 2, "a": 2, "c": 9}) == ["c", "a", "b"]


@pytest.mark.parametrize(
    "name",
    [
        "Counter-Terrorism Department",
        "Police Forces of Pakistan (2018-)",
        "Government of Nigeria",
        "Border Security Force",
        "Colombian National Police",
        "Pakistan Army",
    ],
)
def test_state_forces_are_known_by_their_names(name: str) -> None:
    assert is_state_force(name)


@pytest.mark.parametrize(
    "name", ["Islamic State", "Arakan Army", "Balochistan Liberation Army", "Unknown", ""]
)
def test_an_army_of_rebels_is_no_state_force(name: str) -> None:
    assert not is_state_force(name)


def test_the_project_palette_ranks_display_groups() -> None:
    rows = {"perpetrator": ["A", None, float("nan"), ""], "actor1": ["X", "B", "B", None]}
    store = SimpleNamespace(frame=lambda where, columns: pd.DataFrame(rows, dtype=object))
    palette = project_palette(cast("Any", store))
    assert palette.colours == assign_colours(["B", "A"])
    assert palette.colour("X") == palette.colour(UNKNOWN) == OTHER
