"""Groups of people in a clause: how many, of which status, and where the words stand."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.extract._word_pattern import Matcher, WordPattern
from ingest.extract.lexicon import Lexicon
from ingest.extract.numbers import Quantity, find_quantities
from ingest.extract.people_open import find_open

UNKNOWN = "unknown"
MAX_AGE = 110


@dataclass(frozen=True, slots=True)
class People:
    """A noun phrase for people at offsets into the text read.

    `count` is None for a bare plural ("militants"); `definite` marks people already spoken of
    ("the constable"); `more` marks people added to those before ("five others").
    """

    start: int
    end: int
    head: str
    status: str
    count: Quantity | None
    definite: bool = False
    more: bool = False


@lru_cache
def _heads(lexicon: Lexicon) -> tuple[WordPattern, dict[str, str]]:
    """One pattern for every noun and its plural, and the status of each."""
    status_of: dict[str, str] = {}
    for status, nouns in lexicon.table("people.status").items():
        for noun in nouns:
            status_of.setdefault(noun.lower(), status)
            status_of.setdefault(_plural(noun.lower()), status)
    options = sorted(status_of, key=len, reverse=True)
    return WordPattern(_any_of(options), _matcher(options)), status_of


def _any_of(nouns: Sequence[str]) -> re.Pattern[str]:
    options = "|".join(re.escape(noun).replace(r"\ ", r"\s+") for noun in nouns)
    return re.compile(rf"(?<![\w-])(?:{options})(?![\w-])", re.IGNORECASE)


def _matcher(nouns: Sequence[str]) -> Matcher:
    """Match a noun by trying those alone whose first word stands there: one or two of hundreds."""
    of_word: dict[str, list[str]] = {}
    for noun in nouns:
        of_word.setdefault(re.split(r"\W", noun, maxsplit=1)[0], []).append(noun)
    patterns = lru_cache(maxsize=None)(lambda word: _any_of(of_word[word]))

    def match(text: str, at: int = 0, end: int = sys.maxsize, /) -> re.Match[str] | None:
        word = _FIRST.match(text, at, end)
        key = word[0].lower() if word else ""
        return patterns(key).match(text, at, end) if key in of_word else None

    return match


_FIRST = re.compile(r"\w*")


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "ch", "sh")) else "s")


_WORD = re.compile(r"[^\W_][\w’'.&-]*|[^\w\s]")
_NAMED = re.compile(
    r"(?<![\w-])(?:[^\W\d_a-z][^\W\d_A-Z]+\.?\s+){1,4}(?:(?:ul|al|bin|de|la|van|del|dos|da)[ -])?"
    r"[^\W\d_a-z][^\W\d_A-Z'’-]+(?:,? (?:alias|aka) [A-Z]\w+)?(?![\w-])"
)


def find_people(
    text: str, lexicon: Lexicon, named: Sequence[tuple[int, int, str]] = ()
) -> list[People]:
    """Noun phrases for people, left to right, not overlapping.

    `named` are further nouns at offsets, with their status: "Taliban" in "nine Taliban".
    """
    quantities = find_quantities(text, lexicon)
    pattern, status_of = _heads(lexicon)
    nouns = [
        (m.start(), m.end(), status_of[re.sub(r"\s+", " ", m.group().lower())])
        for m in pattern.finditer(text)
    ]
    nouns += [
        n
        for n in named
        if text[n[0] : n[1]].strip() and not any(a < n[1] and n[0] < b for a, b, _ in nouns)
    ]
    found: list[People] = []
    for start, end, status in sorted(nouns):
        gap = text[found[-1].end : start] if found else "."
        joined = re.fullmatch(r"[\s-]*", gap) or (_OF_THE.fullmatch(gap) and _members(found[-1]))
        if joined:
            found[-1] = _merged(found[-1], end, text[start:end].lower(), status)
        else:
            found.append(_phrase(text, start, end, status, quantities, lexicon))
    found = [_with_owner(text, _pair(p), quantities) for p in found]
    found.extend(_bare(text, quantities, found, lexicon))
    found = [_widened(text, p, lexicon) for p in sorted(found, key=lambda p: (p.start, -p.end))]
    found = _apart(list(_owners(text, found)))
    found.extend(_open_people(text, [(p.start, p.end) for p in found], lexicon))
    return _apart(sorted(found, key=lambda p: (p.start, -p.end)))


def _owners(text: str, found: Sequence[People]) -> Iterator[People]:
    """Those who are somebody's, for both: "a driver's two assistants" are two."""
    at = {p.start: p for p in found}
    for p in found:
        owner = _OWNS.match(text, p.end)
        if owner and owner.end() in at:
            at[owner.end()] = replace(at[owner.end()], start=p.start)
        elif not (owner and text[owner.end() : owner.end() + 1].islower()):
            yield at[p.start]


