"""One filter: its meaning, its sentence, its URL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from examples import AREA, NOWHERE, RAID, REJECTED, filters
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import InputError
from geodata.filters import MAX_TEXT, MAX_VALUES, OPTIONS, Filter
from geodata.incident import Status
from geodata.precision import LocationPrecision

SINCE, UNTIL = date(2020, 5, 2), date(2020, 5, 6)

# ---------------------------------------------------------------- meaning


def test_the_group_filter_matches_any_role_in_any_spelling() -> None:
    for name in ("border guard", "MÜLLER'S MEN", "muller's men"):
        assert Filter(group=(name,)).matches(RAID)
    assert not Filter(group=("Border",)).matches(RAID)


def test_the_perpetrator_filter_matches_the_perpetrator_alone() -> None:
    assert Filter(perpetrator=("Border Guard",)).matches(RAID)
    assert not Filter(perpetrator=("Müller's Men",)).matches(RAID)


def test_all_parts_must_hold_and_any_value_of_a_part() -> None:
    assert Filter(group=("nobody", "Border Guard"), country=("Examplia",)).matches(RAID)
    assert not Filter(group=("Border Guard",), country=("Elsewhere",)).matches(RAID)


def test_an_interval_matches_a_window_that_it_touches() -> None:
    assert Filter(since=SINCE, until=UNTIL).matches(AREA)  # 4 to 10 May
    assert Filter(since=date(2020, 5, 10)).matches(AREA)
    assert not Filter(since=date(2020, 5, 11)).matches(AREA)
    assert not Filter(until=date(2020, 5, 3)).matches(AREA)


def test_an_undated_incident_matches_no_window() -> None:
    assert Filter().matches(NOWHERE)
    assert not Filter(until=date(2100, 1, 1)).matches(NOWHERE)


def test_a_type_may_be_an_event_type_or_a_sub_event_type() -> None:
    assert Filter(type=("Battles",)).matches(RAID)
    assert Filter(type=("Armed clash",)).matches(RAID)


def test_a_minimum_of_zero_asks_for_a_known_toll() -> None:
    assert Filter(min_killed=0).matches(replace(RAID, killed_best=0))
    assert not Filter(min_killed=0).matches(NOWHERE)


def test_a_box_includes_its_edges() -> None:
    assert Filter(bbox=(18.26, 49.82, 20.0, 50.0)).matches(RAID)
    assert not Filter(bbox=(18.27, 49.0, 20.0, 50.0)).matches(RAID)
    assert not Filter(bbox=(-180.0, -90.0, 180.0, 90.0)).matches(NOWHERE)


def test_text_is_found_without_accents_inside_words() -> None:
    assert Filter(text="zlin").matches(AREA)
    assert Filter(text="PASSING").matches(NOWHERE)
    assert not Filter(text="zlina").matches(AREA)


def test_rejected_ones_match_only_when_asked_for() -> None:
    assert not Filter().matches(REJECTED)
    assert Filter(status=(Status.REJECTED,)).matches(REJECTED)


def test_reports_stand_for_what_is_of_no_data_set() -> None:
    assert Filter(dataset=("Reports",)).matches(RAID)
    assert not Filter(dataset=("acled",)).matches(RAID)
    assert Filter(dataset=("ACLED", "x")).matches(replace(RAID, dataset="acled"))
    assert not Filter(dataset=("reports",)).matches(replace(RAID, dataset="acled"))


# ---------------------------------------------------------------- URL


@given(filters())
def test_a_filter_comes_back_from_its_url(where: Filter) -> None:
    assert Filter.from_query(where.to_query()) == where
    assert Filter.from_query("?" + where.to_query()) == where
    assert Filter.from_params(where.to_params()) == where


def test_a_minimum_of_zero_comes_back() -> None:
    assert Filter.from_query("min_killed=0") == Filter(min_killed=0) != Filter()


def test_an_empty_filter_has_an_empty_url() -> None:
    assert Filter().to_query() == ""
    assert Filter.from_query("") == Filter()


def test_unknown_names_and_empty_values_are_left() -> None:
    assert Filter.from_query("page=2&group=&text=+&group=A") == Filter(group=("A",))


@given(st.dictionaries(st.sampled_from(OPTIONS), st.lists(st.text(max_size=20), max_size=3)))
def test_any_parameters_give_a_filter_or_one_line(params: dict[str, list[str]]) -> None:
    try:
        where = Filter.from_params(params)
    except InputError as error:
        where, words = Filter(), str(error)
    else:
        words = where.sentence()
    assert words.splitlines() == [words]
    assert Filter.from_query(where.to_query()) == where


@pytest.mark.parametrize(
    "query",
    [
        "since=yesterday",
        "since=2021-02-30",
        "since=2021-08-31&until=2021-08-01",
        "min_killed=-1",
        "min_killed=two",
        "min_killed=٣",
        "min_killed=99999999999",
        "precision=exact",
        "status=done",
        "type=Skirmish",
        "bbox=1,2,3",
        "bbox=1,2,3,nan",
        "bbox=10,0,0,10",
        "bbox=0,0,200,10",
        "group=" + "x" * (MAX_TEXT + 1),
        "&".join(f"group=g{number}" for number in range(MAX_VALUES + 1)),
    ],
)
def test_a_value_that_cannot_be_meant_is_quoted_in_one_line(query: str) -> None:
    with pytest.raises(InputError) as caught:
        Filter.from_query(query)
    assert "\n" not in str(caught.value)
    assert query.split("=", maxsplit=1)[0] in str(caught.value)


def test_text_that_is_no_unicode_is_refused() -> None:
    with pytest.raises(InputError, match="UTF-8"):
        Filter.from_params({"text": ["\udc80"]})


def test_classes_are_read_without_regard_to_case() -> None:
    where = Filter.from_params(
        {"precision": ["District"], "status": [" DRAFT "], "type": ["riots"]}
    )
    assert where.precision == (LocationPrecision.DISTRICT,)
    assert (where.status, where.type) == ((Status.DRAFT,), ("Riots",))


def test_since_after_until_is_refused_however_it_is_made() -> None:
    with pytest.raises(InputError, match="since"):
        Filter(since=UNTIL, until=SINCE)


# ---------------------------------------------------------------- sentence


@given(filters())
def test_a_sentence_is_one_line_and_never_empty(where: Filter) -> None:
    sentence = where.sentence()
    assert sentence.strip()
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "All incidents"),
        ("group=A&group=B", "A or B"),
        ("perpetrator=A", "by A"),
        ("since=2021-01-01&until=2021-08-31", "1 Jan – 31 Aug 2021"),
        ("since=2020-12-30&until=2021-01-02", "30 Dec 2020 – 2 Jan 2021"),
        ("since=2021-08-31&until=2021-08-31", "31 Aug 2021"),
        ("until=2021-08-31", "until 31 Aug 2021"),
        ("min_killed=0", "toll known"),
        ("min_killed=2", "2 or more killed"),
        ("dataset=acled&dataset=reports", "from acled or reports"),
        ("precision=district&precision=province", "placed by district only or province only"),
        ("status=confirmed", "status confirmed"),
        ("bbox=-1.5,-2,3,4", "between 2°S and 4°N, 1.5°W and 3°E"),
        ("text=a raid", "mentioning “a raid”"),
    ],
)
def test_what_a_filter_says(query: str, sentence: str) -> None:
    assert Filter.from_query(query).sentence() == sentence
