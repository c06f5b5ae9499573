"""A mapping as a TOML file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import InputError
from ingest.presets._base import ColumnRule, Mapping
from ingest.presets.guess import guess_mapping
from ingest.presets.mapping_toml import FIELDS, STATUSES, read_mapping, write_mapping
from tests.ingest.presets.messy_tables import TABLES, Messy, messy

DOCS = Path(__file__).resolve().parents[3] / "docs" / "tables.md"

EXAMPLE = """
name = "Our list"
key = "Ref"

[fields]
event_date = { columns = ["Date"], form = "dmy" }
place = "Town"
notes = ["Story", "Source"]
coordinates = { columns = ["E", "N"], form = "utm 42N" }
injured_best = { columns = ["Inj. min", "Inj. max"], form = "between" }

[fields.killed_by_status]
civilians = "Civ"
militants = { columns = ["Mil min", "Mil max"], form = "between" }

[fixed]
country = "Pakistan"
"""


def test_a_mapping_is_read() -> None:
    mapping = read_mapping(EXAMPLE)
    assert (mapping.name, mapping.key) == ("Our list", ("Ref",))
    assert mapping.fixed == {"country": "Pakistan"}
    assert ColumnRule(field="event_date", columns=("Date",), form="dmy") in mapping.rules
    assert ColumnRule(field="notes", columns=("Story", "Source")) in mapping.rules
    civilians = ColumnRule(field="killed_by_status", columns=("Civ",), form="civilians")
    assert civilians in mapping.rules


def test_a_mapping_is_written_and_read_again() -> None:
    mapping = read_mapping(EXAMPLE)
    assert read_mapping(write_mapping(mapping)) == mapping


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case.name)
def test_a_guessed_mapping_is_written_and_read_again(case: Messy) -> None:
    mapping = guess_mapping(*messy(case.name)).mapping
    again = read_mapping(write_mapping(mapping))
    assert sorted(map(str, again.rules)) == sorted(map(str, mapping.rules))
    assert again.key == mapping.key


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name = ", "is no TOML"),
        ("name = 'x'", "[fields] is missing"),
        ("[fields]\nplaces = 'Town'", "fields.places is no field"),
        ("colour = 1\n[fields]\nplace = 'Town'", "unknown key 'colour'"),
        ("[fields]\nplace = 7", "fields.place must be the name of a column"),
        ("[fields]\nplace = []", "fields.place must be the name of a column"),
        ("[fields]\nplace = { colums = ['A'] }", "unknown key 'fields.place.colums'"),
        ("[fields]\nplace = { columns = ['A'], form = 'dmy' }", "this field has no forms"),
        (
            "[fields]\nevent_date = { columns = ['A'], form = 'dym' }",
            "fields.event_date.form is 'dym'",
        ),
        (
            "[fields]\ncoordinates = { columns = ['A'], form = 'utm' , x = 1 }",
            "fields.coordinates.x",
        ),
        ("[fields]\nkilled_by_status = 'Civ'", "needs a column for each of civilians"),
        ("[fields.killed_by_status]\nsoldiers = 'Civ'", "'soldiers' is none of civilians"),
        ("[fields]\nplace = 'A'\n[fixed]\ncolour = 'red'", "fixed.colour is no field"),
        ("[fields]\nplace = 'A'\n[fixed]\ncountry = ''", "fixed.country must be text"),
        ("key = 3\n[fields]\nplace = 'A'", "key must be the name of a column"),
    ],
)
def test_an_error_names_the_key(text: str, words: str) -> None:
    with pytest.raises(InputError, match=re.escape(words)) as error:
        read_mapping(text, "ours.toml")
    assert str(error.value).startswith("ours.toml")
    assert "\n" not in str(error.value)


NAMES = st.text(min_size=1, max_size=20).filter(lambda s: not re.search(r"[\ud800-\udfff]", s))


@given(st.lists(NAMES, min_size=1, max_size=3), NAMES, NAMES)
def test_any_name_of_a_column_survives(columns: list[str], key: str, country: str) -> None:
    rules = (ColumnRule(field="notes", columns=tuple(columns)),)
    mapping = Mapping(name=key, rules=rules, key=(key,), fixed={"country": country})
    assert read_mapping(write_mapping(mapping)) == mapping


def test_the_example_of_the_manual_is_a_mapping() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", DOCS.read_text(), re.DOTALL)
    assert blocks
    for block in blocks:
        assert read_mapping(block).rules


def test_the_manual_names_every_field() -> None:
    text = DOCS.read_text()
    missing = [name for name in (*FIELDS, *STATUSES) if f"`{name}`" not in text]
    assert not missing
