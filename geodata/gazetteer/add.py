"""Add a gazetteer: read a file with the importer that knows it, into a file of its own.

Each added gazetteer is one SQLite file in the folder of additions, so it can be taken away
again, and the embedded one can be rebuilt, without touching the rest.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from geodata.errors import InputError, MissingPartError
from geodata.gazetteer import _points
from geodata.gazetteer._joining import Joiner
from geodata.gazetteer._neighbours import adopt_districts
from geodata.gazetteer._spellings import RANK_ALIAS, useful_aliases
from geodata.gazetteer._writer import BATCH, Draft, Row, drafted
from geodata.gazetteer.importers import ImportOptions, importer_for
from geodata.gazetteer.importers._base import Reading
from geodata.gazetteer.installed import added_path
from geodata.gazetteer.lookup import Gazetteer
from geodata.gazetteer.names import fold

Progress = Callable[[str, float], None]
SOURCE = 1
_STEM = re.compile(r"[^a-z0-9.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What came of adding a gazetteer: rows kept, joined to known places, left out by reason."""

    name: str
    path: Path
    importer: str
    attribution: str
    places: int
    joined: int
    left_out: dict[str, int]


def add_gazetteer(
    path: Path,
    *,
    name: str = "",
    importer: str = "",
    attribution: str = "",
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> Added:
    """Add a gazetteer to those in use, replacing one of the same name.

    Parameters
    ----------
    path
        A file or folder that one of the importers reads.
    name
        What to call it; made from the file's name where not given.
    importer, attribution
        Which importer reads it, and how its source is to be named; found out where not given.
    options
        What the file does not say by itself.
    progress
        Called with what is being done and the share done, 0 to 1.

    Raises
    ------
    InputError
        The file is none that an importer knows, or gives no place at all.
    """
    reader = importer_for(path, importer)
    name = name or _STEM.sub("-", path.name.split(".")[0].lower()).strip("-.") or "gazetteer"
    target = added_path(name)
    tell = progress or _silent
    reading = reader.read(path, options or ImportOptions(), _own_ids(name))
    joiner = Joiner(_others(target))
    with drafted(target) as draft:
        attribution = attribution or reading.attribution
        draft.source(SOURCE, name, attribution, f"{reader.name}: {reading.version}")
        draft.add(joiner.rows(reading.divisions), SOURCE)
        places = draft.add(joiner.rows(_told(reading, tell)), SOURCE)
        if not places:
            left = "; ".join(f"{number} times {why}" for why, number in reading.left_out.items())
            raise InputError(f"{path.name}: no place could be read ({left or 'it is empty'})")
        _add_names(draft, reading.names, tell)
        tell("names", 0.70)
        draft.index_names()
        tell("division points", 0.82)
        adopt_districts(draft.connection)
        _points.locate_divisions(draft.connection)
        tell("near spellings", 0.85)
        draft.index_near()
        tell("packing", 0.94)
    tell("done", 1.0)
    return Added(
        name=name,
        path=target,
        importer=reader.name,
        attribution=attribution,
        places=places,
        joined=joiner.joined,
        left_out=dict(Counter(reading.left_out)),
    )


def _silent(_words: str, _share: float) -> None:
    """Take the place of a progress bar."""


def _own_ids(name: str) -> Iterator[int]:
    """Ids for rows that bring none: below every other, and another range for each gazetteer."""
    slot = zlib.crc32(name.encode()) % 1_000_000 + 1
    return count(-(slot << 32), -1)


def _others(target: Path) -> Gazetteer | None:
    """Give the gazetteers in use without the one that is being replaced."""
    from geodata.gazetteer import default_path
    from geodata.gazetteer.installed import added_paths

    try:
        return Gazetteer(default_path(), [other for other in added_paths() if other != target])
    except MissingPartError:
        return None


def _told(reading: Reading, tell: Progress) -> Iterator[Row]:
    for number, row in enumerate(reading.places):
        if number % BATCH == 0:
            tell(f"{number:,} places", 0.65 * reading.share())
        yield row


def _add_names(draft: Draft, names: Iterable[tuple[int, str, bool]], tell: Progress) -> None:
    """Add further names of places; a preferred English name becomes the one shown."""
    iterator = iter(names)
    connection = draft.connection
    while batch := list(islice(iterator, BATCH)):
        tell("further names", 0.66)
        keys, shown = [], []
        for place, name, preferred in batch:
            latin, native = useful_aliases((name,), "")
            if not latin and not native:
                continue
            keys.append((fold(name), RANK_ALIAS, place))
            if preferred and latin:
                shown.append((name, place, name))
        connection.executemany(
            "INSERT INTO spelling SELECT ?, country, id, ? FROM place WHERE id = ?", keys
        )
        connection.executemany(
            "UPDATE place SET aliases = name || coalesce('|' || aliases, ''), name = ?"
            " WHERE id = ? AND name <> ?",
            shown,
        )
