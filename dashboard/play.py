"""Playing time: a control under the timeline that lets the map show one window after the other.

The component (`assets/atlas/play.js`) and the map's frame (`assets/atlas/window.js`) speak by
events in the browser; nothing that is played runs the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.charts import component
from dashboard.wording import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.filters import Filter
    from geodata.timeline import Dated

MOST_STEPS = 120
"""Windows up to which the finest step is offered first; at one a second that is two minutes."""

_DAYS = {"day": 1, "week": 7, "month": 30}


def play_data(dates: Sequence[Dated], where: Filter, undated: int) -> dict[str, Any] | None:
    """Time that can be played: the filter's period, or that of all dates; None without a date.

    Parameters
    ----------
    dates
        Of the incidents that match the filter without its period.
    undated
        Of those, how many have no date.
    """
    if not dates:
        return None
    first = where.since or min(dated.first for dated in dates)
    last = where.until or max(dated.last for dated in dates)
    if first >= last:
        return None
    days = (last - first).days + 1
    step = next((name for name, each in _DAYS.items() if days / each <= MOST_STEPS), "month")
    return {
        "since": first.isoformat(),
        "until": last.isoformat(),
        "step": step,
        "note": _note(dates, undated),
    }


def _note(dates: Sequence[Dated], undated: int) -> str:
    parts = []
    if any(dated.last > dated.first for dated in dates):
        parts.append("An incident known only to a month or a year is in every window it may be of.")
    if undated:
        parts.append(f"{number(undated)} without a date are in none.")
    return " ".join(parts)


def play(data: dict[str, Any], *, key: str) -> None:
    """Draw the control."""
    component("atlas_play", "play")(key=key, data=data)
