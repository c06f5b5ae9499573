"""The Tables page without a browser: what it shows of a table, what importing one does."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from page_examples import opened_page
from streamlit.testing.v1 import AppTest  # noqa: TID251 - drives the page without a browser

from dashboard.table_words import look_at, quarantine_csv, quarantine_rows, words_of
from geodata.errors import InputError
from geodata.incident import Quarantined
from geodata.store import open_store
from ingest.pipeline import default_tools
from ingest.tables.importing import import_table

LOG = "Date,City,Country,Killed\n2020-01-02,Quetta,Pakistan,3\nsoon,Quetta,Pakistan,3\n"
Open = Callable[..., AppTest]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    return path


opened = partial(opened_page, "tables")


def test_a_look_tells_how_a_table_will_be_read(log: Path) -> None:
    look = look_at(log, "log.csv")
    assert look.words == "It will be read by the names of its columns: 4 columns."
    assert ("killed_best", "Killed") in look.fields
    assert look.rows[0]["City"] == "Quetta"


def test_a_look_at_what_is_no_table_names_the_file_as_the_user_does(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Colour,Size\nred,3\n")
    with pytest.raises(InputError, match=r"^'mine.csv' cannot be read"):
        look_at(path, "mine.csv")


def test_what_came_of_a_table_is_told_in_lines(project: Path, log: Path) -> None:
    with open_store(project) as store:
        report = import_table(store, log, default_tools())
        assert words_of(report)[0].startswith("'log.csv' (table): 2 rows, 1 added, 1 quarantined")
        assert "read before" in words_of(import_table(store, log, default_tools()))[0]


def test_what_was_set_aside_is_listed(project: Path, log: Path) -> None:
    with open_store(project) as store:
        import_table(store, log, default_tools())
    app = opened(project)
    assert not app.exception
    (table,) = app.dataframe
    assert table.value.to_dict("records") == [
        {
            "File": "log.csv",
            "Line": "3",
            "Column": "date",
            "Value": "soon",
            "Why": "it is no date that can be read",
        }
    ]


def test_an_empty_project_shows_no_list(project: Path) -> None:
    app = opened(project)
    assert not app.exception
    assert not app.dataframe


def test_a_project_for_reading_only_says_so(project: Path) -> None:
    app = opened(project, read_only=True)
    assert any("reading only" in block.proto.body for block in app.get("html"))


def test_the_download_runs_nothing_in_a_spreadsheet() -> None:
    row = Quarantined(source="a.csv", reason="no", row=2, value="=HYPERLINK(1)")
    (head, cells) = csv.reader(io.StringIO(quarantine_csv([row])))
    assert cells[head.index("value")] == "'=HYPERLINK(1)"
    assert quarantine_rows([row])[0]["Line"] == "2"
