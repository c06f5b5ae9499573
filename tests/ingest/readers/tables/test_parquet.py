"""Parquet: every type as the text of a CSV, geometries as latitude and longitude."""

from __future__ import annotations

import datetime as dt
import decimal
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import InputError
from ingest.readers.tables import MAX_CELL, Table, open_table


def written(path: Path, columns: dict[str, object]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def rows_of(table: Table) -> list[list[str | None]]:
    return [list(row.values()) for batch in table.batches() for row in batch.cells.to_pylist()]


def test_a_plain_file(tmp_path: Path) -> None:
    table = open_table(written(tmp_path / "t.parquet", {"id": [1, 2], "place": ["Kuld", None]}))
    assert (table.info.columns, table.info.rows, table.info.kind) == (("id", "place"), 2, "parquet")
    assert rows_of(table) == [["1", "Kuld"], ["2", ""]]
    assert [list(batch.lines) for batch in table.batches(size=1)] == [[1], [2]]


@pytest.mark.parametrize(
    ("value", "text"),
    [(16.0, "16"), (1.5, "1.5"), (True, "TRUE"), (dt.date(2023, 1, 31), "2023-01-31"),
     (dt.datetime(2023, 1, 31), "2023-01-31"), ([1, 2], "[1, 2]"), (b"abc", "abc"),
     (dt.datetime(2023, 1, 31, 14, 30, 0, 500_000), "2023-01-31T14:30:00.5"),
     (dt.datetime(2023, 1, 31, 14, 30, tzinfo=dt.UTC), "2023-01-31T14:30:00Z"),
     (decimal.Decimal("1.20"), "1.20"), ({"a": 1}, '{"a": 1}'), (b"\xff\x00", "ff00")],
)  # fmt: skip
def test_values_as_text(tmp_path: Path, value: object, text: str) -> None:
    table = open_table(written(tmp_path / "t.parquet", {"x": [value, None]}))
    assert rows_of(table) == [[text], [""]]


def test_nul_characters_are_dropped(tmp_path: Path) -> None:
    assert rows_of(open_table(written(tmp_path / "t.parquet", {"x": ["a\0b"]}))) == [["ab"]]


def test_categories_are_their_words(tmp_path: Path) -> None:
    column = pa.array(["a", "b", "a"]).dictionary_encode()
    assert rows_of(open_table(written(tmp_path / "t.parquet", {"x": column})))[2] == ["a"]


PLACES = gpd.GeoDataFrame(
    {"name": ["Kuld", "Dera"]},
    geometry=[shapely.Point(70.1, 33), shapely.Point(71, 34.5)], crs="EPSG:4326",
)  # fmt: skip


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32642"])
def test_geoparquet(tmp_path: Path, crs: str) -> None:
    PLACES.to_crs(crs).to_parquet(tmp_path / "t.parquet")
    table = open_table(tmp_path / "t.parquet")
    assert table.info.columns == ("name", "latitude", "longitude")
    assert rows_of(table) == [["Kuld", "33", "70.1"], ["Dera", "34.5", "71"]]
    assert ("UTM zone 42N" in " ".join(table.info.notes)) == (crs != "EPSG:4326")


def test_a_cell_that_is_too_long_costs_its_row(tmp_path: Path) -> None:
    path = written(tmp_path / "t.parquet", {"x": ["a", "b" * (MAX_CELL + 1), "c"]})
    (batch,) = open_table(path).batches()
    assert list(batch.lines) == [1, 3]
    assert [fault.line for fault in batch.faults] == [2]


def test_too_many_columns(tmp_path: Path) -> None:
    path = written(tmp_path / "t.parquet", {f"c{number}": [1] for number in range(2_001)})
    with pytest.raises(InputError, match="2,001 columns"):
        open_table(path)


@given(at=st.integers(0, 1_500), put=st.binary(min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_rows_or_one_clear_line(
    tmp_path_factory: pytest.TempPathFactory, at: int, put: bytes
) -> None:
    path = tmp_path_factory.mktemp("parquet") / "t.parquet"
    data = bytearray(written(path, {"id": [1, 2], "x": ["a", "b"]}).read_bytes())
    data[at : at + len(put)] = put
    path.write_bytes(data)
    try:
        rows_of(open_table(path))
    except InputError as error:
        message = str(error)
    else:
        return
    assert "\n" not in message
