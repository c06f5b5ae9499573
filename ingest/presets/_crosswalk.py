"""The published crosswalks: which code of a data set means which word of ours.

They are tables in ``geodata/data/crosswalks``, which people read and correct, and which
``docs/crosswalks.md`` shows.
"""

from __future__ import annotations

from functools import lru_cache

from geodata.countries import DATA, read_rows

FOLDER = DATA / "crosswalks"


@lru_cache
def crosswalk(name: str) -> tuple[dict[str, str], ...]:
    """Give the rows of a crosswalk by the name of its file.

    Raises
    ------
    InputError
        The file cannot be read, or a row has more cells than columns.
    """
    return tuple(read_rows(FOLDER / f"{name}.csv", ()))


@lru_cache
def codes(name: str, key: str, value: str) -> dict[str, str]:
    """Give one column of a crosswalk by another; empty cells are left out of both."""
    return {row[key].casefold(): row[value] for row in crosswalk(name) if row[key] and row[value]}


@lru_cache
def precision_codes(kind: str, data_set: str, column: str) -> dict[str, str]:
    """Give our precision class by a data set's code; `kind` is ``location`` or ``date``."""
    field = f"{kind}_precision"
    return {
        row["code"]: row[field]
        for row in crosswalk(field)
        if row["data_set"] == data_set and row["column"] == column
    }
