"""The country of rows that name none: by their point, and by their province or district.

A point tells its country unless it lies at a border. Where nearly all points of a batch lie in one
country, a row whose province is there, or whose point is just at its border, is taken to be there
too: one mistyped coordinate does not move a row abroad. Without a point the province or district
tells the country, where only one country has such a name.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.whereabouts import CountryCheck
    from ingest.tables._lookups import Lookups

COUNTRY_BY_POINT = "country by point"
"""Tag of an incident whose country is that in which its point lies, because its row names none."""

_NEARLY_ALL = 0.8


def with_countries(
    columns: dict[str, Any], lookups: Lookups, check: CountryCheck, tags: dict[int, list[str]]
) -> Any:
    """Give the column of countries, filled where rows name none; those by points get a tag."""
    column = columns["country"]
    rows = np.flatnonzero(pc.is_null(column).to_numpy(zero_copy_only=False)).tolist()
    if not rows:
        return column
    names = column.to_pylist()
    told = [columns[name].to_pylist() for name in ("latitude", "longitude", "admin1", "admin2")]
    points = {at: _country_at(check, told[0][at], told[1][at]) for at in rows}
    common = _common(points.values())
    for at in rows:
        first, second = told[2][at] or "", told[3][at] or ""
        held = lookups.division(first, second, "").country if first or second else ""
        point = points[at]
        if (held and held == common) or not point:
            point = None
        names[at] = point or held or None
        if point:
            tags.setdefault(at, []).append(COUNTRY_BY_POINT)
    if common:
        _settle_borders(names, rows, common, told, check, tags)
    return pa.array(names, pa.string())


def _settle_borders(
    names: list[str | None],
    rows: Sequence[int],
    common: str,
    told: list[list[Any]],
    check: CountryCheck,
    tags: dict[int, list[str]],
) -> None:
    """Give points at a border the country of nearly all others, where they are within reach."""
    open_ = [at for at in rows if names[at] is None and told[0][at] is not None]
    latitude, longitude = (np.array([part[at] for at in open_], np.float64) for part in told[:2])
    outside = check.outside_of(latitude, longitude, [common] * len(open_))
    for at, out in zip(open_, outside.tolist(), strict=True):
        if not out:
            names[at] = common
            tags.setdefault(at, []).append(COUNTRY_BY_POINT)


def _common(found: Any) -> str:
    """Give the country of nearly all points; empty where there is none."""
    counts = Counter(filter(None, found))
    most = counts.most_common(1)
    return most[0][0] if most and most[0][1] >= _NEARLY_ALL * counts.total() else ""


def _country_at(check: CountryCheck, latitude: float | None, longitude: float | None) -> str | None:
    if latitude is None or longitude is None:
        return None
    return check.country_at(latitude, longitude)
