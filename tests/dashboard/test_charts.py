"""Bars as data."""

from __future__ import annotations

from map_examples import HOSTILE

from dashboard._assets import OURS
from dashboard.charts import DEADLY, TOP, bars_data, tolls_data
from geodata.filters import Filter
from geodata.palette import Palette
from geodata.tolls import Tolls


def test_bars_hold_the_first_rows_with_the_groups_own_colour() -> None:
    facet = [(f"Group {n}", 20 - n) for n in range(12)]
    data = bars_data("Groups", "group", facet, Filter(), Palette({"Group 0": "#123456"}))
    assert len(data["rows"]) == TOP
    assert data["rows"][0]["colour"] == "#123456"


def test_the_chosen_bar_is_marked() -> None:
    rows = bars_data("Groups", "group", [("A", 2), ("B", 1)], Filter(group=("B",)))["rows"]
    assert [row["chosen"] for row in rows] == [False, True]


def test_event_types_stand_for_their_sub_types_until_one_is_chosen() -> None:
    facet = [("Battles", 3), ("Riots", 2), ("Armed clash", 2), ("Mob violence", 2)]
    for chosen, names in {
        (): ["Battles", "Riots"],
        ("Battles",): ["Battles", "Armed clash", "Riots"],
        ("Mob violence",): ["Battles", "Riots", "Mob violence"],
    }.items():
        rows = bars_data("Event types", "type", facet, Filter(type=chosen))["rows"]
        assert [row["name"] for row in rows] == names


def test_hostile_names_stay_data() -> None:
    (row,) = bars_data("Groups", "group", [(HOSTILE, 1)], Filter())["rows"]
    assert row["words"] == HOSTILE


def test_no_script_of_ours_makes_html_from_data() -> None:
    for path in OURS.glob("*.js"):
        assert "innerHTML" not in path.read_text(), path.name
        assert "insertAdjacentHTML" not in path.read_text(), path.name


def test_tolls_say_who_died_and_what_nobody_says() -> None:
    tolls = Tolls(
        killed=7, civilians=2, security_forces=0, militants=4, unknown=1, injured=3, untold=2
    )
    data = tolls_data(tolls, Filter())
    assert [(row["words"], row["n"], row["within"]) for row in data["rows"]] == [
        ("Killed", 7, False),
        ("Civilians", 2, True),
        ("Militants", 4, True),
        ("Not said who", 1, True),
        ("Injured", 3, False),
    ]
    assert data["note"] == "2 incidents without a figure of killed."


def test_only_the_killed_are_a_filter() -> None:
    tolls = Tolls(
        killed=1, civilians=1, security_forces=0, militants=0, unknown=0, injured=0, untold=0
    )
    rows = tolls_data(tolls, Filter(min_killed=3))["rows"]
    assert [row["name"] for row in rows if row["name"]] == [DEADLY]
    assert rows[0]["chosen"]
    assert tolls_data(tolls, Filter())["note"] == ""
