"""Dates and places that an event's own sentences leave open."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.countries import capital_of
from ingest.extract._word_pattern import part_of
from ingest.extract.choosing import PRECISE
from ingest.extract.context import Context
from ingest.extract.dates import DateHit
from ingest.extract.drafts import Draft
from ingest.extract.holders import bare_names, dateline_places, places_in
from ingest.extract.live import headed, posted
from ingest.extract.locate import locate
from ingest.extract.located import Located, specific
from ingest.extract.sentences import Sentence, SentenceKind


def inherit(context: Context, drafts: list[Draft]) -> None:
    """Fill in what the event's own sentences leave open: from the lines that follow it."""
    for i, draft in enumerate(drafts):
        last = drafts[i + 1].mentions[0].start if i + 1 < len(drafts) else None
        if draft.date is None and not draft.background:
            told = next((m.said for m in draft.mentions if m.said is not None), None)
            stamp = posted(context, draft.mentions[0].start)
            over = headed(context, draft.mentions[0].start)
            after = over or _date_after(context, draft, last) or told
            beside = _date_beside(drafts, i) or stamp
            draft.date = after or beside or _date_before(context, drafts, i)
        if draft.place is None:
            draft.place = _place_of(context, drafts, i, last)
    _share_day(drafts)
    lead = next((d for d in drafts if d.place is not None and not d.background), None)
    if drafts and lead is None and drafts[0].place is None:  # where the report was written
        drafts[0].place = specific([locate(context, p) for p in dateline_places(context)])
        lead = drafts[0]
    for draft in drafts:
        if draft.place is None and lead is not None:
            draft.place = lead.place
        elif draft.place is not None and not draft.background:
            lead = draft


def _place_of(context: Context, drafts: list[Draft], i: int, last: int | None) -> Located | None:
    """Where an incident without a place was: by what stands around it, the likeliest first."""
    draft = drafts[i]
    if i and _in_that_town(context, draft) and drafts[i - 1].place is not None:
        return drafts[i - 1].place
    near = _place_after(context, draft, last) or _place_before(context, drafts, i)
    return near or _bare_place(context, draft) or (None if i else _written_at(context))


def _written_at(context: Context) -> Located | None:
    """The town of the dateline, unless reports of a whole country come from it."""
    town = specific([locate(context, p) for p in dateline_places(context)])
    if town is None or town.best is None or not town.fine:
        return None
    return None if capital_of(town.best.place.country_name) == town.best.place.name else town


def _in_that_town(context: Context, draft: Draft) -> bool:
    """Whether its words set it where the incident before it was: "the assault on the town"."""
    there = context.lexicon.pattern("places.told.there")
    text = context.document.text
    return any(there.search(part_of(text, m.start, m.end)) for m in draft.mentions)


def _date_beside(drafts: list[Draft], i: int) -> DateHit | None:
    """The day of the incident told just before in the same paragraph."""
    before = drafts[i - 1] if i else None
    if before is None or before.background or before.date is None:
        return None
    told = before.mentions[-1].sentence.paragraph == drafts[i].mentions[0].sentence.paragraph
    return before.date if told and before.date.precision in PRECISE else None


def _share_day(drafts: list[Draft]) -> None:
    """An undated incident happened on the day that the story's other incidents share."""
    days = [
        d.date
        for d in drafts
        if d.date is not None and not d.background and d.date.precision in PRECISE
    ]
    if len({(d.first, d.last) for d in days}) != 1:
        return
    for draft in drafts:
        if draft.date is None and not draft.background:
            draft.date = days[0]


def _following(context: Context, draft: Draft, last: int | None) -> Iterator[Sentence]:
    begin = draft.mentions[0].sentence.start
    for sentence in context.layout.sentences:
        readable = sentence.kind in (SentenceKind.BODY, SentenceKind.HEADLINE)
        inside = sentence.start >= begin and (last is None or sentence.start < last)
        general = context.lexicon.pattern("cues.aggregate").search(sentence.text)
        if readable and inside and not general:
            yield sentence


def _date_after(context: Context, draft: Draft, last: int | None) -> DateHit | None:
    for sentence in _following(context, draft, last):
        for hit in context.dates_in(sentence.start, sentence.end):
            told = hit.start not in context.reporting and not hit.plan and not hit.anchored
            if told and hit.precision in PRECISE:
                return hit
    return None


def _place_after(context: Context, draft: Draft, last: int | None) -> Located | None:
    for sentence in _following(context, draft, last):
        usable = [p for p in places_in(context, sentence.start, sentence.end) if not p.excluded]
        found = specific([locate(context, p) for p in usable])
        if found is not None and found.fine:
            return found
    return None


def _date_before(context: Context, drafts: list[Draft], i: int) -> DateHit | None:
    """The day that the sentences before the first incident tell, the nearest first."""
    if i:
        return None
    begin = drafts[0].mentions[0].sentence.start
    for sentence in reversed([s for s in context.layout.sentences if s.start < begin]):
        if sentence.kind not in (SentenceKind.BODY, SentenceKind.HEADLINE):
            continue
        for hit in context.dates_in(sentence.start, sentence.end):
            told = hit.start not in context.reporting and not hit.plan and not hit.anchored
            alone = len(sentence.text) - (hit.end - hit.start) <= MARKS  # the day of the report
            if told and not alone and hit.precision in PRECISE:
                return hit
    return None


MARKS = 4
"""Letters beside a date that stands alone on its line."""


def _place_before(context: Context, drafts: list[Draft], i: int) -> Located | None:
    """Where the sentences before the first incident are set, the nearest first."""
    if i:
        return None
    begin = drafts[0].mentions[0].sentence.start
    before = [s for s in context.layout.sentences if s.start < begin]
    for sentence in reversed([s for s in before if s.kind is SentenceKind.BODY]):
        usable = [p for p in places_in(context, sentence.start, sentence.end) if not p.excluded]
        found = specific([locate(context, p) for p in usable])
        if found is not None and found.fine:
            return found
    return None


def _bare_place(context: Context, draft: Draft) -> Located | None:
    """A town or district that the sentence names without a word of place ("Bakhmut: shells")."""
    for m in draft.mentions:
        names = list(bare_names(context, m.sentence.start, m.sentence.end))
        found = specific([locate(context, p) for p in names])
        if found is not None and found.fine:
            return found
    return None
