"""Names of downloads: nothing of a hostile file name goes into them but a short ending."""

from __future__ import annotations

import pytest

from dashboard.downloads import original_name
from geodata.incident import Document


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("raid.PDF", "doc_1.pdf"),
        ("all.jsonl:12", "doc_1.jsonl"),
        ("a.zip/../../etc/passwd", "doc_1.txt"),
        ("x.exe\n.html;", "doc_1.txt"),
        ("", "doc_1.txt"),
    ],
)
def test_name_of_an_original(path: str, name: str) -> None:
    assert original_name(Document(document_id="doc_1", text="x", path=path)) == name


def test_an_id_from_a_feed_is_no_path() -> None:
    document = Document(document_id="https://x.example/../a?b", text="x")
    assert original_name(document) == "https_x_example_a_b.txt"
