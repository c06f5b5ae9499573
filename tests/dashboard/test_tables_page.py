"""The Tables page without a browser: what it shows of a table, what importing one does."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from page_examples import drawn, opened_page
from streamlit.testing.v1 import AppTest  # noqa: TID251 - drives the page without a browser

from dashboard.data_sets import MEANS, decisions_of, name_rows
from dashboard.mapping_rows import column_rows, mapping_of
from dashboard.table_look import first_rows, look_at
from dashboard.table_words import (
    fields_of,
    how_it_is_read,
    import_words,
    quarantine_csv,
    quarantine_rows,
    words_of,
)
from dashboard.told_twice import twins_html
from geodata.errors import InputError
from geodata.filters import Filter
from geodata.incident import Claim, Incident, Quarantined
from geodata.store import open_store
from ingest.pipeline import default_tools
from ingest.presets.gdelt import CURRENT
from ingest.tables.importing import Done, import_table
from ingest.tables.opening import Opened, TableOptions
from ingest.tables.unknown import UnknownName
from tests.ingest.presets.preset_tables import GDELT_ROW

LOG = "Date,City,Country,Killed\n2020-01-02,Quetta,Pakistan,3\nsoon,Quetta,Pakistan,3\n"
Open = Callable[..., AppTest]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    return path


opened = partial(opened_page, "tables")


def look(path: Path) -> Opened:
    return look_at(path, TableOptions(shown=path.name), ())


def test_a_look_tells_how_a_table_will_be_read(log: Path) -> None:
    ready = look(log)
    assert how_it_is_read(ready) == ("Read by the names of its columns: 4 columns; data set 'log'.")
    assert ("Killed, best figure", "Killed") in fields_of(ready)
    assert column_rows(ready)[1]["Holds"] == "Place"


def test_the_first_rows_are_shown_as_they_will_be_read(log: Path) -> None:
    rows = first_rows(look(log))
    (read,) = rows.read
    assert (read["Place"], read["Killed, best figure"]) == ("Quetta", 3)
    assert rows.written[1]["Date"] == "soon"
    assert rows.questions == ["Line 3 is set aside: 'soon' belongs to no date that is known here"]


def test_a_look_at_what_is_no_table_names_the_file_as_the_user_does(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Colour,Size\nred,3\n")
    with pytest.raises(InputError, match=r"^mine.csv: no column is found for a date"):
        look_at(path, TableOptions(shown="mine.csv"), ())


def test_a_corrected_column_is_a_mapping(log: Path) -> None:
    ready = look(log)
    assert ready.mapping is not None
    rows = column_rows(ready)
    assert mapping_of(rows, ready.mapping) == ready.mapping
    rows[1]["Holds"] = "District"
    mapping = mapping_of(rows, ready.mapping, "mdy")
    held = {rule.field: (rule.columns, rule.form) for rule in mapping.rules}
    assert held["admin2"] == (("City",), "")
    assert held["event_date"] == (("Date",), "mdy")
    assert "place" not in held


def test_what_came_of_a_table_is_told_in_lines(project: Path, log: Path) -> None:
    with open_store(project) as store:
        report = import_table(store, log, default_tools(), TableOptions(shown="log.csv"))
        first, *more = words_of(report)
        assert first.startswith(
            "'log.csv' (generic, data set 'log'): 2 rows, 1 added, 1 set aside; "
        )
        assert "  1 rows placed by the gazetteer" in more
        again = import_table(store, log, default_tools(), TableOptions(shown="log.csv"))
        assert words_of(again)[0].endswith("read before; nothing changed")


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
            "Column": "Date",
            "Value": "soon",
            "Why": "'soon' belongs to no date that is known here",
        }
    ]


def test_an_import_is_taken_back_with_a_button(project: Path, log: Path) -> None:
    with open_store(project) as store:
        import_table(store, log, default_tools())
    app = opened(project)
    app.button(key="tables-undo-1").click().run()
    assert not app.exception
    with open_store(project, read_only=True) as store:
        assert store.imports()[0].undone is not None
        assert store.count(Filter()) == 0


def test_an_unfinished_import_says_what_to_do(
    project: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.tables._parts.FIRST_ROWS", 1)
    monkeypatch.setattr("ingest.tables._parts.LEAST_TO_COME", -1.0)
    monkeypatch.setattr("ingest.tables._reading.BATCH", 1)

    def stop(done: Done) -> None:
        if done.rows == 2:
            raise KeyboardInterrupt

    with open_store(project) as store, pytest.raises(KeyboardInterrupt):
        import_table(store, log, default_tools(), progress=stop)
    app = opened(project)
    words = drawn(app)
    assert "The import of “log.csv” was stopped, or is still going on" in words
    assert "the project has the first 1 row." in words
    assert "Open the same file here and press Import: it goes on there." in words
    app.button(key="tables-undo-1").click().run()
    assert "Import 1 was taken back." in drawn(app)
    with open_store(project, read_only=True) as store:
        assert (store.count(Filter()), store.check()) == (0, [])


def test_reports_are_taken_back_but_for_those_that_incidents_rest_on(
    project: Path, tmp_path: Path
) -> None:
    path = tmp_path / "20230201101500.export.CSV"
    rows = [GDELT_ROW | {"globaleventid": str(number)} for number in (900, 901)]
    path.write_text("".join("\t".join(row[name] for name in CURRENT) + "\n" for row in rows))
    with open_store(project) as store:
        import_table(store, path, default_tools())
        claim = Claim(
            claim_id="1", incident_id="own", document_id="gdelt-901", field="place", value="Quetta"
        )
        with store.atomic():
            store.add_incidents([Incident(incident_id="own", place="Quetta")])
            store.add_claims([claim])
    app = opened(project)
    app.button(key="tables-undo-1").click().run()
    assert "Import 1 was taken back, but for 1 report that incidents rest on." in drawn(app)
    with open_store(project, read_only=True) as store:
        assert [one.document_id for one in store.documents()] == ["gdelt-901"]
        (words,) = map(import_words, store.imports())
    assert words.endswith("but for 1 report that incidents rest on")


def test_a_name_is_decided_by_what_is_written_beside_it() -> None:
    names = [
        UnknownName("actor", "Kettle", "Pakistan", "log", 4),
        UnknownName("admin1", "Oldland", "", "log", 1),
    ]
    rows = name_rows(names)
    assert (rows[0]["Kind"], rows[0]["Rows"]) == ("group", 4)
    rows[1][MEANS] = " Newland "
    (decision,) = decisions_of(names, rows, "Amina")
    assert (decision.kind, decision.value, decision.meaning) == ("admin1", "Oldland", "Newland")


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


def test_the_map_says_that_two_data_sets_are_counted_together(project: Path, log: Path) -> None:
    other = log.with_name("desk.csv")
    other.write_text(LOG)
    with open_store(project) as store:
        for path in (log, other):
            import_table(store, path, default_tools())
    app = opened_page("map", project)
    said = "From 2 data sets; the same incident may be counted more than once."
    assert any(said in block.proto.body for block in app.get("html"))


def test_the_panel_names_a_twin_in_another_data_set(project: Path, log: Path) -> None:
    other = log.with_name("desk.csv")
    other.write_text(LOG)
    with open_store(project) as store:
        for path in (log, other):
            import_table(store, path, default_tools())
        first = next(store.each(Filter(dataset=("log",))))
        words = twins_html(store, first)
    assert "Perhaps told by another source too" in words
    assert "?incident=desk:" in words
    assert "the same day, 0 km, 90% alike" in words
