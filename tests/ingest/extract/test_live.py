"""Live pages: the time of an entry dates what it tells."""

from datetime import date

from geodata.incident import Document
from ingest.extract.live import stamps
from ingest.pipeline import preview

PAGE = """18:40 - We are closing this page. Thank you for reading.

15:10 - Two shells hit a market in Kherson, wounding three people, the mayor says.

[11:05] - Gunmen kill a teacher in Mosul, police say.

09:00 - Good morning.
"""


def test_an_entry_without_a_day_is_of_the_day_of_the_page() -> None:
    seen = preview(Document(document_id="d", text=PAGE, published=date(2023, 3, 7)))
    assert {one.incident.event_date for one in seen.extracted} == {date(2023, 3, 7)}
    quotes = {one.evidence()["date"].quote for one in seen.extracted}
    assert quotes == {"15:10", "11:05"}


def test_three_times_make_a_live_page() -> None:
    assert [m["time"] for m in stamps(PAGE)] == ["18:40", "15:10", "11:05", "09:00"]
    assert stamps("10:30 - Two men were killed.\n\nThe police came at 11:00.") == []


def test_without_a_day_of_publication_nothing_is_dated() -> None:
    seen = preview(Document(document_id="d", text=PAGE))
    assert {one.incident.event_date for one in seen.extracted} == {None}
