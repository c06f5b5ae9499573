"""Looking places up: by any spelling, by country, from many threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from geodata.gazetteer.lookup import Gazetteer


@pytest.mark.parametrize(
    ("spelling", "country", "name", "kind"),
    [
        ("Baluchistan", "PK", "Balochistan", "admin1"),
        ("Machh", "PK", "Mach", "settlement"),
        ("Qilla Saifullah", "PK", "Killa Saifullah", "admin2"),
        ("Noshki", "PK", "Nushki", "settlement"),
        ("D.I. Khan", "PK", "Dera Ismail Khan", "admin2"),
        ("Bolan", "PK", "Kachhi", "admin2"),
        ("NWFP", "PK", "Khyber Pakhtunkhwa", "admin1"),
        ("Qandahar", "AF", "Kandahar", "settlement"),
        ("Halab", "SY", "Aleppo", "settlement"),
        ("Anbar", "IQ", "Anbar", "admin1"),
        ("Kharkov", "UA", "Kharkiv", "settlement"),
        ("Donetsk Oblast", "UA", "Donetsk", "admin1"),
        ("Cucuta", "CO", "Cúcuta", "settlement"),
    ],
)
def test_other_spellings(
    gazetteer: Gazetteer, spelling: str, country: str, name: str, kind: str
) -> None:
    found = {(entry.name, entry.kind) for entry in gazetteer.lookup(spelling, country=country)}
    assert (name, kind) in found


@pytest.mark.parametrize(
    "name", ["Kolpur", "Spinwam", "Mir Ali", "Wadh", "Sui", "Razmak", "Torkham", "Tirah", "Makeen",
             "Shawal", "FATA"],
)  # fmt: skip
def test_places_that_the_sources_lack(gazetteer: Gazetteer, name: str) -> None:
    entries = gazetteer.lookup(name, country="PK")
    assert any(gazetteer.place(entry).source == "overlay" for entry in entries)
    assert all(entry.latitude is not None for entry in entries if entry.sources == ("overlay",))


def test_a_place_is_spelled_out(gazetteer: Gazetteer) -> None:
    place = gazetteer.place(gazetteer.lookup("Mach", country="PK")[0])
    assert (place.admin2, place.admin1, place.country_name) == ("Kachhi", "Balochistan", "Pakistan")
    assert place.place_id == "geonames:1171757"
    assert place.latitude == pytest.approx(29.86, abs=0.05)


def test_the_tribal_areas_belong_to_the_province_of_today(gazetteer: Gazetteer) -> None:
    (entry,) = gazetteer.lookup("FATA", country="PK")
    assert gazetteer.place(entry).admin1 == "Khyber Pakhtunkhwa"


@pytest.mark.parametrize(
    ("words", "code"),
    [("PK", "PK"), ("pak", "PK"), ("Pakistan", "PK"), ("Syria", "SY"), ("DR Congo", "CD"),
     ("Burma", "MM"), ("UK", "GB"), ("United States", "US"), ("Nowhere", None), ("", None)],
)  # fmt: skip
def test_countries(gazetteer: Gazetteer, words: str, code: str | None) -> None:
    assert gazetteer.country(words) == code


def test_a_division_says_how_its_point_was_got(gazetteer: Gazetteer) -> None:
    (mastung,) = [e for e in gazetteer.lookup("Mastung", country="PK") if e.kind == "admin2"]
    assert mastung.located == "seat"
    assert mastung.latitude == pytest.approx(29.80, abs=0.05)


def test_threads_share_a_gazetteer(gazetteer: Gazetteer) -> None:
    names = ["Quetta", "Mosul", "Bamako", "Kyiv"] * 20
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda name: Gazetteer.lookup(gazetteer, name)[0].name, names))
    assert found == names


def test_what_it_holds(gazetteer: Gazetteer) -> None:
    counts = gazetteer.counts()
    assert counts["settlement"] > 230_000
    assert counts["admin2"] > 40_000
    geonames, overlay = gazetteer.sources()
    assert "CC BY 4.0" in geonames.attribution
    assert overlay.places > 300
