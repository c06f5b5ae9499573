"""Who is held responsible: claims, suspicions, accusations and denials."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from geodata.countries import country_of_capital
from geodata.incident import Attribution
from ingest.extract._word_pattern import FirstLook, part_of
from ingest.extract.context import Context
from ingest.extract.lexicon import Lexicon
from ingest.extract.own_word import own_accounts
from ingest.extract.parties import Party, Side
from ingest.extract.sentences import Sentence, SentenceKind


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence's word on responsibility; `party` None for "no group claimed".

    `scope` is ``all`` ("both attacks"), ``this`` ("that attack") or empty.
    """

    attribution: Attribution
    party: Party | None
    start: int
    end: int
    sentence: Sentence
    scope: str = ""


def find_statements(context: Context) -> list[Statement]:
    """What the document says of responsibility, in the order of the text."""
    out: list[Statement] = []
    for sentence in context.layout.sentences:
        if sentence.kind not in (SentenceKind.NOISE, SentenceKind.NOTE):
            out.extend(_hedged(list(_read(context, sentence, _accused(out, sentence)))))
    return out


def _accused(told: Sequence[Statement], sentence: Sentence) -> Party | None:
    """Who was blamed just before a sentence: "they denied it" is said of him."""
    last = told[-1] if told else None
    blamed = last is not None and last.attribution in _ACCUSES
    near = last is not None and sentence.start - last.sentence.end <= _ANSWERED
    return last.party if last is not None and blamed and near else None


_ANSWERED = 200
"""Characters between a sentence of blame and the one that answers it."""


def _hedged(statements: list[Statement]) -> list[Statement]:
    """Statements of a sentence without those that its other words take back.

    "We suspect that the group is behind it" suspects and does not accuse; who "denied it and
    accused the army" only turns the blame; who denies in the same breath claims nothing.
    """
    suspects = {s.party for s in statements if s.attribution is Attribution.SUSPECTED}
    denials = [s for s in statements if s.attribution is Attribution.DENIED]
    deniers = {s.party for s in denials}
    first = min((s.end for s in denials), default=None)
    return [s for s in statements if not _taken_back(s, suspects, deniers, first)]


def _taken_back(
    s: Statement, suspects: set[Party | None], deniers: set[Party | None], denied_at: int | None
) -> bool:
    if s.attribution is Attribution.CLAIMED:
        return s.party in deniers
    if s.attribution is not Attribution.ATTRIBUTED:
        return False
    turned = denied_at is not None and s.start >= denied_at and s.party not in deniers
    return turned or s.party in suspects


def _habitual(context: Context, sentence: Sentence, end: int) -> bool:
    """ "Has claimed several attacks in recent years" is said of no event."""
    after = sentence.text[end : end + 80]
    return bool(context.lexicon.pattern("attribution.habit.words").search(after))


def _read(context: Context, sentence: Sentence, accused: Party | None) -> Iterator[Statement]:
    lexicon = context.lexicon
    possible = {name for name, _ in _look(lexicon).possible(sentence.text)}
    nobody = lexicon.pattern("attribution.none.words").search(sentence.text)
    if nobody:
        start, end = sentence.start + nobody.start(), sentence.start + nobody.end()
        yield Statement(Attribution.NONE, None, start, end, sentence, _scope(context, sentence))
    owned = False
    for party, start, end in own_accounts(context, sentence):
        owned = True
        scope = _scope(context, sentence)
        yield Statement(Attribution.CLAIMED, party, start, end, sentence, scope)
    for kind in (
        Attribution.CLAIMED,
        Attribution.DENIED,
        Attribution.SUSPECTED,
        Attribution.ATTRIBUTED,
    ):
        if owned and kind is Attribution.CLAIMED:
            continue
        for side in ("party_before", "party_after"):
            if f"{kind.value}.{side}" not in possible:
                continue
            found = _of_kind(context, sentence, kind, side, (nobody, accused))
            if found is not None:
                yield found
                break


def _look(lexicon: Lexicon) -> FirstLook:
    """What sees quickly which words of blame a sentence may hold."""
    return lexicon.first_look("attribution", _told_by(lexicon))


