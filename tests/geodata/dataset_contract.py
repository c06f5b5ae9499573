"""What every store must do with imported tables; a store's tests inherit this suite."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from dataset_examples import (
    COLUMNS,
    EVENTS,
    FIRST,
    cells_of,
    close_import,
    fields_of,
    import_rows,
    open_import,
    release,
    row,
)
from examples import INCIDENTS

from geodata.datasets import Dataset, OriginalRow, ValueDecision
from geodata.errors import InputError, StoreError
from geodata.filters import Filter
from geodata.incident import Claim, Document, Incident, Json, Quarantined, Status
from geodata.originals import digests
from geodata.precision import DatePrecision, LocationPrecision
from geodata.store import Store

EVERY = Filter(status=tuple(Status))
ROWS = (
    row("1"),
    row("2", actor1="Militia", killed_best=5),
    row("3", latitude=None, longitude=None),
)


class DatasetContract:
    """Tests of `DatasetStore`; `store` is new and empty, `filled` holds `examples`."""

    # ------------------------------------------------------------ data sets and imports

    def test_a_data_set_comes_back_as_it_was_given(self, store: Store) -> None:
        with store.atomic():
            kept = store.keep_dataset(EVENTS)
        assert store.datasets() == [kept] == [store.dataset("events")]
        assert replace(kept, added=None) == EVENTS
        assert store.dataset("other") is None

    def test_a_data_set_is_known_by_its_id(self, store: Store) -> None:
        with store.atomic():
            first = store.keep_dataset(EVENTS)
            store.keep_dataset(replace(EVENTS, title="Events of 2024", mapping="key = ['id']"))
        (kept,) = store.datasets()
        assert (kept.title, kept.mapping) == ("Events of 2024", "key = ['id']")
        assert kept.added == first.added

    @pytest.mark.parametrize("wrong", ["", "reports", "With Space", "a:b", "x" * 61, "../x", "é"])
    def test_an_id_that_cannot_stand_before_a_key_is_refused(
        self, store: Store, wrong: str
    ) -> None:
        with pytest.raises(InputError, match="small letters"), store.atomic():
            store.keep_dataset(Dataset(dataset_id=wrong, title="x", preset=""))

    def test_an_import_comes_back_as_it_was_given(self, store: Store) -> None:
        done = import_rows(store, ROWS)
        assert store.imports() == store.imports("events") == [done]
        assert store.imports("other") == []
        known = replace(FIRST, import_id=done.import_id, rows=3, added=3, finished=done.finished)
        assert done == known
        assert done.finished is not None

    def test_an_import_needs_its_data_set(self, store: Store) -> None:
        with pytest.raises(InputError, match="no data set 'events'"), store.atomic():
            store.begin_import(FIRST)

    def test_counts_that_do_not_add_up_are_refused(self, store: Store) -> None:
        with store.atomic():
            into = open_import(store)
            with pytest.raises(InputError, match="4 rows, but 3 added"):
                store.finish_import(replace(into, rows=4, added=3))

    def test_one_import_at_a_time_and_none_after_its_end(self, store: Store) -> None:
        with store.atomic():
            into = open_import(store)
            with pytest.raises(InputError, match="never finished"):
                store.begin_import(FIRST)
            close_import(store, into)
        with pytest.raises(InputError, match="is closed"), store.atomic():
            store.add_rows(into, fields_of(ROWS), cells_of(ROWS))

    # ------------------------------------------------------------ rows

    def test_rows_become_incidents_of_their_data_set(self, store: Store) -> None:
        import_rows(store, ROWS)
        assert store.incident("events:1") == Incident(
            incident_id="events:1",
            event_date=date(2024, 1, 1),
            date_precision=DatePrecision.DAY,
            actor1="Rebels",
            country="Examplia",
            latitude=49.5,
            longitude=18.25,
            location_precision=LocationPrecision.SETTLEMENT,
            killed_best=2,
            status=Status.CONFIRMED,
            tags=("table",),
            dataset="events",
        )
        assert store.check() == []

    def test_a_row_may_be_a_draft(self, store: Store) -> None:
        import_rows(store, [row("1", status="draft")])
        assert store.count(Filter(status=(Status.DRAFT,))) == 1

    def test_rows_are_on_the_map_where_they_have_a_place(self, store: Store) -> None:
        import_rows(store, ROWS)
        box = Filter(bbox=(18.25, 49.5, 18.25, 49.5))
        assert [i.incident_id for i in store.each(box, order="incident_id")] == [
            "events:1",
            "events:2",
        ]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"latitude": 91.0},
            {"latitude": float("nan")},
            {"longitude": None},
            {"killed_best": -1},
            {"event_date_end": date(2023, 1, 1)},
            {"date_precision": "soon"},
            {"weapon": "spoon"},
            {"killed_by_status": "[]"},
            {"status": "maybe"},
        ],
    )
    def test_an_impossible_row_is_named_and_nothing_is_kept(
        self, store: Store, wrong: dict[str, object]
    ) -> None:
        with pytest.raises(InputError, match="incident 'events:2'"):
            import_rows(store, [row("1"), row("2", **wrong)])
        assert store.count(EVERY) == len(store.imports()) == 0

    @pytest.mark.parametrize(
        "wrong", ["", "1", "other:1", "events", "events:" + "x" * 500, "events:\x00"]
    )
    def test_an_id_must_be_one_of_the_data_set(self, store: Store, wrong: str) -> None:
        with pytest.raises(InputError, match=r"incident_id|begin with events:"):
            import_rows(store, [row("1"), row("2") | {"incident_id": wrong}])

    def test_an_id_twice_is_an_error_and_nothing_is_kept(self, store: Store) -> None:
        import_rows(store, ROWS)
        with pytest.raises(StoreError, match="already"):
            import_rows(store, [row("4"), row("1")])
        assert store.count(EVERY) == 3

    def test_hostile_text_is_only_text_and_long_text_is_capped(self, store: Store) -> None:
        hostile = "'; DROP TABLE incidents; --\x00\u202e<script>"
        import_rows(store, [row("1", actor1=hostile, place="p" * 10_000, notes=hostile)])
        found = store.incident("events:1")
        assert found is not None
        assert found.actor1 == found.notes == hostile.replace("\x00", "\ufffd")
        assert len(found.place or "") == 500
        assert store.check() == []

    def test_rows_as_written_come_back_as_they_were(self, store: Store) -> None:
        done = import_rows(store, ROWS)
        found = list(store.original_rows("events"))
        cells = ("2", "2024-01-01", "Militia", "5")
        assert found[1] == OriginalRow("events:2", done.import_id, COLUMNS, cells)
        assert list(store.original_rows("events", ["events:2", "none"])) == [found[1]]
        assert list(store.original_rows("events", Filter(group=("militia",)))) == [found[1]]
        assert list(store.original_rows("other")) == []

    def test_known_rows_tell_new_changed_and_missing_ones_apart(self, store: Store) -> None:
        import_rows(store, ROWS)
        known = store.known_rows("events")
        at = known.find(["events:3", "events:9", "events:1"]).tolist()
        assert (len(known), at[1]) == (3, -1)
        assert known.digests[[at[2], at[0]]].tolist() == digests(cells_of(ROWS)).tolist()[::2]
        assert store.incident_ids(known.fids[[at[0]]]) == ["events:3"]
        assert store.known_rows("other").find(["x"]).tolist() == [-1]

    def test_rows_are_known_as_they_were_before_an_import(self, store: Store) -> None:
        import_rows(store, ROWS)
        before = store.known_rows("events")
        newer = (row("1", killed_best=9), ROWS[1], row("4"))
        with store.atomic():
            into = open_import(store)
            store.change_rows(into, fields_of(newer[:1]), cells_of(newer[:1]), [7])
            store.add_rows(into, fields_of(newer[2:]), cells_of(newer[2:]))
            store.keep_progress(replace(into, rows=2, added=1, changed=1))
        then = store.known_rows("events", before=into.import_id)
        assert (len(store.known_rows("events")), len(then)) == (4, 3)
        for name in ("fids", "digests", "versions"):
            assert getattr(then, name).tolist() == getattr(before, name).tolist()

    # ------------------------------------------------------------ an import in parts

    def test_an_import_is_kept_in_parts(self, store: Store) -> None:
        with store.atomic():
            into = open_import(store)
            store.add_rows(into, fields_of(ROWS[:2]), cells_of(ROWS[:2]))
            kept = store.keep_progress(replace(into, rows=2, added=2, detail={"progress": {}}))
        assert (kept.unfinished, kept.rows, kept.added) == (True, 2, 2)
        assert [(one.level, one.where) for one in store.check()] == [("warning", "unfinished")]
        with store.atomic():
            store.expect_rows(10_000)
            store.add_rows(into, fields_of(ROWS[2:]), cells_of(ROWS[2:]))
            done = store.finish_import(replace(into, rows=3, added=3))
        assert (done.unfinished, store.check()) == (False, [])
        assert [one.cells for one in store.original_rows("events")] == list(
            zip(*cells_of(ROWS).to_pydict().values(), strict=True)
        )

    def test_progress_adds_up_and_is_of_an_open_import(self, store: Store) -> None:
        with store.atomic():
            into = open_import(store)
            with pytest.raises(InputError, match="4 rows, but 3 added"):
                store.keep_progress(replace(into, rows=4, added=3))
            done = close_import(store, into)
        with pytest.raises(InputError, match="is closed"), store.atomic():
            store.keep_progress(done)

    def test_reports_of_an_import_go_with_it(self, store: Store) -> None:
        with store.atomic():
            store.add_document(Document(document_id="own", text="Ours."))
            into = open_import(store)
            before = store.last_document()
            for number in range(3):
                store.add_document(Document(document_id=f"r{number}", text=f"Report {number}."))
            store.add_incidents([Incident(incident_id="drawn")])
            names = {"claim_id": "c", "incident_id": "drawn", "document_id": "r1"}
            store.add_claims([Claim(**names, field="place", value="Here")])
            documents: Json = [[before + 1, store.last_document()]]
            counts = replace(into, rows=3, added=3, detail={"documents": documents})
            store.finish_import(counts)
        assert store.check() == []
        with store.atomic():
            done = store.undo_import(into.import_id, who="Ana")
        assert (done.reports, done.detail["stayed"]) == (True, 1)
        assert {one.document_id for one in store.documents()} == {"own", "r1"}
        assert store.check() == []

    # ------------------------------------------------------------ a newer release

    def test_a_release_changes_what_differs_and_records_it(self, store: Store) -> None:
        import_rows(store, ROWS)
        (change,) = store.row_changes(fields_of([row("1", killed_best=4)]))
        assert change.fields == {"killed_best": (2, 4)}
        second = release(store, [row("1", killed_best=4)])
        found = store.incident("events:1")
        assert found is not None
        assert found.killed_best == 4
        (recorded,) = store.changes("events:1")
        assert (recorded.before, recorded.after, recorded.who) == (2, 4, "Ana")
        assert recorded.origin == f"import {second.import_id}"
        assert store.check() == []

    def test_a_row_that_says_the_same_changes_nothing(self, store: Store) -> None:
        import_rows(store, ROWS)
        assert [change.fields for change in store.row_changes(fields_of(ROWS))] == [{}, {}, {}]

    def test_the_newest_row_as_written_is_given(self, store: Store) -> None:
        import_rows(store, ROWS)
        second = release(store, [row("1", killed_best=4)])
        (found,) = store.original_rows("events", ["events:1"])
        assert (found.import_id, found.cells[3]) == (second.import_id, "4")

    def test_what_an_analyst_edited_stays_and_the_tables_value_is_beside_it(
        self, store: Store
    ) -> None:
        import_rows(store, ROWS)
        with store.atomic():
            store.update_incident("events:1", {"killed_best": 7}, who="Ben")
        (change,) = store.row_changes(fields_of([row("1", killed_best=4, actor1="Militia")]))
        assert change.fields == {"killed_best": (7, 4), "actor1": ("Rebels", "Militia")}
        assert change.kept == ("killed_best",)
        release(store, [row("1", killed_best=4, actor1="Militia")])
        found = store.incident("events:1")
        assert found is not None
        assert (found.killed_best, found.actor1) == (7, "Militia")
        assert store.kept_values("events:1") == {"killed_best": 4}
        assert store.kept_values("events:2") == {}

    def test_half_of_an_edited_point_is_never_mixed_with_a_tables(self, store: Store) -> None:
        import_rows(store, ROWS)
        with store.atomic():
            store.update_incident("events:1", {"latitude": 10.0}, who="Ben")
        release(store, [row("1", latitude=50.0, longitude=19.0, location_precision="site")])
        found = store.incident("events:1")
        assert found is not None
        assert (found.latitude, found.longitude) == (10.0, 18.25)
        assert store.kept_values("events:1")["longitude"] == 19.0

    def test_a_row_that_a_release_lacks_is_rejected_and_can_come_back(self, store: Store) -> None:
        import_rows(store, [row("1", status="draft"), row("2")])
        release(store, [row("2")], removed=["1"])
        gone = store.incident("events:1")
        assert gone is not None
        assert (gone.status, gone.tags) == (Status.REJECTED, ("table", "withdrawn"))
        release(store, [row("1")])
        back = store.incident("events:1")
        assert back is not None
        assert (back.status, back.tags) == (Status.DRAFT, ("table",))
        assert store.check() == []

    def test_withdrawing_leaves_a_status_that_an_analyst_gave(self, store: Store) -> None:
        import_rows(store, ROWS)
        with store.atomic():
            store.update_incident("events:1", {"status": "draft"}, who="Ben")
        release(store, [], removed=["1"])
        found = store.incident("events:1")
        assert found is not None
        assert (found.status, found.tags[-1]) == (Status.DRAFT, "withdrawn")

    def test_only_rows_of_tables_can_be_changed_by_one(self, filled: Store) -> None:
        stranger = row("1") | {"incident_id": "raid"}
        with pytest.raises(InputError, match="'raid'"):
            filled.row_changes(fields_of([stranger]))

    # ------------------------------------------------------------ undo

    def test_an_import_taken_back_leaves_the_rest_as_it_was(self, filled: Store) -> None:
        done = import_rows(filled, ROWS)
        with filled.atomic():
            undone = filled.undo_import(done.import_id, who="Ben")
        assert undone.undone is not None
        assert undone.detail["undone_by"] == "Ben"
        assert sorted(i.incident_id for i in filled.each(EVERY)) == sorted(
            i.incident_id for i in INCIDENTS
        )
        assert filled.check() == []

    def test_a_later_import_is_taken_back_first(self, store: Store) -> None:
        first = import_rows(store, ROWS)
        second = release(store, [row("1", killed_best=4)])
        with pytest.raises(InputError, match="came later"), store.atomic():
            store.undo_import(first.import_id, who="Ben")
        with store.atomic():
            store.undo_import(second.import_id, who="Ben")
            with pytest.raises(InputError, match="already"):
                store.undo_import(second.import_id, who="Ben")
            store.undo_import(first.import_id, who="Ben")
        assert store.count(EVERY) == 0

    def test_a_later_edit_of_a_changed_field_stands(self, store: Store) -> None:
        import_rows(store, ROWS)
        second = release(store, [row("1", killed_best=4, actor1="Militia")])
        with store.atomic():
            store.update_incident("events:1", {"killed_best": 9}, who="Ben")
            store.undo_import(second.import_id, who="Ben")
        found = store.incident("events:1")
        assert found is not None
        assert (found.killed_best, found.actor1) == (9, "Rebels")
        assert [change.after for change in store.changes("events:1")] == [4, 9]
        assert store.check() == []

    def test_edits_of_a_row_come_back_with_it(self, store: Store) -> None:
        done = import_rows(store, ROWS)
        with store.atomic():
            store.update_incident("events:1", {"killed_best": 9}, who="Ben", why="seen")
        (edit,) = store.changes("events:1")
        with store.atomic():
            store.undo_import(done.import_id, who="Ben")
        import_rows(store, [row("1", killed_best=3)])
        found = store.incident("events:1")
        assert found is not None
        assert found.killed_best == 9
        (again,) = store.changes("events:1")
        assert (again.before, again.after, again.who) == (3, 9, "Ben")
        assert (again.when, again.why) == (edit.when, "seen")

    def test_an_import_that_was_never_finished_is_taken_back(self, store: Store) -> None:
        with store.atomic():
            into = open_import(store)
            store.add_rows(into, fields_of(ROWS), cells_of(ROWS))
        assert [problem.where for problem in store.check()] == ["imports"]
        with store.atomic():
            store.undo_import(into.import_id, who="Ben")
        assert store.check() == []

    # ------------------------------------------------------------ quarantine

    def test_quarantined_rows_of_a_data_set_are_found_and_mended(self, store: Store) -> None:
        done = import_rows(store, ROWS)
        bad = Quarantined(
            source="events.csv",
            reason="no date",
            row=7,
            dataset_id="events",
            import_id=done.import_id,
            key="7",
        )
        with store.atomic():
            store.add_quarantine([bad, Quarantined(source="b.txt", reason="empty")])
        (found,) = store.quarantine(dataset_id="events")
        assert found == bad or replace(found, when=None) == bad
        assert found.quarantine_id is not None
        with store.atomic():
            later = open_import(store)
            assert store.resolve_quarantine([found.quarantine_id], by=later) == 1
            assert store.resolve_quarantine([found.quarantine_id], by=later) == 0
            close_import(store, later)
        assert store.quarantine(dataset_id="events", unresolved=True) == []
        assert (store.count_quarantine(), store.totals(Filter()).quarantined) == (2, 1)
        with store.atomic():
            store.undo_import(later.import_id, who="Ben")
        assert store.count_quarantine(dataset_id="events", unresolved=True) == 1

    # ------------------------------------------------------------ decisions

    def test_a_decision_reaches_every_row_and_is_recorded(self, filled: Store) -> None:
        import_rows(filled, [*ROWS, row("4", actor2="Rebels")])
        decision = ValueDecision("actor", "Rebels", "Border Guard", who="Ben")
        with filled.atomic():
            assert filled.decide_value(decision) == 4
        assert filled.count(Filter(dataset=("events",), group=("Rebels",))) == 0
        (change,) = filled.changes("events:1")
        assert (change.before, change.after, change.who) == ("Rebels", "Border Guard", "Ben")
        assert change.origin.startswith("decision ")
        (kept,) = filled.value_decisions()
        assert replace(kept, when=None) == decision

    def test_a_decision_of_nothing_takes_the_earlier_one_back(self, store: Store) -> None:
        import_rows(store, ROWS)
        before = [store.incident(f"events:{key}") for key in "123"]
        with store.atomic():
            store.decide_value(ValueDecision("actor", "Rebels", "Border Guard", who="Ben"))
            store.update_incident("events:3", {"actor1": "Nobody"}, who="Ben")
            store.decide_value(ValueDecision("actor", "Rebels", "", who="Ben"))
        assert [store.incident(f"events:{key}") for key in "12"] == before[:2]
        assert store.changes("events:1") == []
        assert [change.after for change in store.changes("events:3")] == ["Border Guard", "Nobody"]

    def test_a_decision_can_hold_in_one_country_and_spares_edits(self, store: Store) -> None:
        import_rows(store, [row("1", admin1="North"), row("2", admin1="North", country="Other")])
        decision = ValueDecision("admin1", "North", "Nord", context="Other", who="Ben")
        with store.atomic():
            assert store.decide_value(decision) == 1
            store.update_incident("events:1", {"admin1": "X"}, who="Ben")
            store.update_incident("events:1", {"admin1": "North"}, who="Ben")
            assert store.decide_value(replace(decision, context="")) == 0

    @pytest.mark.parametrize(
        "wrong",
        [
            ValueDecision("colour", "x", "y", who="A"),
            ValueDecision("actor", " ", "y", who="A"),
            ValueDecision("actor", "x", "y"),
            ValueDecision("event_type", "x", "Nonsense", who="A"),
        ],
    )
    def test_an_unsound_decision_is_refused(self, store: Store, wrong: ValueDecision) -> None:
        with pytest.raises(InputError), store.atomic():
            store.decide_value(wrong)

    # ------------------------------------------------------------ counted together

    def test_the_totals_say_what_is_counted_together(self, filled: Store) -> None:
        assert "counted more than once" not in filled.totals(Filter()).sentence()
        import_rows(filled, ROWS)
        assert (
            filled.totals(Filter())
            .sentence()
            .endswith(
                "; from 1 data set and reports; the same incident may be counted more than once"
            )
        )
        for only in ("events", "reports"):
            assert "more than once" not in filled.totals(Filter(dataset=(only,))).sentence()

    def test_incidents_are_found_by_their_data_set(self, filled: Store) -> None:
        import_rows(filled, ROWS)
        assert filled.count(Filter(dataset=("events",))) == 3
        assert filled.count(Filter(dataset=("reports",))) == 3
        assert filled.count(Filter(dataset=("events", "reports"))) == 6
        assert filled.facet("dataset", Filter()) == [("events", 3), ("reports", 3)]

    def test_the_data_set_of_an_incident_cannot_be_edited(self, store: Store) -> None:
        import_rows(store, ROWS)
        with pytest.raises(InputError, match="dataset"), store.atomic():
            store.update_incident("events:1", {"dataset": None}, who="Ben")

    def test_an_import_that_fails_leaves_nothing(self, store: Store) -> None:
        with suppress(ZeroDivisionError), store.atomic():
            into = open_import(store)
            store.add_rows(into, fields_of(ROWS), cells_of(ROWS))
            raise ZeroDivisionError
        assert (store.count(EVERY), store.imports(), store.datasets()) == (0, [], [])
        assert store.check() == []
