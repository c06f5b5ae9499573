"""Turn a place phrase of a report into a point on the map, offline by default."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.geocode.resolver import Resolver


@lru_cache(maxsize=1)
def default_geocoder() -> Resolver:
    """Give the resolver over the gazetteer in use: a `Geocoder` and a `NameFinder` in one.

    Raises
    ------
    MissingPartError
        The gazetteer has not been built yet.
    """
    from geodata.gazetteer.lookup import Gazetteer
    from ingest.geocode.resolver import Resolver

    return Resolver(Gazetteer.open())
