"""The columns themselves: words as numbers, days as places in a sorted list of days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geodata._fold import fold
from geodata._rows import unreadable
from geodata._touched import Position

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.store import Store

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.signedinteger[Any]]
Mask = npt.NDArray[np.bool_]

WORDS = (
    "actor1", "actor2", "perpetrator", "admin2", "admin1", "country", "event_type",
    "sub_event_type", "dataset", "date_precision", "location_precision", "status",
    "killed_by_status",
)  # fmt: skip
"""Columns of words."""

DAYS = ("event_date", "event_date_end")
COUNTS = ("killed_best", "injured_best")
PLACES = ("longitude", "latitude")
FIELDS: tuple[str, ...] = (*WORDS, *DAYS, *COUNTS, *PLACES)
"""Fields of an incident that are held; whatever else a filter asks for, the store is asked."""

NONE = -1
"""Code of a missing word or day, and count of a toll that nobody knows."""


@dataclass(frozen=True)
class Coded:
    """A column of words: `words` are distinct, `code` (n,) is the place of each row's, or -1."""

    words: tuple[str, ...]
    code: Codes

    @cached_property
    def folds(self) -> tuple[str, ...]:
        """The words without case and accents."""
        return tuple(fold(word) for word in self.words)

    @cached_property
    def places(self) -> dict[str, tuple[int, ...]]:
        """Codes of the words that are the same when folded."""
        found: dict[str, tuple[int, ...]] = {}
        for at, name in enumerate(self.folds):
            found[name] = (*found.get(name, ()), at)
        return found

    def among(self, names: Iterable[str]) -> Mask:
        """Which rows hold one of some names, compared without case and accents; shape (n,)."""
        chosen = np.zeros(len(self.words) + 1, dtype=bool)  # the last is for -1
        for name in names:
            chosen[list(self.places.get(fold(name), ()))] = True
        found: Mask = chosen[self.code]
        return found

    def exactly(self, words: Iterable[str]) -> Mask:
        """Which rows hold one of some words, letter by letter; shape (n,)."""
        wanted = set(words)
        chosen = np.array([*(word in wanted for word in self.words), False], dtype=bool)
        found: Mask = chosen[self.code]
        return found


