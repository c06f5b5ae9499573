"""Many documents: what dies or is stopped in the middle loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from geodata.filters import Filter
from geodata.incident import Document, to_json
from geodata.place import NameHit
from geodata.store import Store, open_store
from ingest import pipeline
from ingest.pipeline import Interrupted, Tools, ingest, ingest_documents
from ingest.readers import read_all

PLACES = ("Quetta", "Peshawar", "Karachi", "Lahore", "Multan", "Sukkur", "Gwadar", "Turbat")
DEADLY = "Deadly"


class DeadlyNames:
    """Finds names, and ends its process at a text with the word `DEADLY`, as a crash would."""

    def __init__(self, tools: Tools) -> None:
        self._names = tools.names

    def find_names(self, text: str) -> Sequence[NameHit]:
        """Find names, or die."""
        if DEADLY in text:
            os.kill(os.getpid(), signal.SIGKILL)
        return self._names.find_names(text)


def deadly_tools() -> Tools:
    """Give the tools of the program with `DeadlyNames`; made in each worker."""
    tools = pipeline.default_tools()
    return replace(tools, names=DeadlyNames(tools))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of 60 stories."""
    where = tmp_path / "stories"
    where.mkdir()
    for number in range(60):
        place = PLACES[number % len(PLACES)]
        text = f"Gunmen killed {number + 2} police officers in {place} on 3 May 2021, police said."
        (where / f"{number:03}.txt").write_text(text)
    return where


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "atlas.gpkg", create=True) as opened:
        yield opened


def contents(store: Store) -> dict[str, Any]:
    """Give all that a project holds, in an order of its own."""
    return {
        "documents": sorted(document.document_id for document in store.documents(limit=1000)),
        "incidents": [to_json(one) for one in store.incidents(Filter(), order="incident_id")],
        "quarantine": sorted((row.source, row.reason) for row in store.quarantine(limit=1000)),
    }


def uninterrupted(folder: Path, tmp_path: Path) -> dict[str, Any]:
    with open_store(tmp_path / "whole.gpkg", create=True) as whole:
        ingest([folder], whole)
        return contents(whole)


def test_document_that_kills_its_worker_is_quarantined(store: Store, folder: Path) -> None:
    (folder / "030.txt").write_text(f"{DEADLY} blast in Quetta.")
    run = partial(ingest_documents, store=store, workers=2, make_tools=deadly_tools)
    report = run(read_all([folder]))
    (row,) = store.quarantine()
    assert (report.documents, len(report.quarantined)) == (59, 1)
    assert row.source == str(folder / "030.txt")
    assert row.reason == (
        "extraction failed: the process that read it ended 2 times (the last by SIGKILL)"
    )
    assert row.raw == f"{DEADLY} blast in Quetta."


def test_what_failed_is_not_tried_again_unless_asked(store: Store, folder: Path) -> None:
    (folder / "030.txt").write_text(f"{DEADLY} blast in Quetta.")
    ingest_documents(read_all([folder]), store, workers=2, make_tools=deadly_tools)
    again = ingest([folder], store)  # with tools that would not die
    assert (again.documents, len(again.duplicates), len(again.quarantined)) == (0, 59, 1)
    assert store.count_quarantine() == 1
    assert ingest([folder], store, retry=True).documents == 1


def test_changed_document_is_tried_again(store: Store, folder: Path) -> None:
    (folder / "030.txt").write_text(f"{DEADLY} blast in Quetta.")
    ingest_documents(read_all([folder]), store, workers=2, make_tools=deadly_tools)
    (folder / "030.txt").write_text("A blast in Quetta killed two people.")
    assert ingest([folder], store).documents == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_what_is_stored_and_goes_on(
    store: Store, folder: Path, tmp_path: Path, workers: int
) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(Interrupted) as stopped:
        ingest([folder], store, workers=workers, progress=stop)
    done = stopped.value.report.documents
    assert 0 < done == store.count_documents() < 60
    rest = ingest([folder], store, workers=workers)
    assert (rest.documents, len(rest.duplicates)) == (60 - done, done)
    assert contents(store) == uninterrupted(folder, tmp_path)


def test_document_that_the_store_refuses_does_not_stop_the_others(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geodata._rows.MAX_DOCUMENT_TEXT", 200)
    long = Document(document_id="long", text="Gunmen struck. " * 20, sha256="1", path="long.txt")
    report = ingest_documents([long, *read_all([folder])], store)
    assert (report.documents, [row.source for row in report.quarantined]) == (60, ["long.txt"])
    assert "it cannot be stored" in report.quarantined[0].reason


# Ctrl-C is for the command also where the tests run in the background, which ignores it.
LISTENING = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
COMMAND = [sys.executable, "-c", f"{LISTENING}from dashboard.cli import main\nmain()", "ingest"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals and named pipes of POSIX")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_signal_to_the_command(folder: Path, tmp_path: Path, sign: signal.Signals) -> None:
    pipe, project = tmp_path / "pipe", tmp_path / "atlas.gpkg"
    os.mkfifo(pipe)
    call = [*COMMAND, str(folder), str(pipe), "--store", str(project), "--workers", "2"]
    process = subprocess.Popen(
        call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    with process:
        with pipe.open("w"):  # opens when the command has read the folder and wants the pipe
            os.killpg(process.pid, sign)  # as a terminal sends it: to the workers too
        # The pipe is closed now: a signal between opening and reading it would be seen late.
        # Ends when nobody holds the command's streams any more: neither it nor a worker.
        out, complaint = process.communicate()
    assert (process.returncode, out) == (1, "")
    (line,) = complaint.splitlines()
    assert line.startswith("incidents: stopped: ")
    assert line.endswith(f"stored in {str(project)!r}; run the same command again to go on")
    with open_store(project) as store:
        ingest([folder], store)
        assert contents(store) == uninterrupted(folder, tmp_path)
