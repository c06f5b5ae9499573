"""A gazetteer is added beside the embedded one, and read as one with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.errors import InputError
from geodata.gazetteer import default_path
from geodata.gazetteer.add import add_gazetteer
from geodata.gazetteer.installed import FOLDER_VARIABLE, added_paths, remove_added
from geodata.gazetteer.lookup import Gazetteer
from tests.conftest import absent
from tests.geodata.gazetteer._examples import VALLEY, dump_row, write_dump


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not default_path().is_file():
        absent("the gazetteer is not built: run 'incidents gazetteer build'")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "added"))


def test_its_places_are_found_with_their_divisions(tmp_path: Path) -> None:
    added = add_gazetteer(write_dump(tmp_path, *VALLEY))
    gazetteer = Gazetteer.open()
    (tolpur,) = gazetteer.lookup("Tolpur")
    place = gazetteer.place(tolpur)
    assert (place.admin2, place.admin1, place.country) == ("Pine", "North Valley", "AD")
    assert place.place_id == "ad:9100000003"
    assert (added.name, added.places, added.importer) == ("ad", 5, "geonames")


def test_a_town_without_a_district_gets_that_of_its_neighbours(tmp_path: Path) -> None:
    add_gazetteer(write_dump(tmp_path, *VALLEY))
    gazetteer = Gazetteer.open()
    assert gazetteer.place(gazetteer.lookup("Belgan")[0]).admin2 == "Pine"
    assert gazetteer.place(gazetteer.lookup("Farwadh")[0]).admin2 is None


def test_a_geonames_id_is_the_same_place_everywhere(tmp_path: Path) -> None:
    known = Gazetteer.open().lookup("Encamp", country="AD")[0]
    row = dump_row(known.id, "Encamp", 42.53, 1.58, alternates="Encampadana")
    add_gazetteer(write_dump(tmp_path, row))
    (found,) = Gazetteer.open().lookup("Encampadana")
    assert found.id == known.id
    gazetteer = Gazetteer.open()
    same = [entry for entry in gazetteer.lookup("Encamp", country="AD") if entry.id == known.id]
    assert [entry.sources for entry in same] == [("geonames", "ad")]


def test_a_foreign_town_of_the_same_name_nearby_is_joined(tmp_path: Path) -> None:
    known = next(e for e in Gazetteer.open().lookup("Encamp", country="AD") if e.fclass == "P")
    assert known.latitude is not None
    assert known.longitude is not None
    near = dump_row(9100000009, "Encamp", known.latitude + 0.01, known.longitude)
    far = dump_row(9100000010, "Encamp", known.latitude - 0.1, known.longitude)
    added = add_gazetteer(write_dump(tmp_path, near, far))
    assert added.joined == 1
    towns = [e for e in Gazetteer.open().lookup("Encamp", country="AD") if e.fclass == "P"]
    assert {entry.sources for entry in towns} >= {("geonames", "ad"), ("ad",)}


def test_the_same_name_replaces_and_another_lives_beside(tmp_path: Path) -> None:
    path = write_dump(tmp_path, *VALLEY)
    add_gazetteer(path)
    add_gazetteer(path)
    add_gazetteer(path, name="twice")
    assert [file.stem for file in added_paths()] == ["ad", "twice"]
    remove_added("twice")
    assert [file.stem for file in added_paths()] == ["ad"]
    assert len(Gazetteer.open().lookup("Tolpur")) == 1


def test_removing_what_is_not_there_lists_what_is(tmp_path: Path) -> None:
    add_gazetteer(write_dump(tmp_path, *VALLEY))
    with pytest.raises(InputError, match="'nowhere' was added; known: 'ad'"):
        remove_added("nowhere")


@pytest.mark.parametrize("name", ["../evil", "", "a/b", "x" * 61, "geonames"])
def test_names_that_are_no_file_names_are_refused(tmp_path: Path, name: str) -> None:
    path = write_dump(tmp_path, *VALLEY, name="AD.txt")
    if name:
        with pytest.raises(InputError, match="gazetteer name"):
            add_gazetteer(path, name=name)
    else:
        assert add_gazetteer(path, name=name).name == "ad"


def test_broken_rows_are_counted_and_the_rest_kept(tmp_path: Path) -> None:
    rows = (*VALLEY, "not a row", dump_row(5, "Nowhere", 95.0, 1.0), dump_row(6, "Null", 0, 0))
    added = add_gazetteer(write_dump(tmp_path, *rows))
    assert added.places == 5
    assert added.left_out == {
        "not a row of a GeoNames dump": 1,
        "coordinates that lie on no map": 2,
    }


def test_nothing_readable_leaves_no_file(tmp_path: Path) -> None:
    path = write_dump(tmp_path, dump_row(5, "Nowhere", 95.0, 1.0))
    with pytest.raises(InputError, match="no place could be read"):
        add_gazetteer(path)
    assert added_paths() == []


def test_an_interrupted_import_leaves_nothing(tmp_path: Path) -> None:
    def stop(words: str, _share: float) -> None:
        if words == "names":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_gazetteer(write_dump(tmp_path, *VALLEY), progress=stop)
    assert list((tmp_path / "added").iterdir()) == []


def test_control_characters_do_not_get_into_a_name(tmp_path: Path) -> None:
    add_gazetteer(write_dump(tmp_path, dump_row(9100000011, "Tol\x1b[31mpur\x07", 42.6, 1.5)))
    (entry,) = Gazetteer.open().lookup("Tol 31mpur")
    assert entry.name.isprintable()
