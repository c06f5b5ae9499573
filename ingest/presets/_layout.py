"""Recognise a table by the names of its columns, in whatever case they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from geodata.layouts import folded

if TYPE_CHECKING:
    from ingest.readers.tables._batch import RowBatch, TableInfo

_SHAPE_NAME = 10
"""Longest name of a column in a shapefile: longer ones are cut there."""

_ENOUGH = 0.9
"""Share of the rows of a table without header that must have the layout's shape."""


def known(info: TableInfo, names: Collection[str]) -> tuple[str, ...]:
    """Give for each column of a table the layout's name of it, or nothing; each name once."""
    short: dict[str, list[str]] = {}
    for name in names if info.kind == "shp" else ():
        short.setdefault(name[:_SHAPE_NAME], []).append(name)
    found: list[str] = []
    for column in info.columns:
        name = folded(column)
        cut = short.get(name, [])
        name = cut[0] if name not in names and len(cut) == 1 else name
        found.append(name if name in names and name not in found else "")
    return tuple(found)


def named(info: TableInfo, found: Sequence[str]) -> tuple[str, ...]:
    """Give the layout's names of columns, and the table's own for those it does not know."""
    return tuple(ours or own for ours, own in zip(found, info.columns, strict=True))


def spelling(info: TableInfo) -> str:
    """Say in words how the header is written, where it is not in lower case."""
    letters = "".join(info.columns)
    return ", upper-case names" if letters.upper() == letters != letters.lower() else ""


def score(found: Iterable[str], needed: Collection[str], usual: Collection[str]) -> float:
    """Say how well names fit a layout: 0 without the needed ones, 1 with all usual ones."""
    there = {name for name in found if name}
    if not there.issuperset(needed):
        return 0.0
    return 0.6 + 0.4 * len(there.intersection(usual)) / len(usual)


def shaped(
    sample: RowBatch, names: Sequence[str], checks: dict[str, Callable[[str], bool]]
) -> bool:
    """Whether nearly all rows of a sample have in some columns what belongs there."""
    cells = sample.cells
    if cells.num_columns != len(names) or not cells.num_rows:
        return False
    passed = [True] * cells.num_rows
    for name, check in checks.items():
        for row, cell in enumerate(cells.column(names.index(name)).to_pylist()):
            passed[row] = passed[row] and check((cell or "").strip())
    return sum(passed) >= _ENOUGH * len(passed)


def matching(pattern: str) -> Callable[[str], bool]:
    """Make a check that a cell as a whole fits a pattern."""
    compiled = re.compile(pattern, re.ASCII)
    return lambda cell: compiled.fullmatch(cell) is not None
