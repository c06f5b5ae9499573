"""What a web page declares of its article: title, outlet, day of publication, address.

Only what is declared as such is believed: JSON-LD, OpenGraph and other meta tags, microdata,
a ``<time>`` in the article. A day that was changed, or that stands in a footer, is none.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

import orjson

from ingest.readers._markup import local_name
from ingest.readers._published import read_day
from ingest.readers._source import MAX_OUTLET, MAX_TITLE, Stated, clean, line, web_address

_MAX_JSON = 1_000_000  # characters of one JSON-LD block
_MAX_NODES = 2_000  # JSON objects looked at
_MAX_TIMES = 50  # <time> tags looked at
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(https?://[^\s>]{1,2000})\s*-->")
_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting)$")
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date",
    "dcterms.date", "parsely-pub-date", "sailthru.date", "publishdate", "publish-date",
    "publish_date", "publication_date", "publication-date", "pubdate", "article.published",
    "cxenseparse:recs:publishtime", "date", "article:date",
)  # fmt: skip
_OUTLET_NAMES = ("og:site_name", "publisher", "dc.publisher", "application-name")
_TITLE_NAMES = ("og:title", "headline", "dc.title", "twitter:title")
_ISO = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ]|$)|(?P<digits>(?:19|20)\d{6})(?:T|\s|$)")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:\D|$)")
_CHANGED = re.compile(r"updat|modif|edited|revis", re.IGNORECASE)
_BESIDE = frozenset({"aside", "footer", "nav", "figure", "form"})


@dataclass(frozen=True, slots=True)
class _Page:
    root: Any
    metas: dict[str, str]
    linked: dict[str, Any]  # the article as JSON-LD

    def meta(self, names: Iterable[str]) -> str:
        return next((self.metas[name] for name in names if self.metas.get(name)), "")


def declared(page: str, address: str = "") -> Stated:
    """Give what a page declares; what it does not declare is empty.

    Parameters
    ----------
    address
        Where the page was saved from, where that is known.
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    saved = _SAVED_FROM.search(page[:5_000])
    address = address or (saved[1] if saved else "")
    try:
        root = etree.fromstring(clean(page).encode(), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        return Stated(url=web_address(address))
    seen = _Page(root, _metas(root), _linked(root))
    return Stated(
        title=line(_name(seen.linked.get("headline")) or seen.meta(_TITLE_NAMES), MAX_TITLE),
        published=_published(seen),
        outlet=line(_name(seen.linked.get("publisher")) or seen.meta(_OUTLET_NAMES), MAX_OUTLET),
        url=_canonical(seen, address),
    )


def host_of(address: str) -> str:
    """Give the name of a site as its address has it, without ``www.``."""
    return (urlsplit(address).hostname or "").removeprefix("www.") if web_address(address) else ""


def _metas(root: Any) -> dict[str, str]:
    """Meta tags by their name in lower case; the first with a value wins."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        value = (meta.get("content") or "").strip()
        for kind in ("property", "name", "itemprop"):
            name = (meta.get(kind) or "").strip().casefold()
            if name and value:
                found.setdefault(name, value)
    return found


def _linked(root: Any) -> dict[str, Any]:
    """Give the JSON-LD object of the article; of the page where there is no article."""
    pages: dict[str, Any] = {}
    for node in _nodes(root):
        kinds = node.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(_ARTICLE_TYPE.search(str(kind)[:200]) for kind in kinds):
            return node
        if "WebPage" in kinds:
            pages = pages or node
    return pages


def _nodes(root: Any) -> Iterator[dict[str, Any]]:
    waiting: deque[Any] = deque()
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" in (script.get("type") or "") and len(text) <= _MAX_JSON:
            try:  # a line break inside a string is a common fault
                waiting.append(orjson.loads(re.sub(r"[\x00-\x1f]", " ", text)))
            except orjson.JSONDecodeError:
                continue
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, list):
            waiting.extendleft(reversed(node[:_MAX_NODES]))
        elif isinstance(node, dict):
            yield node
            inner = [node[name] for name in ("@graph", "mainEntity") if name in node]
            waiting.extendleft(reversed(inner))


def _name(value: Any) -> str:
    """Give the words of a JSON-LD value: a text, or an object with a name."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""


def _published(seen: _Page) -> date | None:
    stated = [_name(seen.linked.get("datePublished"))]
    stated += [seen.metas[name] for name in _DATE_NAMES if name in seen.metas]
    for element in seen.root.iter():
        if "datepublished" in str(element.get("itemprop") or "").casefold():
            stated.append(element.get("content") or element.get("datetime") or "")
    stated.append(_time_of_article(seen.root))
    return next((day for day in map(_day, stated) if day is not None), None)


def _time_of_article(root: Any) -> str:
    """Give the first ``<time>`` of the article itself: of no other article, box or footer."""
    within = next(root.iter("article"), None)
    within = next(root.iter("main"), None) if within is None else within
    if within is None:
        return ""
    for element in islice(within.iter("time"), _MAX_TIMES):
        above = [one for one in element.iterancestors() if one is not within]
        inner = above[: len(above) - len(list(within.iterancestors()))]
        names = {local_name(one) for one in inner}
        near = " ".join(str(one.get("class") or "") for one in (element, *inner[:1]))
        beside = names & (_BESIDE | {"article"}) or _CHANGED.search(near)
        if not beside and element.get("datetime"):
            return str(element.get("datetime"))
    return ""


def _day(text: str) -> date | None:
    """Read a declared day; one that may be read in two ways, or lies ahead, is none."""
    text = line(text, 100)
    iso, numeric = _ISO.match(text), _NUMERIC.match(text)
    found = None
    if iso is not None:
        found = _try(iso["day"] or iso["digits"])
    elif numeric is not None:
        first, mark, second, year = numeric.groups()
        if mark == "." or int(first) > 12 or first == second:
            found = _try(f"{year}-{int(second):02}-{int(first):02}")
        elif int(second) > 12:
            found = _try(f"{year}-{int(first):02}-{int(second):02}")
    elif text:
        found = read_day(text)
    tomorrow = date.today() + timedelta(days=1)
    return found if found is not None and date(1900, 1, 1) <= found <= tomorrow else None


def _try(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _canonical(seen: _Page, address: str) -> str:
    links = (one.get("href") for one in seen.root.iter("link")
             if "canonical" in str(one.get("rel") or "").casefold().split())  # fmt: skip
    page = seen.linked.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, dict) else page
    for found in (*links, seen.metas.get("og:url"), page, seen.linked.get("url"), address):
        if isinstance(found, str) and found.strip():
            try:
                absolute = web_address(urljoin(address, found.strip()))
            except ValueError:
                continue
            if absolute:
                return absolute
    return ""
