"""What comes in through the Add page: fields and files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard._intake import as_opened, document_of_file, given_document, twin_of
from geodata.errors import InputError
from geodata.incident import sha256_hex
from geodata.store import open_store

STORY = b"Raid in Mastung\n\nPolice killed two militants on Tuesday, an officer said.\n"


def test_pasted_text_with_what_was_typed():
    document = given_document(
        "Two killed in Quetta, police said.", outlet="Wire", published=date(2021, 8, 31)
    )
    assert (document.outlet, document.published) == ("Wire", date(2021, 8, 31))


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_empty_text_says_what_to_do(text):
    with pytest.raises(InputError, match="Paste it"):
        given_document(text)


def test_too_long_a_text_is_refused():
    with pytest.raises(InputError, match="too long"):
        given_document("word " * 300_000)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "example.org/story", "https://"])
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(InputError, match="no web address"):
        given_document("Two killed in Quetta.", url=url)


def test_a_text_file():
    document = document_of_file("raid.txt", STORY)
    assert document.title == "Raid in Mastung"
    assert document.sha256 == sha256_hex(STORY)


def test_a_web_page_is_read_by_its_content_whatever_its_name():
    page = b"<!doctype html><html><head><title>Raid</title></head><body><article><p>" + (
        b"Police killed two militants in Mastung on Tuesday, an officer said. " * 5
    )
    document = document_of_file("raid.txt", page + b"</p></article></body></html>")
    assert "<p>" not in document.text


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("raid.txt", b"\x89PNG\r\n\x1a\n" + bytes(60), "PNG picture"),
        ("raid.txt", b"", "empty"),
        ("raid.txt", bytes(range(32)) * 40, "not a text"),
        ("raid.txt", b"word " * 300_000, "too large"),
    ],
)
def test_a_file_that_is_no_report_says_why(name, data, words):
    with pytest.raises(InputError, match=words) as caught:
        document_of_file(name, data)
    assert "'raid.txt'" in str(caught.value)


def test_several_reports_in_a_file_go_to_the_command():
    lines = b'{"text": "Two killed in Quetta."}\n{"text": "Three killed in Quetta."}\n'
    with pytest.raises(InputError, match="incidents ingest"):
        document_of_file("many.jsonl", lines)


def test_a_file_opened_and_not_changed_keeps_its_bytes():
    opened = document_of_file("raid.txt", STORY)
    kept = as_opened(given_document(opened.text, title="Mine"), opened)
    assert (kept.sha256, kept.path, kept.title) == (sha256_hex(STORY), "raid.txt", "Mine")


def test_the_same_text_is_known_again_from_file_or_paste(tmp_path: Path):
    opened = document_of_file("raid.txt", STORY)
    with open_store(tmp_path / "p.gpkg", create=True) as store:
        with store.atomic():
            store.add_document(opened, STORY)
        assert twin_of(store, given_document(STORY.decode())) == store.document(opened.document_id)
        assert twin_of(store, given_document("Something else happened.")) is None
