"""What a pop-up says of the incidents of a hexagon or an area: numbers, groups, the incidents."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dashboard.map.cells import MAX_MEMBERS
from dashboard.map.points import palette_of
from dashboard.map.popup import popup
from dashboard.map.rows import group_column, killed_column
from geodata.palette import ranked

if TYPE_CHECKING:
    from geodata.store import Store

Ints = npt.NDArray[np.int64]

TOP = 3
"""Groups that a pop-up names."""


def tally(store: Store, fids: Ints) -> dict[str, Any]:
    """Number, killed, the most frequent groups, and the words of at most 40 incidents.

    ``untold`` counts incidents whose toll is not known; ``more_groups`` those not named.
    """
    toll = killed_column(store).of(fids)
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
    column = group_column(store)
    codes, numbers = np.unique(column.of(fids), return_counts=True)
    names = (column.names[code] for code in codes.tolist())
    return Counter(dict(zip(names, numbers.tolist(), strict=True)))
