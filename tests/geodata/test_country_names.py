"""Countries as the cells of published tables name them."""

from __future__ import annotations

import pytest

from geodata.country_names import country_in_cell


@pytest.mark.parametrize(
    ("cell", "country"),
    [
        ("Iran (Islamic Republic of)", "Iran"),
        ("Syrian Arab Republic", "Syria"),
        ("West Bank and Gaza Strip", "Palestinian Territory"),
        ("Viet Nam", "Vietnam"),
        ("AFG", "Afghanistan"),
        ("RDC", "Democratic Republic of the Congo"),
        ("Tchad", "Chad"),
        ("العراق", "Iraq"),
        ("Myanmar (Burma)", "Myanmar"),
    ],
)
def test_official_forms_codes_and_other_languages(cell: str, country: str) -> None:
    assert country_in_cell(cell) == country


def test_congo_alone_is_the_republic_as_the_united_nations_and_ucdp_write_it() -> None:
    assert country_in_cell("Congo") == "Republic of the Congo"
    assert country_in_cell("DR Congo (Zaire)") == "Democratic Republic of the Congo"


def test_a_state_that_became_several_stays_as_it_is_written() -> None:
    assert country_in_cell("Soviet Union") is None
    assert country_in_cell("Quetta") is None
