"""incidents boundaries"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geodata.filters import Filter
from geodata.incident import Incident
from geodata.precision import LocationPrecision
from geodata.store import open_store
from tests.geodata.boundary_examples import geojson, ocha_file, ocha_rows, square


@pytest.fixture
def districts(tmp_path: Path) -> Path:
    return ocha_file(tmp_path)


@pytest.fixture
def mapped(project: Path, districts: Path, run) -> Path:
    """The project with the districts, and an incident that names the wrong one."""
    with open_store(project) as store, store.atomic():
        wrong = Incident(
            incident_id="wrong",
            admin2="Karvina",
            country="Czechia",
            latitude=49.2,
            longitude=17.3,
            location_precision=LocationPrecision.SETTLEMENT,
        )
        store.add_incidents([wrong])
        store.update_incident("raid", {"country": None}, who="Ana")
    assert run("boundaries", "add", districts, "--store", project, "--vintage", "2022")[0] == 0
    return project


def test_add_says_what_was_understood(project, districts, run) -> None:
    code, out, err = run("boundaries", "add", districts, "--store", project, "--licence", "CC0")
    assert (code, err) == (0, "")
    assert "Added 'cze_adm2': 4 areas, districts of CZ, from 4 rows" in out
    assert "name from ADM2_EN" in out
    assert "source: OCHA COD-AB; licence: CC0; vintage: 2022-09-09" in out
    assert run("check", project)[0] == 0


def test_add_as_json_tells_every_row(project, tmp_path, run) -> None:
    rows = [(ocha_rows()[0], square(17, 49)), (ocha_rows()[1], None)]
    path = geojson(tmp_path / "a.geojson", rows)
    code, out, _ = run("boundaries", "add", path, "--store", project, "--json")
    value = json.loads(out)
    assert (code, value["areas"], value["rows"], value["layer"]) == (0, 1, 2, "boundaries_a")
    assert value["refused"] == [{"row": 2, "reason": "boundaries: the row has no shape"}]
    with open_store(project, read_only=True) as store:
        assert [(row.source, row.row) for row in store.quarantine()] == [("a.geojson", 2)]


def test_the_same_file_twice_is_refused(mapped, districts, run) -> None:
    code, _, err = run("boundaries", "add", districts, "--store", mapped)
    assert code == 1
    assert "is in the project already, as 'cze_adm2'" in err


def test_a_file_without_any_area_leaves_the_project_as_it_was(project, tmp_path, run) -> None:
    path = geojson(tmp_path / "a.geojson", [(ocha_rows()[0] | {"ADM2_EN": ""}, square(17, 49))])
    code, _, err = run("boundaries", "add", path, "--store", project)
    assert (code, err.count("\n")) == (1, 1)
    assert "no polygon that can be kept: boundaries: the row has no name" in err
    with open_store(project, read_only=True) as store:
        assert (store.boundaries(), store.count_quarantine(), store.check()) == ([], 0, [])


def test_the_project_is_no_file_of_boundaries(mapped, run) -> None:
    code, _, err = run("boundaries", "add", mapped, "--store", mapped)
    assert code == 1
    assert "is the project itself" in err


@pytest.mark.parametrize("task", ["check", "assign"])
def test_without_boundaries_it_says_how_to_get_some(project, run, task: str) -> None:
    code, out, err = run("boundaries", task, "--store", project)
    assert (code, out) == (1, "")
    assert "incidents boundaries add FILE" in err


def test_list(mapped, run) -> None:
    assert run("boundaries", "list", "--store", mapped)[1].startswith("cze_adm2: 4 areas")
    (layer,) = json.loads(run("boundaries", "list", "--store", mapped, "--json")[1])
    assert (layer["vintage"], layer["source"], layer["country"]) == ("2022", "OCHA COD-AB", "CZ")
    assert layer["columns"]["code"] == "ADM2_PCODE"


def test_list_of_nothing_says_how_to_begin(project, run) -> None:
    assert "boundaries add FILE" in run("boundaries", "list", "--store", project)[1]
    assert run("boundaries", "list", "--store", project, "--json")[1] == "[]\n"


def test_check_names_what_is_named_where_it_lies_and_how_far(mapped, run) -> None:
    code, out, _ = run("boundaries", "check", "--store", mapped)
    assert code == 0
    line = out.splitlines()[0]
    assert line.startswith("wrong: names district 'Karvina', but 49.2000, 17.3000 (settlement)")
    assert "lies in Zlin, Moravia; 102.6 km from Karvina [cze_adm2, 2022]" in line
    assert "3 incidents: " in out.splitlines()[-1]


def test_check_as_json(mapped, run) -> None:
    value = json.loads(run("boundaries", "check", "--store", mapped, "--json")[1])
    (one,) = value["disagreements"]
    assert (one["incident_id"], one["named"], one["lies_in"]) == ("wrong", "Karvina", "Zlin")
    assert sum(value["layers"][0]["ends"].values()) == value["layers"][0]["asked"] == 3
    value = json.loads(run("boundaries", "check", "--store", mapped, "--json",
                           "--tolerance", "150")[1])  # fmt: skip
    assert value["disagreements"] == []


def test_assign_fills_in_with_its_name_in_the_history(mapped, run) -> None:
    assert "Would fill in 1 provinces, 1 districts" in run(
        "boundaries", "assign", "--store", mapped, "--dry-run")[1]  # fmt: skip
    with open_store(mapped, read_only=True) as store:
        assert store.incident("raid").admin2 is None
    assert "Filled in 1 provinces, 1 districts" in run("boundaries", "assign", "--store", mapped)[1]
    with open_store(mapped, read_only=True) as store:
        raid = store.incident("raid")
        assert (raid.admin2, raid.admin1) == ("Ostrava", "Moravia")
        changes = [change for change in store.changes("raid") if change.field == "admin2"]
        assert [(c.before, c.after, c.who) for c in changes] == [
            (None, "Ostrava", "boundaries cze_adm2")
        ]
        assert changes[0].why == "the point lies in Ostrava, Moravia (cze_adm2, 2022)"
        assert store.incident("wrong").admin1 is None, "it disagrees with its own point"
    assert "Filled in 0 provinces" in run("boundaries", "assign", "--store", mapped)[1]


def test_what_an_analyst_has_emptied_stays_empty(mapped, run) -> None:
    run("boundaries", "assign", "--store", mapped)
    with open_store(mapped) as store, store.atomic():
        store.update_incident("raid", {"admin2": None}, who="Ana")
    out = run("boundaries", "assign", "--store", mapped)[1]
    assert "1 emptied by an edit" in out
    with open_store(mapped, read_only=True) as store:
        assert store.incident("raid").admin2 is None
        assert store.count(Filter()) == 3


def test_provinces_of_a_second_layer_complete_the_first(project, tmp_path, run) -> None:
    """A layer of districts without provinces, and one of provinces: both tell their part."""
    two = geojson(tmp_path / "x_adm2.geojson", [({"name": "Ostrava"}, square(18, 49))])
    one = geojson(tmp_path / "x_adm1.geojson", [({"name": "Moravia"}, square(17, 48, 3))])
    with open_store(project) as store, store.atomic():
        store.update_incident("raid", {"country": None}, who="Ana")
    for path in (one, two):
        assert run("boundaries", "add", path, "--store", project)[0] == 0
    dry = json.loads(run("boundaries", "assign", "--store", project, "--dry-run", "--json")[1])
    run("boundaries", "assign", "--store", project)
    with open_store(project, read_only=True) as store:
        raid = store.incident("raid")
        assert (raid.admin2, raid.admin1) == ("Ostrava", "Moravia")
    assert [fill["values"] for fill in dry["filled"]] == [
        {"admin2": "Ostrava"},
        {"admin1": "Moravia"},
    ]


def test_remove_leaves_a_copy_that_brings_it_back(mapped, run) -> None:
    with open_store(mapped, read_only=True) as store:
        before, shapes = store.boundaries()[0], store.boundary_shapes("cze_adm2")
    code, out, _ = run("boundaries", "remove", "boundaries_cze_adm2", "--store", mapped)
    assert code == 0
    (copy,) = mapped.parent.glob("atlas.removed-cze_adm2-*.gpkg")
    assert str(copy) in out
    assert run("boundaries", "add", copy, "--store", mapped)[0] == 0
    with open_store(mapped, read_only=True) as store:
        (after,) = store.boundaries()
        assert (after.source, after.vintage, after.level, after.country) == (
            before.source, before.vintage, before.level, before.country)  # fmt: skip
        assert store.boundary_shapes(after.name) == shapes


def test_removing_what_is_not_there_is_one_line_and_no_copy(mapped, run) -> None:
    code, _, err = run("boundaries", "remove", "xx", "--store", mapped)
    assert (code, err) == (1, "incidents: no boundaries 'xx' in the project; there are cze_adm2\n")
    assert list(mapped.parent.glob("*removed*")) == []


def test_text_of_a_file_cannot_drive_the_terminal(project, tmp_path, run) -> None:
    row = ocha_rows()[0] | {"ADM2_EN": "\x1b[31mZ\n"}
    path = geojson(tmp_path / "a.geojson", [(row, square(18, 49))])
    out = run("boundaries", "add", path, "--store", project, "--title", "\x1b[2J")[1]
    out += run("boundaries", "list", "--store", project)[1]
    out += run("boundaries", "assign", "--store", project, "--dry-run")[1]
    assert "\x1b" not in out


def test_a_project_that_is_not_there_is_made_for_boundaries_alone(tmp_path, districts, run) -> None:
    new = tmp_path / "new.gpkg"
    broken = tmp_path / "broken.geojson"
    broken.write_text("{")
    assert run("boundaries", "add", broken, "--store", new)[0] == 1
    assert not list(tmp_path.glob("new.gpkg*"))
    assert run("boundaries", "add", districts, "--store", new)[0] == 0
    assert "4 areas" in run("boundaries", "list", "--store", new)[1]
