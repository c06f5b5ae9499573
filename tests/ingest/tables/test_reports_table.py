"""Rows of GDELT are reports: documents of the project, incidents only where that is asked for."""

from __future__ import annotations

from pathlib import Path

from geodata.filters import Filter
from geodata.incident import Status
from geodata.store import Store
from ingest.pipeline import Tools
from ingest.presets.gdelt import CURRENT
from ingest.tables.importing import compare_table, import_table
from ingest.tables.opening import TableOptions
from tests.ingest.presets.preset_tables import GDELT_ROW


def export(folder: Path, count: int = 3) -> Path:
    path = folder / "20230201101500.export.CSV"
    rows = [GDELT_ROW | {"globaleventid": str(900 + number)} for number in range(count)]
    path.write_text("".join("\t".join(row[name] for name in CURRENT) + "\n" for row in rows))
    return path


def test_rows_are_kept_as_reports_with_their_cells(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    report = import_table(store, export(tmp_path), tools)
    assert (report.preset, report.reports, report.rows, report.added) == ("gdelt", True, 3, 3)
    assert (store.count(Filter()), store.count_documents()) == (0, 3)
    document = store.document("gdelt-900")
    assert document is not None
    assert (document.url, document.outlet) == ("https://example.org/story", "example.org")
    assert b"Quetta, Balochistan, Pakistan" in (store.original("gdelt-900") or b"")


def test_the_same_rows_again_are_duplicates(tmp_path: Path, store: Store, tools: Tools) -> None:
    import_table(store, export(tmp_path, 2), tools)
    assert compare_table(store, export(tmp_path), tools).added == 1
    report = import_table(store, export(tmp_path), tools)
    assert (report.added, report.duplicates) == (1, 2)


def test_they_become_drafts_where_the_analyst_says_so(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    report = import_table(store, export(tmp_path), tools, TableOptions(as_incidents=True))
    assert (report.reports, report.added) == (False, 3)
    assert {one.status for one in store.incidents(Filter())} == {Status.DRAFT}
