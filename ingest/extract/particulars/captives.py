"""People arrested, abducted and released: counts with their words.

Within one incident the same count told again is not added, "also" and "another" add, a part
("including two women") never does, and a larger count told later stands for the smaller one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.extract._word_pattern import part_of
from ingest.extract.context import Context
from ingest.extract.lexicon import Lexicon
from ingest.extract.numbers import Quantity
from ingest.extract.particulars.scope import Stretch
from ingest.extract.particulars.values import Told, unreal
from ingest.extract.parties import Party, Side
from ingest.extract.people import People, find_named, find_people

KINDS = ("arrested", "abducted", "released")
_TELLING = (
    "either", *KINDS, *(f"{kind}_{way}" for way in ("none", "around", "of") for kind in KINDS),
    "arrested_counted", "abducted_counted",
)  # fmt: skip
"""Patterns of which one begins every count."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One count of people taken or let go, at offsets into the document's text."""

    kind: str
    start: int
    end: int
    low: int
    best: int
    high: int | None
    more: bool = False
    part: bool = False


def read_captives(context: Context, stretches: Sequence[Stretch]) -> dict[str, Told]:
    """Counts of the people arrested, abducted and released, for the kinds that are told."""
    found = [t for s in stretches for t in _taken(context, s)]
    out: dict[str, Told] = {}
    for kind in KINDS:
        told = _settled([t for t in found if t.kind == kind])
        if told is not None:
            out[kind] = told
    captives = out.get("abducted") or out.get("arrested")
    if captives is not None and "released" not in out:
        everybody = _everybody(context, stretches, captives)
        if everybody is not None:
            out["released"] = everybody
    return out


def _settled(rows: Sequence[Taken]) -> Told | None:
    """One count of all that is told of one kind (see the head of this module)."""
    counted = [t for t in rows if t.best and not t.part]
    if not counted:
        none = next((t for t in rows if not t.best and not t.part), None)
        return Told(0, none.start, none.end, 0.8) if none else None
    first = counted[0]
    low, best, high, at = first.low, first.best, first.high, first
    seen = {first.best}
    for t in counted[1:]:
        if t.best in seen:
            continue
        seen.add(t.best)
        if t.more:
            low, best = low + t.low, best + t.best
            high = None if high is None or t.high is None else high + t.high
        elif t.best > best:
            low, best, high, at = t.low, t.best, t.high, t
    exact = low == best == high
    detail = {} if exact else {"low": low, "high": high}
    return Told(best, at.start, at.end, 0.85 if exact else 0.7, detail)


def _everybody(context: Context, stretches: Sequence[Stretch], captives: Told) -> Told | None:
    """ "All were released": as many as were taken."""
    pattern = context.lexicon.pattern("particulars.captives.everybody")
    for s in stretches:
        m = pattern.search(context.document.text, s.start, s.end)
        if m is not None and not unreal(context.document.text, m.start(), context.lexicon):
            return Told(captives.value, m.start(), m.end(), 0.7, {"as": "all who were taken"})
    return None


def _taken(context: Context, s: Stretch) -> list[Taken]:
    """Counts of one stretch, left to right, the people of no verb counted twice."""
    text, lexicon = part_of(context.document.text, s.start, s.end), context.lexicon
    if not _may_tell(text, lexicon):
        return []
    named = [
        (p.start - s.start, p.end - s.start, p.side.value)
        for p in context.parties_in(s.start, s.end)
        if p.side is Side.ARMED and p.named
    ]
    people = find_people(text, lexicon, named)
    parties = [_moved(p, -s.start) for p in context.parties_in(s.start, s.end)]
    found: list[Taken] = []
    for kind in KINDS:
        none = f"particulars.captives.{kind}_none"
        found += [
            Taken(kind, m.start(), m.end(), 0, 0, 0) for m in lexicon.pattern(none).finditer(text)
        ]
    for taken in _told(text, people, parties, lexicon):
        inside = any(
            t.start < taken.end and taken.start < t.end and t.kind == taken.kind for t in found
        )
        if not inside:
            found.append(taken)
    found.sort(key=lambda t: t.start)
    return [replace(t, start=t.start + s.start, end=t.end + s.start) for t in found]


def _may_tell(text: str, lexicon: Lexicon) -> bool:
    """Whether any word for taking people or letting them go stands in a text.

    It is asked before the people of the text are looked for, which takes longer.
    """
    if not lexicon.pattern("particulars.captives.hint").search(text):
        return False
    look = lexicon.first_look("particulars.captives", _TELLING)
    return any(pattern.search(text) for _, pattern in look.possible(text))


def _moved(party: Party, by: int) -> Party:
    return replace(party, start=party.start + by, end=party.end + by)


