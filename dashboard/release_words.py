"""What a newer release of a table would add, change and lack: in lines, and in rows to be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dashboard.table_words import SHOWN
from dashboard.wording import label, value_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.datasets import RowChange
    from geodata.store import Store
    from ingest.tables.report import TableReport

_TOLD = ("event_date", "place", "admin1", "country")
_DRAWN = ("event_date", "event_type", "place", "admin1", "country", "killed_best")


def comparison_words(report: TableReport) -> Iterator[str]:
    """Say in lines what a comparison found, row by row; nothing for a table that was stored."""
    if not report.dry:
        return
    yield "  nothing is stored: this is what the file would do"
    if report.reports:
        return
    for row in report.new[:SHOWN]:
        told = [value_words(name, _text(row[name])) for name in _TOLD if row[name]]
        yield f"  + {row['incident_id']}: {', '.join(told)}"
    yield from _more(report.added, len(report.new[:SHOWN]), "new")
    for change in report.changes[:SHOWN]:
        yield f"  ~ {change.incident_id}: {'; '.join(_fields(change))}"
    yield from _more(report.changed, len(report.changes[:SHOWN]), "changed")
    for incident_id in report.gone[:SHOWN]:
        yield f"  - {incident_id}"
    yield from _more(report.missing, len(report.gone[:SHOWN]), "not in this file")


def _fields(change: RowChange) -> Iterator[str]:
    for name, (before, after) in change.fields.items():
        stays = " (stays as it is: edited here)" if name in change.kept else ""
        yield f"{label(name)} {value_words(name, before)} → {value_words(name, after)}{stays}"


def _more(count: int, shown: int, words: str) -> Iterator[str]:
    if count > shown:
        yield f"  … and {count - shown:,} more {words}"


def changed_rows(report: TableReport) -> list[dict[str, str]]:
    """Give one row for each field that would change."""
    return [
        {
            "Incident": change.incident_id,
            "Field": label(name),
            "Now": value_words(name, before),
            "Then": value_words(name, after),
            "Stays": "yes, edited here" if name in change.kept else "",
        }
        for change in report.changes
        for name, (before, after) in change.fields.items()
    ]


def new_rows(report: TableReport) -> list[dict[str, str]]:
    """Give the first rows that are new."""
    return [_drawn(row) for row in report.new]


def gone_rows(store: Store, report: TableReport) -> list[dict[str, str]]:
    """Give the first incidents that the file has no row for, as the project has them."""
    found = (store.incident(incident_id) for incident_id in report.gone)
    return [
        _drawn({name: getattr(one, name) for name in ("incident_id", *_DRAWN)})
        for one in found
        if one is not None
    ]


def _drawn(values: Mapping[str, Any]) -> dict[str, str]:
    told = {label(name): value_words(name, _text(values[name])) for name in _DRAWN}
    return {"Incident": str(values["incident_id"])} | told


def _text(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)
