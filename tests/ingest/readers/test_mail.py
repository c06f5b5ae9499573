"""Mails: the best text, who and when; attachments as reports of their own; hostile ones."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.incident import Document, Quarantined, sha256_hex
from ingest.readers import mail, original_of
from ingest.readers._registry import read_source
from ingest.readers._source import Source

STORY = "Gunmen killed two men in Kuld, police said."


def message(text: str | None = STORY, html: str = "") -> EmailMessage:
    one = EmailMessage()
    one["From"] = "Loria Wire <desk@wire.example>"
    one["Subject"] = "Raid in Kuld – año"
    one["Date"] = "Tue, 31 Aug 2021 23:30:00 +0500"
    if text is not None:
        one.set_content(text)
    if html:
        one.add_alternative(html, subtype="html")
    return one


def found(data: bytes | EmailMessage) -> list[Document | Quarantined]:
    data = data if isinstance(data, bytes) else bytes(data)
    return list(read_source(Source("a.eml", data=data)))


def only(data: bytes | EmailMessage) -> Document:
    (one,) = found(data)
    assert isinstance(one, Document), one
    return one


def test_text_subject_sender_and_day() -> None:
    data = bytes(message())
    one = only(data)
    assert one.text == f"Raid in Kuld – año\n\n{STORY}"
    assert (one.title, one.outlet) == ("Raid in Kuld – año", "Loria Wire")
    assert one.published == date(2021, 8, 31)
    assert (one.sha256, original_of(one)) == (sha256_hex(data), data)


def test_plain_text_is_better_than_html() -> None:
    assert "<b>" not in only(message(html="<p>Other <b>words</b></p>")).text
    assert STORY in only(message(html="<p>Other words</p>")).text


@pytest.mark.parametrize("text", ["", " \n"])
def test_html_where_there_is_no_plain_text(text: str) -> None:
    html = (
        "<html><body><style>p{}</style><table><tr><td>Two men died.</td></tr></table></body></html>"
    )
    assert only(message(text, html)).text.endswith("Two men died.")


def test_attachments_become_reports_of_their_own() -> None:
    one = message()
    one.add_attachment("Three died in Mast.", filename="../mast.txt")
    one.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    one.add_attachment(b"\0" * 99, maintype="application", subtype="x", filename="a.bin")
    letter, text, binary = found(one)
    assert isinstance(letter, Document)
    assert isinstance(text, Document)
    assert text.path == "a.eml/../mast.txt"
    assert original_of(text).strip() == b"Three died in Mast."
    assert isinstance(binary, Quarantined)
    assert "binary" in binary.reason


def test_mail_that_only_carries_a_file_is_that_file() -> None:
    one = message(None)
    one.add_attachment("Three died in Mast.", filename="mast.txt")
    assert [row.path for row in found(one) if isinstance(row, Document)] == ["a.eml/mast.txt"]


def test_archive_in_a_mail() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as out:
        out.writestr("x.txt", STORY)
    one = message("See the file.")
    one.add_attachment(file.getvalue(), maintype="application", subtype="zip", filename="x.zip")
    assert [row.path for row in found(one) if isinstance(row, Document)][1] == "a.eml/x.zip/x.txt"


def test_forwarded_mails_have_an_end() -> None:
    one = message("Level 0.")
    for level in range(1, 7):
        outer = message(f"Level {level}.")
        outer.add_attachment(one)
        one = outer
    rows = found(one)
    assert [isinstance(row, Document) for row in rows] == [True] * 4 + [False]


def test_eight_bit_headers_and_unknown_encodings() -> None:
    data = "Subject: Año\nFrom: \xff\nContent-Type: text/plain; charset=klingon\n\n" + STORY
    one = only(data.encode())
    assert one.title == "Año"
    assert STORY in one.text


@pytest.mark.parametrize("charset", ["punycode", "idna", "hex", "utf\0", "undefined", "utf-16"])
def test_hostile_charset_is_not_believed(charset: str) -> None:
    data = f"Subject: Raid\nContent-Type: text/plain; charset={charset}\n\n{STORY}"
    assert only(data.encode()).text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"Subject: \n\n", "no words"),
        (b"Content-Type: multipart/mixed; boundary=a\n" * 400, "too many parts"),
    ],
)
def test_what_is_no_mail_says_so(data: bytes, words: str) -> None:
    (row,) = found(data)
    assert isinstance(row, Quarantined)
    assert words in row.reason


def test_too_many_attachments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MAX_ATTACHMENTS", 1)
    one = message()
    for number in range(3):
        one.add_attachment(f"Attached {number}.", filename=f"{number}.txt")
    assert isinstance(found(one)[-1], Quarantined)


def test_mail_without_a_suffix_is_told_by_its_headers() -> None:
    data = b"Received: from x by y\n\tfor z\nSubject: Raid\n\n" + STORY.encode()
    (one,) = read_source(Source("saved.txt", data=data))
    assert isinstance(one, Document)
    assert one.title == "Raid"


@settings(deadline=None)
@given(st.data())
def test_mail_with_wrong_bytes_ends_in_documents_or_rows(data: st.DataObject) -> None:
    one = message(html="<p>x</p>")
    one.add_attachment("Three died.", filename="año.txt")
    whole = bytearray(bytes(one))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    assert found(bytes(whole))
