"""Place phrases: names after words of place, with the districts and countries that hold them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.extract._word_pattern import part_of
from ingest.extract.demonyms import is_demonym
from ingest.extract.lexicon import Lexicon

_CAPITAL = r"[A-Z\u00c0-\u00de][\w’'\u2019-]*"
_NAME = re.compile(
    r"(?<![\w-])(?:(?:al|el|as|ar|an|ad|az|ash|at)-)?"
    rf"(?:(?:[A-Z]\.){{1,3}}\s?)?{_CAPITAL}"
    r"(?:[ –-](?:(?:de|del|la|las|los|el|e|i|do|da|dos|du|sur|al|ul|of the)[ -])?"
    rf"(?:(?:al|el|ez|es|ash|as|az|ar|an|ad|at|ul|ur)-)?{_CAPITAL})*"
)
CountryOf = Callable[[str], str | None]
MAX_NAME_WORDS = 5


@dataclass(frozen=True, slots=True)
class NamePart:
    """One name of a place phrase: its words, its kind ("district" …), where it stands."""

    start: int
    end: int
    name: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """A place as written: offsets of the whole phrase, its name, what holds it.

    `near` says that the place lies by the name rather than in it; `offset` keeps words such as
    "30 km south of" that stand before the name. `excluded` marks a place that is only spoken
    of: where a speaker sat, where the injured were taken.
    """

    start: int
    end: int
    head: NamePart
    parents: tuple[NamePart, ...] = ()
    near: bool = False
    offset: str = ""
    excluded: bool = False
    weak: bool = False  # where people come from: the place only if there is no other
    country: str | None = field(default=None)
    bare: bool = False  # excluded only because no word of place leads to it

    @property
    def query(self) -> str:
        """The words to look up: name with its kind, and how far from it."""
        kind = f" {self.head.kind}" if self.head.kind in ("district", "province") else ""
        if self.offset:
            return f"{self.offset} {self.head.name}{kind}"
        return f"near {self.head.name}{kind}" if self.near else f"{self.head.name}{kind}"


def find_places(
    text: str,
    lexicon: Lexicon,
    *,
    blocked: Sequence[tuple[int, int]] = (),
    country_of: CountryOf,
    known: frozenset[str] = frozenset(),
) -> list[PlacePhrase]:
    """Place phrases of a sentence, left to right.

    Parameters
    ----------
    blocked
        Spans that are actors, dates or people, and so no places.
    country_of
        Gives the country that a name or a demonym stands for, or None.
    known
        Names the gazetteer holds: they need no word of place before them.
    """
    parts = _parts(text, lexicon, blocked, country_of, known)
    phrases: list[PlacePhrase] = []
    i = 0
    while i < len(parts):
        chain = [parts[i]]
        while i + 1 < len(parts) and _linked(text, chain[-1], parts[i + 1], lexicon):
            if country_of(chain[-1].name) and not _divided(text, parts[i + 1]):
                break  # "in Torit, Sudan, Lou Nuer tribesmen": nothing holds a country
            i += 1
            chain.append(parts[i])
        i += 1
        phrase = None
        while chain and phrase is None:  # "Meanwhile, in Yangon's …": the first word is no place
            phrase = _phrase(text, _owned_first(text, chain, lexicon), lexicon, country_of, known)
            chain = chain[1:]
        if phrase is not None:
            phrases.append(phrase)
    return phrases


def _divided(text: str, part: NamePart) -> bool:
    """Whether a name behind a country is a place of its own kind: "in Pakistan's Hub town"."""
    before = text[max(0, part.start - 12) : part.start]
    return part.kind is not None or bool(re.search(r"['’]s\s+$|\b(?:in|of|at|near)\s+$", before))


def _owned_first(text: str, chain: list[NamePart], lexicon: Lexicon) -> list[NamePart]:
    """Narrow before wide: what a name owns lies in it ("Yangon's Hlaingthaya")."""
    out: list[NamePart] = []
    at = 0
    for left, right in zip(chain, [*chain[1:], None], strict=True):
        out.insert(at, left)
        owned = right is not None and (
            re.match(r"s?['’]s?\s", text[left.end : right.start])
            or _is_wider(text, left, right, lexicon)
        )
        at = at if owned else len(out)
    return out


def _is_wider(text: str, left: NamePart, right: NamePart, lexicon: Lexicon) -> bool:
    """Whether the second name is a part of the first: "the Beni Suef town of Al-Wasta", but not
    "the Old Mill quarter of Beni Suef"."""
    called = left.kind == "settlement" and left.end - left.start > len(left.name)
    if not called or not re.fullmatch(r"\s+of\s+", text[left.end : right.start]):
        return False
    quarter = lexicon.pattern("places.quarter.words")
    return quarter.search(text, left.start + len(left.name), right.start) is None


def _parts(
    text: str,
    lexicon: Lexicon,
    blocked: Sequence[tuple[int, int]],
    country_of: CountryOf,
    known: frozenset[str],
) -> list[NamePart]:
    out = []
    for begin, stop in _names(text, known, country_of):
        start, end = _trim(text, begin, stop, lexicon, country_of, known)
        if end <= start or any(a < end and start < b for a, b in blocked):
            continue
        name = text[start:end]
        long = len(name.split()) > MAX_NAME_WORDS
        if long or name in _no_names(lexicon) or _NO_PLACE.search(name):
            continue
        if _SAYS.match(text, end) or _COMPOUND.search(name):
            continue
        if is_demonym(name) or (name.isupper() and len(name) <= 5 and name not in known):
            continue
        out.append(_typed(text, start, end, lexicon))
    return out


_OWNER = re.compile(r"['’]s\s+(?=[^\W\d_a-z])|s['’]\s+(?=[^\W\d_a-z])")


def _names(text: str, known: frozenset[str], country_of: CountryOf) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words; "Yangon's Hlaingthaya" is two, "Cox's Bazar" one."""
    for m in _NAME.finditer(text):
        start = m.start()
        for owner in _OWNER.finditer(text, m.start(), m.end()):
            run, at = text[start : m.end()], owner.start() - start
            if country_of(run[:at]) or any(_spans(run, name, at) for name in known):
                continue
            yield start, owner.start() + (owner.group()[0] == "s")
            start = owner.end()
        yield start, m.end()


