"""Guesses the mapping of a table nobody has told about, from its names and what stands in it.

Every column gets a field or none, with a score, the reason and samples, for a screen on which the
user corrects it; what is doubtful is put as questions, one sentence each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geodata.errors import InputError
from ingest.presets._base import ColumnRule, Mapping
from ingest.presets._by_name import country_by_name, lie_in, year_by_name
from ingest.presets._contents import is_date, share, suits, told
from ingest.presets._guess_rules import Chosen, Columns, build_rules
from ingest.presets._headers import LISTED, Candidate, candidates
from ingest.presets._mapped import coordinate_rule
from ingest.presets._mapped_values import is_open
from ingest.presets.values.dates import date_order

if TYPE_CHECKING:
    from ingest.readers.tables._batch import RowBatch, TableInfo

SAMPLES = 5
"""Values of a column that are shown, each different."""

_LEAST_SHARE = 0.4
_LEAST_SCORE = 0.3
_MANY = ("notes", "tags", "killed_by_status", "injured_by_status", "status_alone", "total_alone")
_NEEDED = ("event_date", "latitude", "longitude", "coordinates", "killed_best", "injured_best")
_HAPPENED = ("killed", "injured", "casualties", "event_type", "perpetrator", "actor", "abducted")


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One column: the field that it fills (empty for none, ``key`` for the row's id) and why.

    `score` goes from 0 to 1: how well name and content speak for the field.
    """

    column: str
    field: str
    score: float
    why: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """A mapping with its grounds, column by column, and what the user should look at."""

    mapping: Mapping
    columns: tuple[ColumnGuess, ...]
    questions: tuple[str, ...] = field(default=())


def guess_mapping(info: TableInfo, sample: RowBatch) -> Guess:
    """Guess how a table is to be read, from its first rows.

    Raises
    ------
    InputError
        No column holds dates and none holds places, so that no row can become an incident.
    """
    columns = _columns(info, sample)
    questions: list[str] = []
    year = year_by_name(info)
    chosen = _choose(info.columns, columns, questions, year)
    rules = build_rules(chosen, columns, questions)
    _refuse(info, rules)
    used = {name for rule in rules for name in rule.columns}
    questions = [q for q in questions if not any(q.startswith(f"{n!r} is named") for n in used)]
    fixed = _fixed(info, sample, rules, questions, year)
    _ask_order(rules, sample, questions)
    by_column = {name: rule for rule in rules for name in rule.columns}
    key = tuple(name for name, one in chosen.items() if one.field == "key")
    guesses = [_shown(name, by_column, key, chosen, columns) for name in info.columns]
    mapping = Mapping(name=info.name, rules=tuple(rules), key=key, fixed=fixed)
    return Guess(mapping, tuple(guesses), tuple(questions))


def _columns(info: TableInfo, sample: RowBatch) -> Columns:
    """Give the sampled values of each column, as written."""
    cells = sample.cells
    return {
        name: [value or "" for value in cells.column(n).to_pylist()]
        for n, name in enumerate(info.columns[: cells.num_columns])
    }


def _fixed(
    info: TableInfo, sample: RowBatch, rules: list[ColumnRule], questions: list[str], year: str
) -> dict[str, str]:
    """Take country and year from the names of file and sheet, where rows do not tell them."""
    found = {rule.field: rule for rule in rules}
    fixed: dict[str, str] = {}
    country = "" if "country" in found else country_by_name(info)
    at = coordinate_rule(found)
    if country and (not at or lie_in(country, _cells(sample, at), at.form)):
        fixed["country"] = country
        questions.append(f"{country!r} is taken for the country of all rows, by the table's name.")
    when = found.get("event_date")
    if when and year and len(when.columns) == 1:
        dates = told(_columns(info, sample)[when.columns[0]])
        bare = [text for text in dates if is_date(text, year) and not is_date(text)]
        others = " ".join(text for text in dates if text not in bare)
        if bare and (year in others or not re.search(r"(?:19|20)\d\d", others)):
            fixed["year"] = year
            questions.append(f"{year} is taken for the year of dates without, by the table's name.")
    return fixed


def _cells(sample: RowBatch, rule: ColumnRule) -> list[Any]:
    names = sample.cells.schema.names
    return [sample.cells.column(names.index(name)) for name in rule.columns if name in names]


