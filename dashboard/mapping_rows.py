"""Which column of a table holds what, as rows that an analyst corrects, and back as a mapping."""

from __future__ import annotations

from collections.abc import Mapping as Of
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.wording import label
from geodata.incident import COUNTS
from ingest.presets._base import ColumnRule, Mapping
from ingest.presets.mapping_toml import STATUSES

if TYPE_CHECKING:
    from ingest.tables.opening import Opened

NOTHING = "—"
KEY = "Id of the row"
_SPLIT = "killed_by_status"
_FIELDS = (
    "event_date", "event_date_end", "place", "admin2", "admin1", "country", "latitude", "longitude",
    "coordinates", "location_precision", "event_type", "actor1", "actor2", "perpetrator",
    "attributed_by", *COUNTS, "casualties", "weapon", "tactic", "target", "tags", "notes",
)  # fmt: skip
_STATUS_WORDS = {
    "civilians": "Killed civilians",
    "security_forces": "Killed of security forces",
    "militants": "Killed militants",
    "unknown": "Killed of unknown status",
}
_OWN_WORDS = {
    "coordinates": "Latitude and longitude in one",
    "casualties": "Killed and injured in words",
}

ORDERS: dict[str, str] = {
    "": "As the column tells",
    "dmy": "Day first",
    "mdy": "Month first",
    "ymd": "Year first",
}
"""Orders of day, month and year, with their words."""


def choices() -> dict[str, str]:
    """What a column may hold: words to the field, with the status of the dead behind it."""
    held = {NOTHING: "", KEY: "key"}
    held |= {_OWN_WORDS.get(name, label(name)): name for name in _FIELDS}
    return held | {_STATUS_WORDS[status]: f"{_SPLIT} {status}" for status in STATUSES}


def column_rows(ready: Opened) -> list[dict[str, str]]:
    """Give the columns of a table that is read by a mapping: what each holds, why, examples."""
    mapping = ready.mapping
    if mapping is None:
        return []
    words = {field: said for said, field in choices().items()}
    held = {name: words.get(_choice(rule), label(rule.field))
            for rule in mapping.rules for name in rule.columns}  # fmt: skip
    held |= dict.fromkeys(mapping.key, KEY)
    guessed = {one.column: one for one in ready.guess.columns} if ready.guess else {}
    rows = []
    for number, name in enumerate(ready.info.columns):
        told = dict.fromkeys(cell for cell in ready.sample.cells.column(number).to_pylist() if cell)
        one = guessed.get(name)
        rows.append(
            {
                "Column": name,
                "Holds": held.get(name, NOTHING),
                "Examples": " · ".join(cell[:60] for cell in list(told)[:3]),
            }
            | ({"Why": one.why} if one else {})
        )
    return rows


def _choice(rule: ColumnRule) -> str:
    if rule.field != _SPLIT:
        return rule.field
    return f"{_SPLIT} {rule.form.partition(' ')[0]}"


def mapping_of(rows: Sequence[Of[str, str]], base: Mapping, order: str = "") -> Mapping:
    """Give the mapping that corrected rows say; what is as in `base` keeps its form.

    Parameters
    ----------
    rows
        As `column_rows` gives them.
    order
        A key of `ORDERS`, for the columns of dates.
    """
    fields = choices()
    held: dict[str, list[str]] = {}
    for row in rows:
        field = fields.get(row["Holds"] or NOTHING, "")
        if field:
            held.setdefault(field, []).append(row["Column"])
    key = tuple(held.pop("key", ()))
    # Rules that stand keep their place and form, so that what nobody corrected is the same mapping.
    rules = [rule for rule in base.rules if set(held.get(_choice(rule), ())) == set(rule.columns)]
    kept = {_choice(rule) for rule in rules}
    for field, columns in held.items():
        if field not in kept:
            name, _, status = field.partition(" ")
            rules.append(ColumnRule(field=name, columns=tuple(columns), form=status))
    dates = ("event_date", "event_date_end")
    rules = [replace(r, form=order) if order and r.field in dates else r for r in rules]
    return Mapping(name=base.name, rules=tuple(rules), key=key, fixed=base.fixed)
