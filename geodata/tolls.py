"""Killed and injured of many incidents, the dead by what they were as far as sources say it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geodata._rows import unreadable

STANDINGS = ("civilians", "security_forces", "militants")
"""What the dead were, of those that `Incident.killed_by_status` may name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolls:
    """Best figures of some incidents, added up.

    The dead of known and of unknown standing are together `killed`, unless a source counts more by
    standing than in all: then each count stands as it is told. `untold` incidents have no figure of
    killed at all; they are in none of the sums.
    """

    killed: int
    civilians: int
    security_forces: int
    militants: int
    unknown: int
    injured: int
    untold: int


def added_up(rows: Iterable[tuple[str, int | None, int, int]]) -> Tolls:
    """Add up groups of incidents that are told alike.

    Parameters
    ----------
    rows
        ``killed_by_status`` as JSON, ``killed_best``, number of such incidents, and the sum of
        their ``injured_best``.

    Raises
    ------
    StoreError
        A `killed_by_status` cannot be read, as in a file that was edited by hand.
    """
    sums = dict.fromkeys(("killed", *STANDINGS, "unknown", "injured", "untold"), 0)
    for text, killed, count, injured in rows:
        told = _standings(text)
        known = sum(told.get(name, 0) for name in STANDINGS)
        for name in STANDINGS:
            sums[name] += count * told.get(name, 0)
        sums["unknown"] += count * max((killed or 0) - known, told.get("unknown", 0))
        sums["killed"] += count * (killed or 0)
        sums["injured"] += injured
        sums["untold"] += count * (killed is None)
    return Tolls(**sums)


def _standings(text: str) -> Mapping[str, int]:
    try:
        told = json.loads(text or "{}")
        return {str(name): int(count) for name, count in told.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise unreadable(f"killed_by_status {text!r}", error) from error
