"""Incidents as columns for a map at any scale: sorted along a curve, gathered into cells.

The points of a project are kept once in memory, sorted by their place on a Z-order (Morton) curve,
so that the points of a cell of any zoom level stand together and a cell is a run of rows. A filter
picks rows and keeps their order. Districts and provinces, which are drawn as one stack each, are
kept apart from points that are known better.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geodata.columns import NONE, display_groups
from geodata.precision import DRAWN, RADIUS_KM, LocationPrecision

if TYPE_CHECKING:
    from geodata.columns import Coded, ProjectColumns

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

BITS = 26
"""Bits of a coordinate on the curve: cells of 0.6 m at the equator."""

CELL_BITS = 5
"""A tile of 256 pixels has 2**5 cells a side, of 8 pixels each."""

MAX_LATITUDE = 85.05112878
"""Where the square of the Web Mercator projection ends, degrees."""

PRECISIONS = tuple(LocationPrecision)
AREAS = (LocationPrecision.DISTRICT, LocationPrecision.PROVINCE)
"""Classes drawn as one stack per district or province."""

_CODES = {word.value: code for code, word in enumerate(PRECISIONS)}
_RINGED = (LocationPrecision.NEAR, LocationPrecision.SEA)


@dataclass(frozen=True, slots=True)
class Points:
    """Rows of incidents that a map draws, all arrays of one length; 45 bytes a row.

    Attributes
    ----------
    fid
        Number of the incident in its store.
    row
        Its row in the columns of the project.
    x, y
        Web Mercator in the unit square, y downwards.
    code
        Place on the curve; rows of `MapIndex.sharp` are sorted by it.
    group, precision, area
        Positions in `MapIndex.groups`, `PRECISIONS`, `MapIndex.areas` (-1 for none).
    draft
        1 for incidents that nobody has reviewed.
    """

    fid: Ints
    row: npt.NDArray[np.int32]
    x: Floats
    y: Floats
    code: Ints
    group: npt.NDArray[np.int32]
    precision: npt.NDArray[np.int8]
    area: npt.NDArray[np.int32]
    draft: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.fid)

    def taken(self, which: npt.NDArray[Any]) -> Points:
        """Some rows, by mask or position."""
        return Points(*(getattr(self, name)[which] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Cells:
    """Points gathered: arrays with one item per cell, and the groups in each.

    `start` gives where each cell's rows begin in the points, with one item more at the end;
    `mix_start` likewise for `mix_group` and `mix_count`, the most frequent group of a cell first.
    `key` is the cell's own number at this zoom, or the area's.
    """

    key: Ints
    start: Ints
    x: Floats
    y: Floats
    draft: Ints
    precision: Ints
    mix_start: Ints
    mix_group: Ints
    mix_count: Ints

    def __len__(self) -> int:
        return len(self.key)


@dataclass(frozen=True, slots=True)
class MapIndex:
    """All drawable incidents of a project: `sharp` points along the curve, `stacked` ones by area.

    `areas` are kind (district, province) and name; `groups` names as they are coloured.
    """

    sharp: Points
    stacked: Points
    groups: tuple[str, ...]
    areas: tuple[tuple[str, str], ...]

    def chosen(self, found: npt.NDArray[np.bool_]) -> tuple[Points, Points]:
        """Give the sharp and the stacked points among incidents, by `geodata.columns.matching`."""
        sharp, stacked = self.sharp, self.stacked
        return sharp.taken(found[sharp.row]), stacked.taken(found[stacked.row])


# ---------------------------------------------------------------- building


def build_index(columns: ProjectColumns) -> MapIndex:
    """Choose every incident that a map can draw, and put them in order."""
    words = columns.words
    drawn = words["location_precision"].exactly(DRAWN)
    rows = np.flatnonzero(drawn & ~np.isnan(columns.longitude) & ~np.isnan(columns.latitude))
    x, y = mercator(columns.longitude[rows], columns.latitude[rows])
    precision = _precision(words["location_precision"])[rows]
    groups, group = display_groups(columns)
    areas, area = _areas(words, rows, precision)
    whole = Points(
        fid=columns.fid[rows],
        row=rows.astype(np.int32),
        x=x,
        y=y,
        code=morton(x, y),
        group=group[rows],
        precision=precision,
        area=area,
        draft=words["status"].exactly(["draft"])[rows].astype(np.int8),
    )
    stacked = _is_stacked(precision)
    sharp, stack = np.flatnonzero(~stacked), np.flatnonzero(stacked)
    return MapIndex(
        sharp=whole.taken(sharp[np.argsort(whole.code[sharp])]),
        stacked=whole.taken(stack[np.argsort(area[stack])]),
        groups=groups,
        areas=areas,
    )


def _precision(column: Coded) -> npt.NDArray[np.int8]:
    """Places of the classes in `PRECISIONS`, for every incident."""
    places = [_CODES.get(word, NONE) for word in column.words]
    found: npt.NDArray[np.int8] = np.array([*places, NONE], dtype=np.int8)[column.code]
    return found


def _areas(
    words: dict[str, Coded], rows: Ints, precision: npt.NDArray[np.int8]
) -> tuple[tuple[tuple[str, str], ...], npt.NDArray[np.int32]]:
    """Districts and provinces of those that are known no better: (kind, name), and places in that
    list, -1 for the others."""
    area = np.full(len(rows), NONE, dtype=np.int32)
    at = np.flatnonzero(_is_stacked(precision))
    is_district = precision[at] == _CODES[LocationPrecision.DISTRICT.value]
    key = is_district.astype(np.int64)
    for name in ("country", "admin1", "admin2"):  # one number of the four, which sorts fast
        code = words[name].code[rows[at]].astype(np.int64)
        if name == "admin2":
            code = np.where(is_district, code, NONE)
        key = key * (len(words[name].words) + 1) + code + 1
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    area[at] = place
    return tuple(_area(words, int(rows[at[one]]), bool(is_district[one])) for one in first), area


def _area(words: dict[str, Coded], row: int, is_district: bool) -> tuple[str, str]:
    """Kind and name of the area of a row."""
    columns = ("admin2", "admin1", "country")[0 if is_district else 1 :]
    codes = [(words[column], int(words[column].code[row])) for column in columns]
    names = [one.words[code] for one, code in codes if code != NONE]
    return "district" if is_district else "province", next((name for name in names if name), "")


def _is_stacked(precision: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = np.isin(precision, [_CODES[word.value] for word in AREAS])
    return found


def mercator(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """Project degrees to the unit square of Web Mercator, y downwards from the north."""
    sine = np.sin(np.radians(np.clip(latitude, -MAX_LATITUDE, MAX_LATITUDE)))
    x = np.clip(longitude / 360 + 0.5, 0.0, 1.0)
    y = np.clip(0.5 - np.log((1 + sine) / (1 - sine)) / (4 * math.pi), 0.0, 1.0)
    return x, y


def degrees(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Give (longitude, latitude) for positions in the unit square."""
    return (x - 0.5) * 360, np.degrees(np.arctan(np.sinh(math.pi * (1 - 2 * y))))


