"""What the map's layers need to know before they ask for anything: the colours of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from geodata.palette import DIVERGING, DIVERGING_DARK, SEQUENTIAL

if TYPE_CHECKING:
    from geodata.store import Store


def facts_json(store: Store) -> bytes:
    """Facts of a project for every layer."""
    ramps = {"sequential": SEQUENTIAL, "diverging": DIVERGING, "diverging_dark": DIVERGING_DARK}
    return orjson.dumps({"ramps": ramps, "revision": store.revision()})
