"""What a document's rules read together: its words found once, its country, its geocoder."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeVar

from geodata._names import Word, words
from geodata.actors import ActorRegistry, countries
from geodata.countries import countries_named
from geodata.incident import Document
from geodata.place import Geocoder, NameFinder, NameHit, PlaceQuery, Resolution
from geodata.precision import DatePrecision
from ingest.extract._word_pattern import Indexed, part_of
from ingest.extract.date_order import is_day_first
from ingest.extract.dates import Anchor, DateHit, find_dates
from ingest.extract.demonyms import is_demonym
from ingest.extract.lexicon import Lexicon
from ingest.extract.parties import Party, find_parties
from ingest.extract.places import PlacePhrase
from ingest.extract.relevance import told_layout
from ingest.extract.sentences import Layout, SentenceKind, split

MAX_TEXT = 400_000
"""Characters read of one document: longer ones are read to here (a 50 MB paste is no report)."""


MAX_HEAD = 20_000
"""Characters by which a text is told to be a report at all."""

DAY = DatePrecision.DAY
MAX_VOTERS = 8
"""Places asked for their country: the first ones named decide."""


@dataclass(slots=True)
class Context:
    """A document with everything that is found in it once and read by all rules."""

    document: Document  # its text without the paragraphs that tell of nothing
    lexicon: Lexicon
    geocoder: Geocoder
    registry: ActorRegistry
    layout: Layout
    parties: list[Party]
    dates: Sequence[DateHit]
    reporting: frozenset[int]  # starts of dates that say when something was said
    names: Sequence[NameHit]
    countries: list[tuple[int, str]]
    country: str | None
    whole: Layout  # with the paragraphs that tell of nothing; `layout` and the rest go without
    head: str  # the beginning of the text, with them: what kind of text it is
    speakers: list[Party] = field(default_factory=list)  # forces whose word the text gives
    officials_speak: bool = False
    drills: set[int] = field(default_factory=set)  # paragraphs about an exercise
    told: date | None = None  # the day of publication, or the first day that a coded text names
    incidents: int = 1  # how many the document tells of
    answers: dict[tuple[str, str | None, str | None], Resolution] = field(default_factory=dict)
    places: dict[tuple[int, int], tuple[PlacePhrase, ...]] = field(default_factory=dict)

    def parties_in(self, start: int, end: int) -> list[Party]:
        """Actors named between two offsets."""
        return _between(self.parties, start, end)

    def dates_in(self, start: int, end: int) -> list[DateHit]:
        """Dates named between two offsets."""
        return _between(self.dates, start, end)

    def names_in(self, start: int, end: int) -> list[NameHit]:
        """Names of the gazetteer between two offsets."""
        return _between(self.names, start, end)


Spanned = TypeVar("Spanned", Party, DateHit, NameHit)


def _between(hits: Sequence[Spanned], start: int, end: int) -> list[Spanned]:
    """Hits of a list sorted by offset that lie between two offsets, found by bisection."""
    first = bisect_left(hits, start, key=lambda h: h.start)
    last = bisect_left(hits, end, key=lambda h: h.start)
    return [h for h in hits[first:last] if h.end <= end]


@lru_cache(maxsize=4096)  # the same names are asked for at every clause
def country_of(name: str) -> str | None:
    """Country that a whole name or demonym stands for, or None."""
    return countries()[name]


def read(
    document: Document,
    *,
    lexicon: Lexicon,
    geocoder: Geocoder,
    names: NameFinder,
    registry: ActorRegistry,
) -> Context:
    """Find the sentences, actors, dates and names of a document."""
    everything = Indexed(document.text[:MAX_TEXT])
    whole = split(everything, lexicon)
    mentions = _countries_in(everything)
    votes = _country_votes(document, whole, mentions)
    text, layout = told_layout(everything, whole, lexicon)
    document = replace(document, text=text)
    dates = _dates(text, document, layout.dateline)
    reporting = frozenset(
        d.start
        for d in dates
        if _tells_of_saying(text, d, lexicon) or _in_dateline(d, layout.dateline)
    )
    hits = list(names.find_names(text))
    for named, weight in _votes_of_places(text, layout, hits, geocoder):
        votes[named] += weight
    country = max(votes, key=lambda c: (votes[c], c)) if votes else None
    return Context(
        document=document,
        lexicon=lexicon,
        geocoder=geocoder,
        registry=registry,
        layout=layout,
        parties=find_parties(
            text,
            registry,
            lexicon,
            document.published,
            countries_named(everything) | ({country} if country else set()),
            at=_words_told(everything, text),
        ),
        dates=_placed(text, dates, reporting, document.published),
        reporting=reporting,
        names=hits,
        countries=mentions,
        country=country,
        whole=whole,
        head=everything if len(everything) <= MAX_HEAD else everything.part(0, MAX_HEAD),
        told=document.published or next((d.first for d in dates if d.precision is DAY), None),
    )


def _words_told(everything: str, text: Indexed) -> list[Word]:
    """Words of the text that incidents are sought in: all but those blanked out."""
    at = words(everything)
    for start, end in reversed(text.spans):
        del at[bisect_left(at, (start,)) : bisect_left(at, (end,))]
    return at


def _dates(text: str, document: Document, dateline: tuple[int, int] | None = None) -> list[DateHit]:
    """Dates of a report; one without a day of publication reads "on Sunday" by its first date."""
    day_first = is_day_first(text, document)
    found = find_dates(text, document.published, day_first=day_first)
    written = _written(found, dateline, document.published)
    if written is not None:  # "RAIPUR, April 6: … early today", in the paper of the 7th
        found = find_dates(text, written, day_first=day_first)
    week = _week(text, found, document.published)
    if week is not None:  # "the week in brief (3-9 June)": its Monday is the 3rd
        own = {d.start: d for d in find_dates(text, week, day_first=day_first)}
        found = [own.get(d.start, d) if _is_weekday(text, d) else d for d in found]
    told = next((d.first for d in found if d.precision is DatePrecision.DAY and d.first), None)
    if document.published is not None or told is None:
        return found
    placed = {d.start: d for d in find_dates(text, told, day_first=day_first) if not d.plan}
    return [placed.get(d.start, d) if d.first is None else d for d in found]


def _written(
    found: Sequence[DateHit], dateline: tuple[int, int] | None, published: date | None
) -> date | None:
    """The day of a dateline that lies a day or two before the report: its "today"."""
    for d in found:
        if published and d.first and _in_dateline(d, dateline) and d.precision is DAY:
            late = (published - d.first).days
            return d.first if 0 < late <= MAX_LATE else None
    return None


MAX_LATE = 2
"""Days from a dateline to the paper that prints it."""


def _week(text: str, found: Sequence[DateHit], published: date | None) -> date | None:
    """The last day of the week that a digest names at its head, where it lies before the report."""
    for d in found:
        if d.start > WEEK_AT or d.precision is not DatePrecision.RANGE or d.plan:
            continue
        if d.first and d.last and published and d.last < published:
            days = (d.last - d.first).days
            counted = text[d.start].isdigit() or text[d.end - 1].isdigit()
            return d.last if MIN_WEEK <= days < 2 * MIN_WEEK and counted else None
    return None


WEEK_AT = 200
"""Characters within which a digest names its week."""

MIN_WEEK = 4
"""Days between the first and the last day of a week that works."""


def _is_weekday(text: str, hit: DateHit) -> bool:
    """Whether a date is a weekday alone: "Monday", "on Friday night"."""
    words = text[hit.start : hit.end]
    return hit.relative and bool(_WEEKDAY.search(words)) and not re.search(r"\d", words)


_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def _turned(hit: DateHit, text: str) -> DateHit:
    """ "The raid came two days after the blast": the blast lies before the raid."""
    came = re.search(r"\b(?:came|comes)\s+$", text[max(0, hit.start - 8) : hit.start])
    if came and hit.anchor is not None and hit.anchor.amount > 0:
        return replace(hit, anchor=Anchor(hit.anchor.unit, -hit.anchor.amount))
    return hit


def _tells_of_saying(text: str, hit: DateHit, lexicon: Lexicon) -> bool:
    """Whether a date says when something was said: "officials said on Sunday"."""
    if lexicon.pattern("cues.said_after").match(text[hit.end : hit.end + 20].lstrip()):
        return True
    before = part_of(text, max(0, hit.start - 60), hit.start)
    later = lexicon.pattern("cues.told_later")
    if _HEAD.search(before) and later.match(text[hit.end : hit.end + 120].lstrip(" ,")):
        return True
    verbs = list(lexicon.pattern("cues.reporting").finditer(before))
    if not verbs or _WAS.search(before[: verbs[-1].start()]):
        return False  # "clashes were reported on …" is of the day of the clashes
    gap = before[verbs[-1].end() :]
    return len(gap.split()) <= 5 and not re.search(r"[,;:.]|\b(?:that|it|its|they)\b", gap)


_WAS = re.compile(r"\b(?:was|were|been)\s+(?:also\s+|again\s+)?$", re.IGNORECASE)
_HEAD = re.compile(
    r"(?:^|[.!?\n;]\s*)(?:(?:but|and|late|early|later|only|also)\s+){0,3}$", re.IGNORECASE
)
"""Words before a date that opens its sentence."""


def _in_dateline(hit: DateHit, dateline: tuple[int, int] | None) -> bool:
    """The date of a dateline is the day of writing."""
    return dateline is not None and dateline[0] <= hit.start < dateline[1]


def _placed(
    text: str, dates: Sequence[DateHit], reporting: frozenset[int], published: date | None
) -> list[DateHit]:
    """Place "a day earlier" by the date told before it (not one on which something was said)."""
    out: list[DateHit] = []
    for found in dates:
        hit = found
        if hit.anchored:
            before = [d for d in out if d.precision is DatePrecision.DAY]
            told = [d for d in before if d.start not in reporting] or before
            told = [
                d for d in told if not _BEGAN.search(text, max(0, d.start - 7), d.start)
            ] or told
            hit = _turned(hit, text)
            placed = hit.from_anchor(told[-1].first, told[-1].last) if told else hit
            if told and _past_midnight(text, told[-1], hit):
                placed = hit.from_anchor(*(d and d + timedelta(1) for d in _span_of(told[-1])))
            ahead = published and placed.first and placed.first > published and not placed.plan
            out.append(hit if ahead else placed)  # "took it a week after the siege began"
        else:
            out.append(hit)
    return out


_BEGAN = re.compile(r"\bsince\s$")
"""Before a day on which something only began: "the same day" is not that one."""


def _past_midnight(text: str, told: DateHit, hit: DateHit) -> bool:
    """Whether "hours later" follows a late evening, and so falls on the next day."""
    late = re.search(
        r"\b(?:late|night|midnight|evening)\b", text[told.start - 6 : told.end + 6], re.I
    )
    return bool(late and re.match(r"hours (?:later|after)", text[hit.start : hit.end], re.I))


def _span_of(hit: DateHit) -> tuple[date | None, date | None]:
    return hit.first, hit.last


_DIVISION = re.compile(
    r"\s+(?:Town|Wells|Harbou?r|Fort|Point|Quarter|Creek|Hill|Head|Cove|Lookout|State|Delta|Province|City|Valley|County|River|Basin|Street|Avenue|Road|Square|Boulevard|Hotel|Bridge)\b"
)
"""What makes a country's name that of a part of another: "Niger State"."""


