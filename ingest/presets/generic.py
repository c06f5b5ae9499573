"""Any other table: which column holds what, by its name, or as a mapping in TOML says.

A column that no name here fits is kept in the row beside the incident, and read into no field.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from geodata.errors import InputError
from geodata.incident import Attribution, Incident
from geodata.precision import LocationPrecision
from geodata.taxonomy import EVENT_TYPE_OF, canonical_event_type, canonical_sub_event_type
from ingest.presets._base import Cells, Preset, RowError, cell, count_of, day_of, named, point_of
from ingest.tables.values import order_of_days

NAMES: dict[str, tuple[str, ...]] = {
    "key": ("id", "event id", "incident id", "incident number", "case no", "case number", "s#",
            "serial no", "sr no", "s no", "no", "ref", "reference", "uid"),
    "event_date": ("date", "event date", "incident date", "date of attack", "date of incident",
                   "attack date", "fecha", "date de l'incident", "data", "day", "occurred on",
                   "date occurred", "event_date", "datum"),
    "place": ("city", "town", "village", "place", "location", "location name", "site", "area",
              "municipality", "municipio", "ciudad", "lugar", "ville", "lieu", "localité",
              "locality", "settlement", "incident location"),
    "admin2": ("district", "admin2", "adm2", "county", "lga", "upazila", "zone", "tehsil",
               "department district", "cercle", "distrito", "admin level 2"),
    "admin1": ("province", "state", "region", "governorate", "admin1", "adm1", "departamento",
               "wilaya", "oblast", "provincia", "estado", "région", "admin level 1"),
    "country": ("country", "nation", "país", "pays", "country name"),
    "latitude": ("latitude", "lat", "y", "latitud", "geo lat"),
    "longitude": ("longitude", "lon", "long", "lng", "x", "longitud", "geo lon"),
    "actor1": ("perpetrator", "perpetrators", "group", "group name", "attacker", "attackers",
               "actor", "actor1", "actor 1", "responsible", "responsible group", "grupo",
               "autor", "auteur", "perpetrator group", "claimed by"),
    "actor2": ("target", "target type", "victim", "victims", "actor2", "actor 2", "cible",
               "víctima", "targets"),
    "event_type": ("type", "event type", "incident type", "attack type", "category", "tipo",
                   "type of attack", "type of incident", "event", "sub event type", "nature"),
    "killed_best": ("killed", "fatalities", "deaths", "dead", "total killed", "total deaths",
                    "total fatalities", "no of killed", "killed max", "muertos", "morts", "tués",
                    "number killed", "people killed", "fatalities total"),
    "killed_low": ("killed min", "min killed", "fatalities min", "deaths min", "minimum killed"),
    "killed_high": ("max killed", "fatalities max", "deaths max", "maximum killed"),
    "injured_best": ("injured", "wounded", "total injured", "no of injured", "injured max",
                     "heridos", "blessés", "number injured", "people injured"),
    "injured_low": ("injured min", "min injured", "wounded min"),
    "injured_high": ("max injured", "wounded max"),
    "notes": ("notes", "description", "summary", "details", "narrative", "remarks", "comments",
              "descripción", "incident summary", "incident description"),
}  # fmt: skip
"""Field to names of columns that hold it, folded; the first that a table has is taken."""

NEEDED = "a column for the date, and one for the place, the district, the province or the point"


def folded(name: str) -> str:
    """A column's name for comparison: "Killed_Max ", "KilledMax" and "killed max" are one."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[^\w#'&]+|_", " ", apart).casefold().split())


def guess(columns: Sequence[str]) -> dict[str, str]:
    """Give the column that holds each field, by the names of the columns alone."""
    by_name: dict[str, str] = {}
    for name in columns:
        by_name.setdefault(folded(name), name)
    found: dict[str, str] = {}
    for field, names in NAMES.items():
        column = next((by_name[folded(n)] for n in names if folded(n) in by_name), None)
        if column is not None and column not in found.values():
            found[field] = column
    return found


