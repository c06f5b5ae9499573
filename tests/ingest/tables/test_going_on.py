"""A long table is kept at checkpoints; one that is stopped goes on and ends as if it had not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from geodata.errors import InputError, UnfinishedImportError
from geodata.filters import Filter
from geodata.store import Store, open_store
from ingest.pipeline import Tools
from ingest.tables import _parts, importing
from ingest.tables._parts import Checkpoints, to_come
from ingest.tables.importing import Done, compare_table, import_table
from ingest.tables.opening import TableOptions
from ingest.tables.report import TableReport
from ingest.tables.stored import reread
from tests.ingest.tables.table_examples import HEAD, QUETTA, changed, sheet

FIRST, BATCH = 100, 20
OLDER = [changed(QUETTA, Ref=f"Q-{number}", Killed="7") for number in range(0, 400, 3)] + [
    changed(QUETTA, Ref="gone"),
    changed(QUETTA, Ref="S-9", Date="someday"),
]
ROWS = [
    *(changed(QUETTA, Ref=f"Q-{number}", Killed=str(number % 9)) for number in range(400)),
    changed(QUETTA, Ref="Q-7", Killed="99"),
    changed(QUETTA, Ref="K-1", Group="Brotherhood of the Kettle", Latitude="", Longitude=""),
    changed(QUETTA, Ref="S-1", Date="soon"),
    changed(QUETTA, Ref="S-9"),
]
ROWS[220:220] = [changed(QUETTA, Ref="S-2", Date="later"), ROWS[29], changed(ROWS[3], Killed="5")]
ROWS[250:250] = [changed(QUETTA, Ref="K-2", Group="Brotherhood of the Kettle", Date="12 Jan 2020?")]
WITHDRAW = TableOptions(who="Amina", withdraw=True)

TABLES = ("incidents", "records", "originals", "changes", "import_undo", "quarantine", "imports",
          "datasets", "documents", "claims")  # fmt: skip
TIMES = {"created", "updated", "when", "finished", "undone", "resolved", "added", "retrieved"}


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_parts, "FIRST_ROWS", FIRST)
    monkeypatch.setattr(_parts, "LEAST_TO_COME", -1.0)  # a small file is read in one block
    monkeypatch.setattr("ingest.tables._reading.BATCH", BATCH)


def contents(store: Store) -> dict[str, list[Any]]:
    """All that a project holds, but for times; the numbers of rows are among it."""
    path: Path = store.path  # type: ignore[attr-defined]
    found: dict[str, list[Any]] = {}
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        for table in TABLES:
            named = connection.execute(f"PRAGMA table_info({table})").fetchall()
            columns = [f'"{row[1]}"' for row in named if row[1] not in TIMES or table == "imports"]
            if table == "imports":
                columns = [one for one in columns if one.strip('"') not in TIMES - {"added"}]
            sql = f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2"
            found[table] = connection.execute(sql).fetchall()
    return found


def stopping(at: int) -> Callable[[Done], None]:
    def progress(done: Done) -> None:
        if done.rows > max(at, done.resumed):
            raise KeyboardInterrupt

    return progress


def stopped(store: Store, path: Path, tools: Tools, *at: int, **how: Any) -> None:
    for rows in at:
        with pytest.raises(KeyboardInterrupt):
            import_table(store, path, tools, progress=stopping(rows), **how)


def project(folder: Path, tools: Tools, before: Iterable[list[str]] = ()) -> Store:
    """A project that may have an older release, with what an analyst did to it."""
    store = open_store(folder / "atlas.gpkg", create=True)
    rows = list(before)
    if rows:
        import_table(store, sheet(folder, *rows, name="log.csv"), tools)
        with store.atomic():
            for name in ("log:Q-3", "log:Q-300"):
                store.update_incident(name, {"place": "Mach"}, who="Amina")
    return store


def both(
    tmp_path: Path, tools: Tools, before: list[list[str]], *at: int
) -> tuple[tuple[Store, TableReport], tuple[Store, TableReport]]:
    """Read the same release at one go, and with stops: gives both projects and reports."""
    found = []
    for name, stops in (("whole", ()), ("stopped", at)):
        folder = tmp_path / name
        folder.mkdir()
        store = project(folder, tools, before)
        path = sheet(folder, *ROWS)
        stopped(store, path, tools, *stops, options=WITHDRAW)
        found.append((store, import_table(store, path, tools, WITHDRAW)))
    return found[0], found[1]


# ---------------------------------------------------------------- when


def test_what_is_read_is_kept_after_each_doubling() -> None:
    marks = Checkpoints()
    due = [rows for rows in range(20, 1_700, 20) if marks.due(rows, rows / 5_000)]
    assert due == [100, 200, 400, 800, 1_600]


def test_little_more_is_not_worth_a_checkpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_parts, "LEAST_TO_COME", 0.25)
    assert not Checkpoints().due(100, 0.81)
    assert Checkpoints().due(100, 0.79)
    assert not Checkpoints().due(100, 1.0)


def test_after_a_stop_the_next_doubling_counts() -> None:
    marks = Checkpoints(kept=200)
    assert [rows for rows in (220, 399, 400, 420) if marks.due(rows, 0.1)] == [400]


def test_rows_to_come_are_told_by_the_share() -> None:
    assert (to_come(100, 0.25), to_come(100, 0.0)) == (300, 100)


# ---------------------------------------------------------------- the same comes of it


@pytest.mark.parametrize("at", [(110,), (200, 200), (150, 230, 400)])
@pytest.mark.parametrize("before", [[], OLDER], ids=["new", "release"])
def test_an_import_with_stops_ends_as_one_without(
    tmp_path: Path, tools: Tools, before: list[list[str]], at: tuple[int, ...]
) -> None:
    (whole, one), (parts, other) = both(tmp_path, tools, before, *at)
    assert contents(parts) == contents(whole)
    assert (one.resumed, other.resumed > 0) == (0, True)
    for name in ("rows", "added", "changed", "unchanged", "duplicates", "quarantined", "missing",
                 "removed", "kept", "mended", "geocoded", "fields_changed", "unknown",
                 "questions", "skipped", "older", "words"):  # fmt: skip
        assert getattr(one, name) == getattr(other, name), name
    assert parts.check() == []


@pytest.mark.parametrize("before", [[], OLDER], ids=["new", "release"])
def test_one_undo_takes_all_parts_back(
    tmp_path: Path, tools: Tools, before: list[list[str]]
) -> None:
    (whole, _), (parts, report) = both(tmp_path, tools, before, 150)
    for store in (whole, parts):
        with store.atomic():
            store.undo_import(report.import_id, who="Amina")
        assert store.check() == []
    assert contents(whole) == contents(parts)
    assert parts.count(Filter()) == len([row for row in before if row[1] != "someday"])


def test_another_process_that_reads_it_goes_on_too(
    tmp_path: Path, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "LARGE_BYTES", 0)
    (whole, _), (parts, _) = both(tmp_path, tools, OLDER, 230)
    assert contents(parts) == contents(whole)


def test_a_guessed_key_stays_a_guess(tmp_path: Path, store: Store, tools: Tools) -> None:
    path = tmp_path / "log.csv"
    rows = [",".join(HEAD), *(",".join(changed(row)) for row in ROWS)]
    path.write_text("\n".join(rows) + "\n")
    stopped(store, path, tools, 230)
    report = import_table(store, path, tools)
    assert (report.quarantined, report.resumed) == (2, 200)
    assert report.words == "by the names of its columns"


# ---------------------------------------------------------------- meanwhile


def half(store: Store, folder: Path, tools: Tools) -> Path:
    """An import that was stopped after 230 rows, so that 200 are kept."""
    path = sheet(folder, *ROWS)
    stopped(store, path, tools, 230)
    return path


def test_the_project_is_sound_meanwhile(tmp_path: Path, store: Store, tools: Tools) -> None:
    half(store, tmp_path, tools)
    (problem,) = store.check()
    assert (problem.level, problem.where) == ("warning", "unfinished")
    (one,) = store.imports()
    assert (one.unfinished, one.rows) == (True, 200)
    assert store.count(Filter()) == one.added
    assert len(list(store.original_rows("log"))) == one.added


def test_what_an_analyst_edits_meanwhile_stays(tmp_path: Path, store: Store, tools: Tools) -> None:
    path = half(store, tmp_path, tools)
    with store.atomic():
        store.update_incident("log:Q-1", {"place": "Mach"}, who="Amina")
    import_table(store, path, tools)
    incident = store.incident("log:Q-1")
    assert incident is not None
    assert incident.place == "Mach"
    assert store.check() == []


def test_another_file_has_to_wait(tmp_path: Path, store: Store, tools: Tools) -> None:
    half(store, tmp_path, tools)
    other = sheet(tmp_path, *ROWS[:3])
    with pytest.raises(UnfinishedImportError, match=r"import 1 of 'log.csv' .* 200 rows.*undo 1"):
        import_table(store, other, tools)
    assert compare_table(store, other, tools).unchanged == 3


def test_the_same_file_read_in_another_way_has_to_wait(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    path = half(store, tmp_path, tools)
    with pytest.raises(UnfinishedImportError, match="in the same way"):
        import_table(store, path, tools, TableOptions(encoding="latin-1"))


def test_rows_are_not_read_again_meanwhile(tmp_path: Path, store: Store, tools: Tools) -> None:
    half(store, tmp_path, tools)
    with pytest.raises(InputError, match=r"was never finished.*goes on at row 201"):
        reread(store, "log", tools, who="Amina")


def test_it_can_be_taken_back_and_begun_again(tmp_path: Path, store: Store, tools: Tools) -> None:
    path = half(store, tmp_path, tools)
    with store.atomic():
        store.undo_import(1, who="Amina")
    assert (store.count(Filter()), store.check()) == (0, [])
    assert import_table(store, path, tools).resumed == 0


def test_two_programs_do_not_go_on_with_one_import(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    path = half(store, tmp_path, tools)

    def other(done: Done) -> None:
        if done.rows == 200:
            with store.atomic():
                store.undo_import(1, who="Amina")

    with pytest.raises(UnfinishedImportError, match="by another program"):
        import_table(store, path, tools, progress=other)


def test_another_data_set_is_read_meanwhile(tmp_path: Path, store: Store, tools: Tools) -> None:
    path = half(store, tmp_path, tools)
    import_table(store, sheet(tmp_path, QUETTA, name="other.csv"), tools)
    report = import_table(store, path, tools)
    assert (report.import_id, report.resumed, store.check()) == (1, 200, [])
