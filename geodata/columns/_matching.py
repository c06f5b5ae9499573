"""A filter over the columns: which rows it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np

from geodata._fold import fold
from geodata.columns._table import NONE, Ints, Mask, ProjectColumns
from geodata.datasets import REPORTS
from geodata.filters import VISIBLE, Filter
from geodata.incident import Status

Ask = Callable[[Filter], Ints]
"""Gives the numbers (``fid``) of incidents that a filter means, from their store."""


def matching(columns: ProjectColumns, where: Filter, ask: Ask) -> Mask:
    """Which rows a filter means, shape (n,): the same as `Store.numbers` gives.

    Parameters
    ----------
    ask
        Asked for what the columns do not hold: words in notes.
    """
    words = columns.words
    found = words["status"].exactly(where.status or VISIBLE)
    for names, over in where.name_columns():
        if names:
            found &= _any([words[column].among(names) for column in over])
    if where.since or where.until:
        found &= _within(columns, where.since, where.until)
    if where.min_killed is not None:
        found &= (columns.killed >= where.min_killed) & (columns.killed != NONE)
    if where.precision:
        found &= words["location_precision"].exactly(where.precision)
    if where.bbox is not None:
        west, south, east, north = where.bbox
        found &= (columns.longitude >= west) & (columns.longitude <= east)
        found &= (columns.latitude >= south) & (columns.latitude <= north)
    if where.dataset:
        found &= _of_datasets(columns, where)
    if where.text and found.any():
        every = replace(Filter(text=where.text), status=tuple(Status))
        found &= columns.rows_of(ask(every))
    return found


def _any(parts: list[Mask]) -> Mask:
    found = parts[0]
    for part in parts[1:]:
        found = found | part
    return found


def _within(columns: ProjectColumns, since: date | None, until: date | None) -> Mask:
    """Whose interval touches a period, by places in the list of days."""
    found: Mask = columns.first != NONE
    if since is not None:
        found &= columns.last >= np.searchsorted(columns.days, since.toordinal())
    if until is not None:
        found &= columns.first < np.searchsorted(columns.days, until.toordinal(), side="right")
    return found


def _of_datasets(columns: ProjectColumns, where: Filter) -> Mask:
    dataset = columns.words["dataset"]
    ids = [name for name in where.dataset if fold(name) != REPORTS]
    found = dataset.among(ids)
    return found if len(ids) == len(where.dataset) else found | (dataset.code == NONE)
