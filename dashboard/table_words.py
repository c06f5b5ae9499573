"""What a table is and what came of it, in words for the terminal and the page Tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dashboard.wording import label
from geodata.datasets import REPORTS
from geodata.export._cells import counted, safe_text
from geodata.filters import Filter

if TYPE_CHECKING:
    from geodata.datasets import Import
    from geodata.incident import Quarantined
    from geodata.store import Store
    from ingest.match import Twin
    from ingest.tables.opening import Opened
    from ingest.tables.report import TableReport

SHOWN = 8
"""Unknown names, questions and notes that are told one by one."""

QUARANTINE = ("dataset_id", "source", "row", "column", "value", "reason", "raw")
"""Columns of the quarantine as a table."""

TWINS = ("first", "second", "score", "km", "days")
"""Columns of pairs that may be one incident, as a table."""

_OF_REPORTS = "gdelt"
"""Preset whose rows are reports, unless somebody asked for incidents."""

KINDS = {
    "actor": "group",
    "country": "country",
    "admin1": "province",
    "admin2": "district",
    "event_type": "kind of event",
}
"""Words for the kinds of names that a decision is made on."""


def how_it_is_read(ready: Opened) -> str:
    """Say in a sentence how a table will be read."""
    columns = f"{len(ready.info.columns):,} columns"
    if ready.mapping is None:
        return f"{ready.words}, recognised by its columns; data set {ready.dataset_id!r}."
    return f"Read {ready.words}: {columns}; data set {ready.dataset_id!r}."


def fields_of(ready: Opened) -> list[tuple[str, str]]:
    """Give field and column, in words, where a table is read by a mapping."""
    if ready.mapping is None:
        return []
    rules = [(label(rule.field), ", ".join(rule.columns)) for rule in ready.mapping.rules]
    key = [("Id of the row", ", ".join(ready.mapping.key))] if ready.mapping.key else []
    return key + rules + [(label(n), f"always “{v}”") for n, v in ready.mapping.fixed.items()]


def words_of(report: TableReport) -> list[str]:
    """Say in lines what came of a table: first the counts, which add up, then what to look at."""
    name = f"{report.source!r} ({report.preset}, data set {report.dataset!r})"
    if report.already:
        return [f"{name}: read before; nothing changed"]
    rows, seconds = counted(report.rows, "row"), f"; {report.seconds:.1f} s"
    lines = [f"{name}: {', '.join([rows, *_counts(report)])}{seconds}"]
    return lines + [f"  {line}" for line in _details(report)]


def _counts(report: TableReport) -> Iterator[str]:
    yield f"{report.added:,} added" + (" as reports, not as incidents" if report.reports else "")
    for count, words in (
        (report.changed, "changed"),
        (report.unchanged, "unchanged"),
        (report.duplicates, "repeated"),
        (report.quarantined, "set aside"),
    ):
        if count:
            yield f"{count:,} {words}"


def _details(report: TableReport) -> Iterator[str]:
    if report.resumed:
        yield f"went on at row {report.resumed + 1:,}, where it had been stopped"
    yield from report.notes[:SHOWN]
    if report.fields_changed:
        named = [f"{label(name)} ({n:,})" for name, n in report.fields_changed.most_common(SHOWN)]
        yield f"changed: {', '.join(named)}"
    for count, words in (
        (report.kept, "values of analysts stay, though the table says otherwise now"),
        (report.older, "rows are older than what the project holds"),
        (report.removed, "rows are gone from the table: rejected, with the tag “withdrawn”"),
        (report.missing - report.removed, "rows of the data set are not in this file, and stay"),
        (report.mended, "rows set aside earlier came right"),
        (report.geocoded, "rows placed by the gazetteer"),
        (report.not_located, "rows without a place"),
        (report.outside_country, "points outside the country of their row"),
        (report.far_from_district, "points far from the district or province of their row"),
    ):
        if count:
            yield f"{count:,} {words}"
    yield from questions_of(report)
    if report.unknown:
        first = [f"{value!r} ({n:,})" for (_, value, _), n in report.unknown.most_common(SHOWN)]
        more = f" and {len(report.unknown) - SHOWN:,} more" if len(report.unknown) > SHOWN else ""
        yield f"names kept as written: {', '.join(first)}{more}"
    if report.credit:
        yield f"credit: {report.credit}"


def questions_of(report: TableReport) -> Iterator[str]:
    """Say what is asked about values that were read, the most rows first."""
    asked = sorted(report.questions.values(), key=lambda one: -one.rows)
    for one in asked[:SHOWN]:
        line, value = one.examples[0]
        rows = counted(one.rows, "row")
        yield f"check {label(one.field)}: {one.reason} ({rows}, as line {line:,}: {value!r})"
    if len(asked) > SHOWN:
        yield f"and {len(asked) - SHOWN:,} more kinds of questions"


def report_object(report: TableReport) -> dict[str, Any]:
    """Give what came of a table for --json; the counts add up to `rows`."""
    names = (
        "source", "preset", "dataset", "import_id", "words", "credit", "notes", "reports", "rows",
        "added", "changed", "unchanged", "duplicates", "quarantined", "skipped", "missing",
        "removed", "kept", "older", "mended", "geocoded", "not_located", "outside_country",
        "far_from_district", "already", "resumed", "new", "gone",
    )  # fmt: skip
    return {name: getattr(report, name) for name in names} | {
        "dry_run": report.dry,
        "fields_changed": dict(report.fields_changed),
        "changes": [
            {
                "incident_id": change.incident_id,
                "fields": {name: list(pair) for name, pair in change.fields.items()},
                "kept": list(change.kept),
            }
            for change in report.changes
        ],
        "questions": [
            {"field": one.field, "reason": one.reason, "rows": one.rows, "examples": one.examples}
            for one in report.questions.values()
        ],
        "unknown": [
            {"kind": kind, "value": value, "country": country, "rows": rows}
            for (kind, value, country), rows in report.unknown.most_common()
        ],
        "seconds": round(report.seconds, 3),
    }


def import_words(one: Import) -> str:
    """Say in a line what an import did."""
    if one.undone:
        state = f"taken back {one.undone:%Y-%m-%d %H:%M}"
        if stayed := one.detail.get("stayed"):
            state += f", but for {counted(int(str(stayed)), 'report')} that incidents rest on"
    elif one.finished:
        state = ", ".join(
            f"{getattr(one, name):,} {words}"
            for name, words in (
                ("added", "added as reports" if one.reports else "added"),
                ("changed", "changed"), ("removed", "gone"),
                ("unchanged", "unchanged"), ("duplicates", "repeated"),
                ("quarantined", "set aside"),
            )
            if getattr(one, name)
        ) or "nothing new"  # fmt: skip
    else:
        state = "unfinished: read the same file again, which goes on there, or take it back"
    return (
        f"import {one.import_id}: {one.source!r}, {one.when:%Y-%m-%d %H:%M}, {one.who}:"
        f" {counted(one.rows, 'row')}; {state}"
    )


def quarantine_csv(rows: Iterable[Quarantined]) -> str:
    """Give quarantined inputs as CSV, with formulas neutralised."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(QUARANTINE)
    table.writerows([_safe(getattr(row, name)) for name in QUARANTINE] for row in rows)
    return out.getvalue()


