"""What a pop-up says of the incidents of a hexagon or an area: numbers, groups, the incidents."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dashboard.map.cells import MAX_MEMBERS
from dashboard.map.points import palette_of
from dashboard.map.popup import popup
from dashboard.map.rows import MARK, number_column, text_column
from geodata.palette import UNKNOWN, ranked

if TYPE_CHECKING:
    from geodata.store import Store

Ints = npt.NDArray[np.int64]

TOP = 3
"""Groups that a pop-up names."""


def tally(store: Store, fids: Ints) -> dict[str, Any]:
    """Number, killed, the most frequent groups, and the words of at most 40 incidents.

    ``untold`` counts incidents whose toll is not known; ``more_groups`` those not named.
    """
    toll = number_column(store, "killed_best").of(fids)
    counts = groups_of(store, fids)
    names = ranked(counts)
    palette = palette_of(store)
    newest = np.sort(fids)[::-1][:MAX_MEMBERS].tolist()
    said = (popup(store, name) for name in store.incident_ids(newest))
    return {
        "n": len(fids),
        "killed": int(np.maximum(toll, 0).sum()),
        "untold": int((toll < 0).sum()),
        "groups": [
            {"name": name, "n": counts[name], "colour": palette.colour(name)}
            for name in names[:TOP]
        ],
        "more_groups": max(0, len(names) - TOP),
        "incidents": [one for one in said if one is not None],
    }


def groups_of(store: Store, fids: Ints) -> Counter[str]:
    """Incidents by display group (`geodata.palette.display_group`)."""
    column = text_column(store, "perpetrator", "actor1")
    codes, numbers = np.unique(column.of(fids), return_counts=True)
    counts: Counter[str] = Counter()
    for code, number in zip(codes.tolist(), numbers.tolist(), strict=True):
        perpetrator, actor = column.names[code].split(MARK, 1)
        counts[perpetrator or actor or UNKNOWN] += number
    return counts
