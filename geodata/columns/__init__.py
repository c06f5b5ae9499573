"""A whole project as columns in memory, which answer what the dashboard asks in milliseconds.

A store answers any question from its file; at a million incidents that takes seconds, and a
changed filter asks a dozen questions. These columns are read once, shared by all sessions, and
give the same answers.
"""

from __future__ import annotations

from geodata._queries import without
from geodata.columns._answers import dates, facet, page, timeline, tolls, totals
from geodata.columns._groups import display_counts, display_groups
from geodata.columns._matching import beyond, matching
from geodata.columns._table import (
    COUNTS,
    DAYS,
    FIELDS,
    NONE,
    PLACES,
    WORDS,
    Coded,
    Mask,
    ProjectColumns,
    read_columns,
    renewed,
)

__all__ = [
    "COUNTS",
    "DAYS",
    "FIELDS",
    "NONE",
    "PLACES",
    "WORDS",
    "Coded",
    "Mask",
    "ProjectColumns",
    "beyond",
    "dates",
    "display_counts",
    "display_groups",
    "facet",
    "matching",
    "page",
    "read_columns",
    "renewed",
    "timeline",
    "tolls",
    "totals",
    "without",
]
