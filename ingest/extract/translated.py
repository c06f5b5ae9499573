"""Incidents of a report in a language that is read through a gloss.

The gloss is read by the rules for English; then every piece of evidence is traced back to the
report's own words. Names are never put into English here: they stay as the report has them, but
for those that the language's folder lists.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    return _apart(groups + places)


def _apart(hits: Iterable[Fixed]) -> list[Fixed]:
    """Hits left to right; of those that overlap the first counts, a group before a place."""
    out: list[Fixed] = []
    for hit in sorted(hits, key=lambda one: (one.start, one.tag != GROUP, -one.end)):
        if not out or hit.start >= out[-1].end:
            out.append(hit)
    return out


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
