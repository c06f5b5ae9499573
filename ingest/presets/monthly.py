"""Preset `monthly`: sheets of monitors such as SATP or PICSS.

Lists of events tell the dead by status (civilians, security forces, militants). Monthly sheets
hold a row for each month: such a row is an aggregate, with the precision of a month and of a
country or province, the tag "aggregate" and never a point on the map.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geodata.errors import InputError
from ingest.presets._base import AGGREGATE, ColumnRule, Mapping, Match
from ingest.presets._by_name import country_by_name, year_by_name
from ingest.presets._contents import share, told
from ingest.presets._headers import candidates, words_of
from ingest.presets._mapped import MappedReader, mapped_reader
from ingest.presets.guess import guess_mapping
from ingest.presets.values.words import numbered, plain

if TYPE_CHECKING:
    from ingest.readers.tables._batch import RowBatch, TableInfo

AGGREGATE_SCORE = 0.6
EVENTS_SCORE = 0.3

_INCIDENTS = re.compile(r"\b(?:incidents?|attacks?|events?|strikes?|blasts?)\b")
_POINTS = ("latitude", "longitude", "coordinates", "place", "easting")
_PARTS = "injured_by_status"
_TOTALS = re.compile(r"total\b.*|.*\btotal|overall")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a monthly sheet holds: its mapping, and in words how it was recognised."""

    mapping: Mapping
    words: str


def _when(info: TableInfo, columns: dict[str, list[str]]) -> tuple[str, ...]:
    """Give the columns that tell year and month, but no day."""
    names = {name: words_of(name) for name in info.columns}
    year = next((n for n, w in names.items() if w in ("year", "years", "ano", "annee")), "")
    month = next((n for n, w in names.items() if w in ("month", "months", "mes", "mois")), "")
    if year or month:
        return tuple(filter(None, (year, month)))
    for name, values in columns.items():
        date_like = (
            any(c.field == "event_date" for c in candidates(name)) or words_of(name) == "period"
        )
        if date_like and told(values) and share(told(values), _is_month) > 0.8:
            return (name,)
    return ()


def _is_month(text: str) -> bool:
    words = re.split(r"[\s,\-/.']+", plain(text))
    months = [word for word in words if word in numbered("months")]
    return (
        len(months) == 1
        and all(word in months or re.fullmatch(r"\d{4}|\d{2}", word) for word in words if word)
        and len(words) <= 2
    )


def _sheet(info: TableInfo, sample: RowBatch) -> _Sheet | None:
    """Recognise a sheet of monthly or yearly sums; None where it is none."""
    columns = {
        name: [v or "" for v in sample.cells.column(n).to_pylist()]
        for n, name in enumerate(info.columns)
    }
    when = _when(info, columns)
    fields = {name: [c.field for c in candidates(name)[:1]] for name in info.columns}
    if not when or any(found and found[0] in (*_POINTS, "day") for found in fields.values()):
        return None
    rules = _counts(info)
    counted = any(_INCIDENTS.search(words_of(name)) for name in info.columns)
    if len(rules) < 2 and not (rules and counted):
        return None
    texts = [name for name, values in columns.items() if told(values) and _long(told(values))]
    if texts:
        return None
    dates = ColumnRule(field="event_date", columns=when)
    places = [
        ColumnRule(field=field, columns=(name,))
        for field in ("country", "admin1", "admin2")
        for name in info.columns
        if field in fields[name] and name not in when
    ]
    notes = tuple(n for n in info.columns if n not in when and _is_number_of_incidents(n))
    more = [ColumnRule(field="notes", columns=notes)] if notes else []
    fixed = _fixed(info, sample, places, when)
    if "year" not in fixed and not any(_tells_year(columns[name]) for name in when):
        return None
    mapping = Mapping(name=info.name, rules=(dates, *_first(places), *rules, *more), fixed=fixed)
    by = f", {', '.join(fixed.values())} by its name" if fixed else ""
    return _Sheet(mapping, f"monthly sums, {len(rules)} columns of the dead and injured{by}")


