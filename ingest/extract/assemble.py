"""From drafts to incidents: every value with the words it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from geodata.actors import ActorRegistry
from geodata.incident import (
    Claim,
    Document,
    Evidence,
    ExtractedIncident,
    Incident,
    Json,
    derived_id,
    sha256_hex,
)
from geodata.place import Geocoder, NameFinder
from geodata.precision import DatePrecision, LocationPrecision
from geodata.taxonomy import EVENT_TYPE_OF
from ingest.extract import particulars
from ingest.extract.acted_upon import Answer
from ingest.extract.attribution import Statement, find_statements
from ingest.extract.confidence import confidence_of, weights
from ingest.extract.context import Context, read
from ingest.extract.drafts import Draft
from ingest.extract.inherit import inherit
from ingest.extract.kinds import decide_kind
from ingest.extract.ledger import Count, Said, settle
from ingest.extract.lexicon import load
from ingest.extract.mentions import find_mentions
from ingest.extract.merge import merge
from ingest.extract.nonevents import is_no_report
from ingest.extract.responsibility import Responsibility, decide
from ingest.extract.sharing import share_out
from ingest.extract.signals import Signals, signals_of
from ingest.extract.sources import accounts


def extract(
    document: Document, *, geocoder: Geocoder, names: NameFinder, registry: ActorRegistry
) -> list[ExtractedIncident]:
    """Read the incidents of an English report; see `ingest.extract.extract`."""
    found = explained(document, geocoder=geocoder, names=names, registry=registry)
    return [extracted for extracted, _ in found]


def explained(
    document: Document, *, geocoder: Geocoder, names: NameFinder, registry: ActorRegistry
) -> list[tuple[ExtractedIncident, Signals]]:
    """Read a report as `extract` does, with the signals that each confidence comes from."""
    lexicon = load("en")
    context = read(document, lexicon=lexicon, geocoder=geocoder, names=names, registry=registry)
    if is_no_report(context):
        return []
    drafts = merge(context, find_mentions(context))
    inherit(context, drafts)
    context.incidents = len(drafts)
    given = share_out(context, drafts, find_statements(context))
    key = document.sha256 or sha256_hex(document.text.encode("utf-8", "surrogatepass"))
    said = [accounts(context, draft) for draft in drafts]
    found = [
        _incident(context, draft, statements, tolls, f"{i}", key)
        for i, (draft, statements, tolls) in enumerate(zip(drafts, given, said, strict=True))
    ]
    whole = particulars.complete(context, drafts, [extracted for extracted, _ in found], said)
    return [(one, signals) for one, (_, signals) in zip(whole, found, strict=True)]


def _incident(
    context: Context,
    draft: Draft,
    statements: Sequence[Statement],
    said: Sequence[Said],
    ordinal: str,
    key: str,
) -> tuple[ExtractedIncident, Signals]:
    best = draft.place.best if draft.place else None
    country = best.place.country_name if best else context.country
    sub_type = decide_kind(context, draft)
    who = decide(context, draft, statements, sub_type, country)
    killed, injured = settle(said, "killed"), settle(said, "injured")
    first, last, precision = _date(context, draft)
    incident_id = derived_id("inc", key, ordinal, str(draft.mentions[0].start))
    incident = Incident(
        incident_id=incident_id,
        event_date=first,
        event_date_end=last,
        date_precision=precision,
        event_type=EVENT_TYPE_OF[sub_type],
        sub_event_type=sub_type,
        actor1=who.actor1.name,
        actor2=who.actor2.name,
        perpetrator=who.actor1.name,
        attribution=who.attribution,
        place=_place_name(draft),
        admin2=best.place.admin2 if best else None,
        admin1=best.place.admin1 if best else None,
        country=country,
        latitude=best.latitude if best else None,
        longitude=best.longitude if best else None,
        location_precision=best.location_precision if best else LocationPrecision.UNKNOWN,
        killed_low=killed.low,
        killed_best=killed.best,
        killed_high=killed.high,
        injured_low=injured.low,
        injured_best=injured.best,
        injured_high=injured.high,
        killed_by_status=_by_status(killed, sub_type),
        background=draft.background,
    )
    signals = signals_of(context, draft, statements, who, said, killed, injured)
    claims = _Claims(context, draft, incident, signals)
    return ExtractedIncident(incident, tuple(claims.all(who, killed, injured))), signals


def _place_name(draft: Draft) -> str | None:
    if draft.place is None:
        return None
    return draft.place.phrase.head.name


def _date(context: Context, draft: Draft) -> tuple[date | None, date | None, DatePrecision]:
    """First and last possible day: unknown is bounded by the day of publication."""
    hit = draft.date
    published = context.document.published
    if hit is None or hit.first is None:
        return None, published, DatePrecision.UNKNOWN
    if hit.precision is DatePrecision.DAY or hit.first == hit.last:
        return hit.first, None, DatePrecision.DAY
    return hit.first, hit.last, hit.precision


def _by_status(killed: Count, sub_type: str) -> dict[str, int]:
    """Deaths by status; people without one are civilians where civilians were attacked."""
    out: dict[str, int] = {}
    civil = EVENT_TYPE_OF[sub_type] in ("Violence against civilians", "Riots", "Protests")
    for status, number in killed.by_status:
        key = "civilians" if status == "unknown" and civil else status
        if key != "unknown":
            out[key] = out.get(key, 0) + number
    return out


class _Claims:
    """The claims of one incident: value, evidence, confidence, and the geocoder's reasons."""

    def __init__(
        self, context: Context, draft: Draft, incident: Incident, signals: Signals
    ) -> None:
        self._context = context
        self._draft = draft
        self._incident = incident
        self._signals = signals

    def all(self, who: Responsibility, killed: Count, injured: Count) -> Iterator[Claim]:
        first = self._draft.mentions[0]
        main = next((m for m in self._draft.mentions if m.trigger is not None), first)
        told = self._clause(
            main.trigger.start if main.trigger else main.start, main.start, main.end
        )
        for name in ("event_type", "sub_event_type"):
            yield self._claim(name, getattr(self._incident, name), told, 0.8)
        yield from self._dates()
        yield from self._where()
        yield from self._actors(who)
        yield from self._toll("killed", killed)
        yield from self._toll("injured", injured)
        # That there is such an incident at such a place and time: how sure, beside no words.
        yield self._claim("incident", True, None, 0.8)

    def _dates(self) -> Iterator[Claim]:
        hit = self._draft.date
        if hit is None:
            return
        day = self._incident.event_date
        value = {
            "event_date": day.isoformat() if day else None,
            "event_date_end": _iso(self._incident.event_date_end),
            "date_precision": self._incident.date_precision.value,
        }
        evidence = self._span(hit.start, hit.end)
        sure = 0.9 if self._incident.date_precision is DatePrecision.DAY else 0.7
        yield self._claim("date", value, evidence, sure)
        yield self._claim("event_date", value["event_date"], evidence, sure)

    def _where(self) -> Iterator[Claim]:
        place = self._draft.place
        if place is None:
            return
        evidence = self._span(place.phrase.start, place.phrase.end)
        best = place.best
        score = best.score if best else 0.0
        yield self._claim("place", self._incident.place, evidence, 0.9)
        value = [self._incident.latitude, self._incident.longitude]
        detail: dict[str, Json] = {
            "query": place.resolution.query.text,
            "outcome": place.resolution.outcome.value,
            "gazetteer": place.resolution.gazetteer,
            "note": place.resolution.note,
            "candidates": [_candidate(c) for c in place.resolution.candidates],
        }
        yield self._claim("location", value, evidence, score, detail)

    def _actors(self, who: Responsibility) -> Iterator[Claim]:
        for name, answer in (("actor1", who.actor1), ("actor2", who.actor2)):
            if answer.name is not None:
                yield self._claim(name, answer.name, self._answer(answer), _sure(answer))
        if who.actor1.name is not None:
            evidence = self._answer(who.actor1)
            yield self._claim("perpetrator", who.actor1.name, evidence, _sure(who.actor1))
            yield self._claim("attribution", who.attribution.value, evidence, 0.7)

    def _toll(self, kind: str, count: Count) -> Iterator[Claim]:
        if count.best is None or count.toll is None:
            return
        evidence = self._span(count.toll.start, count.toll.end)
        value = {"low": count.low, "best": count.best, "high": count.high}
        sure = 0.9 if count.low == count.high else 0.7
        yield self._claim(kind, value, evidence, sure)
        yield self._claim(f"{kind}_best", count.best, evidence, sure)

    def _answer(self, answer: Answer) -> Evidence | None:
        if answer.start is None or answer.end is None:
            return None
        return self._span(answer.start, answer.end)

    def _clause(self, at: int, start: int, end: int) -> Evidence:
        """The words around an event word: its part of the clause, between commas."""
        text = self._context.document.text
        begin = max((m.end() for m in re.finditer(r"[,;:]\s+", text[start:at])), default=0) + start
        after = re.search(r"[,;:.]\s|$", text[at:end])
        stop = at + after.start() if after else end
        return self._span(begin, max(stop, at + 1))

    def _span(self, start: int, end: int) -> Evidence:
        text = self._context.document.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Evidence(text[start:end], start, end)

    def _claim(
        self,
        name: str,
        value: Json,
        evidence: Evidence | None,
        confidence: float,
        detail: dict[str, Json] | None = None,
    ) -> Claim:
        document, incident = self._context.document, self._incident.incident_id
        where = f"{evidence.start}-{evidence.end}" if evidence else ""
        return Claim(
            claim_id=derived_id("clm", incident, name, where),
            incident_id=incident,
            document_id=document.document_id,
            field=name,
            value=value,
            evidence=evidence,
            confidence=round(confidence_of(name, self._signals, confidence, weights()), 3),
            detail=detail or {},
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _sure(answer: Answer) -> float:
    return 0.8 if answer.start is not None else 0.5


def _candidate(c: object) -> Json:
    from geodata.place import Candidate

    if not isinstance(c, Candidate):
        raise TypeError(f"not a candidate: {c!r}")
    return {
        "place_id": c.place.place_id,
        "name": c.place.name,
        "admin2": c.place.admin2,
        "admin1": c.place.admin1,
        "country": c.place.country,
        "latitude": c.latitude,
        "longitude": c.longitude,
        "location_precision": c.location_precision.value,
        "radius_km": c.radius_km,
        "score": round(c.score, 4),
        "reasons": [
            {"kind": r.kind, "share": round(r.share, 4), "words": r.words} for r in c.reasons
        ],
    }
