"""One telling of an event: what a clause says happened, to whom, where and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.extract._word_pattern import part_of
from ingest.extract.casualties import Toll, find_tolls, unhurt
from ingest.extract.choosing import (
    GENERIC,
    PRECISE,
    choose,
    clauses_of,
    is_definite,
    says_more,
    with_ground,
)
from ingest.extract.context import Context, country_of
from ingest.extract.dates import DateHit
from ingest.extract.event_dates import event_dates, told_dates
from ingest.extract.holders import bare_names, places_in
from ingest.extract.labels import Item, find_items
from ingest.extract.lexicon import Lexicon
from ingest.extract.live import stamps
from ingest.extract.locate import locate
from ingest.extract.nonevents import is_accident, is_old_matter
from ingest.extract.parties import STATUS_OF_SIDE, Side
from ingest.extract.places import PlacePhrase
from ingest.extract.roles import Roles, find_roles
from ingest.extract.sentences import Sentence, SentenceKind
from ingest.extract.triggers import VIOLENCE, Trigger, find_triggers


@dataclass(frozen=True, slots=True)
class Mention:
    """What one clause tells of an event; every offset points into the document's text.

    `kind` is a sub-event type or "violence". `definite` says that the words speak of an event
    already told ("the blast"); `new` that they open another one ("separately").
    """

    start: int
    end: int
    sentence: Sentence
    kind: str
    trigger: Trigger | None
    tolls: tuple[Toll, ...]
    roles: Roles
    places: tuple[PlacePhrase, ...]
    dates: tuple[DateHit, ...]
    definite: bool = False
    new: bool = False
    background: bool = False
    summary: bool = False
    retells: bool = False  # "the attack took place …"
    aside: bool = False  # told in a relative clause of another event's sentence
    sequel: bool = False  # "later", "in response"
    gunfire: bool = False  # its word is of shots
    outcome: bool = False  # says that people were hurt, not by what
    said: DateHit | None = None  # the day on which its sentence says that it was told
    beside: int | None = None  # where the words stand whose place it shares
    item: int | None = None  # where the labelled item of a list begins that it stands in

    @property
    def date(self) -> DateHit | None:
        """The date nearest to the event's words."""
        if not self.dates:
            return None
        at = self.trigger.start if self.trigger else self.start
        before = [
            d for d in self.dates if d.anchored and d.first and d.anchor and d.anchor.amount < 0
        ]
        if before:  # "three days after an overnight raid"
            return before[0]
        plain = [d for d in self.dates if d.anchor is None or d.anchor.amount <= 0]
        plain = plain or list(self.dates)
        plain = [d for d in plain if not self._aside(d, at)] or plain
        return min(plain, key=lambda d: abs(d.start - at))

    def _aside(self, hit: DateHit, at: int) -> bool:
        """Whether a date is of a clause set between commas: "X, which rebels raided in May, …"."""
        text, begin = self.sentence.text, self.sentence.start
        open_before = _RELATIVE.search(text[: hit.start - begin])
        return at > hit.end and bool(open_before) and "," in text[hit.end - begin : at - begin]


_RELATIVE = re.compile(r",\s(?:which|who|whom|where)\b[^,;]*$")


def find_mentions(context: Context) -> list[Mention]:
    """Every telling of an event in a document, in the order of the text."""
    out: list[Mention] = []
    said = context.lexicon.pattern("cues.officials_say")
    context.officials_speak = bool(said.search(context.document.text))
    context.drills = _drills(context)
    items = find_items(context)
    live, seen = bool(stamps(context.document.text)), set[int]()
    setting = _Setting()
    for sentence in context.layout.sentences:
        if sentence.kind in (SentenceKind.NOISE, SentenceKind.NOTE):
            continue
        host: Mention | None = None
        for start, end in clauses_of(context, sentence):
            mention = _read(context, sentence, start, end)
            if mention is None:
                continue
            mention = setting.placed(context, mention)
            if host is None and not mention.places and start > sentence.start:
                mention = _there(context, mention)
            if host is not None and not mention.places:
                at = host.trigger.start if host.trigger else host.start
                mention = replace(
                    mention, places=host.places, dates=mention.dates or host.dates, beside=at
                )
            host = host or mention
            context.speakers += [p for p in mention.roles.speakers if p.side is Side.STATE]
            mention = _in_item(context, mention, items.get(sentence.paragraph))
            if live and sentence.paragraph not in seen and not mention.places:
                mention = replace(mention, new=True)  # another entry of a live page
            seen.add(sentence.paragraph)
            out.append(mention)
        if host is None:
            setting.read(sentence)
        elif sentence.paragraph != setting.paragraph:
            setting.paragraph, setting.quiet, setting.told = sentence.paragraph, [], True
    return out