_OWNS = re.compile(r"['’]s?\s+")


def _pair(people: People) -> People:
    """A couple and twins are two."""
    count = people.count
    if count is None or count.best != 1 or not people.head.endswith(("couple", "twins")):
        return people
    return replace(people, count=replace(count, low=2, best=2, high=2))


def _open_people(text: str, taken: Sequence[tuple[int, int]], lexicon: Lexicon) -> Iterator[People]:
    for start, end, definite in find_open(text, taken, lexicon):
        head = text[start:end].rsplit(maxsplit=1)[-1].lower()
        yield People(start, end, head, UNKNOWN, Quantity(start, end, 1, 1, 1), definite)


def find_named(text: str) -> list[People]:
    """People given by name alone ("Qari Sanaullah"): candidates, right only as victims."""
    return [
        People(m.start(), m.end(), m.group(), UNKNOWN, Quantity(m.start(), m.end(), 1, 1, 1))
        for m in _NAMED.finditer(text)
    ]


_OF_THE = re.compile(r"\s+of\s+(?:the\s+|its\s+|their\s+)?")


def _members(people: People) -> bool:
    return people.head.rsplit(maxsplit=1)[-1] in ("member", "members", "personnel")


def _merged(left: People, end: int, head: str, status: str) -> People:
    """Two nouns side by side are one phrase: the last one is the head ("police officers")."""
    keep = left.status if status in (UNKNOWN, "civilians") and left.status != UNKNOWN else status
    if head.startswith(("driver", "offic", "worker")) and left.status == "security_forces":
        keep = left.status
    return replace(left, end=end, head=f"{left.head} {head}", status=keep)


def _phrase(
    text: str, start: int, end: int, status: str, quantities: Sequence[Quantity], lexicon: Lexicon
) -> People:
    """Walk left from the noun over its modifiers to a count or a determiner."""
    stops = lexicon.words("cues.stop_words")
    head = text[start:end].lower()
    begin = start
    words = list(_WORD.finditer(text, max(0, start - 90), start))
    for word in reversed(words[-7:]):
        spelling = word.group().lower()
        count = next((q for q in quantities if q.start < word.end() <= q.end), None)
        if count is not None:
            return _counted(text, People(count.start, end, head, status, count), lexicon)
        if spelling in lexicon.words("cues.determiners"):
            one = spelling in ("a", "an", "another", "one")
            owned = spelling in lexicon.words("cues.possessives")
            single = not _looks_plural(head)
            count = Quantity(word.start(), end, 1, 1, 1) if one or single else None
            definite = not one and not owned
            return People(word.start(), end, head, status, count, definite, spelling == "another")
        if spelling in "'\"‘’“”":
            continue
        if not spelling[0].isalnum() or (spelling in stops and not word.group().isupper()):
            break
        begin = word.start()
    bare_one = not _looks_plural(head) and (status != UNKNOWN or not text[:begin].strip())
    start = begin if bare_one else start
    return People(start, end, head, status, Quantity(start, end, 1, 1, 1) if bare_one else None)


def _counted(text: str, people: People, lexicon: Lexicon) -> People:
    before = text[max(0, people.start - 12) : people.start].lower()
    definite = bool(re.search(r"\b(?:the|all|these|those)\s+$", before))
    more = bool(lexicon.pattern("casualties.parts.more").search(text[people.start : people.end]))
    return replace(people, definite=definite, more=more)


def _looks_plural(head: str) -> bool:
    last = head.rsplit(maxsplit=1)[-1]
    plural = last.endswith("s") and not last.endswith("ss")
    return plural or last in (
        "people", "men", "women", "children", "troops", "personnel", "police", "dead", "wounded",
        "injured", "policemen", "gunmen", "forces", "tribesmen", "fishermen", "staff", "lives",
    ) or last.endswith("men")  # fmt: skip


def _with_owner(text: str, people: People, quantities: Sequence[Quantity]) -> People:
    """Take in the count of "four of the attackers", "dozens of people"."""
    if people.count is not None and not people.definite:
        return people
    for q in quantities:
        if q.end <= people.start and _OF_MORE.fullmatch(text, q.end, people.start):
            return replace(people, start=q.start, count=q, definite=False)
    return people


_OF_MORE = re.compile(
    r"\s+of\s+(?:the |these |those |its |their |his |her |our )?(?:[\w’'-]+\s+){0,3}"
)

