"""Dates of the Islamic calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.precision import DatePrecision
from ingest.extract.dates import find_dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on 12 Muharram 1440", date(2018, 9, 22)),
        ("Ramadan 27, 1442 AH", date(2021, 5, 9)),
        ("on the 10th of Dhu al-Hijjah 1441", date(2020, 7, 31)),
        ("3 Rabi al-Awwal 1443 H", date(2021, 10, 9)),
        ("15 Sha'ban 1439", date(2018, 5, 1)),
        ("1 Jumada al-Thani 1441", date(2020, 1, 26)),
    ],
)
def test_a_day_with_its_year(text: str, day: date) -> None:
    (found,) = find_dates(f"Gunmen attacked the post {text}.", date(2022, 1, 1))
    assert (found.first, found.precision) == (day, DatePrecision.DAY)


def test_a_day_without_a_year_is_the_last_one_before_publication() -> None:
    (found,) = find_dates("The post was attacked on 12 Ramadan.", date(2021, 5, 1))
    assert found.first == date(2021, 4, 24)
    (found,) = find_dates("The post was attacked on 12 Ramadan.", date(2021, 4, 1))
    assert found.first == date(2020, 5, 5)


def test_a_month_is_a_span() -> None:
    (found,) = find_dates("The village was raided in Ramadan 1436.", date(2022, 1, 1))
    assert (found.first, found.last) == (date(2015, 6, 18), date(2015, 7, 16))
    assert found.precision is DatePrecision.MONTH


@pytest.mark.parametrize("text", ["31 Muharram 1440", "on 5 Rajab 1299", "Safar was there in 1440"])
def test_what_is_no_date_of_the_calendar_is_none(text: str) -> None:
    assert not [d for d in find_dates(text, date(2022, 1, 1)) if d.precision is DatePrecision.DAY]


@given(st.integers(1, 30), st.sampled_from(["Rajab", "Ramadan"]), st.integers(1343, 1440))
def test_any_day_reads_or_is_left_out(day: int, month: str, year: int) -> None:
    for found in find_dates(f"on {day} {month} {year}", date(2026, 1, 1)):
        assert found.first is None or date(1924, 1, 1) <= found.first <= date(2026, 1, 1)
