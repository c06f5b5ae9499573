"""What makes a value more or less sure: words for how it was read, by field.

`ingest.extract.confidence` turns them into probabilities; what each is worth is fitted to gold
stories (`scripts/calibrate.py`). A signal that the fit has not seen counts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geodata.incident import Attribution
from geodata.precision import DatePrecision
from ingest.extract.acted_upon import Answer
from ingest.extract.attribution import Statement
from ingest.extract.context import Context
from ingest.extract.drafts import Draft
from ingest.extract.kinds import BATTLE
from ingest.extract.ledger import Count, Said
from ingest.extract.located import Located
from ingest.extract.parties import UNIDENTIFIED, Side
from ingest.extract.responsibility import Responsibility
from ingest.extract.sentences import SentenceKind
from ingest.extract.triggers import QUIET, VIOLENCE

Signals = dict[str, tuple[str, ...]]
"""Signals by field of a claim."""

SHORT = 500
"""Characters below which a text is a note or a coded summary."""
FAR = 250
"""Characters from an event's words beyond which another value belongs to it less surely."""


def signals_of(
    context: Context,
    draft: Draft,
    statements: Sequence[Statement],
    who: Responsibility,
    said: Sequence[Said],
    killed: Count,
    injured: Count,
) -> Signals:
    """Give the signals of every field of one incident, and of the incident itself."""
    common = tuple(_common(context, draft))
    kind, day, place = tuple(_kind(draft)), tuple(_date(draft)), tuple(_place(context, draft))
    first = tuple(_actor(context, draft, who.actor1))
    ground = (f"ground_{who.attribution.value}", *_statements(statements, who.attribution))
    if len(context.document.text) < SHORT:  # a coded summary says more with less
        unnamed = "named" if who.actor1.name != UNIDENTIFIED else "unnamed"
        ground = (*ground, f"short_ground_{who.attribution.value}", f"short_{unnamed}")
    own = {
        "event_type": kind,
        "event_date": day,
        "location": place,
        "place": place,
        "actor1": (*first, *ground),
        "actor2": tuple(_actor(context, draft, who.actor2)),
        "attribution": (*ground, *first),
        "killed_best": tuple(_toll(draft, killed, said, "killed")),
        "injured_best": tuple(_toll(draft, injured, said, "injured")),
        "incident": (*kind, *day, *place),
    }
    own |= {"sub_event_type": kind, "perpetrator": own["actor1"]}
    return {name: (*common, *more) for name, more in own.items()}


def _common(context: Context, draft: Draft) -> Iterator[str]:
    """Signals of the incident as a whole: they bear on all of its fields."""
    yield "one" if context.incidents == 1 else "few" if context.incidents <= 4 else "many"
    if draft.background:
        yield "background"
    if len(draft.mentions) > 1:
        yield "retold"
    if any(m.sentence.kind is SentenceKind.HEADLINE for m in draft.mentions):
        yield "headline"
    if not any(m.tolls for m in draft.mentions):
        yield "no_count"
    if all(m.trigger is None or m.summary for m in draft.mentions):
        yield "no_event_word"
    if any(m.aside for m in draft.mentions[:1]):
        yield "aside"
    if draft.date is None:
        yield "undated"
    if draft.place is None or not draft.place.fine:
        yield "not_placed_finely"
    length = len(context.document.text)
    yield "short_text" if length < SHORT else "long_text" if length > 2_500 else "middle_text"


def _kind(draft: Draft) -> Iterator[str]:
    kind = draft.kind
    if kind == VIOLENCE:
        yield "kind_by_victim"
    elif kind == BATTLE:
        yield "kind_clash"
    else:
        yield "kind_quiet" if kind in QUIET else "kind_told"
    if len({m.kind for m in draft.mentions if m.trigger is not None}) > 1:
        yield "kinds_differ"


def _main(draft: Draft) -> int:
    """Offset of the event's words."""
    told = next((m.trigger for m in draft.mentions if m.trigger is not None), None)
    return told.start if told else draft.mentions[0].start


def _inside(draft: Draft, at: int) -> bool:
    return any(m.sentence.start <= at < m.sentence.end for m in draft.mentions)


def _date(draft: Draft) -> Iterator[str]:
    hit = draft.date
    if hit is None:
        return
    yield f"date_{hit.precision.value}"
    if hit.relative:
        yield "date_relative"
    if not _inside(draft, hit.start):
        yield "date_from_elsewhere"
    if abs(hit.start - _main(draft)) > FAR:
        yield "date_far"
    days = {(d.first, d.last) for m in draft.mentions for d in m.dates if d.first is not None}
    days = {d for d in days if hit.precision is DatePrecision.DAY and d[0] != hit.first}
    if days:
        yield "dates_differ"


def _place(context: Context, draft: Draft) -> Iterator[str]:
    place = draft.place
    if place is None:
        return
    best = place.best
    if best is None:
        yield "place_unknown"
        return
    yield f"class_{best.location_precision.value}"
    yield from _resolution(place, best.score)
    if not _inside(draft, place.phrase.start):
        yield "place_from_elsewhere"
    if best.matched_name.casefold() != place.phrase.head.name.casefold():
        yield "place_other_name"
    heads = {p.head.name for m in draft.mentions for p in m.places if not p.excluded}
    if len(heads) > 2:
        yield "places_several"
    if context.country is not None and best.place.country_name != context.country:
        yield "place_abroad"


def _resolution(place: Located, score: float) -> Iterator[str]:
    """How the phrase was written, and how clear the geocoder's answer is."""
    yield "score_high" if score >= 0.95 else "score_good" if score >= 0.8 else "score_low"
    candidates = place.resolution.candidates
    if len(candidates) > 1 and candidates[0].score - candidates[1].score < 0.1:
        yield "place_tie"
    if place.phrase.parents:
        yield "place_with_holder"
    if place.phrase.offset or place.phrase.near:
        yield "place_offset"
    if place.phrase.weak:
        yield "place_weak"


def _actor(context: Context, draft: Draft, answer: Answer) -> Iterator[str]:
    if answer.name is None:
        return
    yield "actor_unnamed" if answer.name == UNIDENTIFIED else f"side_{answer.side.value}"
    if answer.start is None:
        yield "actor_without_words"
    elif not _inside(draft, answer.start):
        yield "actor_from_elsewhere"
    if context.registry.resolve(answer.name) is None:
        yield "actor_unregistered"
    named = {
        (p.name or p.alias).casefold() for p in context.parties if p.named and p.side is Side.ARMED
    }
    if len(named) > 2:
        yield "groups_several"


def _statements(statements: Sequence[Statement], ground: Attribution) -> Iterator[str]:
    if not statements:
        yield "no_statement"
    grounds = {s.attribution for s in statements if s.party is not None}
    if len(grounds) > 1:
        yield "grounds_differ"
    if ground is Attribution.ATTRIBUTED and ground not in grounds:
        yield "ground_of_the_narrative"


def _toll(draft: Draft, count: Count, said: Sequence[Said], kind: str) -> Iterator[str]:
    if count.best is None or count.toll is None:
        return
    rows = [s for s in said if s.toll.kind == kind]
    told = {
        "count_open": count.high is None,
        "accounts_differ": count.high is not None and count.low != count.high,
        "count_none": count.best == 0,
        "counted_again": len(rows) > 1,
        "count_summed": len(count.by_status) > 1,
        "count_total": count.toll.total,
        "status_unknown": count.toll.status == "unknown",
        "count_far": abs(count.toll.start - _main(draft)) > FAR,
        "count_updated": any(s.updates for s in rows),
    }
    yield from (signal for signal, so in told.items() if so)
