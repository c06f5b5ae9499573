"""Low, best and high estimates: low <= best <= high holds for every row that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from ingest.presets._rows import mask

if TYPE_CHECKING:
    from ingest.presets._rows import Rows


def bounds(rows: Rows, kind: str, low: Any, best: Any, high: Any) -> dict[str, Any]:
    """Give the three estimates of a count, the bounds widened where they contradict each other.

    Some rows of UCDP hold a high estimate below the best one, where a total was shared out over
    several rows. The best stays; a bound on its wrong side moves to it, and the row is flagged.
    """
    least = pc.min_element_wise(low, best, high)
    most = pc.max_element_wise(low, best, high)
    low_, high_ = _where_told(low, least), _where_told(high, most)
    wrong = mask(pc.not_equal(low, low_)) | mask(pc.not_equal(high, high_))
    if wrong.any():
        told = pc.binary_join_element_wise(
            *(pc.fill_null(value.cast(pa.string()), "–") for value in (low, best, high)), " / "
        )
        why = "low / best / high are out of order: the bounds are widened to hold all three"
        rows.flag(wrong, f"{kind}_best", told, why)
    return {f"{kind}_low": low_, f"{kind}_best": best, f"{kind}_high": high_}


def _where_told(value: Any, bound: Any) -> Any:
    return pc.if_else(pc.is_valid(value), bound, value)
