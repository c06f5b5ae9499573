"""Dates as people write them in tables."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.presets.values.dates import (
    DateColumn,
    date_order,
    read_date_parts,
    read_dates,
    style_of,
)

TODAY = date(2026, 11, 27)


def read(*values: str, form: str = "") -> DateColumn:
    column = pa.array(values, pa.string())
    return read_dates(column, style_of(date_order(column, form), form, TODAY))


def one(value: str, form: str = "dmy") -> tuple[str, str, str]:
    column = read(value, form=form)
    assert not column.faults, column.faults
    first, last, word = (a[0].as_py() for a in (column.first, column.last, column.precision))
    return str(first), str(last), word


@pytest.mark.parametrize(
    "written",
    [
        "2017-02-16", "2017-02-16T10:30:00Z", "2017-02-16 00:00:00.000", "2017/2/16", "16/02/2017",
        "16/02/17", "16.2.2017", "16-02-2017 0830 hrs", "Thursday-February 16-2017",
        "16th Feb. 2017", "Feb 16, 2017", "February 16th 2017", "16 de febrero de 2017",
        "le 16 février 2017", "16 Fev 2017", "16 Shubat 2017", "16 fibrayir 2017", "16FEB2017",
        "16-Feb-17", "Thu Feb 16 2017 00:00:00 GMT+0500 (Pakistan Standard Time)", "20170216",
        "42782", "42782.75", "16 Febuary 2017", "jeudi 16 février 2017", "16. Februar 2017",
        "Thursday, 16 February 2017, 3:45 PM", "١٦/٠٢/٢٠١٧", "19 Jumada al-ula 1438",
        "16 Feb 2017 (reported)", "16-FEB-17 12.00.00.000000 AM", "2017 Feb 16",
    ],
)  # fmt: skip
def test_a_day(written: str) -> None:
    assert one(written) == ("2017-02-16", "2017-02-16", "day")


@pytest.mark.parametrize(
    ("written", "first", "last", "word"),
    [
        ("Feb 2017", "2017-02-01", "2017-02-28", "month"),
        ("2017-02", "2017-02-01", "2017-02-28", "month"),
        ("02/2017", "2017-02-01", "2017-02-28", "month"),
        ("early Feb 2017", "2017-02-01", "2017-02-28", "month"),
        ("principios de febrero de 2017", "2017-02-01", "2017-02-28", "month"),
        ("00/02/2017", "2017-02-01", "2017-02-28", "month"),
        ("xx/02/2017", "2017-02-01", "2017-02-28", "month"),
        ("2017", "2017-01-01", "2017-12-31", "year"),
        ("2017.0", "2017-01-01", "2017-12-31", "year"),
        ("late 2017", "2017-01-01", "2017-12-31", "year"),
        ("Q1 2017", "2017-01-01", "2017-03-31", "range"),
        ("12-14 Feb 2017", "2017-02-12", "2017-02-14", "range"),
        ("12 and 13 Feb 2017", "2017-02-12", "2017-02-13", "range"),
        ("Feb 12-14, 2017", "2017-02-12", "2017-02-14", "range"),
        ("12 Feb - 3 Mar 2017", "2017-02-12", "2017-03-03", "range"),
        ("28 Dec - 2 Jan 2017", "2016-12-28", "2017-01-02", "range"),
        ("2017-02-12/14", "2017-02-12", "2017-02-14", "range"),
        ("2017-02-12/2017-02-14", "2017-02-12", "2017-02-14", "range"),
        ("12/02/2017 - 14/02/2017", "2017-02-12", "2017-02-14", "range"),
        ("del 12 al 14 de febrero de 2017", "2017-02-12", "2017-02-14", "range"),
        ("night of 12-13 Feb 2017", "2017-02-12", "2017-02-13", "range"),
        ("week of 13 Feb 2017", "2017-02-13", "2017-02-19", "week"),
        ("2017-W07", "2017-02-13", "2017-02-19", "week"),
    ],
)
def test_a_time_that_is_no_day(written: str, first: str, last: str, word: str) -> None:
    assert one(written) == (first, last, word)


@pytest.mark.parametrize("written", ["", " ", "unknown", "n/a", "-", "?", "TBC"])
def test_nothing_told_is_no_date_and_no_fault(written: str) -> None:
    column = read(written)
    assert column.first.to_pylist() == [None]
    assert not column.faults


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("30/02/2017", "there is no day 30 in February 2017"),
        ("2017-02-30", "there is no day 30 in February 2017"),
        ("31/31/2017", "there is no month 31"),
        ("soon after Eid", "'soon' belongs to no date"),
        ("16-Feb", "no year"),
        ("14 Feb 2017 - 12 Feb 2017", "ends on 2017-02-12 and begins on 2017-02-14"),
        ("999", "no date of a form"),
    ],
)
def test_an_impossible_date_says_why(written: str, why: str) -> None:
    assert why in read(written, form="dmy").faults[0]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("16/02/2044", "future"),
        ("1438-05-19", "Islamic"),
        ("about 16 Feb 2017", "about right"),
        ("Feb-17", "could be a day"),
        ("16 Febuary 2017", "'febuary' is read as"),
        ("1487203200", "Unix"),
        ("2017-13-02", "year, day, month"),
    ],
)
def test_a_doubtful_date_is_read_and_questioned(written: str, why: str) -> None:
    column = read(written, form="dmy")
    assert column.first[0].is_valid
    assert why in column.questions[0]


def test_a_number_above_twelve_decides_for_the_column() -> None:
    assert str(read("03/04/2017", "13/04/2017").first[0]) == "2017-04-03"
    assert str(read("03/04/2017", "04/13/2017").first[0]) == "2017-03-04"


def test_the_odd_one_out_is_read_the_only_way_it_can_be_and_questioned() -> None:
    column = read("13/04/2017", "14/04/2017", "04/15/2017")
    assert str(column.first[2]) == "2017-04-15"
    assert "another order" in column.questions[2]


def test_the_sequence_of_the_rows_decides_where_no_number_does() -> None:
    days = [f"{month:02d}/{day:02d}/2017" for month in range(1, 6) for day in (1, 4, 9, 12)]
    order = date_order(pa.array(days))
    assert (order.order, order.by) == ("mdy", "sequence")


def test_nothing_decides_and_the_day_comes_first() -> None:
    order = date_order(pa.array(["03/04/2017", "04/03/2017"]))
    assert (order.order, order.by) == ("dmy", "")


def test_dots_are_day_first() -> None:
    assert date_order(pa.array(["03.04.2017"])).by == "dots"


def test_two_digit_years_first() -> None:
    assert str(read("99/04/03", "98/12/31").first[0]) == "1999-04-03"


@pytest.mark.parametrize(("form", "day"), [("serial", "2017-02-16"), ("serial1904", "2021-02-17")])
def test_serials_of_spreadsheets(form: str, day: str) -> None:
    assert one("42782", form)[0] == day


@pytest.mark.parametrize(
    ("parts", "first", "word"),
    [
        (("2017", "2", "16"), "2017-02-16", "day"),
        (("2017.0", "2.0", "16.0"), "2017-02-16", "day"),
        (("2017", "February", "16"), "2017-02-16", "day"),
        (("17", "2", "16"), "2017-02-16", "day"),
        (("2017", "2", "0"), "2017-02-01", "month"),
        (("2017", "Feb", ""), "2017-02-01", "month"),
        (("2017", "0", "0"), "2017-01-01", "year"),
        (("2017", "-9", "-9"), "2017-01-01", "year"),
        (("2017", "", "unknown"), "2017-01-01", "year"),
        (("2017", "16 Feb"), "2017-02-16", "day"),
        (("2017", "16/02/2017"), "2017-02-16", "day"),
        (("2017", "2", "12-14"), "2017-02-12", "range"),
    ],
)
def test_year_month_and_day_in_columns_of_their_own(
    parts: tuple[str, ...], first: str, word: str
) -> None:
    columns = [pa.array([part], pa.string()) for part in parts]
    read_parts = read_date_parts(columns, style_of(date_order(columns[0], "dmy"), "dmy", TODAY))
    assert (str(read_parts.first[0]), read_parts.precision[0].as_py()) == (first, word)


FORMATS = (
    "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y",
    "%d-%b-%Y", "%B %d, %Y", "%b %d %Y", "%A-%B %d-%Y", "%a, %d %b %Y", "%Y%m%d", "%Y/%m/%d",
    "%d-%b-%y", "%d/%m/%y", "%A, %d. %B %Y", "%d%b%Y",
)  # fmt: skip


@given(st.dates(date(1980, 1, 1), date(2026, 11, 1)), st.sampled_from(FORMATS))
def test_any_rendering_of_a_date_comes_back(day: date, form: str) -> None:
    assert one(day.strftime(form))[0] == day.isoformat()


@given(st.dates(date(1960, 1, 1), date(2026, 11, 1)))
def test_any_serial_comes_back(day: date) -> None:
    assert one(str((day - date(1899, 12, 30)).days))[0] == day.isoformat()


@given(st.dates(date(1980, 1, 1), date(2026, 10, 1)), st.integers(1, 27))
def test_any_range_comes_back(first: date, days: int) -> None:
    last = first + timedelta(days)
    for written in (f"{first} to {last}", f"{first:%d %b %Y} - {last:%d %b %Y}"):
        assert one(written) == (first.isoformat(), last.isoformat(), "range")


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    column = read(text)
    assert column.first[0].is_valid + (0 in column.faults) <= 1


@given(st.from_regex(r"[0-9a-z /.,~:&'-]{0,24}", fullmatch=True))
def test_nothing_that_looks_like_a_date_raises(text: str) -> None:
    assert len(read(text).precision) == 1
