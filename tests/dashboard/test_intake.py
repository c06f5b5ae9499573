"""What comes in through the Add page: fields and files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard._intake import as_opened, given_document, open_file, twin_of
from dashboard.pages.add import TYPES
from geodata.errors import InputError
from geodata.incident import sha256_hex
from geodata.store import open_store
from ingest.readers import original_of
from ingest.readers._registry import known_suffixes

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
    document = open_file("raid.txt", STORY).document
    assert document.title == "Raid in Mastung"
    assert document.sha256 == sha256_hex(STORY)


def test_a_web_page_is_read_by_its_content_whatever_its_name():
    page = b"<!doctype html><html><head><title>Raid</title></head><body><article><p>" + (
        b"Police killed two militants in Mastung on Tuesday, an officer said. " * 5
    )
    document = open_file("raid.txt", page + b"</p></article></body></html>").document
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
        open_file(name, data)
    assert "'raid.txt'" in str(caught.value)


def test_several_reports_in_a_file_go_to_the_command():
    lines = b'{"text": "Two killed in Quetta."}\n{"text": "Three killed in Quetta."}\n'
    with pytest.raises(InputError, match="incidents ingest"):
        open_file("many.jsonl", lines)


def test_a_mail_is_opened_and_what_of_it_was_not_read_is_said():
    mail = (
        b"Subject: Raid\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nTwo killed in Quetta."
        b"\n--b\nContent-Disposition: attachment; filename=rows.xlsx\n\nPK\n--b--\n"
    )
    opened = open_file("raid.eml", mail)
    assert opened.document.title == "Raid"
    assert "table (.xlsx)" in opened.left_out[0]


@pytest.mark.parametrize("kind", TYPES)
def test_a_reader_knows_every_kind_that_the_page_takes(kind):
    assert f".{kind}" in known_suffixes()


def test_a_file_opened_and_not_changed_keeps_its_bytes():
    opened = open_file("raid.txt", STORY).document
    kept = as_opened(given_document(opened.text, title="Mine"), opened)
    assert (kept.sha256, kept.path, kept.title) == (sha256_hex(STORY), "raid.txt", "Mine")
    assert original_of(kept) == STORY


def test_the_same_text_is_known_again_from_file_or_paste(tmp_path: Path):
    opened = open_file("raid.txt", STORY).document
    with open_store(tmp_path / "p.gpkg", create=True) as store:
        with store.atomic():
            store.add_document(opened, STORY)
        assert twin_of(store, given_document(STORY.decode())) == store.document(opened.document_id)
        assert twin_of(store, given_document("Something else happened.")) is None
