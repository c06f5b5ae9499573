"""GTD tables: dates, unknowns, attackers, targets, tolls."""

from __future__ import annotations

from datetime import date

import pytest

from geodata.actors import ActorKind, default_registry
from ingest.presets._gtd_columns import COLUMNS
from ingest.presets._gtd_events import UNIDENTIFIED
from ingest.presets.gtd import PRESET
from tests.ingest.presets.preset_tables import batch, info, one, question, read, reason


def test_a_row_becomes_an_incident() -> None:
    row = one("gtd")
    assert (row["event_date"], row["date_precision"]) == (date(1999, 1, 5), "day")
    assert (row["event_type"], row["sub_event_type"]) == ("Battles", "Armed clash")
    assert (row["weapon"], row["tactic"], row["target"]) == ("firearm", "armed assault", "police")
    assert (row["actor1"], row["actor2"]) == ("River Front", "Police (Xland)")
    assert (row["perpetrator"], row["attribution"]) == ("River Front", "claimed")
    assert (row["killed_best"], row["killed_by_status"]) == (4, '{"militants": 1}')
    assert row["injured_best"] is None
    assert row["abducted"] is None
    assert (row["place"], row["admin1"], row["country"]) == ("Reedham", "North", "Xland")


def test_all_columns_and_a_choice_of_them_are_known() -> None:
    assert len(COLUMNS) == len(set(COLUMNS)) == 135
    whole = PRESET.match(info(COLUMNS), batch([], COLUMNS))
    few = ["eventid", "iyear", "gname", "nkill"]
    part = PRESET.match(info(few), batch([], few))
    assert whole is not None
    assert part is not None
    assert whole.score == part.score == 1.0
    assert part.words == "GTD, 4 columns, a choice of the 135"
    assert PRESET.match(info(few[1:]), batch([], few[1:])) is None


@pytest.mark.parametrize(
    ("changes", "first", "last", "word"),
    [
        ({"imonth": "0", "iday": "0"}, date(1999, 1, 1), date(1999, 12, 31), "year"),
        ({"imonth": "2", "iday": "0"}, date(1999, 2, 1), date(1999, 2, 28), "month"),
        ({"iyear": "1968"}, date(1968, 1, 5), None, "day"),
        ({"approxdate": "January 5, 1999"}, date(1999, 1, 5), None, "day"),
        ({"approxdate": "January 4-6, 1999"}, date(1999, 1, 4), date(1999, 1, 6), "range"),
        (
            {"iday": "0", "approxdate": "January 30 - February 2, 1999"},
            date(1999, 1, 30), date(1999, 2, 2), "range",
        ),
        ({"approxdate": "early January"}, date(1999, 1, 1), date(1999, 1, 31), "month"),
        ({"approxdate": "June 4-6, 1999"}, date(1999, 1, 1), date(1999, 1, 31), "month"),
    ],
)  # fmt: skip
def test_dates_with_unknown_parts(
    changes: dict[str, str], first: date, last: date | None, word: str
) -> None:
    row = one("gtd", **changes)
    assert (row["event_date"], row["event_date_end"], row["date_precision"]) == (first, last, word)


def test_dates_that_cannot_be_read() -> None:
    assert reason("gtd", iyear="")[1] == "no date at all: iyear tells no year"
    assert reason("gtd", imonth="13") == ("imonth", "'13' lies outside 1 to 12")
    assert reason("gtd", imonth="2", iday="30")[0] == "iday"


def test_an_id_that_a_spreadsheet_shortened_says_how_to_repair_it() -> None:
    found = read("gtd", {"eventid": "1.97E+11"})
    assert list(found.keys) == [""]  # known by its content
    assert "open the original file again" in found.flags[0].reason
    assert list(read("gtd", {"eventid": "199901010001.0"}).keys) == ["199901010001"]


@pytest.mark.parametrize(
    ("specificity", "vicinity", "word"),
    [("1", "0", "settlement"), ("1", "1", "near"), ("1", "-9", "settlement"),
     ("2", "1", "district"), ("3", "0", "district"), ("4", "0", "province"), ("5", "0", "unknown")],
)  # fmt: skip
def test_classes_of_places(specificity: str, vicinity: str, word: str) -> None:
    row = one("gtd", specificity=specificity, vicinity=vicinity)
    assert row["location_precision"] == word


