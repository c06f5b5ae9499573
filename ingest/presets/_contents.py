"""What the cells of a column say of the field that they could fill: shares of values read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from geodata.country_names import country_in_cell
from ingest.presets._words import meaning
from ingest.presets.values._angles import read_angle, read_pair
from ingest.presets.values._column import UnreadableError
from ingest.presets.values._date_text import Style, read_date
from ingest.presets.values.counts import read_tolls
from ingest.presets.values.words import numbered, plain, tells_nothing

_YES = frozenset(
    {"yes", "no", "y", "n", "true", "false", "oui", "non", "si", "sim", "nao", "ja", "nein"}
)

_ANY = Style(today=date(9998, 1, 1))


def told(values: Sequence[str]) -> list[str]:
    """Give the values that say something."""
    return [value.strip() for value in values if not tells_nothing(plain(value))]


def share(values: Sequence[str], holds: Callable[[str], float]) -> float:
    """Share of the values for which something holds; a half where there are none."""
    return sum(map(holds, values)) / len(values) if values else 0.5


def is_date(text: str, year: str = "") -> bool:
    """Whether a value is a date; with a year, also one that tells none."""
    try:
        read_date(text, replace(_ANY, year=year) if year else _ANY)
    except (UnreadableError, OverflowError):
        return False
    return True


def is_spelt_date(text: str) -> bool:
    """Whether a value is a date and cannot be a plain number."""
    return (
        not re.fullmatch(r"\d+(?:[.,]\d+)?", text)
        and bool(re.search(r"\d", text))
        and is_date(text)
    )


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ".").replace(" ", ""))
    except ValueError:
        return None


def _between(low: float, high: float) -> Callable[[str], float]:
    def holds(text: str) -> float:
        number = _number(text)
        return number is not None and low <= number <= high

    return holds


def _is_month(text: str) -> float:
    return plain(text).strip(".") in numbered("months") or _between(0, 12)(text)


def _is_day(text: str) -> float:
    return (
        bool(re.fullmatch(r"\d{1,2}(?:\.0+)?(?:\s*-\s*\d{1,2})?", text))
        and int(text[:2].strip(".- ")) <= 31
    )


def _is_angle(text: str) -> float:
    try:
        return abs(read_angle(text).degrees) <= 180
    except UnreadableError:
        return False


def is_pair(text: str) -> bool:
    """Whether a value holds both coordinates."""
    try:
        latitude, longitude, _ = read_pair(text)
    except UnreadableError:
        return False
    return abs(latitude) <= 90 and abs(longitude) <= 180


def is_count(text: str) -> bool:
    """Whether a value counts people, and is no text in which a number stands."""
    try:
        tolls = read_tolls(text)
    except UnreadableError:
        return bool(re.fullmatch(r"-\d+(?:\.0+)?|\d+\.\d+", text))
    best = any(toll.best is not None for toll in tolls.values())
    return bool(best) and (len(text) <= 24 or len(tolls) > 1)


def _is_both(text: str) -> float:
    try:
        return 1.0 if len(read_tolls(text)) > 1 else 0.45 if is_count(text) else 0.0
    except UnreadableError:
        return 0.0


def is_words(text: str) -> bool:
    """Whether a value is made of words and is no yes or no."""
    return bool(re.search(r"[^\W\d_]{2,}", text)) and plain(text) not in _YES


def is_country(text: str) -> bool:
    """Whether a value names a country."""
    return country_in_cell(text) is not None


def _is_kind(text: str) -> float:
    if not is_words(text) or len(text) > 90:
        return 0.0
    return 1.0 if meaning("words", text).values else 0.6


def _is_target(text: str) -> float:
    return is_words(text) and (1.0 if meaning("target_words", text).values else 0.6)


def _is_precision(text: str) -> float:
    return 1.0 if meaning("place_precision_words", text).values else 0.45


def _named_country(text: str) -> float:
    return 1.0 if is_country(text) else 0.5 * is_words(text)


def _is_province(text: str) -> float:
    return is_words(text) and len(text) <= 80


def _is_zone(text: str) -> bool:
    return bool(re.match(r"\d{1,2}", text))


def _is_any(_text: str) -> float:
    return 1.0


CONTENT: dict[str, Callable[[str], float]] = {
    "event_date": is_date, "event_date_end": is_date, "year": _between(0, 2100), "month": _is_month,
    "day": _is_day, "latitude": _is_angle, "longitude": _is_angle, "coordinates": is_pair,
    "easting": _between(10_000, 1e7), "northing": _between(10_000, 1e8), "country": _named_country,
    "admin1": _is_province, "admin2": _is_province, "place": is_words, "event_type": _is_kind,
    "event_subtype": _is_kind, "target": _is_target, "location_precision": _is_precision,
    "casualties": _is_both, "key": _is_any, "serial": _is_any, "utm_zone": _is_zone,
    "tags": is_words, "notes": _is_any,
}  # fmt: skip
"""How well a value suits a field, 0 to 1; any other text field wants words, any count a count."""


def suits(field: str, values: Sequence[str]) -> float:
    """Share of a column's values that a field could hold, 0 to 1; `values` say something."""
    if field in CONTENT:
        return share(values, CONTENT[field])
    counted = field.startswith(("killed", "injured", "arrested", "abducted", "released"))
    return share(values, is_count if counted or field.endswith("_alone") else is_words)