def _told(
    text: str, people: Sequence[People], parties: Sequence[Party], lexicon: Lexicon
) -> Iterator[Taken]:
    for kind in ("abducted", "released", "arrested"):
        yield from _around(text, kind, people, lexicon)
    for kind in ("abducted", "released", "arrested", "either"):
        for verb in lexicon.pattern(f"particulars.captives.{kind}").finditer(text):
            if any(p.start < verb.start() and verb.end() < p.end for p in people):
                continue  # "four kidnapped drivers": told before
            yield from _of_verb(text, kind, verb, people, parties, lexicon)
    for kind in KINDS:
        yield from _of_noun(text, kind, people, lexicon)


def _of_verb(
    text: str,
    kind: str,
    verb: re.Match[str],
    people: Sequence[People],
    parties: Sequence[Party],
    lexicon: Lexicon,
) -> Iterator[Taken]:
    """People behind an active verb, or before a passive one."""
    if unreal(text, verb.start(), lexicon):
        return
    after = _listed(text, verb.end(), people, lexicon)
    passive = not after
    victims = after or _subject(text, verb, people, lexicon)
    if kind == "either":
        kind = _by_side(text, verb, victims, parties, passive=passive, lexicon=lexicon)
    if kind == "released" and _no_captive(text, verb, victims, lexicon):
        return
    yield from _counts(text, kind, verb.start(), verb.end(), victims, lexicon)


def _no_captive(
    text: str, verb: re.Match[str], victims: Sequence[People], lexicon: Lexicon
) -> bool:
    """Whether something else was let out, or people were saved from no captor."""
    if lexicon.pattern("particulars.captives.not_released").match(text[verb.end() :].lstrip()):
        return not victims
    saved = lexicon.pattern("particulars.captives.rescue").match(verb.group())
    return bool(saved) and not lexicon.pattern("particulars.captives.captive").search(text)


def _by_side(
    text: str, verb: re.Match[str], victims: Sequence[People], parties: Sequence[Party],
    *, passive: bool, lexicon: Lexicon,
) -> str:  # fmt: skip
    """Arrest or abduction: by who acts, else by who was taken."""
    by = lexicon.pattern("particulars.captives.by")
    if passive:
        acting = [
            p for p in parties if p.start >= verb.end() and by.search(text[verb.end() : p.start])
        ]
    else:
        begin = max(text.rfind(stop, 0, verb.start()) for stop in (". ", "; ", "\n"))
        said = lexicon.pattern("cues.said_after")
        acting = [
            p
            for p in parties
            if begin < p.start and p.end <= verb.start() and not said.match(text[p.end :].lstrip())
        ]
    sides = (Side.STATE, Side.ARMED, Side.UNIDENTIFIED)
    side = next((p.side for p in acting if p.side in sides), None)
    if side is not None:
        return "arrested" if side is Side.STATE else "abducted"
    suspects = lexicon.pattern("particulars.captives.suspects")
    if any(v.status == "militants" or suspects.search(text[v.start : v.end]) for v in victims):
        return "arrested"
    return "abducted" if lexicon.pattern("particulars.captives.takers").search(text) else "arrested"


def _around(text: str, kind: str, people: Sequence[People], lexicon: Lexicon) -> Iterator[Taken]:
    """ "Took 12 people hostage": people between the two parts of a verb."""
    for m in lexicon.pattern(f"particulars.captives.{kind}_around").finditer(text):
        if unreal(text, m.start(), lexicon):
            continue
        inside = [p for p in people if m.start() <= p.start and p.end <= m.end()]
        inside = [p for p in inside if p.count is not None]
        victims = list(_run(text, inside, lexicon)) if inside else []
        yield from _counts(text, kind, m.start(), m.end(), victims, lexicon)


def _of_noun(text: str, kind: str, people: Sequence[People], lexicon: Lexicon) -> Iterator[Taken]:
    """ "The arrest of two men", "five arrests"."""
    for m in lexicon.pattern(f"particulars.captives.{kind}_of").finditer(text):
        if not unreal(text, m.start(), lexicon):
            victims = _listed(text, m.end(), people, lexicon)
            yield from _counts(text, kind, m.start(), m.end(), victims, lexicon)
    if kind == "released":
        return
    for p in people:
        nouns = lexicon.pattern(f"particulars.captives.{kind}_counted")
        noun = nouns.match(text[p.end :].lstrip()) or nouns.search(text[p.start : p.end])
        if p.count is not None and noun is not None and not unreal(text, p.start, lexicon):
            end = max(p.end, text.index(noun.group(), p.start) + len(noun.group()))
            yield from _counts(text, kind, p.start, end, [p], lexicon)


