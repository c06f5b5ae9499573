"""scripts/calibrate.py: the fit of confidence to gold."""

from __future__ import annotations

import tomllib

import pytest

from ingest.extract.confidence import BASE, confidence_of
from scripts.calibrate import Sample, cross_validated, fit, reliability, written


def samples(signal: str, right: int, wrong: int, first: int = 0) -> list[Sample]:
    verdicts = [True] * right + [False] * wrong
    return [Sample(first + i, (signal,), so, 1.0, 0.8) for i, so in enumerate(verdicts)]


MANY = samples("sure", 180, 20) + samples("unsure", 80, 120, first=7)


def given(table: dict[str, float], *signals: str) -> float:
    return confidence_of("x", {"x": signals}, 0.0, {"x": table})


def test_of_the_values_given_as_nine_tenths_nine_tenths_are_right() -> None:
    table = fit(MANY)
    assert given(table, "sure") == pytest.approx(0.9, abs=0.02)
    assert given(table, "unsure") == pytest.approx(0.4, abs=0.02)


def test_a_rare_signal_moves_little_and_a_single_one_not_at_all() -> None:
    base = samples("common", 90, 10)
    assert "rare" not in fit(base + samples("rare", 0, 2, first=200))
    rare = fit(base + samples("rare", 0, 6, first=200))
    assert 0.0 < given(rare, "rare") < given(rare, "common")
    assert given(rare, "rare") > 0.1


def test_what_is_always_right_is_not_certain() -> None:
    assert given(fit(samples("sure", 30, 0)), "sure") <= 0.98


def test_weights_count() -> None:
    light = [Sample(i, ("s",), i % 2 == 0, 0.1 if i % 2 else 1.0, 0.8) for i in range(100)]
    assert fit(light)[BASE] > 1.5


def test_no_value_is_judged_by_a_fit_that_has_seen_its_story() -> None:
    odd = [Sample(3, ("odd",), False, 1.0, 0.8)] * 20
    seen = fit(MANY + odd)
    judged = cross_validated(MANY + odd)[-1]
    assert judged > given(seen, "odd")


def test_the_report_and_the_file() -> None:
    assert "event_date" in reliability("event_date", MANY)
    table = fit(MANY)
    assert tomllib.loads(written({"event_date": table}))["event_date"] == table
