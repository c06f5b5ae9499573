"""Days, counts and degrees as tables write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.precision import DatePrecision
from ingest.tables.values import from_parts, order_of_days, read_count, read_day, read_degrees

DAY = date(2017, 2, 16)


@pytest.mark.parametrize(
    "text",
    [
        "2017-02-16", "2017/02/16", "2017-02-16 00:00:00.000", "16/02/2017",
        "16.02.17", "16-02-2017",
        "16 February 2017", "16-Feb-2017", "February 16, 2017", "Thursday-February 16-2017",
        "16th Feb. 2017", "42782", "42782.5",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text) == (DAY, None, DatePrecision.DAY)


def test_the_month_comes_first_where_the_column_says_so() -> None:
    assert read_day("02/03/2017", day_first=False)[0] == date(2017, 2, 3)
    assert read_day("02/16/2017")[0] == DAY
    assert order_of_days(["02/03/2017", "02/16/2017"]) is False
    assert order_of_days(["02/03/2017", "16/02/2017"]) is True
    assert order_of_days(["02/03/2017"]) is None


def test_what_is_less_than_a_day_says_so() -> None:
    month = (date(2017, 2, 1), date(2017, 2, 28), DatePrecision.MONTH)
    assert read_day("Feb 2017") == read_day("2017-02") == from_parts("2017", "2", "0") == month
    assert read_day("2017")[2] is DatePrecision.YEAR
    assert from_parts("2017", "0", "0")[2] is DatePrecision.YEAR
    assert from_parts("1970", "12", "0")[1] == date(1970, 12, 31)


@pytest.mark.parametrize("text", ["", "  ", "n/a", "unknown", "-"])
def test_nothing_told_is_unknown(text: str) -> None:
    assert read_day(text) == (None, None, DatePrecision.UNKNOWN)


@pytest.mark.parametrize("text", ["30/02/2017", "2017-13-01", "soon", "99/99/2017"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_day(text)


@given(st.dates(date(1970, 1, 1), date(2068, 12, 31)), st.sampled_from(
    ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%d.%m.%y", "%A-%B %d-%Y"]
))  # fmt: skip
def test_every_day_comes_back(day: date, form: str) -> None:
    assert read_day(day.strftime(form))[0] == day


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("5", (5, 5, 5)), ("5.0", (5, 5, 5)), ("1,234", (1234, 1234, 1234)), ("nil", (0, 0, 0)),
        ("10-12", (10, 10, 12)), ("5+", (5, 5, None)), ("at least 5", (5, 5, 5)),
        ("", (None, None, None)), ("n/a", (None, None, None)), ("unknown", (None, None, None)),
        ("dozens", (24, 24, None)), ("three", (3, 3, 3)),
    ],
)  # fmt: skip
def test_a_count_is_read(text: str, count: tuple[int | None, ...]) -> None:
    assert read_count(text) == count


@pytest.mark.parametrize("text", ["-3", "2.5", "abc", "three men and 4 boys"])
def test_what_is_no_count_of_people_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="people"):
        read_count(text)


@pytest.mark.parametrize(
    "text", ["33.5042", "33,5042", "33°30'15\"N", "33 30 15.1 N", "N33 30 15", "33° 30.25'"]
)
def test_degrees_are_read_however_they_are_written(text: str) -> None:
    assert read_degrees(text, 90.0) == pytest.approx(33.5042, abs=1e-3)


def test_south_and_west_are_below_zero() -> None:
    assert read_degrees("33°30'S", 90.0) == -33.5
    assert read_degrees("70°15'W", 180.0) == -70.25


@pytest.mark.parametrize("text", ["91", "-90.1", "33°75'N", "north", "1e400", "nan1"])
def test_what_is_no_latitude_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_degrees(text, 90.0)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_day, read_count, lambda t: read_degrees(t, 90.0)):
        with suppress(ValueError):
            read(text)
