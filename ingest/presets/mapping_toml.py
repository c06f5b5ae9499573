"""A mapping as a small TOML file that people write and correct; `docs/tables.md` shows one."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from geodata.errors import InputError
from ingest.presets._base import FIELD_NAMES, ColumnRule, Mapping

FIELDS: frozenset[str] = frozenset(FIELD_NAMES) - {
    "date_precision", "sub_event_type", "attribution"
} | {"coordinates", "casualties"}  # fmt: skip
"""Fields of a mapping: those of an incident, and columns that tell several of them at once."""

FIXED: frozenset[str] = frozenset(
    name
    for name in FIELD_NAMES
    if name not in ("latitude", "longitude", "tags", "killed_by_status")
) | {"year"}
"""Fields that may have one value for every row; `year` completes dates without their year."""

STATUSES = ("civilians", "security_forces", "militants", "unknown")
"""Whose dead `killed_by_status` tells apart."""

_FORMS: dict[str, tuple[str, str]] = {
    "event_date": ("dmy|mdy|ymd|serial|serial1904", "dmy, mdy, ymd, serial or serial1904"),
    "event_date_end": ("dmy|mdy|ymd|serial|serial1904", "dmy, mdy, ymd, serial or serial1904"),
    "coordinates": (r"xy|utm( ?\d{1,2} ?[A-Za-z])?", "xy, utm, or a zone such as 'utm 42N'"),
    "perpetrator": (
        "claimed|attributed|suspected|denied",
        "claimed, attributed, suspected or denied",
    ),
}
_COUNT_FORM = ("between", "between")
_TOP = ("name", "key", "fields", "fixed")


def read_mapping(text: str, source: str = "the mapping") -> Mapping:
    """Read a mapping from TOML.

    Raises
    ------
    InputError
        It is no TOML, or a key of it is not understood; the message names the key.
    """
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{source} is no TOML: {error}") from error
    strange = [key for key in data if key not in _TOP]
    if strange:
        raise InputError(f"{source}: unknown key {strange[0]!r}; known are {', '.join(_TOP)}")
    fields = data.get("fields")
    if not isinstance(fields, dict) or not fields:
        raise InputError(f"{source}: [fields] is missing: say which column fills which field")
    rules = [rule for name, value in fields.items() for rule in _rules(source, name, value)]
    name = data.get("name", "")
    if not isinstance(name, str):
        raise InputError(f"{source}: name must be text, not {name!r}")
    key = _columns(source, "key", data["key"]) if "key" in data else ()
    return Mapping(name=name, rules=tuple(rules), key=key, fixed=_fixed(source, data))


def _rules(source: str, name: str, value: Any) -> list[ColumnRule]:
    if name not in FIELDS:
        close = ", ".join(sorted(FIELDS))
        raise InputError(f"{source}: fields.{name} is no field; fields are {close}")
    key = f"fields.{name}"
    if name == "killed_by_status":
        if not isinstance(value, dict):
            raise InputError(f"{source}: {key} needs a column for each of {', '.join(STATUSES)}")
        return [_status(source, status, told) for status, told in value.items()]
    columns, form = _written(source, key, value)
    _check_form(source, name, form)
    return [ColumnRule(field=name, columns=columns, form=form)]


def _status(source: str, status: str, value: Any) -> ColumnRule:
    key = f"fields.killed_by_status.{status}"
    if status not in STATUSES:
        raise InputError(f"{source}: {key}: {status!r} is none of {', '.join(STATUSES)}")
    columns, form = _written(source, key, value)
    if form not in ("", "between"):
        raise InputError(f"{source}: {key}.form is {form!r}; it can be between")
    return ColumnRule(field="killed_by_status", columns=columns, form=f"{status} {form}".strip())


def _written(source: str, key: str, value: Any) -> tuple[tuple[str, ...], str]:
    """Read "Column", ["Column", "Column"] or {columns = …, form = "…"}."""
    if not isinstance(value, dict):
        return _columns(source, key, value), ""
    strange = [part for part in value if part not in ("columns", "column", "form")]
    if strange:
        raise InputError(f"{source}: unknown key '{key}.{strange[0]}'; known are columns, form")
    form = value.get("form", "")
    if not isinstance(form, str):
        raise InputError(f"{source}: {key}.form must be text, not {form!r}")
    return _columns(source, f"{key}.columns", value.get("columns", value.get("column"))), form


def _columns(source: str, key: str, value: Any) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not names or not all(isinstance(n, str) and n for n in names):
        raise InputError(
            f"{source}: {key} must be the name of a column or a list of such, not {value!r}"
        )
    return tuple(names)


def _check_form(source: str, name: str, form: str) -> None:
    if not form:
        return
    counted = name.startswith(("killed", "injured", "arrested", "abducted", "released"))
    pattern, words = _FORMS.get(name, _COUNT_FORM if counted else ("", ""))
    if not pattern:
        raise InputError(f"{source}: fields.{name}.form is {form!r}; this field has no forms")
    if not re.fullmatch(pattern, form):
        raise InputError(f"{source}: fields.{name}.form is {form!r}; it can be {words}")


def _fixed(source: str, data: dict[str, Any]) -> dict[str, str]:
    fixed = data.get("fixed", {})
    if not isinstance(fixed, dict):
        raise InputError(f"{source}: [fixed] must hold fields with their values")
    for name, value in fixed.items():
        if name not in FIXED:
            raise InputError(f"{source}: fixed.{name} is no field that can be fixed")
        if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
            raise InputError(f"{source}: fixed.{name} must be text, not {value!r}")
    return {name: str(value) for name, value in fixed.items()}


def write_mapping(mapping: Mapping) -> str:
    """Write a mapping as TOML that `read_mapping` reads again."""
    lines = [f"name = {_text(mapping.name)}"]
    if mapping.key:
        lines.append(f"key = {_listed(mapping.key)}")
    lines += ["", "[fields]"]
    by_status = [rule for rule in mapping.rules if rule.field == "killed_by_status"]
    lines += [f"{r.field} = {_rule(r.columns, r.form)}" for r in _joined(mapping.rules)]
    if by_status:
        lines += ["", "[fields.killed_by_status]"]
        for rule in by_status:
            status, _, form = rule.form.partition(" ")
            lines.append(f"{status} = {_rule(rule.columns, form)}")
    if mapping.fixed:
        lines += ["", "[fixed]", *(f"{k} = {_text(v)}" for k, v in mapping.fixed.items())]
    return "\n".join(lines) + "\n"


def _joined(rules: tuple[ColumnRule, ...]) -> list[ColumnRule]:
    """Give one rule a field: columns of notes and tags may come in several."""
    found: dict[str, ColumnRule] = {}
    for rule in rules:
        if rule.field == "killed_by_status":
            continue
        columns = (
            (*found[rule.field].columns, *rule.columns) if rule.field in found else rule.columns
        )
        found[rule.field] = ColumnRule(field=rule.field, columns=columns, form=rule.form)
    return list(found.values())


def _rule(columns: tuple[str, ...], form: str) -> str:
    if form:
        return f"{{ columns = {_listed(columns)}, form = {_text(form)} }}"
    return _text(columns[0]) if len(columns) == 1 else _listed(columns)


def _listed(names: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_text, names))}]"


def _text(value: str) -> str:
    # A JSON string is a basic string of TOML, but for DEL, which JSON leaves as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
