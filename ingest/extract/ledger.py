"""From all that is said of the dead and the injured to low, best, high, by a stated rule.

1. Within one account, counts of different statuses add up; the same count told again is not
   added; "others", "another", "also" add; a breakdown ("including two women") never adds; a
   stated toll stands for all.
2. The best figure is the main account's: the narrative and the officials it rests on. A later
   "toll rose to" and an explicit correction supersede what they correct.
3. Accounts that differ (a group's claim, a witness, another office, a side's own figure of its
   dead) widen low and high.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.extract.casualties import Toll

UNKNOWN = "unknown"
ARMED = ("security_forces", "militants")
ANYBODY = ("person", "people", "victim", "member")
"""What one dead is called who may well be of those counted before."""
GROUP, WITNESS, NARRATIVE, OFFICIAL = range(4)
"""Ranks of a source: a side of the fight, witnesses, the narrative, officials."""
BODIES = "bodies"
"""Source that counted bodies: perhaps not all of them, so it can only raise the high figure."""


@dataclass(frozen=True, slots=True)
class Said:
    """A toll with the rank and the name of its source, and whether it replaces earlier ones."""

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
        if toll.best:
            self.rows = [t for t in self.rows if t.best]  # "no casualties" is overtaken
        if (updates and not toll.definite) or not self.rows:
            self.rows = [toll]
            return True
        if toll.own or toll.more or toll.listed or self._bystander(toll):
            return self._add_further(toll)
        return self._compare(toll)

    def _add_further(self, toll: Toll) -> bool:
        """People beside those before, unless they are told again or are some of them."""
        same = any(
            t.best == toll.best and t.status == toll.status and t.head == toll.head
            for t in self.rows
        )
        told = {UNKNOWN, *(t.status for t in self.rows)}
        some = toll.more and self.total > max(9, 3 * toll.best)  # "two others" among hundreds
        some = some and toll.status in told
        if toll.own and toll.status != UNKNOWN and toll.status in told:
            return same  # a side's own figure of dead that others have counted already
        if toll.own or not (same or some):
            self.rows.append(toll)
        return True

    def _compare(self, toll: Toll) -> bool:
        """The same count again, the whole of the parts, a part of the whole, or a new status."""
        same = [t for t in self.rows if t.status == toll.status]
        if toll.definite or any(t.best == toll.best for t in same):
            return True
        if len(self.rows) == 1 and self.rows[0].status == UNKNOWN and toll.best == self.total:
            self.rows = []  # the headline's "nine" are nine militants: others come beside them
        if toll.total or toll.status == UNKNOWN:
            whole = toll.best > self.total and not any(t.total for t in self.rows)
            if whole:
                self.rows = [toll]
            return whole or toll.best == self.total
        foes = toll.status == "militants" and toll.best > self.total  # beside those they killed
        if foes and not any(t.total for t in self.rows):
            self.rows.append(toll)
            return True
        if any(t.total or t.status == UNKNOWN for t in self.rows):
            return toll.best <= self.total
        if not same:
            self.rows.append(toll)
        return not same

    def _bystander(self, toll: Toll) -> bool:
        """Whether one person of a trade ("a seamstress") comes beside men under arms."""
        one = (
            toll.best == 1
            and toll.head
            and toll.status == UNKNOWN
            and not (toll.total or toll.definite)
        )
        armed = all(t.status in ARMED and not t.total for t in self.rows)
        return (
            bool(one)
            and bool(self.rows)
            and armed
            and toll.head.islower()
            and toll.head not in ANYBODY
        )

    @property
    def total(self) -> int:
        """Everyone counted so far."""
        return sum(t.best for t in self.rows)

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
    lowest = min(NARRATIVE, max(s.rank for s in rows))
    main_rank = OFFICIAL if rows[0].rank == NARRATIVE else rows[0].rank
    for row in rows:
        if row.rank < lowest:
            account = by_source.setdefault(row.source, _Account([]))
            account.add(row.toll, updates=row.updates)
        elif not main.add(row.toll, updates=row.updates):
            rival = _Account([replace(row.toll, own=False)])
            if row.rank > main_rank:  # an office over an earlier, lesser voice
                main, rival, main_rank = rival, main, row.rank
            others.append(rival)
    counted = by_source.pop(BODIES, None)
    others.extend(a for a in by_source.values() if a.rows)
    if counted is not None and counted.total > main.total:
        others.append(counted)
    return _count(main, others) if main.rows else Count()


def _count(main: _Account, others: Sequence[_Account]) -> Count:
    low, best, high = main.sums()
    lows, highs = [low], [high]
    for account in others:
        a, b, c = account.sums()
        # Its own dead, told by a side, come beside the other side's.
        if account.rows and all(t.own or t.more for t in account.rows):
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
