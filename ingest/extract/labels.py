"""Items of lists: "KHARKIV. A bomb hit …" gives the place of its whole paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.extract.context import Context
from ingest.extract.locate import locate
from ingest.extract.places import NamePart, PlacePhrase
from ingest.extract.sentences import Sentence, SentenceKind

_NAME = r"[^\W\d_a-zà-ÿ][\w’'.-]*"
_KIND = (
    r"(?:\s+(?:region|province|district|state|city|county|governorate|oblast|town|area|"
    r"department|territory|municipality|commune|cercle|tehsil|upazila|woreda|raion|zone))?"
)
_DATE = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2} [A-Z][a-z]{2,8}(?: \d{4})?"
    r"|[A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})?)"
)
_LABEL = re.compile(
    rf"(?:[A-Z][a-z]+ \d+\s*[:.]\s*)?(?:{_DATE}\s*[,:–—-]\s*)?"
    rf"((?:{_NAME}(?:\s+(?:de|del|la|el|of|da|do|al))?[ -]){{0,3}}{_NAME}){_KIND}"
    rf"(?:\s*[,/(]\s*((?:{_NAME} ){{0,2}}{_NAME}){_KIND}"
    rf"(?:\s*,\s*((?:{_NAME} ){{0,2}}{_NAME}){_KIND})?\)?)?\s*(?:[.:]|\s[–—-])\s+(?=\S)"
)
_HEADING = re.compile(rf"((?:{_NAME}[ -]){{0,3}}{_NAME}){_KIND}\s*:?")
MAX_LABEL = 60


@dataclass(frozen=True, slots=True)
class Item:
    """The part of a text under one label: where it begins, and the place it names."""

    start: int
    place: PlacePhrase


def find_items(context: Context) -> dict[int, Item]:
    """The labelled item that each paragraph belongs to; one label alone is a dateline.

    Labels stand at the head of a paragraph ("1. Kumba. On Thursday …") or on a line of their
    own, which counts until the next one.
    """
    labelled: dict[int, Item] = {}
    heading: Item | None = None
    for paragraph, first in _firsts(context):
        at_head = _label(context, first.start, _LABEL)
        alone = None if at_head else _alone(context, first)
        heading = alone or heading
        item = at_head or heading
        if item is not None:
            labelled[paragraph] = item
    starts = {item.start for item in labelled.values()}
    return labelled if len(starts) > 1 else {}


def _firsts(context: Context) -> Iterator[tuple[int, Sentence]]:
    seen: set[int] = set()
    for sentence in context.layout.sentences:
        if sentence.paragraph not in seen and sentence.kind is SentenceKind.BODY:
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
    if found is None or context.lexicon.pattern("noise.no_place").fullmatch(found[1]):
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
