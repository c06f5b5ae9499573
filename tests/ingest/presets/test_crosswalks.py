"""The crosswalks are data: the page shows them, and their words are the vocabulary's."""

from __future__ import annotations

import pytest

from geodata.actors import default_registry
from geodata.countries import countries
from geodata.particulars import (
    Tactic,
    Target,
    Weapon,
    tactic_of_gtd,
    target_of_gtd,
    weapon_of_gtd,
)
from geodata.precision import DatePrecision, LocationPrecision
from geodata.taxonomy import EVENT_TYPE_OF, EVENT_TYPES
from ingest.presets._crosswalk import FOLDER, crosswalk
from scripts.write_crosswalks import PAGE, missing, page

FILES = sorted(path.stem for path in FOLDER.glob("*.csv"))

WORDS = {
    "location_precision": set(LocationPrecision),
    "date_precision": set(DatePrecision),
    "event_type": set(EVENT_TYPES),
    "sub_event_type": set(EVENT_TYPE_OF),
    "weapon": set(Weapon),
    "tactic": set(Tactic),
    "target": set(Target),
}


def test_the_page_is_what_the_files_say() -> None:
    assert PAGE.read_text() == page(), "run: python scripts/write_crosswalks.py"
    assert not missing()


@pytest.mark.parametrize("name", FILES)
def test_words_are_of_the_vocabulary(name: str) -> None:
    for row in crosswalk(name):
        for column, words in WORDS.items():
            assert not row.get(column) or row[column] in words
        if row.get("event_type") and row.get("sub_event_type"):
            assert EVENT_TYPE_OF[row["sub_event_type"]] == row["event_type"]


def test_gtd_codes_mean_what_the_particulars_say() -> None:
    for row in crosswalk("gtd_weapons"):
        assert row["weapon"] == weapon_of_gtd(int(row["weaptype1"]))
    for row in crosswalk("gtd_attacks"):
        assert row["tactic"] == tactic_of_gtd(int(row["attacktype1"]))
    for row in crosswalk("gtd_targets"):
        assert row["target"] == target_of_gtd(int(row["targtype1"]))


def test_targets_are_actors_of_the_registry() -> None:
    for row in crosswalk("gtd_targets"):
        if row["actor"]:
            assert default_registry().resolve(row["actor"].replace("{country}", "Kenya"))


def test_every_country_of_ours_has_its_fips_code_once() -> None:
    rows = crosswalk("fips_countries")
    assert len({row["fips"] for row in rows}) == len(rows)
    for row in rows:
        assert countries()[row["iso"]] in (None, row["country"])


def test_codes_come_once_in_each_table() -> None:
    for name, key in (("gdelt_events", "cameo"), ("ucdp_violence", "type_of_violence")):
        codes = [row[key] for row in crosswalk(name)]
        assert len(codes) == len(set(codes))
