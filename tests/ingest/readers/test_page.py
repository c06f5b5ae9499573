"""What web pages of several layouts and languages declare; what they only seem to say is none."""

from __future__ import annotations

from datetime import date

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers._page import declared, host_of

DAY = date(2021, 8, 31)


def linked(*objects: object) -> str:
    return f'<script type="application/ld+json">{orjson.dumps(list(objects)).decode()}</script>'


def page(head: str = "", body: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


NEWS = {
    "@type": ["NewsArticle"],
    "headline": "Raid in Kuld",
    "datePublished": "2021-08-31T22:30:00+0500",
    "dateModified": "2021-09-04",
    "publisher": {"@type": "Organization", "name": "Loria Wire"},
    "mainEntityOfPage": {"@id": "https://wire.example/raid"},
}


def test_linked_data_of_the_article() -> None:
    site = {"@type": "WebSite", "name": "Not this", "datePublished": "2001-01-01"}
    stated = declared(page(linked({"@graph": [site, NEWS]})))
    assert (stated.title, stated.outlet) == ("Raid in Kuld", "Loria Wire")
    assert (stated.published, stated.url) == (DAY, "https://wire.example/raid")


def test_linked_data_with_a_line_break_in_a_string() -> None:
    broken = '<script type="application/ld+json">{"@type": "Article", "headline": "Two\nlines"}'
    assert declared(page(broken + "</script>")).title == "Two lines"


def test_spanish_page_with_open_graph() -> None:
    head = (
        '<meta property="og:title" content="Ataque en Kuld">'
        '<meta property="og:site_name" content="El Diario">'
        '<meta property="article:published_time" content="2021-08-31T08:00:00-05:00">'
        '<meta property="article:modified_time" content="2021-10-01">'
        '<link rel="canonical" href="/nota/1"><meta property="og:url" content="https://m.example/">'
    )
    stated = declared(page(head), "https://diario.example/x?utm=1")
    assert (stated.title, stated.outlet, stated.published) == ("Ataque en Kuld", "El Diario", DAY)
    assert stated.url == "https://diario.example/nota/1"


@pytest.mark.parametrize(
    "tag",
    [
        '<meta name="DC.date.issued" content="2021-08-31">',
        '<meta name="pubdate" content="20210831">',
        '<meta name="date" content="31.08.2021">',
        '<meta name="date" content="08/31/2021">',
        '<meta name="date" content="31/08/2021">',
        '<meta name="date" content="31 August 2021">',
        '<meta name="publish-date" content="Tue, 31 Aug 2021 08:00:00 GMT">',
        '<meta itemprop="datePublished" content="2021-08-31">',
        '<span itemprop="datePublished" content="2021-08-31T00:00:00Z">yesterday</span>',
        '<article><time datetime="2021-08-31T10:00">31 août 2021</time></article>',
        '<main><h1>هجوم</h1><time datetime="2021-08-31">٣١ أغسطس</time></main>',
    ],
)
def test_day_of_publication(tag: str) -> None:
    assert declared(page(tag)).published == DAY
    assert declared(page(body=tag)).published == DAY


@pytest.mark.parametrize(
    "tag",
    [
        '<meta property="article:modified_time" content="2021-08-31">',
        '<meta name="date" content="01/02/2021">',  # January or February?
        '<meta name="date" content="2091-08-31">',
        '<meta name="date" content="0001-08-31">',
        '<meta name="date" content="2021-02-30">',
        '<meta name="date" content="soon">',
        '<time datetime="2021-08-31">today</time>',  # of the site's head
        '<article><footer><time datetime="2021-08-31">x</time></footer></article>',
        '<article><aside><article><time datetime="2021-08-31">x</time></article></aside></article>',
        '<article><time class="last-updated" datetime="2021-08-31">x</time></article>',
        "<article><p>x</p></article><footer>Copyright 2024-02-02</footer>",
    ],
)
def test_a_day_that_is_not_that_of_publication_is_none(tag: str) -> None:
    assert declared(page(body=tag)).published is None


def test_page_saved_by_a_browser_says_where_from() -> None:
    saved = "<!-- saved from url=(0028)https://wire.example/raid/1 -->"
    stated = declared(f"<!DOCTYPE html>\n{saved}\n<html><head><title>x</title></head></html>")
    assert stated.url == "https://wire.example/raid/1"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "http://[x"])
def test_hostile_address_is_left_out(url: str) -> None:
    assert declared(page(f'<link rel="canonical" href="{url}">')).url == ""
    assert host_of(url) == ""


def test_name_of_the_site_is_in_its_address() -> None:
    assert host_of("https://www.Wire.example/raid") == "wire.example"


_JSON = st.recursive(st.none() | st.integers(0, 9) | st.text(max_size=9), st.lists)


@settings(deadline=None)
@given(st.text(max_size=200), _JSON)
def test_any_page_is_read(text: str, value: object) -> None:
    names = ("@type", "headline", "publisher", "datePublished", "mainEntityOfPage", "url", "@graph")
    row = dict.fromkeys(names, value) | {"@type": ["Article", value]}
    for one in (text, page(text), page(linked(row)), page(linked(value)), "", "<!---->"):
        declared(one)
