"""Incidents as columns for a map at any scale: sorted along a curve, gathered into cells.

The points of a project are kept once in memory, sorted by their place on a Z-order (Morton) curve,
so that the points of a cell of any zoom level stand together and a cell is a run of rows. A filter
picks rows and keeps their order. Districts and provinces, which are drawn as one stack each, are
kept apart from points that are known better.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geodata.palette import UNKNOWN
from geodata.precision import DRAWN, RADIUS_KM, LocationPrecision

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.store import Store

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

BITS = 26
"""Bits of a coordinate on the curve: cells of 0.6 m at the equator."""

CELL_BITS = 5
"""A tile of 256 pixels has 2**5 cells a side, of 8 pixels each."""

MAX_LATITUDE = 85.05112878
"""Where the square of the Web Mercator projection ends, degrees."""

COLUMNS = (
    "longitude", "latitude", "location_precision", "status", "perpetrator", "actor1", "admin2",
    "admin1", "country",
)  # fmt: skip

PRECISIONS = tuple(LocationPrecision)
AREAS = (LocationPrecision.DISTRICT, LocationPrecision.PROVINCE)
"""Classes drawn as one stack per district or province."""

_CODES = {word.value: code for code, word in enumerate(PRECISIONS)}
_RINGED = (LocationPrecision.NEAR, LocationPrecision.SEA)
_MARK = "\x1f"


@dataclass(frozen=True, slots=True)
class Points:
    """Rows of incidents that a map draws, all arrays of one length; 40 bytes a row.

    Attributes
    ----------
    fid
        Number of the incident in its store.
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

    def chosen(self, fids: Ints) -> tuple[Points, Points]:
        """Give the sharp and the stacked points among some incidents."""
        # Numbers of a store are nearly dense, so that a flag for each is the quickest look-up.
        last = max((int(part.max()) for part in (fids, self.sharp.fid, self.stacked.fid)
                    if len(part)), default=0)  # fmt: skip
        wanted = np.zeros(last + 1, dtype=bool)
        wanted[fids] = True
        sharp, stacked = self.sharp, self.stacked
        return sharp.taken(wanted[sharp.fid]), stacked.taken(wanted[stacked.fid])


# ---------------------------------------------------------------- building


def build_index(store: Store) -> MapIndex:
    """Read every incident that a map can draw."""
    groups: dict[str, int] = {}
    areas: dict[str, int] = {}
    parts = [_read(batch, groups, areas) for batch in store.arrow(COLUMNS)]
    whole = Points(*(np.concatenate(column) for column in zip(_NOTHING, *parts, strict=True)))
    stacked = _is_stacked(whole.precision)
    sharp, stack = whole.taken(~stacked), whole.taken(stacked)
    return MapIndex(
        sharp=sharp.taken(np.argsort(sharp.code, kind="stable")),
        stacked=stack.taken(np.argsort(stack.area, kind="stable")),
        groups=tuple(groups),
        areas=tuple((key.split(_MARK)[0], key.split(_MARK)[-1]) for key in areas),
    )


_Columns = tuple[npt.NDArray[Any], ...]
_KINDS: dict[str, npt.DTypeLike] = {
    "fid": np.int64, "x": np.float64, "y": np.float64, "code": np.int64, "group": np.int32,
    "precision": np.int8, "area": np.int32, "draft": np.int8,
}  # fmt: skip
_NOTHING: _Columns = tuple(np.zeros(0, dtype=_KINDS[name]) for name in Points.__slots__)


def _read(batch: pa.RecordBatch, groups: dict[str, int], areas: dict[str, int]) -> _Columns:
    """Give the columns of `Points` of a batch, without rows that are not drawn."""
    import pyarrow.compute as pc

    drawn = pc.is_in(batch["location_precision"], value_set=_arrow([p.value for p in DRAWN]))
    there = pc.and_(pc.is_valid(batch["longitude"]), pc.is_valid(batch["latitude"]))
    batch = batch.filter(pc.and_(drawn, there))
    x, y = mercator(
        batch["longitude"].to_numpy(zero_copy_only=False),
        batch["latitude"].to_numpy(zero_copy_only=False),
    )
    precision = _positions(batch["location_precision"], dict(_CODES))
    group = pc.coalesce(_told(batch["perpetrator"]), _told(batch["actor1"]), UNKNOWN)
    draft = pc.equal(batch["status"], "draft").to_numpy(zero_copy_only=False)
    return (
        batch["fid"].to_numpy(),
        x,
        y,
        morton(x, y),
        _positions(group, groups).astype(np.int32),
        precision.astype(np.int8),
        _areas(batch, precision, areas).astype(np.int32),
        draft.astype(np.int8),
    )


def _areas(batch: pa.RecordBatch, precision: Ints, areas: dict[str, int]) -> Ints:
    """Give the number of the district or province of each row that is known no better."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = np.full(batch.num_rows, -1, dtype=np.int64)
    stacked = _is_stacked(precision)
    rows = batch.filter(pa.array(stacked))
    if not rows.num_rows:
        return found
    district = pc.equal(rows["location_precision"], LocationPrecision.DISTRICT.value)
    admin1, admin2, country = (
        pc.fill_null(rows[name], "") for name in ("admin1", "admin2", "country")
    )
    admin2 = pc.if_else(district, admin2, "")
    kind = pc.if_else(district, "district", "province")
    name = pc.coalesce(_told(admin2), _told(admin1), country)
    key = pc.binary_join_element_wise(kind, country, admin1, admin2, name, _MARK)
    found[stacked] = _positions(key, areas)
    return found


def _is_stacked(precision: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = np.isin(precision, [_CODES[word.value] for word in AREAS])
    return found


def _arrow(values: Sequence[str]) -> pa.Array:
    import pyarrow as pa

    return pa.array(values)


def _told(column: pa.Array) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)


def _positions(column: pa.Array, known: dict[str, int]) -> Ints:
    """Give the number of each text, adding texts that are new."""
    encoded = column.dictionary_encode()
    numbers = [known.setdefault(text, len(known)) for text in encoded.dictionary.to_pylist()]
    found: Ints = np.array(numbers, dtype=np.int64)[encoded.indices.to_numpy()]
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
