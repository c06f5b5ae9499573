"""docs/storage.md names every table, check and export format that there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata import _schema as schema
from geodata.conformance import CHECKS
from geodata.export import FORMATS

PAGE = (Path(__file__).parents[2] / "docs" / "storage.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", [schema.LAYER, *schema.ATTRIBUTES, *schema.LATER_ATTRIBUTES])
def test_every_table_is_described(table: str) -> None:
    assert f"`{table}`" in PAGE


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_is_described_in_its_own_words(name: str) -> None:
    words = (CHECKS[name][1].__doc__ or "").splitlines()[0].rstrip(".")
    assert words
    assert f"| {name} | {words}" in PAGE


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_described(name: str) -> None:
    assert f"\n| {name} | " in PAGE
