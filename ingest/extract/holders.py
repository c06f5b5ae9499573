"""The places of a document, and which of them may hold one that no gazetteer knows.

A village that is not known lies at least where its paragraph is: in the holder named nearest,
then in one of the rest of the story, then at the dateline ("here", "this city": there first).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from geodata.countries import capital_of
from ingest.extract._word_pattern import part_of
from ingest.extract.context import Context, country_of
from ingest.extract.parties import Side
from ingest.extract.places import NamePart, PlacePhrase, find_places
from ingest.extract.sentences import Sentence, SentenceKind

MAX_HOLDERS = 6
"""Places of a story asked whether they hold an unknown one: the nearest decide."""

LABEL_MARKS = 4
"""Characters beside a name that stands alone on its line ("1. Kumbo.")."""


def places_in(context: Context, start: int, end: int) -> tuple[PlacePhrase, ...]:
    """Place phrases between two offsets of the document, "the capital" by its name."""
    found = context.places.get((start, end))
    if found is None:  # every unknown place asks all sentences for what may hold it
        found = context.places[start, end] = tuple(_places_in(context, start, end))
    return found


def _places_in(context: Context, start: int, end: int) -> list[PlacePhrase]:
    text = part_of(context.document.text, start, end)
    blocked = [
        (p.start - start, p.end - start)
        for p in context.parties_in(start, end)
        if p.side in (Side.ARMED, Side.STATE)
        and not text[p.start - start : p.end - start].islower()
    ]
    blocked += [(d.start - start, d.end - start) for d in context.dates_in(start, end)]
    known = frozenset(n.name for n in context.names_in(start, end))
    found = [
        _moved(phrase, start)
        for phrase in find_places(
            text, context.lexicon, blocked=blocked, country_of=country_of, known=known
        )
    ]
    for capital in _capitals(context, start, end):
        owned = [p for p in found if re.fullmatch(r"\s*", _between(context, capital, p))]
        if owned:  # "the Afghan capital's Darulaman area"
            found = [
                replace(p, parents=(*p.parents, capital.head)) if p in owned else p for p in found
            ]
        else:
            found.append(capital)
    here = list(_here(context, start, end))
    if here:  # "in this Ondo State town" is of the dateline, not of the state
        found = [p for p in found if not any(_meets(p, h) for h in here)] + here
    return sorted(found, key=lambda p: p.start)


_ROAD = ("road", "highway", "motorway")


def of_road(context: Context, phrase: PlacePhrase) -> bool:
    """Whether a town only names a road ("on the Bamenda road")."""
    words = context.document.text[phrase.head.start : phrase.head.end].lower()
    return phrase.head.kind == "site" and words.endswith(_ROAD) and not phrase.parents


def _meets(one: PlacePhrase, two: PlacePhrase) -> bool:
    return one.start < two.end and two.start < one.end


def _here(context: Context, start: int, end: int) -> Iterator[PlacePhrase]:
    """ "Shot dead here on Monday", "in this southern city": where the report was written."""
    text = part_of(context.document.text, start, end)
    for found in context.lexicon.pattern("places.told.here", case=True).finditer(text):
        told = found[0]
        if told == "here" and not _LOCAL.match(text, found.end()):
            continue
        if told != "here" and not told.endswith(_TOWNS):
            continue
        town = next(dateline_places(context), None)
        if town is None or town.head.kind == "province":
            return
        a, b = start + found.start(), start + found.end()
        near = bool(_BESIDE.search(text, max(0, found.start() - 10), found.start()))
        yield PlacePhrase(a, b, NamePart(a, b, town.head.name, None), near=near)


_LOCAL = re.compile(
    r"\s*(?:[.,;:]|$|\s(?:on|today|yesterday|late|early|when|after|as|at|in|last|this|before|while|"
    r"and|overnight|by|during|amid)\b)"
)
_TOWNS = ("city", "town", "village", "suburb", "port", "capital", "neighborhood", "neighbourhood")
_BESIDE = re.compile(r"\b(?:near|outside|from)\s+$")


def _between(context: Context, left: PlacePhrase, right: PlacePhrase) -> str:
    return (
        context.document.text[left.end : right.head.start] if left.end < right.head.start else "-"
    )


def _moved(phrase: PlacePhrase, by: int) -> PlacePhrase:
    return replace(
        phrase,
        start=phrase.start + by,
        end=phrase.end + by,
        head=replace(phrase.head, start=phrase.head.start + by, end=phrase.head.end + by),
        parents=tuple(replace(p, start=p.start + by, end=p.end + by) for p in phrase.parents),
    )


def _capitals(context: Context, start: int, end: int) -> Iterator[PlacePhrase]:
    """ "In the capital", "the Afghan capital": the capital of the country spoken of."""
    text = part_of(context.document.text, start, end)
    for found in context.lexicon.pattern("places.told.capital", case=True).finditer(text):
        lead = re.search(
            r"\b((?i:in|at|on|near|outside|around|of|across))\s+(?:(?:the|its|central|downtown|northern|"
            r"southern|eastern|western|outskirts of)\s+)*([A-Z]\w+\s+)?$",
            text[: found.start()],
        )
        away = _DISTANCE.search(text[: lead.start()]) if lead else None
        if lead is None or (away and _PLACED.search(text[: away.start()])):
            continue  # "X, 130 km north of the capital" lies at X
        named = country_of(lead[2].strip()) if lead[2] else context.country
        capital = capital_of(named) if named else None
        if capital is None or (lead[2] and not named):
            continue
        a, b = start + found.start(), start + found.end()
        near = lead[1].lower() in ("near", "outside", "around") or "outskirts" in lead.group()
        offset = " ".join(f"{away[0]}{lead[1]}".split()) if away else ""
        begin = start + (away.start() if away else lead.start())
        name = NamePart(a, b, capital, None)
        yield PlacePhrase(begin, b, name, near=near or bool(away), offset=offset, country=named)


_DISTANCE = re.compile(
    r"(?:\d+(?:[.,]\d+)?|\b[a-z]+)[\s-]?(?:km|kms|kilomet(?:er|re)s?|miles?)\b[^.;:]{0,25}$",
    re.IGNORECASE,
)
_PLACED = re.compile(r"(?:(?!\w+day\b)\b[^\W\d_a-z][\w’'-]+)\W*(?:(?:about|some|around|just)\s+)?$")
"""A name before a distance: it is that which lies so far away."""


def holders(context: Context, phrase: PlacePhrase) -> Iterator[tuple[PlacePhrase, bool]]:
    """Places that may hold an unknown one, likeliest first: at most `MAX_HOLDERS`.

    Each comes with whether its own paragraph names it (or "here", "this city").
    """
    seen = {phrase.head.name}
    given = 0
    for other, own in _candidates(context, phrase):
        if other.head.name in seen or country_of(other.head.name):
            continue
        seen.add(other.head.name)
        yield other, own
        given += 1
        if given == MAX_HOLDERS:
            return


def _candidates(context: Context, phrase: PlacePhrase) -> Iterator[tuple[PlacePhrase, bool]]:
    sentences = [s for s in context.layout.sentences if s.kind is not SentenceKind.NOISE]
    home = next((s for s in sentences if s.start <= phrase.start < s.end), None)
    paragraph = home.paragraph if home else -1
    if home and context.lexicon.pattern("places.told.here").search(home.text):
        yield from ((p, True) for p in dateline_places(context))
    same = [p for s in sentences if s.paragraph == paragraph for p in _named(context, s)]
    yield from ((p, True) for p in sorted(same, key=lambda p: abs(p.start - phrase.start)))
    before = [s for s in sentences if s.paragraph < paragraph]
    after = [s for s in sentences if s.paragraph > paragraph]
    for sentence in [*reversed(before), *after]:
        yield from ((p, False) for p in _named(context, sentence))
    yield from ((p, False) for p in dateline_places(context))


def _named(context: Context, sentence: Sentence) -> Iterator[PlacePhrase]:
    for other in places_in(context, sentence.start, sentence.end):
        alone = len(sentence.text) - len(other.head.name) <= LABEL_MARKS
        if not other.excluded or other.bare or alone:
            yield other
            for part in other.parents:
                yield PlacePhrase(part.start, part.end, part)


def bare_names(context: Context, start: int, end: int) -> Iterator[PlacePhrase]:
    """Towns and districts named without a word of place before them ("the Téra garrison")."""
    for hit in context.names_in(start, end):
        if hit.kinds & {"settlement", "admin2"} and "country" not in hit.kinds:
            yield PlacePhrase(hit.start, hit.end, NamePart(hit.start, hit.end, hit.name, None))


def dateline_places(context: Context) -> Iterator[PlacePhrase]:
    """Where the report was written."""
    line = context.layout.dateline
    for hit in context.names_in(*line) if line else ():
        if "country" not in hit.kinds:
            kind = "province" if hit.kinds == {"admin1"} else None
            name = hit.name.title() if hit.name.isupper() else hit.name
            yield PlacePhrase(hit.start, hit.end, NamePart(hit.start, hit.end, name, kind))


def framed_country(context: Context, at: int) -> str | None:
    """The country that opens the sentence there ("In Russia, …"), else that of the report."""
    sentences = context.layout.sentences
    home = bisect_right(sentences, at, key=lambda s: s.start) - 1
    found = _OPENING.match(sentences[home].text) if home >= 0 else None
    return (country_of(found[1]) if found else None) or context.country


_OPENING = re.compile(
    r"(?:[\w’' -]{1,40}[.:] )?(?:(?:Also|Meanwhile|Elsewhere|Separately),? )?"
    r"[Ii]n (?:neighbou?ring |nearby )?((?:[A-Z][\w’'-]+ ?){1,3}),"
)
