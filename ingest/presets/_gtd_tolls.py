"""People killed, injured, abducted and released by the GTD, where -9 and -99 mean unknown.

Where a total was shared out over several rows a toll has a fraction: the whole numbers around it
are its low and high estimate.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from geodata._rows import MAX_COUNT
from ingest.presets._rows import combined, mask, spread
from ingest.presets._values import read_count, read_number, short

if TYPE_CHECKING:
    from ingest.presets._rows import Rows

_UNKNOWN = re.compile(r"-(?:9|99)(?:\.0*)?", re.ASCII)


def tolls(rows: Rows) -> dict[str, Any]:
    """Read killed and injured, and how many of the killed were the attackers."""
    out: dict[str, Any] = {}
    for kind, column in (("killed", "nkill"), ("injured", "nwound")):
        told = rows.read(column, _number, pa.float64())
        low, high = pc.floor(told), pc.ceil(told)
        parted = mask(pc.not_equal(low, high))
        why = "a fraction, where a total was shared out: low and high are the numbers around it"
        rows.flag(parted, f"{kind}_best", rows.text(column), why)
        for bound, value in (("low", low), ("best", pc.floor(pc.add(told, 0.5))), ("high", high)):
            out[f"{kind}_{bound}"] = value.cast(pa.int64())
    out["killed_by_status"] = _attackers(rows, out["killed_high"])
    return out


def people(rows: Rows, column: str) -> Any:
    """Read a count of people that has no estimates."""
    return pc.floor(pc.add(rows.read(column, _number, pa.float64()), 0.5)).cast(pa.int64())


def _attackers(rows: Rows, killed: Any) -> Any:
    own = people(rows, "nkillter")
    few, which = combined(own, killed)
    more = [bool(a and k and int(a) > int(k)) for a, k in few]
    why = "more attackers killed than people killed: left out"
    rows.flag(mask(spread(more, which, pa.bool_())), "killed_by_status", own, why)
    told = [
        json.dumps({"militants": int(a)}) if a and int(a) and not m else None
        for (a, _), m in zip(few, more, strict=True)
    ]
    return spread(told, which)


def _number(text: str) -> float | None:
    if _UNKNOWN.fullmatch(text):
        return None
    try:
        number = float(read_count(text) if "," in text else read_number(text))
    except ValueError as error:
        reason = f"{short(text)} is no number; write the count in digits or leave it empty"
        raise ValueError(reason) from error
    if number < 0:
        raise ValueError(f"{short(text)} is negative, and not -9 or -99, the codes for unknown")
    if not math.isfinite(number) or number > MAX_COUNT:
        raise ValueError(f"{short(text)} is more people than can be: check the number")
    return number
