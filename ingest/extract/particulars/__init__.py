"""Particulars of an incident: weapon, tactic, target, people taken and let go, who tells.

Called once for a report, after its incidents are known; adds values and claims to them and
changes none. Each value has the words it was read from, in sentences of its own incident.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geodata.incident import Claim, Evidence, ExtractedIncident, Json, derived_id, with_fields
from geodata.particulars import Weapon
from ingest.extract.context import Context
from ingest.extract.drafts import Draft
from ingest.extract.ledger import Said
from ingest.extract.particulars import book
from ingest.extract.particulars.captives import read_captives
from ingest.extract.particulars.scope import Stretch, stretches
from ingest.extract.particulars.targets import read_target
from ingest.extract.particulars.tellers import read_attributed_by
from ingest.extract.particulars.values import Told
from ingest.extract.particulars.weapons import read_tactic, read_weapon


def complete(
    context: Context,
    drafts: Sequence[Draft],
    found: Sequence[ExtractedIncident],
    said: Sequence[Sequence[Said]],
) -> list[ExtractedIncident]:
    """Give the incidents of a report with their particulars and their casualty ledger.

    `drafts` are what `found` was made of, and `said` the tolls of each, in the same order. A
    language without a table of particulars leaves the incidents as they are.
    """
    try:
        context.lexicon.table("particulars")
    except KeyError:
        return list(found)
    words = stretches(context, drafts)
    return [
        _completed(context, draft, of, one, tolls)
        for draft, of, one, tolls in zip(drafts, words, found, said, strict=True)
    ]


def _completed(
    context: Context,
    draft: Draft,
    words: Sequence[Stretch],
    one: ExtractedIncident,
    said: Sequence[Said],
) -> ExtractedIncident:
    claims = [
        _claim(context, one, name, told) for name, told in _particulars(context, words, one).items()
    ]
    incident = with_fields(one.incident, {claim.field: claim.value for claim in claims})
    settled, sources = _ledger(context, draft, one, said)
    return ExtractedIncident(incident, (*settled, *claims, *sources))


def _particulars(
    context: Context, words: Sequence[Stretch], one: ExtractedIncident
) -> dict[str, Told]:
    kind = one.incident.sub_event_type or ""
    weapon = read_weapon(context, words, kind)
    told = {
        "weapon": weapon,
        "tactic": read_tactic(context, words, kind, Weapon(weapon.value) if weapon else None),
        "target": read_target(context, words, kind),
        "attributed_by": read_attributed_by(context, one),
        **read_captives(context, words),
    }
    return {name: value for name, value in told.items() if value is not None}


def _ledger(
    context: Context, draft: Draft, one: ExtractedIncident, said: Sequence[Said]
) -> tuple[list[Claim], list[Claim]]:
    """The claims as they were, the settled figures with their rule; and one claim per source."""
    told = book.read_book(context, draft, said)
    settled: list[Claim] = []
    for claim in one.claims:
        rule = book.rule_words(claim, told[claim.field]) if claim.field in told else ""
        settled.append(replace(claim, detail={**claim.detail, "rule": rule}) if rule else claim)
    return settled, list(_sources(context, one, told))


def _sources(
    context: Context, one: ExtractedIncident, told: dict[str, list[book.Entry]]
) -> Iterator[Claim]:
    for kind, found in told.items():
        for entry in found:
            yield _claim(
                context, one, f"{kind}_said", Told(entry.value(), entry.start, entry.end, 0.8)
            )


def _claim(context: Context, one: ExtractedIncident, name: str, told: Told) -> Claim:
    text = context.document.text
    start, end = told.start, told.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    value: Json = told.value
    incident_id = one.incident.incident_id
    return Claim(
        claim_id=derived_id("clm", incident_id, name, f"{start}-{end}"),
        incident_id=incident_id,
        document_id=context.document.document_id,
        field=name,
        value=value,
        evidence=Evidence(text[start:end], start, end),
        confidence=round(told.confidence, 3),
        detail=dict(told.detail),
    )