@lru_cache(maxsize=8)
def _told_by(lexicon: Lexicon) -> tuple[str, ...]:
    kinds = (kind.value for kind in Attribution)
    tables = {kind: lexicon.table("attribution").get(kind, {}) for kind in kinds}
    sides = ("party_before", "party_after")
    return tuple(
        f"{kind}.{side}" for kind, table in tables.items() for side in sides if side in table
    )


def _of_kind(
    context: Context,
    sentence: Sentence,
    kind: Attribution,
    side: str,
    known: tuple[re.Match[str] | None, Party | None],
) -> Statement | None:
    """The first statement of a kind; `known` are the words for nobody and who was blamed before."""
    nobody, accused = known
    for m in context.lexicon.pattern(f"attribution.{kind.value}.{side}").finditer(sentence.text):
        if nobody and nobody.start() < m.end() and m.start() < nobody.end():
            continue
        if kind is Attribution.SUSPECTED and _adjective(sentence.text, m):
            continue
        if kind is Attribution.CLAIMED and _habitual(context, sentence, m.end()):
            continue
        start, end = sentence.start + m.start(), sentence.start + m.end()
        party = _party(context, sentence, start, end, side, kind)
        if party is None and kind is Attribution.DENIED:
            party = _state_near(context, sentence, start, end) or accused
        if party is not None:
            inside = party.start >= sentence.start
            span = (min(start, party.start), max(end, party.end)) if inside else (start, end)
            return Statement(kind, party, *span, sentence, _scope(context, sentence))
    return None


_REACH = 45
"""Characters between words of blame and the one who is blamed."""

_ACCUSES = (Attribution.ATTRIBUTED, Attribution.SUSPECTED)


def _party(
    context: Context, sentence: Sentence, start: int, end: int, side: str, kind: Attribution
) -> Party | None:
    parties = [
        p
        for p in context.parties_in(sentence.start, sentence.end)
        if p.side is Side.ARMED or (p.side is Side.STATE and (p.named or kind in _ACCUSES))
    ]
    if side == "party_after":
        near = [p for p in parties if end - 1 <= p.start <= end + _REACH]
        near = [p for p in near if not _BREAK.search(context.document.text[end : p.start])]
        if kind in _ACCUSES:
            near = [p for p in near if not _REPORTS.match(context.document.text, p.end)]
            near = [p for p in near if not _other_hand(context, end, p)]
        found = near[0] if near else _anaphor(context, end, end + 20, end)
        return found or (_somebody(context, end, kind) if kind in _ACCUSES else None)
    before = [p for p in parties if p.end <= start and p.side is Side.ARMED]
    if not before and kind in _ACCUSES:
        before = [p for p in parties if p.end <= start <= p.end + 12]
    if before:
        return _first_name(context, before)
    return _anaphor(context, sentence.start, start, start)


def _adjective(sentence: str, m: re.Match[str]) -> bool:
    """ "Suspected rebels killed …" hedges the agent of its own clause: the roles know."""
    if m.group().lower() not in ("suspected", "possibly", "probably"):
        return False
    return not re.search(
        r"\b(?:police|officials?|authorities|investigators?|army|military|they|he|she|who|is|are|was|"
        r"were|have|had|has|officers?|also|widely|residents?|locals|analysts?|sources?)\s+$",
        sentence[: m.start()],
        re.IGNORECASE,
    )


def _other_hand(context: Context, end: int, party: Party) -> bool:
    """Whether men without a name stand before a force: "planted by gunmen near a police van"."""
    between = context.parties_in(end, party.start)
    return party.side is Side.STATE and any(p.side is Side.UNIDENTIFIED for p in between)


def _somebody(context: Context, end: int, kind: Attribution) -> Party | None:
    """Men without a name who are blamed: "police blamed separatist militants"."""
    gaps = _ARTICLES if kind is Attribution.ATTRIBUTED else _DONE_BY
    for p in context.parties_in(end, end + _REACH):
        named = p.side is Side.UNIDENTIFIED and not _UNKNOWN.match(p.alias)
        if named and gaps.fullmatch(context.document.text[end : p.start]):
            return p
    return None


