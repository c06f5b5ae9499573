"""From the field of each column to the rules of a mapping: what belongs together is joined."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.presets._base import ColumnRule
from ingest.presets._contents import (
    is_country,
    is_date,
    is_pair,
    is_spelt_date,
    share,
    told,
)
from ingest.presets._headers import candidates, words_of

Columns = dict[str, list[str]]
"""The sampled values of each column, as written."""

_MOSTLY = 0.8

_PLAIN = (
    "event_date_end", "country", "admin1", "admin2", "place", "weapon", "target", "actor1",
    "actor2", "location_precision", "killed_low", "killed_best", "killed_high", "injured_low",
    "injured_best", "injured_high", "arrested", "abducted", "released",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """The field that was chosen for a column; `after` are fields that another column fills."""

    field: str
    score: float
    share: float
    part: str = ""
    bound: str = ""
    listed: bool = True
    plain: bool = True  # every word of the name speaks for the field
    after: tuple[str, ...] = ()


def build_rules(
    chosen: dict[str, Chosen], columns: Columns, questions: list[str]
) -> list[ColumnRule]:
    """Give the rules of a mapping, and add to the questions."""
    of = {one.field: name for name, one in reversed(chosen.items())}
    rules = _date_rules(of, columns, questions)
    rules += [ColumnRule(field=name, columns=(of[name],)) for name in _PLAIN if name in of]
    rules += _place_rules(of, chosen, columns, questions)
    rules += _kind_rules(of)
    rules += _perpetrator_rules(of)
    rules += _count_rules(of, chosen, questions)
    for name in ("notes", "tags"):
        found = {column for column, one in chosen.items() if one.field == name}
        if found:
            rules.append(ColumnRule(field=name, columns=tuple(c for c in columns if c in found)))
    return rules


def _date_rules(of: dict[str, str], columns: Columns, questions: list[str]) -> list[ColumnRule]:
    parts = [of[name] for name in ("year", "month", "day") if name in of]
    if "event_date" in of and not _hidden_day(of, columns):
        return [ColumnRule(field="event_date", columns=(of["event_date"],))]
    if "year" in of:
        if rest := _yearless(of, columns):
            return [ColumnRule(field="event_date", columns=(of["year"], rest))]
        parts = parts if "month" in of else parts[:1]
        return [ColumnRule(field="event_date", columns=tuple(parts))]
    for name, values in columns.items():
        if (
            name not in of.values()
            and told(values)
            and share(told(values), is_spelt_date) > _MOSTLY
        ):
            questions.append(f"{name!r} is taken for the date, by its content alone.")
            return [ColumnRule(field="event_date", columns=(name,))]
    return []


def _hidden_day(of: dict[str, str], columns: Columns) -> bool:
    """Whether the column of dates tells the year alone, and month and day have their own."""
    values = told(columns[of["event_date"]])
    bare = share(values, lambda text: bool(re.fullmatch(r"\d{4}(?:\.0)?", text)))
    return bool(values) and bare > _MOSTLY and "month" in of and "year" in of


def _yearless(of: dict[str, str], columns: Columns) -> str:
    """Name of a column of dates that have no year ("16 Feb"), beside one that tells the year."""
    for name, values in columns.items():
        is_when = any(c.field == "event_date" and c.score >= 0.9 for c in candidates(name))
        if is_when and told(values) and name not in of.values():
            full = share(told(values), lambda text: is_date(f"{text} 2016"))
            if full > 0.5:
                return name
    return ""


def _place_rules(
    of: dict[str, str], chosen: dict[str, Chosen], columns: Columns, questions: list[str]
) -> list[ColumnRule]:
    rules: list[ColumnRule] = []
    pairs = [
        name for name, v in columns.items() if told(v) and share(told(v), _is_plain_pair) > _MOSTLY
    ]
    if "latitude" in of and "longitude" in of:
        rules += [ColumnRule(field=name, columns=(of[name],)) for name in ("latitude", "longitude")]
    elif "coordinates" in of or pairs:
        rules.append(ColumnRule(field="coordinates", columns=(of.get("coordinates") or pairs[0],)))
    elif "easting" in of and "northing" in of:
        zone = (of["utm_zone"],) if "utm_zone" in of else ()
        names = (*zone, of["easting"], of["northing"])
        rules.append(ColumnRule(field="coordinates", columns=names, form="utm"))
        if not zone:
            questions.append("Eastings and northings need their UTM zone: form = 'utm 42N'.")
    elif "latitude" in of or "longitude" in of:
        questions.append("Only one of latitude and longitude is found: no coordinates are read.")
    if "country" not in of:
        for name, values in columns.items():
            if name not in chosen and told(values) and share(told(values), is_country) > 0.9:
                questions.append(f"{name!r} is taken for the country, by its content alone.")
                rules.append(ColumnRule(field="country", columns=(name,)))
                break
    return rules


def _is_plain_pair(text: str) -> bool:
    """Whether a value holds both coordinates and cannot be one number with a decimal comma."""
    return not re.fullmatch(r"[-+]?\d+,\d+", text) and is_pair(text)


def _kind_rules(of: dict[str, str]) -> list[ColumnRule]:
    names = tuple(of[name] for name in ("event_type", "event_subtype") if name in of)
    return [ColumnRule(field="event_type", columns=names)] if names else []


def _perpetrator_rules(of: dict[str, str]) -> list[ColumnRule]:
    if "perpetrator" not in of:
        return []
    name = words_of(of["perpetrator"])
    form = "claimed" if re.search(r"\bclaim|\breivindic|\brevendi|^responsibility", name) else ""
    if re.search(r"\b(?:suspect\w*|alleged|presunt\w+|presum\w+)\b", name):
        form = "suspected"
    return [ColumnRule(field="perpetrator", columns=(of["perpetrator"],), form=form)]


def _count_rules(
    of: dict[str, str], chosen: dict[str, Chosen], questions: list[str]
) -> list[ColumnRule]:
    rules: list[ColumnRule] = []
    toll = any(name in of for name in ("killed_best", "killed_low", "killed_high"))
    if "casualties" in of and not (toll and chosen[of["casualties"]].share < 0.5):
        rules.append(ColumnRule(field="casualties", columns=(of["casualties"],)))
        if chosen[of["casualties"]].share < 0.5:
            questions.append(
                f"{of['casualties']!r} does not say whether it counts killed or injured: bare"
                " numbers are left out."
            )
    for name, one in chosen.items():
        if one.field in _PLAIN and one.field.startswith(("killed", "injured")) and not one.plain:
            questions.append(f"{name!r} is taken for {one.field}, by a part of its name.")
    by_status = _by_status(chosen, ("killed_by_status",))
    alone = _by_status(chosen, ("status_alone",))
    for status in [status for status in alone if status not in by_status]:
        by_status[status] = alone[status]
        names = " and ".join(repr(name) for name, _ in alone[status])
        questions.append(f"{names}: taken to count the killed who were {status}.")
    rules += [_status_rule(status, found) for status, found in by_status.items()]
    rules += _bare_bounds(of, chosen, bool(by_status), questions)
    injured = _by_status(chosen, ("injured_by_status",))
    if injured and not of.keys() & {"injured_best", "injured_low", "injured_high"}:
        parts = tuple(name for found in injured.values() for name, _ in found)
        rules.append(ColumnRule(field="injured_best", columns=parts))
    return rules


def _by_status(
    chosen: dict[str, Chosen], fields: tuple[str, ...]
) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for name, one in chosen.items():
        if one.field in fields:
            found.setdefault(one.part, []).append((name, one.bound))
    return found


def _status_rule(status: str, found: list[tuple[str, str]]) -> ColumnRule:
    """Rule for the dead of a status: one column, its bounds, or several to add up."""
    low = [name for name, bound in found if bound == "low"]
    high = [name for name, bound in found if bound == "high"]
    if len(low) == len(high) == 1:
        columns: tuple[str, ...] = (low[0], high[0])
        form = f"{status} between"
    else:
        columns, form = tuple(name for name, bound in found if bound != "high" or not low), status
    return ColumnRule(field="killed_by_status", columns=columns, form=form)


def _bare_bounds(
    of: dict[str, str], chosen: dict[str, Chosen], by_status: bool, questions: list[str]
) -> list[ColumnRule]:
    """Rules for "Total", "Reported Minimum" and the like, which do not say what they count."""
    if any(name.startswith("killed_") and name != "killed_by_status" for name in of):
        return []
    rules = []
    bare = {one.bound: name for name, one in chosen.items() if one.field == "total_alone"}
    if "low" in bare and "high" in bare:
        wanted = {"low": bare["low"], "high": bare["high"]}
    else:
        wanted = {"best": bare["best"]} if by_status and "best" in bare else {}
    for bound, name in wanted.items():
        questions.append(f"{name!r} is taken to count the killed.")
        rules.append(ColumnRule(field=f"killed_{bound}", columns=(name,)))
    return rules
