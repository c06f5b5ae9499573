"""Feeds of every dialect to items: ids, dates, addresses, plain text; hostile ones to one line."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import InputError
from geodata.incident import Document, Quarantined
from ingest import readers
from ingest.readers import feed, original_of
from ingest.readers._registry import read_source
from ingest.readers._source import Source

RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Loria Wire</title><link>https://wire.example/</link>
<atom:link href="https://wire.example/feed" rel="self"/><language>en</language>
<item><title>Raid in Kuld &amp; Mast</title><link>/raid?a=1&amp;b=2</link>
<guid isPermaLink="false">raid-1</guid><pubDate>Tue, 31 Aug 2021 08:00:00 +0500</pubDate>
<dc:creator>A. Reporter</dc:creator><description>Short.</description>
<content:encoded><![CDATA[<p>Gunmen killed two&nbsp;men.</p><script>x()</script><p>Police
said so.</p>]]></content:encoded></item>
<item><description>Only words &lt;b&gt;here&lt;/b&gt;.</description></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es"><title>El Diario</title>
<link rel="self" href="https://diario.example/atom"/><link href="https://diario.example/"/>
<entry><id>tag:1</id><title type="html">&lt;i&gt;Ataque&lt;/i&gt;</title>
<link rel="edit" href="/e"/><link rel="alternate" href="nota"/>
<updated>2021-09-02T00:00:00Z</updated><published>2021-08-31T23:30:00-05:00</published>
<author><name>Ana</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Uno.</p><p>Dos.</p></div>
</content></entry></feed>"""

RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Old</title><link>https://old.example</link></channel>
<item rdf:about="https://old.example/1"><title>One</title><dc:date>2004-05-06</dc:date>
<description>Words.</description></item></rdf:RDF>"""

JSON = orjson.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "home_page_url": "https://j.example",
        "items": [
            {"id": 7, "content_html": "<p>A&amp;B</p>", "url": "/7", "date_published": "2021-08-31"}
        ],
    }
)


def test_rss():
    info, (first, second) = feed.items(RSS)
    assert (info.kind, info.title, info.link) == ("rss", "Loria Wire", "https://wire.example/")
    assert (first.item_id, first.title) == ("raid-1", "Raid in Kuld & Mast")
    assert first.text == "Gunmen killed two men.\n\nPolice said so."
    assert first.url == "https://wire.example/raid?a=1&b=2"
    assert first.published == datetime.fromisoformat("2021-08-31T08:00:00+05:00")
    assert first.author == "A. Reporter"
    assert b"<guid" in first.raw
    assert (second.text, second.url, second.published) == ("Only words here.", "", None)
    assert len(second.item_id) == 32


def test_atom():
    info, (entry,) = feed.items(ATOM)
    assert (info.kind, info.language) == ("atom", "es")
    assert info.link == "https://diario.example/"
    assert (entry.title, entry.text) == ("Ataque", "Uno.\n\nDos.")
    assert entry.url == "https://diario.example/nota"
    assert str(entry.published) == "2021-08-31 23:30:00-05:00"
    assert entry.author == "Ana"


def test_rss_of_2000_has_its_items_beside_the_channel():
    info, (item,) = feed.items(RDF)
    assert info.title == "Old"
    assert (item.item_id, item.url) == ("https://old.example/1", "https://old.example/1")
    assert item.published == datetime(2004, 5, 6)


def test_json_feed():
    info, (item,) = feed.items(JSON)
    assert (info.kind, info.title) == ("json", "J")
    assert (item.item_id, item.text, item.url) == ("7", "A&B", "https://j.example/7")


def test_relative_addresses_hang_on_the_address_of_the_feed():
    _, (first, _) = feed.items(RSS, "https://other.example/feeds/all.xml")
    assert first.url == "https://other.example/raid?a=1&b=2"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "http://[", ""])
def test_an_address_that_is_none_is_left_out(url):
    data = f"<rss><channel><item><title>T</title><link>{url}</link></item></channel></rss>"
    assert feed.items(data.encode())[1][0].url == ""


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2021-08-31T08:00:00Z", datetime(2021, 8, 31, 8, tzinfo=UTC)),
        ("Tue, 31 Aug 2021 08:00:00 GMT", datetime(2021, 8, 31, 8, tzinfo=UTC)),
        ("31 August 2021", datetime(2021, 8, 31)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_moments(text, when):
    assert feed.read_moment(text) == when


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_entities_are_refused_in_every_encoding(encoding):
    bomb = (
        '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">'
        "]><rss><channel><item><title>&b;&f;</title></item></channel></rss>"
    )
    with pytest.raises(InputError, match="entities"):
        feed.items(bomb.encode(encoding))


def test_dtd_from_outside_is_not_loaded():
    data = b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd">' + RSS.partition(b"?>")[2]
    assert len(feed.items(data)[1]) == 2


def test_latin_1_feed_and_small_faults_are_read():
    data = (
        '<?xml version="1.0" encoding="iso-8859-1"?><rss><channel><item><title>Año &eacute; &'
        " b</title></item></channel></rss>"
    )
    assert feed.items(data.encode("latin-1"))[1][0].title.startswith("Año é")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"<html><body>x</body></html>", "no feed"),
        (b"<", "taken apart"),
        (b"{", "no JSON"),
        (b'{"items": []}', "JSON Feed"),
        (b"[1, 2]", "JSON Feed"),
        (b"<rss><channel>" + b"<item/>" * 10_001, "10,001 items"),
        (b" " * 20_000_001, "larger than 20 MB"),
    ],
)
def test_what_is_no_feed_says_so(data, words):
    with pytest.raises(InputError, match=words):
        feed.items(data)


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_items_or_one_reason(data):
    for start in (b"", b"<rss><channel><item><title>", b"<feed><entry>", JSON[:60], JSON[:-4]):
        with suppress(InputError):
            feed.items(start + data)


@settings(deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=9), st.lists))
def test_json_of_any_shape_is_read(value):
    row = dict.fromkeys(
        ("id", "title", "content_html", "url", "date_published", "authors", "author"), value
    )
    feed.items(orjson.dumps({"version": "https://jsonfeed.org/version/1", "items": [row, value]}))


def read_from(name: str, data: bytes) -> list[Document | Quarantined]:
    return list(read_source(Source(name, data=data)))


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.rss", RSS), ("a.xml", RSS), ("a.atom", ATOM), ("a.json", JSON), ("a", RSS), ("a", JSON)],
)
def test_feed_files_become_documents(name, data):
    rows = read_from(name, data)
    assert all(isinstance(one, Document) for one in rows)
    assert rows[0].path == f"{name}:1"


def test_document_of_an_item():
    first = read_from("a.rss", RSS)[0]
    assert (first.document_id, first.outlet) == ("raid-1", "Loria Wire")
    assert first.published == date(2021, 8, 31)
    assert first.text == "Raid in Kuld & Mast\n\nGunmen killed two men.\n\nPolice said so."
    assert original_of(first).startswith(b"<item")


def test_item_without_words_is_a_row_of_its_own():
    data = RSS.replace(
        b"<item><description>Only words &lt;b&gt;here&lt;/b&gt;.", b"<item><description>"
    )
    first, second = read_from("a.rss", data)
    assert isinstance(first, Document)
    assert isinstance(second, Quarantined)
    assert second.row == 2


def test_items_are_counted(tmp_path):
    (tmp_path / "a.rss").write_bytes(RSS)
    (tmp_path / "b.xml").write_text("<no/>")
    assert readers.count([tmp_path]) == 3
