"""A feed saved as a file (RSS 0.9 to 2.0, Atom, JSON Feed): each item is a document.

`items` is the pure parser, from bytes to values; what it is given may be hostile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

import orjson

from geodata.errors import InputError
from geodata.incident import Document, Quarantined, sha256_hex
from ingest.readers._markup import local_name, parse_xml, plain
from ingest.readers._page import host_of
from ingest.readers._published import read_day
from ingest.readers._registry import Reader, register
from ingest.readers._source import (
    MAX_ID,
    MAX_OUTLET,
    MAX_TITLE,
    Source,
    Stated,
    clean,
    decode,
    document,
    line,
    web_address,
)

MAX_FEED_BYTES = 20_000_000
"""Largest feed; a long one has some hundred kilobytes."""

MAX_TAGS = 500_000
"""Most tags of an XML feed; one of the most items has some 300,000."""

MAX_ITEMS = 10_000
"""Most items of a feed."""

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_START = re.compile(
    rb"(?:<\?xml[^>]{0,300}>\s*)?(?:<\?[^>]{0,500}>\s*|<!--(?:(?!-->).){0,2000}-->\s*){0,5}"
    rb"<(?:rss|rdf:RDF|(?:atom:)?feed)\b|\{\s*\"version\"\s*:\s*\"https?:..?/?/?jsonfeed\.org",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedInfo:
    """What a feed says of itself. `kind` is ``rss``, ``atom`` or ``json``."""

    kind: str
    title: str = ""
    link: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One item: plain text, an http(s) address or none, the moment it states or None.

    `published` carries a zone where the feed states one. `raw` is the item as it stood in the
    feed: its own XML or JSON.
    """

    item_id: str
    title: str = ""
    text: str = ""
    url: str = ""
    published: datetime | None = None
    author: str = ""
    raw: bytes = b""


def items(data: bytes, base_url: str = "") -> tuple[FeedInfo, list[FeedItem]]:
    """Read a feed.

    Parameters
    ----------
    data
        The bytes of the feed.
    base_url
        Address it came from, which relative links hang on.

    Raises
    ------
    InputError
        It is no feed, too large, has too many items, or its XML declares entities.
    """
    if len(data) > MAX_FEED_BYTES:
        raise InputError(f"the feed is larger than {MAX_FEED_BYTES / 1e6:g} MB")
    start = data[:100].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start and not data.strip():
        raise InputError("the feed is empty")
    if start[:1].isalnum():
        raise InputError("it is no feed (RSS, Atom or JSON Feed); give reports as .txt or .jsonl")
    return _from_json(data, base_url) if start[:1] in b"{[" else _from_xml(data, base_url)


