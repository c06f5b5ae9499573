"""Word and OpenDocument texts: paragraphs, tables, properties; hostile packages."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.incident import Document, Quarantined, sha256_hex
from ingest.readers import original_of
from ingest.readers._registry import read_source
from ingest.readers._source import Source

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STORY = "Gunmen killed two men in Kuld, police said."


def packed(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts.items():
            out.writestr(name, data)
    return file.getvalue()


def docx(body: str, core: str = "", **more: str) -> bytes:
    word = f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    properties = f'<p xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</p>'
    return packed({"word/document.xml": word, "docProps/core.xml": properties, **more})


def odt(body: str, meta: str = "", manifest: str = "<m/>") -> bytes:
    names = 'xmlns:o="urn:o" xmlns:t="urn:t" xmlns:b="urn:b" xmlns:dc="urn:dc"'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<o:content {names}><o:text>{body}</o:text></o:content>",
            "meta.xml": f"<o:meta {names}>{meta}</o:meta>",
            "META-INF/manifest.xml": manifest,
        }
    )


def p(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def found(data: bytes, name: str = "raid.docx") -> Document | Quarantined:
    (one,) = read_source(Source(name, data=data))
    return one


def only(data: bytes, name: str = "raid.docx") -> Document:
    one = found(data, name)
    assert isinstance(one, Document), one
    return one


def reason(data: bytes, name: str = "raid.docx") -> str:
    one = found(data, name)
    assert isinstance(one, Quarantined), one
    assert "\n" not in one.reason
    return one.reason


def test_paragraphs_and_properties() -> None:
    data = docx(p("Gunmen ", "struck.") + p("Two died."),
                "<dc:title>Raid</dc:title><dc:creator>Loria Wire</dc:creator>")  # fmt: skip
    one = only(data)
    assert one.text == "Gunmen struck.\n\nTwo died."
    assert (one.title, one.outlet) == ("Raid", "Loria Wire")
    assert (one.sha256, original_of(one)) == (sha256_hex(data), data)


def test_row_of_a_table_is_a_line() -> None:
    cells = "".join(f"<w:tc>{p(word)}</w:tc>" for word in ("Kuld", "2 killed"))
    assert only(
        docx(f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>{p('End.')}")
    ).text == ("Kuld | 2 killed\nKuld | 2 killed\n\nEnd.")


def test_tabs_and_breaks() -> None:
    body = "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>A</w:t><w:tab/><w:t>b</w:t>"
    assert only(docx(f"{body}<w:br/><w:t>c</w:t></w:r></w:p>")).text == "A b\nc"


def test_deleted_words_and_copies_are_left_out() -> None:
    gone = "<w:del><w:r><w:delText>x</w:delText><w:t>x</w:t></w:r></w:del>"
    moved = f"<w:moveFrom><w:r><w:t>{STORY}</w:t></w:r></w:moveFrom>"
    copy = "<m:Fallback xmlns:m='urn:m'><w:r><w:t>copy</w:t></w:r></m:Fallback>"
    assert only(docx(f"{p(STORY)}<w:p>{gone}{moved}{copy}</w:p>")).text == STORY


@pytest.mark.parametrize("name", ["raid", "raid.txt", "raid.zip.docx"])
def test_word_document_is_known_by_its_content(name: str) -> None:
    assert only(docx(p(STORY)), name).text == STORY


def test_macros_and_embedded_files_stay_shut() -> None:
    more = {"word/vbaProject.bin": "x", "word/embeddings/a.txt": "Other words."}
    assert only(docx(p(STORY), "", **more)).text == STORY


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(99), "encrypted or of the old kind"),
        (b"words", "broken"),
        (b"PK\x03\x04" + bytes(99), "broken"),
        (packed({"a.txt": "x"}), "no Word text"),
        (docx(""), "no words"),
        (docx(p(STORY)).replace(b"PK\x05\x06", b"PK\x05\x07"), "broken"),
        (docx(p("a" * 5_000_000)), "packed more than 200 times"),
        (docx("<w:p>" * 300), "nested too deeply"),
        (
            packed({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a><p><t>&b;</t></p></a>'}),
            "entities",
        ),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, words: str) -> None:
    assert words in reason(data)


def test_open_document_text() -> None:
    body = (
        "<t:h>Raid</t:h><t:p>Gunmen<t:s/>struck <t:span>at</t:span> dawn.<o:annotation><t:p>x</t:p>"
        "</o:annotation></t:p><b:table><b:table-row><b:table-cell><t:p>Kuld</t:p></b:table-cell>"
        "<b:table-cell><t:p>2</t:p></b:table-cell></b:table-row></b:table>"
    )
    one = only(odt(body, "<dc:creator>Loria Wire</dc:creator>"), "raid.odt")
    assert one.text == "Raid\n\nGunmen struck at dawn.\n\nKuld | 2"
    assert (one.title, one.outlet) == ("Raid", "Loria Wire")


def test_encrypted_open_document() -> None:
    manifest = "<m><f><encryption-data/></f></m>"
    assert "encrypted" in reason(odt("<t:p>x</t:p>", manifest=manifest), "raid.odt")


@settings(deadline=None)
@given(st.data(), st.sampled_from(["raid.docx", "raid.odt"]))
def test_wrong_bytes_end_in_a_document_or_a_row(data: st.DataObject, name: str) -> None:
    whole = bytearray(docx(p(STORY)) if name == "raid.docx" else odt(f"<t:p>{STORY}</t:p>"))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    found(bytes(whole), name)


@settings(deadline=None)
@given(st.text(max_size=100))
def test_any_part_ends_in_a_document_or_a_row(text: str) -> None:
    found(docx(text))
    found(packed({"word/document.xml": text.encode("utf-8", "replace")}))
    found(odt(text), "raid.odt")
