"""Preset `hxl`: a table with a row of HXL tags (hxlstandard.org, version 1.1) under its header.

The tags say what the columns hold; columns without a tag are guessed. A published layout that
also has tags (UCDP on HDX) is read by its own preset, which scores higher.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geodata.errors import InputError
from ingest.presets._base import ColumnRule, Mapping, Match
from ingest.presets._contents import told
from ingest.presets._mapped import MappedReader, mapped_reader
from ingest.presets.guess import guess_mapping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.readers.tables._batch import RowBatch, TableInfo

SCORE = 0.5

_KILLED = {"killed", "dead", "deaths", "fatalities", "died"}
_INJURED = {"injured", "wounded"}
_TAKEN = {
    "abducted": {"abducted", "kidnapped"},
    "arrested": {"arrested", "detained"},
    "released": {"released"},
}
_PLACES = ("#loc", "#adm5", "#adm4", "#adm3")
_STATUS = {
    "civilians": {"civilian", "civilians", "civ"},
    "security_forces": {"military", "police", "security", "forces"},
    "militants": {"militants", "combatants", "insurgents", "nsag"},
}
_LATER = {"reported", "updated", "published", "publ", "entered", "received", "created"}

Tag = tuple[str, frozenset[str]]
"""A tag and its attributes: "#date+occurred" is ("#date", {"occurred"})."""


def tag_of(text: str) -> Tag:
    """Read a tag with its attributes, in any case and with any spaces."""
    base, *attributes = "".join(text.lower().split()).split("+")
    return base, frozenset(attributes)


def hxl_mapping(info: TableInfo, sample: RowBatch) -> Mapping:
    """Make the mapping that the tags of a table say.

    Raises
    ------
    InputError
        The tags name no date and no place.
    """
    tags = {name: tag_of(tag) for name, tag in zip(info.columns, info.hxl, strict=False) if tag}
    rules = [*_dates(tags), *_places(tags), *_counts(tags), *_words(tags)]
    fields = {rule.field for rule in rules}
    if not fields & {
        "event_date",
        "place",
        "admin1",
        "admin2",
        "country",
        "latitude",
        "coordinates",
    }:
        raise InputError(
            f"{info.name}: its HXL tags name neither #date nor a place (#adm1, #geo+lat)"
        )
    used = {name for rule in rules for name in rule.columns}
    rules += [rule for rule in _guessed(info, sample) if _adds(rule, fields, used | set(tags))]
    return Mapping(name=f"{info.name} (HXL)", rules=tuple(rules), key=_key(tags, sample))


def _guessed(info: TableInfo, sample: RowBatch) -> tuple[ColumnRule, ...]:
    try:
        return guess_mapping(info, sample).mapping.rules
    except InputError:
        return ()


def _adds(rule: ColumnRule, fields: set[str], taken: set[str]) -> bool:
    return rule.field not in fields and not set(rule.columns) & taken


def _named(tags: dict[str, Tag], base: str, *wanted: str, never: Sequence[str] = ()) -> list[str]:
    """Give columns of a tag that have some attributes and none of others, names before codes."""
    found = [
        (len(attributes - {"name"}), "code" in attributes or "iso2" in attributes, name)
        for name, (tag, attributes) in tags.items()
        if tag == base and set(wanted) <= attributes and not attributes & set(never)
    ]
    return [name for _, _, name in sorted(found, key=lambda row: (row[1], row[0]))]


def _dates(tags: dict[str, Tag]) -> list[ColumnRule]:
    ends = _named(tags, "#date", "end")
    begins = [
        name
        for attribute in ("occurred", "start", "event")
        for name in _named(tags, "#date", attribute, never=("end",))
    ]
    plain = _named(tags, "#date", never=("end", "year", "month", "day", *_LATER))
    parts = [
        found[0] for part in ("year", "month", "day") if (found := _named(tags, "#date", part))
    ]
    rules = []
    if found := begins or plain:
        rules.append(ColumnRule(field="event_date", columns=(found[0],)))
    elif parts:
        rules.append(ColumnRule(field="event_date", columns=tuple(parts)))
    elif late := _named(tags, "#date", never=("end",)):
        rules.append(ColumnRule(field="event_date", columns=(late[0],)))
    if ends and rules:
        rules.append(ColumnRule(field="event_date_end", columns=(ends[0],)))
    return rules


def _places(tags: dict[str, Tag]) -> list[ColumnRule]:
    rules = []
    latitude, longitude = _named(tags, "#geo", "lat"), _named(tags, "#geo", "lon")
    if latitude and longitude:
        rules.append(ColumnRule(field="latitude", columns=(latitude[0],)))
        rules.append(ColumnRule(field="longitude", columns=(longitude[0],)))
    elif both := (_named(tags, "#geo", "coord") or _named(tags, "#geo", "coords")):
        rules.append(ColumnRule(field="coordinates", columns=(both[0],)))
    if precision := _named(tags, "#geo", "precision"):
        rules.append(ColumnRule(field="location_precision", columns=(precision[0],)))
    for field, bases in (
        ("country", ("#country",)),
        ("admin1", ("#adm1",)),
        ("admin2", ("#adm2",)),
    ):
        if found := [name for base in bases for name in _named(tags, base)]:
            rules.append(ColumnRule(field=field, columns=(found[0],)))
    if place := [name for base in _PLACES for name in _named(tags, base, never=("type", "code"))]:
        rules.append(ColumnRule(field="place", columns=(place[0],)))
    return rules


def _counts(tags: dict[str, Tag]) -> list[ColumnRule]:
    rules = []
    for side, words in (("killed", _KILLED), ("injured", _INJURED)):
        columns = {
            name: a - words for name, (tag, a) in tags.items() if tag == "#affected" and a & words
        }
        rules += _side(side, columns)
    for field, words in _TAKEN.items():
        found = [n for n, (tag, a) in tags.items() if tag == "#affected" and a & words]
        if found:
            rules.append(ColumnRule(field=field, columns=(found[0],)))
    return rules


def _side(side: str, columns: dict[str, frozenset[str]]) -> list[ColumnRule]:
    """Rules for the killed or injured: the total, its bounds, or shares to add up."""
    rules, rest = [], dict(columns)
    for bound, words in (("low", {"min", "low"}), ("high", {"max", "high"})):
        if found := [name for name, attributes in rest.items() if attributes & words]:
            rules.append(ColumnRule(field=f"{side}_{bound}", columns=(found[0],)))
            rest = {n: a for n, a in rest.items() if n not in found}
    for status, words in _STATUS.items() if side == "killed" else ():
        if found := [name for name, attributes in rest.items() if attributes & words]:
            rules.append(ColumnRule(field="killed_by_status", columns=(found[0],), form=status))
            rest = {n: a for n, a in rest.items() if n not in found}
    totals = [n for n, a in rest.items() if not a - {"total", "best", "num", "all"}]
    sexes = [n for n, a in rest.items() if a in (frozenset("f"), frozenset("m"), frozenset("i"))]
    if totals or sexes:
        rules.append(ColumnRule(field=f"{side}_best", columns=tuple(totals[:1] or sexes)))
    return rules


def _words(tags: dict[str, Tag]) -> list[ColumnRule]:
    rules = []
    kinds = [*_named(tags, "#event", never=("id", "code", "desc", "description", "url", "name"))]
    if kinds:
        kinds = [n for n in kinds if "sub" not in "".join(tags[n][1])] + [
            n for n in kinds if "sub" in "".join(tags[n][1])
        ]
        rules.append(ColumnRule(field="event_type", columns=tuple(kinds[:2])))
    groups = [*_named(tags, "#group"), *_named(tags, "#org"), *_named(tags, "#actor")]
    for field, words in (
        ("perpetrator", {"perpetrator", "perp", "perpetrators"}),
        ("actor2", {"target", "victim", "victims", "affected"}),
    ):
        if found := [name for name in groups if tags[name][1] & words]:
            rules.append(ColumnRule(field=field, columns=(found[0],)))
            groups = [name for name in groups if name not in found]
    for field in ("actor1", "actor2"):
        if groups and not any(rule.field == field for rule in rules):
            rules.append(ColumnRule(field=field, columns=(groups.pop(0),)))
    notes = [
        name
        for name, (tag, attributes) in tags.items()
        if tag in ("#description", "#comment")
        or (
            tag in ("#event", "#meta")
            and attributes & {"desc", "description", "notes", "source", "url"}
        )
    ]
    return [*rules, ColumnRule(field="notes", columns=tuple(notes))] if notes else rules


def _key(tags: dict[str, Tag], sample: RowBatch) -> tuple[str, ...]:
    for base in ("#event", "#meta"):
        for name in (*_named(tags, base, "id"), *_named(tags, base, "code")):
            values = [v or "" for v in sample.cells.column(name).to_pylist()]
            if values and len(set(told(values))) == len(values):
                return (name,)
    return ()


@dataclass(frozen=True, slots=True)
class Hxl:
    """Reads tables with HXL tags."""

    today: date | None = None
    name: str = "hxl"
    title: str = "HXL tags"
    credit: str = ""
    reports: bool = False

    def match(self, info: TableInfo, sample: RowBatch) -> Match | None:
        """Say whether a table has a row of tags that tell when or where."""
        tagged = sum(bool(tag) for tag in info.hxl)
        if not tagged:
            return None
        try:
            hxl_mapping(info, sample)
        except InputError:
            return None
        return Match(SCORE, f"HXL tags, {tagged} of {len(info.columns)} columns")

    def reader(self, info: TableInfo, sample: RowBatch) -> MappedReader:
        """Make ready to read the table.

        Raises
        ------
        InputError
            Its tags name no date and no place.
        """
        mapping = hxl_mapping(info, sample)
        return mapped_reader(mapping, info, sample, self.today)


PRESET = Hxl()
