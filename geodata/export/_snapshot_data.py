"""What a snapshot draws: incidents as arrays, then as dots, badges and what is not on the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geodata.incident import Status
from geodata.palette import UNKNOWN
from geodata.precision import DRAWN, LocationPrecision

if TYPE_CHECKING:
    import geopandas

COLUMNS = (
    "perpetrator",
    "actor1",
    "place",
    "admin2",
    "admin1",
    "country",
    "latitude",
    "longitude",
    "location_precision",
    "status",
    "event_date",
)
"""Columns of the store's frame that a snapshot needs."""

AREA_ONLY = (LocationPrecision.DISTRICT, LocationPrecision.PROVINCE)
"""Classes drawn as a badge with a number, never as a dot."""

Floats = npt.NDArray[np.float64]
Texts = npt.NDArray[np.object_]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """One row per incident that matches the filter; x = longitude, y = latitude in degrees.

    Texts are "" where the incident has none; coordinates are NaN.
    """

    x: Floats
    y: Floats
    group: Texts
    precision: Texts
    draft: Bools
    place: Texts
    district: Texts
    province: Texts
    country: Texts
    first: date | None = None
    last: date | None = None

    def __len__(self) -> int:
        return len(self.x)

    @property
    def located(self) -> Bools:
        """Rows that have a place on the map."""
        drawn = np.isin(self.precision, [klass.value for klass in DRAWN])
        return np.asarray(drawn & np.isfinite(self.x) & np.isfinite(self.y))


def points_from_frame(frame: geopandas.GeoDataFrame) -> Points:
    """Points from a store's frame with the `COLUMNS`."""
    text = {name: _texts(frame[name]) for name in COLUMNS if name not in _NOT_TEXT}
    group = np.where(text["perpetrator"] != "", text["perpetrator"], text["actor1"])
    days = frame["event_date"].dropna()
    return Points(
        x=frame["longitude"].to_numpy(dtype=np.float64, na_value=np.nan),
        y=frame["latitude"].to_numpy(dtype=np.float64, na_value=np.nan),
        group=np.where(group != "", group, UNKNOWN),
        precision=text["location_precision"],
        draft=text["status"] == Status.DRAFT.value,
        place=text["place"],
        district=text["admin2"],
        province=text["admin1"],
        country=text["country"],
        first=days.min().date() if len(days) else None,
        last=days.max().date() if len(days) else None,
    )


_NOT_TEXT = ("latitude", "longitude", "event_date")


def _texts(column: Any) -> Texts:
    return np.asarray(column.astype(object).where(column.notna(), ""), dtype=object)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots:
    """Incidents of one group at one point, each row drawn as one mark with area as `count`."""

    x: Floats
    y: Floats
    count: npt.NDArray[np.int64]
    group: Texts
    near: Bools
    draft: Bools

    def __len__(self) -> int:
        return len(self.x)

    @property
    def points(self) -> Floats:
        """Coordinates (n, 2) in degrees, x = longitude."""
        return np.column_stack([self.x, self.y])


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """Incidents known only to one district or province: a number at its point."""

    x: float
    y: float
    precision: LocationPrecision
    shares: tuple[tuple[str, int], ...]  # group and count, most first

    @property
    def count(self) -> int:
        """Number of incidents."""
        return sum(count for _, count in self.shares)


def dots_of(points: Points) -> Dots:
    """Merge the incidents of one group, class and review state that share a point (to 10 m)."""
    chosen = np.flatnonzero(points.located & ~np.isin(points.precision, [*AREA_ONLY]))
    near = points.precision[chosen] == LocationPrecision.NEAR.value
    names, group = np.unique(points.group[chosen].astype(str), return_inverse=True)
    x, y = np.round(points.x[chosen], 4), np.round(points.y[chosen], 4)
    keys = np.column_stack([x, y, group, near, points.draft[chosen]])
    rows, count = np.unique(keys, axis=0, return_counts=True)
    return Dots(
        x=rows[:, 0],
        y=rows[:, 1],
        count=count.astype(np.int64),
        group=names.astype(object)[rows[:, 2].astype(int)],
        near=rows[:, 3] > 0,
        draft=rows[:, 4] > 0,
    )


def badges_of(points: Points) -> list[Badge]:
    """Merge the incidents of one district, or one province, that share its point."""
    chosen = np.flatnonzero(points.located & np.isin(points.precision, [*AREA_ONLY]))
    stacks: dict[tuple[str, float, float], Counter[str]] = {}
    for row in chosen.tolist():
        key = (points.precision[row], round(points.x[row], 3), round(points.y[row], 3))
        stacks.setdefault(key, Counter())[points.group[row]] += 1
    return [
        Badge(
            x=x,
            y=y,
            precision=LocationPrecision(precision),
            shares=tuple(sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))),
        )
        for (precision, x, y), shares in sorted(stacks.items())
    ]


def outside_of(points: Points, *, most: int = 5) -> list[tuple[str, int]]:
    """What is not on the map, in words, with counts: the country where one is known."""
    missing = np.flatnonzero(~points.located)
    counts = Counter(_whereabouts(points, row) for row in missing.tolist())
    listed = counts.most_common()
    if len(listed) <= most:
        return listed
    rest = sum(count for _, count in listed[most - 1 :])
    return [*listed[: most - 1], ("elsewhere", rest)]


def _whereabouts(points: Points, row: int) -> str:
    country = str(points.country[row])
    if points.precision[row] == LocationPrecision.COUNTRY.value and country:
        return f"{country}, no place named"
    if country:
        return f"{country}, place not found"
    return "place unknown"


def places_of(points: Points, *, most: int = 12) -> list[tuple[str, float, float, int]]:
    """Places with the most incidents: name, longitude, latitude, count.

    Where there are many incidents, a place with a single one is not worth a name.
    """
    exact = points.located & ~np.isin(points.precision, [*AREA_ONLY, LocationPrecision.NEAR.value])
    chosen = np.flatnonzero(exact & (points.place != ""))
    counts: Counter[str] = Counter(points.place[chosen].tolist())
    where: dict[str, int] = {}
    for row in chosen.tolist():
        where.setdefault(points.place[row], row)
    least = 1 if len(points) <= 40 else max(2, len(points) // 400)
    top = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    top = [pair for pair in top if pair[1] >= least]
    return [(name, points.x[where[name]], points.y[where[name]], n) for name, n in top]


def group_counts(points: Points) -> list[tuple[str, int]]:
    """Display groups with their counts, most first."""
    counts = Counter(points.group.tolist())
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def class_counts(points: Points) -> dict[LocationPrecision, int]:
    """Incidents on the map by precision class."""
    counts = Counter(points.precision[points.located].tolist())
    return {klass: counts[klass.value] for klass in LocationPrecision if counts[klass.value]}


def legend_groups(
    counts: Sequence[tuple[str, int]], own: Sequence[str], *, most: int = 9
) -> tuple[list[tuple[str, int]], int]:
    """Groups to name in the legend, and how many incidents the rest have.

    Groups with a colour of their own come first; grey ones are named while there is room.
    """
    coloured = [pair for pair in counts if pair[0] in own]
    grey = [pair for pair in counts if pair[0] not in own]
    room = max(most - len(coloured), 0)
    named = coloured + (grey if len(grey) <= room else grey[: max(room - 1, 0)])
    return named, sum(count for _, count in counts) - sum(count for _, count in named)