@dataclass(frozen=True)
class ProjectColumns:
    """All incidents of a project, in order of entry; every array has one item for each.

    Attributes
    ----------
    fid
        Numbers of the incidents in their store, ascending.
    words
        A `Coded` column for each name of `WORDS`.
    days
        The distinct days that occur, as ordinals (`datetime.date.toordinal`), ascending.
    first, last
        Places in `days` of the first and last day of each incident; -1 where it has none.
    killed, injured
        Best figures; -1 where unknown.
    longitude, latitude
        Degrees; NaN without a place.
    position
        How far the project had been seen before it was read.
    """

    fid: Ints
    words: dict[str, Coded]
    days: Ints
    first: Codes
    last: Codes
    killed: npt.NDArray[np.int32]
    injured: npt.NDArray[np.int32]
    longitude: npt.NDArray[np.float64]
    latitude: npt.NDArray[np.float64]
    position: Position
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was made of whole columns once: orders of rows, days by step, names of several
    columns as one. Two threads that make it at once make the same."""

    def __len__(self) -> int:
        return len(self.fid)

    def rows_of(self, numbers: Ints) -> Mask:
        """Which rows have one of some numbers (``fid``); shape (n,)."""
        found: Mask = np.isin(self.fid, numbers)
        return found


def read_columns(store: Store) -> ProjectColumns:
    """Read every incident of a store.

    Raises
    ------
    StoreError
        A date is none, as in a file that was edited by hand.
    """
    position = store.position()  # before reading: what changes meanwhile is read once more later
    reading = _Reading()
    for batch in store.arrow(FIELDS):
        reading.add(batch)
    return reading.columns(position)


MOST_RENEWED = 20_000
"""Changed incidents up to which the others are kept as they were read."""


def renewed(before: ProjectColumns, store: Store) -> ProjectColumns:
    """Columns of a project as it is now, of which little may have changed since `before`.

    Raises
    ------
    StoreError
        As `read_columns`.
    """
    touched = store.touched(before.position, most=MOST_RENEWED)
    if touched is None:
        return read_columns(store)
    reading = _Reading(before, ~before.rows_of(touched.numbers))
    for batch in store.arrow(FIELDS, only=touched.numbers):
        reading.add(batch)
    found = reading.columns(touched.position)
    return found if len(found) == touched.count else read_columns(store)


class _Reading:
    """Batches gathered to columns, after the rows that stay of columns that were read before."""

    def __init__(self, before: ProjectColumns | None = None, stay: Mask | None = None) -> None:
        self._known: dict[str, dict[str | None, int]] = {name: {} for name in WORDS}
        self._days: dict[str | None, int] = {}
        self._parts: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in ("fid", *FIELDS)}
        if before is not None:
            self._begin_with(before, stay)

    def _begin_with(self, before: ProjectColumns, stay: Mask | None) -> None:
        rows = slice(None) if stay is None else stay
        for name, column in before.words.items():
            self._known[name] |= {word: at for at, word in enumerate(column.words)}
            self._parts[name].append(column.code[rows])
        days = (date.fromordinal(day).isoformat() for day in before.days.tolist())
        self._days |= {day: at for at, day in enumerate(days)}
        for name, part in {
            "fid": before.fid, "event_date": before.first, "event_date_end": before.last,
            "killed_best": before.killed, "injured_best": before.injured,
            "longitude": before.longitude, "latitude": before.latitude,
        }.items():  # fmt: skip
            self._parts[name].append(part[rows])

    def add(self, batch: pa.RecordBatch) -> None:
        """Take in a batch of `FIELDS` and ``fid``."""
        import pyarrow.compute as pc

        for name in batch.schema.names:
            column = batch[name]
            if name in WORDS:
                part = _coded(column, self._known[name])
            elif name in DAYS:
                part = _coded(column, self._days)
            elif name in COUNTS:
                part = pc.fill_null(column, NONE).to_numpy(zero_copy_only=False).astype(np.int32)
            else:
                part = column.to_numpy(zero_copy_only=False)
            self._parts[name].append(part)

    def columns(self, position: Position) -> ProjectColumns:
        """Give what was gathered, in order of entry."""
        self._put_in_order()
        days, places = _days(self._days)
        fid = self._whole("fid", np.int64)
        first = places[self._whole(DAYS[0], np.int32)]
        last = places[self._whole(DAYS[1], np.int32)]
        return ProjectColumns(
            fid=fid,
            words={name: self._words(name) for name in WORDS},
            days=days,
            first=first,
            last=np.where(last == NONE, first, last),
            killed=self._whole("killed_best", np.int32),
            injured=self._whole("injured_best", np.int32),
            longitude=self._whole("longitude", np.float64),
            latitude=self._whole("latitude", np.float64),
            position=position,
        )

    def _put_in_order(self) -> None:
        fid = np.concatenate([np.zeros(0, dtype=np.int64), *self._parts["fid"]])
        if bool((np.diff(fid) > 0).all()):
            return
        order = np.argsort(fid)
        for name, parts in self._parts.items():
            self._parts[name] = [np.concatenate(parts)[order]]

    def _words(self, name: str) -> Coded:
        words = tuple(word for word in self._known[name] if word is not None)
        return Coded(words, self._whole(name, np.min_scalar_type(-len(words) - 1)))

    def _whole(self, name: str, kind: npt.DTypeLike) -> npt.NDArray[Any]:
        parts = self._parts.pop(name)
        if not parts:
            return np.zeros(0, dtype=kind)
        return np.concatenate(parts).astype(kind, copy=False)


def _coded(column: pa.Array, known: dict[str | None, int]) -> npt.NDArray[np.int32]:
    """Give the code of each word, adding words that are new; -1 for none."""
    import pyarrow as pa

    if column.null_count == len(column):
        return np.full(len(column), NONE, dtype=np.int32)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    codes = [known.setdefault(word, len(known)) for word in column.dictionary.to_pylist()]
    places = np.array([*codes, NONE], dtype=np.int32)
    found: npt.NDArray[np.int32] = places[column.indices.fill_null(len(codes)).to_numpy()]
    return found


def _days(known: dict[str | None, int]) -> tuple[Ints, Codes]:
    """Sort the days met; gives their ordinals, and the place of each code, the last for none."""
    ordinals = np.array([_ordinal(text) for text in known], dtype=np.int64)
    days, places = np.unique(ordinals, return_inverse=True)
    kind = np.min_scalar_type(-len(days) - 1)
    return days, np.append(places, NONE).astype(kind)


def _ordinal(text: str | None) -> int:
    try:
        return date.fromisoformat(text or "").toordinal()
    except ValueError as error:
        raise unreadable(f"event_date {text!r}", error) from error