def read_mapping(path: Path) -> dict[str, str]:
    """Read a mapping: a TOML table ``[columns]`` of ``field = "Name of column"``.

    Raises
    ------
    InputError
        The file cannot be read, or names a field that there is not.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"mapping {path.name!r} cannot be read: {error}") from error
    columns = told.get("columns")
    if not isinstance(columns, dict):
        raise InputError(f"mapping {path.name!r} has no table [columns]")
    for field, column in columns.items():
        if field not in NAMES or not isinstance(column, str):
            known = ", ".join(NAMES)
            raise InputError(f"mapping {path.name!r}: {field!r} is no field with a column; {known}")
    return {**columns}


def preset_for(columns: Sequence[str], sample: Sequence[Cells], given: Mapping[str, str]) -> Preset:
    """Make a preset for one table, by its columns or by the mapping given.

    Raises
    ------
    InputError
        The table lacks what an incident needs, or a column that the mapping names.
    """
    mapping = {**given} or guess(columns)
    missing = [column for column in mapping.values() if column not in columns]
    if missing:
        raise InputError(f"there is no column {missing[0]!r}; there are {', '.join(columns)}")
    placed = {"place", "admin2", "admin1"} & set(mapping) or {"latitude", "longitude"} <= set(
        mapping
    )
    if "event_date" not in mapping or not placed:
        raise InputError(f"the table needs {NEEDED}; its columns are {', '.join(columns)}")
    known = {field: column.casefold() for field, column in mapping.items()}
    days = [row.get(known["event_date"], "") for row in sample]
    day_first = order_of_days(days)
    return Preset(
        name="table",
        title="Table",
        credit="",
        needs=frozenset(known.values()),
        key=known.get("key", ""),
        read=partial(_read, known, day_first is not False),
    )


def _read(mapping: Mapping[str, str], day_first: bool, cells: Cells) -> Incident:
    told = {field: cells.get(column, "") for field, column in mapping.items()}
    try:
        return _incident(told, day_first)
    except RowError as error:  # by the name that the column has in the table
        raise RowError(mapping.get(error.column, ""), error.value, error.reason) from error


def _incident(told: Cells, day_first: bool) -> Incident:
    first, last, precision = day_of(told, "event_date", day_first=day_first)
    latitude, longitude = point_of(told, "latitude", "longitude")
    event_type, sub_event_type = _kind(cell(told, "event_type"))
    killed, injured = (_toll(told, noun) for noun in ("killed", "injured"))
    actor = named(told, "actor1")
    return Incident(
        incident_id="",
        event_date=first,
        event_date_end=last,
        date_precision=precision,
        event_type=event_type,
        sub_event_type=sub_event_type,
        actor1=actor,
        actor2=named(told, "actor2"),
        perpetrator=actor,
        attribution=Attribution.ATTRIBUTED if actor else Attribution.NONE,
        place=named(told, "place"),
        admin2=named(told, "admin2"),
        admin1=named(told, "admin1"),
        country=named(told, "country"),
        latitude=latitude,
        longitude=longitude,
        location_precision=_precision(told, latitude),
        killed_low=killed[0],
        killed_best=killed[1],
        killed_high=killed[2],
        injured_low=injured[0],
        injured_best=injured[1],
        injured_high=injured[2],
        notes=cell(told, "notes"),
    )


def _toll(told: Cells, noun: str) -> tuple[int | None, int | None, int | None]:
    low, best, high = (count_of(told, f"{noun}_{bound}") for bound in ("low", "best", "high"))
    if best[1] is None:
        return low[1], low[1] if low[1] is not None else high[1], high[1]
    least = low[1] if low[1] is not None else best[0]
    most = high[1] if high[1] is not None else best[2]
    return least, best[1], most


def _kind(words: str) -> tuple[str | None, str | None]:
    """Event type and sub-event type, by the taxonomy's names or by the words of reports."""
    from ingest.extract.lexicon import load
    from ingest.extract.triggers import VIOLENCE, find_triggers

    sub = canonical_sub_event_type(words)
    if sub is None and words and canonical_event_type(words) is None:
        kinds = [one.kind for one in find_triggers(words, load("en"))]
        sub = next((kind for kind in kinds if kind in EVENT_TYPE_OF), None)
        if sub is None and VIOLENCE in kinds:
            sub = "Attack"
    return (EVENT_TYPE_OF[sub] if sub else canonical_event_type(words)), sub


def _precision(told: Cells, latitude: float | None) -> LocationPrecision:
    """How exactly a point of a table is known that does not say so: by its finest name."""
    if latitude is None:
        return LocationPrecision.UNKNOWN
    for field, precision in (
        ("place", LocationPrecision.SETTLEMENT),
        ("admin2", LocationPrecision.DISTRICT),
        ("admin1", LocationPrecision.PROVINCE),
    ):
        if cell(told, field):
            return precision
    return LocationPrecision.SETTLEMENT
