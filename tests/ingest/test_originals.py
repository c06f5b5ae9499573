"""The bytes of every input are kept beside its text, as they came."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from geodata.conformance import originals
from geodata.incident import Document, sha256_hex
from geodata.store import open_store
from ingest.pipeline import save
from ingest.readers import original_of, pasted, read

STORY = "Gunmen killed two men in Kuld, police said."


def one_of(path: Path) -> Document:
    (found,) = read(path)
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize("data", [STORY.encode(), f"\ufeff{STORY}\r\n\r\n".encode("utf-16")])
def test_file_keeps_its_bytes(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    found = one_of(tmp_path / "a.txt")
    assert original_of(found) == data
    assert found.sha256 == sha256_hex(data)


def test_line_is_the_original_of_its_document(tmp_path: Path) -> None:
    line = b'{"text": "' + STORY.encode() + b'", "id": "a"}\n'
    (tmp_path / "a.jsonl").write_bytes(b"\n" + line)
    assert original_of(one_of(tmp_path / "a.jsonl")) == line


def test_pasted_text_is_kept_as_it_was_pasted() -> None:
    assert original_of(pasted(f"  {STORY}\r\n")) == f"  {STORY}\r\n".encode()


def test_original_is_no_part_of_the_documents_value(tmp_path: Path) -> None:
    found = pasted(STORY)
    assert "original" not in repr(found)
    assert found == replace(found, original=b"")


def test_a_document_that_was_stored_before_has_none() -> None:
    assert original_of(Document(document_id="a", text=STORY)) == b""


def test_project_keeps_it_and_its_check_agrees(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{STORY}\n")
    (tmp_path / "b.jsonl").write_text('{"text": "Two men were killed in Mast."}')
    documents = [
        one_of(tmp_path / "a.txt"),
        one_of(tmp_path / "b.jsonl"),
        pasted(f"Also: {STORY} "),
    ]
    with open_store(tmp_path / "p.gpkg", create=True) as store:
        for document in documents:
            save(store, document, [])
            assert store.original(document.document_id) == original_of(document)
    with closing(sqlite3.connect(tmp_path / "p.gpkg")) as connection:
        assert list(originals(connection)) == []