def _spans(text: str, name: str, at: int) -> bool:
    """Whether a known name lies over an offset of a text."""
    found = text.find(name)
    return 0 <= found < at < found + len(name)


_SAYS = re.compile(r",?\s+(?:said|told|added|says|confirmed|announced|claimed)\b")
_NO_PLACE = re.compile(
    r"\b(?:Battalion|Brigade|Regiment|Rifles|Command|Corps|Army|Forces?|Front|Union|League|"
    r"Movement|Agency|Observatory|Organi[sz]ation|Network|Group|Cartel|Militia|Federation|Court|"
    r"Congress|Parliament|Cup|FC|United|Express|Airlines|Airways|Mail|Bank|Party|Committee|"
    r"Council|Ministry|Company|Corporation|Association|Foundation|University Press|"
    r"Post|Times|Tribune|News)$"
)
_COMPOUND = re.compile(
    r"-(?:bound|based|born|backed|held|style|led|linked|registered|trained|administered|controlled|"
    r"origin|era|wide)$"
)
_OWNED = re.compile(r"['’]s$")
_OWNING = re.compile(r"['’]s?$")
_NO_BLANK = re.compile(r"\S+")


@lru_cache(maxsize=8)
def _no_names(lexicon: Lexicon) -> frozenset[str]:
    """Words with a capital that are no names of places."""
    return frozenset(lexicon.table("places.excluded.names"))


_JOINTS = frozenset({"of", "the", "de", "del", "du"})
_KIND_WORDS = {"State", "Province", "District", "City"}


