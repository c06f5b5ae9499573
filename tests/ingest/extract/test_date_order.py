"""How numeric dates of a report are read: by the text, else by the outlet's country."""

from datetime import date

import pytest

from geodata.incident import Document
from ingest.extract.date_order import is_day_first, outlet_country


def report(text: str, *, outlet: str = "", url: str = "") -> Document:
    return Document(document_id="d", text=text, outlet=outlet, url=url, published=date(2021, 6, 1))


@pytest.mark.parametrize(
    ("text", "day_first"),
    [
        ("Killed on 03/04/2021.", True),
        ("Killed on 03/04/2021 and again on 03/27/2021.", False),
        ("Killed on 13/04/2021, wounded on 01/02/2021.", True),
        ("Killed on 04/09/2021.", False),  # 4 September had not come yet
        ("05/12/2014: Assailants fired upon a bus.", False),
        ("5/12/2014: Assailants fired upon a bus.", False),
    ],
)
def test_the_text_decides_first(text: str, day_first: bool) -> None:
    assert is_day_first(text, report(text)) is day_first


@pytest.mark.parametrize(
    ("outlet", "url", "day_first"),
    [
        ("Dawn", "https://www.dawn.com/a", True),
        ("The Washington Herald", "", False),
        ("Philippine News Agency", "", False),
        ("Desert Daily", "https://news.example.us/x", False),
        ("Pakistan Observer", "", True),
    ],
)
def test_then_the_outlet_does(outlet: str, url: str, day_first: bool) -> None:
    text = "Two men were killed on 03/04/2021."
    assert is_day_first(text, report(text, outlet=outlet, url=url)) is day_first


def test_an_outlet_tells_its_country_by_name_or_address() -> None:
    assert outlet_country(report("x", outlet="Times of India")) == "India"
    assert outlet_country(report("x", url="https://example.pk/story")) == "Pakistan"
    assert outlet_country(report("x", outlet="Daily Planet")) is None
