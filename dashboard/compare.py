"""Two periods held against each other: what changed by group, district and type.

Opened under the timeline and kept in the address (``compare=before``, or a period as
``compare=2021-01-01..2021-01-31``). Everything but `comparison` is pure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dashboard.charts import component
from dashboard.view import option_words
from dashboard.wording import count_words, number, span_words
from geodata.errors import InputError
from geodata.filters import spoken_date
from geodata.taxonomy import EVENT_TYPES
from geodata.timeline import bars, coarse

if TYPE_CHECKING:
    from dashboard.answers import Answers
    from geodata.filters import Filter
    from geodata.palette import Palette
    from geodata.timeline import Dated

BEFORE = "before"
"""Value of the address that means the period before, of equal length."""

ROWS = 8
"""Rows of a table of changes."""

GROUPS = 6
"""Groups that get a timeline of their own."""

_ALL = 100_000  # values of a list: one left out would be read as none
_PARTS = {"group": "Groups", "district": "Districts", "type": "Event types"}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included."""

    since: date
    until: date

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.until - self.since).days + 1

    @property
    def words(self) -> str:
        """The period on screen."""
        if self.since == self.until:
            return spoken_date(self.since)
        return span_words(self.since, self.until)

    def holds(self, dated: Dated) -> bool:
        """Whether incidents may have happened in it, as a filter with this period says."""
        return dated.first <= self.until and dated.last >= self.since

    def filter(self, where: Filter) -> Filter:
        """Give a filter with this period."""
        return replace(where, since=self.since, until=self.until)


def period_of(where: Filter, dates: Sequence[Dated]) -> Period | None:
    """Period of a filter; an open end is the first or last day of all; None without a period."""
    if (where.since is None and where.until is None) or not dates:
        return None
    since = where.since or min(dated.first for dated in dates)
    until = where.until or max(dated.last for dated in dates)
    return Period(since, until) if since <= until else None


def other_period(text: str, now: Period) -> Period:
    """Give the period that `now` is compared with.

    Raises
    ------
    InputError
        The text is neither `BEFORE` nor two days, or time does not go back so far.
    """
    if text == BEFORE:
        if now.since.toordinal() - now.days < 1:
            raise InputError("compare: there is no time before this period")
        return Period(now.since - timedelta(days=now.days), now.since - timedelta(days=1))
    try:
        since, until = (date.fromisoformat(part) for part in text.split(".."))
    except ValueError as error:
        raise InputError(
            f"compare: {text[:80]!r} is no period; write before, or 2021-01-01..2021-01-31"
        ) from error
    if since > until:
        raise InputError(f"compare: {text!r} ends before it begins; exchange the days")
    return Period(since, until)


@dataclass(frozen=True, slots=True)
class Change:
    """How many incidents of a name there are in one period and in the other."""

    name: str
    now: int
    before: int

    @property
    def difference(self) -> int:
        """More (above 0) or fewer."""
        return self.now - self.before


def changes(
    now: Sequence[tuple[str, int]], before: Sequence[tuple[str, int]], part: str
) -> list[Change]:
    """Put two lists of counts side by side, the largest change first; types without sub-types."""
    counts, earlier = dict(now), dict(before)
    names = [name for name in {**counts, **earlier} if part != "type" or name in EVENT_TYPES]
    found = [Change(name, counts.get(name, 0), earlier.get(name, 0)) for name in names]
    return sorted(found, key=lambda row: (-abs(row.difference), -row.now, row.name))


def signed(difference: int) -> str:
    """Say a difference with its sign: "+12", "−3", "0"."""
    sign = "+" if difference > 0 else "\N{MINUS SIGN}" if difference < 0 else ""
    return sign + number(abs(difference))


def comparison_data(
    asked: Answers, where: Filter, now: Period, before: Period, palette: Palette
) -> dict[str, Any]:
    """Tables of change and timelines of groups for the component."""
    whole = replace(where, since=None, until=None)
    return {
        "sentence": _sentence(asked.dates(whole), now, before),
        "columns": ["", "Before", "Now", "Change"],
        "tables": [_table(asked, where, part, now, before) for part in _PARTS],
        "multiples": _multiples(asked, whole, palette),
        "since": now.since.isoformat(),
        "until": now.until.isoformat(),
    }


def _sentence(dates: Sequence[Dated], now: Period, before: Period) -> str:
    in_now = [dated for dated in dates if now.holds(dated)]
    in_before = [dated for dated in dates if before.holds(dated)]
    n, m = _incidents(in_now), _incidents(in_before)
    parts = [
        f"{now.words}: {count_words(n, 'incident')}, {_against(n - m)} in {before.words}"
        f" ({number(m)})",
        f"{number(_killed(in_now))} killed, {_against(_killed(in_now) - _killed(in_before))} then"
        f" ({number(_killed(in_before))}).",
    ]
    if now.days != before.days:
        parts.append(f"The periods have {number(now.days)} and {number(before.days)} days.")
    if both := _incidents([dated for dated in in_now if before.holds(dated)]):
        parts.append(f"{number(both)} may be of either period and count in both.")
    return "; ".join(parts[:2]) + " ".join(["", *parts[2:]])


def _against(difference: int) -> str:
    if not difference:
        return "as many as"
    return f"{number(abs(difference))} {'more' if difference > 0 else 'fewer'} than"


def _incidents(dates: Sequence[Dated]) -> int:
    return sum(dated.incidents for dated in dates)


def _killed(dates: Sequence[Dated]) -> int:
    return sum(dated.killed for dated in dates)


def _table(asked: Answers, where: Filter, part: str, now: Period, before: Period) -> dict[str, Any]:
    counts, earlier = (
        asked.facet(part, period.filter(where), limit=_ALL) for period in (now, before)
    )
    rows = changes(counts, earlier, part)
    most = max((abs(row.difference) for row in rows), default=0) or 1
    left = sum(bool(row.difference) for row in rows[ROWS:])
    return {
        "title": _PARTS[part],
        "part": part,
        "rows": [
            {
                "name": row.name,
                "chosen": row.name in {str(value) for value in getattr(where, part)},
                "words": option_words(part, row.name),
                "before": number(row.before),
                "now": number(row.now),
                "change": signed(row.difference),
                "share": row.difference / most,
            }
            for row in rows[:ROWS]
        ],
        "rest": f"{number(left)} more changed less." if left else "",
        "none": "None in either period.",
    }


def _multiples(asked: Answers, whole: Filter, palette: Palette) -> dict[str, Any]:
    """Timelines of the most frequent groups, or of the chosen ones, on one scale."""
    from dashboard.timeline import step_of

    names = whole.group or [name for name, _ in asked.facet("group", whole, limit=GROUPS)]
    step = step_of(asked.dates(whole))
    charts = []
    for name in names[:GROUPS]:
        dates = asked.dates(replace(whole, group=(name,)))
        hatched = sum(coarse(dates, step).values())
        charts.append(
            {
                "name": name,
                "colour": palette.colour(name),
                "bars": [[day, n] for day, n, _ in bars(dates, step)],
                "rest": f"+ {number(hatched)} dated less exactly" if hatched else "",
            }
        )
    return {"step": step, "title": f"Groups by {step}, on one scale", "charts": charts}


def comparison(data: dict[str, Any], *, key: str, on_pick: Callable[[], None]) -> None:
    """Draw the tables and the timelines; `on_pick` finds the clicked ``[part, name]`` in
    ``st.session_state[key]``."""
    component("atlas_compare", "compare")(key=key, data=data, on_pick_change=on_pick)