def _countries_in(text: str) -> list[tuple[int, str]]:
    """Countries named or meant by a demonym, with their offsets."""
    at = words(text)
    out = []
    known = countries()
    firsts = known.firsts
    taken = 0
    for first, word in enumerate(at):
        if first < taken or word.key not in firsts or not text[word.start].isupper():
            continue
        for stop, country in list(known.matches(text, at, first))[-1:]:  # the longest name
            if not _DIVISION.match(text, at[stop - 1].end):
                out.append((word.start, country))
            taken = stop
    return out


def _country_votes(
    document: Document, layout: Layout, mentions: Sequence[tuple[int, str]]
) -> Counter[str]:
    """Countries by how often they are named, the title and the first lines counting more."""
    votes: Counter[str] = Counter()
    body = [s for s in layout.sentences if s.kind is not SentenceKind.NOISE]
    lead_end = body[min(2, len(body) - 1)].end if body else 0
    noise = [(s.start, s.end) for s in layout.sentences if s.kind is SentenceKind.NOISE]
    for offset, country in mentions:
        if not any(a <= offset < b for a, b in noise):
            come = document.text[max(0, offset - 5) : offset] == "from "  # "armed men from Nigeria"
            far = offset > lead_end or come or _of_people(document.text, offset)
            votes[country] += 1 if far else 3
    for _, country in _countries_in(document.title):
        votes[country] += 3
    return votes


