"""A large table is read by another process: the same comes of it, and its troubles are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.errors import AtlasError, InputError
from geodata.filters import Filter
from geodata.store import Store, open_store
from ingest.pipeline import Tools
from ingest.tables import _reading, importing
from ingest.tables.importing import compare_table, import_table
from ingest.tables.report import TableReport
from tests.ingest.tables.table_examples import QUETTA, changed, sheet

ROWS = [
    *(changed(QUETTA, Ref=f"Q-{number}", Killed=str(number % 9)) for number in range(400)),
    changed(QUETTA, Ref="Q-7", Killed="99"),
    changed(QUETTA, Ref="K-1", Group="Brotherhood of the Kettle", Latitude="", Longitude=""),
    changed(QUETTA, Ref="S-1", Date="soon"),
]
Counts = tuple[object, ...]


def counts(report: TableReport) -> Counts:
    names = ("rows", "added", "quarantined", "duplicates", "geocoded", "not_located", "unknown",
             "outside_country", "preset", "skipped")  # fmt: skip
    asked = {key: (one.rows, one.examples) for key, one in report.questions.items()}
    return (*(getattr(report, name) for name in names), asked)


def contents(store: Store) -> list[object]:
    return [*store.incidents(Filter(), order="incident_id"), *store.original_rows("log")]


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "LARGE_BYTES", 0)


def both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Store], TableReport]
) -> list[tuple[Counts, list[object]]]:
    """Do the same in two projects, here and with the table read by another process."""
    found = []
    for name, size in (("here", importing.LARGE_BYTES), ("elsewhere", 0)):
        monkeypatch.setattr(importing, "LARGE_BYTES", size)
        with open_store(tmp_path / f"{name}.gpkg", create=True) as store:
            found.append((counts(act(store)), contents(store)))
    return found


def test_the_same_comes_of_it(
    tmp_path: Path, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sheet(tmp_path, *ROWS)
    here, there = both(tmp_path, monkeypatch, lambda store: import_table(store, path, tools))
    assert here == there


@pytest.mark.usefixtures("elsewhere")
def test_a_release_is_compared_and_read(tmp_path: Path, store: Store, tools: Tools) -> None:
    import_table(store, sheet(tmp_path, *ROWS), tools)
    newer = sheet(tmp_path, *ROWS[:-1], changed(ROWS[-1], Date="2020-01-09"))
    assert compare_table(store, newer, tools).added == 1
    report = import_table(store, newer, tools)
    assert (report.added, report.mended) == (1, 1)
    assert store.check() == []


@pytest.mark.usefixtures("elsewhere")
def test_what_stops_there_leaves_the_project_as_it_was(
    tmp_path: Path, store: Store, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sheet(tmp_path, *ROWS)
    monkeypatch.setattr(_reading, "_CHILD", "import os; os._exit(9)")
    with pytest.raises(AtlasError, match="the process that reads the table ended"):
        import_table(store, path, tools)
    assert (store.count(Filter()), store.datasets()) == (0, [])


@pytest.mark.usefixtures("elsewhere")
def test_an_error_there_is_the_error_here(
    tmp_path: Path, store: Store, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sheet(tmp_path, *ROWS)
    gone = "import ingest.tables._reading as r, pathlib; "
    monkeypatch.setattr(
        _reading, "_CHILD", f"{gone}pathlib.Path({str(path)!r}).unlink(); r.answer()"
    )
    with pytest.raises(InputError, match=r"log\.csv"):
        import_table(store, path, tools)


@pytest.mark.usefixtures("elsewhere")
def test_a_stop_ends_the_other_process_too(tmp_path: Path, store: Store, tools: Tools) -> None:
    def stop(done: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_table(store, sheet(tmp_path, *ROWS), tools, progress=stop)
    assert store.count(Filter()) == 0
