"""One filter for everything: its SQL clause, its sentence, its URL.

`list`, `export`, `snapshot`, `brief`, the dashboard's URL and the API take the same names, so
that the screen cannot say one thing and query another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from geodata._filter_sql import Dialect, PlainSql, either
from geodata._fold import fold
from geodata.datasets import REPORTS
from geodata.errors import InputError
from geodata.incident import Incident, Status
from geodata.precision import LOCATION_WORDS, LocationPrecision
from geodata.taxonomy import EVENT_TYPES, canonical_event_type, canonical_sub_event_type

MAX_TEXT = 200
"""Longest value that a filter takes; a longer one is refused, not cut."""

MAX_VALUES = 100
"""Most values that one part of a filter takes (a database bounds the depth of a condition)."""

TEXT_COLUMNS = ("place", "admin2", "admin1", "country", "actor1", "actor2", "perpetrator", "notes")
"""Columns that the free-text filter looks into."""

VISIBLE = (Status.DRAFT, Status.CONFIRMED)
"""Statuses shown when a filter names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which incidents are meant; every part is optional and all parts must hold.

    `group` matches any involvement (actor1, actor2 or perpetrator); `perpetrator` matches the
    perpetrator alone; `with_affiliates` adds the splinters, wings and affiliates of both, by the
    actors registry. `since` and `until` are inclusive; an incident known only to a week or a
    month matches when its interval touches the window; one without a date matches no window.
    `type` is an event type or a sub-event type. `bbox` is (west, south, east, north) in
    degrees. `dataset` is the id of a data set, or ``reports`` for what was read from reports.
    Within one part any value may match.
    """

    group: tuple[str, ...] = ()
    with_affiliates: bool = False
    perpetrator: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    country: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    district: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    min_killed: int | None = None
    precision: tuple[LocationPrecision, ...] = ()
    status: tuple[Status, ...] = ()
    bbox: tuple[float, float, float, float] | None = None
    text: str = ""
    dataset: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.with_affiliates and not (self.group or self.perpetrator):
            object.__setattr__(self, "with_affiliates", False)  # of nobody: says nothing
        if self.since and self.until and self.since > self.until:
            raise InputError(
                f"since {self.since.isoformat()!r} lies after until {self.until.isoformat()!r};"
                " exchange them"
            )

    @property
    def is_empty(self) -> bool:
        """Whether every incident that is not rejected or merged matches."""
        return self == Filter()

    def clause(self, dialect: Dialect | None = None) -> tuple[str, list[Any]]:
        """SQL condition over the incidents table, with ``?`` placeholders, and its values."""
        sql = dialect or PlainSql()
        parts: list[str] = []
        values: list[Any] = []

        def any_of(conditions: Sequence[str], bound: Sequence[Any]) -> None:
            if conditions:
                parts.append(either(conditions))
                values.extend(bound)

        for names, columns in self.name_columns():
            pairs = [(column, name) for name in names for column in columns]
            any_of([sql.equals(column) for column, _ in pairs], [name for _, name in pairs])
        self._add_dates(parts, values)
        if self.min_killed is not None:
            any_of(["killed_best >= ?"], [self.min_killed])
        any_of(["location_precision = ?"] * len(self.precision), [p.value for p in self.precision])
        statuses = self.status or VISIBLE
        any_of(["status = ?"] * len(statuses), [s.value for s in statuses])
        if self.bbox is not None:
            any_of([sql.bbox()], self.bbox)
        ids = [name for name in self.dataset if fold(name) != REPORTS]
        reports = ["dataset IS NULL"] * (len(ids) < len(self.dataset))
        any_of([sql.equals("dataset") for _ in ids] + reports, ids)
        if self.text:
            any_of([sql.contains(c) for c in TEXT_COLUMNS], [self.text] * len(TEXT_COLUMNS))
        return " AND ".join(parts), values

    def matches(self, incident: Incident) -> bool:
        """Say whether one incident is meant: the clause's meaning, without a store."""
        return (
            incident.status in (self.status or VISIBLE)
            and all(
                not names or _is_one_of(names, [getattr(incident, column) for column in columns])
                for names, columns in self.name_columns()
            )
            and self._matches_dates(incident)
            and (self.min_killed is None or _at_least(self.min_killed, incident.killed_best))
            and (not self.precision or incident.location_precision in self.precision)
            and (self.bbox is None or _in_box(self.bbox, incident))
            and (not self.dataset or _is_one_of(self.dataset, [incident.dataset or REPORTS]))
            and (not self.text or self._mentioned_in(incident))
        )

    def _matches_dates(self, incident: Incident) -> bool:
        if self.since is None and self.until is None:
            return True
        first = incident.event_date
        if first is None:
            return False
        last = incident.event_date_end or first
        return (self.since is None or last >= self.since) and (
            self.until is None or first <= self.until
        )

    def _mentioned_in(self, incident: Incident) -> bool:
        wanted = fold(self.text)
        cells = (getattr(incident, column) for column in TEXT_COLUMNS)
        return any(cell is not None and wanted in fold(cell) for cell in cells)

    def name_columns(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Names asked for, and the columns of which one must hold one of them, for each part."""
        groups, perpetrators = self.group, self.perpetrator
        if self.with_affiliates:
            from geodata.affiliates import with_affiliates

            groups, perpetrators = with_affiliates(groups), with_affiliates(perpetrators)
        return [
            (groups, ("actor1", "actor2", "perpetrator")),
            (perpetrators, ("perpetrator",)),
            (self.country, ("country",)),
            (self.province, ("admin1",)),
            (self.district, ("admin2",)),
            (self.type, ("event_type", "sub_event_type")),
        ]

    def _add_dates(self, parts: list[str], values: list[Any]) -> None:
        if self.since is not None:
            parts.append("(event_date IS NOT NULL AND coalesce(event_date_end, event_date) >= ?)")
            values.append(self.since.isoformat())
        if self.until is not None:
            parts.append("(event_date IS NOT NULL AND event_date <= ?)")
            values.append(self.until.isoformat())

    def sentence(self) -> str:
        """Say the filter in one line, as it stands above the map and on every export.

        Never empty; a value's line breaks become spaces.
        """
        also = " and its affiliates" if self.with_affiliates else ""
        words = [
            *_listed([name + also for name in self.group]),
            *(f"by {name}" for name in _listed([name + also for name in self.perpetrator])),
            *_listed(self.type),
            *_listed(self.district),
            *_listed(self.province),
            *_listed(self.country),
        ]
        if self.since or self.until:
            words.append(_date_range(self.since, self.until))
        if self.min_killed is not None:
            words.append(f"{self.min_killed} or more killed" if self.min_killed else "toll known")
        if self.precision:
            words.append("placed by " + " or ".join(LOCATION_WORDS[p] for p in self.precision))
        if self.status:
            words.append("status " + " or ".join(self.status))
        if self.bbox:
            west, south, east, north = self.bbox
            words.append(
                f"between {_degrees(south, 'NS')} and {_degrees(north, 'NS')},"
                f" {_degrees(west, 'EW')} and {_degrees(east, 'EW')}"
            )
        if self.dataset:
            words.append("from " + " or ".join(self.dataset))
        if self.text:
            words.append(f"mentioning “{self.text}”")
        return " ".join(", ".join(words).split()) or "All incidents"

    def to_params(self) -> dict[str, list[str]]:
        """Non-empty parts as URL parameters: name to values, in a fixed order."""
        params: dict[str, list[str]] = {}
        for part in fields(self):
            value = getattr(self, part.name)
            if value is None or value is False or value in ((), ""):
                continue
            if part.name == "bbox":
                params[part.name] = [",".join(repr(float(number)) for number in value)]
            elif value is True:
                params[part.name] = ["yes"]
            elif isinstance(value, tuple):
                params[part.name] = [str(item) for item in value]
            else:
                params[part.name] = [str(value)]
        return params

    def to_query(self) -> str:
        """Give the URL query string that reopens this view; empty for the empty filter."""
        return urlencode(self.to_params(), doseq=True)

    @classmethod
    def from_params(cls, params: Mapping[str, Sequence[str]]) -> Filter:
        """Read a filter from URL parameters or command options; names it does not know are left.

        Raises
        ------
        InputError
            Naming the option and quoting the value that cannot be read.
        """
        known = {name: list(params[name]) for name in _READERS if params.get(name)}
        return cls(**{name: _READERS[name](name, values) for name, values in known.items()})

    @classmethod
    def from_query(cls, query: str) -> Filter:
        """Read a filter from a URL query string (`from_params` for the errors)."""
        params: dict[str, list[str]] = {}
        for name, value in parse_qsl(query.removeprefix("?"), keep_blank_values=False):
            params.setdefault(name, []).append(value)
        return cls.from_params(params)


def _listed(names: Sequence[str]) -> list[str]:
    return [" or ".join(names)] if names else []


def _degrees(value: float, sides: str) -> str:
    return f"{abs(value):g}°{sides[0] if value >= 0 else sides[1]}"


def _is_one_of(names: Sequence[str], cells: Sequence[str | None]) -> bool:
    wanted = {fold(name) for name in names}
    return any(cell is not None and fold(cell) in wanted for cell in cells)


def _at_least(least: int, count: int | None) -> bool:
    return count is not None and count >= least


def _in_box(bbox: tuple[float, float, float, float], incident: Incident) -> bool:
    west, south, east, north = bbox
    if incident.longitude is None or incident.latitude is None:
        return False
    return west <= incident.longitude <= east and south <= incident.latitude <= north


def spoken_date(day: date) -> str:
    """Say a date as on every screen: 31 Aug 2021."""
    return f"{day.day} {day:%b %Y}"


def _date_range(since: date | None, until: date | None) -> str:
    if since and until:
        if since == until:
            return spoken_date(since)
        start = f"{since.day} {since:%b}" if since.year == until.year else spoken_date(since)
        return f"{start} – {spoken_date(until)}"
    return f"since {spoken_date(since)}" if since else f"until {spoken_date(until or date.min)}"


def _names(option: str, values: Sequence[str]) -> tuple[str, ...]:
    if len(values) > MAX_VALUES:
        raise InputError(f"{option}: {len(values)} values are more than {MAX_VALUES}; choose fewer")
    for value in values:
        if len(value) > MAX_TEXT:
            raise InputError(f"{option}: a value is longer than {MAX_TEXT} characters; shorten it")
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            raise InputError(f"{option}: {value!r} is no valid text; write it as UTF-8")
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


def _types(option: str, values: Sequence[str]) -> tuple[str, ...]:
    known = []
    for value in _names(option, values):
        name = canonical_event_type(value) or canonical_sub_event_type(value)
        if name is None:
            raise InputError(
                f"{option}: {value!r} is no event type; one of {', '.join(EVENT_TYPES)},"
                " or a sub-event type of ACLED"
            )
        known.append(name)
    return tuple(dict.fromkeys(known))


def _day(option: str, values: Sequence[str]) -> date:
    try:
        return date.fromisoformat(values[-1].strip())
    except ValueError as error:
        raise InputError(f"{option}: {values[-1]!r} is no date; write it as 2021-08-31") from error


def _flag(option: str, values: Sequence[str]) -> bool:
    text = values[-1].strip().lower()
    if text not in ("yes", "no"):
        raise InputError(f"{option}: {values[-1]!r} is neither yes nor no")
    return text == "yes"


def _whole(option: str, values: Sequence[str]) -> int:
    text = values[-1].strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise InputError(f"{option}: {values[-1]!r} is no whole number; write 0, 1, 2 …")
    return int(text)


def _precisions(option: str, values: Sequence[str]) -> tuple[LocationPrecision, ...]:
    try:
        return tuple(dict.fromkeys(LocationPrecision(value.strip().lower()) for value in values))
    except ValueError as error:
        known = ", ".join(LocationPrecision)
        raise InputError(f"{option}: {values!r} holds an unknown class; one of {known}") from error


def _statuses(option: str, values: Sequence[str]) -> tuple[Status, ...]:
    try:
        return tuple(dict.fromkeys(Status(value.strip().lower()) for value in values))
    except ValueError as error:
        known = ", ".join(Status)
        raise InputError(f"{option}: {values!r} holds an unknown status; one of {known}") from error


def _bbox(option: str, values: Sequence[str]) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in values[-1].split(","))
    except ValueError as error:
        raise InputError(
            f"{option}: {values[-1]!r} is no box; write west,south,east,north in degrees"
        ) from error
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise InputError(f"{option}: {values[-1]!r} is no box on the globe; west,south,east,north")
    return west, south, east, north


def _text(option: str, values: Sequence[str]) -> str:
    return next(iter(_names(option, values[-1:])), "")


_READERS: dict[str, Any] = {
    "group": _names,
    "with_affiliates": _flag,
    "perpetrator": _names,
    "since": _day,
    "until": _day,
    "country": _names,
    "province": _names,
    "district": _names,
    "type": _types,
    "min_killed": _whole,
    "precision": _precisions,
    "status": _statuses,
    "bbox": _bbox,
    "text": _text,
    "dataset": _names,
}
"""How each part is read from text; its keys are the options of every command."""

OPTIONS: tuple[str, ...] = tuple(_READERS)
"""Names of the filter's parts as URL parameters; commands write ``-`` for ``_``."""