def _of_people(text: str, at: int) -> bool:
    """Whether a demonym says only whose people or arms: "a Malaysian fisherman"."""
    word = _NAME.match(text, at)
    return word is not None and is_demonym(word[0]) and not _ABOUT.match(text, word.end())


_NAME = re.compile(r"\w+")
_ABOUT = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}?(?:town|city|capital|provinces?|region|state|district|department|island|"
    r"village|coast|port|desert|government|officials?|authorities|police|ministry|president|prime|"
    r"parliament|media|press|border|side|soil|territory|branch|affiliate|arm|wing|chapter)\b"
)


def _alone_or_held(text: str, hit: NameHit, geocoder: Geocoder) -> Resolution:
    """A name with the one that holds it, where both agree; else by itself."""
    holder = _HOLDER.match(text, hit.end)
    if holder and holder[1] != hit.name:
        both = geocoder.geocode(PlaceQuery(text=f"{hit.name}, {holder[1]}"), limit=1)
        if both.best is not None and not both.note:
            return both
    return geocoder.geocode(PlaceQuery(text=hit.name), limit=NAMESAKES)


NAMESAKES = 6
"""Places of one name that are asked which country a report is of."""
SPELT = 0.4
"""Share of a score that a name has which is spelt as the place's own."""


_HOLDER = re.compile(
    r"(?:\s+(?:town|city|village|district))?\s*[(,]\s*([^\W\d_a-z][\w’' -]{2,30}?)\s*[),.]"
)
"""A name that holds the one before it: "Zacatecoluca (La Paz)"."""


