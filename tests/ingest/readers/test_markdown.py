"""Markdown: words without marks, and what the front matter says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geodata.incident import Document
from ingest.readers import markdown, read


def document(folder: Path, text: str) -> Document:
    file = folder / "story.md"
    file.write_text(text, encoding="utf-8")
    (found,) = read(file)
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("# Raid kills two #", "Raid kills two"),
        ("**Two** _men_ and ***three***", "Two men and three"),
        ("[police](https://example.org) said", "police said"),
        ("see [this][1]\n\n[1]: https://example.org", "see this\n\n"),
        ("![map](map.png)Gunmen", "Gunmen"),
        ("> quoted\n> more", "quoted\nmore"),
        ("`code` here", "code here"),
        ("a <b>bold</b> word", "a bold word"),
        ("Raid\n====\nGunmen", "Raid\n\nGunmen"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("an escaped \\*star\\*", "an escaped *star*"),
        ("<!-- hidden -->shown<!-- again\n --> too", "shown too"),
        ("<!-- left open", "<!-- left open"),
    ],
)
def test_marks_are_taken_out(marked: str, plain: str) -> None:
    assert markdown.plain(marked) == plain


def test_front_matter_tells_of_the_report(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        "---\ntitle: 'Raid kills two'\ndate: 2021-08-31\noutlet: The Wire\n"
        "url: https://example.org/raid\n---\n\n# Other\n\nGunmen killed two.",
    )
    assert (found.title, found.published) == ("Raid kills two", date(2021, 8, 31))
    assert (found.outlet, found.url) == ("The Wire", "https://example.org/raid")
    assert found.text == "Other\n\nGunmen killed two."


def test_heading_is_the_title(tmp_path: Path) -> None:
    found = document(tmp_path, "# Raid *kills* two\n\nGunmen struck.")
    assert (found.title, found.text) == ("Raid kills two", "Raid kills two\n\nGunmen struck.")


def test_broken_front_matter_is_text(tmp_path: Path) -> None:
    assert document(tmp_path, "---\ntitle: Raid\nGunmen struck.").text.endswith("Gunmen struck.")
