"""Our own table of facts: what the sources lack, and the names they do not know.

A row either adds to an entry that is there (spellings, a better display name, a point that the
sources lack) or becomes a new entry. `docs/geocoding.md` says how to edit the table.
"""

from __future__ import annotations

import csv
import math
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.errors import InputError
from geodata.gazetteer._schema import PLACE_COLUMNS, kind_of
from geodata.gazetteer._spellings import keys_of
from geodata.gazetteer.divisions import KIND_OTHER, KIND_SETTLEMENT
from geodata.gazetteer.names import core_fold, fold

SOURCE_OVERLAY = 2
COLUMNS = ("name", "feature", "country", "admin1", "admin2", "latitude", "longitude", "aliases")
NEIGHBOUR_DEGREES = 0.15
"""A town this near (in latitude plus longitude) mostly lies in the same district."""
SAME_TOWN_KM = 25.0
"""A town of the same name nearer than this is the same town."""

FEATURES = {
    "continent": ("L", "CONT"), "country": ("A", "PCLI"),
    "province": ("A", "ADM1"), "old province": ("A", "ADM1H"),
    "district": ("A", "ADM2"), "old district": ("A", "ADM2H"), "subdistrict": ("A", "ADM3"),
    "town": ("P", "PPL"), "quarter": ("P", "PPLX"), "area": ("L", "RGN"), "region": ("A", "ADMD"),
    "valley": ("T", "VAL"),
    "pass": ("T", "PASS"), "hills": ("T", "HLLS"), "mountain": ("T", "MT"), "forest": ("V", "FRST"),
    "desert": ("T", "DSRT"), "island": ("T", "ISL"), "lake": ("H", "LK"), "river": ("H", "STM"),
    "dam": ("S", "DAM"), "base": ("L", "MILB"), "camp": ("S", "CMPRF"), "crossing": ("S", "PSTB"),
    "airport": ("S", "AIRP"), "site": ("S", "BLDG"), "sea": ("H", "SEA"),
    "strait": ("H", "STRT"), "gulf": ("H", "GULF"), "reef": ("H", "RF"),
}  # fmt: skip
"""Word in the column `feature` to GeoNames feature class and code."""

