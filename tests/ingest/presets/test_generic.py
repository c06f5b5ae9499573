"""Rows of any table, read by a mapping."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.countries import DATA, read_rows
from geodata.errors import InputError
from geodata.particulars import Tactic, Target, Weapon
from geodata.precision import LocationPrecision
from geodata.taxonomy import EVENT_TYPE_OF, EVENT_TYPES
from ingest.presets._base import SCHEMA, ColumnRule, Mapping, Normalised
from ingest.presets._words import meaning
from ingest.presets.generic import Generic
from ingest.readers.tables._batch import TableInfo
from tests.ingest.presets.messy_tables import (
    TABLES,
    TODAY,
    Messy,
    batch_of,
    messy,
    read,
    table,
    told,
)

GENERIC = Generic(today=TODAY)


def result_of(text: str, mapping: Mapping | None = None) -> Normalised:
    return read(Generic(mapping, TODAY), *table(text))


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case.name)
def test_of_a_messy_table_only_the_unreadable_rows_are_kept_out(case: Messy) -> None:
    result = read(GENERIC, *messy(case.name))
    assert {fault.line for fault in result.faults} == case.unreadable
    assert result.fields.schema == SCHEMA


def test_of_all_messy_tables_under_two_per_cent_are_kept_out_wrongly() -> None:
    rows = wrong = 0
    for case in TABLES:
        info, batch = messy(case.name)
        result = read(GENERIC, info, batch)
        rows += batch.cells.num_rows
        wrong += len({fault.line for fault in result.faults} - case.unreadable)
    assert wrong <= 0.02 * rows


def test_a_row_becomes_an_incident() -> None:
    result = result_of(
        "Incident ID,Date,Country,City,Type,Perpetrator,Target,Killed,Injured,Lat,Lon,Comments\n"
        "A1,16/02/2017,Pakistan,Sehwan,Suicide attack,ISKP,Shrine,88-90,250+,26.42,67.86,At dusk"
    )
    assert told(result) == {
        "event_date": "2017-02-16",
        "date_precision": "day",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Suicide bomb",
        "tactic": "suicide attack",
        "actor1": "ISKP",
        "actor2": "Shrine",
        "perpetrator": "ISKP",
        "attribution": "attributed",
        "place": "Sehwan",
        "country": "Pakistan",
        "latitude": 26.42,
        "longitude": 67.86,
        "location_precision": "settlement",
        "killed_low": 88,
        "killed_best": 89,
        "killed_high": 90,
        "injured_low": 250,
        "injured_best": 250,
        "notes": "At dusk",
    }
    assert list(result.keys) == ["A1"]


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("30/02/2017,Quetta,3,30.2,67.0", "Date", "there is no day 30"),
        ("16/02/2017,Quetta,-3,30.2,67.0", "Killed", "below nought"),
        ("16/02/2017,Quetta,-2.5,30.2,67.0", "Killed", "below nought"),
        ("16/02/2017,Quetta,3,95.0,67.0", "Lat", "outside of -90 to 90"),
        ("Total,,3,,", "Date", "a total of other rows"),
        (",,3,,", "", "neither a date nor a place"),
    ],
)
def test_a_row_that_cannot_be_an_incident(row: str, column: str, why: str) -> None:
    good = "16/02/2017,Quetta,3,30.2,67.0"
    result = result_of(f"Date,City,Killed,Lat,Lon\n{good}\n{row}\n{good}")
    (fault,) = result.faults
    assert (fault.line, fault.column) == (3, column)
    assert why in fault.reason
    assert json.loads(fault.raw) == row.split(",")


def test_doubts_are_flags_and_the_row_stays() -> None:
    result = result_of("Date,Country,City,Killed,Lat,Lon\n16/02/2017,Pakistan,Quetta,many,0,0")
    assert {flag.field for flag in result.flags} == {"killed_best", "latitude"}
    assert all(flag.line == 2 for flag in result.flags)
    assert "latitude" not in told(result)


def test_an_unknown_kind_is_asked_once() -> None:
    result = result_of("Date,City,Incident Type\n" + "2017-02-16,Quetta,Zorbing\n" * 3)
    assert [(flag.line, flag.value) for flag in result.flags] == [(2, "Zorbing")]


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("Pakistan,Sindh,Jamshoro,Sehwan,26.4,67.8", "settlement"),
        ("Pakistan,Sindh,Jamshoro,,26.4,67.8", "district"),
        ("Pakistan,Sindh,,,26.4,67.8", "province"),
        ("Pakistan,,,,26.4,67.8", "country"),
        (",,,,26.4,67.8", "near"),
        ("Pakistan,Sindh,Jamshoro,Sehwan,,", None),
    ],
)
def test_precision_of_a_point_by_the_finest_name(row: str, word: str | None) -> None:
    result = result_of(f"Date,Country,Province,District,City,Lat,Lon\n2017-02-16,{row}")
    assert told(result).get("location_precision") == word


def test_precision_of_a_point_by_a_column_of_its_own() -> None:
    text = "Date,City,Lat,Lon,Precision\n" + "".join(
        f"2017-02-16,Quetta,30.2,67.0,{word}\n"
        for word in ("Exact", "approximate", "District", "7")
    )
    result = result_of(text)
    words = [told(result, row)["location_precision"] for row in range(4)]
    assert words == ["site", "near", "district", "settlement"]
    assert [flag.value for flag in result.flags] == ["7"]


def test_a_table_with_swapped_coordinates_is_turned_and_questioned() -> None:
    rows = "".join(f"2017-02-{day},Pakistan,Quetta,67.0,30.2\n" for day in range(10, 15))
    result = result_of(f"Date,Country,City,Lat,Lon\n{rows}")
    assert (told(result)["latitude"], told(result)["longitude"]) == (30.2, 67.0)
    assert len(result.flags) == 5


def test_the_dead_by_status_make_the_total_that_is_missing() -> None:
    text = "Date,Place,Civilians killed,Police killed,Militants killed\n2017-02-16,Quetta,2,5+,0"
    fields = told(result_of(text))
    assert json.loads(str(fields["killed_by_status"])) == {"civilians": 2, "security_forces": 5}
    assert (fields["killed_low"], fields["killed_best"]) == (7, 7)
    assert "killed_high" not in fields


def test_bounds_in_the_wrong_order_are_exchanged_and_questioned() -> None:
    result = result_of("Date,Place,Killed Min,Killed Max\n2017-02-16,Quetta,9,4")
    assert [told(result)[f"killed_{b}"] for b in ("low", "best", "high")] == [4, 6, 9]
    assert "exchanged" in result.flags[0].reason


def test_a_best_count_outside_of_its_bounds_widens_them() -> None:
    result = result_of("Date,Place,Killed,Killed Min,Killed Max\n2017-02-16,Quetta,9,2,4")
    assert [told(result)[f"killed_{b}"] for b in ("low", "best", "high")] == [2, 9, 9]
    assert "outside of its own bounds" in result.flags[0].reason


def test_a_column_of_both_tolls() -> None:
    result = result_of(
        'Date,Place,Casualties\n2017-02-16,Quetta,"3 killed, 5 injured"\n2017-02-17,Quetta,4'
    )
    assert (told(result)["killed_best"], told(result)["injured_best"]) == (3, 5)
    assert "killed_best" not in told(result, 1)
    assert "does not say" in result.flags[0].reason


def test_an_open_order_of_dates_is_flagged_once() -> None:
    result = result_of("Date,Place,Killed\n03/04/2017,A,1\n04/03/2017,B,1\n05/05/2017,C,1")
    (flag,) = result.flags
    assert "this and 1 more dates could be month first" in flag.reason


def test_a_last_day_before_the_first_is_left_out() -> None:
    result = result_of("Start Date,End Date,Place,Killed\n2017-02-16,2017-02-10,Quetta,1")
    assert "event_date_end" not in told(result)
    assert "before the first" in result.flags[0].reason


def test_claimed_and_suspected_groups() -> None:
    claimed = result_of("Date,Place,Claimed by\n2017-02-16,Quetta,ISKP")
    suspected = result_of("Date,Place,Suspected group\n2017-02-16,Quetta,ISKP")
    assert told(claimed)["attribution"] == "claimed"
    assert told(suspected)["attribution"] == "suspected"


def test_fixed_values_fill_what_the_rows_do_not_tell() -> None:
    rules = (
        ColumnRule(field="event_date", columns=("When",)),
        ColumnRule(field="country", columns=("Land",)),
    )
    mapping = Mapping(name="x", rules=rules, fixed={"country": "Pakistan", "actor1": "TTP"})
    result = result_of("When,Land\n2017-02-16,\n2017-02-17,Iraq", mapping)
    assert [told(result, row)["country"] for row in (0, 1)] == ["Pakistan", "Iraq"]
    assert told(result)["actor1"] == "TTP"


def test_a_mapping_that_names_no_column_of_the_table() -> None:
    mapping = Mapping(name="x", rules=(ColumnRule(field="place", columns=("Town",)),))
    info, batch = table("Date,City\n2017-02-16,Quetta", "list.csv")
    assert Generic(mapping).match(info, batch) is None
    with pytest.raises(InputError, match="'place' names the column 'Town'; the table has 'Date'"):
        Generic(mapping).reader(info, batch)


def test_a_given_mapping_matches_better_than_a_guess() -> None:
    info, batch = table("Date,City\n2017-02-16,Quetta\n")
    mapping = Mapping(name="x", rules=(ColumnRule(field="place", columns=("City",)),))
    given_match, guessed = Generic(mapping).match(info, batch), GENERIC.match(info, batch)
    assert given_match is not None
    assert guessed is not None
    assert given_match.score > 0.5 > guessed.score


def test_short_rows_and_missing_cells() -> None:
    info = TableInfo(name="t", kind="csv", columns=("Date", "City", "Killed"))
    batch = batch_of({"Date": ["2017-02-16"], "City": ["Quetta"], "Killed": [None]})  # type: ignore[list-item]
    assert "killed_best" not in told(read(GENERIC, info, batch))


def test_a_reader_goes_to_another_process() -> None:
    info, batch = messy("iraq_body_count.csv")
    reader = GENERIC.reader(info, batch)
    assert pickle.loads(pickle.dumps(reader)).read(batch).fields == reader.read(batch).fields


def test_words_of_the_crosswalks_are_words_of_the_vocabulary() -> None:
    for row in read_rows(DATA / "crosswalks" / "words.csv", ("word",)):
        assert not row["event_type"] or row["event_type"] in EVENT_TYPES
        assert (
            not row["sub_event_type"] or EVENT_TYPE_OF[row["sub_event_type"]] == row["event_type"]
        )
        assert not row["weapon"] or Weapon(row["weapon"])
        assert not row["tactic"] or Tactic(row["tactic"])
    for row in read_rows(DATA / "crosswalks" / "target_words.csv", ("word",)):
        assert Target(row["target"])
    for row in read_rows(DATA / "crosswalks" / "place_precision_words.csv", ("word",)):
        assert LocationPrecision(row["location_precision"])


@pytest.mark.parametrize(
    ("written", "sub", "tactic"),
    [
        ("Suicide attack", "Suicide bomb", "suicide attack"),
        ("IED", "Remote explosive/landmine/IED", "bombing"),
        ("IED Explosion", "Remote explosive/landmine/IED", "bombing"),
        ("ambush", "Armed clash", "ambush"),
        ("KIDNAPPING", "Abduction/forced disappearance", "kidnapping"),
        ("Drone Strike", "Air/drone strike", "drone strike"),
        ("target killing", "Attack", "assassination"),
        ("Bomb Blast", "Remote explosive/landmine/IED", "bombing"),
        ("Secuestro", "Abduction/forced disappearance", "kidnapping"),
        ("Enlèvement", "Abduction/forced disappearance", "kidnapping"),
        ("Armed clash", "Armed clash", "clash"),
        ("Embuscade", "Armed clash", "ambush"),
        ("Gefecht", "Armed clash", "clash"),
    ],
)
def test_words_for_kinds_of_event(written: str, sub: str, tactic: str) -> None:
    found = meaning("words", written)
    assert (found.values["sub_event_type"], found.values["tactic"]) == (sub, tactic)
    assert not found.doubt


CELLS = st.text(max_size=12) | st.sampled_from(
    [
        "",
        "16/02/2017",
        "2017-02-30",
        "Quetta",
        "3",
        "-3",
        "10-12",
        "0",
        "95",
        "30.2",
        "Total",
        "IED",
        "n/a",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[CELLS] * 7), min_size=1, max_size=6))
def test_any_row_is_in_exactly_one_place(rows: list[tuple[str, ...]]) -> None:
    columns = ("Date", "City", "Type", "Killed", "Injured", "Lat", "Lon")
    mapping = Mapping(
        name="x",
        rules=tuple(
            ColumnRule(field=field, columns=(column,))
            for field, column in zip(
                (
                    "event_date",
                    "place",
                    "event_type",
                    "killed_best",
                    "injured_best",
                    "latitude",
                    "longitude",
                ),
                columns,
                strict=True,
            )
        ),
    )
    info = TableInfo(name="t", kind="csv", columns=columns)
    read(
        Generic(mapping, TODAY),
        info,
        batch_of({c: [r[n] for r in rows] for n, c in enumerate(columns)}),
    )


def test_the_dead_by_status_inside_a_cell() -> None:
    result = result_of('Date,Place,"Killed (Civ/SF/Mil)"\n2017-02-16,Quetta,"3 civilians, 2 SF"')
    assert told(result)["killed_best"] == 5
    statuses = json.loads(str(told(result)["killed_by_status"]))
    assert statuses == {"civilians": 3, "security_forces": 2}
    assert not result.flags


def test_times_of_day_leave_no_order_open() -> None:
    result = result_of("Date,Place,Killed\n2017-10-04 00:00:00.000,Quetta,1")
    assert not result.flags


def test_a_part_of_a_published_table_is_read_like_any_other() -> None:
    result = result_of(
        "eventid,iyear,imonth,iday,country_txt,provstate,city,latitude,longitude,attacktype1_txt,"
        "gname,nkill,nwound\n"
        "201701010001,2017,1,0,Pakistan,Sindh,Karachi,24.9,67.0,Bombing/Explosion,TTP,3,-9"
    )
    fields = told(result)
    assert (fields["event_date"], fields["date_precision"]) == ("2017-01-01", "month")
    assert (fields["perpetrator"], fields["killed_best"]) == ("TTP", 3)
    assert "injured_best" not in fields
    assert list(result.keys) == ["201701010001"]


def test_later_rows_decide_the_order_of_dates_that_the_first_rows_left_open() -> None:
    info, first = table("Date,Place,Killed\n03/04/2017,A,1\n04/03/2017,B,1")
    _, rest = table("Date,Place,Killed\n03/04/2017,A,1\n03/25/2017,B,1")
    result = GENERIC.reader(info, first).read(rest)
    assert told(result)["event_date"] == "2017-03-04"
    assert not result.flags