def _choose(
    names: Sequence[str], columns: Columns, questions: list[str], year: str = ""
) -> dict[str, Chosen]:
    """Give each column the field that suits it best, no field of one value to two columns."""
    misfits: dict[str, str] = {}
    ranked: list[tuple[float, int, str, Candidate, float]] = []
    for n, name in enumerate(names):
        values = told(columns.get(name, []))[:200]
        for candidate in candidates(name):
            fit = _share(candidate, values, columns.get(name, []), year)
            score = candidate.score * (0.4 + 0.6 * fit)
            sure = candidate.score >= 1 and candidate.field.startswith(("killed", "injured"))
            if (sure or fit >= _LEAST_SHARE) and score >= _LEAST_SCORE:
                ranked.append((score, n, name, candidate, fit))
            elif candidate.score >= 0.9 and candidate.field in _NEEDED:
                misfits.setdefault(candidate.field, name)
    chosen: dict[str, Chosen] = {}
    taken: dict[str, str] = {}
    for score, _, name, candidate, fit in sorted(ranked, key=lambda row: (-row[0], row[1])):
        if name in chosen:
            continue
        if candidate.field in taken and candidate.field not in _MANY:
            continue
        taken.setdefault(candidate.field, name)
        chosen[name] = Chosen(
            candidate.field, round(min(score, 1.0), 2), fit, candidate.part, candidate.bound,
            listed=candidate.score >= LISTED, plain=candidate.score >= 1,
        )  # fmt: skip
    questions += [
        f"{name!r} is named like {wanted}, but its values do not fit: not used."
        for wanted, name in misfits.items()
        if wanted not in taken and name not in chosen
    ]
    _losers(names, columns, chosen, taken)
    return chosen


def _share(candidate: Candidate, values: list[str], all_values: list[str], year: str) -> float:
    if candidate.field == "event_date" and year:
        return share(values, lambda text: is_date(text, year))
    if candidate.field == "key":
        return float(len(values) == len(all_values) == len(set(values)) and bool(values))
    if candidate.field == "event_type" and values:
        length = sum(map(len, values)) / len(values)
        return suits("event_type", values) * (0.3 if length > 60 else 1.0)
    return suits(candidate.field, values)


def _losers(
    names: Sequence[str], columns: Columns, chosen: dict[str, Chosen], taken: dict[str, str]
) -> None:
    """Keep words of columns whose field another one fills as notes, and long texts."""
    for name in names:
        values = told(columns.get(name, []))
        if name in chosen or not values or suits("place", values) < 0.5:
            continue
        lost = [c for c in candidates(name) if c.score >= 0.55 and c.field in taken]
        kinds = {c.field for c in lost} & {"place", "actor1", "actor2", "perpetrator", "event_type"}
        if kinds or sum(map(len, values)) / len(values) > 60:
            chosen[name] = Chosen("notes", 0.4, 1.0, listed=False, after=tuple(sorted(kinds)))


def _refuse(info: TableInfo, rules: list[ColumnRule]) -> None:
    """Refuse a table that cannot be one of incidents."""
    fields = {rule.field for rule in rules}
    when = "event_date" in fields
    found = {rule.field: rule for rule in rules}
    where = bool(fields & {"place", "admin1", "admin2", "country"} or coordinate_rule(found))
    what = any(name.startswith(_HAPPENED) for name in fields)
    if (when and (where or what)) or (where and what):
        return
    missing = [] if when else ["a date"]
    missing += [] if where else ["a place or coordinates"]
    missing += [] if what or not (when or where) else ["what happened"]
    names = ", ".join(map(repr, info.columns[:12]))
    raise InputError(
        f"{info.name}: no column is found for {' or '.join(missing)} among {names}:"
        " give a mapping (docs/tables.md), or name the columns"
    )


def _ask_order(rules: list[ColumnRule], sample: RowBatch, questions: list[str]) -> None:
    """Ask where the order of day and month is not decided, and tell by what it was."""
    for rule in rules:
        if rule.field != "event_date" or len(rule.columns) != 1:
            continue
        name = rule.columns[0]
        column = sample.cells.column(sample.cells.schema.get_field_index(name))
        order = date_order(column, rule.form)
        words = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}[order.order]
        if order.by == "sequence":
            questions.append(
                f"{name!r} is read {words}, because the rows are then in order of time."
            )
        elif order.mixed:
            questions.append(
                f"{name!r} holds dates of both orders: read {words} where both can be."
            )
        elif not order.by and _has_open(column.to_pylist()):
            questions.append(f"{name!r} could be day first or month first: read day first.")
    if not any(rule.field == "event_date" for rule in rules):
        questions.append("No column of dates is found: the incidents have no date.")


def _has_open(values: Sequence[str | None]) -> bool:
    return any(is_open(value or "") for value in values)


def _shown(
    name: str,
    rules: dict[str, ColumnRule],
    key: tuple[str, ...],
    chosen: dict[str, Chosen],
    columns: Columns,
) -> ColumnGuess:
    samples = tuple(dict.fromkeys(told(columns.get(name, []))))[:SAMPLES]
    one = chosen.get(name)
    rule = rules.get(name)
    if name in key and one:
        return ColumnGuess(name, "key", one.score, "its values are ids, each different", samples)
    if rule is None:
        why = (
            "a running number, which moves when rows are inserted"
            if one and one.field == "serial"
            else ("empty in the first rows" if not samples else "not used")
        )
        return ColumnGuess(name, "", 0.0, why, samples)
    if one is None:
        return ColumnGuess(name, rule.field, 0.4, "by its content alone", samples)
    ground = "its name" if one.listed else "a word of its name"
    why = f"{ground}, and {one.share:.0%} of its values fit"
    if one.after:
        why = f"another column fills {' and '.join(one.after)}: kept with the notes"
    return ColumnGuess(name, rule.field, one.score, why, samples)