_ORDER = (
    "continent",
    "country",
    "province",
    "old province",
    "district",
    "old district",
    "subdistrict",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One row of the table."""

    line: int
    name: str
    feature: str
    country: str
    admin1: str
    admin2: str
    latitude: float | None
    longitude: float | None
    aliases: tuple[str, ...]
    meant: tuple[str, ...]  # aliases that, said bare, mean this entry and no other


def read(path: Path) -> list[Fact]:
    """Read the table, divisions first, so that a row may name any division of the table.

    Parameters
    ----------
    path
        A CSV file, or a folder of them.

    Raises
    ------
    InputError
        The file, its columns or one of its rows is not as it should be.
    """
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    facts = [fact for file in files for fact in _read_file(file)]
    return sorted(
        facts, key=lambda fact: _ORDER.index(fact.feature) if fact.feature in _ORDER else 99
    )


def _read_file(path: Path) -> list[Fact]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(line for line in file if not line.startswith("#"))
        if tuple(lines.fieldnames or ()) != COLUMNS:
            raise InputError(
                f"{path.name}: columns {lines.fieldnames!r} found; give {', '.join(COLUMNS)}"
            )
        return [_fact(path.name, number, line) for number, line in enumerate(lines, start=2)]


def _fact(name: str, number: int, cells: dict[str, str]) -> Fact:
    where = f"{name}: row {cells['name']!r} (number {number})"
    if cells["feature"] not in FEATURES:
        raise InputError(f"{where}: feature {cells['feature']!r} is none of {', '.join(FEATURES)}")
    try:
        latitude = float(cells["latitude"]) if cells["latitude"] else None
        longitude = float(cells["longitude"]) if cells["longitude"] else None
    except (TypeError, ValueError) as error:
        raise InputError(f"{where}: coordinates must be decimal degrees ({error})") from error
    if latitude is not None and not (-90 <= latitude <= 90 and -180 <= (longitude or 0) <= 180):
        raise InputError(f"{where}: ({latitude!r}, {longitude!r}) lies on no map")
    aliases = [alias for alias in (cells["aliases"] or "").split("|") if alias]
    return Fact(
        line=number,
        name=cells["name"],
        feature=cells["feature"],
        country=cells["country"],
        admin1=cells["admin1"],
        admin2=cells["admin2"],
        latitude=latitude,
        longitude=longitude,
        aliases=tuple(alias.removeprefix("!") for alias in aliases),
        meant=tuple(alias[1:] for alias in aliases if alias.startswith("!")),
    )


def apply(connection: sqlite3.Connection, path: Path) -> list[str]:
    """Add the table to a gazetteer under construction.

    Gives the rows that neither fit an entry nor have a point of their own, and the divisions
    that rows name and nobody knows; both stand in ``meta`` as ``overlay_unmatched`` too (a test
    holds that there are none).
    """
    connection.execute(
        "INSERT OR REPLACE INTO source VALUES (?, 'overlay', 'Incident Atlas', ?)",
        (SOURCE_OVERLAY, f"{path.parent.name}/{path.name}"),
    )
    unmatched, placed = [], []
    facts = read(path)
    named = {(fact.country, fold(fact.name)) for fact in facts}
    for number, fact in enumerate(facts, start=1):
        admin1 = _division(connection, fact.admin1, fact.country, ("ADM1",))
        admin2 = _division(connection, fact.admin2, fact.country, ("ADM2", "ADM3"), admin1)
        there = _find(connection, fact, admin1, admin2, named)
        if there is not None:
            _enrich(connection, there, fact, admin1, admin2)
        elif fact.latitude is not None:
            _insert(connection, -number, fact, admin1, admin2)
        else:
            unmatched.append(f"{fact.country}:{fact.name}")
        placed.append((there if there is not None else -number, fact))
        for given, found in ((fact.admin1, admin1), (fact.admin2, admin2)):
            if given and found is None:
                unmatched.append(f"{fact.country}:{fact.name} in {given}")
    for row_id, fact in placed:
        _prefer(connection, row_id, fact)
    _infer_districts(connection)
    connection.execute(
        "INSERT OR REPLACE INTO meta VALUES ('overlay_unmatched', ?)", ("; ".join(unmatched),)
    )
    return unmatched


def _division(
    connection: sqlite3.Connection,
    name: str,
    country: str,
    codes: tuple[str, ...],
    admin1: int | None = None,
) -> int | None:
    """Id of a division by any of its names; None for an empty or unknown name."""
    if not name:
        return None
    for key in {fold(name): 0, core_fold(fold(name))[0]: 1}:
        rows = connection.execute(
            "SELECT place.id, place.fcode, place.admin1 FROM name JOIN place"
            " ON place.id = name.place WHERE name.fold = ? AND name.country = ?"
            " AND place.fclass = 'A' ORDER BY name.rank, place.fcode, place.id",
            (key, country),
        ).fetchall()
        for row_id, code, parent in rows:
            if code[:4] in codes and (admin1 is None or parent in (None, admin1)):
                return int(row_id)
    return None


def _find(
    connection: sqlite3.Connection,
    fact: Fact,
    admin1: int | None,
    admin2: int | None,
    named: set[tuple[str, str]],
) -> int | None:
    """Entry of the same kind, country and name, in the same division or at the same point.

    A town whose own name another row of the table bears (`named`) is that row's, whatever its
    other spellings are.
    """
    own = fold(fact.name)
    keys = [own, core_fold(own)[0], *(fold(alias) for alias in fact.aliases)]
    # A town that shares no more than an old or foreign spelling with the row is another town.
    loose = fact.latitude is None or FEATURES[fact.feature][0] == "A"
    for key in dict.fromkeys(keys):
        rows = connection.execute(
            "SELECT place.id, place.fclass, place.fcode, place.admin1, place.admin2,"
            " place.latitude, place.longitude, place.population - name.rank, place.name"
            " FROM name JOIN place"
            " ON place.id = name.place WHERE name.fold = ? AND name.country = ?"
            " AND name.rank <= ?",
            (key, fact.country, 2 if loose or key == own else 0),
        ).fetchall()
        same = [
            row
            for row in rows
            if _same(fact, row, admin1)
            and (loose or fold(row[8]) == own or (fact.country, fold(row[8])) not in named)
        ]
        if same:
            best = max(same, key=lambda row: (row[4] == admin2, row[3] == admin1, row[7], row[0]))
            return int(best[0])
    return None


def _same(fact: Fact, row: tuple[Any, ...], admin1: int | None) -> bool:
    """Whether an entry of the same name is the fact's own: its kind, and where it lies."""
    fclass, fcode, parent, latitude, longitude = row[1], row[2], row[3], row[5], row[6]
    kind = kind_of(fclass, fcode)
    if kind != kind_of(*FEATURES[fact.feature]):
        return False
    if fcode.endswith("H") != fact.feature.startswith("old"):
        return False
    if kind in {KIND_SETTLEMENT, KIND_OTHER}:
        return _same_town(fact, latitude, longitude)
    return admin1 is None or parent in (None, admin1)


def _same_town(fact: Fact, latitude: float | None, longitude: float | None) -> bool:
    if fact.latitude is None or fact.longitude is None:
        return True
    if latitude is None or longitude is None:
        return False
    north = (fact.latitude - latitude) * 111.2
    east = (fact.longitude - longitude) * 111.2 * math.cos(math.radians(latitude))
    return math.hypot(north, east) <= SAME_TOWN_KM


def _enrich(
    connection: sqlite3.Connection, row_id: int, fact: Fact, admin1: int | None, admin2: int | None
) -> None:
    """Give an entry the table's name, spellings and divisions, and a point where it has none."""
    name, aliases = connection.execute(
        "SELECT name, aliases FROM place WHERE id = ?", (row_id,)
    ).fetchone()
    spelled: dict[str, str] = {}
    for text in (*fact.aliases, name, *(aliases.split("|") if aliases else ())):
        spelled.setdefault(fold(text), text)
    spelled.pop(fold(fact.name), None)
    connection.execute(
        "UPDATE place SET name = ?, aliases = ?, admin1 = coalesce(?, admin1),"
        " admin2 = coalesce(?, admin2) WHERE id = ?",
        (fact.name, "|".join(spelled.values()) or None, admin1, admin2, row_id),
    )
    if fact.latitude is not None:
        connection.execute(
            "UPDATE place SET latitude = ?, longitude = ?, located = 'table'"
            " WHERE id = ? AND (latitude IS NULL OR located IS NOT NULL)",
            (fact.latitude, fact.longitude, row_id),
        )
    _add_names(connection, row_id, (fact.name, *fact.aliases), FEATURES[fact.feature][0] == "A")


def _insert(
    connection: sqlite3.Connection, row_id: int, fact: Fact, admin1: int | None, admin2: int | None
) -> None:
    feature_class, feature_code = FEATURES[fact.feature]
    words = [fact.country.lower(), *fold(fact.name).split()]
    if feature_class == "A":
        words.append(fact.feature.replace(" ", "-"))
    key = "-".join(words)
    taken = connection.execute("SELECT 1 FROM place WHERE key = ? AND id < 0", (key,)).fetchone()
    connection.execute(
        f"INSERT INTO place ({PLACE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, NULL, ?)",
        (row_id, SOURCE_OVERLAY, f"{key}-{-row_id}" if taken else key, fact.name, feature_class,
         feature_code, fact.country, admin1, admin2, fact.latitude, fact.longitude,
         "|".join(fact.aliases) or None),
    )  # fmt: skip
    _add_names(connection, row_id, (fact.name, *fact.aliases), feature_class == "A")


def _prefer(connection: sqlite3.Connection, row_id: int, fact: Fact) -> None:
    """Make an entry the first meaning of the names that the table marks with ``!``."""
    for name in fact.meant:
        connection.execute(
            "UPDATE name SET rank = CASE WHEN place = ? THEN 0 ELSE 2 END"
            " WHERE fold = ? AND place IN (SELECT id FROM place WHERE country = ?)",
            (row_id, fold(name), fact.country),
        )


def _infer_districts(connection: sqlite3.Connection) -> None:
    """Give the table's towns that name no district that of the nearest town, where one is near."""
    bare = connection.execute(
        "SELECT id, name, country, admin1, latitude, longitude FROM place WHERE source = ?"
        " AND fclass IN ('P', 'S') AND admin1 IS NOT NULL AND admin2 IS NULL",
        (SOURCE_OVERLAY,),
    ).fetchall()
    for row_id, name, country, admin1, latitude, longitude in bare:
        found = _division(connection, name, country, ("ADM2",), admin1)
        if found is None:
            nearest = connection.execute(
                "SELECT admin2, abs(latitude - ?) + abs(longitude - ?) AS away FROM place"
                " WHERE country = ? AND admin1 = ? AND admin2 IS NOT NULL AND fclass = 'P'"
                " AND id > 0 ORDER BY away LIMIT 1",
                (latitude, longitude, country, admin1),
            ).fetchone()
            found = nearest[0] if nearest and nearest[1] <= NEIGHBOUR_DEGREES else None
        connection.execute("UPDATE place SET admin2 = ? WHERE id = ?", (found, row_id))


def _add_names(
    connection: sqlite3.Connection, row_id: int, names: tuple[str, ...], division: bool
) -> None:
    """Add lookup keys; a key that was only derived so far becomes a spelling in its own right."""
    connection.executemany(
        "INSERT INTO name SELECT ?, country, id, ? FROM place WHERE id = ?"
        " ON CONFLICT (fold, country, place)"
        " DO UPDATE SET rank = min(rank, excluded.rank)",
        [(key, rank, row_id) for key, rank in keys_of(names, division=division)],
    )
