"""Columns of coordinates: latitude and longitude of each row, WGS 84 (EPSG:4326) degrees.

A point that cannot be right is never mended in silence: it is read with a question, left out with
one, or a fault. `docs/tables.md` says which.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ingest.presets.values._angles import Pair, from_utm, placed, read_angle, read_pair
from ingest.presets.values._boxes import inside
from ingest.presets.values._column import MARK, Distinct, UnreadableError, distinct
from ingest.presets.values.words import plain, tells_nothing

Floats = npt.NDArray[np.float64]

_DIGIT = re.compile(r"\d")
_MOST = 0.8
_FEW = 3


@dataclass(frozen=True, slots=True)
class Points:
    """Latitudes and longitudes by row, NaN where there are none; faults and questions by row."""

    latitude: Floats
    longitude: Floats
    faults: dict[int, str] = field(default_factory=dict)
    questions: dict[int, str] = field(default_factory=dict)

    def ask(self, rows: npt.NDArray[np.bool_], why: str) -> None:
        """Put a question to some rows."""
        for row in np.flatnonzero(rows).tolist():
            self.questions[row] = "; ".join(filter(None, (self.questions.get(row, ""), why)))

    def arrays(self) -> tuple[Any, Any]:
        """Give both as arrays of Arrow, null where there is no point."""
        missing = np.isnan(self.latitude) | np.isnan(self.longitude)
        return tuple(
            pa.array(v, pa.float64(), mask=missing) for v in (self.latitude, self.longitude)
        )


def read_points(columns: Sequence[Any], form: str = "") -> Points:
    """Read coordinates from one column (both in a cell), two, or three (UTM zone, east, north).

    `form` is ``xy`` where longitude stands first, or ``utm 42N`` for eastings and northings.
    """
    plain_pair = len(columns) == 2 and not form.startswith("utm")
    points = _fast(columns) if plain_pair else None
    if points is None:
        read = distinct(*columns)
        points = _spread(read, _reader(len(columns), form))
    return _checked(points)


def _fast(columns: Sequence[Any]) -> Points | None:
    """Read two columns that hold decimal numbers and nothing else."""
    try:
        values = [
            np.asarray(column.cast(pa.float64()).fill_null(np.nan), np.float64)
            for column in columns
        ]
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None
    if np.isnan(values[0]).any() or np.isnan(values[1]).any() or np.isinf(values).any():
        return None
    return Points(values[0].copy(), values[1].copy())


def _reader(columns: int, form: str) -> Callable[[str], Pair]:
    if form.startswith("utm") or columns == 3:
        zone = form.removeprefix("utm").strip()
        return lambda text: _utm(text.split(MARK), zone)
    if columns == 1:
        return lambda text: read_pair(text, x_first=form == "xy")
    return _two


def _utm(parts: list[str], zone: str) -> Pair:
    if len(parts) == 1:
        return read_pair(parts[0] if zone == "" else f"{zone} {parts[0]}")
    *own, east, north = parts
    if tells_nothing(plain(east)) and tells_nothing(plain(north)):
        return np.nan, np.nan, ""
    given = own[0] if own else zone
    if not given:
        raise UnreadableError("eastings and northings without the UTM zone: give form = 'utm 42N'")
    try:
        metres = [float(part.replace(" ", "").replace(",", ".")) for part in (east, north)]
    except ValueError as error:
        raise UnreadableError("easting or northing is no number") from error
    return from_utm(given, *metres)


def _two(text: str) -> Pair:
    parts = text.split(MARK)
    if tells_nothing(plain(parts[1])) and not tells_nothing(plain(parts[0])):
        return _alone(parts[0])
    if tells_nothing(plain(parts[0])):
        return np.nan, np.nan, "only one of the two coordinates is given: left out"
    return placed(read_angle(parts[0]), read_angle(parts[1]))


def _alone(text: str) -> Pair:
    try:
        return read_pair(text)
    except UnreadableError:
        return np.nan, np.nan, "only one of the two coordinates is given: left out"


def _spread(read: Distinct, reader: Callable[[str], Pair]) -> Points:
    pairs: list[Pair] = []
    faults: list[str] = []
    for text in read.texts:
        pair, fault = _one(text, reader)
        pairs.append(pair)
        faults.append(fault)
    table = np.array([pair[:2] for pair in pairs], np.float64).reshape(-1, 2)
    latitude, longitude = table[read.indices, 0], table[read.indices, 1]
    asked = read.rows([pair[2] for pair in pairs])
    return Points(latitude, longitude, read.rows(faults), asked)


def _one(text: str, reader: Callable[[str], Pair]) -> tuple[Pair, str]:
    if not _DIGIT.search(text):
        if all(tells_nothing(plain(part)) for part in text.split(MARK)):
            return (np.nan, np.nan, ""), ""
        return (np.nan, np.nan, "no number is found in the coordinates: left out"), ""
    try:
        return reader(text), ""
    except UnreadableError as error:
        return (np.nan, np.nan, ""), str(error)


def _checked(points: Points) -> Points:
    """Leave out 0/0, ask for one missing, and find what lies outside of the world's degrees."""
    latitude, longitude = points.latitude, points.longitude
    with np.errstate(invalid="ignore"):
        zero = (latitude == 0) & (longitude == 0)
        wide = (np.abs(latitude) > 90) | (np.abs(longitude) > 180)
        turned = wide & (np.abs(longitude) <= 90) & (np.abs(latitude) <= 180)
    points.ask(zero, "0/0 is no place of an incident: left out")
    for row in np.flatnonzero(wide).tolist():
        hint = "; the other way round it would lie on the map" if turned[row] else ""
        points.faults[row] = (
            f"{latitude[row]:g} / {longitude[row]:g} lies outside of -90 to 90 / -180 to 180"
            f" degrees{hint}"
        )
    latitude[zero], longitude[zero] = np.nan, np.nan
    return points


