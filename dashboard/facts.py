"""What is known of an incident, row by row, each with the words it was read from.

The Add page and the incident panel show the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from dashboard.doubt import doubts
from dashboard.evidence import KIND_LABELS, kind_of, quote
from dashboard.ledger import SAID
from dashboard.particulars import particulars_words
from dashboard.remembered import as_placed
from dashboard.wording import (
    ATTRIBUTION_WORDS,
    MISSING,
    bounds_words,
    coordinate_words,
    date_words,
    place_line,
    precision_words,
    spoken_precision,
    who_was_killed,
)
from geodata.incident import Attribution, Status, with_field
from geodata.memory import METHOD
from ingest.second_opinion import Verdict, opinions_of

if TYPE_CHECKING:
    from geodata.incident import Change, Claim, Evidence, Incident

MAX_QUOTES = 3
"""Quotes shown for one row; the rest are counted."""

IN_ONE_LINE = ("particulars",)
"""Rows without quotes beside them (the marks in the text say which words), left out if empty."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report, and which report."""

    evidence: Evidence
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One row: its kind (see `dashboard.evidence.kind_of`), value, note and quotes.

    `as_read` is the value that was read, where an analyst has put another in its place;
    `beside` what another source says of the same; `doubt` that the machine is unsure of it;
    `opinions` what second opinions propose, or say against it.
    """

    kind: str
    value: str
    note: str = ""
    quotes: tuple[Quote, ...] = ()
    as_read: str = ""
    beside: str = ""
    doubt: str = ""
    opinions: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Name of the row on screen."""
        return KIND_LABELS[self.kind]


def facts_of(
    incident: Incident,
    claims: Sequence[Claim],
    *,
    sources: Mapping[str, str] | None = None,
    read: Incident | None = None,
    boundaries: str = "",
) -> list[Fact]:
    """Rows of an incident.

    Parameters
    ----------
    claims
        What the reports say of it; their evidence becomes the quotes.
    sources
        Short name of each report by its id; empty where only one report is in question.
    read
        The incident before an analyst edited it.
    boundaries
        What the project's boundaries say of the place.
    """
    location = next((claim for claim in claims if claim.field == "location"), None)
    notes = _notes(incident, location)
    if location is not None and (read is None or as_placed(read) == as_placed(incident)):
        notes["place"] += memory_words(location)
    before = _values(read) if read else {}
    said = _opinions(claims)
    doubted = doubts(claims) if incident.status is Status.DRAFT else {}  # nobody has looked yet
    return [
        Fact(
            kind=kind,
            value=value,
            note=notes.get(kind, ""),
            quotes=tuple(_quotes(kind, claims, sources or {})) if kind not in IN_ONE_LINE else (),
            as_read=before.get(kind, value) if before.get(kind, value) != value else "",
            beside=boundaries if kind == "place" else "",
            opinions=said.get(kind, ()),
            doubt=doubted.get(kind, "") if value == before.get(kind, value) else "",
        )
        for kind, value in _values(incident).items()
        if kind not in IN_ONE_LINE or {value, before.get(kind, value)} != {MISSING}
    ]


def memory_words(location: Claim) -> str:
    """Say that the project's memory chose the place, and whose choice that was."""
    if location.detail.get("gazetteer") != METHOD:
        return ""
    return f"; remembered by this project, {location.detail.get('note') or 'as chosen before'}"


def _values(incident: Incident) -> dict[str, str]:
    return {
        "what": incident.sub_event_type or incident.event_type or MISSING,
        "first": incident.actor1 or MISSING,
        "second": incident.actor2 or MISSING,
        "held": incident.perpetrator or MISSING,
        "date": date_words(incident),
        "place": place_line(incident) or MISSING,
        "killed": bounds_words(incident, "killed") or MISSING,
        "injured": bounds_words(incident, "injured") or MISSING,
        "particulars": particulars_words(incident) or MISSING,
    }


def _notes(incident: Incident, location: Claim | None) -> dict[str, str]:
    point = coordinate_words(incident)
    where = precision_words(incident, location)
    return {
        "what": (incident.event_type or "") if incident.sub_event_type else "",
        "held": _ground(incident) if incident.perpetrator else "",
        "date": spoken_precision(incident),
        "place": f"{where}: {point}" if point else where,
        "killed": who_was_killed(incident.killed_by_status),
    }


def _ground(incident: Incident) -> str:
    """On what ground somebody is held responsible, and by whose word."""
    words = ATTRIBUTION_WORDS[incident.attribution]
    told = incident.attributed_by if incident.attribution is not Attribution.CLAIMED else None
    return f"{words}; named by {told}" if told else words


def _opinions(claims: Sequence[Claim]) -> dict[str, tuple[str, ...]]:
    """What second opinions say against the value of each row, or propose; agreement is silent."""
    out: dict[str, dict[str, None]] = {}
    for one in opinions_of(claims):
        if one.verdict is not Verdict.AGREES:
            out.setdefault(kind_of(one.field), {})[one.sentence] = None
    return {kind: tuple(sentences) for kind, sentences in out.items()}


def _quotes(kind: str, claims: Iterable[Claim], sources: Mapping[str, str]) -> list[Quote]:
    found: dict[tuple[str, str], Quote] = {}
    for claim in claims:
        beside = claim.field in SAID  # in the table of who says how many
        if claim.evidence is not None and kind_of(claim.field) == kind and not beside:
            source = sources.get(claim.document_id, "")
            found.setdefault((claim.evidence.quote, source), Quote(claim.evidence, source))
    return list(found.values())


def before_edits(incident: Incident, changes: Sequence[Change]) -> Incident:
    """Incident as it was read: every recorded change taken back, newest first."""
    for change in reversed(changes):
        incident = with_field(incident, change.field, change.before)
    return incident


def facts_html(facts: Sequence[Fact]) -> str:
    """Rows as an HTML description list; labels and quotes bear the colour of their marks."""
    return f'<dl class="facts">{"".join(_row(fact) for fact in facts)}</dl>'


def _row(fact: Fact) -> str:
    missing = " fact-missing" if fact.value == MISSING else ""
    lines = [f'<span class="fact-value{missing}" dir="auto">{escape(fact.value)}</span>']
    if fact.as_read:
        lines.append(f'<span class="fact-edited">changed; read as {escape(fact.as_read)}</span>')
    if fact.doubt and fact.value != MISSING:
        lines.append(f'<span class="fact-note fact-doubt">{escape(fact.doubt)}</span>')
    if fact.note:
        lines.append(f'<span class="fact-note">{escape(fact.note)}</span>')
    if fact.beside:
        lines.append(f'<span class="fact-note">{escape(fact.beside)}</span>')
    lines.extend(f'<span class="fact-note">{escape(words)}</span>' for words in fact.opinions)
    lines.extend(_quote(said, fact.kind) for said in fact.quotes[:MAX_QUOTES])
    more = len(fact.quotes) - MAX_QUOTES
    if more > 0:
        lines.append(f'<span class="fact-note">and {more} more in the text</span>')
    swatch = f'<span class="swatch evidence-{fact.kind}" aria-hidden="true"></span>'
    return f"<div><dt>{swatch}{escape(fact.label)}</dt><dd>{''.join(lines)}</dd></div>"


def _quote(said: Quote, kind: str) -> str:
    source = f' <bdi class="fact-source">{escape(said.source)}</bdi>' if said.source else ""
    return f'<span class="fact-quote">{quote(said.evidence, kind)}{source}</span>'
