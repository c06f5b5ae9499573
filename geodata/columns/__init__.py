"""A whole project as columns in memory, which answer what the dashboard asks in milliseconds.

A store answers any question from its file; at a million incidents that takes seconds, and a
changed filter asks a dozen questions. These columns are read once, shared by all sessions, and
give the same answers.
"""

from __future__ import annotations

from geodata.columns._answers import facet, page, timeline, totals
from geodata.columns._matching import matching
from geodata.columns._table import FIELDS, Coded, ProjectColumns, read_columns

__all__ = [
    "FIELDS",
    "Coded",
    "ProjectColumns",
    "facet",
    "matching",
    "page",
    "read_columns",
    "timeline",
    "totals",
]