def _counts(
    text: str, kind: str, start: int, end: int, victims: Sequence[People], lexicon: Lexicon
) -> Iterator[Taken]:
    """One count of the people of a verb: those listed together are summed."""
    counted = [(p, p.count) for p in victims if p.count is not None and p.count.best]
    if not counted or len(counted) < len(victims):
        return
    start = min(start, counted[0][0].start)
    end = max(end, counted[-1][0].end)
    before = text[max(0, counted[0][0].start - 60) : counted[0][0].start]
    also = lexicon.pattern("particulars.captives.also").search(text[max(0, start - 12) : end])
    highs = [q.high for _, q in counted]
    yield Taken(
        kind,
        start,
        end,
        sum(q.low for _, q in counted),
        sum(q.best for _, q in counted),
        None if None in highs else sum(h for h in highs if h is not None),
        more=bool(also),
        part=bool(lexicon.pattern("particulars.captives.part").search(before)),
    )


def _listed(text: str, end: int, people: Sequence[People], lexicon: Lexicon) -> list[People]:
    """People right behind a verb, with those joined to them by commas and "and"."""
    first = next((p for p in people if _adjacent(text, end, p.start, lexicon)), None)
    if first is not None:
        return list(_run(text, people[people.index(first) :], lexicon))
    name = next(
        (n for n in find_named(text[end : end + 80]) if not text[end : end + n.start].strip()), None
    )
    return [_named(name, end)] if name else []


def _named(name: People, by: int) -> People:
    one = Quantity(name.start + by, name.end + by, 1, 1, 1)
    return replace(name, start=name.start + by, end=name.end + by, count=one)


def _run(text: str, people: Sequence[People], lexicon: Lexicon) -> Iterator[People]:
    last = people[0]
    yield last
    for p in people[1:]:
        gap = text[last.end : p.start].strip()
        if p.count is None or not lexicon.pattern("cues.list_joint").fullmatch(gap):
            return
        yield p
        last = p


def _adjacent(text: str, end: int, start: int, lexicon: Lexicon) -> bool:
    if not end <= start <= end + 40:
        return False
    gap = text[end:start].strip(" \"“'‘")
    return not gap or bool(lexicon.pattern("cues.quantifiers").fullmatch(gap))


def _subject(
    text: str, verb: re.Match[str], people: Sequence[People], lexicon: Lexicon
) -> list[People]:
    """People before a passive verb: "12 men were arrested", "seven labourers kidnapped in …"."""
    if not lexicon.pattern("particulars.captives.participle").fullmatch(verb.group()):
        return []
    begin = max(0, verb.start() - 120)
    before = [p for p in people if begin <= p.start and p.end <= verb.start()]
    lead = lexicon.pattern("particulars.captives.lead")
    part = lexicon.pattern("particulars.captives.part")
    for p in reversed(before):
        if part.search(text[max(0, p.start - 60) : p.start]):
            before = before[: before.index(p)]
            return _whole(text, verb, before, lexicon)
        gap = _PLAIN.sub("", text[p.end : verb.start()]).strip(" ,")
        bare = not gap and lexicon.pattern("particulars.captives.passive_end", whole=False).match(
            text[verb.end() :].lstrip()
        )
        if (gap and lead.fullmatch(gap)) or bare:
            return _back(text, p, before, lexicon)
    lead_in = lead.search(text[max(0, verb.start() - 30) : verb.start()])
    if lead_in is None:
        return []
    names = find_named(text[begin : verb.start()])
    gaps = [
        n for n in names if lead.fullmatch(text[begin + n.end : verb.start()].strip(" ,") or "-")
    ]
    return [_named(gaps[-1], begin)] if gaps else []


_PLAIN = re.compile(r",[^,;.]{2,60},|\((?:[^()]{1,60})\)")
"""An apposition between people and their verb: ", Ahmed Khan,"."""


def _whole(
    text: str, verb: re.Match[str], before: Sequence[People], lexicon: Lexicon
) -> list[People]:
    """The people a part was named of: "30 people, including nine women, were detained"."""
    if not before:
        return []
    gap = text[before[-1].end : verb.start()]
    part = lexicon.pattern("particulars.captives.part_of").search(gap)
    return _back(text, before[-1], before, lexicon) if part else []


def _back(text: str, last: People, before: Sequence[People], lexicon: Lexicon) -> list[People]:
    out = [last]
    for p in reversed(before[: before.index(last)]):
        gap = text[p.end : out[0].start].strip()
        if p.count is None or not lexicon.pattern("cues.list_joint").fullmatch(gap):
            break
        out.insert(0, p)
    return out
