"""A part of a town lies in that town, whatever else bears its name."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.pipeline import default_tools, preview_text


def where(text: str) -> tuple[str | None, str | None]:
    """First-order division and country of the one incident that a text tells."""
    (found,) = preview_text(text, published=date(2021, 8, 31), tools=default_tools()).extracted
    return found.incident.admin1, found.incident.country


@pytest.mark.parametrize(
    ("text", "division", "country"),
    [
        (
            "A grenade killed two people on Sunday in the San Rafael quarter of Soacha, Colombia.",
            "Cundinamarca",
            "Colombia",
        ),
        (
            "Gunmen shot dead two men on Sunday in the Santa Ana neighborhood of Choluteca,"
            " Honduras.",
            "Choluteca",
            "Honduras",
        ),
        (
            "A shell killed two children on Sunday in the Al-Salam suburb of Omdurman, Sudan.",
            "Khartoum",
            "Sudan",
        ),
        (
            "Two men were shot dead on Sunday in the Santa Rosa neighbourhood of Tegucigalpa.",
            "Francisco Morazán",
            "Honduras",
        ),
    ],
)
def test_a_quarter_is_in_its_town_and_not_where_its_namesake_is(
    text: str, division: str, country: str
) -> None:
    assert where(text) == (division, country)


def test_what_a_town_is_named_for_is_still_the_wider_name() -> None:
    text = "Police killed two men on Sunday in the Beni Suef town of Al-Wasta, Egypt."
    assert where(text) == ("Beni Suef", "Egypt")


@pytest.mark.parametrize(
    ("text", "division"),
    [
        ("In Mora, in the far north of Cameroon, gunmen killed two men on Sunday.", "Far North"),
        ("In San Marcos, in the south of Sucre, gunmen killed two men in Colombia.", "Sucre"),
    ],
)
def test_in_the_south_of_is_inside_and_not_away_from(text: str, division: str) -> None:
    assert where(text)[0] == division