def morton(x: Floats, y: Floats) -> Ints:
    """Interleave the bits of x and y: cells of any zoom are runs of the sorted codes."""
    side = 2**BITS
    column = np.minimum((x * side).astype(np.int64), side - 1)
    row = np.minimum((y * side).astype(np.int64), side - 1)
    return _apart(column) | (_apart(row) << 1)


def _apart(value: Ints) -> Ints:
    """Put a nought between the bits of numbers of up to 32 bits."""
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333), (1, 0x5555555555555555),
    ):  # fmt: skip
        value = (value | (value << shift)) & mask
    return value


# ---------------------------------------------------------------- gathering


def cells(points: Points, zoom: int, groups: int) -> Cells:
    """Gather sharp points, sorted by their codes, into the cells of a zoom level."""
    shift = 2 * max(0, BITS - CELL_BITS - zoom)
    return _gathered(points, points.code >> shift, groups)


def stacks(points: Points, groups: int) -> Cells:
    """Gather stacked points, sorted by area, into one stack per district or province."""
    return _gathered(points, points.area.astype(np.int64), groups)


def _gathered(points: Points, keys: Ints, groups: int) -> Cells:
    if not len(points):
        none, nowhere = np.zeros(0, dtype=np.int64), np.zeros(0)
        start = np.zeros(1, dtype=np.int64)
        return Cells(none, start, nowhere, nowhere, none, none, start, none, none)
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    ends = np.append(starts, len(points))
    count = np.diff(ends)
    cell = np.repeat(np.arange(len(starts)), count)
    pairs, numbers = np.unique(cell * groups + points.group, return_counts=True)
    of = pairs // groups
    order = np.lexsort((-numbers, of))
    mix_start = np.searchsorted(of, np.arange(len(starts) + 1))
    rank = _RANKS[points.precision]
    return Cells(
        key=keys[starts],
        start=ends,
        x=np.add.reduceat(points.x, starts) / count,
        y=np.add.reduceat(points.y, starts) / count,
        draft=np.minimum.reduceat(points.draft, starts),
        precision=_BY_RANK[np.maximum.reduceat(rank, starts)],
        mix_start=mix_start,
        mix_group=(pairs % groups)[order],
        mix_count=numbers[order],
    )


# A cell says how far off its least exactly known point may be: rings and stacks by their radius.
_ORDERED = sorted(
    range(len(PRECISIONS)),
    key=lambda code: RADIUS_KM[PRECISIONS[code]] if PRECISIONS[code] in (*_RINGED, *AREAS) else 0,
)
_BY_RANK = np.array(_ORDERED)
_RANKS = np.argsort(_BY_RANK)
