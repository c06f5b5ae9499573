"""Deaths of UCDP rows by the status of the dead: security forces, militants, civilians."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.presets._rows import combined, each, mask, spread

if TYPE_CHECKING:
    from ingest.presets._rows import Rows

_GOVERNMENT = re.compile(r"(?:the )?governments? of ", re.IGNORECASE)
_CIVILIANS = "civilians"


def side_status(name: str) -> str:
    """Say what the dead of a side are: of a government, civilians, or of an armed group."""
    if _GOVERNMENT.match(name):
        return "security_forces"
    return _CIVILIANS if name.casefold() == _CIVILIANS else "militants"


def by_status(rows: Rows, best: Any) -> Any:
    """Read the deaths of both sides, of civilians and of unknown people as JSON objects.

    A sum that is not the best estimate is flagged.
    """
    names = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    deaths = [rows.count(name) for name in names]
    sides = [each(rows.text(side), side_status) for side in ("side_a", "side_b")]
    few, which = combined(*deaths, *sides)
    total = np.sum([pc.fill_null(number, 0).to_numpy() for number in deaths], axis=0)
    told = mask(pc.is_valid(pc.coalesce(*deaths))) & mask(pc.is_valid(best))
    unequal = told & (total != pc.fill_null(best, 0).to_numpy())
    why = "the deaths by side do not add up to the best estimate"
    rows.flag(unequal, "killed_by_status", pa.array(total), why)
    return spread([_counted(*row) for row in few], which)


def _counted(a: str, b: str, civilians: str, unknown: str, side_a: str, side_b: str) -> str | None:
    out: dict[str, int] = {}
    parts = ((side_a, a), (side_b, b), (_CIVILIANS, civilians), ("unknown", unknown))
    for status, number in parts:
        if number and int(number):
            key = status or "unknown"
            out[key] = out.get(key, 0) + int(number)
    return json.dumps(out) if out else None
