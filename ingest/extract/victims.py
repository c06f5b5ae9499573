"""Whom a verb of harm is said of: its object, its subject, a list, a pronoun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.extract.lexicon import Lexicon
from ingest.extract.numbers import Quantity, find_quantities
from ingest.extract.people import UNKNOWN, People, find_named


def of_act(
    text: str, start: int, end: int, people: Sequence[People], lexicon: Lexicon
) -> tuple[People, ...]:
    """People that a verb of harm at two offsets was done to."""
    if lexicon.pattern("cues.passive_before").search(text[max(0, start - 40) : start]):
        return subject_of(text, start, people, lexicon)
    after = listed_after(text, end, people, lexicon) or _pronoun_after(text, end)
    after = after or _them_after(text, start, end, people)
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
        return tuple(list_back(text, before[-1], people, lexicon))
    # "Nine rebels plotting attacks killed": a passive without its auxiliary, ending the clause.
    done = text[:end].endswith("ed") and _CLAUSE_END.match(text, end)
    return subject_of(text, start, people, lexicon) if done else ()


def _pronoun_after(text: str, end: int) -> tuple[People, ...]:
    """ "Fired on a judge, killing him": one person told of before."""
    him = _HIM.match(text, end)
    if him is None:
        return ()
    one = Quantity(him.start() + 1, him.end(), 1, 1, 1)
    return (People(him.start() + 1, him.end(), "", UNKNOWN, one, definite=True),)


def _them_after(text: str, start: int, end: int, people: Sequence[People]) -> tuple[People, ...]:
    """ "Dragged six peasants from their homes and shot them": the ones counted before."""
    if not _THEM.match(text, end):
        return ()
    told = [p for p in people if p.end <= start and p.count is not None and p.count.best > 1]
    taken = [p for p in told if _TAKEN.search(text[max(0, p.start - 40) : p.start])]
    return (taken[-1],) if taken else ()


_THEM = re.compile(r"\s+(?:them|all of them|both)\b")
_TAKEN = re.compile(
    r"\b(?:abduct|kidnap|drag|haul|pull|seiz|captur|stopp|round|line|lined|forc|order|took|taken|"
    r"intercept|grabb|march|led|separat|herd|detain)\w*\s+(?:up\s+|off\s+|away\s+|out\s+)?"
    r"(?:[\w-]+\s+){0,2}$"
)
_PRONOUN = re.compile(
    r"(?<![\w-])(?:[Hh]e|[Ss]he)(?=\s+(?:(?:had|has|was|later|then|also|also later)\s+)*$)"
)


_ANEW = re.compile(
    r"\s+(?:is|are|was|were|has|have|had|remain\w*|sustained|suffered|received|escaped|survived)\b"
)


_ASIDE = re.compile(
    r"^,\s(?:aged )?\d{1,3},"
    r"|^,\s(?:most|many|some|all|both|half|several|including|among)\b[^;:.]{0,60},"
)


_PRONOUN_AND = re.compile(r"(?<![\w-])(?:he|she)\s+and\s+$", re.IGNORECASE)


_OF_FORCE = re.compile(r"of (?:the )?[^\W\d_a-z][^,.;:]{2,50}?,? and")


_INCLUDING = re.compile(r"\sincluding\b[^;:.,]{0,80}?(?=\s(?:were|was|have|had|died)\b[^,;:.]*$)")
_INSERTED = re.compile(
    r",\s(?:most|many|some|all|both|half|several|including|among|having|"
    r"[\w-]+ of (?:them|whom)(?!,))\b[^;:.]{0,140},(?=[^,;:.]*$)"
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


_CLAUSE_END = re.compile(r"\s*(?:[.:;]|$|(?:in|by|near|when|after|as|during|on)\b)")


def _joined(gap: str, lexicon: Lexicon) -> bool:
    """Whether only auxiliaries and adverbs stand between people and a verb."""
    gap = gap.strip(" '\"‘’“”")
    return not gap or bool(lexicon.pattern("cues.verb_lead").fullmatch(gap))


def adjacent(text: str, end: int, start: int, lexicon: Lexicon) -> bool:
    """Whether only quantifiers ("at least", "some") stand between two offsets."""
    if not end <= start <= end + 40:
        return False
    gap = text[end:start].strip(" \"“'‘")
    return not gap or bool(lexicon.pattern("cues.quantifiers").fullmatch(gap))


def listed_after(
    text: str, end: int, people: Sequence[People], lexicon: Lexicon
) -> tuple[People, ...]:
    """People that follow an offset at once, and those joined to them."""
    first = next((p for p in people if adjacent(text, end, p.start, lexicon)), None)
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
        joint = lexicon.pattern("cues.list_joint").fullmatch(gap.strip())
        if not joint and not _OF_FORCE.fullmatch(gap.strip()):
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


def list_back(text: str, last: People, people: Sequence[People], lexicon: Lexicon) -> list[People]:
    """A phrase and those before it that are joined to it by commas and "and"."""
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


def subject_of(
    text: str, verb: int, people: Sequence[People], lexicon: Lexicon
) -> tuple[People, ...]:
    """People a passive or an intransitive verb is said of: the head of its clause."""
    return _some_of_them(text, verb, lexicon) or _subject(text, verb, people, lexicon)


def _subject(
    text: str, verb: int, people: Sequence[People], lexicon: Lexicon
) -> tuple[People, ...]:
    aside = _inserted(text, verb, lexicon)
    people = [p for p in people if not aside[0] <= p.start < aside[1]]
    near = [p for p in people if p.end <= verb and _said_of(text[p.end : verb], lexicon)]
    free = [p for p in near if _anew(text, p, people) or not _governed(text, p, lexicon)]
    if free and (free[-1] is near[-1] or free[-1].count is not None):
        return tuple(list_back(text, free[-1], people, lexicon))
    begin = 0
    for brk in lexicon.pattern("cues.subject_break").finditer(text, 0, verb):
        begin = brk.end()
    inside = [p for p in people if begin <= p.start and p.end <= verb]
    for p in inside:
        if not lexicon.pattern("cues.preposition_before").search(text[begin : p.start]):
            return tuple(_list_on(text, p, inside, lexicon))
    if near:
        return tuple(list_back(text, near[-1], inside, lexicon))
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


def _some_of_them(text: str, verb: int, lexicon: Lexicon) -> tuple[People, ...]:
    """ "Six were hit, one of whom, a vendor, died": the one."""
    told = _OF_WHOM.search(text, max(0, verb - 120), verb)
    counts = find_quantities(told["count"], lexicon) if told else []
    if told is None or not counts:
        return ()
    count = replace(counts[0], start=told.start("count"), end=told.end("all"))
    return (People(count.start, count.end, "", UNKNOWN, count),)


_OF_WHOM = re.compile(
    r",\s(?P<all>(?P<count>\w+) of (?:whom|them))(?:,[^,;:.]{2,60},)?\s+(?:\w+ly |later |then )?$"
)


def trailing(text: str, end: int, people: Sequence[People], lexicon: Lexicon) -> tuple[People, ...]:
    """People joined behind a passive: "five officers were killed, and six militants"."""
    joint = _TRAILING.match(text, end)
    more = listed_after(text, joint.end(), people, lexicon) if joint else ()
    if not more or _ANEW.match(text, more[-1].end) or _VERB.match(text, more[-1].end):
        return ()
    return more


_TRAILING = re.compile(r",?\s+(?:and|as were|as was|along with|as well as|plus)\s+(?=\w)")
_VERB = re.compile(r"\s+(?:\w+ly\s+)?(?:\w+ed|hurt|shot|missing|in|at)\b")


def _said_of(gap: str, lexicon: Lexicon) -> bool:
    """Whether a verb behind a gap is said of the people before it: asides are passed over."""
    return _joined(_WHO.sub("", _ASIDE.sub("", gap)), lexicon)


_WHO = re.compile(
    r"^,?\s(?:who|that)\s(?:was|were|had|have|are|is|could|did)\b[^,;:.]{2,50}(?:,|$)"
    r"|^(?:\s(?:of|from|in|at)\s[^,;:.]{2,40}?)?\s(?:who|that|which)\s[^,;:.]{2,60}"
    r"\s(?=(?:was|were|(?:has|had|have) been)\s$)"
)


def _inserted(text: str, verb: int, lexicon: Lexicon) -> tuple[int, int]:
    """Offsets of what is put in before a verb: "21 people, including three soldiers, were"."""
    found = _INSERTED.search(text[:verb]) or _INCLUDING.search(text[:verb])
    if found and _joined(text[found.end() : verb], lexicon):
        return found.span()
    return verb, verb


_RELATIVE = re.compile(
    r"\b(?:which|whom|where|when|that)\s+(?:(?:at least|about|some|around)\s+)?$", re.IGNORECASE
)


def _anew(text: str, person: People, people: Sequence[People]) -> bool:
    """Whether "and" opens a clause before people: "shells landed on a market and a boy died"."""
    joint = _AND.search(text, max(0, person.start - 8), person.start)
    return joint is not None and not any(p.end == joint.start() for p in people)


_AND = re.compile(r",?\s+and\s+$")


def _governed(text: str, people: People, lexicon: Lexicon) -> bool:
    """Whether people hang on a preposition or a breakdown, and so are not the subject."""
    before = text[max(0, people.start - 60) : people.start]
    if _RELATIVE.search(before):
        return False  # "an action in which nine assailants were killed"
    return bool(
        lexicon.pattern("cues.preposition_before").search(before)
        or lexicon.pattern("cues.part_before").search(before)
    )