@pytest.mark.parametrize(
    ("gname", "guncertain1", "claimed", "ground"),
    [("River Front", "1", "1", "suspected"), ("River Front", "0", "1", "claimed"),
     ("River Front", "0", "-9", "attributed"), ("Unknown", "0", "0", "none"),
     ("", "0", "0", "none")],
)  # fmt: skip
def test_on_what_ground_the_attacker_is_named(
    gname: str, guncertain1: str, claimed: str, ground: str
) -> None:
    row = one("gtd", gname=gname, guncertain1=guncertain1, claimed=claimed)
    assert row["attribution"] == ground


def test_an_unknown_attacker_is_the_registry_s_unidentified_group() -> None:
    assert one("gtd", gname="Unknown")["perpetrator"] == UNIDENTIFIED
    assert default_registry()[UNIDENTIFIED].kind is ActorKind.UNIDENTIFIED
    assert one("gtd", gname="")["actor1"] is None


@pytest.mark.parametrize(
    ("changes", "event", "sub"),
    [
        ({"targtype1": "14"}, "Violence against civilians", "Attack"),
        ({"attacktype1": "5", "weaptype1": "6"}, "Explosions/Remote violence",
         "Remote explosive/landmine/IED"),
        ({"attacktype1": "Bombing/Explosion"}, "Explosions/Remote violence",
         "Remote explosive/landmine/IED"),
        ({"attacktype1": "5", "suicide": "1"}, "Explosions/Remote violence", "Suicide bomb"),
        ({"attacktype1": "5", "weaptype1": "6", "weapsubtype1_txt": "Grenade"},
         "Explosions/Remote violence", "Grenade"),
        ({"attacktype1": "1", "weaptype1": "6"}, "Explosions/Remote violence",
         "Remote explosive/landmine/IED"),
        ({"attacktype1": "3"}, "Violence against civilians", "Abduction/forced disappearance"),
        ({"attacktype1": "9"}, None, None),
    ],
)  # fmt: skip
def test_event_types_follow_from_attack_and_target(
    changes: dict[str, str], event: str | None, sub: str | None
) -> None:
    row = one("gtd", **changes)
    assert (row["event_type"], row["sub_event_type"]) == (event, sub)


def test_codes_of_no_codebook_are_asked_about() -> None:
    assert "attacktype1 is none" in question("gtd", attacktype1="77")
    assert one("gtd", targtype1="77")["target"] is None


def test_whom_it_was_aimed_at() -> None:
    foreign = one("gtd", targtype1="4", natlty1_txt="Yland")
    assert foreign["actor2"] == "Military Forces of Yland"
    for nationality in ("International", "Multinational", "Unknown", ""):
        row = one("gtd", targtype1="14", natlty1_txt=nationality)
        assert row["actor2"] == "Civilians (Xland)"
    assert one("gtd", targtype1="20")["actor2"] is None
    assert one("gtd", targtype1="Police", natlty1_txt="", country_txt="")["actor2"] == "Police"


def test_unknown_counts_and_shared_ones() -> None:
    assert one("gtd", nkill="-9")["killed_best"] is None
    assert reason("gtd", nkill="-5")[0] == "nkill"
    assert reason("gtd", nkill="abc")[0] == "nkill"
    row = one("gtd", nkill="2.5")
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (2, 3, 3)
    assert "fraction" in question("gtd", nkill="2.5")
    assert "more attackers" in question("gtd", nkillter="9")
    row = one("gtd", nhostkid="12", nreleased="5")
    assert (row["abducted"], row["released"]) == (12, 5)


def test_doubts_are_tagged_and_unknown_places_are_none() -> None:
    assert one("gtd", doubtterr="1", success="0")["tags"] == (
        '["doubtful as terrorism", "not successful"]'
    )
    assert one("gtd", doubtterr="-9")["tags"] is None
    assert one("gtd", city="Unknown")["place"] is None
