"""Read a gazetteer: places by name, by id, by division; safe to share between threads."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from geodata.errors import InputError, MissingPartError
from geodata.gazetteer import default_path
from geodata.gazetteer._schema import PLACE_COLUMNS, SCHEMA_VERSION, kind_of
from geodata.gazetteer.names import core_fold, fold
from geodata.place import Place

_MOST_BEARERS = 2000  # "San Antonio" has 700; a bound, so that no name can stall a query


class Entry(NamedTuple):
    """A row of the gazetteer; `admin1` and `admin2` are entry ids. Coordinates are WGS 84.

    `located` is None where the point is the entry's own, ``seat`` where it is that of the town
    of the same name, ``mean`` where it is the mean of the member towns. `rank` says by which
    spelling a lookup found it: 0 its name, 1 an alias, 2 derived (division word left out).
    """

    id: int
    source: int
    key: str | None
    name: str
    fclass: str
    fcode: str
    country: str
    admin1: int | None
    admin2: int | None
    latitude: float | None
    longitude: float | None
    population: int
    located: str | None
    aliases: str | None
    rank: int = 0

    @property
    def kind(self) -> str:
        """One of country, admin1, admin2, settlement, other."""
        return kind_of(self.fclass, self.fcode)

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name and every other spelling that the gazetteer knows."""
        return (self.name, *(self.aliases.split("|") if self.aliases else ()))


class SourceInfo(NamedTuple):
    """One source of a gazetteer: what `incidents gazetteer info` shows."""

    name: str
    version: str
    attribution: str
    places: int


class Gazetteer:
    """A gazetteer file, opened for reading; each thread gets a connection of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        columns = ", ".join(f"place.{column.strip()}" for column in PLACE_COLUMNS.split(","))
        self._by_name = (
            f"SELECT {columns}, name.rank FROM name JOIN place ON place.id = name.place"
            f" WHERE name.fold = ? LIMIT {_MOST_BEARERS}"
        )
        self.lookup_fold = lru_cache(maxsize=20_000)(self._lookup_fold)
        self.entry = lru_cache(maxsize=60_000)(self._entry)
        self._check()
        self.source_names: dict[int, str] = dict(self._rows("SELECT id, name FROM source"))
        self._countries = {row[0]: row for row in self._rows("SELECT * FROM country")}
        self._iso3 = {row[1]: row[0] for row in self._countries.values()}

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """Open a gazetteer.

        Parameters
        ----------
        path
            The file; the one in use (`default_path`) where none is given.

        Raises
        ------
        MissingPartError
            There is no such file: it has not been built yet.
        InputError
            The file is not a gazetteer of ours, or of another version.
        """
        return cls(path or default_path())

    def lookup(self, name: str, *, country: str | None = None) -> list[Entry]:
        """Entries that bear a name in any known spelling, best known spelling first.

        Parameters
        ----------
        name
            A name, folded before it is compared.
        country
            ISO alpha-2 code: only entries of this country.
        """
        found = self.lookup_fold(fold(name))
        return [entry for entry in found if country is None or entry.country == country]

    def _lookup_fold(self, key: str) -> tuple[Entry, ...]:
        rows = self._rows(self._by_name, (key,))
        return tuple(sorted(map(Entry._make, rows), key=lambda e: (e.rank, -e.population, e.id)))

    def _entry(self, entry_id: int) -> Entry | None:
        rows = self._rows(f"SELECT {PLACE_COLUMNS}, 0 FROM place WHERE id = ?", (entry_id,))
        return Entry._make(rows[0]) if rows else None

    def bearers(self, key: str) -> list[tuple[str, str, str, int, str]]:
        """Feature class and code, country, population and spellings of all with a folded name."""
        return self._rows(
            "SELECT fclass, fcode, country, population, place.name || '|' || coalesce(aliases, '')"
            f" FROM name JOIN place ON place.id = name.place WHERE fold = ? LIMIT {_MOST_BEARERS}",
            (key,),
        )

    def within(self, country: str) -> list[Entry]:
        """Every entry of a country (ISO alpha-2)."""
        sql = f"SELECT {PLACE_COLUMNS}, 0 FROM place WHERE country = ?"
        return [Entry._make(row) for row in self._rows(sql, (country,))]

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
        """Spell an entry out, with the names of its divisions and country."""
        source = self.source_names.get(entry.source, "")
        return Place(
            place_id=f"{source}:{entry.key or entry.id}",
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
            source=source,
        )

    def _name(self, entry_id: int | None) -> str | None:
        entry = self.entry(entry_id) if entry_id is not None else None
        return entry.name if entry else None

    def sources(self) -> list[SourceInfo]:
        """Sources with the number of places each gave."""
        rows = self._rows(
            "SELECT source.name, version, attribution, count(place.id) FROM source"
            " LEFT JOIN place ON place.source = source.id GROUP BY source.id ORDER BY source.id"
        )
        return [SourceInfo._make(row) for row in rows]

    def info(self) -> dict[str, str]:
        """Facts about the file: schema version, when it was built."""
        return dict(self._rows("SELECT key, value FROM meta"))

    def counts(self) -> dict[str, int]:
        """Number of places by kind, and of lookup names."""
        counts: dict[str, int] = {}
        for fclass, fcode, number in self._rows(
            "SELECT fclass, fcode, count(*) FROM place GROUP BY fclass, fcode"
        ):
            kind = kind_of(fclass, fcode)
            counts[kind] = counts.get(kind, 0) + number
        counts["names"] = self._rows("SELECT count(*) FROM name")[0][0]
        return counts

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            # The file is never changed in place, only replaced, so SQLite need not lock it.
            uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True)
            connection.execute("PRAGMA mmap_size = 268435456")
            self._local.connection = connection
        rows: list[tuple[Any, ...]] = connection.execute(sql, values).fetchall()
        return rows

    def _check(self) -> None:
        if not self.path.is_file():
            raise MissingPartError(
                f"there is no gazetteer at {str(self.path)!r}: run 'incidents gazetteer build'"
            )
        try:
            version = self.info().get("schema")
        except sqlite3.DatabaseError as error:
            raise InputError(
                f"{str(self.path)!r} is not a gazetteer ({error}): run"
                " 'incidents gazetteer build --force'"
            ) from error
        if version != str(SCHEMA_VERSION):
            raise InputError(
                f"{str(self.path)!r} is a gazetteer of version {version!r}, this program reads"
                f" {SCHEMA_VERSION}: run 'incidents gazetteer build --force'"
            )
