"""Read the gazetteers: places by name, by id, by division; safe to share between threads.

Several gazetteers are read as one. A place that two of them know under the same id is one entry
(importers give a place the id that it has already); the embedded gazetteer's word counts first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from geodata.gazetteer import default_path
from geodata.gazetteer._cache import EntryCache
from geodata.gazetteer._entry import Entry, merged
from geodata.gazetteer._file import MOST_BEARERS, GazetteerFile
from geodata.gazetteer._schema import kind_of
from geodata.gazetteer._spellings import RANK_ALIAS
from geodata.gazetteer.installed import added_paths
from geodata.gazetteer.names import core_fold, fold
from geodata.place import Place

__all__ = ["Entry", "Gazetteer", "SourceInfo"]


CACHED_ENTRIES = 60_000
"""Entries that lookups keep in memory, some 30 MB."""
FOREIGN_ALIAS = 3
"""Rank of an alias that only an added gazetteer knows: full ones give neighbours' names too."""


class SourceInfo(NamedTuple):
    """One source of a gazetteer: what `incidents gazetteer info` shows."""

    name: str
    version: str
    attribution: str
    places: int
    path: str


class Gazetteer:
    """The embedded gazetteer and those added to it, opened for reading.

    Parameters
    ----------
    path
        The main file.
    added
        Further files; none where not given.
    """

    def __init__(self, path: Path, added: Sequence[Path] = ()) -> None:
        self.path = path
        self._base = GazetteerFile(path, "run 'incidents gazetteer build'")
        self._added = [
            GazetteerFile(other, f"'incidents gazetteer remove {other.stem}' and add it again")
            for other in added
        ]
        self._files = [self._base, *self._added]
        self.paths = tuple(file.path for file in self._files)
        self._looked_up = EntryCache(self._bearers_of, CACHED_ENTRIES)
        self.entry = lru_cache(maxsize=60_000)(self._entry)
        self.source_names: tuple[str, ...] = tuple(
            dict.fromkeys(name for file in self._files for (name,) in file.sources.values())
        )
        self._countries = {row[0]: row for row in self._base.rows("SELECT * FROM country")}
        self._iso3 = {row[1]: row[0] for row in self._countries.values()}

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """Open the gazetteers in use.

        Parameters
        ----------
        path
            One file alone; where none is given, the one in use and all that were added to it.

        Raises
        ------
        MissingPartError
            There is no such file: it has not been built yet.
        InputError
            A file is not a gazetteer of ours, or of another version.
        """
        return cls(path) if path else cls(default_path(), added_paths())

    def lookup(self, name: str, *, country: str | None = None) -> list[Entry]:
        """Entries that bear a name in any known spelling, best known spelling first.

        Parameters
        ----------
        name
            A name, folded before it is compared.
        country
            ISO alpha-2 code: only entries of this country.
        """
        key = fold(name)
        return list(self.lookup_fold(key) if country is None else self.lookup_in(key, country))

    def lookup_fold(self, key: str) -> tuple[Entry, ...]:
        """Entries of the world that bear a folded name, best known spelling first."""
        return self._looked_up((key, None))

    def lookup_in(self, key: str, country: str) -> tuple[Entry, ...]:
        """Entries of one country (ISO alpha-2) that bear a folded name."""
        return self._looked_up((key, country))

    def _in_memory(self, key: str, country: str) -> tuple[Entry, ...] | None:
        """Bearers in one country, out of those in the world where these were asked for before."""
        world = None if self._added else self._looked_up.remembered((key, None))
        if world is None or len(world) >= MOST_BEARERS:  # of so many, not all were read
            return None
        return tuple([entry for entry in world if entry.country == country])

    def _bearers_of(self, asked: tuple[str, str | None]) -> tuple[Entry, ...]:
        key, country = asked
        known = self._in_memory(key, country) if country is not None else None
        if known is not None:
            return known
        found = self._base.by_name(key, country)
        for file in self._added:
            found += [
                entry._replace(rank=FOREIGN_ALIAS) if entry.rank == RANK_ALIAS else entry
                for entry in file.by_name(key, country)
            ]
        if self._added:
            found = self._joined(found)
        return tuple(sorted(found, key=lambda e: (e.rank, -e.population, e.id)))

    def _joined(self, entries: Iterable[Entry]) -> list[Entry]:
        """One entry for each id; a division is completed from every file that knows it."""
        by_id: dict[int, Entry] = {}
        for entry in entries:
            known = by_id.get(entry.id)
            by_id[entry.id] = merged(known, entry) if known else entry
        return [
            (self.entry(entry.id) or entry)._replace(rank=entry.rank)
            if entry.fclass == "A"
            else entry
            for entry in by_id.values()
        ]

    def _entry(self, entry_id: int) -> Entry | None:
        found: Entry | None = None
        for file in self._files:
            entry = file.by_id(entry_id)
            if entry is not None:
                found = merged(found, entry) if found else entry
        return found

    def bearers(self, key: str) -> list[tuple[str, str, str, int, str]]:
        """Feature class and code, country, population and spellings of all with a folded name.

        Only the embedded gazetteer is asked: the hamlets of a full one bear the names of people
        and things, and would make every second word a place.
        """
        if not self._added:  # a name that a text bears is soon looked up too: one query for both
            entries = sorted(self.lookup_fold(key), key=_stored)
            return [
                (e.fclass, e.fcode, e.country, e.population, f"{e.name}|{e.aliases or ''}")
                for e in entries
            ]
        return self._base.rows(
            "SELECT fclass, fcode, place.country, population,"
            " place.name || '|' || coalesce(aliases, '') FROM name CROSS JOIN place"
            f" ON place.id = name.place WHERE fold = ? LIMIT {MOST_BEARERS}",
            (key,),
        )

    def within(
        self,
        country: str,
        *,
        admin1: int | None = None,
        admin2: int | None = None,
        most: int = 1_000_000,
    ) -> list[Entry]:
        """Entries of a country (ISO alpha-2), or of one of its divisions (entry ids).

        At most `most` of each file.
        """
        found = [
            entry for file in self._files for entry in file.within(country, admin1, admin2, most)
        ]
        return self._joined(found) if self._added else found

    def near(self, country: str, skeletons: Sequence[str]) -> list[str]:
        """Folded names of a country that have one of these consonant skeletons."""
        return [key for file in self._files for key in file.near(country, skeletons)]

    def country(self, name: str) -> str | None:
        """ISO alpha-2 code of a country given by code or by name; None where unknown."""
        code = name.strip().upper()
        if code in self._countries:
            return code
        if code in self._iso3:
            return str(self._iso3[code])
        for key in (fold(name), core_fold(fold(name))[0]):
            for entry in self.lookup_fold(key):
                if entry.kind == "country" and entry.country:
                    return entry.country
        return None

    def country_name(self, iso2: str) -> str:
        """English name of a country; the code itself where it is unknown."""
        return self._countries[iso2][2] if iso2 in self._countries else iso2

    def country_entry(self, iso2: str) -> Entry | None:
        """Give the entry of a country itself."""
        return self.entry(self._countries[iso2][3]) if iso2 in self._countries else None

    def place(self, entry: Entry) -> Place:
        """Spell an entry out, with the names of its divisions and country.

        The entry keeps what was spelled out, for as long as it is kept itself.
        """
        known: Place | None = entry.__dict__.get("place")
        if known is None:
            known = entry.__dict__["place"] = self._spelled(entry)
        return known

    def _spelled(self, entry: Entry) -> Place:
        return Place(
            place_id=f"{entry.sources[0]}:{entry.key or entry.id}",
            name=entry.name,
            feature_class=entry.fclass,
            feature_code=entry.fcode,
            country=entry.country,
            country_name=self.country_name(entry.country),
            admin1=entry.name if entry.fcode == "ADM1" else self._name(entry.admin1),
            admin2=entry.name if entry.fcode == "ADM2" else self._name(entry.admin2),
            latitude=entry.latitude,
            longitude=entry.longitude,
            population=entry.population,
            source=entry.sources[0],
            sources=entry.sources,
        )

    def _name(self, entry_id: int | None) -> str | None:
        entry = self.entry(entry_id) if entry_id is not None else None
        return entry.name if entry else None

    def sources(self) -> list[SourceInfo]:
        """Sources with the number of places each gave, file by file."""
        return [
            SourceInfo(row[0], row[1], row[2], row[3], str(file.path))
            for file in self._files
            for row in file.rows(
                "SELECT source.name, version, attribution, count(place.id) FROM source"
                " LEFT JOIN place ON place.source = source.id GROUP BY source.id"
                " ORDER BY source.id"
            )
        ]

    def info(self) -> dict[str, str]:
        """Facts about the main file: schema version, when it was built."""
        return self._base.meta()

    def counts(self) -> dict[str, int]:
        """Number of rows by kind, and of lookup names, over all files."""
        counts: dict[str, int] = {}
        for file in self._files:
            for fclass, fcode, number in file.rows(
                "SELECT fclass, fcode, count(*) FROM place GROUP BY fclass, fcode"
            ):
                kind = kind_of(fclass, fcode)
                counts[kind] = counts.get(kind, 0) + number
            names = file.rows("SELECT count(*) FROM name")[0][0]
            counts["names"] = counts.get("names", 0) + names
        return counts


def _stored(entry: Entry) -> tuple[str, int]:
    """Order in which the file gives the bearers of one name."""
    return entry.country, entry.id
