"""A column of text, read by its distinct values and spread over its rows again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

MARK = "\x1f"
"""Parts the cells of several columns that are read as one; no cell of a table holds it."""


class UnreadableError(ValueError):
    """A value that cannot be read; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Distinct:
    """Different texts of a column, and which of them each row holds."""

    texts: list[str]
    indices: npt.NDArray[np.int32]

    def spread(self, values: Sequence[Any], kind: pa.DataType) -> Any:
        """Give for each row the value of its text, as an array of Arrow."""
        return pa.array(values, kind).take(pa.array(self.indices))

    def rows(self, notes: Sequence[str]) -> dict[int, str]:
        """Give the rows whose text has a note, with it."""
        told = np.fromiter((bool(note) for note in notes), bool, len(notes))
        if not told.any():
            return {}
        found = np.flatnonzero(told[self.indices])
        return {int(row): notes[self.indices[row]] for row in found}

    def counts(self) -> npt.NDArray[np.int64]:
        """Give how many rows hold each text."""
        return np.bincount(self.indices, minlength=len(self.texts)).astype(np.int64)


def distinct(*columns: Any) -> Distinct:
    """Give the distinct texts of a column, or of several whose cells are joined by `MARK`."""
    filled = [pc.fill_null(column.cast(pa.string()), "") for column in columns]
    joined = filled[0] if len(filled) == 1 else pc.binary_join_element_wise(*filled, MARK)
    encoded = joined.dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    indices: npt.NDArray[np.int32] = np.asarray(encoded.indices)
    return Distinct(encoded.dictionary.to_pylist(), indices)


def halves(text: str, marks: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give the two sides of a text for each mark that stands in it exactly once."""
    for mark in marks:
        if text.count(mark) == 1:
            left, right = text.split(mark)
            yield left.strip(), right.strip()
