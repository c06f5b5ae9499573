"""What a clause says of the killed and the injured: one `Toll` for each count it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.extract.lexicon import Lexicon
from ingest.extract.nounphrases import widened
from ingest.extract.numbers import Quantity, find_quantities
from ingest.extract.people import UNKNOWN, People, find_named, find_people

_ACRONYM = re.compile(r"\(\s?[A-Z][A-Za-z-]{1,9}\s?\)")
KINDS = ("killed", "injured")


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
    text = _ACRONYM.sub(lambda m: " " * len(m.group()), text)
    if not lexicon.pattern("casualties.hint.words").search(text):
        return []
    people = widened(text, find_people(text, lexicon, named), lexicon)
    tolls: list[Toll] = []
    for kind in KINDS:
        tolls.extend(_stated(text, kind, people, lexicon))
        none = list(_none(text, kind, lexicon))
        tolls.extend(none)
        taken = [(t.start, t.end) for t in tolls if t.kind == kind]
        for slot in _slots(text, kind, people, lexicon):
            if any(t.start < slot.end and slot.start < t.end for t in none):
                continue
            for toll in _tolls_of(text, slot, lexicon):
                inside = any(a < toll.end and toll.start < b for a, b in taken)
                if not inside or toll.part:
                    tolls.append(toll)
                    taken.append((toll.start, toll.end))
    return _without_repeats(sorted(_living(tolls), key=lambda t: (t.start, t.end)))


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
        after = next((p for p in counted if _adjacent(text, verb.end(), p.start, lexicon)), None)
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


def _noun_after(nouns: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """A noun such as "bodies" right after a count, or behind one more word ("charred")."""
    gap = re.match(r"\s+(?:[a-z]+\s+)?", text[end : end + 20])
    near = nouns.match(text, end + 1) if text[end : end + 1] == " " else None
    return near or (nouns.match(text, end + gap.end()) if gap else None)


def _none(text: str, kind: str, lexicon: Lexicon) -> Iterator[Toll]:
    for found in lexicon.pattern(f"casualties.{kind}.none").finditer(text):
        yield Toll(kind, found.start(), found.end(), 0, 0, 0, UNKNOWN)


def _slots(text: str, kind: str, people: Sequence[People], lexicon: Lexicon) -> Iterator[_Slot]:
    """Verbs of the kind with the people they are said of."""
    acts = lexicon.pattern(f"casualties.{kind}.acts")
    happens = lexicon.pattern(f"casualties.{kind}.happens")
    nominal = lexicon.pattern(f"casualties.{kind}.nominal")
    for verb in acts.finditer(text):
        victims = _of_act(text, verb.start(), verb.end(), people, lexicon)
        yield _Slot(kind, verb.start(), verb.end(), victims)
    for verb in happens.finditer(text):
        victims = _subject(text, verb.start(), people, lexicon)
        yield _Slot(kind, verb.start(), verb.end(), victims)
    for noun in nominal.finditer(text):
        if lexicon.pattern("casualties.kin.after").match(text[noun.end() :].lstrip()):
            continue  # "he lost his brother": counted where the brother died
        victims = _listed_after(text, noun.end(), people, lexicon)
        own = noun.group().lower().startswith("los")
        yield _Slot(kind, noun.start(), noun.end(), victims, own)
    for verb in lexicon.pattern(f"casualties.{kind}.found").finditer(text):
        victims = _listed_after(text, verb.end(), people, lexicon)
        if victims and victims[0].count is not None:
            yield _Slot(kind, verb.start(), verb.end(), victims)
    yield from _results(text, kind, people, lexicon)


def _results(text: str, kind: str, people: Sequence[People], lexicon: Lexicon) -> Iterator[_Slot]:
    """ "Left two officers dead", "two bombers dead"."""
    bare = lexicon.pattern(f"casualties.{kind}.bare")
    for i, p in enumerate(people):  # "two bombers dead", as headlines have it
        if kind == "killed" and p.count is not None and _DEAD.match(text, p.end):
            victims = tuple(_list_back(text, p, people[:i], lexicon))
            yield _Slot(kind, victims[0].start, p.end + 5, victims)
    for left in lexicon.pattern("cues.resultative").finditer(text):
        victims = _listed_after(text, left.end(), people, lexicon)
        if victims:
            adjective = bare.match(text[victims[-1].end :].lstrip())
            if adjective:
                yield _Slot(kind, left.start(), victims[-1].end + adjective.end() + 1, victims)


def _of_act(
    text: str, start: int, end: int, people: Sequence[People], lexicon: Lexicon
) -> tuple[People, ...]:
    if lexicon.pattern("cues.passive_before").search(text[max(0, start - 40) : start]):
        return _subject(text, start, people, lexicon)
    after = _listed_after(text, end, people, lexicon) or _pronoun_after(text, end)
    if after:
        return after
    if text[:end].endswith("ing"):
        return ()
    named = [p for p in find_named(text[end:]) if not text[end : end + p.start].strip()]
    if named:
        p = named[0]
        return (People(p.start + end, p.end + end, p.head, UNKNOWN, p.count),)
    before = [p for p in people if p.end <= start and _joined(text[p.end : start], lexicon)]
    if before:
        return tuple(_list_back(text, before[-1], people, lexicon))
    # "Nine rebels plotting attacks killed": a passive without its auxiliary, ending the clause.
    done = text[:end].endswith("ed") and _CLAUSE_END.match(text, end)
    return _subject(text, start, people, lexicon) if done else ()


def _pronoun_after(text: str, end: int) -> tuple[People, ...]:
    """ "Fired on a judge, killing him": one person told of before."""
    him = _HIM.match(text, end)
    if him is None:
        return ()
    one = Quantity(him.start() + 1, him.end(), 1, 1, 1)
    return (People(him.start() + 1, him.end(), "", UNKNOWN, one, definite=True),)


_PRONOUN = re.compile(
    r"(?<![\w-])(?:[Hh]e|[Ss]he)(?=\s+(?:(?:had|has|was|later|then|also|also later)\s+)*$)"
)
_ANEW = re.compile(
    r"\s+(?:is|are|was|were|has|have|had|remain\w*|sustained|suffered|received|escaped|survived)\b"
)
_ASIDE = re.compile(r"^,\s(?:most|many|some|all|both|half|several|including|among)\b[^;:.]{0,60},")
_OF_THEM = re.compile(r"\s*(?:or (?:so|more) )?of (?:them|whom|these|those|the (?:dead|wounded))\b")
_PRONOUN_AND = re.compile(r"(?<![\w-])(?:he|she)\s+and\s+$", re.IGNORECASE)
_OF_FORCE = re.compile(r"of (?:the )?[^\W\d_a-z][^,.;:]{2,50}?,? and")
_INSERTED = re.compile(
    r",\s(?:most|many|some|all|both|half|several|including|among|[\w-]+ of (?:them|whom))\b[^;:.]{0,140},(?=[^,;:.]*$)"
)
_SURNAME = re.compile(
    r"\W*([^\W\d_a-z][\w’'-]*[a-z])(?:,\s(?:an?|the|who|his|her)\b[^;:]{2,90}?,)?"
    r"\s+(?:(?:was|is|were|has been|had been)\s+)(?:\w+ly\s+|also\s+|later\s+)?$"
)
"""A person by one name, as the subject of a passive: "Pereira, a blogger, was killed"."""
_HIM = re.compile(
    r"\s+(?:him|her)(?=\s*(?:[.,;:]|$|(?:instantly|in|on|at|and|before|after|as|while|with|near)\b))"
)
_BESIDE = re.compile(r"\b(?:in addition to|apart from|besides|including)\s+(?:the\s+)?$", re.I)
_DEAD = re.compile(r"\s+dead\b(?!\s+(?:bod|men|man|people|women|militants))")
_CLAUSE_END = re.compile(r"\s*(?:[.:;]|$|in\b|by\b|near\b)")


def _joined(gap: str, lexicon: Lexicon) -> bool:
    """Whether only auxiliaries and adverbs stand between people and a verb."""
    gap = gap.strip(" '\"‘’“”")
    return not gap or bool(lexicon.pattern("cues.verb_lead").fullmatch(gap))


def _adjacent(text: str, end: int, start: int, lexicon: Lexicon) -> bool:
    """Whether only quantifiers ("at least", "some") stand between two offsets."""
    if not end <= start <= end + 40:
        return False
    gap = text[end:start].strip(" \"“'‘")
    return not gap or bool(lexicon.pattern("cues.quantifiers").fullmatch(gap))


def _listed_after(
    text: str, end: int, people: Sequence[People], lexicon: Lexicon
) -> tuple[People, ...]:
    first = next((p for p in people if _adjacent(text, end, p.start, lexicon)), None)
    listed = list(_list_on(text, first, people, lexicon)) if first else []
    while len(listed) > 1 and _ANEW.match(text, listed[-1].end):
        listed.pop()  # "executed 12 youths, and 8 others are missing"
    return tuple(listed)


def _list_on(
    text: str, first: People, people: Sequence[People], lexicon: Lexicon
) -> Iterator[People]:
    """The first phrase and those joined to it by commas and "and"."""
    yield first
    last = first
    for p in people:
        gap = text[last.end : p.start]
        if p.start < last.end or not gap.strip():
            continue
        if not lexicon.pattern("cues.list_joint").fullmatch(gap.strip()):
            break
        if gap.strip() == "," and not _list_goes_on(text, p, people, lexicon):
            break
        yield p
        last = p


def _list_goes_on(text: str, p: People, people: Sequence[People], lexicon: Lexicon) -> bool:
    """A comma joins two phrases where "and" follows or both are counted, and nobody speaks."""
    rest = text[p.end : p.end + 70]
    if lexicon.pattern("cues.reporting").search(re.split(r"[.;,:]", rest)[0]):
        return False
    numbered = p.count is not None and p.count.end < p.end and p.count.start == p.start
    if numbered and find_quantities(text[p.start : p.count.end if p.count else p.end], lexicon):
        return True
    nxt = next((q for q in people if q.start >= p.end), None)
    gap = text[p.end : nxt.start].strip() if nxt else ""
    return bool(lexicon.pattern("cues.list_joint").fullmatch(gap))


def _list_back(text: str, last: People, people: Sequence[People], lexicon: Lexicon) -> list[People]:
    out = [last]
    for p in reversed([p for p in people if p.end <= last.start]):
        gap = text[p.end : out[0].start].strip()
        lead = text[max(0, p.start - 20) : p.start]
        if gap == "," and out == [last] and _single(p) and _single(last):
            break  # "the suspect, a tall man,": one person told twice
        joint = lexicon.pattern("cues.list_joint").fullmatch(gap) or _OF_FORCE.fullmatch(gap)
        if gap and joint and not _BESIDE.search(lead):
            out.insert(0, p)
        else:
            break
    return out


def _single(p: People) -> bool:
    return p.count is not None and p.count.best == 1


def _subject(
    text: str, verb: int, people: Sequence[People], lexicon: Lexicon
) -> tuple[People, ...]:
    """People a passive or an intransitive verb is said of: the head of its clause."""
    aside = _inserted(text, verb, lexicon)
    people = [p for p in people if not aside[0] <= p.start < aside[1]]
    near = [
        p for p in people if p.end <= verb and _joined(_ASIDE.sub("", text[p.end : verb]), lexicon)
    ]
    free = [p for p in near if not _governed(text, p, lexicon)]
    if free and (free[-1] is near[-1] or free[-1].count is not None):
        return tuple(_list_back(text, free[-1], people, lexicon))
    begin = 0
    for brk in lexicon.pattern("cues.subject_break").finditer(text, 0, verb):
        begin = brk.end()
    inside = [p for p in people if begin <= p.start and p.end <= verb]
    for p in inside:
        if not lexicon.pattern("cues.preposition_before").search(text[begin : p.start]):
            return tuple(_list_on(text, p, inside, lexicon))
    if near:
        return tuple(_list_back(text, near[-1], inside, lexicon))
    pronoun = _PRONOUN.search(text, begin, verb)
    if pronoun:  # "she succumbed": somebody told of before
        one = Quantity(pronoun.start(), pronoun.end(), 1, 1, 1)
        return (People(*pronoun.span(), "", UNKNOWN, one, definite=True),)
    named = [p for p in find_named(text[begin:verb]) if not text[begin : begin + p.start].strip()]
    if not named and (surname := _SURNAME.match(text, begin, verb)):
        one = Quantity(surname.start(1), surname.end(1), 1, 1, 1)
        return (People(*surname.span(1), "", UNKNOWN, one),)
    return tuple(
        People(p.start + begin, p.end + begin, p.head, UNKNOWN, p.count) for p in named[:1]
    )


def _inserted(text: str, verb: int, lexicon: Lexicon) -> tuple[int, int]:
    """Offsets of what is put in before a verb: "21 people, including three soldiers, were"."""
    found = _INSERTED.search(text[:verb])
    if found and _joined(text[found.end() : verb], lexicon):
        return found.span()
    return verb, verb


def _governed(text: str, people: People, lexicon: Lexicon) -> bool:
    """Whether people hang on a preposition or a breakdown, and so are not the subject."""
    before = text[max(0, people.start - 60) : people.start]
    return bool(
        lexicon.pattern("cues.preposition_before").search(before)
        or lexicon.pattern("cues.part_before").search(before)
    )


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
        if p.count is None:
            continue
        part = some or bool(_OF_THEM.match(text, p.count.end))
        start, end = min(slot.start, p.start), max(slot.end, p.end)
        if len(slot.people) > 1:  # each of several keeps its own words
            start, end = (start, p.end) if i == 0 and slot.start < p.start else (p.start, p.end)
            end = max(end, slot.end) if i == len(slot.people) - 1 and slot.end > p.end else end
        also = lexicon.pattern("casualties.parts.more").search(text[p.start : slot.end])
        more = p.more or (slot.end > p.end and bool(also))
        yield Toll(
            slot.kind, start, end, p.count.low, p.count.best, p.count.high, p.status, p.head,
            part=part, more=more and i == 0, listed=i > 0, definite=p.definite, own=slot.own,
        )  # fmt: skip


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
