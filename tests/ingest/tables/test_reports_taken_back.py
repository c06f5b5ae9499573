"""Rows of GDELT are an import like any other: told once, kept in parts, taken back by one undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.errors import InputError
from geodata.filters import Filter
from geodata.incident import Claim, Incident
from geodata.store import Store
from ingest.pipeline import Tools
from ingest.presets.gdelt import CURRENT
from ingest.tables import _parts
from ingest.tables.importing import Done, compare_table, import_table
from ingest.tables.opening import TableOptions
from ingest.tables.stored import mend, reread
from tests.ingest.presets.preset_tables import GDELT_ROW


def export(
    folder: Path, *numbers: int, name: str = "20230201101500.export.CSV", **cells: str
) -> Path:
    path = folder / name
    rows = [GDELT_ROW | {"globaleventid": str(number)} | cells for number in numbers]
    path.write_text("".join("\t".join(row[name] for name in CURRENT) + "\n" for row in rows))
    return path


def drawn_from(store: Store, document_id: str) -> None:
    """Let an analyst make an incident of a report."""
    claim = Claim(
        claim_id=f"{document_id}/1",
        incident_id="own-1",
        document_id=document_id,
        field="place",
        value="Quetta",
        method="analyst",
    )
    with store.atomic():
        store.add_incidents([Incident(incident_id="own-1", place="Quetta")])
        store.add_claims([claim])


def undo(store: Store, number: int = 1) -> int:
    with store.atomic():
        done = store.undo_import(number, who="Amina")
    stayed = done.detail["stayed"]
    assert isinstance(stayed, int)
    return stayed


def test_one_undo_takes_the_reports_back(tmp_path: Path, store: Store, tools: Tools) -> None:
    report = import_table(store, export(tmp_path, 900, 901, 902), tools)
    (one,) = store.imports("gdelt")
    assert (one.import_id, one.rows, one.added, one.reports) == (report.import_id, 3, 3, True)
    assert store.check() == []
    assert undo(store) == 0
    assert (store.count_documents(), store.check()) == (0, [])
    assert import_table(store, export(tmp_path, 900, 901, 902), tools).added == 3


def test_what_was_there_before_stays(tmp_path: Path, store: Store, tools: Tools) -> None:
    import_table(store, export(tmp_path, 900, 901), tools)
    import_table(store, export(tmp_path, 901, 902, name="20230202.export.CSV"), tools)
    undo(store, 2)
    assert {one.document_id for one in store.documents()} == {"gdelt-900", "gdelt-901"}


def test_a_report_that_incidents_rest_on_stays_and_is_told(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    import_table(store, export(tmp_path, 900, 901, 902), tools)
    drawn_from(store, "gdelt-901")
    assert undo(store) == 1
    assert [one.document_id for one in store.documents()] == ["gdelt-901"]
    assert (store.count(Filter()), store.check()) == (1, [])
    again = import_table(store, export(tmp_path, 900, 901, 902), tools)
    assert (again.added, again.duplicates) == (2, 1)
    assert undo(store, 2) == 0
    assert store.count_documents() == 1


def test_the_same_file_again_changes_nothing(tmp_path: Path, store: Store, tools: Tools) -> None:
    path = export(tmp_path, 900, 901)
    import_table(store, path, tools)
    assert import_table(store, path, tools).already
    assert len(store.imports()) == 1
    as_incidents = import_table(store, path, tools, TableOptions(as_incidents=True))
    assert (as_incidents.added, store.check()) == (2, [])


def test_a_row_that_was_published_again_is_known_by_its_id(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    import_table(store, export(tmp_path, 900), tools)
    newer = export(tmp_path, 900, 901, name="20230202.export.CSV", nummentions="99")
    assert compare_table(store, newer, tools).added == 1
    report = import_table(store, newer, tools)
    assert (report.added, report.duplicates, store.check()) == (1, 1, [])


def test_what_is_set_aside_goes_with_the_import_and_can_be_mended(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    path = export(tmp_path, 900, 901)
    path.write_text(path.read_text().replace("\t20230131\t", "\t20231331\t", 1))
    assert import_table(store, path, tools).quarantined == 1
    (entry,) = store.quarantine()
    cells = path.read_text().splitlines()[0].replace("\t20231331\t", "\t20230131\t").split("\t")
    (report,) = mend(store, "gdelt", [(entry, cells)], tools, who="Amina")
    assert (report.added, report.mended, store.count_documents()) == (1, 1, 2)
    assert store.count_quarantine(unresolved=True) == 0
    undo(store, 2)
    assert (store.count_documents(), store.count_quarantine(unresolved=True)) == (1, 1)
    undo(store)
    assert (store.count_documents(), store.count_quarantine()) == (0, 0)


def test_there_are_no_incidents_to_read_again(tmp_path: Path, store: Store, tools: Tools) -> None:
    import_table(store, export(tmp_path, 900), tools)
    with pytest.raises(InputError, match="no rows that are incidents"):
        reread(store, "gdelt", tools, who="Amina")


def test_reports_are_kept_in_parts_too(
    tmp_path: Path, store: Store, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_parts, "FIRST_ROWS", 10)
    monkeypatch.setattr(_parts, "LEAST_TO_COME", -1.0)
    monkeypatch.setattr("ingest.tables._reading.BATCH", 5)

    def stop(done: Done) -> None:
        if done.rows == 25:
            raise KeyboardInterrupt

    path = export(tmp_path, *range(900, 930), 905)
    with pytest.raises(KeyboardInterrupt):
        import_table(store, path, tools, progress=stop)
    assert store.count_documents() == 20
    assert [one.where for one in store.check()] == ["unfinished"]
    report = import_table(store, path, tools)
    assert (report.rows, report.added, report.duplicates, report.resumed) == (31, 30, 1, 20)
    assert (store.count_documents(), store.check()) == (30, [])
    assert undo(store) == 0
    assert store.count_documents() == 0