def _from_xml(data: bytes, base_url: str) -> tuple[FeedInfo, list[FeedItem]]:
    if data.count(b"<") > MAX_TAGS:
        raise InputError(f"the feed has more than {MAX_TAGS:,} tags")
    root = parse_xml(data)
    name = local_name(root)
    if name not in ("rss", "rdf", "feed"):
        raise InputError(f"the XML is no feed (RSS or Atom): its first tag is {name[:40]!r}")
    atom = name == "feed"
    channel = root if atom else _child(root, "channel")
    channel = root if channel is None else channel
    link = _address(_link(channel), base_url)
    info = FeedInfo(
        kind="atom" if atom else "rss",
        title=line(plain(_words(channel, "title")), MAX_OUTLET),
        link=link,
        language=line(_words(channel, "language") or root.get(_LANG, ""), 20),
    )
    wanted = "entry" if atom else "item"
    # Items of RSS 1.0 stand beside the channel, those of RSS 2.0 in it.
    found = [one for part in (channel, root) for one in part if local_name(one) == wanted]
    if atom:
        found = found[: len(found) // 2]  # the channel is the root
    _refuse_many(len(found))
    return info, [_xml_item(one, base_url or link) for one in found]


def _xml_item(item: Any, base_url: str) -> FeedItem:
    from lxml import etree

    title = line(plain(_words(item, "title")), MAX_TITLE)
    url = _address(_link(item), base_url)
    guid = _words(item, "guid", "id", "identifier") or item.get(_ABOUT, "")
    if not url:
        url = web_address(guid)
    body = _words(item, "encoded", "content", "description", "summary", "subtitle")
    text = plain(body)
    when = _words(item, "pubdate", "published", "issued", "date", "created", "updated", "modified")
    return FeedItem(
        item_id=_item_id(guid, url, title, text),
        title=title,
        text=text,
        url=url,
        published=read_moment(when),
        author=_author(item),
        raw=etree.tostring(item, encoding="utf-8", with_tail=False),
    )


def _child(element: Any, *names: str) -> Any:
    """First child with one of the names, in the order of the names; one with words wins."""
    full: dict[str, Any] = {}
    empty: dict[str, Any] = {}
    for one in element:
        name = local_name(one)
        if name in names:
            (full if len(one) or (one.text or "").strip() else empty).setdefault(name, one)
    return next((found[name] for found in (full, empty) for name in names if name in found), None)


def _words(element: Any, *names: str) -> str:
    """Text of the first such child; the markup of an XHTML body is kept, for `plain`."""
    from lxml import etree

    child = _child(element, *names)
    if child is None:
        return ""
    if len(child) and child.get("type", "") == "xhtml":
        return str(etree.tostring(child, encoding="unicode", with_tail=False))
    return "".join(child.itertext()).strip()


def _link(element: Any) -> str:
    """Give the page: an Atom link with `href`, or the text of an RSS link."""
    links = [one for one in element if local_name(one) == "link"]
    for one in links:
        if one.get("href") and one.get("rel", "alternate") == "alternate":
            return str(one.get("href"))
    return next((one.text.strip() for one in links if (one.text or "").strip()), "")


def _author(item: Any) -> str:
    author = _child(item, "creator", "author")
    if author is None:
        return ""
    name = _words(author, "name") if len(author) else (author.text or "")
    return line(name, MAX_OUTLET)


def _from_json(data: bytes, base_url: str) -> tuple[FeedInfo, list[FeedItem]]:
    try:
        feed = orjson.loads(decode(data))
    except orjson.JSONDecodeError as error:
        raise InputError(f"the file is no JSON: {error.msg} at line {error.lineno}") from error
    rows = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(rows, list) or "jsonfeed.org" not in str(feed.get("version", ""))[:200]:
        raise InputError("the JSON is no feed (JSON Feed); give reports as .jsonl, one a line")
    _refuse_many(len(rows))
    link = _address(_text(feed, "home_page_url"), base_url)
    info = FeedInfo(
        kind="json",
        title=line(_text(feed, "title"), MAX_OUTLET),
        link=link,
        language=line(_text(feed, "language"), 20),
    )
    return info, [_json_item(row, base_url or link) for row in rows if isinstance(row, dict)]


def _json_item(row: dict[str, Any], base_url: str) -> FeedItem:
    title = line(plain(_text(row, "title")), MAX_TITLE)
    body = _text(row, "content_text").strip()
    text = plain(body or _text(row, "content_html") or _text(row, "summary"))
    url = _address(_text(row, "url") or _text(row, "external_url"), base_url)
    authors = row.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else row.get("author")
    return FeedItem(
        item_id=_item_id(_text(row, "id"), url, title, text),
        title=title,
        text=text,
        url=url,
        published=read_moment(_text(row, "date_published") or _text(row, "date_modified")),
        author=line(_text(author, "name"), MAX_OUTLET) if isinstance(author, dict) else "",
        raw=orjson.dumps(row),
    )


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return str(value) if isinstance(value, (str, int, float)) else ""


def read_moment(text: str) -> datetime | None:
    """Read the moment that a feed states; None where it states none that can be read.

    A day without a time is its midnight; without a zone the moment has none either.
    """
    text = line(text, 100)
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    day = read_day(text) if text else None
    return datetime.combine(day, time()) if day else None


def _address(text: str, base_url: str) -> str:
    try:
        return web_address(urljoin(base_url, text.strip()) if text else "")
    except ValueError:  # "http://[": no address
        return ""


def _item_id(stated: str, url: str, title: str, text: str) -> str:
    """Give the item's own id, else its address, else a digest of its words."""
    own = line(stated, MAX_ID + 1) or url
    if 0 < len(own) <= MAX_ID:
        return own
    return sha256_hex((own or f"{title}\n{text}").encode())[:32]


def _refuse_many(count: int) -> None:
    if count > MAX_ITEMS:
        raise InputError(f"the feed has {count:,} items; at most {MAX_ITEMS:,} are read")


def looks_like(head: bytes) -> bool:
    """Whether the first bytes are those of a feed."""
    return _START.match(head.lstrip(b"\xef\xbb\xbf \t\r\n")) is not None


def read(source: Source) -> Iterator[Document | Quarantined]:
    """Read each item of a feed; one without words becomes a row, and the next one is read."""
    info, found = items(source.read(MAX_FEED_BYTES))
    if not found:
        raise InputError("the feed holds no item")
    for number, item in enumerate(found, start=1):
        try:
            yield item_document(replace(source, shown=f"{source.shown}:{number}"), info, item)
        except InputError as error:
            yield source.quarantined(str(error), row=number, raw=item.raw.decode(errors="replace"))


def item_document(source: Source, info: FeedInfo, item: FeedItem) -> Document:
    """Give the document of one item: known by its words, whatever else changes in the feed.

    Raises
    ------
    InputError
        There are no words in it, or too many.
    """
    body = item.text
    if item.title.casefold() not in body[: 2 * len(item.title) + 200].casefold():
        body = f"{item.title}\n\n{body}"
    body = clean(body)
    stated = Stated(
        title=item.title,
        published=item.published.date() if item.published else None,
        outlet=info.title or host_of(item.url or info.link),
        url=item.url,
        document_id=item.item_id,
    )
    return document(source, body, sha256_hex(body.encode()), stated, original=item.raw)


def count(source: Source) -> int:
    """Count the items."""
    return len(items(source.read(MAX_FEED_BYTES))[1])


register(Reader("feed", (".rss", ".atom", ".xml", ".json"), looks_like, read, count))