def _long(values: list[str]) -> bool:
    return sum(map(len, values)) / len(values) > 40


def _tells_year(values: list[str]) -> bool:
    return share(told(values), lambda text: bool(re.search(r"\d{4}|\d{2}$", text))) > 0.5


def _is_number_of_incidents(name: str) -> bool:
    """Whether a column counts incidents, of which several rows of a list would be made."""
    words = words_of(name)
    return (
        bool(_INCIDENTS.search(words))
        and not any(c.field.startswith(("killed_", "injured_")) for c in candidates(name)[:1])
    ) or words.startswith("incidents of")


def _first(rules: list[ColumnRule]) -> list[ColumnRule]:
    return list({rule.field: rule for rule in reversed(rules)}.values())


def _counts(info: TableInfo) -> list[ColumnRule]:
    """Rules for the dead by status, the total, the injured; a bare name is of the dead."""
    rules: dict[str, ColumnRule] = {}
    for name in info.columns:
        found = candidates(name)
        words = words_of(name)
        if _is_number_of_incidents(name):
            continue
        first = found[0] if found else None
        if first and first.field in ("status_alone", "killed_by_status"):
            rules.setdefault(
                first.part, ColumnRule(field="killed_by_status", columns=(name,), form=first.part)
            )
        elif _TOTALS.fullmatch(words) or (first and first.field in ("killed_best", "total_alone")):
            injured = bool(first and first.field.startswith("injured"))
            field = "injured_best" if injured else "killed_best"
            rules.setdefault(field, ColumnRule(field=field, columns=(name,)))
        elif first and first.field in ("injured_best", "arrested", "abducted"):
            rules.setdefault(first.field, ColumnRule(field=first.field, columns=(name,)))
    parts = [n for n in info.columns if [c.field for c in candidates(n)[:1]] == [_PARTS]]
    if parts:  # the injured by status have no field of their own: their sum is told
        whole = ColumnRule(field="injured_best", columns=tuple(parts))
        rules.setdefault("injured_best", whole)
    return list(rules.values())


def _fixed(
    info: TableInfo, sample: RowBatch, places: list[ColumnRule], when: tuple[str, ...]
) -> dict[str, str]:
    """Take country and year from the names of file and sheet, where no column tells them."""
    fixed = {}
    if not any(rule.field == "country" for rule in places) and (country := country_by_name(info)):
        fixed["country"] = country
    values = [v or "" for v in sample.cells.column(when[-1]).to_pylist()] if when else []
    if len(when) == 1 and not _tells_year(values) and (year := year_by_name(info)):
        fixed["year"] = year
    return fixed


@dataclass(frozen=True, slots=True)
class Monthly:
    """Reads lists of events with the dead by status, and monthly sheets as aggregates."""

    today: date | None = None
    name: str = "monthly"
    title: str = "Monitor sheet (SATP, PICSS)"
    credit: str = ""
    reports: bool = False

    def match(self, info: TableInfo, sample: RowBatch) -> Match | None:
        """Say whether the table is a sheet of sums, or a list with the dead by status."""
        if sheet := _sheet(info, sample):
            return Match(AGGREGATE_SCORE, sheet.words)
        try:
            guess = guess_mapping(info, sample)
        except InputError:
            return None
        fields = [rule.field for rule in guess.mapping.rules]
        if fields.count("killed_by_status") < 2:
            return None
        return Match(
            EVENTS_SCORE, f"list of events, the dead by {fields.count('killed_by_status')} kinds"
        )

    def reader(self, info: TableInfo, sample: RowBatch) -> MappedReader:
        """Make ready to read the table.

        Raises
        ------
        InputError
            It is neither a sheet of sums nor a list with dates and places.
        """
        if sheet := _sheet(info, sample):
            tags = (AGGREGATE,)
            return mapped_reader(sheet.mapping, info, sample, self.today, tags=tags, coarse=True)
        mapping = guess_mapping(info, sample).mapping
        return mapped_reader(mapping, info, sample, self.today)


PRESET = Monthly()
