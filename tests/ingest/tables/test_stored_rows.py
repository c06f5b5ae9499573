"""Rows that a project holds: mended, decided on, read again; unknown names with one decision."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.datasets import ValueDecision
from geodata.errors import InputError
from geodata.filters import Filter
from geodata.store import Store
from ingest.pipeline import Tools
from ingest.presets.mapping_toml import read_mapping
from ingest.tables.stored import cells_of, mend, reread
from ingest.tables.unknown import unknown_names
from tests.ingest.tables.table_examples import HEAD, QUETTA, brought, changed

SPOILT = changed(QUETTA, Ref="Q-2", Date="soon")


def test_a_row_that_was_set_aside_is_mended_by_hand(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    brought(store, tools, tmp_path, QUETTA, SPOILT)
    (entry,) = store.quarantine(unresolved=True)
    cells = cells_of(entry, HEAD)
    assert cells == SPOILT
    (report,) = mend(store, "log", [(entry, changed(cells, Date="3/1/2020"))], tools, who="Amina")
    assert (report.added, report.quarantined, report.mended) == (1, 0, 1)
    assert store.incident("log:Q-2") is not None
    assert store.count_quarantine(unresolved=True) == 0
    assert store.check() == []


def test_a_row_that_still_cannot_be_read_is_set_aside_anew(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    brought(store, tools, tmp_path, QUETTA, SPOILT)
    (entry,) = store.quarantine(unresolved=True)
    mend(store, "log", [(entry, changed(SPOILT, Date="later"))], tools, who="Amina")
    (again,) = store.quarantine(unresolved=True)
    assert (again.row, again.value) == (3, "later")


def test_a_row_with_other_columns_is_mended_in_its_file(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    brought(store, tools, tmp_path, QUETTA, SPOILT)
    (entry,) = store.quarantine(unresolved=True)
    with pytest.raises(InputError, match="mend it in the file"):
        mend(store, "log", [(entry, ["Q-2"])], tools, who="Amina")


def test_a_file_in_which_a_row_is_right_mends_it(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    brought(store, tools, tmp_path, QUETTA, SPOILT)
    report = brought(store, tools, tmp_path, QUETTA, changed(SPOILT, Date="2020-01-05"))
    assert (report.added, report.mended) == (1, 1)
    assert store.count_quarantine(unresolved=True) == 0


def test_one_decision_on_a_name_is_for_every_row_now_and_later(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    kettle = [changed(QUETTA, Ref=f"K-{n}", Group="Brotherhood of the Kettle") for n in (1, 2)]
    brought(store, tools, tmp_path, *kettle)
    (unknown,) = unknown_names(store)
    assert (unknown.kind, unknown.value, unknown.rows) == ("actor", "Brotherhood of the Kettle", 2)
    with store.atomic():
        changes = store.decide_value(
            ValueDecision("actor", unknown.value, "Kettle Brigade", context="Pakistan", who="Amina")
        )
    assert changes == 2
    third = changed(kettle[0], Ref="K-3")
    assert not brought(store, tools, tmp_path, *kettle, third).unknown
    assert {one.actor1 for one in store.incidents(Filter())} == {"Kettle Brigade"}
    assert unknown_names(store) == []


def test_a_kind_of_event_that_nobody_knows_is_decided_once(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    brought(store, tools, tmp_path, changed(QUETTA, Type="Kerfuffle"))
    (unknown,) = unknown_names(store)
    assert (unknown.kind, unknown.value) == ("event_type", "Kerfuffle")
    with store.atomic():
        store.decide_value(ValueDecision("event_type", "Kerfuffle", "Mob violence", who="Amina"))
    (report,) = reread(store, "log", tools, who="Amina")
    assert report.changed == 1
    incident = store.incident("log:Q-1")
    assert incident is not None
    assert (incident.event_type, incident.sub_event_type) == ("Riots", "Mob violence")


def test_rows_are_read_again_by_another_mapping_and_that_can_be_taken_back(
    tmp_path: Path, store: Store, tools: Tools
) -> None:
    brought(store, tools, tmp_path, QUETTA)
    other = read_mapping(
        'name = "by district"\nkey = "Ref"\n[fields]\nevent_date = "Date"\nplace = "District"\n'
        'injured_best = "Killed"\ncountry = "Country"'
    )
    (report,) = reread(store, "log", tools, mapping=other, who="Amina")
    assert (report.changed, report.fields_changed["injured_best"]) == (1, 1)
    incident = store.incident("log:Q-1")
    assert incident is not None
    assert (incident.killed_best, incident.injured_best) == (None, 3)
    dataset = store.dataset("log")
    assert dataset is not None
    assert "by district" in dataset.mapping
    with store.atomic():
        store.undo_import(report.import_id, who="Amina")
    incident = store.incident("log:Q-1")
    assert incident is not None
    assert (incident.killed_best, incident.injured_best) == (3, None)


def test_a_data_set_that_is_not_there_is_named(store: Store, tools: Tools) -> None:
    with pytest.raises(InputError, match="no data set 'nowhere'"):
        reread(store, "nowhere", tools, who="Amina")
