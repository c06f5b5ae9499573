"""All names of a document together."""

from __future__ import annotations

import pytest

from geodata.place import NameHit, Outcome, Resolution
from ingest.geocode.document import resolve_names
from ingest.geocode.resolver import Resolver


def resolve(resolver: Resolver, text: str, *names: str) -> dict[str, Resolution]:
    """Resolve the names of a text, each where it first stands."""
    hits = [
        NameHit(text.index(name), text.index(name) + len(name), name, frozenset()) for name in names
    ]
    hits.sort(key=lambda hit: hit.start)
    answers = resolve_names(text, hits, resolver)
    return {hit.name: answer for hit, answer in zip(hits, answers, strict=True)}


def where(answer: Resolution) -> tuple[str, str | None]:
    assert answer.best is not None
    return answer.best.place.country, answer.best.place.admin1


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("A blast in Paris, Texas, on Monday.", ("Paris", "Texas"), ("US", "Texas")),
        ("Police in Tyler, Tex. said so.", ("Tyler", "Tex."), ("US", "Texas")),
        ("A march in Cordoba (Argentina).", ("Cordoba", "Argentina"), ("AR", "Córdoba")),
    ],
)
def test_a_name_says_itself_where_it_lies(
    resolver: Resolver, text: str, names: tuple[str, ...], expected: tuple[str, str]
) -> None:
    assert where(resolve(resolver, text, *names)[names[0]]) == expected


def test_a_list_of_provinces_is_no_containment(resolver: Resolver) -> None:
    answers = resolve(
        resolver, "Cases in Texas, California and Mexico.", "Texas", "California", "Mexico"
    )
    assert [answer.best.place.feature_code for answer in answers.values() if answer.best] == [
        "ADM1", "ADM1", "PCLI",
    ]  # fmt: skip


def test_the_rest_of_the_document_decides(resolver: Resolver) -> None:
    text = "From Atlanta to Savannah, Georgia's roads were closed; so was Augusta."
    answers = resolve(resolver, text, "Atlanta", "Savannah", "Georgia", "Augusta")
    assert where(answers["Georgia"]) == ("US", "Georgia")
    assert where(answers["Augusta"]) == ("US", "Georgia")
    text = "Tbilisi said that Georgia and Armenia had agreed in Yerevan."
    answers = resolve(resolver, text, "Tbilisi", "Georgia", "Armenia", "Yerevan")
    assert where(answers["Georgia"])[0] == "GE"


def test_a_name_keeps_its_meaning(resolver: Resolver) -> None:
    text = "Fighting in Tripoli, Lebanon, went on. In Tripoli shops stayed shut."
    hits = [NameHit(12, 19, "Tripoli", frozenset()), NameHit(21, 28, "Lebanon", frozenset()),
            NameHit(41, 48, "Tripoli", frozenset())]  # fmt: skip
    first, _, again = resolve_names(text, hits, resolver)
    assert where(first)[0] == where(again)[0] == "LB"


def test_a_county_says_which_town(resolver: Resolver) -> None:
    text = "A Henry County jury said a Paris man drove to McKenzie in Tennessee."
    answers = resolve(resolver, text, "Henry County", "Paris", "McKenzie", "Tennessee")
    assert {where(answer) for answer in answers.values()} == {("US", "Tennessee")}
    text = "Markets in Paris and London fell."
    assert where(resolve(resolver, text, "Paris", "London")["Paris"])[0] == "FR"


def test_a_list_of_states_is_one_of_states(resolver: Resolver) -> None:
    text = "Cases in Utah, Washington, Georgia and Ohio."
    answers = resolve(resolver, text, "Utah", "Washington", "Georgia", "Ohio")
    for answer in answers.values():
        assert answer.best is not None
        assert (answer.best.place.feature_code, answer.best.place.country) == ("ADM1", "US")


def test_a_town_unknown_where_it_is_said_to_lie_is_placed_there(resolver: Resolver) -> None:
    text = "A truck stopped in Stroud, Ontario."
    assert where(resolve(resolver, text, "Stroud", "Ontario")["Stroud"]) == ("CA", "Ontario")


def test_the_words_beside_a_name_say_what_it_is(resolver: Resolver) -> None:
    text = "A farm in Washington state, not the town of Mexico in Missouri."
    answers = resolve(resolver, text, "Washington", "Mexico", "Missouri")
    assert where(answers["Washington"]) == ("US", "Washington")
    assert where(answers["Mexico"]) == ("US", "Missouri")


def test_scores_stay_between_nothing_and_one(resolver: Resolver) -> None:
    answers = resolve(resolver, "Quetta, Mastung and Kalat.", "Quetta", "Mastung", "Kalat")
    for answer in answers.values():
        assert answer.outcome is Outcome.FOUND
        for candidate in answer.candidates:
            total = sum(reason.share for reason in candidate.reasons)
            assert 0 <= candidate.score <= 1
            assert candidate.score == pytest.approx(max(0.0, total), abs=0.002)


def test_nothing_named_is_nothing_resolved(resolver: Resolver) -> None:
    assert resolve_names("Nothing happened.", [], resolver) == []