_UNKNOWN = re.compile(r"(?:unidentified|unknown)\b", re.IGNORECASE)
_ARTICLES = re.compile(r"\s*(?:(?:the|a|an|some|that|local|on)\s+)*")
_DONE_BY = re.compile(r"\s*(?:\w+\s+){1,2}by\s+(?:the\s+|an?\s+)?")


_BREAK = re.compile(
    r"[;:.]|\b(?:who|which|said|when|after|while|before|killed|attacked|against)\b|,\s+(?:but|and)\b"
    r"|\b(?:him|her|them) of\b"
)
_REPORTS = re.compile(r"\s+(?:said|says|reported|confirmed|announced|told)\b")
"""Behind a party: who reports what was done by others did not do it."""


_APPOSITION = re.compile(
    r"\s*(?:\(|\)?,?\s*(?:(?:also|better|formerly) )?known as|\)?,?\s*or|\)?,"
    r"(?:\s*(?:which is |an? )?(?:linked|allied|affiliated|loyal|close) (?:to|with))?)"
    r"\s*(?:the\s*)?"
)


def _first_name(context: Context, parties: list[Party]) -> Party:
    """Of a group and its other names ("X, also known as Y, …") the first."""
    chosen = parties[-1]
    for party in reversed(parties[:-1]):
        if not _APPOSITION.fullmatch(context.document.text[party.end : chosen.start]):
            break
        chosen = party
    return chosen


def _anaphor(context: Context, start: int, end: int, at: int) -> Party | None:
    """ "The group", "the militants" between two offsets: the armed group named last before `at`."""
    lead = part_of(context.document.text, start, end)
    if not context.lexicon.pattern("attribution.anaphor.group").search(lead):
        return None
    named = [p for p in context.parties if p.end <= at and p.named and p.side is Side.ARMED]
    return called(named, lead) if named else None


def called(named: Sequence[Party], words: str) -> Party:
    """Of groups named before "the rebels" the last that is called so, else the last."""
    sort = _SORT.search(words)
    noun = sort[0].lower() if sort else ""
    so = [p for p in named if noun and any(s.endswith(noun) for a in p.actors for s in a.aliases)]
    return (so or named)[-1]


_SORT = re.compile(r"\b(?:rebels|guerrillas|separatists|insurgents|jihadists)\b", re.IGNORECASE)


def _state_near(context: Context, sentence: Sentence, start: int, end: int) -> Party | None:
    """A force that denies, or for which others deny: "state media denied that the army had"."""
    inside = context.parties_in(sentence.start, start)
    before = next((p for p in reversed(inside) if p.side is Side.STATE), None)
    after = context.parties_in(end, min(sentence.end, end + _REACH))
    found = before or next((p for p in after if p.side is Side.STATE), None)
    return found or _for_a_state(context, sentence, start)


def _for_a_state(context: Context, sentence: Sentence, start: int) -> Party | None:
    """The forces of a state whose office or capital speaks: "Armenia's ministry", "Baku"."""
    lead = part_of(context.document.text, sentence.start, start)
    told = [country for at, country in context.countries if sentence.start <= at < start]
    seat = _SEAT.match(lead)
    if seat is not None and (country := country_of_capital(seat[1])) is not None:
        told = [country]
    office = _GOVERNMENT.search(lead)
    if office is None and not (seat is not None and told):
        return None
    force = context.registry.resolve("military")
    if told:
        force = context.registry.for_country("military", told[-1])
    name = force.name if force is not None and told else ""
    if force is None:
        return None
    return Party(sentence.start, start, "military", Side.STATE, (force,), name)


_SEAT = re.compile(
    r"\W*(?:(?:But|Officials|Authorities)\s+(?:in\s+)?)?([A-Z][\w’'-]+(?: [A-Z]\w+)?)\b"
)
"""A capital at the head of a sentence stands for its state: "Baku denied it"."""

_GOVERNMENT = re.compile(
    r"\b(?:government|authorities|ministry|defen[cs]e minister|administration|presidency|state)\b"
    r"[^.;]{0,160}$",
    re.IGNORECASE,
)


def _scope(context: Context, sentence: Sentence) -> str:
    if context.lexicon.pattern("attribution.anaphor.scope_all").search(sentence.text):
        return "all"
    if context.lexicon.pattern("attribution.anaphor.scope_this").search(sentence.text):
        return "this"
    return ""