def _drills(context: Context) -> set[int]:
    """Paragraphs about an exercise: all of them where the title speaks of one too."""
    drill, sentences = context.lexicon.pattern("cues.drill"), context.layout.sentences
    told = {s.paragraph for s in sentences if drill.search(s.text)}
    whole = bool(told) and drill.search(context.document.title)
    return {s.paragraph for s in sentences} if whole else told


def _there(context: Context, mention: Mention) -> Mention:
    """ "They were freed in Kidal; they had been abducted there", "attacked X; two were killed"."""
    words = part_of(context.document.text, mention.start, mention.end)
    hurt = any(t.best for t in mention.tolls)
    if not hurt and not context.lexicon.pattern("places.told.there").search(words):
        return mention
    before = places_in(context, mention.sentence.start, mention.start)
    return replace(mention, places=tuple(p for p in before if not p.excluded))


@dataclass(slots=True)
class _Setting:
    """Where a paragraph is set by sentences that tell no event themselves."""

    paragraph: int = -1
    quiet: list[Sentence] = field(default_factory=list)
    told: bool = False

    def placed(self, context: Context, mention: Mention) -> Mention:
        """Give a first telling without a place the one that its paragraph has named before."""
        same = mention.sentence.paragraph == self.paragraph
        first = same and not self.told
        self.told = self.told or same
        if not first:
            return mention
        places = mention.places or self._places(context)
        dates = mention.dates or (self._dates(context, mention) if places else ())
        return replace(mention, places=places, dates=dates)

    def _dates(self, context: Context, mention: Mention) -> tuple[DateHit, ...]:
        """ "That was on Sunday. Prisoners broke …": the day that the sentence before has named."""
        if mention.definite or mention.background or mention.outcome or mention.trigger is None:
            return ()
        for sentence in reversed(self.quiet):
            found = told_dates(context, sentence.start, sentence.end)
            days = tuple(d for d in found if d.precision in PRECISE and not d.anchored)
            if days:
                return days[-1:]
        return ()

    def read(self, sentence: Sentence) -> None:
        """Take in a sentence in which no event is told."""
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.quiet, self.told = sentence.paragraph, [], False
        self.quiet.append(sentence)

    def _places(self, context: Context) -> tuple[PlacePhrase, ...]:
        for sentence in reversed(self.quiet):
            found = [p for p in places_in(context, sentence.start, sentence.end) if not p.excluded]
            if found:
                return tuple(found)
        return ()


def _in_item(context: Context, mention: Mention, item: Item | None) -> Mention:
    """Give a telling the place that stands as a label over it, behind its own places.

    A label such as "NIGER." says less than any town that its sentence names in passing.
    """
    if item is None:
        return mention
    if item.date is not None and not mention.dates and not mention.definite:
        mention = replace(mention, dates=(item.date,))
    if item.place is None:
        return replace(mention, item=item.start)
    own = tuple(p for p in mention.places if p.start != item.place.start)
    labels = (item.place.head, *item.place.parents)
    country = next((c for part in labels if (c := country_of(part.name))), item.place.country)
    if country is not None:  # "NIGER." stands over places of Niger
        own = tuple(replace(p, country=p.country or country) for p in own)
    if not own and not locate(context, item.place).fine:
        start = max(mention.sentence.start, item.place.end)
        own = tuple(bare_names(context, start, mention.sentence.end))
    return replace(mention, places=(*own, item.place), item=item.start)


def _read(context: Context, sentence: Sentence, start: int, end: int) -> Mention | None:
    text = part_of(context.document.text, start, end)
    tolls = _tolls(context, start, end)
    triggers = list(with_ground(context, start, find_triggers(text, context.lexicon)))
    if not triggers and not tolls:  # so in half of all clauses
        return None
    parties, dates = context.parties_in(start, end), event_dates(context, start, end)
    if _general(context, text, dates, tolls) or sentence.paragraph in context.drills:
        return None
    armed = any(p.side in (Side.ARMED, Side.UNIDENTIFIED) for p in parties)
    if is_accident(context, sentence, armed) or is_old_matter(context, sentence):
        return None
    chosen = choose(context, text, start, triggers, tolls, parties)
    if chosen is None and not tolls:
        return None
    told = _told(chosen, triggers)
    retells = says_more(context, chosen, start, end)
    roles = _unarmed(find_roles(context, start, end, told, _victims(tolls, chosen)), tolls)
    return Mention(
        start,
        end,
        sentence,
        chosen.kind if chosen else VIOLENCE,
        chosen,
        tolls,
        roles,
        tuple(places_in(context, start, end)),
        () if chosen is None and unhurt(tolls) else dates,
        definite=chosen is None
        or is_definite(context, chosen, start)
        or _opens_with(context, "cues.definite_people", text),
        new=_opens_with(context, "cues.new_event", text),
        background=_background(context, sentence, start, text) and not (retells or unhurt(tolls)),
        summary=bool(context.lexicon.pattern("cues.summary").search(text)),
        retells=retells,
        aside=start > sentence.start,
        sequel=bool(context.lexicon.pattern("cues.sequel").search(text)),
        said=_said(context, sentence),
        gunfire=chosen is not None and _is_gunfire(context, chosen),
        outcome=bool(triggers) and all(_is_outcome(context, t) for t in triggers),
    )