def are_swapped(points: Points, countries: Sequence[str]) -> bool:
    """Whether a table's latitudes and longitudes are swapped, judged by the named countries.

    They are, where most points lie outside of their country as they stand and inside of it the
    other way round: at least three rows, four fifths of those that can be judged.
    """
    known, here, there = _both_ways(points, countries)
    judged = int((known & (here | there)).sum())
    return judged >= _FEW and int((there & ~here).sum()) >= _MOST * judged and bool(judged)


def _both_ways(points: Points, countries: Sequence[str]) -> tuple[Any, Any, Any]:
    known, here = inside(points.latitude, points.longitude, countries)
    _, there = inside(points.longitude, points.latitude, countries)
    return known, here, there


def swap(points: Points) -> Points:
    """Take latitude for longitude, with a question for each row."""
    turned = Points(points.longitude, points.latitude, {}, dict(points.questions))
    with np.errstate(invalid="ignore"):
        wide = (np.abs(turned.latitude) > 90) | (np.abs(turned.longitude) > 180)
    held = {row: why for row, why in points.faults.items() if np.isnan(points.latitude[row])}
    turned.faults.update(held)
    turned.faults.update(
        {
            int(row): "outside of the world's degrees, either way round"
            for row in np.flatnonzero(wide)
        }
    )
    told = ~np.isnan(turned.latitude) & ~wide
    turned.ask(told, "latitude and longitude are swapped in this table, by its countries")
    return turned


def ask_outside(points: Points, countries: Sequence[str]) -> None:
    """Put a question to rows whose point lies outside of the country that they name."""
    known, here, there = _both_ways(points, countries)
    outside = known & ~here & ~np.isnan(points.latitude)
    points.ask(outside & there, "the point lies outside of the country; swapped it lies inside")
    points.ask(outside & ~there, "the point lies outside of the country")
