"""The timeline under the map: bars of what is dated well enough, bands of what is not.

A component of our own (`assets/atlas/timeline.js`); `timeline_data` is pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.charts import component
from dashboard.play import play_data
from dashboard.view import timeline_step
from dashboard.wording import count_words, number
from geodata.precision import DatePrecision
from geodata.timeline import STEPS, bands, bars, coarse, in_one_step

if TYPE_CHECKING:
    from dashboard.answers import Answers
    from geodata.filters import Filter
    from geodata.timeline import Band, Dated

_COARSE_WORDS = {
    DatePrecision.MONTH: "to a month",
    DatePrecision.YEAR: "to a year",
    DatePrecision.WEEK: "to a week",
    DatePrecision.RANGE: "to some days in a row",
    DatePrecision.DAY: "to more than one day",
    DatePrecision.UNKNOWN: "to an unknown exactness",
}


def timeline_data(asked: Answers, where: Filter) -> dict[str, Any]:
    """Bars and bands over the whole time of the other filters, with the chosen period marked."""
    whole = replace(where, since=None, until=None)
    dates = asked.dates(whole)
    step = step_of(dates)
    found, uncertain = bars(dates, step), bands(dates, step)
    undated = asked.totals(whole).undated
    shown = sum(n for _, n, _ in found)
    return {
        "step": step,
        "bars": [list(bar) for bar in found],
        "bands": [_band(band) for band in uncertain],
        "since": where.since.isoformat() if where.since else None,
        "until": where.until.isoformat() if where.until else None,
        "note": _note(step, dates, undated),
        "play": play_data(dates, where, undated),
        "none": "No matching incident has a date.",
        "label": f"Incidents by {step}: {count_words(shown, 'incident')} in {len(found)} bars",
    }


def step_of(dates: Sequence[Dated]) -> str:
    """Step that gives a readable number of bars over all the time; coarser where it gave none."""
    ends = [min(one.first for one in dates), max(one.last for one in dates)] if dates else []
    step = timeline_step([(day.isoformat(), 0, 0) for day in ends])
    coarser = STEPS[STEPS.index(step) :]
    return next(
        (name for name in coarser if any(in_one_step(dated, name) for dated in dates)), step
    )


def _band(band: Band) -> dict[str, Any]:
    return {
        "since": band.first.isoformat(),
        "until": band.last.isoformat(),
        "n": band.incidents,
        "killed": band.killed,
        "lane": band.lane,
    }


def _note(step: str, dates: Iterable[Dated], undated: int) -> str:
    parts = [f"Incidents by {step}."]
    if known := coarse(dates, step):
        each = [
            f"{number(known[precision])} dated only {words}"
            for precision, words in _COARSE_WORDS.items()
            if known[precision]
        ]
        parts.append(f"Hatched, each somewhere within: {', '.join(each)}.")
    if undated:
        parts.append(f"{number(undated)} without a date.")
    return " ".join(parts)


def timeline(data: dict[str, Any], *, key: str, on_period: Callable[[], None]) -> None:
    """Draw the timeline; `on_period` finds the chosen period in ``st.session_state[key]``."""
    draw = component("atlas_timeline", "timeline")
    drawn = {name: value for name, value in data.items() if name != "play"}
    draw(key=key, data=drawn, on_period_change=on_period)
