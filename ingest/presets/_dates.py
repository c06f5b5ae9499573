"""First and last possible day by a day and how exactly it is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.precision import DatePrecision


def interval(days: Any, precision: Any) -> tuple[Any, Any]:
    """Widen days to the week (Monday to Sunday), month or year they are known to.

    Returns the first day and the last; the last is null where the day itself is known.
    """
    numbers = pc.fill_null(days.cast(pa.int32()), 0).to_numpy()
    firsts, lasts = numbers.copy(), numbers.copy()
    for unit, code in ((DatePrecision.MONTH, "M"), (DatePrecision.YEAR, "Y")):
        chosen = _chosen(precision, unit)
        start = numbers[chosen].astype("datetime64[D]").astype(f"datetime64[{code}]")
        firsts[chosen] = start.astype("datetime64[D]").astype(np.int32)
        lasts[chosen] = (start + 1).astype("datetime64[D]").astype(np.int32) - 1
    week = _chosen(precision, DatePrecision.WEEK)
    firsts[week] -= (numbers[week] + 3) % 7  # day 0, 1 January 1970, was a Thursday
    lasts[week] = firsts[week] + 6
    wide = _chosen(precision, DatePrecision.WEEK, DatePrecision.MONTH, DatePrecision.YEAR)
    unknown = pc.is_null(days).to_numpy(zero_copy_only=False)
    return (
        pa.array(firsts, pa.int32(), mask=unknown).cast(pa.date32()),
        pa.array(lasts, pa.int32(), mask=unknown | ~wide).cast(pa.date32()),
    )


def _chosen(precision: Any, *words: DatePrecision) -> Any:
    held = pc.is_in(precision, value_set=pa.array([str(word) for word in words]))
    return held.to_numpy(zero_copy_only=False)
