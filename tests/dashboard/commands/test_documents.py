"""`incidents documents`: what was read, and its bytes given back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.store import open_store
from ingest.pipeline import save
from ingest.readers import pasted, text
from ingest.readers._source import Source

Run = Callable[..., tuple[int, str, str]]
STORY = b"Gunmen killed two men in Kuld, police said.\r\n"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A project of two reports: one from a file, one stored before originals were kept."""
    path = tmp_path / "atlas.gpkg"
    (document,) = text.read(Source("raid.txt", data=STORY))
    with open_store(path, create=True) as store:
        save(store, document, [])
        with store.atomic():
            store.add_document(pasted("An older report."))
    return path


def id_of(run: Run, store: Path, path: str) -> str:
    rows = run("documents", "list", "--store", store, "--json")[1].splitlines()
    return next(str(row["id"]) for row in map(json.loads, rows) if row["path"] == path)


def test_list(run: Run, reports: Path) -> None:
    code, out, _ = run("documents", "list", "--store", reports)
    assert code == 0
    assert "raid.txt" in out
    assert len(out.splitlines()) == 2


def test_list_as_json(run: Run, reports: Path) -> None:
    _, out, _ = run("documents", "list", "--store", reports, "--json", "--limit", 1)
    assert json.loads(out)["id"].startswith("doc_")


def test_empty_project_says_what_to_do(run: Run, project: Path) -> None:
    assert "incidents ingest" in run("documents", "list", "--store", project)[1]


def test_original_comes_back_byte_for_byte(run: Run, reports: Path, tmp_path: Path) -> None:
    raid = id_of(run, reports, "raid.txt")
    arguments = ("documents", "original", raid, "--store", reports, "--out", tmp_path / "out.txt")
    assert run(*arguments)[0] == 0
    assert (tmp_path / "out.txt").read_bytes() == STORY
    code, _, error = run(*arguments)
    assert (code, "--force" in error) == (1, True)
    assert run(*arguments, "--force")[0] == 0


def test_the_project_itself_is_never_overwritten(run: Run, reports: Path) -> None:
    raid = id_of(run, reports, "raid.txt")
    arguments = ("documents", "original", raid, "--store", reports, "--out", reports, "--force")
    assert run(*arguments)[0] == 1


def test_without_an_original_it_says_so(run: Run, reports: Path, tmp_path: Path) -> None:
    old = id_of(run, reports, "pasted text")
    code, _, error = run("documents", "original", old, "--store", reports, "--out", tmp_path / "x")
    assert (code, "no original" in error) == (1, True)
    code, _, error = run("documents", "original", "doc_x", "--store", reports, "--out", "x")
    assert (code, "'doc_x'" in error) == (1, True)
