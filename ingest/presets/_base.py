"""What a preset is: a published layout of tables, known by its header, read row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geodata.incident import Incident
from geodata.precision import LocationPrecision
from ingest.tables.values import Count, Days, read_count, read_day, read_degrees

Cells = Mapping[str, str]
"""Cells of a row by the preset's own names of columns, in lower case."""


class RowError(ValueError):
    """A value that keeps a row from becoming an incident: its column, the value, why."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value, reason


@dataclass(frozen=True, slots=True)
class Preset:
    """A layout. `needs` are columns without which a table has another one.

    `read` turns the cells of a row into an incident without an id; `key` names the columns that
    give the row its id in the data set.
    """

    name: str
    title: str
    credit: str
    needs: frozenset[str]
    key: str
    read: Callable[[Cells], Incident]

    def fits(self, columns: Sequence[str]) -> bool:
        """Whether a table has this layout, by its header in any case."""
        return self.needs <= {column.casefold() for column in columns}


def cell(cells: Cells, name: str) -> str:
    """Give a cell without blanks around it; empty where the table has no such column."""
    return cells.get(name, "").strip()


def named(cells: Cells, name: str) -> str | None:
    """Give a name, or None for an empty cell."""
    return cell(cells, name) or None


def day_of(cells: Cells, name: str, *, day_first: bool = True) -> Days:
    """Read the day of a column; `RowError` for one that cannot be read."""
    try:
        return read_day(cell(cells, name), day_first=day_first)
    except ValueError as error:
        raise RowError(name, cell(cells, name), str(error)) from error


def count_of(cells: Cells, name: str) -> Count:
    """Read the count of a column; `RowError` for one that cannot be read."""
    try:
        return read_count(cell(cells, name))
    except ValueError as error:
        raise RowError(name, cell(cells, name), str(error)) from error


def point_of(cells: Cells, latitude: str, longitude: str) -> tuple[float | None, float | None]:
    """Read the point of a row; both None without coordinates and for 0/0, which is no place.

    Raises
    ------
    RowError
        One of the two cannot be read, or only one is there.
    """
    values = []
    for name, limit in ((latitude, 90.0), (longitude, 180.0)):
        try:
            values.append(read_degrees(cell(cells, name), limit))
        except ValueError as error:
            raise RowError(name, cell(cells, name), str(error)) from error
    if (values[0] is None) != (values[1] is None):
        missing = latitude if values[0] is None else longitude
        raise RowError(missing, "", "the other coordinate stands alone")
    if values == [0.0, 0.0]:
        return None, None
    return values[0], values[1]


def coded_precision(
    code: str, codes: Mapping[str, LocationPrecision], latitude: float | None
) -> LocationPrecision:
    """Give how exactly a point is known by the layout's own code; unknown without a point."""
    if latitude is None:
        return LocationPrecision.UNKNOWN
    return codes.get(code, LocationPrecision.UNKNOWN)
