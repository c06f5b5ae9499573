"""Dates in news: what each expression means in a report of Tuesday, 31 August 2021."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.precision import DatePrecision
from ingest.extract.dates import DateHit, find_dates

PUBLISHED = date(2021, 8, 31)
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


def one(text: str, published: date | None = PUBLISHED) -> DateHit:
    """Give the only date of a text."""
    (hit,) = find_dates(text, published)
    return hit


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Tuesday", "2021-08-31"),
        ("on tuesday", "2021-08-31"),
        ("on Monday", "2021-08-30"),
        ("late on Wednesday night", "2021-08-25"),
        ("before dawn on Tuesday", "2021-08-31"),
        ("in the early hours of Thursday", "2021-08-26"),
        ("around 10pm on Monday", "2021-08-30"),
        ("shortly before midnight on Monday", "2021-08-30"),
        ("last Tuesday", "2021-08-24"),
        ("on Wednesday of last week", "2021-08-25"),
        ("Tuesday's attack", "2021-08-31"),
        ("on Fri, gunmen", "2021-08-27"),
        ("Friday prayers", "2021-08-27"),
        ("on Christmas Day", "2020-12-25"),
    ],
)
def test_weekday_is_the_last_one_on_or_before_publication(text: str, day: str) -> None:
    assert (str(one(text).first), one(text).precision) == (day, "day")


@pytest.mark.parametrize(
    "text",
    [
        "12 August 2021", "August 12, 2021", "Aug. 12, 2021", "AUG 12, 2021", "12 august 2021",
        "12th of August, 2021", "August 12th 2021", "2021-08-12", "2021-08-12T09:00Z", "12/08/2021",
        "12.08.2021", "12-08-2021", "Thursday, 12 August 2021", "on Thursday, Aug 12, 2021",
    ],
)  # fmt: skip
def test_full_dates_need_no_publication_day(text: str) -> None:
    hit = one(text, None)
    assert (hit.first, hit.last, hit.relative) == (date(2021, 8, 12), date(2021, 8, 12), False)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Aug 12", "2021-08-12"),
        ("on 14 August", "2021-08-14"),
        ("June 3rd", "2021-06-03"),
        ("the 3rd of June", "2021-06-03"),
        ("Sept 5", "2020-09-05"),
        ("Feb 29", "2020-02-29"),
        ("Monday (September 5)", "2016-09-05"),
    ],
)
def test_day_without_year_is_the_last_such_day(text: str, day: str) -> None:
    assert str(one(text).first) == day


def test_day_first_or_month_first() -> None:
    (european,) = find_dates("03/04/2021", None)
    (american,) = find_dates("03/04/2021", None, day_first=False)
    (decided,) = find_dates("8/31/2021", None)
    assert [hit.first for hit in (european, american, decided)] == [
        date(2021, 4, 3),
        date(2021, 3, 4),
        date(2021, 8, 31),
    ]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("overnight", "2021-08-30", "2021-08-31", "range"),
        ("overnight on Monday", "2021-08-30", "2021-08-31", "range"),
        (
            "between Monday night and the early hours of Tuesday",
            "2021-08-30",
            "2021-08-31",
            "range",
        ),
        ("on the intervening night of Friday and Saturday", "2021-08-27", "2021-08-28", "range"),
        ("Saturday-Sunday night", "2021-08-28", "2021-08-29", "range"),
        ("on the night between April 26 and 27", "2021-04-26", "2021-04-27", "range"),
        ("26-27 April 2021", "2021-04-26", "2021-04-27", "range"),
        ("between March 30 and April 2, 2020", "2020-03-30", "2020-04-02", "range"),
        ("from 12 to 14 March", "2021-03-12", "2021-03-14", "range"),
        ("7, 8 and 9 April", "2021-04-07", "2021-04-09", "range"),
        ("30 April-2 May", "2021-04-30", "2021-05-02", "range"),
        ("over the previous three days", "2021-08-28", "2021-08-31", "range"),
        ("over the past 48 hours", "2021-08-29", "2021-08-31", "range"),
        ("over the weekend", "2021-08-28", "2021-08-29", "range"),
        ("in the last 24 hours", "2021-08-30", "2021-08-31", "range"),
        ("last week", "2021-08-23", "2021-08-29", "week"),
        ("earlier this week", "2021-08-30", "2021-08-31", "week"),
        ("the week of August 16", "2021-08-16", "2021-08-22", "week"),
        ("two weeks ago", "2021-08-16", "2021-08-22", "week"),
        ("in the last week of July", "2021-07-25", "2021-07-31", "week"),
        ("the first week of March 2019", "2019-03-01", "2019-03-07", "week"),
        ("between January and March", "2021-01-01", "2021-03-31", "year"),
        ("since the start of the year", "2021-01-01", "2021-08-31", "year"),
        ("last month", "2021-07-01", "2021-07-31", "month"),
        ("earlier this month", "2021-08-01", "2021-08-31", "month"),
        ("in March", "2021-03-01", "2021-03-31", "month"),
        ("in September", "2020-09-01", "2020-09-30", "month"),
        ("in March 2019", "2019-03-01", "2019-03-31", "month"),
        ("last year", "2020-01-01", "2020-12-31", "year"),
        ("earlier this year", "2021-01-01", "2021-08-31", "year"),
        ("in 2019", "2019-01-01", "2019-12-31", "year"),
        ("between 2014 and 2016", "2014-01-01", "2016-12-31", "unknown"),
    ],
)
def test_coarser_dates_carry_start_and_end(
    text: str, first: str, last: str, precision: str
) -> None:
    hit = one(text)
    assert (str(hit.first), str(hit.last), hit.precision) == (first, last, precision)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", 31),
        ("this morning", 31),
        ("yesterday", 30),
        ("last night", 30),
        ("the day before yesterday", 29),
        ("three days ago", 28),
        ("five hours ago", 31),
    ],
)
def test_words_of_publication(text: str, day: int) -> None:
    assert one(text).first == date(2021, 8, day)


@pytest.mark.parametrize("text", ["recently", "in recent years", "a few days ago", "previously"])
def test_vague_dates_are_only_bounded(text: str) -> None:
    hit = one(text)
    assert (hit.first, hit.last, hit.precision) == (None, PUBLISHED, "unknown")


@pytest.mark.parametrize("text", ["on Tuesday", "Aug 12", "last week", "in March", "overnight"])
def test_relative_dates_stay_unknown_without_publication(text: str) -> None:
    hit = one(text, None)
    assert (hit.first, hit.last, hit.precision, hit.relative) == (None, None, "unknown", True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("a day earlier", "2021-08-24"),
        ("the previous day", "2021-08-24"),
        ("the day before", "2021-08-24"),
        ("on the eve of the vote", "2021-08-24"),
        ("two days after the raid", "2021-08-27"),
        ("three days later", "2021-08-28"),
        ("hours earlier", "2021-08-25"),
        ("that night", "2021-08-25"),
        ("the following Monday", "2021-08-30"),
        ("the previous Monday", "2021-08-23"),
        ("the Sunday before", "2021-08-22"),
        ("It fell. In the evening, gunmen came.", "2021-08-25"),
        ("the next morning", "2021-08-26"),
    ],
)
def test_anchored_dates_are_placed_by_another_date(text: str, day: str) -> None:
    hit = one(text)
    assert hit.anchored
    assert hit.first is None
    assert str(hit.from_anchor(date(2021, 8, 25)).first) == day


def test_anchor_of_unknown_date_stays_unknown() -> None:
    assert one("a day earlier").from_anchor(None).first is None


def test_anchored_weeks_and_months_are_coarse() -> None:
    week = one("a week earlier").from_anchor(date(2021, 8, 25))
    month = one("two months later").from_anchor(date(2021, 8, 25))
    assert (str(week.first), str(week.last), week.precision) == ("2021-08-16", "2021-08-22", "week")
    assert (str(month.first), month.precision) == ("2021-10-01", "month")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the talks will be held on Sunday", "2021-09-05"),
        ("the rally is due to take place on September 5", "2021-09-05"),
        ("they play their next match on Friday", "2021-09-03"),
        ("next Friday", "2021-09-03"),
        ("tomorrow", "2021-09-01"),
        ("polls are due on 5 September", "2021-09-05"),
    ],
)
def test_plans_may_lie_ahead(text: str, day: str) -> None:
    hit = one(text)
    assert (str(hit.first), hit.plan) == (day, True)


@pytest.mark.parametrize(
    "text",
    ["a would-be bomber was shot on Sunday", "due to firing on Sunday", "the march on Sunday"],
)
def test_what_only_looks_like_a_plan(text: str) -> None:
    assert (one(text).first, one(text).plan) == (date(2021, 8, 29), False)


@pytest.mark.parametrize(
    "text",
    [
        "they may go", "the long march to May", "the Sunday Times", "Good Friday", "every Friday",
        "Mr. Sunday Dare", "24/7 patrols", "9/11", "on Easter Monday",
        "a ratio of 3-4-20", "0300-1234567", "Feb 30",
        "May 1,200 people", "the sun sat low", "1/0/2021", "12345/12/2021",
    ],
)  # fmt: skip
def test_false_friends(text: str) -> None:
    assert find_dates(text, PUBLISHED) == []


def test_number_after_a_month_can_count_people() -> None:
    hit = one("In March 14 people were killed")
    assert (str(hit.first), hit.precision) == ("2021-03-01", "month")


def test_longest_reading_is_kept_and_offsets_fit() -> None:
    text = "KABUL, July 10, 2018 (AM) - It fell on Monday night."
    hits = find_dates(text, date(2018, 7, 10))
    assert [text[hit.start : hit.end] for hit in hits] == ["July 10, 2018", "on Monday night"]


def test_dates_in_glued_sentences() -> None:
    text = "It went off on Monday.The army said"
    assert text[one(text).start : one(text).end] == "on Monday"


@pytest.mark.shared
def test_gold_dates(shared_data: Path) -> None:
    """Every gold date that the story states itself is read from its evidence."""
    wrong = []
    for row in (shared_data / "stories" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        story = json.loads(row)
        hits = find_dates(story["text"], date.fromisoformat(story["published"]))
        for gold in story["incidents"]:
            quote = gold["evidence"].get("date")
            if quote and gold["event_date"] and not _stated(story["text"], quote, gold, hits):
                wrong.append((story["id"], quote))
    assert wrong == []


def _stated(text: str, quote: str, gold: dict[str, str], hits: list[DateHit]) -> bool:
    start = text.index(quote)
    near = [hit for hit in hits if hit.start < start + len(quote) and start < hit.end]
    first, last = gold["event_date"], gold["event_date_end"] or gold["event_date"]
    return any(
        hit.anchored
        or (str(hit.first), str(hit.last), hit.precision) == (first, last, gold["date_precision"])
        for hit in near
    )


@given(day=DAYS, published=DAYS)
def test_any_full_date_is_read_back(day: date, published: date) -> None:
    for form in ("%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d/%m/%Y", "%A, %d %b %Y"):
        hit = one(f"on {day.strftime(form)}", published)
        assert (hit.first, hit.last, hit.precision) == (day, day, "day")
        assert hit.plan == (day > published)


@given(DAYS, st.integers(0, 6))
def test_any_weekday_lies_in_the_week_up_to_publication(published: date, weekday: int) -> None:
    name = (date(2021, 8, 30) + timedelta(days=weekday)).strftime("%A")
    hit = one(f"on {name}", published)
    assert hit.first is not None
    assert timedelta(0) <= published - hit.first <= timedelta(6)
    assert hit.first.weekday() == weekday


JUMBLE = (
    "on last next Monday Tuesday-Wednesday May 12 31 2021 , - . August of the week two days ago "
    "earlier overnight between and night will in since early 2019 1990s Feb 29th 30 year"
)
WORDS = st.sampled_from(JUMBLE.split())


@given(st.lists(WORDS, max_size=14), st.none() | DAYS)
def test_any_jumble_gives_sound_hits(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    end = 0
    for hit in find_dates(text, published):
        assert end <= hit.start < hit.end <= len(text)
        end = hit.end
        assert hit.first is None or hit.last is None or hit.first <= hit.last
        if hit.precision is DatePrecision.DAY:
            assert hit.first == hit.last
        if published and hit.first and not hit.plan:
            assert hit.last is not None
            assert hit.last <= published


@given(st.text(max_size=300), st.none() | st.dates())
def test_any_text_and_any_day_are_survived(text: str, published: date | None) -> None:
    find_dates(text, published)


@given(st.sampled_from([date.min, date.max]))
def test_ends_of_the_calendar(published: date) -> None:
    find_dates(
        "on Monday, last week, next year, two weeks ago, over the weekend, in May", published
    )