def _votes_of_places(
    text: str, layout: Layout, hits: Sequence[NameHit], geocoder: Geocoder
) -> Iterator[tuple[str, int]]:
    """Countries that the first places named lie in: many local reports never name their own."""
    seen: set[str] = set()
    start = layout.sentences[0].start if layout.sentences else 0
    for hit in hits:
        if hit.name in seen or "country" in hit.kinds or not hit.name[:1].isupper():
            continue
        seen.add(hit.name)
        sure = "admin1" in hit.kinds or hit.end <= start
        yield from _votes_of_name(_alone_or_held(text, hit, geocoder), sure)
        if len(seen) >= MAX_VOTERS:
            return


def _votes_of_name(found: Resolution, sure: bool) -> Iterator[tuple[str, int]]:
    """The country of the place that a name stands for, and less of its namesakes elsewhere.

    "San Miguel" is of many countries, "Apopa" of one: the report is of the one they share.
    """
    best = found.best
    spelt = {c.place.country_name for c in found.candidates if c.reasons[0].share >= SPELT}
    home = best.place.country_name if best is not None else None
    if home is not None:
        by_its_name = best is not None and best.reasons[0].share >= SPELT
        yield home, (3 if sure else 2) if by_its_name or spelt <= {home} else 1
    for country in spelt - {home}:
        yield country, 1
