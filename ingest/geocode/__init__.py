"""Turn a place phrase of a report into a point on the map, offline by default."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.geocode.resolver import Resolver


def default_geocoder() -> Resolver:
    """Give the resolver over the gazetteers in use: a `Geocoder` and a `NameFinder` in one.

    It is opened once, and anew when a gazetteer was added, replaced or taken away: a server that
    runs for days need not be started again.

    Raises
    ------
    MissingPartError
        The gazetteer has not been built yet.
    """
    from geodata.gazetteer.installed import paths_in_use

    return _opened(
        tuple((path, path.stat().st_mtime_ns if path.is_file() else 0) for path in paths_in_use())
    )


@lru_cache(maxsize=1)
def _opened(files: tuple[tuple[Path, int], ...]) -> Resolver:
    from geodata.gazetteer.lookup import Gazetteer
    from ingest.geocode.resolver import Resolver

    (main, _), *added = files
    return Resolver(Gazetteer(main, [path for path, _ in added]))
