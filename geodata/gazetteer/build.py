"""Build the embedded gazetteer: one SQLite file from two packages and our own table.

The sources are streamed and joined inside SQLite, so that memory stays bounded. The file appears
under its name only when it is complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from geodata.gazetteer import _overlay, _points, overlay_path
from geodata.gazetteer._sources import (
    ATTRIBUTION,
    Divisions,
    read_countries,
    read_divisions,
    read_town_links,
    read_towns,
    source_versions,
)
from geodata.gazetteer._writer import Draft, Row, drafted

Progress = Callable[[str, float], None]
SOURCE_GEONAMES = 1
TOWNS = 235_000
"""About how many towns the sources hold: only the progress bar uses it."""


def build_gazetteer(
    target: Path, progress: Progress | None = None, *, overlay: Path | None = None
) -> None:
    """Build the gazetteer file `target`, replacing an older one in one step.

    Parameters
    ----------
    target
        Where the SQLite file goes; its folder is made where it is missing.
    progress
        Called with what is being done and the share done, 0 to 1.
    overlay
        Our own table, a CSV file or a folder of them; the one of the package where none is given.

    Raises
    ------
    MissingPartError
        One of the two source packages is not installed.
    InputError
        The overlay table cannot be read.
    """
    tell = progress or _silent
    with drafted(target) as draft:
        _fill(draft, tell, overlay or overlay_path())
        tell("packing", 0.94)
    tell("done", 1.0)


def is_current(target: Path, overlay: Path) -> bool:
    """Whether the file is there, of today's version, and newer than our own table."""
    from geodata.errors import AtlasError
    from geodata.gazetteer._file import GazetteerFile

    try:
        GazetteerFile(target, "")
    except AtlasError:
        return False
    facts = max(file.stat().st_mtime for file in overlay.glob("*.csv"))
    return target.stat().st_mtime >= facts


def _silent(_words: str, _share: float) -> None:
    """Take the place of a progress bar."""


def _fill(draft: Draft, tell: Progress, overlay: Path) -> None:
    draft.source(SOURCE_GEONAMES, "geonames", ATTRIBUTION, source_versions())
    tell("countries and divisions", 0.0)
    _add_countries(draft)
    divisions = Divisions()
    draft.add(read_divisions(divisions), SOURCE_GEONAMES)
    tell("towns", 0.05)
    _add_towns(draft, divisions, tell)
    tell("names", 0.70)
    draft.index_names()
    tell("division points", 0.80)
    _points.locate_divisions(draft.connection)
    tell("our own table", 0.85)
    _overlay.apply(draft.connection, overlay)
    tell("near spellings", 0.90)
    draft.index_near()


def _add_countries(draft: Draft) -> None:
    rows = list(read_countries())
    draft.connection.executemany(
        "INSERT INTO country VALUES (?, ?, ?, ?)",
        [(iso2, iso3, row.name, row.id) for iso2, iso3, row in rows],
    )
    draft.add((row for _, _, row in rows), SOURCE_GEONAMES)


def _add_towns(draft: Draft, divisions: Divisions, tell: Progress) -> None:
    """Join both packages' towns on the GeoNames id: aliases from one, divisions from the other."""
    connection = draft.connection
    connection.execute(
        "CREATE TEMP TABLE link (id INTEGER PRIMARY KEY, admin1 INTEGER, admin2 INTEGER)"
    )
    connection.executemany(
        "INSERT OR REPLACE INTO link VALUES (?, ?, ?)",
        ((row.id, row.admin1, row.admin2) for row in read_town_links(divisions)),
    )
    draft.add(_counted(read_towns(), tell), SOURCE_GEONAMES)
    connection.execute(
        "UPDATE place SET admin1 = link.admin1, admin2 = link.admin2 FROM temp.link AS link"
        " WHERE place.id = link.id AND place.fclass = 'P'"
    )
    known = {number for (number,) in connection.execute("SELECT id FROM place WHERE fclass = 'P'")}
    rest = (row for row in read_town_links(divisions) if row.id not in known)
    draft.add(rest, SOURCE_GEONAMES)


def _counted(rows: Iterable[Row], tell: Progress) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number % 2000 == 0:
            tell("towns", min(0.70, 0.05 + 0.65 * number / TOWNS))
        yield row
