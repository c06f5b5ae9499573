"""What a pop-up says of one incident: plain text, escaped by the browser where it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.map.points import palette_of
from dashboard.wording import STATUS_WORDS, coordinate_words, headline, isolated, precision_words
from geodata.filters import spoken_date
from geodata.palette import display_group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.incident import Claim, Document
    from geodata.store import Store

MAX_QUOTE = 280
"""Characters of the report shown in a pop-up; the panel shows all of it."""

_TELLING = ("killed", "killed_best", "sub_event_type", "event_type", "actor1", "date", "location")
"""Fields whose words say most about an incident, best first."""


def popup(store: Store, incident_id: str) -> dict[str, Any] | None:
    """Headline, quote, source, precision and review of an incident; None for an unknown id."""
    incident = store.incident(incident_id)
    if incident is None:
        return None
    claims = store.claims(incident_id)
    said = telling(claims)
    document = store.document(said.document_id) if said else None
    where = next((c for c in claims if c.field in ("location", "latitude")), None)
    group = display_group(incident)
    return {
        "id": incident_id,
        "headline": headline(incident),
        "group": group,
        "colour": palette_of(store).colour(group),
        "quote": quote_around(document, said),
        "source": source_words(document),
        "precision": precision_words(incident, where),
        "point": coordinate_words(incident),
        "status": STATUS_WORDS[incident.status],
    }


def telling(claims: Sequence[Claim]) -> Claim | None:
    """Pick the claim whose evidence says most; None when no claim has evidence."""
    with_words = [claim for claim in claims if claim.evidence is not None]
    rank = {field: place for place, field in enumerate(_TELLING)}
    return min(with_words, key=lambda claim: rank.get(claim.field, len(rank)), default=None)


def quote_around(document: Document | None, claim: Claim | None) -> str:
    """Give the sentence around a claim's evidence, cut to `MAX_QUOTE` characters at words."""
    if claim is None or claim.evidence is None:
        return ""
    evidence = claim.evidence
    if document is None or document.text[evidence.start : evidence.end] != evidence.quote:
        return shortened(evidence.quote)
    text = document.text
    starts = [(text.rfind(mark, 0, evidence.start), len(mark)) for mark in (". ", "\n")]
    start = max((place + length for place, length in starts if place >= 0), default=0)
    ends = [text.find(mark, evidence.end) for mark in (". ", ".\n", "\n")]
    end = min((place + 1 for place in ends if place >= 0), default=len(text))
    if end - start > MAX_QUOTE:
        start = max(start, evidence.start - MAX_QUOTE // 3)
    return shortened(" ".join(text[start:end].split()))


def shortened(text: str, limit: int = MAX_QUOTE) -> str:
    """Cut a text at a word, with an ellipsis, so that it is no longer than `limit`."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def source_words(document: Document | None) -> str:
    """Name a report in one line: outlet, title, date, as far as they are known."""
    if document is None:
        return "entered by hand"
    published = spoken_date(document.published) if document.published else ""
    name = document.title or document.path or document.url
    parts = (document.outlet, name, published)
    return ", ".join(isolated(part) for part in parts if part) or "a report"
