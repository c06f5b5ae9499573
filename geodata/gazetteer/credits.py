"""Whom to credit for coordinates: the embedded gazetteer's sources, and those of added ones."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from geodata.errors import AtlasError
from geodata.gazetteer.installed import paths_in_use

GEONAMES = "GeoNames (geonames.org), CC BY 4.0"
LONGEST = 120
"""Characters of one attribution that are shown: it comes from whoever added the gazetteer."""


def place_credits() -> tuple[str, ...]:
    """Attributions of every gazetteer in use, GeoNames first; each once."""
    paths = paths_in_use()
    stamps = tuple(path.stat().st_mtime_ns for path in paths if path.is_file())
    return _credits(paths, stamps)


@lru_cache(maxsize=4)
def _credits(paths: tuple[Path, ...], _stamps: tuple[int, ...]) -> tuple[str, ...]:
    from geodata.gazetteer._file import GazetteerFile

    found = {GEONAMES: None}
    for path in paths:
        try:
            rows = GazetteerFile(path, "").rows("SELECT attribution FROM source ORDER BY id")
        except AtlasError:
            continue  # a missing or outdated file gives no places either
        for (attribution,) in rows:
            # Our own table needs no credit.
            if attribution != "Incident Atlas":
                found.setdefault(" ".join(attribution.split())[:LONGEST])
    return tuple(found)
