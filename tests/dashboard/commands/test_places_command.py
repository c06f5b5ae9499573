"""incidents places"""

from __future__ import annotations

import json

import pytest

from geodata.store import open_store


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "atlas.gpkg"
    open_store(path, create=True).close()
    return path


def test_a_place_is_added_listed_forgotten_and_brought_back(run, project) -> None:
    store = ("--store", project, "--json")
    code, out, _ = run("places", "add", "Old Bridge", "--at", "30,67", "--who", "Ann", *store)
    kept = json.loads(out)
    assert (code, kept["latitude"], kept["who"]) == (0, 30.0, "Ann")
    assert json.loads(run("places", "list", *store)[1])["memory_id"] == kept["memory_id"]
    run("places", "forget", kept["memory_id"], *store)
    assert run("places", "list", *store)[1] == ""
    run("places", "forget", kept["memory_id"], "--undo", *store)
    assert json.loads(run("places", "list", *store)[1])["alias"] == "Old Bridge"


def test_a_point_that_is_none_is_refused(run, project) -> None:
    code, _, err = run("places", "add", "Old Bridge", "--at", "north", "--store", project)
    assert code == 2
    assert "'north'" in err
