"""Plain text files, and everything that calls itself one."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import InputError
from geodata.incident import Document, Quarantined, sha256_hex
from ingest.readers import MAX_TEXT_BYTES, Source, pasted, read
from ingest.readers._source import clean, decode

STORY = "Two killed in raid\nGunmen killed two men in Kuld on Monday, police said."


def document(path: Path, data: bytes | str, **known: object) -> Document:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (found,) = read(path, **known)  # type: ignore[arg-type] - dates and names of the test
    assert isinstance(found, Document), found
    return found


def reason(path: Path, data: bytes | str) -> str:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (found,) = read(path)
    assert isinstance(found, Quarantined)
    assert found.source == str(path)
    assert "\n" not in found.reason
    return found.reason


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "story.txt"


def test_first_line_is_the_title_and_stays_in_the_text(file: Path) -> None:
    found = document(file, STORY)
    assert found.title == "Two killed in raid"
    assert found.text == STORY
    assert found.sha256 == sha256_hex(STORY.encode())
    assert found.path == str(file)


@pytest.mark.parametrize("first", ["A sentence ends here.", "word " * 40, "Note:"])
def test_not_every_first_line_is_a_title(file: Path, first: str) -> None:
    assert document(file, f"{first}\nMore of it.").title == ""


def test_same_bytes_have_the_same_id(tmp_path: Path) -> None:
    first = document(tmp_path / "a.txt", STORY)
    second = document(tmp_path / "b.txt", STORY)
    assert first.document_id == second.document_id


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\u2028", "\x0b", "\x85"])
def test_line_endings_become_one(file: Path, ending: str) -> None:
    assert document(file, f"One{ending}Two").text == "One\nTwo"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings_are_told(file: Path, encoding: str) -> None:
    words = "Señor Peña’s café was attacked on Monday, the police of Bogotá said in a statement."
    text = words + " Nobody was hurt there, and everything else in this text is plain ASCII." * 3
    assert document(file, text.encode(encoding)).text == text


def test_unusual_encoding_is_guessed(file: Path) -> None:
    words = "Вооружённые люди напали на деревню в понедельник, сообщила полиция. " * 6
    assert document(file, words.encode("cp1251")).text == words.strip()


def test_stray_controls_are_taken_out(file: Path) -> None:
    found = document(file, "Gunmen\x00 fired\x07 on \u202epolice\u202c\u200b in Kuld." + " x" * 200)
    assert found.text.startswith("Gunmen fired on police in Kuld.")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b" \n\t ", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "it is a PNG picture"),
        (b"%PDF-1.7 stream", "the PDF is broken"),
        (b"PK\x03\x04" + bytes(100), "the archive is broken"),
        (b"SQLite format 3\x00" + bytes(100), "it is an SQLite database"),
        (bytes(range(256)) * 20, "it is a binary file"),
        (b"\x00" * 5000, "it is a binary file"),
        ("123 456 --- 789", "there are no words in it"),
        ("\u200b\u200b", "there are no words in it"),
        (b"story. " * (MAX_TEXT_BYTES // 5), "too large: 1.4 MB"),
    ],
)
def test_bad_files_say_why(file: Path, data: bytes | str, said: str) -> None:
    assert said in reason(file, data)


def test_fifty_megabytes_are_not_read_whole(file: Path) -> None:
    with file.open("wb") as big:
        big.truncate(50_000_000)
        big.write(b"Gunmen killed two.")
    (found,) = read(file)
    assert isinstance(found, Quarantined)


@pytest.fixture
def nobody() -> Iterator[None]:
    """Run as a user without rights: root may read everything."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield
    if root:
        os.seteuid(0)


def test_unreadable_file(file: Path, request: pytest.FixtureRequest) -> None:
    file.write_text(STORY)
    file.chmod(0)
    request.getfixturevalue("nobody")
    (found,) = read(file)
    assert isinstance(found, Quarantined)
    assert "Permission denied" in found.reason


def test_file_that_is_a_folder_by_now(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened: Is a directory"):
        Source("story.txt", tmp_path).read(100)


def test_user_knows_the_day_and_the_outlet_best(file: Path) -> None:
    story = "Published: 1 May 2020\n" + STORY
    assert document(file, story).published == date(2020, 5, 1)
    known = document(file, story, published=date(2021, 8, 31), source="The Wire")
    assert (known.published, known.outlet) == (date(2021, 8, 31), "The Wire")


@pytest.mark.parametrize(
    "stated",
    [
        "Published: August 31, 2021", "Published on 31 August 2021 at 10:20 am", "Date: 2021-08-31",
        "Posted: Tue, 31 Aug 2021 10:00:00 GMT", "Last updated 31/08/2021", "31 August 2021",
        "Tuesday, 31 August 2021", "KABUL, Aug 31, 2021 (AM) - Gunmen attacked.",
        "KULD, Loria (FW), August 31, 2021 — Gunmen attacked.", "2021-08-31T10:00:00Z",
    ],
)  # fmt: skip
def test_day_of_publication_stated_in_the_text(file: Path, stated: str) -> None:
    assert document(file, f"A headline\n{stated}\n\nGunmen killed two.").published == date(
        2021, 8, 31
    )


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed two on Monday.",
        "NOSHKI, Oct 20: Armed men attacked.",
        "The attack of August 12, 2019 was never claimed.",
        "He was born on 4 May 1960 in Kuld and died there.",
        "Published reports say that two died.",
    ],
)
def test_other_dates_are_not_the_day_of_publication(file: Path, text: str) -> None:
    assert document(file, f"A headline\n{text}").published is None


def test_piled_up_accents_are_cut() -> None:
    assert clean("a" + "\u0301\u0316" * 50_000) == "\u00e1" + "\u0316" * 4 + "\u0301" * 3


def test_page_saved_as_text_is_read_as_a_page(file: Path) -> None:
    page = "<!DOCTYPE html><html><head><title>Raid</title></head><body><article>"
    page += "<p>Gunmen killed two men in Kuld on Monday, police said there.</p>" * 3
    found = document(file, page + "</article></body></html>")
    assert "<p>" not in found.text


def test_pasted_text_is_a_document() -> None:
    found = pasted("  Raid kills two\r\nGunmen struck.  ", published=date(2021, 8, 31), outlet="FW")
    assert (found.title, found.text) == ("Raid kills two", "Raid kills two\nGunmen struck.")
    assert (found.published, found.outlet) == (date(2021, 8, 31), "FW")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "ftp://x", "http://a b"]
)
def test_only_web_addresses_are_kept(url: str) -> None:
    assert pasted("Gunmen struck.", url=url).url == ""
    assert (
        pasted("Gunmen struck.", url="https://example.org/a?b=c").url == "https://example.org/a?b=c"
    )


@pytest.mark.parametrize("words", ["", " \n ", "12 34", "x" * (MAX_TEXT_BYTES + 1)])
def test_pasted_nothing_or_too_much(words: str) -> None:
    with pytest.raises(InputError):
        pasted(words)


@given(st.text())
def test_clean_text_is_clean_and_stays_so(text: str) -> None:
    found = clean(text)
    assert clean(found) == found
    assert found.isprintable() or set(found) - {"\n"}
    found.encode()


@settings(deadline=None)  # the first guess of an encoding loads its tables
@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_say_why(data: bytes) -> None:
    with contextlib.suppress(InputError):
        assert isinstance(decode(data), str)