def _told(chosen: Trigger | None, triggers: list[Trigger]) -> list[Trigger]:
    """The words whose agent and patient a clause tells: general ones beside a general one."""
    if chosen is None or chosen.kind not in GENERIC:
        return [chosen] if chosen else []
    return [chosen, *(t for t in triggers if t.kind in GENERIC and t.start != chosen.start)]


def _opens_with(context: Context, cues: str, text: str) -> bool:
    return bool(context.lexicon.pattern(cues).match(text.lstrip(' ,;"“')))


def _said(context: Context, sentence: Sentence) -> DateHit | None:
    hits = context.dates_in(sentence.start, sentence.end)
    told = (d for d in hits if d.start in context.reporting and d.first and not d.plan)
    return next(told, None)


def _is_gunfire(context: Context, chosen: Trigger) -> bool:
    word = context.document.text[chosen.start : chosen.end]
    return bool(context.lexicon.pattern("triggers.gunfire.words").match(word))


def _is_outcome(context: Context, chosen: Trigger) -> bool:
    word = context.document.text[chosen.start : chosen.end]
    return bool(context.lexicon.pattern("triggers.outcome.words").fullmatch(word))


def _tolls(context: Context, start: int, end: int) -> tuple[Toll, ...]:
    text = part_of(context.document.text, start, end)
    told = find_tolls(text, context.lexicon, _named_people(context, start, end))
    if any(t.best >= MANY for t in told) and context.lexicon.pattern("cues.aggregate").search(text):
        told = [t for t in told if t.best < MANY]
    return tuple(_shift(t, start) for t in told if not _withdrawn(text, t, context.lexicon))


MANY = 500
"""Dead that a clause counts over years, where it speaks of years: "5,000 have died since …"."""


def _named_people(context: Context, start: int, end: int) -> list[tuple[int, int, str]]:
    """Groups and forces that stand for their people: "nine Taliban"."""
    return [
        (p.start - start, p.end - start, STATUS_OF_SIDE[p.side])
        for p in context.parties_in(start, end)
        if p.side in (Side.ARMED, Side.STATE) and p.named
    ]


def _unarmed(roles: Roles, tolls: Sequence[Toll]) -> Roles:
    """ "Twelve Fulani herders" are civilians, whatever a militia of theirs is called."""
    patient = roles.patient
    if patient is None or patient.side is not Side.ARMED:
        return roles
    spans = [t for t in tolls if t.start <= patient.start and patient.end <= t.end]
    if any(t.status == "civilians" for t in spans):
        return replace(roles, patient=replace(patient, side=Side.CIVIL))
    return roles


def _victims(tolls: Sequence[Toll], chosen: Trigger | None) -> list[tuple[int, int]]:
    """Spans of people told as killed or injured before the verb ("soldiers were killed")."""
    return [(t.start, t.end) for t in tolls if t.best and chosen and t.start < chosen.end]


def _withdrawn(text: str, toll: Toll, lexicon: Lexicon) -> bool:
    """Whether a figure is only the one that was corrected: "an earlier toll of eight"."""
    around = part_of(text, max(0, toll.start - 45), toll.end)
    return bool(lexicon.pattern("casualties.correction.cues").search(around))


def _shift(toll: Toll, by: int) -> Toll:
    return replace(toll, start=toll.start + by, end=toll.end + by)


def _general(context: Context, text: str, dates: Sequence[DateHit], tolls: Sequence[Toll]) -> bool:
    """Counts over months, habits and pictures of a region are no incident.

    A named day makes it one again, and for habits an exact count of people does.
    """
    if any(d.precision in PRECISE for d in dates):
        return False
    told = context.lexicon.pattern("cues.latest").sub(" ", text)
    if context.lexicon.pattern("cues.aggregate").search(told):
        return True
    exact = any(t.best and t.low == t.high for t in tolls)
    return not exact and bool(context.lexicon.pattern("cues.habit").search(told))


def _background(context: Context, sentence: Sentence, start: int, text: str) -> bool:
    """Whether an earlier event is told beside the news: by its words, or for its court case."""
    if context.lexicon.pattern("cues.court").search(text):
        return True
    cue = context.lexicon.pattern("cues.background").search(text)
    if cue is None:
        return False
    relative = start > sentence.start
    return relative or cue.start() < 40 or "recently" in text
