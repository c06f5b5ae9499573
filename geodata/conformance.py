"""Checks of a project file, each a small named function; an empty answer means sound."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from geodata.store import Problem

Check = Callable[[sqlite3.Connection], Iterator[str]]

CHECKS: dict[str, tuple[str, Check]] = {}
"""Name to (level of what it finds, check)."""


def run_checks(connection: sqlite3.Connection) -> list[Problem]:
    """Run every check on one snapshot, in the order of the registry."""
    return [
        Problem(level, name, what)
        for name, (level, check) in CHECKS.items()
        for what in check(connection)
    ]
