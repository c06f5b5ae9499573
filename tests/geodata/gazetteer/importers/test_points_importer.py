"""Tables and layers of named points."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import Point

from geodata.errors import InputError
from geodata.gazetteer._writer import Row
from geodata.gazetteer.importers import ImportOptions, importer_for
from geodata.gazetteer.importers._base import Reading
from geodata.gazetteer.importers.points import PointsImporter


def read(path: Path, options: ImportOptions | None = None) -> tuple[list[Row], Reading]:
    reading = PointsImporter().read(path, options or ImportOptions(), count(-1, -1))
    return list(reading.places), reading


def write(folder: Path, text: str, name: str = "points.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_are_known_by_the_names_that_publishers_give(tmp_path: Path) -> None:
    path = write(tmp_path, "ADM1_EN;Settlement;POINT_Y;POINT_X;Pop\nVall;Tolpur;42,5;1,5;900\n")
    (row,), _ = read(path)
    assert (row.name, row.latitude, row.longitude) == ("Tolpur", 42.5, 1.5)
    assert (row.admin1_name, row.population) == ("Vall", 900)


def test_a_mapping_says_what_the_header_does_not(tmp_path: Path) -> None:
    path = write(tmp_path, "w,b,l\nTolpur,42.5,1.5\n")
    options = ImportOptions(mapping={"name": "w", "latitude": "b", "longitude": "l"})
    (row,), _ = read(path, options)
    assert row.name == "Tolpur"


def test_a_missing_column_is_asked_for_with_an_example(tmp_path: Path) -> None:
    path = write(tmp_path, "w,lat,lon\nTolpur,42.5,1.5\n")
    with pytest.raises(InputError, match=r"which column is the name\?.*--map name='w'"):
        read(path)


@pytest.mark.parametrize(
    ("mapping", "words"),
    [({"name": "nowhere"}, "no column 'nowhere'"), ({"wings": "w"}, "field 'wings' is none of")],
)
def test_a_wrong_mapping_is_named(tmp_path: Path, mapping: dict[str, str], words: str) -> None:
    path = write(tmp_path, "w,lat,lon\nTolpur,42.5,1.5\n")
    with pytest.raises(InputError, match=words):
        read(path, ImportOptions(mapping=mapping))


def test_rows_without_name_or_point_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path, "name,lat,lon\nTolpur,42.5,1.5\n,42,1\nNull,0,0\nWord,north,east\n")
    rows, reading = read(path)
    assert [row.name for row in rows] == ["Tolpur"]
    assert reading.left_out == {"no name": 1, "coordinates that lie on no map": 2}


def test_a_layer_in_another_system_is_brought_to_wgs84(tmp_path: Path) -> None:
    path = tmp_path / "places.gpkg"
    frame = gpd.GeoDataFrame({"name": ["Tolpur"]}, geometry=[Point(1.5, 42.5)], crs="EPSG:4326")
    frame.to_crs("EPSG:32631").to_file(path, driver="GPKG")
    assert importer_for(path).name == "points"
    (row,), _ = read(path)
    assert row.latitude == pytest.approx(42.5)
    assert row.longitude == pytest.approx(1.5)


def test_a_layer_without_a_system_is_a_question(tmp_path: Path) -> None:
    path = tmp_path / "places.shp"
    frame = gpd.GeoDataFrame({"name": ["Tolpur"]}, geometry=[Point(1.5, 42.5)], crs="EPSG:4326")
    frame.to_file(path)
    path.with_suffix(".prj").unlink()
    with pytest.raises(InputError, match="give --crs"):
        read(path)
    (row,), _ = read(path, ImportOptions(crs="EPSG:4326"))
    assert row.name == "Tolpur"


def test_features_and_aliases_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, "name,lat,lon,type,aliases\nPine,42.5,1.5,valley,Pi|Pin\n")
    (row,), _ = read(path)
    assert (row.feature_class, row.feature_code) == ("T", "VAL")
    assert row.aliases == ("Pi", "Pin")


def test_what_is_no_layer_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a layer that can be read"):
        read(write(tmp_path, "hello", "places.gpkg"))


@pytest.mark.parametrize("text", ["", "\n", ",,\n"])
def test_an_empty_table_says_so(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="an empty table"):
        read(write(tmp_path, text))


def test_a_message_lists_a_few_columns_quoted(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(write(tmp_path, ",".join(f"\x1b[31mcolumn {n} {'x' * 300}" for n in range(40)) + "\n"))
    assert "and 20 more" in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 2_000
