"""docs/services.md says what the registry says."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.geocode.services import SERVICES

PAGE = Path(__file__).resolve().parents[4] / "docs" / "services.md"


def rows() -> dict[str, str]:
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    return {line.split("|")[1].strip(): line.replace("`", "") for line in lines}


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_in_the_table(name: str) -> None:
    service, row = SERVICES[name], rows()[name]
    for said in (service.needs, service.limit_words, service.rule, service.attribution):
        assert said in row
    assert f"| {service.storing} |" in row
