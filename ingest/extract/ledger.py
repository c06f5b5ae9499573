"""From all that is said of the dead and the injured to low, best, high, by a stated rule.

1. Within one account, counts of different statuses add up; the same count told again is not
   added; "others", "another", "also" add; a breakdown ("including two women") never adds; a
   stated toll stands for all.
2. The best figure is the main account's: the narrative and the officials it rests on. A later
   "toll rose to" and an explicit correction supersede what they correct.
3. Accounts that differ (a group's claim, a witness, another office) widen low and high.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.extract.casualties import Toll

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Said:
    """A toll with the rank of its source: 0 a side of the fight, 1 witnesses, 2 the narrative,
    3 officials."""

    toll: Toll
    rank: int
    source: str = ""
    updates: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """Low, best and high of one kind; None where nothing is said; `high` None where open."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    by_status: tuple[tuple[str, int], ...] = ()
    toll: Toll | None = None  # the words that the best figure rests on


@dataclass(slots=True)
class _Account:
    """One source's running count by status."""

    rows: list[Toll]

    def add(self, toll: Toll, *, updates: bool) -> bool:
        """Take a count in; False where it contradicts what the account says already."""
        if toll.part or (toll.best == 0 and self.rows):
            return True
        if updates:
            self.rows = [toll]
            return True
        same = [t for t in self.rows if t.status == toll.status]
        if toll.best and any(t.best == 0 for t in self.rows):
            self.rows = [t for t in self.rows if t.best]
            same = [t for t in self.rows if t.status == toll.status]
        if toll.more and not toll.own and sum(t.best for t in self.rows) > 3 * toll.best > 0:
            return True  # "two others" among hundreds are some of them
        if toll.own:
            self.rows.append(toll)
            return True
        adds = toll.more or toll.listed
        if any(t.best == toll.best and (not adds or t.head == toll.head) for t in same):
            return True
        total = sum(t.best for t in self.rows)
        if (toll.total or toll.status == UNKNOWN) and self.rows and not adds:
            if toll.best == total:
                return True
            if toll.best > total and not any(t.total for t in self.rows):
                self.rows = [toll]  # the whole after its parts
                return True
            return False
        if toll.definite and self.rows:
            return True
        if any(t.total or t.status == UNKNOWN for t in self.rows) and not adds:
            return toll.best <= total  # a part of a stated whole
        if same and not adds:
            return False
        self.rows.append(toll)
        return True

    def sums(self) -> tuple[int, int, int | None]:
        highs = [t.high for t in self.rows]
        high = None if None in highs else sum(h for h in highs if h is not None)
        return sum(t.low for t in self.rows), sum(t.best for t in self.rows), high


def settle(said: Sequence[Said], kind: str) -> Count:
    """Low, best, high of one kind ("killed", "injured") from everything said of it."""
    rows = [s for s in said if s.toll.kind == kind]
    if not rows:
        return Count()
    main = _Account([])
    others: list[_Account] = []
    by_source: dict[str, _Account] = {}
    top = max(s.rank for s in rows)
    first_rank = 3 if rows[0].rank == 2 else rows[0].rank
    for row in rows:
        if row.rank >= min(2, top):
            if main.add(row.toll, updates=row.updates):
                continue
            if row.rank > first_rank:  # an office over an earlier, lesser voice
                others.append(main)
                main = _Account([row.toll])
                first_rank = row.rank
            else:
                others.append(_Account([row.toll]))
        else:
            account = by_source.setdefault(row.source, _Account([]))
            account.add(row.toll, updates=row.updates)
    others.extend(a for a in by_source.values() if a.rows)
    if not main.rows:
        return Count()
    return _count(main, others)


def _count(main: _Account, others: Sequence[_Account]) -> Count:
    low, best, high = main.sums()
    lows, highs = [low], [high]
    for account in others:
        a, b, c = account.sums()
        if account.rows and all(t.own for t in account.rows):  # beside the other side's dead
            a, b, c = best + a, best + b, None if c is None else best + c
        if b:
            lows.append(a)
            highs.append(c)
    by_status: dict[str, int] = {}
    for toll in main.rows:
        if toll.best:
            by_status[toll.status] = by_status.get(toll.status, 0) + toll.best
    open_end = None in highs
    top = max((h for h in highs if h is not None), default=0)
    return Count(
        min(lows),
        best,
        None if open_end else max(top, best),
        tuple(sorted(by_status.items())),
        main.rows[0],
    )
