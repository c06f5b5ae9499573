"""One column of the whole project, to be looked up by the numbers of incidents.

The map's points hold where incidents are; what a layer adds up or colours by is asked here, of the
project's columns in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dashboard.answers import columns_of
from dashboard.remember import remembered
from geodata.columns import display_groups

if TYPE_CHECKING:
    from geodata.store import Store

Ints = npt.NDArray[np.int64]

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Values by incident: arrays of one length, sorted by `fid`.

    `value` is the number itself, -1 where it is not known, or the position of a text in `names`.
    """

    fid: Ints
    value: npt.NDArray[np.signedinteger[Any]]
    names: Names = ()

    def of(self, fids: Ints) -> Ints:
        """Values of some incidents of the project, in their order."""
        if not len(self.fid):
            return np.full(len(fids), -1, dtype=np.int64)
        # An incident that is gone since it was asked for is beyond the end; what it gets is
        # forgotten with the revision.
        at = np.minimum(np.searchsorted(self.fid, fids), len(self.fid) - 1)
        found: Ints = self.value[at].astype(np.int64)
        return found


def killed_column(store: Store) -> Column:
    """Killed of every incident, best figure; -1 where nobody knows."""
    columns = columns_of(store)
    return Column(columns.fid, columns.killed)


@remembered(1)
def group_column(store: Store) -> Column:
    """Display group of every incident (`geodata.palette.display_group`)."""
    columns = columns_of(store)
    names, group = display_groups(columns)
    return Column(columns.fid, group, tuple(names))


@remembered(4)
def text_column(store: Store, field: str) -> Column:
    """A text of every incident; empty where there is none."""
    columns = columns_of(store)
    words = columns.words[field]
    code = words.code.astype(np.int64)
    return Column(columns.fid, np.where(code < 0, len(words.words), code), (*words.words, ""))


@remembered(2)
def division_column(store: Store, *fields: str) -> tuple[Column, tuple[Names, ...]]:
    """Texts of every incident taken together, and what each value of the column stands for."""
    columns = columns_of(store)
    code = np.zeros(len(columns), dtype=np.int64)
    for field in fields:
        words = columns.words[field]
        code = code * (len(words.words) + 1) + words.code.astype(np.int64) + 1  # 0: none
    distinct, value = np.unique(code, return_inverse=True)
    parts: list[Names] = [() for _ in distinct]
    for field in reversed(fields):
        names = ("", *columns.words[field].words)
        distinct, at = np.divmod(distinct, len(names))
        parts = [(names[place], *rest) for place, rest in zip(at.tolist(), parts, strict=True)]
    return Column(columns.fid, value.ravel()), tuple(parts)
