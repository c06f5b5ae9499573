"""Who each incident is coloured by (`geodata.palette.display_group`), for all at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geodata.columns._table import NONE, Mask, ProjectColumns
from geodata.palette import UNKNOWN

Groups = tuple[tuple[str, ...], npt.NDArray[np.int32]]


def display_groups(columns: ProjectColumns) -> Groups:
    """Give the names, and for each incident the place of its own among them; shape (n,)."""
    if "display groups" not in columns.kept:
        columns.kept["display groups"] = _display_groups(columns)
    groups: Groups = columns.kept["display groups"]
    return groups


def _display_groups(columns: ProjectColumns) -> Groups:
    known = {UNKNOWN: 0}
    first, second = (
        np.array(
            [*(known.setdefault(word, len(known)) if word else NONE for word in one.words), NONE],
            dtype=np.int32,
        )[one.code]
        for one in (columns.words["perpetrator"], columns.words["actor1"])
    )
    chosen = np.where(first == NONE, second, first)
    return tuple(known), np.where(chosen == NONE, 0, chosen).astype(np.int32)


def display_counts(columns: ProjectColumns, found: Mask) -> dict[str, int]:
    """How many of some incidents each group has, without those that have none."""
    names, group = display_groups(columns)
    counts = np.bincount(group[found], minlength=len(names))
    return {name: int(n) for name, n in zip(names, counts, strict=True) if n}
