"""Measuring answers against truths."""

from __future__ import annotations

import pytest

from geodata.place import Candidate, Outcome, Place, PlaceQuery, Resolution
from geodata.precision import LocationPrecision
from ingest.geocode.evaluation import MOST_GROUPS, Truth, measure

QUETTA = Truth(latitude=30.18, longitude=67.0, country="Pakistan", precision="1")


def answer(
    latitude: float, *, longitude: float = 67.0, score: float = 0.95, country: str = "PK",
    precision: LocationPrecision = LocationPrecision.SETTLEMENT,
) -> Resolution:  # fmt: skip
    place = Place(
        place_id="t:1", name="Quetta", feature_class="P", feature_code="PPL", country=country,
        country_name=country, latitude=latitude, longitude=longitude,
    )  # fmt: skip
    candidate = Candidate(
        place=place, latitude=latitude, longitude=longitude, location_precision=precision,
        radius_km=5.0, score=score, matched_name="Quetta",
    )  # fmt: skip
    return Resolution(
        query=PlaceQuery(text="Quetta"), outcome=Outcome.FOUND, candidates=(candidate,)
    )


def without(outcome: Outcome) -> Resolution:
    return Resolution(query=PlaceQuery(text="Nowhere"), outcome=outcome)


def test_shares_are_of_all_rows() -> None:
    pairs = [(answer(30.18), QUETTA), (without(Outcome.DECLINED), QUETTA)]
    total = measure(pairs).total
    assert (total.rows, total.placed) == (2, 1)
    assert total.within_km == dict.fromkeys((5, 10, 25, 50, 161), 0.5)
    assert (total.found, total.declined, total.median_km) == (0.5, 0.5, 0.0)


def test_nothing_placed_has_no_median() -> None:
    total = measure([(without(Outcome.NOT_FOUND), QUETTA)]).total
    assert (total.median_km, total.mean_km, total.covered) == (None, None, None)


def test_the_radius_and_the_score_are_held_to_account() -> None:
    result = measure([(answer(30.18), QUETTA), (answer(31.18), QUETTA)])
    assert (result.total.covered, result.total.wrong_and_confident) == (0.5, 0.5)
    (tenth,) = result.score_tenths
    assert (tenth.low, tenth.rows, tenth.within_25_km) == (0.9, 2, 0.5)


@pytest.mark.parametrize(
    ("given", "cause"),
    [
        (without(Outcome.FAILED), "failed"),
        (answer(23.6, longitude=58.5, country="OM"), "namesake_in_other_country"),
        (answer(30.6, precision=LocationPrecision.DISTRICT), "placed_at_district_only"),
        (answer(30.6), "point_differs"),
        (answer(27.0), "namesake_in_same_country"),
    ],
)
def test_failures_have_a_cause(given: Resolution, cause: str) -> None:
    (found,) = measure([(given, QUETTA)]).causes
    assert (found.cause, found.rows, found.examples[0].rows) == (cause, 1, 1)


def test_groups() -> None:
    result = measure([(answer(30.18), QUETTA), (without(Outcome.DECLINED), QUETTA)])
    assert list(result.by_location_precision) == ["settlement", "declined"]
    assert result.by_true_precision["1"].rows == 2
    assert result.by_country["Pakistan"].rows == 2


def test_free_text_makes_no_endless_groups() -> None:
    truths = (Truth(latitude=30.18, longitude=67.0, country=f"c{n}") for n in range(1000))
    groups = measure((answer(30.18), truth) for truth in truths).by_country
    assert len(groups) <= MOST_GROUPS + 1
    assert sum(group.rows for group in groups.values()) == 1000
