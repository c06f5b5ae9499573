"""GDELT tables: known by their shape, countries by FIPS, rows as reports."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.presets import recognised
from ingest.presets.gdelt import CURRENT, FIRST, LAYOUTS, PRESET, cameo
from tests.ingest.presets.preset_tables import GDELT_ROW, batch, info, one, question, read, reason


def test_a_row_is_read_as_a_report() -> None:
    row = one("gdelt")
    assert PRESET.reports
    assert (row["event_date"], row["date_precision"]) == (date(2023, 1, 31), "day")
    assert (row["event_type"], row["sub_event_type"]) == ("Battles", "Armed clash")
    assert (row["actor1"], row["actor2"], row["perpetrator"]) == ("REBEL", "POLICE", None)
    assert (row["place"], row["admin1"], row["country"]) == ("Quetta", "Balochistan", "Pakistan")
    assert (row["latitude"], row["location_precision"]) == (30.1834, "settlement")
    assert row["notes"] == "https://example.org/story"
    assert list(read("gdelt", {}).versions) == [20230201101500]


@pytest.mark.parametrize(("count", "version"), [(61, "2.0"), (58, "1.0"), (57, "1.0")])
def test_tables_without_header_are_known_by_shape(count: int, version: str) -> None:
    columns = [f"column {at}" for at in range(1, count + 1)]
    row = [GDELT_ROW[name] for name in LAYOUTS[count]]
    about, cells = info(columns, header_line=0), batch([row, row], columns, first=1)
    found = recognised(about, cells)
    assert found is not None
    preset, match = found
    assert match.words == f"GDELT {version}, {count} columns without a header row"
    assert match.columns == LAYOUTS[count]
    fields = preset.reader(about, cells).read(cells).fields.to_pylist()[0]
    assert fields == one("gdelt") | ({"notes": None} if count == 57 else {})


def test_other_tables_of_61_columns_are_not() -> None:
    columns = [f"column {at}" for at in range(1, 62)]
    assert recognised(info(columns, 0), batch([["x"] * 61], columns)) is None
    assert recognised(info(columns, 0), batch([], columns)) is None
    assert (len(CURRENT), len(FIRST)) == (61, 58)


@pytest.mark.parametrize(
    ("fips", "country"),
    [("AU", "Austria"), ("AS", "Australia"), ("NI", "Nigeria"), ("NG", "Niger"), ("IZ", "Iraq"),
     ("RS", "Russia"), ("CH", "China"), ("SU", "Sudan"), ("OD", "South Sudan"), ("GZ",
     "Palestinian Territory")],
)  # fmt: skip
def test_countries_are_by_fips_not_by_iso(fips: str, country: str) -> None:
    assert one("gdelt", actiongeo_countrycode=fips)["country"] == country


def test_an_unknown_country_is_asked_about() -> None:
    assert "codebook" in question("gdelt", actiongeo_countrycode="QQ")


@pytest.mark.parametrize(
    ("kind", "name", "place", "admin1", "word"),
    [("1", "Pakistan", None, None, "country"), ("2", "Texas, United States", None, "Texas",
     "province"), ("5", "Balochistan, Pakistan", None, "Balochistan", "province"),
     ("4", "Quetta, Pakistan", "Quetta", None, "settlement"), ("0", "", None, None, None)],
)  # fmt: skip
def test_the_name_of_a_place_is_taken_apart_by_its_type(
    kind: str, name: str, place: str | None, admin1: str | None, word: str | None
) -> None:
    row = one("gdelt", actiongeo_type=kind, actiongeo_fullname=name)
    assert (row["place"], row["admin1"], row["location_precision"]) == (place, admin1, word)


def test_the_longest_cameo_code_counts() -> None:
    assert one("gdelt", eventcode="1831")["sub_event_type"] == "Suicide bomb"
    assert one("gdelt", eventcode="042")["event_type"] is None
    assert cameo("042") is not None
    assert "CAMEO" in question("gdelt", eventcode="77")


def test_rows_without_key_or_date_are_faults() -> None:
    assert reason("gdelt", globaleventid="")[0] == "globaleventid"
    assert reason("gdelt", sqldate="")[0] == "sqldate"
