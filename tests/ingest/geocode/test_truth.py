"""Tables with true coordinates."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import InputError
from ingest.geocode.truth import Skipped, guess_columns, read_truth

HERE = Path("t.csv")


@pytest.mark.parametrize(
    ("header", "place", "precision"),
    [
        ("where_prec,where_coordinates,adm_1,adm_2,country,latitude,longitude", 1, 0),
        ("country,admin1,admin2,location,latitude,longitude,geo_precision", 3, 6),
        ("country_txt,provstate,city,latitude,longitude,specificity", 2, 5),
        ("Name,Lat,Lon", 0, None),
    ],
)
def test_columns_are_guessed(header: str, place: int, precision: int | None) -> None:
    found = guess_columns(header.split(","), {}, HERE)
    assert (found["place"], found["precision"]) == (place, precision)


def test_what_cannot_be_guessed_is_asked_for() -> None:
    with pytest.raises(InputError, match="give --place and --longitude"):
        guess_columns(["a", "lat"], {}, HERE)
    with pytest.raises(InputError, match="no column 'b' \\(--place\\)"):
        guess_columns(["a"], {"place": "b"}, HERE)


def test_tags_and_bad_truths_are_counted(tmp_path: Path) -> None:
    path, skipped = tmp_path / "t.csv", Skipped()
    path.write_text("place,lat,lon\n#loc+name,#geo+lat,#geo+lon\nA,1,2\nB,,2\nC,91,2\nD,nan,0\n")
    columns = guess_columns(["place", "lat", "lon"], {}, path)
    rows = [row for row, _ in read_truth(path, columns, skipped)]
    assert [row.query.text for row in rows] == ["A"]
    assert (skipped.tag_rows, skipped.bad_truth) == (1, 3)
    assert skipped.lines == [(4, "no latitude"), (5, "latitude '91'"), (6, "latitude 'nan'")]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_latitude_is_a_truth_or_counted(tmp_path_factory, text: str) -> None:
    path, skipped = tmp_path_factory.mktemp("t") / "t.csv", Skipped()
    quoted = text.replace('"', '""')
    path.write_text(f'place,lat,lon\nA,"{quoted}",2\n', encoding="utf-8")
    columns = guess_columns(["place", "lat", "lon"], {}, path)
    assert len(list(read_truth(path, columns, skipped))) + skipped.bad_truth == 1
