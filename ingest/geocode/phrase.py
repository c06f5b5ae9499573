"""Read a place phrase: which name it turns on, how the spot relates to it, what contains it.

"30 km south of Quetta", "Mach town in Bolan district", "on the Quetta-Karachi highway near
Khuzdar": a phrase names one or two anchors, a relation, and containers. Nothing is looked up
here except whether a name is known whole ("Port of Spain").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from geodata.gazetteer.divisions import (
    KIND_SETTLEMENT,
    LINKING_WORDS,
    PREFIX_WORDS,
    SUFFIX_WORDS,
    word_set,
)
from geodata.gazetteer.names import NOT_ALONE, division_word, fold

MAX_LENGTH = 300
"""A longer text is no place phrase; the rest is not read."""

MILE_KM = 1.609
BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0,
    "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip


class Relation(StrEnum):
    """How the spot relates to the named place."""

    AT = "at"
    NEAR = "near"
    OFFSET = "offset"  # a distance, perhaps a direction
    BETWEEN = "between"  # of two places, or on the road that joins them


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A name with what the phrase says it is; `kinds` are wanted kinds, most likely first.

    `full` is the name with every word of the phrase ("Sariab Road"), `name` without the words
    that say what it is ("Sariab"); `part` is such a word for something inside or about the named
    place ("road", "area").
    """

    full: str
    name: str
    kinds: tuple[str, ...] = ()
    part: str = ""
    near: bool = False  # joined to the phrase by "near", not by "in"
    in_town: bool = False  # a road, a site or a quarter: where unknown, its town will do


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A place phrase, taken apart. `containers` are nearest first."""

    main: Segment
    relation: Relation = Relation.AT
    distance_km: float | None = None
    bearing: float | None = None
    other_end: str = ""
    containers: tuple[Segment, ...] = ()


_COMPASS = r"(?:north|south)[ -]?(?:east|west)(?:ern)?|(?:north|south|east|west)(?:ern)?"
_ABOUT = r"(?:(?:about|around|some|nearly|roughly|approximately|almost|just|over|more than) )*"
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "a dozen": 12, "a hundred": 100,
}  # fmt: skip
"""Distances as words: "some forty miles west of the capital"."""
_OFFSET = re.compile(
    rf"^{_ABOUT}(?P<number>\d+(?:[.,]\d+)?|{'|'.join(_NUMBERS)})"
    r"[ -]?(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\b"
    r"(?: (?:to the |towards the )?(?P<direction>" + _COMPASS + r"))?"
    r"(?: (?:of|from|outside|away from|off|beyond|inside))? (?P<rest>.+)$",
    re.IGNORECASE,
)
_CONVERSION = re.compile(r"\((?:about |some )?[\d.,]+[ -]?(?:km|kilomet|mi)[^)]*\)", re.IGNORECASE)
_BETWEEN = re.compile(
    r"^(?:.*\b)?(?:between|linking|connecting|joining|(?:road|highway|motorway|route|railway|track)"
    r"(?: that leads)? from) (?P<a>.+?) (?:and|with|to) (?P<b>[^,]+)"
    r"(?P<rest>,.*)?$",
    re.IGNORECASE,
)
_ROAD = re.compile(
    r"^(?:the )?(?P<a>[^,]+?) ?[-–—/] ?(?P<b>[^,]+?) (?:[A-Z]{1,2}-?\d+ )?(?:main |national |"
    r"super)?(?:highway|road|motorway|expressway|route|rail(?:way)? (?:line|track)|railway)\b"
    r"(?P<rest>.*)$",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"^(?:(?:on |in |at )?(?:the )?(?:outskirts|edge|suburbs|vicinity|environs|surroundings|"
    r"outer limits)(?: of)?|near(?:by)?(?: to)?|close to|outside(?: of)?|around|not far from|"
    r"adjacent to|next to|off|towards?|along|past|overlooking|bordering|(?:to the )?"
    rf"(?:{_COMPASS})(?: side)? of) (?P<rest>.+)$",
    re.IGNORECASE,
)
_BORDER = re.compile(
    r"^.*\b(?:border|frontier|line of control|loc|ib|durand line|(?:front|contact|ceasefire|blue|"
    r"green|demarcation) ?line|buffer zone)\b(?: (?:area|areas|region|crossing|fence|post))?"
    r" (?:near|at|in|close to|by|along|with) (?:the )?(?P<rest>.+)$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:(?:in|at|inside|within|from|on|the|a|an|somewhere|deep|it) )+", re.I)
_JOIN = re.compile(
    r"\s*[,;]\s*(?:(?:in|of|near) (?:the )?)?|\s+(?P<near>near|close to|outside|along|off)\s+"
    r"(?:the )?|\s+(?:in|inside|within|of|at|under|from|and in)\s+(?:the )?"
)
_POSSESSIVE = re.compile(r"^(?P<owner>.+?)(?:['’]s|s['’]) (?P<owned>.+)$")
_ADJECTIVE = re.compile(
    r"^(?:(?:the|restive|troubled|volatile|remote|rural|mountainous|neighbou?ring|border|nearby|"
    r"unnamed|unknown|unidentified|small|several|various|some|forested|"
    r"tribal|provincial|capital|coastal|far|outer|inner|greater|mainly|northern|southern|eastern|"
    r"western|central|north[ -]?eastern|north[ -]?western|south[ -]?eastern|south[ -]?western|"
    r"north[ -]?east|north[ -]?west|south[ -]?east|south[ -]?west) )+",
    re.IGNORECASE,
)
_TOWN_WORDS = word_set(
    "town city village hamlet settlement bourg ville ciudad pueblo capital metropolis"
)
_BROAD_WORDS = word_set(
    "area areas region sector valley hills hill mountains mountain range pass forest jungle"
    " desert suburb suburbs outskirts locality river lake dam island coast border field zone"
    " front frontline countryside plain plateau basin"
)
_SITE_WORDS = word_set(
    "road street drive lane roundabout highway bridge bazaar market mosque church temple school"
    " university college hospital airport airbase base camp checkpoint checkpost post station"
    " junction crossing neighbourhood neighborhood quarter colony chowk square mine port prison"
    " court cantonment ward estate stadium avenue cemetery hotel restaurant shrine madrassa"
    " seminary compound barracks favela slum"
)
_PART_WORDS = _BROAD_WORDS | _SITE_WORDS
_TRIBAL = re.compile(
    r" (?:tribal|border|administrative|autonomous|frontier|refugee|idp|military|army|naval|air"
    r"|police|international|industrial)$",
    re.IGNORECASE,
)
_DEMONYM = re.compile(r"(?:i|an|ese|ish|ino|ine|ch|be|é)$")
_OF = re.compile(
    r"^(?P<before>[^,]*?\b)??(?P<word>[\w]+)(?: (?:of|de|du|del|des) | d['’])(?P<rest>.+)$"
)
_GENERIC = _TOWN_WORDS | _PART_WORDS | frozenset(SUFFIX_WORDS)
_DIVISION_WORDS = SUFFIX_WORDS | PREFIX_WORDS


def parse(text: str, known: Callable[[str], bool]) -> Phrase:
    """Take a phrase apart.

    Parameters
    ----------
    text
        The phrase as a report or an analyst writes it.
    known
        Whether a name stands in the gazetteer, so that "Port of Spain" stays whole.
    """
    text = _CONVERSION.sub(" ", text[:MAX_LENGTH]).replace("(", ", ").replace(")", " ")
    text = " ".join(text.split()).strip(" .,;:")
    if known(text):
        return Phrase(main=_with_kinds(text))
    for reader in (_read_offset, _read_between, _read_road, _read_border, _read_near):
        phrase = reader(text, known)
        if phrase is not None:
            return phrase
    stripped = _LEAD.sub("", text)
    if stripped and stripped != text:
        return parse(stripped, known)
    return _read_plain(text, known)


def _read_offset(text: str, known: Callable[[str], bool]) -> Phrase | None:
    match = _OFFSET.match(text)
    if not match:
        return None
    told = match["number"].lower()
    number = float(_NUMBERS.get(told) or told.replace(",", "."))
    km = number * MILE_KM if match["unit"].lower().startswith("mi") else number
    direction = re.sub(r"[ -]|ern$", "", (match["direction"] or "").lower())
    inner = _read_plain(_LEAD.sub("", match["rest"]), known)
    return replace(inner, relation=Relation.OFFSET, distance_km=km, bearing=BEARINGS.get(direction))


def _read_between(text: str, known: Callable[[str], bool]) -> Phrase | None:
    match = _BETWEEN.match(text)
    return _ends(match["a"], match["b"], match["rest"] or "", known) if match else None


def _read_road(text: str, known: Callable[[str], bool]) -> Phrase | None:
    match = _ROAD.match(_LEAD.sub("", text))
    if not match or not (known(match["a"]) and known(match["b"])):
        return None
    rest = match["rest"].strip(" ,")
    near = re.match(r"(?:near|in|at|outside|around|close to) (.+)$", rest, re.IGNORECASE)
    if near:
        return replace(_read_plain(near[1], known), relation=Relation.NEAR)
    return _ends(match["a"], match["b"], rest, known)


def _ends(a: str, b: str, rest: str, known: Callable[[str], bool]) -> Phrase:
    tail = _read_plain(f"{b}, {rest.strip(' ,')}".strip(" ,"), known)
    return replace(
        tail,
        main=_segment(_LEAD.sub("", a)),
        relation=Relation.BETWEEN,
        other_end=tail.main.name,
    )


def _read_border(text: str, known: Callable[[str], bool]) -> Phrase | None:
    match = _BORDER.match(text)
    return replace(_read_plain(match["rest"], known), relation=Relation.NEAR) if match else None


def _read_near(text: str, known: Callable[[str], bool]) -> Phrase | None:
    match = _NEAR.match(text)
    if not match:
        return None
    inner = parse(match["rest"], known)
    return replace(inner, relation=Relation.NEAR) if inner.relation is Relation.AT else inner


def _read_plain(text: str, known: Callable[[str], bool]) -> Phrase:
    """Read a phrase without a relation in front: a name and what contains it."""
    inner = _kind_first(text, known)
    if inner is not None:
        return inner
    pieces = _split(text, known)
    main, containers = pieces[0], tuple(pieces[1:])
    owned = _POSSESSIVE.match(main.full)
    if owned and not known(main.full):
        containers = (_segment(owned["owner"], known), *containers)
        main = replace(_segment(owned["owned"], known), in_town=True)
    relation = Relation.NEAR if main.near else Relation.AT  # "checkpoint near Razmak"
    if main.part in {"outskirts", "suburbs", "suburb", "border"}:
        relation = Relation.NEAR
    return Phrase(main=main, containers=containers, relation=relation)


def _is_demonym(words: str) -> bool:
    """Whether the words before "city of X" only say whose it is: "Pakistani", "Iraqi"."""
    return bool(_DEMONYM.search(words)) or words.islower()


def _kind_first(text: str, known: Callable[[str], bool]) -> Phrase | None:
    """Read "(southern) city of X", "district of X": the kind stands before the name."""
    match = _OF.match(text)
    if not match:
        return None
    word = fold(match["word"])
    before = _ADJECTIVE.sub("", match["before"] or "").strip()
    kinds = (KIND_SETTLEMENT,) if word in _TOWN_WORDS else _DIVISION_WORDS.get(word)
    if kinds is None or known(text) or (before and (known(before) or not _is_demonym(before))):
        return None
    inner = _read_plain(match["rest"], known)
    return replace(inner, main=replace(inner.main, kinds=kinds))


def _split(text: str, known: Callable[[str], bool]) -> list[Segment]:
    """Cut a phrase at commas and at "in", "of", "near", but never inside a known name."""
    pieces: list[Segment] = []
    start, near = 0, False
    for match in _JOIN.finditer(text):
        if known(text[start:]):
            break
        head = text[start : match.start()].strip()
        if head:
            pieces.append(replace(_segment(head, known), near=near))
        near = bool(match["near"])
        start = match.end()
    if text[start:].strip():
        pieces.append(replace(_segment(text[start:].strip(), known), near=near))
    named = [piece for piece in pieces if fold(piece.full) not in _GENERIC]
    return named or [Segment(full=text, name=text)]


def _segment(text: str, known: Callable[[str], bool] | None = None) -> Segment:
    """Read one name: take off adjectives and the words that say what it is."""
    if known is None:
        return _with_kinds(_ADJECTIVE.sub("", text) or text)
    if known(text):
        return _with_kinds(text)
    inner = _kind_first(text, known)
    if inner is not None:
        return inner.main
    return _with_kinds(_ADJECTIVE.sub("", text) or text)


def _with_kinds(text: str) -> Segment:
    words = text.split()
    last = division_word(fold(words[-1])) if words else ""
    rest = _TRIBAL.sub("", " ".join(words[:-1]))
    if len(words) < 2 or fold(rest) in NOT_ALONE:
        return Segment(full=text, name=text)
    if last in _TOWN_WORDS:
        return Segment(full=text, name=rest, kinds=(KIND_SETTLEMENT,))
    if last in SUFFIX_WORDS and last not in {"region", "zone"}:
        return Segment(full=text, name=rest, kinds=SUFFIX_WORDS[last], part=last)
    if last in _PART_WORDS:
        kinds = SUFFIX_WORDS.get(last, ())
        in_town = last in _SITE_WORDS
        return Segment(full=text, name=rest, kinds=kinds, part=last, in_town=in_town)
    first = fold(words[0])
    if first in PREFIX_WORDS:
        skip = 2 if len(words) > 2 and fold(words[1]) in LINKING_WORDS else 1
        return Segment(full=text, name=" ".join(words[skip:]), kinds=PREFIX_WORDS[first])
    return Segment(full=text, name=text)
