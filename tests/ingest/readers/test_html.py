"""Saved web pages: the article, its title, outlet, day and address."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geodata.incident import Document, Quarantined
from ingest.readers import read

BODY = (
    "<p>Gunmen killed two police officers near the town of Kuld on Monday, officials said.</p>"
    "<p>The officers were on patrol when they came under fire, the officials added.</p>"
)
HEAD = (
    '<meta charset="utf-8"><title>Raid kills two - The Wire</title>'
    '<meta property="og:title" content="Raid kills two">'
    '<meta property="og:site_name" content="The Wire">'
    '<meta property="article:published_time" content="2021-08-31T09:00:00Z">'
    '<link rel="canonical" href="https://example.org/raid">'
)


def page(head: str = HEAD, body: str = BODY) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body><article>{body}</article></body></html>"


def found(folder: Path, html: str | bytes) -> Document | Quarantined:
    file = folder / "page.html"
    file.write_bytes(html.encode() if isinstance(html, str) else html)
    (one,) = read(file)
    return one


def document(folder: Path, html: str | bytes) -> Document:
    one = found(folder, html)
    assert isinstance(one, Document), one
    return one


def test_article_and_what_the_page_says_of_it(tmp_path: Path) -> None:
    one = document(tmp_path, page())
    assert (one.title, one.outlet) == ("Raid kills two", "The Wire")
    assert (one.published, one.url) == (date(2021, 8, 31), "https://example.org/raid")
    assert one.text.startswith("Raid kills two\n")
    assert "near the town of Kuld on Monday" in one.text


def test_page_on_one_line_keeps_its_day(tmp_path: Path) -> None:
    footer = "<footer>Copyright 2019. Updated 2 January 2019</footer>"
    one = document(tmp_path, page(body=BODY + footer).replace("\n", ""))
    assert one.published == date(2021, 8, 31)


def test_footer_is_no_day_of_publication(tmp_path: Path) -> None:
    body = BODY + "<footer>© 2014-2019 The Wire, all rights reserved</footer>"
    assert document(tmp_path, page("<title>Raid kills two</title>", body)).published is None


def test_headline_in_the_article_is_not_told_twice(tmp_path: Path) -> None:
    one = document(tmp_path, page(body="<h1>Raid kills two</h1>" + BODY))
    assert one.text.count("Raid kills two") == 1


def test_scripts_and_marks_are_not_text(tmp_path: Path) -> None:
    hostile = (
        "<script>alert('x')</script><p onclick=\"alert(1)\">Police `said` &lt;b&gt; so to us.</p>"
    )
    one = document(tmp_path, page(body=BODY + hostile))
    assert "alert" not in one.text


def test_hostile_address_is_dropped(tmp_path: Path) -> None:
    head = '<title>Raid</title><link rel="canonical" href="javascript:alert(1)">'
    assert document(tmp_path, page(head)).url == ""


def test_declared_encoding_is_used(tmp_path: Path) -> None:
    html = page(
        '<meta charset="windows-1251"><title>Raid</title>',
        BODY + "<p>В Кульде убиты двое полицейских, заявили власти города.</p>",
    )
    assert "В Кульде" in document(tmp_path, html.encode("cp1251")).text


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<!doctype html><html><body></body></html>",
        "<html><body><script>var text = 'Gunmen killed two';</script></body></html>",
        "<html>" + "<div>" * 20_000,
        "<html>" + "<a>" * 50_000,
    ],
    ids=["empty", "no body", "script only", "nested", "too many tags"],
)
def test_page_without_an_article_says_so(tmp_path: Path, html: str) -> None:
    one = found(tmp_path, html)
    assert isinstance(one, Quarantined)
    assert "\n" not in one.reason
