"""Files of boundaries as their makers write them, and as they should not be."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
import shapely
from boundary_examples import SQUARES, frame, geojson, ocha_file, ocha_rows, square

from geodata._boundary_columns import Wanted
from geodata._boundary_countries import country_code
from geodata._boundary_files import Ask, BoundaryFile, open_boundaries
from geodata.errors import InputError


def read(path: Path, **ask) -> tuple[BoundaryFile, list]:
    file = open_boundaries(path, Ask(**ask))
    return file, list(file.areas())


def refusal(path: Path, **ask) -> str:
    with pytest.raises(InputError) as error:
        read(path, **ask)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_an_ocha_file_tells_everything(tmp_path: Path) -> None:
    file, areas = read(ocha_file(tmp_path))
    assert [area.name for area in areas] == list(SQUARES)
    ostrava = areas[1]
    assert (ostrava.admin2, ostrava.admin1, ostrava.country) == ("Ostrava", "Moravia", "CZ")
    assert (ostrava.code, ostrava.level) == ("CZ01", 2)
    assert ostrava.attributes["ADM0_EN"] == "Czech Republic"
    assert (file.layer.vintage, file.layer.source) == ("2022-09-09", "OCHA COD-AB")
    assert (file.layer.licence, file.mended, file.refused) == ("", [], [])


def test_options_outrank_what_the_file_says(tmp_path: Path) -> None:
    file, areas = read(
        ocha_file(tmp_path), title="T", source="S", licence="L", vintage="1999", country="pk"
    )
    layer = file.layer
    assert (layer.title, layer.source, layer.licence, layer.vintage) == ("T", "S", "L", "1999")
    assert {area.country for area in areas} == {"PK"}


@pytest.mark.parametrize(
    ("name", "driver"),
    [("a.gpkg", "GPKG"), ("a.shp", "ESRI Shapefile"), ("a.fgb", "FlatGeobuf")],
)
def test_every_format_gives_the_same(tmp_path: Path, name: str, driver: str) -> None:
    rows = [{key: row[key] for key in ("ADM2_EN", "ADM1_EN", "ADM0_PCODE")} for row in ocha_rows()]
    frame(rows).to_file(tmp_path / name, driver=driver)
    _, areas = read(tmp_path / name)
    found = {area.name: (area.admin1, area.country, area.shape.bounds) for area in areas}
    assert found == {
        name: (province, "CZ", (x, y, x + 1, y + 1)) for name, (x, y, province) in SQUARES.items()
    }


def test_a_zipped_shapefile(tmp_path: Path) -> None:
    frame().drop(columns="validOn").to_file(tmp_path / "a.shp")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as bundle:
        for part in tmp_path.glob("a.[!z]*"):
            bundle.write(part, part.name)
    assert len(read(tmp_path / "a.zip")[1]) == 4


def test_kml(tmp_path: Path) -> None:
    ring = " ".join(f"{x},{y},0" for x, y in square(17, 49).exterior.coords)
    (tmp_path / "cz_adm2.kml").write_text(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Zlin</name>'
        f"<Polygon><outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates></LinearRing>"
        "</outerBoundaryIs></Polygon></Placemark></Document></kml>"
    )
    (area,) = read(tmp_path / "cz_adm2.kml")[1]
    assert (area.name, area.admin2, area.country) == ("Zlin", "Zlin", "CZ")


def test_geoboundaries_brings_its_licence_in_a_file_beside(tmp_path: Path) -> None:
    path = geojson(
        tmp_path / "geoBoundaries-CZE-ADM2.geojson",
        [({"shapeName": "Zlin", "shapeGroup": "CZE", "shapeType": "ADM2"}, square(17, 49))],
    )
    told = {"boundarySource": "ČÚZK", "boundaryLicense": "CC BY 4.0",
            "boundaryYearRepresented": "2020"}  # fmt: skip
    (tmp_path / "geoBoundaries-CZE-ADM2-metaData.json").write_text(json.dumps(told))
    file, (area,) = read(path)
    assert (file.layer.source, file.layer.licence, file.layer.vintage) == (
        "ČÚZK",
        "CC BY 4.0",
        "2020",
    )
    assert area.country == "CZ", "CZE is learned from where the area lies"


def test_metres_are_brought_to_degrees(tmp_path: Path) -> None:
    frame().to_crs("EPSG:32633").to_file(tmp_path / "a.gpkg")
    file, areas = read(tmp_path / "a.gpkg")
    assert "32633" in file.crs
    assert areas[0].shape.bounds == pytest.approx((17, 49, 18, 50), abs=1e-6)


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_an_unknown_reference_system_is_asked_for_degrees_or_not(tmp_path: Path) -> None:
    frame(crs=None).drop(columns="validOn").to_file(tmp_path / "a.shp")
    assert "--crs EPSG:4326" in refusal(tmp_path / "a.shp")
    assert len(read(tmp_path / "a.shp", crs="EPSG:4326")[1]) == 4
    assert "no coordinate reference system 'x'" in refusal(tmp_path / "a.shp", crs="x")


def test_geojson_is_wgs84_by_its_standard(tmp_path: Path) -> None:
    assert read(ocha_file(tmp_path))[0].crs == "EPSG:4326"


def test_a_reference_system_against_the_file_is_an_error_naming_both(tmp_path: Path) -> None:
    words = refusal(ocha_file(tmp_path), crs="EPSG:32633")
    assert "'EPSG:4326'" in words
    assert "'EPSG:32633'" in words
    assert len(read(tmp_path / "cze_adm2.geojson", crs="OGC:CRS84")[1]) == 4


def test_no_row_is_lost_in_silence(tmp_path: Path) -> None:
    row = ocha_rows()[0]
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    path = geojson(
        tmp_path / "a.geojson",
        [
            (row, square(17, 49)),
            (row, None),
            (row, shapely.Point(1, 2)),
            (row, {"type": "Polygon", "coordinates": []}),
            (row | {"ADM2_EN": None}, square(18, 49)),
            (row, bow),
            (row, shapely.MultiPolygon([square(1, 1), square(5, 5)])),
        ],
    )
    file, areas = read(path)
    assert (file.rows, len(areas)) == (7, 3)
    assert [(row.row, row.reason) for row in file.refused] == [
        (2, "boundaries: the row has no shape"),
        (3, "boundaries: the shape is a Point, not a polygon"),
        (4, "boundaries: the shape is empty or cannot be read"),
        (5, "boundaries: the row has no name"),
    ]
    assert [number for number, _ in file.mended] == [6]


def test_a_file_of_several_layers_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    frame().to_file(path, layer="adm2")
    frame().to_file(path, layer="adm2_old")
    assert "give --layer NAME, one of 'adm2', 'adm2_old'" in refusal(path)
    assert "no layer 'x' (--layer)" in refusal(path, layer="x")
    assert read(path, layer="adm2_old")[0].source_layer == "adm2_old"


def test_points_beside_the_polygons_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    frame().to_file(path, layer="adm2")
    points = frame()
    points.set_geometry(points.representative_point()).to_file(path, layer="capitals")
    assert read(path)[0].source_layer == "adm2"


def test_points_alone_are_refused(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [(ocha_rows()[0], shapely.Point(1, 2))])
    assert "no layer of polygons" in refusal(path)


@pytest.mark.parametrize("data", [b"", b"{", b"words", b"PK\x03\x04", b'{"type":"Feature'])
def test_a_file_that_is_none_is_one_line(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.geojson"
    path.write_bytes(data)
    assert repr(str(path)) in refusal(path)


def test_no_other_file_and_no_host_is_asked(tmp_path: Path) -> None:
    assert "no file" in refusal(Path("/vsicurl/http://localhost/a.geojson"))
    assert "no file" in refusal(Path("https://localhost/a.geojson"))
    virtual = tmp_path / "a.geojson"
    virtual.write_text(
        "<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/etc/passwd"
        "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )
    assert "only points to other files" in refusal(virtual)


def test_hostile_and_endless_text_is_only_text(tmp_path: Path) -> None:
    hostile = "'; DROP TABLE incidents; -- \x1b[31m <script>"
    row = ocha_rows()[0] | {"ADM2_EN": hostile, "more": "x" * 200_000}
    row |= {f"c{number}": "y" * 400 for number in range(100)}
    (area,) = read(geojson(tmp_path / "a.geojson", [(row, square(17, 49))]))[1]
    assert area.name == hostile
    assert len(json.dumps(dict(area.attributes))) < 25_000
    assert area.attributes["…"] == "the other columns are too long to keep"


def test_values_that_json_has_not_are_kept_as_it_can(tmp_path: Path) -> None:
    data = frame().assign(share=float("nan"), when="2022-01-02", flag=True, n=7)
    data.to_file(tmp_path / "a.gpkg")
    attributes = read(tmp_path / "a.gpkg")[1][0].attributes
    assert (attributes["share"], attributes["n"], attributes["flag"]) == (None, 7, True)


def test_a_country_that_is_none_is_asked_for_again(tmp_path: Path) -> None:
    assert "--country 'Atlantis' is no country" in refusal(ocha_file(tmp_path), country="Atlantis")


@pytest.mark.parametrize(
    ("text", "code"),
    [("PK", "PK"), ("PK101", "PK"), ("PK.BA.KE", "PK"), ("Pakistan", "PK"), ("PAK", ""),
     ("US Virgin Islands", ""), ("XX", ""), ("", ""), ("Czech Republic", "CZ")],
)  # fmt: skip
def test_codes_and_names_of_countries(text: str, code: str) -> None:
    assert country_code(text) == code


def test_a_level_by_hand(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [({"wer": "Zlin", "wo": "M"}, square(17, 49))])
    wanted = Wanted(level=3, name="wer", parent="wo")
    (area,) = read(path, columns=wanted)[1]
    assert (area.name, area.admin2, area.admin1, area.level) == ("Zlin", "M", None, 3)


@pytest.mark.shared
def test_the_districts_of_pakistan(shared_data: Path) -> None:
    file, areas = read(shared_data / "pak_adm2.geojson")
    assert (len(areas), file.refused, len(file.mended)) == (160, [], 1)
    assert {area.country for area in areas} == {"PK"}
    assert sum(area.area_km2 for area in areas) == pytest.approx(880_000, rel=0.02)
    assert file.layer.vintage == "2022-09-09"
