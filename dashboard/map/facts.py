"""What the map's layers need to know before they ask for anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from dashboard.map.area_shapes import DETAILS, KINDS, edition_of, layers_of
from geodata.palette import DIVERGING, DIVERGING_DARK, SEQUENTIAL

if TYPE_CHECKING:
    from geodata.store import Store


def facts_json(store: Store) -> bytes:
    """Colours of numbers, and of which areas the project has boundaries.

    ``bounded`` says for each kind of area whether there are any; ``edition`` differs after any
    change of them; ``details`` are the zoom levels up to which each degree of detail is meant.
    """
    answer: dict[str, Any] = {
        "revision": store.revision(),
        "ramps": {
            "sequential": SEQUENTIAL,
            "diverging": DIVERGING,
            "diverging_dark": DIVERGING_DARK,
        },
        "bounded": {kind: bool(layers_of(store, kind)) for kind in KINDS},
        "edition": str(edition_of(store)),
        "details": DETAILS,
    }
    return orjson.dumps(answer)
