"""The casualty ledger: what each source says of the killed and the injured.

Low, best and high are settled by `ingest.extract.ledger`; here the sources stay apart, each with
its own figure and words, so that an analyst can see what the settled figures rest on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geodata.incident import Claim, Json
from ingest.extract._word_pattern import part_of
from ingest.extract.casualties import KINDS, find_tolls
from ingest.extract.context import Context
from ingest.extract.drafts import Draft
from ingest.extract.ledger import BODIES, GROUP, NARRATIVE, OFFICIAL, Count, Said, settle
from ingest.extract.particulars.tellers import teller_near
from ingest.extract.parties import Side

THE_REPORT = "the report"
"""Source of a figure that the text gives on its own word."""

_BY_RANK = {GROUP: "the group", OFFICIAL: "officials"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What one source says of one kind ("killed", "injured"), with its words.

    `superseded` marks a figure that a later one in the same report replaces.
    """

    kind: str
    source: str
    low: int
    best: int
    high: int | None
    by_status: tuple[tuple[str, int], ...]
    start: int
    end: int
    rank: int
    superseded: bool = False

    def value(self) -> dict[str, Json]:
        """The claim's value: source, low, best, high (null: open), by status, superseded."""
        return {
            "source": self.source,
            "low": self.low,
            "best": self.best,
            "high": self.high,
            "by_status": dict(self.by_status),
            "superseded": self.superseded,
        }


def read_book(context: Context, draft: Draft, said: Sequence[Said]) -> dict[str, list[Entry]]:
    """Figures of each source, killed and injured, in the order of the text.

    `said` are the tolls of the draft with their sources. Those that were replaced stay, marked.
    """
    return {kind: _entries(context, draft, said, kind) for kind in KINDS}


def _entries(context: Context, draft: Draft, told: Sequence[Said], kind: str) -> list[Entry]:
    said = [s for s in told if s.toll.kind == kind]
    by_source: dict[str, list[Said]] = {}
    for row in said:
        by_source.setdefault(_source(context, row), []).append(row)
    counted = [row for row in said if not _told_before(context, row)]
    if counted:  # "the constable died", "two of the wounded": by whomever
        by_source = {s: rows for s, rows in by_source.items() if any(r in counted for r in rows)}
    out = [entry for source, rows in by_source.items() for entry in _of_source(kind, source, rows)]
    out += _withdrawn(context, draft, kind)
    return sorted(_replaced(out, said), key=lambda e: (e.start, e.end))


def _told_before(context: Context, row: Said) -> bool:
    """Whether a figure is of people counted already: a part of them, or the same ones again."""
    words = context.document.text[row.toll.start : row.toll.end]
    some = context.lexicon.pattern("casualties.parts.before").search(words)
    return row.toll.part or row.toll.definite or some is not None


def _of_source(kind: str, source: str, rows: Sequence[Said]) -> Iterator[Entry]:
    """One source's figure, before it the ones that it replaced itself."""
    since = 0
    for i, row in enumerate(rows):
        if i > since and row.updates and not row.toll.definite and not row.toll.part:
            earlier = settle(rows[since:i], kind)
            if earlier.best != row.toll.best:
                yield from _entry(kind, source, rows[since:i], earlier, superseded=True)
            since = i
    yield from _entry(kind, source, rows[since:], settle(rows[since:], kind))


def _entry(
    kind: str, source: str, rows: Sequence[Said], count: Count, *, superseded: bool = False
) -> Iterator[Entry]:
    if count.best is None or count.low is None or count.toll is None:
        return
    rank = max(row.rank for row in rows)
    yield Entry(
        kind, source, count.low, count.best, count.high, count.by_status,
        count.toll.start, count.toll.end, rank, superseded,
    )  # fmt: skip


def _replaced(found: Sequence[Entry], said: Sequence[Said]) -> Iterator[Entry]:
    """Mark what a later "toll rose to" of the main account replaces in other words of it."""
    updates = [s.toll for s in said if s.updates and s.rank >= NARRATIVE and not s.toll.definite]
    for entry in found:
        later = any(
            u.start > entry.end and u.total and u.best > entry.best and entry.rank >= NARRATIVE
            for u in updates
        )
        yield replace(entry, superseded=True) if later else entry


def _withdrawn(context: Context, draft: Draft, kind: str) -> Iterator[Entry]:
    """Figures that the text itself takes back ("an earlier toll of eight")."""
    cues = context.lexicon.pattern("casualties.correction.cues")
    seen: set[int] = set()
    for m in draft.mentions:
        text = part_of(context.document.text, m.start, m.end)
        if not cues.search(text) or m.start in seen:
            continue
        seen.add(m.start)
        kept = {(t.start, t.end) for t in m.tolls}
        for t in find_tolls(text, context.lexicon):
            start, end = m.start + t.start, m.start + t.end
            back = cues.search(text[max(0, t.start - 45) : t.end])
            if t.kind == kind and t.best and back and (start, end) not in kept:
                yield Entry(
                    kind, _words(context, start, ""), t.low, t.best, t.high, (), start, end,
                    NARRATIVE, superseded=True,
                )  # fmt: skip


def _source(context: Context, row: Said) -> str:
    """Name of a source as written, else by its rank."""
    if row.rank == GROUP:
        return _group(context, row.toll.start)
    if row.source == BODIES:
        return _words(context, row.toll.start, "") or "bodies counted"
    return _words(context, row.toll.start, _BY_RANK.get(row.rank, ""))


def _group(context: Context, at: int) -> str:
    """The armed group named last before an offset in its sentence, as written."""
    sentence = next((s for s in context.layout.sentences if s.start <= at < s.end), None)
    begin = sentence.start if sentence is not None else at
    named = [p for p in context.parties_in(begin, at) if p.side is Side.ARMED and p.named]
    return context.document.text[named[-1].start : named[-1].end] if named else _BY_RANK[GROUP]


def _words(context: Context, at: int, otherwise: str) -> str:
    sentence = next((s for s in context.layout.sentences if s.start <= at < s.end), None)
    if sentence is not None:
        found = teller_near(sentence.text, at - sentence.start, context.lexicon)
        if found is not None:
            return " ".join(sentence.text[found[0] : found[1]].split())
    return otherwise or THE_REPORT


def rule_words(settled: Claim, found: Sequence[Entry]) -> str:
    """Say in one line how low, best and high came from the sources."""
    best = settled.value.get("best")
    now = [e for e in found if not e.superseded]
    if not now:
        return ""
    main = next((e for e in now if e.best == best), now[0])
    if len(now) == 1 or all((e.low, e.best, e.high) == (best, best, best) for e in now):
        names = ", ".join(dict.fromkeys(e.source for e in now))
        return f"one figure: {names}"
    over = ", ".join(f"{e.source} {_figure(e)}" for e in now)
    return f"best = {main.source} {_figure(main)}; low and high = extremes over {over}"


def _figure(entry: Entry) -> str:
    if entry.high is None:
        return f"{entry.low} or more"
    return str(entry.best) if entry.low == entry.high else f"{entry.low} to {entry.high}"