_ANOTHER = re.compile(
    r"\b(?:another|a (?:second|third|fourth|fifth))"
    r"(?=\s*(?:[,.;]|$|(?:in|on|at|when|was|were|and|has|had|lost|died|dies|survived|sustained|suffered|"
    r"received|escaped|fell|succumbed|is|lies|injured|wounded)\b))"
)


_OF_SUCH = re.compile(
    r"^\s+of\s+(?:the\s+)?(?:(?:\d+|[a-z]+|[A-Z]\w+)\s+){0,3}?"
    r"(?=(?:drones|missiles|rockets|shells|vehicles|houses|UAVs|trucks|cars|homes|bombs)\b)"
)
_NATION = re.compile(r"\s+(?:[a-z]+\s+)?[A-Z][a-z]+(?:is|ans|ese|ims|ias|ites|dus|ews|rds|abs)\b")
_FOREIGN = re.compile(
    r"\s+(?!(?:dead|hurt|more|others?|men|in|at|on|of|or|to|by|as|who|lay|also|later|have|had|was|were|are|is|"
    r"miss\w+|said|say|went|came|will|times?|lives|deaths|bodies|lie|fell|lost|then|so|still)\b)"
    r"[a-z][a-z’-]*[^\W\dsd](?=\s+and\s+(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|at)\b)"
)
"""A people's own word for its men, in a list: "seventeen dahalo and two gendarmes"."""
_MORE = re.compile(r"\s+more\b(?!\s+than)")


def _is_age(text: str, q: Quantity) -> bool:
    """ "José Pérez, 54, was shot", "aged 24 and 31": how old somebody is; or a day of a month."""
    if q.best > MAX_AGE:
        return False
    before = text[max(0, q.start - 30) : q.start]
    if _DAY_OF_MONTH.search(before):
        return True
    if _AGED.search(before):
        return True
    if not text[q.start : q.end].isdigit():
        return False
    alone = re.match(r"\s*(?:[,.;)]|$|years?\b)", text[q.end : q.end + 8])
    return bool(alone and re.search(r"[^\W\d_]\s*[,(]\s*$", before))


_DAY_OF_MONTH = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\w*\.?\s+$|\bMay\s+$"
)
"""What stands behind the name of a month is a day."""

_AGED = re.compile(
    r"\b(?:boy|girl|man|woman|child|youth|son|daughter|baby|teenager|pensioner|toddler|infant)"
    r" of\s+$"
    r"|\baged\s+(?:(?:about|between)\s+)?(?:\d+\s*(?:,|and|or|to)\s*)*$"
)


def _widened(text: str, people: People, lexicon: Lexicon) -> People:
    """Take in the plural noun that a count or a first noun belongs to: "three tea sellers"."""
    if people.count is None or people.count.best < 2 or _looks_plural(people.head or "x"):
        return people
    found = _PLURAL_AHEAD.match(text, people.end)
    if found is None or lexicon.pattern("people.open.no_plural").search(found[1]):
        return people
    return replace(people, end=found.end(1), head=found[1].lower())


_PLURAL_AHEAD = re.compile(
    r"\s+((?:[a-z][\w’'-]*\s+){0,2}?[a-z][\w’'-]*(?:[^s\W]s|men|women|people))"
    r"(?=\s*(?:$|[,.;()]|(?:and|or|were|was|have|had|are|who|by|in|at|on|from|as|when|after|near|with)\b))"
)


def _bare(
    text: str, quantities: Sequence[Quantity], found: Sequence[People], lexicon: Lexicon
) -> list[People]:
    """Counts that stand for people by themselves: "wounding 17", "six were wounded"."""
    out = [
        People(m.start(), m.end(), "", UNKNOWN, Quantity(m.start(), m.end(), 1, 1, 1), more=True)
        for m in _ANOTHER.finditer(text)
        if not any(p.start < m.end() and m.start() < p.end for p in found)
    ]
    units = lexicon.pattern("cues.not_people")
    for q in quantities:
        if any(p.start < q.end and q.start < p.end for p in found):
            continue
        after = _OF_SUCH.sub("", text[q.end :]).lstrip(" -")
        if units.match(after) or _is_age(text, q):
            continue
        nation = _NATION.match(text, q.end)
        more = _MORE.match(text, q.end)
        nation = nation or (_FOREIGN.match(text, q.end) if q.best > 1 else None)
        behind = nation or more
        end = behind.end() if behind else q.end
        head = nation.group().strip().lower() if nation else ""
        out.append(People(q.start, end, head, UNKNOWN, q, more=more is not None))
    return out


def _apart(found: list[People]) -> list[People]:
    out: list[People] = []
    for people in found:
        if not out or people.start >= out[-1].end:
            out.append(people)
    return out