def _trim(
    text: str, start: int, end: int, lexicon: Lexicon, country_of: CountryOf, known: frozenset[str]
) -> tuple[int, int]:
    """Drop words at both ends that belong to no name: "The", "Pakistan's", weekdays."""
    skip = _no_names(lexicon)
    words = [w.span() for w in _NO_BLANK.finditer(text, start, end)]
    while words and (len(words) < 2 or text[words[0][0] : end] not in known):  # "May Pen"
        a, b = words[0]
        word = text[a:b]
        owner = _OWNED.sub("", word)
        owned = word != owner and country_of(owner) is not None
        demonym = len(words) > 1 and (owned or is_demonym(owner))
        compass = len(words) > 1 and word in ("Eastern", "Western", "Northern", "Southern")
        joint = word.islower() and word in _JOINTS
        if (word in skip and not compass) or demonym or joint:
            words.pop(0)
            continue
        break
    while words:
        last = text[words[-1][0] : words[-1][1]].rstrip(".")
        if last not in skip or last in _KIND_WORDS:
            break
        words.pop()
    if not words:
        return start, start
    a, b = words[0][0], words[-1][1]
    b -= len(text[a:b]) - len(_OWNING.sub("", text[a:b]))
    return a, b


def _after_title(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Where a name begins behind what it is called: "Barangay Happy Valley"."""
    title = lexicon.pattern("places.title.words", case=True).match(text, start, end)
    gap = re.match(r"\.?\s+(?=[^\W\d_a-z])", text[title.end() : end]) if title else None
    return title.end() + gap.end() if title and gap else start


def _typed(text: str, start: int, end: int, lexicon: Lexicon) -> NamePart:
    """Find the kind beside a name: "X district", "the district of X", "X Local Government Area"."""
    start = _after_title(text, start, end, lexicon)
    name = text[start:end]
    for kind in () if name.isalpha() else ("district", "province"):  # in more than one word
        pattern = lexicon.pattern(f"places.kinds.{kind}")
        inside = [m for m in pattern.finditer(name) if m.end() == len(name) and m.start() > 0]
        if inside:
            bare = name[: inside[0].start()].rstrip()
            return NamePart(start, end, bare, kind)
    owned = text[max(0, start - 40) : start].rstrip().endswith(("of", "the"))
    followed = text[end : end + 1] == " "
    for kind in ("district", "province", "settlement", "site", "area") if followed or owned else ():
        pattern = lexicon.pattern(f"places.kinds.{kind}")
        after = pattern.match(text, end + 1) if followed else None
        if after:
            return NamePart(start, after.end(), name, kind)
        before = list(pattern.finditer(text, max(0, start - 40), start)) if owned else []
        if before and re.fullmatch(r"\s+of\s+(?:the\s+)?", text[before[-1].end() : start]):
            return NamePart(start, end, name, kind)
    return NamePart(start, end, name, None)


_BRACKET = re.compile(r"\s*\(\s*(?:in\s+)?")
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$")
_PARTED = re.compile(r"[.;:()\"“”]")
_HELD = re.compile(r"\s*,|\s+(?:in|of|on|at|near)\s|['’]s\s")
_PART_OF = re.compile(  # ", in the far north of": inside, not away from
    r"\s*,?\s+in\s+the\s+(?:\w+\s+)?(?:north|south|east|west)[\w-]*\s+of\s+(?:the\s+)?"
)
_WORD = re.compile(r"[\w’'-]+")
_WORD_OR_MARK = re.compile(r"[\w’'-]+|[^\w\s]")


def _linked(text: str, left: NamePart, right: NamePart, lexicon: Lexicon) -> bool:
    gap = text[left.end : right.start]
    if _BRACKET.fullmatch(gap):
        return True
    if gap.strip() == "and" and _BETWEEN.search(text[: left.start]):
        return True
    if len(gap) > 70 or _PARTED.search(gap.replace("'s", "")) or not _HELD.match(gap):
        return False
    measured = _MEASURE.search(gap) and not _PART_OF.fullmatch(gap)
    if measured and lexicon.pattern("places.offset.cues").search(gap):
        return False
    words = _WORD.findall(re.sub(r"^['’]s", "", gap))
    return all(w.lower() in lexicon.words("places.link.words") or w[0].isupper() for w in words)


def _phrase(
    text: str,
    chain: list[NamePart],
    lexicon: Lexicon,
    country_of: CountryOf,
    known: frozenset[str],
) -> PlacePhrase | None:
    head = chain[0]
    before = part_of(text, max(0, head.start - 80), head.start)
    lead = _lead(before, lexicon)
    if head.kind is None and head.name not in known and (lead is None or _no_place(before)):
        return None
    owns = "its_force" if country_of(head.name) else "its_people"
    at, titled = head.start + len(head.name), lexicon.pattern("places.told.titled")
    if titled.match(head.name) or lexicon.pattern(f"places.told.{owns}").match(text[at : at + 60]):
        return None  # "Minister Koné", "inside the US base at Taji", "the Sikin clan"
    offset, near = _offset(before, lexicon)
    country = next((c for p in reversed(chain) if not p.kind and (c := country_of(p.name))), None)
    start = head.start - len(lead or "")
    spoken_of = _excluded(before, lexicon, "before")
    spoken_of = spoken_of or ((lead or "").strip() == "from" and country_of(head.name) is not None)
    bare = not spoken_of and lead is None and head.kind is None
    weak = _excluded(before, lexicon, "weak")
    return PlacePhrase(
        start,
        max(p.end for p in chain),
        head,
        tuple(chain[1:]),
        near,
        offset,
        spoken_of or bare,
        weak,
        country,
        bare,
    )


def _no_place(before: str) -> bool:
    """Whether an unknown name is who was shot at, or a thing: "fired on X", "struck an X"."""
    return bool(_SHOT_AT.search(before))


_SHOT_AT = re.compile(
    r"\b(?:fir(?:e|ed|ing|es)(?: shots?)?|shots?|gunshots|attack(?:ed|s)?|attempt|bullets) "
    r"(?:on|at|upon|into|against)\s+(?:the\s+)?$|\ban?\s+$|\b(?:funeral|home|house|office|car|"
    r"vehicle|residence|body|convoy|murder|killing|assassination|death|arrest|wedding) of\s+$",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\b(capital|city|town|village|port|district|suburb),(?=\s*$)")


def _lead(before: str, lexicon: Lexicon) -> str | None:
    """The longest run of words of place that leads to a name: "on the outskirts of ", or None."""
    lead: str | None = None
    for found in reversed(list(lexicon.pattern("places.prepositions.words").finditer(before))):
        gap = re.sub(r"['’]s", "", _CALLED.sub(r"\1", before[found.end() :]))
        words = _WORD_OR_MARK.findall(gap)
        if not all(
            w.lower() in lexicon.words("places.link.words") or w[0].isupper() for w in words
        ):
            break
        lead = before[found.start() :]
    return (
        re.sub(r"^off\s+(?=(?:in|at|near|on|outside|along|inside)\b)", "", lead) if lead else lead
    )


_MEASURE = re.compile(r"km|kilomet|mile|met(?:er|re)|th of|st of|between", re.IGNORECASE)
"""What each of `places.offset.cues` holds, which is slow to seek: it may begin with any word."""


def _offset(before: str, lexicon: Lexicon) -> tuple[str, bool]:
    measured = _MEASURE.search(before)
    cue = list(lexicon.pattern("places.offset.cues").finditer(before)) if measured else []
    if cue and cue[-1].group() != "between":
        rest = before[cue[-1].end() :].strip()
        if not rest or all(w in lexicon.words("places.link.words") for w in rest.split()):
            return re.sub(r"\s+", " ", before[cue[-1].start() :]).strip(), True
    near = list(lexicon.pattern("places.near.before").finditer(before))
    if near:
        words = _WORD_OR_MARK.findall(before[near[-1].end() :])
        linked = all(w.lower() in lexicon.words("places.link.words") for w in words)
        return "", linked and not {"in", "at"} & set(words)
    return "", False


_HOSPITAL = re.compile(r"hospitals?|clinic|courts?", re.IGNORECASE)


def _excluded(before: str, lexicon: Lexicon, which: str) -> bool:
    found = list(lexicon.pattern(f"places.excluded.{which}").finditer(before))
    if not found:
        return False
    if _HOSPITAL.match(found[-1].group()) and lexicon.pattern(
        "places.excluded.struck", whole=False
    ).search(before[: found[-1].start()]):
        return False
    rest = _WORD_OR_MARK.findall(re.sub(r"['’]s", "", before[found[-1].end() :]))
    linked = lexicon.words("places.link.words") - {"in", "at", "near", "on"}
    return all(w.lower() in linked or w[0].isupper() for w in rest)
