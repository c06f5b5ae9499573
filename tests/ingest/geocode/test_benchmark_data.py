"""On real events the geocoder stays above its bar."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.geocoding import ask, error_km, read
from ingest.geocode.resolver import Resolver


@pytest.mark.shared
def test_events_of_pakistan_are_placed_within_25_km(shared_data: Path, resolver: Resolver) -> None:
    rows = read(shared_data / "ucdp_ged_pak.csv")[::8]
    errors = [error_km(resolver.geocode(ask(row, country_only=False)), row) for row in rows]
    within = sum(error is not None and error <= 25 for error in errors)
    assert within / len(rows) >= 0.65
