"""Countries by name, code and demonym."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.countries import countries, read_rows
from geodata.errors import InputError


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("PK", "Pakistan"),
        ("Pakistan", "Pakistan"),
        ("Pakistani", "Pakistan"),
        ("Côte d'Ivoire", "Ivory Coast"),
        ("DR Congo", "Democratic Republic of the Congo"),
        ("U.S.", "United States"),
        ("US", "United States"),
        ("Türkiye", "Turkey"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_country_by_any_name(name: str, country: str | None) -> None:
    assert countries()[name] == country


def test_nigerien_is_not_nigerian() -> None:
    assert (countries()["Nigerien"], countries()["Nigerian"]) == ("Niger", "Nigeria")


def test_table_without_a_column_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("a\n1\n")
    with pytest.raises(InputError, match="no column 'b'"):
        read_rows(file, ("a", "b"))
