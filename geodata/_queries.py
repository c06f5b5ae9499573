"""Questions asked of the incidents table in SQL: totals, facets, dates.

Groups are formed in SQL over what can take few values, and read in Python, where a group that
is involved twice in one incident counts once and a date falls into its week (`geodata.timeline`).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from geodata import _schema as schema
from geodata._fold import fold
from geodata._rows import unreadable
from geodata.datasets import REPORTS
from geodata.errors import InputError
from geodata.filters import Filter
from geodata.incident import Status
from geodata.precision import DRAWN, DatePrecision, LocationPrecision
from geodata.summary import Totals
from geodata.timeline import Dated
from geodata.tolls import Tolls, added_up

LEFT_OUT = (Status.REJECTED, Status.MERGED)
AREA_ONLY = (LocationPrecision.DISTRICT, LocationPrecision.PROVINCE)


def _listed(words: Iterable[str]) -> str:
    """Our own words as SQL literals."""
    return ", ".join(f"'{word}'" for word in sorted(words))


class GeoPackageSql:
    """A filter's SQL that uses the file's indexes.

    Names are compared folded (no case, no accents) without touching a row: the distinct values
    of an indexed column are walked one index look-up each, and only those are folded.
    """

    def equals(self, column: str) -> str:
        """Folded equality, over the distinct values of the column."""
        return self._among(column, "atlas_fold(v) = atlas_fold(?)")

    def contains(self, column: str) -> str:
        """Folded substring, over the distinct values where the column is indexed."""
        if column not in schema.INDEXED:
            return f"instr(atlas_fold({column}), atlas_fold(?)) > 0"
        return self._among(column, "instr(atlas_fold(v), atlas_fold(?)) > 0")

    def bbox(self) -> str:
        """Box through the R-tree (32-bit, rounded outwards), then exactly on the columns."""
        return (
            "fid IN (WITH box(w, s, e, n) AS (SELECT ?, ?, ?, ?) SELECT i.fid"
            f" FROM box CROSS JOIN {schema.RTREE} r CROSS JOIN {schema.LAYER} i"
            " WHERE r.maxx >= w AND r.maxy >= s AND r.minx <= e AND r.miny <= n AND i.fid = r.id"
            " AND i.longitude >= w AND i.latitude >= s AND i.longitude <= e AND i.latitude <= n)"
        )

    def polygon(self) -> str:
        """Box of the ring through the R-tree, then exactly."""
        return f"({self.bbox()} AND atlas_within(?, longitude, latitude))"

    @staticmethod
    def _among(column: str, condition: str) -> str:
        first = f"SELECT min({column}) FROM {schema.LAYER}"
        return (
            f"{column} IN (WITH RECURSIVE d(v) AS ({first} UNION ALL"
            f" SELECT ({first} WHERE {column} > d.v) FROM d WHERE d.v IS NOT NULL)"
            f" SELECT v FROM d WHERE {condition})"
        )


SQL = GeoPackageSql()


_LOCATED = f"(latitude IS NOT NULL AND location_precision IN ({_listed(DRAWN)}))"
_SHOWN = (
    "count(*)",
    f"total({_LOCATED})",
    f"total({_LOCATED} AND location_precision IN ({_listed(AREA_ONLY)}))",
    f"total(status = '{Status.DRAFT}')",
    f"total(status IN ({_listed(LEFT_OUT)}))",
    "total(event_date IS NULL)",
    "total(killed_best)",
    "total(injured_best)",
    "count(DISTINCT dataset)",
    "total(dataset IS NULL)",
)


def totals(connection: sqlite3.Connection, where: Filter) -> Totals:
    """Count where every incident went (see `Totals` for the partition)."""
    everything, left_out = _numbers(
        connection, f"SELECT count(*), total(status IN ({_listed(LEFT_OUT)})) FROM incidents"
    )
    clause, values = where.clause(SQL)
    shown, mapped, area_only, drafts, shown_left_out, *sums = _numbers(
        connection, f"SELECT {', '.join(_SHOWN)} FROM incidents WHERE {clause}", values
    )
    undated, killed, injured, datasets, from_reports = sums
    rejected = left_out - shown_left_out
    awaiting = _awaiting(connection, where)
    documents, quarantined = _numbers(
        connection,
        "SELECT (SELECT count(*) FROM documents), "
        " (SELECT count(*) FROM quarantine WHERE resolved IS NULL)",
    )
    return Totals(
        all=everything,
        mapped=mapped,
        not_located=shown - mapped,
        filtered_out=everything - shown - rejected - awaiting,
        awaiting_review=awaiting,
        rejected=rejected,
        drafts=drafts,
        area_only=area_only,
        undated=undated,
        killed=killed,
        injured=injured,
        documents=documents,
        quarantined=quarantined,
        datasets=datasets,
        from_reports=from_reports,
    )


def _awaiting(connection: sqlite3.Connection, where: Filter) -> int:
    if not where.status or Status.DRAFT in where.status:
        return 0
    clause, values = replace(where, status=(Status.DRAFT,)).clause(SQL)
    return _numbers(connection, f"SELECT count(*) FROM incidents WHERE {clause}", values)[0]


def _numbers(connection: sqlite3.Connection, sql: str, values: Sequence[Any] = ()) -> list[int]:
    # `total` adds up in floating point, which is exact for whole numbers below 2^53.
    return [int(number) for number in connection.execute(sql, values).fetchone()]


FACETS: dict[str, tuple[str, ...]] = {
    "group": ("actor1", "actor2", "perpetrator"),
    "perpetrator": ("perpetrator",),
    "country": ("country",),
    "province": ("admin1",),
    "district": ("admin2",),
    "type": ("event_type", "sub_event_type"),
    "precision": ("location_precision",),
    "status": ("status",),
    "dataset": ("dataset",),
}
"""Filter parts that have a list of values, and the columns where the values stand."""


def without(part: str, where: Filter) -> Filter:
    """Give a filter without one part: of the status, every one is meant."""
    others: dict[str, Any] = {part: tuple(Status) if part == "status" else ()}
    return replace(where, **others)


def must_be_facet(part: str) -> None:
    """Raise `InputError` for a part of a filter that has no list of values."""
    if part not in FACETS:
        raise InputError(f"no list of values for {part!r}; one of {', '.join(FACETS)}")


def facet(
    connection: sqlite3.Connection, part: str, where: Filter, limit: int
) -> list[tuple[str, int]]:
    """Count the values of a filter part (`Store.facet`).

    Raises
    ------
    InputError
        The part has no list of values.
    """
    must_be_facet(part)
    columns = ", ".join(FACETS[part])
    source, values = _matching(without(part, where), columns)
    rows = connection.execute(f"SELECT count(*), {columns} {source} GROUP BY {columns}", values)
    if part == "dataset":
        return _counted((count, name or REPORTS) for count, name in rows)[:limit]
    return _counted(rows)[:limit]


def _matching(where: Filter, columns: str) -> tuple[str, list[Any]]:
    """Give the FROM of a grouped question, with its values.

    All incidents are grouped along a covering index. The rows of any other filter are collected
    first: SQLite would walk the same index and look each row up by itself (at 100,000 rows 170
    to 190 ms against 50 to 70 ms).
    """
    clause, values = where.clause(SQL)
    if replace(where, status=()).is_empty:
        return f"FROM incidents WHERE {clause}", values
    return (
        f"FROM (WITH found AS MATERIALIZED (SELECT {columns} FROM incidents WHERE {clause})"
        " SELECT * FROM found)",
        values,
    )


def _counted(rows: Iterable[Sequence[Any]]) -> list[tuple[str, int]]:
    """Add up by folded name, once per row; the most frequent spelling stands for the name."""
    counts: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    for count, *names in rows:
        folded = {fold(name): name for name in reversed(names) if name}
        for key, name in folded.items():
            counts[key] += count
            spellings.setdefault(key, Counter())[name] += count
    found = [(min(s, key=lambda name: (-s[name], name)), counts[k]) for k, s in spellings.items()]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def dates(connection: sqlite3.Connection, where: Filter) -> list[Dated]:
    """Incidents by the days on which they may have happened (`Store.dates`)."""
    columns = "event_date, event_date_end, date_precision, killed_best"
    source, values = _matching(where, columns)
    rows = connection.execute(
        f"SELECT event_date, event_date_end, date_precision, count(*), total(killed_best) {source}"
        " GROUP BY event_date, event_date_end, date_precision",
        values,
    )
    return [_dated(*row) for row in rows if row[0] is not None]


def tolls(connection: sqlite3.Connection, where: Filter) -> Tolls:
    """Killed and injured of the incidents of a filter (`Store.tolls`)."""
    columns = "killed_by_status, killed_best, injured_best"
    source, values = _matching(where, columns)
    return added_up(
        (text, killed, count, int(injured))
        for text, killed, count, injured in connection.execute(
            f"SELECT killed_by_status, killed_best, count(*), total(injured_best) {source}"
            " GROUP BY killed_by_status, killed_best",
            values,
        )
    )


def _dated(first: str, last: str | None, precision: str, count: int, killed: float) -> Dated:
    try:
        known = DatePrecision(precision)
    except ValueError as error:
        raise unreadable(f"date_precision {precision!r}", error) from error
    day = _day(first)
    return Dated(day, _day(last) if last else day, known, count, int(killed))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise unreadable(f"event_date {text!r}", error) from error
