"""What changed: a filter's period beside the period of equal length before it.

Hexagons and areas hold both counts. An incident that is known only to a week or a month counts in
every period that it touches, as in the filter itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import orjson

from dashboard.map.areas import areas_of, sums_of
from dashboard.map.cells import Box, shown
from dashboard.map.classes import equal_factor
from dashboard.map.hexagons import Hexagons, hexagons_of, near_view, resolution_of, shape_of
from dashboard.map.rows import killed_column
from geodata.errors import InputError
from geodata.filters import Filter

if TYPE_CHECKING:
    from geodata.store import Store

Ints = npt.NDArray[np.int64]

MOST = 3
"""Classes on each side of no change."""

NO_PERIOD = "a change needs a period: choose a first and a last day"


def period_before(where: Filter) -> Filter:
    """Give the same filter for as many days before its first one.

    Raises
    ------
    InputError
        The filter has no first or no last day, or there are no days before.
    """
    if where.since is None or where.until is None:
        raise InputError(NO_PERIOD)
    last = timedelta(1)
    try:
        until = where.since - last
        return replace(where, since=until - (where.until - where.since), until=until)
    except OverflowError as error:
        raise InputError(f"there are no such days before {where.since.isoformat()!r}") from error


def period_words(where: Filter) -> str:
    """Name a filter's period as everywhere: 1 Jun – 31 Aug 2021."""
    return Filter(since=where.since, until=where.until).sentence()


def _sides(now: Filter) -> dict[str, Any]:
    return {"period": period_words(now), "before_period": period_words(period_before(now))}


def hexagon_change_json(store: Store, where: Filter, zoom: int, view: Box) -> bytes:
    """Hexagons of a view in either period, as columns ``n`` and ``before``."""
    resolution, earlier = resolution_of(zoom), period_before(where)
    pair = [hexagons_of(store, one, resolution) for one in (where, earlier)]
    now, before = pair
    cells = np.union1d(now.cell, before.cell)
    n, was = (_at(one, cells, one.n) for one in pair)
    # A hexagon lies about where its incidents of either period do.
    x, y = (np.where(n > 0, _at(now, cells, a), _at(before, cells, b))
            for a, b in ((now.x, before.x), (now.y, before.y)))  # fmt: skip
    seen = np.flatnonzero(near_view(x, y, view, resolution))
    answer: dict[str, Any] = {
        "zoom": zoom,
        **_sides(where),
        **_told(n, was),
        "id": [f"{cell:x}" for cell in cells[seen].tolist()],
        "n": n[seen].tolist(),
        "before": was[seen].tolist(),
        "shape": [shape_of(cell) for cell in cells[seen].tolist()],
        "stacked": len(shown(store, where).stacked),
        "before_stacked": len(shown(store, earlier).stacked),
    }
    return orjson.dumps(answer)


def _at(found: Hexagons, cells: Ints, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    every = np.zeros(len(cells), dtype=values.dtype)
    every[np.searchsorted(cells, found.cell)] = values
    return every


def area_change_json(store: Store, where: Filter, kind: str) -> bytes:
    """Areas with incidents in either period, as columns ``n`` and ``before``."""
    earlier, areas = period_before(where), areas_of(store, kind)
    now, before = (sums_of(store, one, kind) for one in (where, earlier))
    at = np.flatnonzero(now.n + before.n)
    answer: dict[str, Any] = {
        "kind": kind,
        "words": areas.words,
        **_sides(where),
        **_told(now.n, before.n),
        "at": at.tolist(),
        "name": [areas.names[one] for one in at.tolist()],
        "parent": [areas.parents[one] for one in at.tolist()],
        "x": areas.x[at].round(7).tolist(),
        "y": areas.y[at].round(7).tolist(),
        "n": now.n[at].tolist(),
        "before": before.n[at].tolist(),
        "stacked": now.coarse + now.outside,
        "before_stacked": before.coarse + before.outside,
    }
    return orjson.dumps(answer)


def _told(n: Ints, before: Ints) -> dict[str, Any]:
    """Sums of both periods, and the classes that hold more and fewer alike."""
    return {
        "inside": int(n.sum()),
        "before_inside": int(before.sum()),
        "classes": equal_factor(np.abs(n - before), most=MOST),
    }


def before_of(store: Store, where: Filter, fids: Ints) -> dict[str, Any]:
    """What a pop-up says of the incidents of the period before."""
    toll = killed_column(store).of(fids)
    return {
        "period": period_words(period_before(where)),
        "n": len(fids),
        "killed": int(np.maximum(toll, 0).sum()),
        "untold": int((toll < 0).sum()),
    }
