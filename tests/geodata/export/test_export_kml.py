"""KML: escaped, typed, styled, with every incident."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pyogrio
import pytest
from examples import RAID, located

from geodata.export import export, kml
from geodata.export._cells import Tally
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore
from geodata.incident import FIELDS, Incident
from geodata.precision import DatePrecision, LocationPrecision
from geodata.taxonomy import EVENT_TYPES

KML = "{http://www.opengis.net/kml/2.2}"


def tree(store: GeoPackageStore, tmp_path: Path) -> ET.Element:
    export(store, Filter(), tmp_path / "out.kml", "kml", force=True)
    return ET.parse(tmp_path / "out.kml").getroot()


def add(store: GeoPackageStore, *incidents: Incident) -> None:
    with store.atomic():
        store.add_incidents(incidents)


def test_every_incident_is_a_placemark_with_typed_fields(
    filled: GeoPackageStore, tmp_path: Path
) -> None:
    root = tree(filled, tmp_path)
    assert [f.get("name") for f in root.iter(f"{KML}SimpleField")] == list(FIELDS)
    assert len(list(root.iter(f"{KML}Placemark"))) == 3
    assert len(list(root.iter(f"{KML}Point"))) == 2


@pytest.mark.parametrize("event_type", [*EVENT_TYPES, None])
def test_every_event_type_has_its_two_styles(
    store: GeoPackageStore, tmp_path: Path, event_type: str | None
) -> None:
    styles = {style.get("id") for style in tree(store, tmp_path).iter(f"{KML}Style")}
    assert {kml.style_id(event_type, kind) for kind in ("place", "area")} <= styles
    assert len(styles) == 14


def test_an_area_is_never_drawn_as_an_exact_place() -> None:
    area = located("x", 1, 1, location_precision=LocationPrecision.DISTRICT)
    assert "#other-area<" in kml.placemark(area, Tally())
    assert "#battles-place<" in kml.placemark(RAID, Tally())


def test_what_is_known_only_to_a_country_starts_hidden() -> None:
    country = located("x", 1, 1, location_precision=LocationPrecision.COUNTRY)
    assert "<visibility>0</visibility>" in kml.placemark(country, Tally())
    assert "visibility" not in kml.placemark(RAID, Tally())


def test_text_is_escaped_for_xml_and_in_the_balloon_for_html(
    store: GeoPackageStore, tmp_path: Path
) -> None:
    add(store, Incident(incident_id="x", place="]]>&<b>", notes="<script>alert(1)</script>"))
    (mark,) = tree(store, tmp_path).iter(f"{KML}Placemark")
    assert "<script" not in (mark.findtext(f"{KML}description") or "")
    assert "&lt;script&gt;" in (mark.findtext(f"{KML}description") or "")
    assert mark.findtext(f"{KML}name") == "]]>&<b>"


def test_control_characters_are_taken_out_and_counted(
    store: GeoPackageStore, tmp_path: Path
) -> None:
    add(store, Incident(incident_id="x", notes="a\x01\x1b[31mb\r\nc\ufffe"))
    report = export(store, Filter(), tmp_path / "out.kml", "kml")
    assert report.cut == 1
    assert pyogrio.read_dataframe(tmp_path / "out.kml")["notes"][0] == "a[31mb\r\nc"


def test_incidents_without_coordinates_are_named(
    store: GeoPackageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kml, "MOST_NAMED", 2)
    add(store, *(Incident(incident_id=f"i{n}", place="<Town>") for n in range(5)))
    said = tree(store, tmp_path).findtext(f"{KML}Document/{KML}description") or ""
    assert "5 incidents without coordinates:" in said
    assert "&lt;Town&gt;" in said
    assert "and 3 more" in said


def test_time_is_a_day_or_a_span() -> None:
    assert "<TimeStamp><when>2020-05-01</when></TimeStamp>" in kml.placemark(RAID, Tally())
    week = Incident(
        incident_id="x",
        event_date=date(2020, 5, 4),
        event_date_end=date(2020, 5, 10),
        date_precision=DatePrecision.WEEK,
    )
    span = "<TimeSpan><begin>2020-05-04</begin><end>2020-05-10</end></TimeSpan>"
    assert span in kml.placemark(week, Tally())


def test_no_address_of_another_host_is_in_it(filled: GeoPackageStore, tmp_path: Path) -> None:
    export(filled, Filter(), tmp_path / "out.kml", "kml")
    assert "href" not in (tmp_path / "out.kml").read_text()
