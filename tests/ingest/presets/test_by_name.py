"""What the names of a file and a sheet, and a title above the header, tell of every row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ingest.presets._by_name import country_by_name, year_by_name
from ingest.presets.generic import Generic
from ingest.presets.guess import guess_mapping
from tests.ingest.presets.messy_tables import TODAY, read, table

LOG = "Date,Where,Dead\n2 Jan,Quetta,1\n16/2,Quetta,3\n5 March 2022,Kalat,2\nAug 9,Quetta,0"


@pytest.mark.parametrize(
    ("name", "sheet", "title", "country", "year"),
    [
        ("PakistanSuicideAttacks Ver 11 (30-November-2017).csv", "", "", "Pakistan", "2017"),
        ("/data/yemen/log_2019.xlsx", "Sheet1", "", "", "2019"),
        ("log.xlsx", "Iraq 2016", "Attacks, as of 3 May 2017", "Iraq", "2016"),
        ("log.xlsx", "Sheet1", "Incidents in Nigeria", "Nigeria", ""),
        ("french dates.csv", "", "", "", ""),
        ("2016-01-01-2024-01-01-Mali-Niger.csv", "", "", "", ""),
    ],
)
def test_the_first_name_that_tells_one_counts(
    name: str, sheet: str, title: str, country: str, year: str
) -> None:
    info = replace(table(LOG, name)[0], sheet=sheet, title=title)
    assert (country_by_name(info), year_by_name(info)) == (country, year)


def test_dates_without_a_year_take_that_of_the_name() -> None:
    found = read(Generic(today=TODAY), *table(LOG, "log 2022.csv"))
    assert found.fields.column("event_date").to_pylist() == [
        date(2022, 1, 2), date(2022, 2, 16), date(2022, 3, 5), date(2022, 8, 9),
    ]  # fmt: skip
    asked = guess_mapping(*table(LOG, "log 2022.csv")).questions
    assert "2022 is taken for the year of dates without, by the table's name." in asked


def test_a_year_that_other_dates_of_the_column_contradict_is_not_taken() -> None:
    found = read(Generic(today=TODAY), *table(LOG, "exported 2024.csv"))
    assert len(found.faults) == 3
