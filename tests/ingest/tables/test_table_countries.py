"""The country of rows that name none: by the table's name, their point, their province."""

from __future__ import annotations

from pathlib import Path

from geodata.filters import Filter
from geodata.incident import Incident
from geodata.store import Store
from ingest.pipeline import Tools
from ingest.tables.importing import import_table


def imported(store: Store, tools: Tools, folder: Path, text: str, name: str) -> list[Incident]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    import_table(store, path, tools)
    return list(store.each(Filter(), order="event_date"))


def test_a_point_tells_the_country_and_a_tag_says_so(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    text = (
        "Date,City,Latitude,Longitude,Killed\n"
        "2020-01-02,Quetta,30.19,67.01,1\n2020-01-03,Kano,12,8.52,2\n2020-01-04,At sea,-30,-20,0\n"
    )
    rows = imported(store, tools, tmp_path, text, "log.csv")
    assert [row.country for row in rows] == ["Pakistan", "Nigeria", None]
    assert [row.tags for row in rows] == [("country by point",)] * 2 + [()]


def test_a_point_at_the_border_lies_where_nearly_all_others_do(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    inland = "".join(f"2020-01-0{day},Quetta,30.19,67.01,1\n" for day in range(1, 9))
    text = f"Date,City,Latitude,Longitude,Killed\n{inland}2020-01-09,Chaman,30.92,66.45,2\n"
    rows = imported(store, tools, tmp_path, text, "log.csv")
    assert {row.country for row in rows} == {"Pakistan"}


def test_without_a_point_the_province_tells_the_country(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    text = "Date,City,Province,Killed\n2020-01-02,Peshawar,Khyber Pakhtunkhwa,1\n"
    (row,) = imported(store, tools, tmp_path, text, "log.csv")
    assert (row.country, row.admin1, row.tags) == ("Pakistan", "Khyber Pakhtunkhwa", ("geocoded",))


def test_a_place_that_is_found_brings_its_province_and_country(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    (row,) = imported(store, tools, tmp_path, "Date,City,Killed\n2020-01-02,Quetta,1\n", "log.csv")
    assert (row.country, row.admin1) == ("Pakistan", "Balochistan")


def test_the_name_of_the_file_tells_the_country_of_all_rows(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    text = "Date,City,Province,Killed\n2020-01-02,Lahore,Punjab,1\n"
    (row,) = imported(store, tools, tmp_path, text, "PakistanAttacks_v2.csv")
    assert (row.country, row.admin1) == ("Pakistan", "Punjab")


def test_points_elsewhere_speak_against_the_name_of_the_file(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    text = "Date,City,Latitude,Longitude,Killed\n2020-01-03,Kano,12.0,8.52,2\n"
    (row,) = imported(store, tools, tmp_path, text, "Pakistan Today.csv")
    assert row.country == "Nigeria"


def test_a_place_without_a_country_is_sought_where_most_others_are(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    places = ("Mosul", "Kirkuk", "Basra", '"Abu Ghraib, west of Baghdad"')
    lines = "".join(f"2006-01-0{n},{place},1\n" for n, place in enumerate(places, start=1))
    rows = imported(store, tools, tmp_path, f"Date,Location,Killed\n{lines}", "log.csv")
    assert {row.country for row in rows} == {"Iraq"}