def _safe(value: object) -> object:
    return safe_text(value) if isinstance(value, str) else value


def quarantine_rows(rows: Sequence[Quarantined]) -> list[dict[str, str]]:
    """Give quarantined inputs as the page shows them."""
    return [
        {
            "File": row.source,
            "Line": "" if row.row is None else f"{row.row:,}",
            "Column": row.column,
            "Value": row.value,
            "Why": row.reason,
        }
        for row in rows
    ]


def has_sources(store: Store) -> bool:
    """Whether incidents come from more than one data set, or from one and from reports."""
    datasets = len(_with_incidents(store))
    return datasets > 1 or (datasets == 1 and store.count_documents() > 0)


def _with_incidents(store: Store) -> list[str]:
    """Data sets that have incidents; rows of GDELT are reports."""
    return [
        one.dataset_id
        for one in store.datasets()
        if one.preset != _OF_REPORTS or store.count(Filter(dataset=(one.dataset_id,)))
    ]


def sources_of(store: Store) -> list[str]:
    """Names of the sources of incidents, as a filter has them: data sets, and reports."""
    names = _with_incidents(store)
    return names + [REPORTS] * bool(names and store.count(Filter(dataset=(REPORTS,))))


def apart(twin: Twin) -> str:
    """Say how alike two incidents are and how far apart."""
    days = {0: "the same day", 1: "a day apart"}.get(twin.days, f"{twin.days} days apart")
    return f"{days}, {twin.km:,.0f} km, {twin.score:.0%} alike"


def twins_csv(twins: Sequence[Twin]) -> str:
    """Give pairs as CSV; ids that a spreadsheet would run are made safe."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(TWINS)
    for twin in twins:
        table.writerow([_safe(getattr(twin, name)) for name in TWINS])
    return out.getvalue()
