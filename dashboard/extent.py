"""What the map shows, as a filter: for a table that follows it, and for a box taken from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.wording import count_words, number
from geodata.filters import spoken_date
from geodata.precision import DRAWN

if TYPE_CHECKING:
    from geodata.filters import Filter

Box = tuple[float, float, float, float]
"""West, south, east, north; degrees."""

_EVERYWHERE: Box = (-180.0, -90.0, 180.0, 90.0)


def box_of(said: object) -> Box | None:
    """Read a box that the map says; None for anything else.

    A view may lie on a copy of the world or reach over its edge: what lies beyond the edge is left.
    """
    if not isinstance(said, list | tuple) or len(said) != 4:
        return None
    if not all(isinstance(side, int | float) and abs(side) < 10_000 for side in said):
        return None
    west, south, east, north = (float(side) for side in said)
    if east - west >= 360:
        west, east = -180.0, 180.0
    shift = 360 * round((west + east) / 720)
    return _shared((west - shift, south, east - shift, north), _EVERYWHERE)


def _shared(one: Box, other: Box) -> Box | None:
    west, south = max(one[0], other[0]), max(one[1], other[1])
    east, north = min(one[2], other[2]), min(one[3], other[3])
    return (west, south, east, north) if west <= east and south <= north else None


@dataclass(frozen=True, slots=True)
class Extent:
    """What the map showed when it was asked: a box, and the window of time that it played."""

    said: tuple[float, ...]
    """The box as the map said it, by which it knows whether it has moved."""
    box: Box
    since: date | None = None
    until: date | None = None

    def data(self) -> dict[str, Any]:
        """The same for the component."""
        ends = {"since": self.since, "until": self.until}
        return {
            "box": list(self.said),
            **{name: day and day.isoformat() for name, day in ends.items()},
        }

    def filter(self, where: Filter) -> Filter | None:
        """Give a filter of what the map shows of another; None where that is nothing."""
        box = self.box if where.bbox is None else _shared(self.box, where.bbox)
        drawn = tuple(p for p in where.precision if p in DRAWN) or tuple(sorted(DRAWN))
        if box is None or (where.precision and not set(drawn) <= set(where.precision)):
            return None
        since = max((day for day in (self.since, where.since) if day), default=None)
        until = min((day for day in (self.until, where.until) if day), default=None)
        if since and until and since > until:
            return None
        return replace(where, bbox=box, precision=drawn, since=since, until=until)

    def words(self, shown: int, matched: int) -> str:
        """Say how many of the incidents of the filter these are."""
        words = f"{number(shown)} of {count_words(matched, 'incident')}: what the map shows"
        if self.since and self.until:
            words += f" of {spoken_date(self.since)} to {spoken_date(self.until)}"
        return words


def extent_of(said: object) -> Extent | None:
    """Read what the map says that it shows; None for a map that is left, and for anything else."""
    if not isinstance(said, Mapping):
        return None
    box = box_of(said.get("box"))
    if box is None:
        return None
    return Extent(tuple(said["box"]), box, _day(said.get("since")), _day(said.get("until")))


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
