"""Sheets of monitors: lists of events, and sums by month."""

from __future__ import annotations

import json

import pytest

from ingest.presets.monthly import Monthly
from tests.ingest.presets.messy_tables import TODAY, messy, read, table, told

MONTHLY = Monthly(today=TODAY)

SHEET = """
Year,Month,Incidents of Killing,Civilians,Security Forces,\
Terrorists/Insurgents/Extremists,Not Specified,Total
2019,January,28,19,14,12,0,45
2019,February,31,16,12,10,2,40
2019,Total,59,35,26,22,2,85
"""


def test_a_monthly_sheet_is_recognised() -> None:
    match = MONTHLY.match(*table(SHEET, "satp_pakistan.csv"))
    assert match is not None
    assert match.score > 0.5
    assert match.words == "monthly sums, 5 columns of the dead and injured, Pakistan by its name"


def test_a_month_becomes_an_aggregate_without_a_point() -> None:
    result = read(MONTHLY, *table(SHEET, "satp_pakistan.csv"))
    fields = told(result)
    assert json.loads(str(fields.pop("killed_by_status"))) == {
        "civilians": 19, "security_forces": 14, "militants": 12,
    }  # fmt: skip
    assert fields == {
        "event_date": "2019-01-01", "event_date_end": "2019-01-31", "date_precision": "month",
        "country": "Pakistan", "location_precision": "country", "killed_low": 45, "killed_best": 45,
        "killed_high": 45, "tags": '["aggregate"]', "notes": "28",
    }  # fmt: skip


def test_a_total_of_other_rows_is_kept_out_with_its_reason() -> None:
    (fault,) = read(MONTHLY, *table(SHEET)).faults
    assert (fault.line, fault.reason) == (4, "a total of other rows")


@pytest.mark.parametrize(
    "text",
    [
        "Month,Civilians,SFs,Terrorists,Total\nJan-19,1,2,3,6\nFeb-19,1,1,1,3",
        "Period,Civilians killed,Militants killed\nJanuary 2019,1,2\nFebruary 2019,3,4",
        "Year,Month,No. of incidents,Killed,Injured\n2019,1,4,5,6\n2019,2,3,1,0",
        "Year,Civilians,Security Forces,Terrorists,Total\n2019,1,2,3,6\n2020,1,1,1,3",
    ],
)
def test_other_sheets_of_sums(text: str) -> None:
    result = read(MONTHLY, *table(text))
    assert told(result)["event_date"] == "2019-01-01"
    assert told(result)["date_precision"] in ("month", "year")
    assert told(result)["tags"] == '["aggregate"]'
    assert told(result)["location_precision"] == "unknown"


def test_a_month_without_its_year_takes_it_from_the_name_of_the_sheet() -> None:
    text = "Month,Civilians,SFs,Total\nJanuary,1,2,3\nFebruary,0,1,1"
    result = read(MONTHLY, *table(text, "balance.xlsx", sheet="Pakistan 2019"))
    assert told(result, 1)["event_date"] == "2019-02-01"
    assert told(result, 1)["country"] == "Pakistan"


def test_a_month_without_any_year_is_no_monthly_sheet() -> None:
    assert MONTHLY.match(*table("Month,Civilians,SFs,Total\nJanuary,1,2,3\nFebruary,0,1,1")) is None


def test_sums_by_province() -> None:
    text = (
        "Year,Month,Province,Civilians,SFs,Militants\n2019,Jan,Sindh,1,2,3\n2019,Jan,Punjab,0,1,1"
    )
    result = read(MONTHLY, *table(text))
    assert (told(result)["admin1"], told(result)["location_precision"]) == ("Sindh", "province")


def test_a_list_of_events_is_no_sum() -> None:
    info, batch = messy("satp_india.csv")
    match = MONTHLY.match(info, batch)
    assert match is not None
    assert match.words == "list of events, the dead by 3 kinds"
    fields = told(read(MONTHLY, info, batch))
    assert fields["event_date"] == "2018-02-05"
    assert json.loads(str(fields["killed_by_status"])) == {"militants": 4}
    assert "tags" not in fields


def test_a_list_of_the_dead_without_kinds_is_none() -> None:
    assert MONTHLY.match(*table("Date,Place,Killed\n2017-02-16,Quetta,3")) is None
    assert MONTHLY.match(*table("Name,Colour\nA,red")) is None


def test_the_injured_by_status_are_added_up() -> None:
    text = (
        "Month,Killed Civilians,Killed Militants,Injured Civilians,Injured Militants\n"
        "Jan-19,1,2,3,4\nFeb-19,0,0,1,0"
    )
    result = read(MONTHLY, *table(text))
    assert told(result)["injured_best"] == 7
    assert not result.flags  # a column of months: "Jan-19" is no day
