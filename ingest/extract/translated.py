"""Incidents of a report in a language that is read through a gloss.

The gloss is read by the rules for English; then every piece of evidence is traced back to the
report's own words. Names are never put into English here: they stay as the report has them, but
for those that the language's folder lists.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from geodata.actors import ActorRegistry
from geodata.incident import Claim, Document, Evidence, ExtractedIncident
from geodata.place import Geocoder, NameFinder
from ingest.extract import assemble
from ingest.extract.context import MAX_TEXT
from ingest.extract.gloss import Gloss, gloss
from ingest.extract.gloss.words import GROUP, Fixed


def extract_through_gloss(
    document: Document,
    language: str,
    *,
    geocoder: Geocoder,
    names: NameFinder,
    registry: ActorRegistry,
) -> list[ExtractedIncident]:
    """Read the incidents of a report; see `ingest.extract.extract`.

    Parameters
    ----------
    language
        Code of a language whose folder says ``reads = "gloss"``.
    """
    text = document.text[:MAX_TEXT]
    english = gloss(text, language, fixed_names(text, names, registry))
    title = gloss(document.title, language, fixed_names(document.title, names, registry))
    spoken = replace(document, text=english.text, title=title.text)
    found = assemble.extract(spoken, geocoder=geocoder, names=names, registry=registry)
    return [_traced(one, english, text) for one in found]


def fixed_names(text: str, names: NameFinder, registry: ActorRegistry) -> list[Fixed]:
    """Places and groups of a text that stay as they are written."""
    places = [Fixed(hit.start, hit.end) for hit in names.find_names(text)]
    groups = [
        Fixed(hit.start, hit.end, GROUP)
        for hit in registry.find(text)
        if any(letter.isupper() for letter in hit.alias)
    ]
    return sorted([*groups, *_apart(places, groups)], key=lambda one: one.start)


def _apart(places: Iterable[Fixed], groups: Sequence[Fixed]) -> Iterator[Fixed]:
    """Places that overlap no group; both are sorted by offset."""
    ends = [one.end for one in groups]
    for place in places:
        after = bisect_right(ends, place.start)
        if after == len(groups) or groups[after].start >= place.end:
            yield place


def _traced(one: ExtractedIncident, english: Gloss, text: str) -> ExtractedIncident:
    return ExtractedIncident(
        one.incident, tuple(_claim(claim, english, text) for claim in one.claims)
    )


def _claim(claim: Claim, english: Gloss, text: str) -> Claim:
    if claim.evidence is None:
        return claim
    start, end = english.source(claim.evidence.start, claim.evidence.end)
    quote = text[start:end]
    start += len(quote) - len(quote.lstrip())
    end -= len(quote) - len(quote.rstrip())
    return replace(claim, evidence=Evidence(text[start:end], start, end))
