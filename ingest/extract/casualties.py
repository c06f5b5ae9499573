"""What a clause says of the killed and the injured: one `Toll` for each count it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.extract._word_pattern import WordPattern
from ingest.extract.lexicon import Lexicon
from ingest.extract.nounphrases import widened
from ingest.extract.people import UNKNOWN, People, find_people
from ingest.extract.victims import adjacent, list_back, listed_after, of_act, subject_of, trailing

_ACRONYM = re.compile(r"\(\s?[A-Z][A-Za-z-]{1,9}\s?\)")
_OF_AGE = re.compile(r"\s?\((?:aged?\b[^()]{0,80}|\d{1,2}|[^()]{0,30}\bresident\b[^()]{0,60})\)")
_ASIDE = re.compile(
    r"\s(?:of|aged) \d{1,2}(?=\s+(?:was|were|died|has|had|and)\b)"
    r"|(?<=[A-Za-z.]),\s\d{1,2},(?=\s+(?:was|is|has|had|died)\b)"
    r"|,\s(?:one|two|three|four|both|some|most|all) of (?:them|whom) [^,;.]{2,40},"
    r"(?=\s+(?:was|were|have|had|died|lost)\b)"
    r"|(?:(?<=mother)|(?<=father)|(?<=parent)|(?<=widow))\sof (?:\d+|[a-z]+)\b(?=\W)"
    r"|\sfrom (?:[A-Z][\w’'-]+\s?){1,3}(?=\s?(?:was|were|died|had been|have been)\b)"
    r"|\s(?:from|of) (?:one|the same|a single) (?:family|household|clan|village|town)\b"
)
"""What stands between people and the verb, and says nothing of how many they are."""
_RISEN = re.compile(
    r"\b(?:toll|tally|count|number|dead|deaths)\b[^.;]{0,160}?"
    r"\bfrom (?:at least |about |some )?(?P<before>[\w-]+)(?= to [\w-]+)"
)
"""A toll that has grown "from three to five" is no range: what it was before is left out."""
_YEARS = re.compile(r"\b(\d{1,3})[ -]years?[ -]old\b")
KINDS = ("killed", "injured")
_TOLD_BY = tuple(
    f"{kind}.{name}"
    for kind in KINDS
    for name in ("toll", "after_count", "modifier", "none", "acts", "happens", "nominal", "found",
                 "bare", "one")
    if (kind, name) != ("injured", "one")
)  # fmt: skip
"""Patterns of which one matches wherever there is a toll."""


@dataclass(frozen=True, slots=True)
class Toll:
    """One count of one kind at offsets into the text read.

    `part` marks a breakdown of a count before it; `more` marks people added to it; `definite`
    marks people already counted ("the constable died"); `total` marks a stated toll, which
    stands for all statuses together. `high` is None where it is open ("dozens").
    """

    kind: str
    start: int
    end: int
    low: int
    best: int
    high: int | None
    status: str
    head: str = ""
    part: bool = False
    more: bool = False
    definite: bool = False
    total: bool = False
    listed: bool = False  # a further member of a list: "two soldiers and a child"
    own: bool = False  # a side's own dead, told by itself ("lost three men")


@dataclass(frozen=True, slots=True)
class _Slot:
    kind: str
    start: int  # of the verb
    end: int
    people: tuple[People, ...]
    own: bool = False


def find_tolls(
    text: str, lexicon: Lexicon, named: Sequence[tuple[int, int, str]] = ()
) -> list[Toll]:
    """Counts of killed and injured people in a clause, left to right.

    `named` are spans of actors whose name alone can stand for people, with their status.
    """
    if no_tolls(text, lexicon):
        return []
    look = lexicon.first_look("casualties", _TOLD_BY)
    text = _plain(text, lexicon)
    if not text or (look.nothing(text) and not _DEAD.search(text)):
        return []
    people = widened(text, find_people(text, lexicon, named), lexicon)
    tolls: list[Toll] = []
    for kind in KINDS:
        tolls.extend(_stated(text, kind, people, lexicon))
        none = list(_none(text, kind, lexicon))
        tolls.extend(none)
        if kind == "killed":
            tolls.extend(_one_dead(text, lexicon))
        taken = [(t.start, t.end) for t in tolls if t.kind == kind]
        for slot in _slots(text, kind, people, lexicon):
            if any(t.start < slot.end and slot.start < t.end for t in none):
                continue
            for toll in _tolls_of(text, slot, lexicon):
                inside = any(a < toll.end and toll.start < b for a, b in taken)
                if not inside or toll.part:
                    tolls.append(toll)
                    taken.append((toll.start, toll.end))
    tolls = [replace(t, own=True) if _ITS_OWN.match(text, t.end) else t for t in tolls]
    return _without_repeats(sorted(_living(tolls), key=lambda t: (t.start, t.end)))


def no_tolls(text: str, lexicon: Lexicon) -> bool:
    """Whether a text is known to count no people hurt, nor any of its parts."""
    return lexicon.first_look("casualties", _TOLD_BY).nothing(text) and "dead" not in text


def unhurt(tolls: Sequence[Toll]) -> bool:
    """Whether a clause counts people only to say that nobody was hurt."""
    return bool(tolls) and not any(t.best for t in tolls)


def _plain(text: str, lexicon: Lexicon) -> str:
    """Blank out what stands between people and their verb; empty where no toll is told at all."""
    if not _hinted(text, lexicon):
        return ""
    if "(" in text:
        text = _ACRONYM.sub(lambda m: " " * len(m.group()), text)
        text = _OF_AGE.sub(lambda m: " " * len(m.group()), text)
        if not _hinted(text, lexicon):
            return ""
    if _YEARS.search(text):  # "a 14 year old boy" is one boy
        text = _YEARS.sub(lambda m: f"{m[1]}-year-old".ljust(len(m.group())), text)
    if " from " in text and (risen := _RISEN.search(text)):
        start, end = risen.span("before")
        text = text[:start] + "x" * (end - start) + text[end:]
    if _ASIDE.search(text):
        text = _ASIDE.sub(lambda m: " " * len(m.group()), text)
    return text


def _hinted(text: str, lexicon: Lexicon) -> bool:
    low = text.lower()
    return any(stem in low for stem in lexicon.words("casualties.hint.stems"))


def _living(tolls: Sequence[Toll]) -> list[Toll]:
    """Leave out the injured who died: "he was hit in the head and died"."""
    dead = [t for t in tolls if t.kind == "killed" and t.best]
    return [
        t
        for t in tolls
        if t.kind == "killed"
        or not any(d.start == t.start and d.end > t.end and d.best == t.best for d in dead)
    ]


def _without_repeats(tolls: list[Toll]) -> list[Toll]:
    out: list[Toll] = []
    for toll in tolls:
        same = [t for t in out if t.kind == toll.kind and t.start < toll.end and toll.start < t.end]
        if not same:
            out.append(toll)
    return out


def _stated(text: str, kind: str, people: Sequence[People], lexicon: Lexicon) -> Iterator[Toll]:
    """ "The toll rose to 14", "14 bodies", "nine deaths"."""
    counted = [p for p in people if p.count is not None]
    for verb in lexicon.pattern(f"casualties.{kind}.toll").finditer(text):
        after = next((p for p in counted if adjacent(text, verb.end(), p.start, lexicon)), None)
        if after is not None and after.count is not None:
            yield _toll(kind, verb.start(), after.end, after, total=True)
    nouns = lexicon.pattern(f"casualties.{kind}.after_count")
    modifier = lexicon.pattern(f"casualties.{kind}.modifier")
    for p in counted:
        if p.head and not p.definite and modifier.search(text[p.start : p.end]):
            yield _toll(kind, p.start, p.end, p, total=False)
        noun = _noun_after(nouns, text, p.end)
        whole = nouns.search(p.head) if p.head and p.status == UNKNOWN else None
        if (noun and not p.head) or (whole and whole.end() == len(p.head)):
            yield _toll(kind, p.start, noun.end() if noun else p.end, p, total=not p.more)


def _noun_after(nouns: WordPattern, text: str, end: int) -> re.Match[str] | None:
    """A noun such as "bodies" right after a count, or behind one more word ("charred")."""
    gap = re.match(r"\s+(?:[a-z]+\s+)?", text[end : end + 20])
    near = nouns.match(text, end + 1) if text[end : end + 1] == " " else None
    return near or (nouns.match(text, end + gap.end()) if gap else None)


def _one_dead(text: str, lexicon: Lexicon) -> Iterator[Toll]:
    """ "Slit his throat": one death, whoever he is."""
    for found in lexicon.pattern("casualties.killed.one").finditer(text):
        yield Toll("killed", found.start(), found.end(), 1, 1, 1, UNKNOWN, definite=True)


def _none(text: str, kind: str, lexicon: Lexicon) -> Iterator[Toll]:
    for found in lexicon.pattern(f"casualties.{kind}.none").finditer(text):
        yield Toll(kind, found.start(), found.end(), 0, 0, 0, UNKNOWN)


def _slots(text: str, kind: str, people: Sequence[People], lexicon: Lexicon) -> Iterator[_Slot]:
    """Verbs of the kind with the people they are said of."""
    acts = lexicon.pattern(f"casualties.{kind}.acts")
    happens = lexicon.pattern(f"casualties.{kind}.happens")
    nominal = lexicon.pattern(f"casualties.{kind}.nominal")
    attempted = lexicon.pattern("cues.attempted", whole=False)
    for verb in acts.finditer(text):
        tried = attempted.search(text[max(0, verb.start() - 60) : verb.start()])
        if tried or _of_things(text, verb, people):
            continue
        victims = of_act(text, verb.start(), verb.end(), people, lexicon)
        yield _Slot(kind, verb.start(), verb.end(), victims)
        if victims and victims[-1].end <= verb.start():
            yield _Slot(kind, verb.start(), verb.end(), trailing(text, verb.end(), people, lexicon))
    for verb in happens.finditer(text):
        victims = subject_of(text, verb.start(), people, lexicon)
        yield _Slot(kind, verb.start(), verb.end(), victims)
    for noun in nominal.finditer(text):
        if lexicon.pattern("casualties.kin.after").match(text[noun.end() :].lstrip()):
            continue  # "he lost his brother": counted where the brother died
        victims = listed_after(text, noun.end(), people, lexicon)
        own = noun.group().lower().startswith("los")
        yield _Slot(kind, noun.start(), noun.end(), victims, own)
    for verb in lexicon.pattern(f"casualties.{kind}.found").finditer(text):
        victims = listed_after(text, verb.end(), people, lexicon)
        if victims and victims[0].count is not None:
            yield _Slot(kind, verb.start(), verb.end(), victims)
    yield from _results(text, kind, people, lexicon)


def _results(text: str, kind: str, people: Sequence[People], lexicon: Lexicon) -> Iterator[_Slot]:
    """ "Left two officers dead", "two bombers dead"."""
    bare = lexicon.pattern(f"casualties.{kind}.bare")
    for i, p in enumerate(people):  # "two bombers dead", as headlines have it
        if kind == "killed" and p.count is not None and _DEAD.match(text, p.end):
            victims = tuple(list_back(text, p, people[:i], lexicon))
            yield _Slot(kind, victims[0].start, p.end + 5, victims)
    for left in lexicon.pattern("cues.resultative").finditer(text):
        victims = listed_after(text, left.end(), people, lexicon)
        if victims:
            adjective = bare.match(text[victims[-1].end :].lstrip())
            if adjective:
                yield _Slot(kind, left.start(), victims[-1].end + adjective.end() + 1, victims)


_OF_THEM = re.compile(r"\s*(?:or (?:so|more) )?of (?:them|whom|these|those|the (?:dead|wounded))\b")
_AMONG_THEM = re.compile(
    r"\s+(?:was |were |being )?among(?:st)? "
    r"(?:them|those|the (?:dead|killed|wounded|injured|victims))\b"
)
_DEAD = re.compile(r"\s+dead\b(?!\s+(?:bod|men|man|people|women|militants))")


def _whole(text: str, listed: Sequence[People]) -> tuple[People, ...]:
    """ "Three people, a mother and her two sons": the list that tells who a count was."""
    counts = [p.count.best if p.count else 0 for p in listed]
    told = len(listed) > 1 and counts[0] == sum(counts[1:]) > 1
    gap = text[listed[0].end : listed[1].start].strip() if told else ""
    return (listed[0],) if gap in (",", ":", "–", "—", "-") else tuple(listed)


def _tolls_of(text: str, whole: _Slot, lexicon: Lexicon) -> Iterator[Toll]:
    slot = replace(whole, people=_whole(text, whole.people))
    some = _is_part(text, slot, lexicon)
    for i, p in enumerate(slot.people):
        if p.count is None or (slot.kind == "killed" and p.head.endswith(_HURT)):
            continue
        told = _OF_THEM.match(text, p.count.end) or _AMONG_THEM.match(text, p.end)
        part = some or (bool(told) and text[: p.start].rstrip().endswith((",", "(", "–", "—")))
        start, end = min(slot.start, p.start), max(slot.end, p.end)
        if len(slot.people) > 1:  # each of several keeps its own words
            start, end = (start, p.end) if i == 0 and slot.start < p.start else (p.start, p.end)
            end = max(end, slot.end) if i == len(slot.people) - 1 and slot.end > p.end else end
        also = lexicon.pattern("casualties.parts.more").search(text[p.start : slot.end])
        more = p.more or (slot.end > p.end and bool(also))
        yield Toll(
            slot.kind, start, end, p.count.low, p.count.best, p.count.high, p.status,
            _spelled(text, p), part=part, more=more and i == 0, listed=i > 0,
            definite=p.definite, own=slot.own,
        )  # fmt: skip


_OF_THEM_DOWN = re.compile(r" (?:\w+ ){0,3}of them")
"""Behind "shot down": men or drones, as the clause tells."""


def _of_things(text: str, verb: re.Match[str], people: Sequence[People]) -> bool:
    """Whether "shot down four of them" is said of drones told of before: of no armed men."""
    of_them = verb.group() == "shot down" and _OF_THEM_DOWN.match(text, verb.end())
    return bool(of_them) and not any(p.status == "militants" for p in people)


def _spelled(text: str, p: People) -> str:
    """The noun of a phrase; a name of one person keeps its capital ("Jahangir Mia")."""
    last = text[p.end - len(p.head) : p.end]
    one = p.count is not None and p.count.best == 1
    return last if one and last.istitle() and last.lower() == p.head else p.head


_ITS_OWN = re.compile(r"\s+(?:(?:[\w-]+\s+)?of|among|from) (?:its|their|our) own\b")
"""A side's own dead and wounded, beside those of the other: "two injured men of its own"."""


_HURT = ("wounded", "injured")
"""What people are called who are not dead: "the loss of a dozen men and several wounded"."""


def _is_part(text: str, slot: _Slot, lexicon: Lexicon) -> bool:
    if not slot.people:
        return False
    before = text[: slot.people[0].start]
    return bool(lexicon.pattern("cues.part_before").search(before[-60:]))


def _toll(kind: str, start: int, end: int, p: People, *, total: bool) -> Toll:
    count = p.count
    if count is None:
        raise ValueError(f"people without a count cannot make a toll: {p!r}")
    return Toll(
        kind, start, end, count.low, count.best, count.high, p.status, p.head,
        total=total, more=p.more, definite=p.definite,
    )  # fmt: skip
