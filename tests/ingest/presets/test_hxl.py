"""Tables with a row of HXL tags."""

from __future__ import annotations

import json

import pytest

from geodata.errors import InputError
from ingest.presets.generic import Generic
from ingest.presets.hxl import Hxl, hxl_mapping, tag_of
from tests.ingest.presets.messy_tables import TODAY, read, rules, table, told

HXL = Hxl(today=TODAY)

RELIEFWEB = """
Ref,When,To,Where (admin 1),Where (admin 2),Town,P-code,Y,X,What,\
Who did it,Against,Dead,Hurt,Taken,Story,Link
#event+id,#date+occurred,#date+end,#adm1+name,#adm2+name,#loc+name,\
#adm2+code,\
#geo+lat,#geo+lon,#event+type,#group+perpetrator,#group+target,#affected+killed,\
#affected+injured,#affected+abducted,#description,#meta+url
E1,2023-02-16,2023-02-17,Borno,Gwoza,Pulka,NG008011,11.23,13.68,\
Suicide attack,ISWAP,Civilians,3,10-12,0,At the market,https://example.org/1
E2,17 Feb 2023,,Borno,Bama,,NG008003,11.52,13.69,Abduction,Unknown,Farmers,nil,,7,,
"""


def test_a_table_is_recognised_by_its_tags() -> None:
    match = HXL.match(*table(RELIEFWEB))
    assert match is not None
    assert match.words == "HXL tags, 17 of 17 columns"
    assert 0.5 <= match.score < 0.9  # a published layout with tags is read by its own preset


def test_the_tags_say_what_the_columns_hold() -> None:
    result = read(HXL, *table(RELIEFWEB))
    assert told(result) == {
        "event_date": "2023-02-16", "event_date_end": "2023-02-17", "date_precision": "range",
        "event_type": "Explosions/Remote violence", "sub_event_type": "Suicide bomb", "tactic":
        "suicide attack", "actor1": "ISWAP", "actor2": "Civilians", "perpetrator": "ISWAP",
        "attribution": "attributed", "place": "Pulka", "admin2": "Gwoza", "admin1": "Borno",
        "latitude": 11.23, "longitude": 13.68, "location_precision": "settlement", "killed_low": 3,
        "killed_best": 3, "killed_high": 3, "injured_low": 10, "injured_best": 11, "injured_high":
        12, "abducted": 0, "notes": "Story: At the market\nLink: https://example.org/1",
    }  # fmt: skip
    assert list(result.keys) == ["E1", "E2"]
    assert told(result, 1)["location_precision"] == "district"


def test_women_and_men_are_added_up_where_no_total_is() -> None:
    text = "D,P,W,M\n#date,#loc,#affected+killed+f,#affected+killed+m\n2023-02-16,Pulka,2,3"
    assert told(read(HXL, *table(text)))["killed_best"] == 5


def test_the_total_counts_and_women_are_part_of_it() -> None:
    text = "D,P,W,T\n#date,#loc,#affected+killed+f,#affected+killed\n2023-02-16,Pulka,2,3"
    assert told(read(HXL, *table(text)))["killed_best"] == 3


def test_the_dead_by_status() -> None:
    text = (
        "D,P,C,S\n#date,#loc,#affected+killed+civilians,#affected+killed+military\n2023-02-16,X,2,3"
    )
    fields = told(read(HXL, *table(text)))
    assert json.loads(str(fields["killed_by_status"])) == {"civilians": 2, "security_forces": 3}


def test_names_come_before_codes() -> None:
    text = "D,Code,Name\n#date,#adm1+code,#adm1+name\n2023-02-16,NG008,Borno"
    assert rules(hxl_mapping(*table(text)))["admin1"] == ("Name",)


def test_columns_without_a_tag_are_guessed() -> None:
    text = "When,Town,Injured\n#date+occurred,#loc+name,\n2023-02-16,Pulka,4"
    assert told(read(HXL, *table(text)))["injured_best"] == 4


@pytest.mark.parametrize(
    ("tags", "column"),
    [
        ("#date+start,#date+end,#date+reported,#loc", "A"),
        ("#date+reported,#date+occurred,,#loc", "B"),
        ("#date+updated,#indicator,#date,#loc", "C"),
    ],
)
def test_the_day_it_happened_comes_first(tags: str, column: str) -> None:
    info, batch = table(f"A,B,C,D\n{tags}\n2023-02-16,2023-02-17,2023-02-18,Pulka")
    assert rules(hxl_mapping(info, batch))["event_date"] == (column,)


def test_tags_are_read_in_any_case_and_with_spaces() -> None:
    assert tag_of(" #Date +Occurred ") == ("#date", frozenset({"occurred"}))


def test_a_table_without_tags_or_without_when_and_where_is_none() -> None:
    assert HXL.match(*table("Date,Place\n2023-02-16,Pulka")) is None
    info, batch = table("A,B\n#sector,#value\nhealth,4")
    assert HXL.match(info, batch) is None
    with pytest.raises(InputError, match="neither #date nor a place"):
        HXL.reader(info, batch)


def test_tags_beat_a_guess() -> None:
    info, batch = table(RELIEFWEB)
    tagged, guessed = HXL.match(info, batch), Generic().match(info, batch)
    assert tagged is not None
    assert guessed is None or tagged.score > guessed.score
