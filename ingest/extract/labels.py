"""Items of lists: "KHARKIV. A bomb hit …" gives the place of its whole paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.extract.context import Context, country_of
from ingest.extract.dates import DateHit
from ingest.extract.live import stamps
from ingest.extract.locate import locate
from ingest.extract.places import NamePart, PlacePhrase
from ingest.extract.sentences import Sentence, SentenceKind

_NAME = r"[^\W\d_a-zà-ÿ][\w’'.-]*"
_KIND = (
    r"(?:\s+(?:region|province|district|state|city|county|governorate|oblast|town|area|"
    r"department|territory|municipality|commune|cercle|tehsil|upazila|woreda|raion|zone|axis))?"
)
_PART = r"(?: (?:at )?(?:early|late|night|morning|midday|noon|afternoon|evening|dawn|dusk))?"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE = (
    rf"(?:{_WEEKDAY}{_PART}(?:,? \d{{1,2}}(?: [A-Z][a-z]{{2,8}})?)?|"
    r"(?:Night of )?(?:\d{1,2} ?(?:to|and|[-–]) ?)?(?:\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?"
    r"|\d{1,2} [A-Z][A-Za-z]{2,8}(?: \d{4})?)|[A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})?)"
)
_TIME = (
    r"(?:(?:[01]\d|2[0-4])[.:h]?[0-5]\d ?(?:hrs?|hours|h|[A-Z]{1,4})?"
    r"|(?:early |late |mid-?)?(?:morning|midday|noon|afternoon|evening|night|dawn|dusk))"
)
_SMALL = r"(?:de|del|la|el|of|da|do|du|des|al|and|et|y)"
_NO_LABEL = r"(?!(?:In|On|At|Near|And|But|From|First|Second|Third|Next|Finally)\b)"
_LABEL = re.compile(
    r"(?:[A-Z][a-z]+ \d+\s*[:.]\s*)?"
    rf"(?:{_DATE}\s*[,:|–—-]\s*(?:{_TIME}\s*[,:|–—-]\s*)?)?{_NO_LABEL}"
    rf"#?((?:{_NAME}(?:\s+{_SMALL})?[ –-]){{0,3}}{_NAME}){_KIND}(?: \d{{1,2}})?"
    rf"(?:\s*[,/(]\s*#?((?:{_NAME}(?: {_SMALL})? ){{0,2}}{_NAME}){_KIND}"
    rf"(?:\s*,\s*((?:{_NAME} ){{0,2}}{_NAME}){_KIND})?\)?)?"
    r"[ \t]*(?:[.:](?:\*\*)?\s+|[ \t][|–—-][ \t]+)(?=\S)"
)
_HEADING = re.compile(rf"((?:{_NAME}[ -]){{0,3}}{_NAME}){_KIND}\s*:?(?:\*\*)?")
_DATED = re.compile(rf"{_DATE}\s*[,:.|–—-]\s")
_LISTED = re.compile(r"^\s*(?:[-*•‣▪●–—]|\(?\d{1,2}[.)])\s+$")
MAX_LABEL = 60
MIN_ENTRIES = 3
"""Paragraphs with a list mark, or with a day at their head, that make a text a list."""


@dataclass(frozen=True, slots=True)
class Item:
    """The part of a text under one label: where it begins, the place and the day it names."""

    start: int
    place: PlacePhrase | None
    date: DateHit | None = None


def find_items(context: Context) -> dict[int, Item]:
    """The labelled item that each paragraph belongs to; one label alone is a dateline.

    Labels stand at the head of a paragraph ("1. Kumba. On Thursday …") or on a line of their
    own, which counts until the next one. The marked lines of a list, and paragraphs that begin
    with a day ("19/11 – …"), are items of their own even where they name no place.
    """
    labelled: dict[int, Item] = {}
    heading: Item | None = None
    firsts = list(_firsts(context))
    listed = _entries(context, firsts)
    for paragraph, first in firsts:
        at_head = _label(context, first.start, _LABEL)
        alone = None if at_head else _alone(context, first)
        heading = alone or heading
        item = _under(at_head, heading) or heading
        if paragraph in listed and not alone:
            place = item.place if item is not None else None
            item = Item(first.start, place, listed[paragraph])
        if item is not None:
            labelled[paragraph] = item
    starts = {item.start for item in labelled.values()}
    alone_counts = bool(stamps(context.document.text))
    return labelled if len(starts) > 1 or alone_counts else {}


def _under(item: Item | None, heading: Item | None) -> Item | None:
    """An item with the country of the heading that it stands under: "MALI", "• Gao: …"."""
    if item is None or item.place is None or heading is None or heading.place is None:
        return item
    country = country_of(heading.place.head.name)
    return replace(item, place=replace(item.place, country=country)) if country else item


def _entries(context: Context, firsts: Sequence[tuple[int, Sentence]]) -> dict[int, DateHit | None]:
    """Paragraphs that are entries of a list, with the day that each begins with."""
    text = context.document.text
    listed, dated = set(), {}
    for paragraph, first in firsts:
        line = text.rfind("\n", 0, first.start) + 1
        if _LISTED.match(text[line : first.start]):
            listed.add(paragraph)
        if _DATED.match(text, first.start):
            found = context.dates_in(line, first.start + MAX_LABEL)
            if found and found[0].first and found[0].start <= first.start + 10:
                dated[paragraph] = found[0]
    listed = listed if len(listed) >= MIN_ENTRIES else set()
    dated = dated if len(dated) >= MIN_ENTRIES else {}
    return {p: dated.get(p) for p in listed | set(dated)}


def _firsts(context: Context) -> Iterator[tuple[int, Sentence]]:
    seen: set[int] = set()
    for sentence in context.layout.sentences:
        body = sentence.kind is SentenceKind.BODY or country_of(_cased(sentence.text))
        if sentence.paragraph not in seen and body:  # "MALI" may stand where headlines do
            seen.add(sentence.paragraph)
            yield sentence.paragraph, sentence


def _alone(context: Context, first: Sentence) -> Item | None:
    if len(first.text) > MAX_LABEL or not _HEADING.fullmatch(first.text):
        return None
    return _label(context, first.start, _HEADING)


def _label(context: Context, start: int, pattern: re.Pattern[str]) -> Item | None:
    dateline = context.layout.dateline
    if dateline is not None and dateline[1] <= start <= dateline[1] + 2:
        start = dateline[0]
    found = pattern.match(context.document.text, start, start + MAX_LABEL + 1)
    if (
        found is None
        or re.search(r"\d", found[1])
        or context.lexicon.pattern("noise.no_place").fullmatch(found[1])
    ):
        return None
    parts = [
        NamePart(found.start(i), found.end(i), _cased(found[i]), None)
        for i in range(1, (pattern.groups or 1) + 1)
        if found[i]
    ]
    phrase = PlacePhrase(found.start(1), found.end(1), parts[0], tuple(parts[1:]))
    return Item(start, phrase) if locate(context, phrase).best is not None else None


def _cased(name: str) -> str:
    return name.title() if name.isupper() else name
