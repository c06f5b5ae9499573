"""Markdown: one report a file; marks are taken out, front matter gives title, date, outlet, URL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from geodata.incident import Document, Quarantined, sha256_hex
from ingest.readers._published import read_day
from ingest.readers._registry import Reader, register
from ingest.readers._source import MAX_TEXT_BYTES, Source, Stated, clean, decode, document
from ingest.readers.text import title_of

_FRONT = re.compile(r"\A---[ \t]*\n(?P<lines>.{0,5000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"^(?P<key>[A-Za-z_-]{1,40}):[ \t]*(?P<value>[^\n]*)$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<text>[^\n]*?)[ \t]*#*$", re.MULTILINE)
_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^ {0,3}(?:```|~~~)[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)"), ""),  # a picture
    (re.compile(r"\[(?P<kept>[^\]\n]{0,500})\]\([^)\n]{0,2000}\)"), r"\g<kept>"),  # a link
    (re.compile(r"\[(?P<kept>[^\]\n]{1,500})\]\[[^\]\n]{0,100}\]"), r"\g<kept>"),
    (re.compile(r"^ {0,3}\[[^\]\n]{1,100}\]:[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"<(?P<kept>https?://[^>\s]{1,2000})>"), r"\g<kept>"),
    (re.compile(r"</?[A-Za-z][^<>\n]{0,500}>"), ""),
    (re.compile(r"^ {0,3}(?:>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"^ {0,3}(?:[-*_][ \t]*){3,}$", re.MULTILINE), ""),
    (re.compile(r"^(?P<kept>[^\n]+)\n(?:=+|-{3,})[ \t]*$", re.MULTILINE), r"\g<kept>\n"),
    (_HEADING, r"\g<text>"),
    (re.compile(r"(?<![\w\\])(\*{1,3}|_{1,3})(?=\S)(?P<kept>[^\n*_]{1,2000}?)(?<=\S)\1(?!\w)"),
     r"\g<kept>"),
    (re.compile(r"`(?P<kept>[^`\n]{1,500})`"), r"\g<kept>"),
    (re.compile(r"\\(?P<kept>[\\`*_{}\[\]()#+\-.!>])"), r"\g<kept>"),
)  # fmt: skip


def plain(text: str) -> str:
    """Give the words of a Markdown text without its marks."""
    text = _without_comments(text)
    for pattern, kept in _MARKS:
        text = pattern.sub(kept, text)
    return text


def _without_comments(text: str) -> str:
    """Cut out ``<!-- -->``; by hand, as a pattern would take quadratic time on hostile text."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join((*kept, text[at:]))


def read(source: Source) -> Iterator[Document | Quarantined]:
    """Read one report."""
    data = source.read(MAX_TEXT_BYTES)
    marked = clean(decode(data))
    front: dict[str, str] = {}
    found = _FRONT.match(marked)
    if found is not None:
        pairs = _PAIR.finditer(found["lines"])
        front = {pair["key"].casefold(): pair["value"].strip("\"' ") for pair in pairs}
        marked = marked[found.end() :]
    heading = _HEADING.search(marked)
    body = clean(plain(marked))
    title = front.get("title") or (plain(heading["text"]) if heading else title_of(body))
    stated = Stated(
        title=title,
        published=_published(front),
        outlet=_first(front, "outlet", "source", "publisher", "site"),
        url=_first(front, "url", "link", "canonical", "source"),
    )
    yield document(source, body, sha256_hex(data), stated, original=data)


def _first(front: dict[str, str], *names: str) -> str:
    return next((front[name] for name in names if front.get(name)), "")


def _published(front: dict[str, str]) -> date | None:
    stated = _first(front, "published", "date", "pubdate", "publication_date")
    return read_day(stated) if stated else None


register(Reader("markdown", (".md", ".markdown"), lambda _: False, read))
