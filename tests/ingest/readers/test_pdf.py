"""PDFs: text and metadata of good ones, one clear reason for the others."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.incident import Document, Quarantined, sha256_hex
from ingest.readers import _pdf_child, original_of, pdf
from ingest.readers._registry import read_source
from ingest.readers._source import Source
from tests.ingest.readers.pdfs import pdf_of

STORY = ["Gunmen killed two police officers near the town of Kuld on Mon-", "day, officials said."]
MADE = {"Title": "Raid in Kuld", "Author": "Loria Wire", "CreationDate": "D:20210831080000+05'00'"}


def found(data: bytes, name: str = "raid.pdf") -> list[Document | Quarantined]:
    return list(read_source(Source(name, data=data)))


def only(data: bytes) -> Document:
    (one,) = found(data)
    assert isinstance(one, Document), one
    return one


def reason(data: bytes) -> str:
    (one,) = found(data)
    assert isinstance(one, Quarantined), one
    return one.reason


def test_text_title_author_and_day() -> None:
    data = pdf_of([STORY], MADE)
    one = only(data)
    assert one.text.startswith("Raid in Kuld\n\nGunmen killed two police officers")
    assert one.text.endswith("on Monday, officials said.")
    assert (one.title, one.outlet, one.published) == (
        "Raid in Kuld",
        "Loria Wire",
        date(2021, 8, 31),
    )
    assert (one.sha256, original_of(one)) == (sha256_hex(data), data)


def test_headers_of_pages_are_left_out() -> None:
    towns = enumerate(("Kuld", "Mast", "Tor"), start=1)
    pages = [["Loria Wire brief", f"Page {n}", f"Two men died in {town}."] for n, town in towns]
    assert "Page" not in only(pdf_of(pages)).text
    assert "Loria Wire" not in only(pdf_of(pages)).text


def test_day_that_the_text_states_is_better_than_that_of_the_file() -> None:
    pages = [["Published: 30 August 2021", *STORY]]
    assert only(pdf_of(pages, MADE)).published == date(2021, 8, 30)


@pytest.mark.parametrize("program", ["Skia/PDF m90", "Acrobat Scan", "Mozilla Firefox"])
def test_day_of_printing_is_no_day_of_publication(program: str) -> None:
    assert only(pdf_of([STORY], MADE | {"Producer": program})).published is None


@pytest.mark.parametrize(
    "said", [{"Title": "Microsoft Word - raid.docx"}, {"Author": "jsmith"}, {}]
)
def test_fillers_are_no_metadata(said: dict[str, str]) -> None:
    one = only(pdf_of([["A headline", *STORY]], said))
    assert (one.title, one.outlet) == ("A headline", "")


@pytest.mark.parametrize("name", ["raid", "raid.txt"])
def test_pdf_is_known_by_its_content(name: str) -> None:
    (one,) = found(pdf_of([STORY]), name)
    assert isinstance(one, Document)


@pytest.mark.parametrize(("password", "read"), [("secret", False), ("", True)])
def test_encrypted(password: str, read: bool) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_of([STORY])))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    (one,) = found(out.getvalue())
    assert isinstance(one, Document) == read
    assert read or "encrypted" in reason(out.getvalue())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 stream", "broken"),
        (b"no pdf at all", "broken"),
        (pdf_of([STORY])[:300], "broken"),
        (pdf_of([[]]), "only pictures"),
        (pdf_of([["12", "-"]]), "only pictures"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, words: str) -> None:
    assert words in reason(data)


def test_too_much_text() -> None:
    assert "too long" in reason(pdf_of([["word " * 100] * 100] * 25))


def test_page_that_cannot_be_read_is_a_row_beside_the_others() -> None:
    head, mark, tail = pdf_of([STORY, ["Broken."]]).rpartition(b"<< /Length")
    one, row = found(head + b"<< /Filter /Nope /Length" + tail if mark else b"")
    assert isinstance(one, Document)
    assert isinstance(row, Quarantined)
    assert row.reason == "page 2 of the PDF cannot be read"


def test_memory_has_a_cap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hungry = tmp_path / "child.py"
    hungry.write_text(_with_work("bytearray(2_000_000_000)"))
    monkeypatch.setattr(_pdf_child, "__file__", str(hungry))
    assert "memory" in reason(pdf_of([STORY]))


def test_time_has_a_cap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless = tmp_path / "child.py"
    endless.write_text(_with_work("any(False for _ in iter(int, 1))").replace("= 30", "= 1"))
    monkeypatch.setattr(_pdf_child, "__file__", str(endless))
    assert "takes longer" in reason(pdf_of([STORY]))


def _with_work(work: str) -> str:
    """The child's own program, but for what it does with the file."""
    source = Path(_pdf_child.__file__).read_text(encoding="utf-8")
    start = "        reader = pypdf.PdfReader"
    return source.replace(start, f"        {work}\n{start}")


def test_child_imports_nothing_of_the_readers_folder() -> None:
    """That folder holds an html.py, which must not stand for the standard library's."""
    assert pdf.taken_apart(pdf_of([STORY]))["pages"]


@settings(deadline=None, max_examples=15)
@given(st.data())
def test_pdf_with_wrong_bytes_ends_in_documents_or_rows(data: st.DataObject) -> None:
    whole = bytearray(pdf_of([STORY], MADE))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=5))
    assert found(bytes(whole))
