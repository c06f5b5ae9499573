"""On real events the geocoder stays above its bar."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.geocoding import read
from ingest.geocode.evaluation import measure
from ingest.geocode.resolver import Resolver


@pytest.mark.shared
def test_events_of_pakistan_are_placed_within_25_km(shared_data: Path, resolver: Resolver) -> None:
    rows = read(shared_data / "ucdp_ged_pak.csv", country_only=False)[::8]
    result = measure((resolver.geocode(row.query), row.truth) for row in rows)
    assert result.total.within_km[25] >= 0.65
