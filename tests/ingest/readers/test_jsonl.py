"""JSON lines: one document a line; a wrong line is kept with its number and reason."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.incident import Document, Quarantined
from ingest.readers import read
from ingest.readers._source import Source
from ingest.readers.jsonl import read as read_lines


def lines(*rows: object) -> list[Document | Quarantined]:
    data = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    return list(read_lines(Source("stories.jsonl", data=data.encode())))


def test_every_field_comes_back() -> None:
    row = {
        "id": 7, "title": "Raid", "text": "Gunmen struck.", "published": "2021-08-31",
        "source": "The Wire", "url": "https://example.org", "more": [1],
    }  # fmt: skip
    (one,) = lines(row)
    assert isinstance(one, Document)
    assert (one.document_id, one.title, one.text) == ("7", "Raid", "Gunmen struck.")
    assert (one.published, one.outlet) == (date(2021, 8, 31), "The Wire")
    assert (one.url, one.path) == ("https://example.org", "stories.jsonl:1")


def test_only_text_is_needed() -> None:
    (one,) = lines({"text": "Gunmen struck."})
    assert isinstance(one, Document)
    assert one.document_id.startswith("doc_")
    assert one.published is None


@pytest.mark.parametrize(
    "published",
    ["2021-08-31T10:00:00Z", "31 August 2021", "Tue, 31 Aug 2021 10:00:00 GMT", "31/08/2021"],
)
def test_day_in_any_full_form(published: str) -> None:
    (one,) = lines({"text": "Gunmen struck.", "published": published})
    assert isinstance(one, Document)
    assert one.published == date(2021, 8, 31)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{not json", "the line is no JSON"),
        ('["text"]', "the line is no JSON object"),
        ('{"title": "Raid"}', "'text' is missing"),
        ('{"text": 5}', "'text' is missing or no text: 5"),
        ('{"text": "  "}', "there are no words in it"),
        ('{"text": "Raid.", "published": "soon"}', "'published' is no date: 'soon'"),
        ('{"text": "Raid.", "published": 20210831}', "'published' is no date"),
        ("[" * 5000, "the line is no JSON"),
    ],
)
def test_wrong_line_is_kept_and_the_next_is_read(row: str, said: str) -> None:
    wrong, right = lines(row, {"text": "Gunmen struck."})
    assert isinstance(wrong, Quarantined)
    assert said in wrong.reason
    assert (wrong.row, wrong.source) == (1, "stories.jsonl")
    assert isinstance(right, Document)


def test_blank_lines_and_byte_order_mark_do_no_harm() -> None:
    found = lines("\ufeff" + json.dumps({"text": "One struck."}), "", "  ", {"text": "Two struck."})
    assert [one.text for one in found if isinstance(one, Document)] == [
        "One struck.",
        "Two struck.",
    ]


def test_lone_surrogates_are_taken_out() -> None:
    (one,) = lines('{"text": "Gunmen \\ud800struck."}')
    assert isinstance(one, (Document, Quarantined))


def test_latin_line_is_read(tmp_path: Path) -> None:
    file = tmp_path / "s.jsonl"
    file.write_bytes(
        '{"text": "La policía de Bogotá dijo que dos personas murieron."}'.encode("cp1252")
    )
    (one,) = read(file)
    assert isinstance(one, Document)
    assert "policía" in one.text


def test_empty_file_says_so(tmp_path: Path) -> None:
    file = tmp_path / "s.jsonl"
    file.write_text("\n\n")
    (one,) = read(file)
    assert isinstance(one, Quarantined)
    assert one.reason == "the file is empty"


@given(st.lists(st.text(st.characters(exclude_characters="\r\n", codec="utf-8")), max_size=5))
def test_no_line_is_lost(rows: list[str]) -> None:
    data = "\n".join(rows).encode()
    filled = [row for row in data.split(b"\n") if row.strip()]
    if filled:
        assert len(list(read_lines(Source("s", data=data)))) == len(filled)
