"""What every store must do. A store's tests inherit this suite and give the fixture `store`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Thread
from typing import Any

import pytest
from boundary_examples import LAYER, areas
from examples import (
    AREA,
    CLAIMS,
    DOCUMENT,
    INCIDENTS,
    LATITUDES,
    LONGITUDES,
    MERGED,
    NOWHERE,
    ORIGINAL,
    RAID,
    REJECTED,
    filters,
    incidents,
    located,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata._fold import fold
from geodata.admin_areas import AdminArea
from geodata.errors import InputError, StoreError
from geodata.feeds import Feed
from geodata.filters import Filter
from geodata.incident import Document, Evidence, Incident, Quarantined, Status
from geodata.memory import PlaceMemory
from geodata.precision import DatePrecision, LocationPrecision
from geodata.store import Store
from geodata.summary import Totals
from geodata.timeline import STEPS, bands

CHOSEN = PlaceMemory(
    memory_id="",
    alias="Mach",
    in_country="Pakistan",
    name="Mach",
    latitude=29.86,
    longitude=67.33,
    location_precision=LocationPrecision.SETTLEMENT,
    country="Pakistan",
    admin1="Balochistan",
    who="Ann",
)
FEED = Feed(name="Daily", url="https://news.example/feed")
EVERY = Filter(status=tuple(Status))
ANY_EXAMPLE = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class UndoError(Exception):
    """Ends an `atomic` block without keeping it."""


def brute_totals(found: list[Incident], where: Filter) -> dict[str, int]:
    """Sort every incident into exactly one class, by the docstring of `Totals`."""
    counts = dict.fromkeys(("mapped", "not_located", "filtered_out", "awaiting_review"), 0)
    counts["rejected"] = 0
    for incident in found:
        if where.matches(incident):
            counts["mapped" if incident.located else "not_located"] += 1
        elif incident.status in (Status.REJECTED, Status.MERGED):
            counts["rejected"] += 1
        elif incident.status is Status.DRAFT and replace(
            where, status=tuple({*(where.status or ()), Status.DRAFT})
        ).matches(incident):
            counts["awaiting_review"] += 1
        else:
            counts["filtered_out"] += 1
    return counts


class StoreContract:
    """Tests of the Store protocol; `store` is new and empty, `filled` holds `examples`."""

    # ------------------------------------------------------------ incidents

    def test_an_incident_comes_back_as_it_was_given(self, filled: Store) -> None:
        for incident in INCIDENTS:
            assert filled.incident(incident.incident_id) == incident

    def test_an_unknown_id_gives_none(self, filled: Store) -> None:
        assert filled.incident("nobody") is None

    def test_adding_says_how_many(self, store: Store) -> None:
        with store.atomic():
            assert store.add_incidents([RAID, AREA]) == 2
            assert store.add_incidents([]) == 0

    def test_an_id_twice_is_an_error_and_nothing_is_kept(self, filled: Store) -> None:
        with pytest.raises(StoreError, match="already"), filled.atomic():
            filled.add_incidents([located("new", 1, 2), RAID])
        assert filled.incident("new") is None

    @pytest.mark.parametrize(
        "wrong",
        [
            Incident(incident_id="x", latitude=91.0, longitude=0.0),
            Incident(incident_id="x", latitude=float("nan"), longitude=0.0),
            Incident(incident_id="x", latitude=1.0),
            Incident(incident_id="x", killed_best=-1),
            Incident(incident_id="x", killed_best=10**30),
            Incident(incident_id="x", event_date=date(2020, 2, 1), event_date_end=date(2020, 1, 1)),
            Incident(incident_id=""),
        ],
    )
    def test_an_impossible_incident_is_refused(self, store: Store, wrong: Incident) -> None:
        with pytest.raises(InputError, match="incident"), store.atomic():
            store.add_incidents([wrong])
        assert store.count(EVERY) == 0

    def test_every_fault_is_named_at_once(self, store: Store) -> None:
        wrong = Incident(incident_id="x", latitude=91.0, longitude=181.0, killed_low=-2)
        with pytest.raises(InputError, match=r"latitude.*longitude.*killed_low"), store.atomic():
            store.add_incidents([wrong])

    def test_a_hostile_id_is_cleaned_the_same_way_everywhere(self, store: Store) -> None:
        strange = "a\x00\ud800"
        with store.atomic():
            store.add_document(Document(document_id=strange, text="x"))
            store.add_incidents([Incident(incident_id=strange)])
            store.add_claims([replace(CLAIMS[0], document_id=strange, incident_id=strange)])
            store.update_incident(strange, {"place": "x"}, who="A")
        assert store.incident(strange) == store.incidents_of_document(strange)[0]
        assert len(store.claims(strange)) == len(store.changes(strange)) == 1
        assert store.original(strange) == b""

    def test_hostile_text_is_only_text(self, store: Store) -> None:
        hostile = "'; DROP TABLE incidents; -- \\ \" ` \u202e <script> ${x} %s {0}"
        with store.atomic():
            store.add_incidents([Incident(incident_id=hostile, place=hostile, notes=hostile)])
        assert store.incidents(Filter(text=hostile))[0].place == hostile

    def test_text_that_cannot_be_stored_is_replaced_letter_by_letter(self, store: Store) -> None:
        with store.atomic():
            store.add_incidents([Incident(incident_id="x", notes="a\x00b\ud800c")])
        assert store.incidents(EVERY)[0].notes == "a\ufffdb\ufffdc"

    def test_long_text_is_capped_and_says_so(self, store: Store) -> None:
        with store.atomic():
            store.add_incidents([Incident(incident_id="x", place="p" * 100_000)])
        place = store.incidents(EVERY)[0].place
        assert place is not None
        assert len(place) < 1_000
        assert place.endswith("…")

    # ------------------------------------------------------------ order, paging, counting

    def test_latest_first_and_undated_last(self, filled: Store) -> None:
        found = [incident.incident_id for incident in filled.incidents(Filter())]
        assert found == ["area", "raid", "nowhere"]

    def test_missing_values_come_last_in_either_direction(self, filled: Store) -> None:
        found = [
            incident.incident_id for incident in filled.incidents(Filter(), order="killed_best")
        ]
        assert found == ["area", "raid", "nowhere"]

    def test_pages_join_without_gap(self, filled: Store) -> None:
        pages = [filled.incidents(EVERY, limit=2, offset=start) for start in (0, 2, 4)]
        assert [*pages[0], *pages[1], *pages[2]] == filled.incidents(EVERY)

    def test_each_gives_the_same_as_incidents(self, filled: Store) -> None:
        assert list(filled.each(EVERY, order="place")) == filled.incidents(EVERY, order="place")

    @pytest.mark.parametrize("order", ["nothing", "--place", "place; DROP TABLE incidents", ""])
    def test_an_unknown_order_is_refused(self, filled: Store, order: str) -> None:
        with pytest.raises(InputError, match="order"):
            filled.incidents(Filter(), order=order)

    def test_rejected_ones_show_only_when_asked_for(self, filled: Store) -> None:
        assert filled.count(Filter()) == 3
        assert filled.incidents(Filter(status=(Status.REJECTED,))) == [REJECTED]

    @ANY_EXAMPLE
    @given(found=incidents(), where=filters())
    def test_the_clause_means_what_matches_says(
        self, store: Store, found: list[Incident], where: Filter
    ) -> None:
        with suppress(UndoError), store.atomic():
            store.add_incidents(found)
            kept = store.incidents(EVERY, order="incident_id")
            wanted = [incident for incident in kept if where.matches(incident)]
            assert store.incidents(where, order="incident_id") == wanted
            assert store.count(where) == len(wanted)
            raise UndoError

    @ANY_EXAMPLE
    @given(spots=st.lists(st.tuples(LATITUDES, LONGITUDES), min_size=1, max_size=6))
    def test_a_box_takes_exactly_what_lies_in_it_or_on_its_edge(
        self, store: Store, spots: list[tuple[float, float]]
    ) -> None:
        """Whatever the index rounds: the edges are the first and last incident's own degrees."""
        with suppress(UndoError), store.atomic():
            store.add_incidents(located(f"i{n}", *spot) for n, spot in enumerate(spots))
            kept = store.incidents(EVERY, order="incident_id")
            south, north = sorted([kept[0].latitude or 0.0, kept[-1].latitude or 0.0])
            west, east = sorted([kept[0].longitude or 0.0, kept[-1].longitude or 0.0])
            where = Filter(bbox=(west, south, east, north))
            inside = [incident for incident in kept if where.matches(incident)]
            assert store.incidents(where, order="incident_id") == inside
            assert kept[0] in inside
            assert kept[-1] in inside
            raise UndoError

    # ------------------------------------------------------------ documents and claims

    def test_a_report_is_kept_with_its_original_bytes(self, filled: Store) -> None:
        found = filled.document("doc_1")
        assert found is not None
        assert replace(found, sha256="") == DOCUMENT
        assert filled.original("doc_1") == ORIGINAL

    def test_the_same_report_again_changes_nothing(self, filled: Store) -> None:
        sha256 = filled.documents()[0].sha256
        revision = filled.revision()
        with filled.atomic():
            again = Document(document_id="other", text="told again", sha256=sha256)
            assert not filled.add_document(again)
        assert filled.count_documents() == 1
        assert filled.revision() == revision
        twin = filled.document_with_sha256(sha256)
        assert twin is not None
        assert twin.document_id == "doc_1"

    def test_an_unknown_report_gives_none(self, filled: Store) -> None:
        assert filled.document("none") is None
        assert filled.original("none") is None
        assert filled.document_with_sha256("none") is None

    def test_reports_come_newest_first_and_undated_last(self, store: Store) -> None:
        days = [date(2020, 1, 1), None, date(2021, 1, 1)]
        with store.atomic():
            for number, day in enumerate(days):
                store.add_document(Document(document_id=f"d{number}", text=str(day), published=day))
        assert [d.document_id for d in store.documents()] == ["d2", "d0", "d1"]
        assert [d.document_id for d in store.documents(limit=1, offset=1)] == ["d0"]

    def test_claims_come_in_the_order_they_were_read(self, filled: Store) -> None:
        extra = replace(CLAIMS[1], claim_id="c0", field="actor1", evidence=None, value=None)
        with filled.atomic():
            assert filled.add_claims([extra]) == 1
        assert filled.claims("raid") == [CLAIMS[1], extra]

    def test_a_claim_needs_its_incident_and_its_report(self, filled: Store) -> None:
        for broken in ({"incident_id": "none"}, {"document_id": "none"}):
            with pytest.raises(StoreError, match="not in the project"), filled.atomic():
                filled.add_claims([replace(CLAIMS[0], claim_id="new", **broken)])

    def test_incidents_of_a_report_come_in_the_order_of_the_text(self, filled: Store) -> None:
        assert filled.incidents_of_document("doc_1") == [RAID, AREA]
        assert filled.incidents_of_document("none") == []

    def test_evidence_offsets_survive_letters_that_cannot_be_stored(self, store: Store) -> None:
        text = "a\x00 raid"
        evidence = Evidence("raid", 3, 7)
        with store.atomic():
            store.add_document(Document(document_id="d", text=text))
            store.add_incidents([Incident(incident_id="i")])
            store.add_claims(
                [replace(CLAIMS[0], document_id="d", incident_id="i", evidence=evidence)]
            )
        kept = store.document("d")
        assert kept is not None
        assert kept.text[3:7] == "raid"

    def test_a_report_too_long_to_keep_whole_is_refused(self, store: Store) -> None:
        with pytest.raises(InputError, match="split it"), store.atomic():
            store.add_document(Document(document_id="d", text="x" * 6_000_000))

    # ------------------------------------------------------------ quarantine

    def test_quarantine_keeps_the_reason_newest_first(self, store: Store) -> None:
        when = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
        row = Quarantined(
            source="a.csv", reason="no date", row=3, column="date", value="x", raw="x,y", when=when
        )
        with store.atomic():
            assert store.add_quarantine([row, Quarantined(source="b.txt", reason="empty")]) == 2
        newest, oldest = store.quarantine()
        assert (newest.source, newest.when is None) == ("b.txt", False)
        assert oldest == row
        assert store.count_quarantine() == 2

    # ------------------------------------------------------------ edits

    def test_an_edit_is_recorded_field_by_field(self, filled: Store) -> None:
        with filled.atomic():
            after = filled.update_incident(
                "raid", {"killed_best": 4, "place": "Opava"}, who="Ana", why="second report"
            )
        assert filled.incident("raid") == after == replace(RAID, killed_best=4, place="Opava")
        changes = {change.field: change for change in filled.changes("raid")}
        assert (changes["killed_best"].before, changes["killed_best"].after) == (3, 4)
        assert (changes["place"].who, changes["place"].why) == ("Ana", "second report")
        assert changes["place"].when.tzinfo is not None

    def test_an_unchanged_value_leaves_no_trace(self, filled: Store) -> None:
        revision = filled.revision()
        with filled.atomic():
            filled.update_incident(
                "raid", {"place": "Ostrava", "tags": ["night", "border"]}, who="A"
            )
        assert filled.changes("raid") == []
        assert filled.revision() == revision

    def test_edits_come_oldest_first(self, filled: Store) -> None:
        for count in (5, 6, 7):
            with filled.atomic():
                filled.update_incident("raid", {"killed_best": count}, who="A")
        assert [change.after for change in filled.changes("raid")] == [5, 6, 7]

    @pytest.mark.parametrize(
        "values",
        [
            {"latitude": 95},
            {"latitude": None},
            {"event_date": "soon"},
            {"status": "maybe"},
            {"incident_id": "other"},
            {"unknown": 1},
            {"killed_best": "many"},
            {"event_date_end": "2019-01-01"},
        ],
    )
    def test_an_impossible_edit_changes_nothing(
        self, filled: Store, values: dict[str, object]
    ) -> None:
        with pytest.raises(InputError), filled.atomic():
            filled.update_incident("raid", {"place": "Opava"} | values, who="A")
        assert filled.incident("raid") == RAID
        assert filled.changes("raid") == []

    def test_an_edit_needs_a_name_and_an_incident(self, filled: Store) -> None:
        with pytest.raises(InputError, match="who"), filled.atomic():
            filled.update_incident("raid", {"place": "x"}, who=" ")
        with pytest.raises(InputError, match="'none'"), filled.atomic():
            filled.update_incident("none", {"place": "x"}, who="A")

    def test_moving_an_incident_moves_it_on_the_map(self, filled: Store) -> None:
        box = Filter(bbox=(-1.0, -1.0, 1.0, 1.0))
        with filled.atomic():
            filled.update_incident("raid", {"latitude": 0.5, "longitude": 0.5}, who="A")
        assert [found.incident_id for found in filled.incidents(box)] == ["raid"]
        with filled.atomic():
            filled.update_incident("raid", {"latitude": None, "longitude": None}, who="A")
        assert filled.count(box) == 0

    # ------------------------------------------------------------ boundaries

    def test_a_layer_of_boundaries_comes_back_as_it_was_given(self, store: Store) -> None:
        with store.atomic():
            kept = store.add_boundaries(LAYER, areas())
        assert store.boundaries() == [kept]
        assert store.boundary_shapes("cz") == areas()
        assert replace(kept, added=None) == replace(LAYER, areas=4, country="CZ")

    def test_boundaries_are_found_by_a_box(self, store: Store) -> None:
        with store.atomic():
            store.add_boundaries(LAYER, areas())
        found = store.boundary_shapes("cz", box=(17.2, 49.2, 17.3, 50.5))
        assert [area.name for area in found] == ["Zlin", "Opava"]
        assert store.boundary_shapes("cz", box=(0.0, 0.0, 1.0, 1.0)) == []

    def test_a_name_that_is_taken_gets_a_number(self, store: Store) -> None:
        hostile = replace(LAYER, name="'; DROP TABLE incidents; -- ž/../x", title="<script>\x00")
        with store.atomic():
            names = [store.add_boundaries(one, areas()).name for one in (LAYER, LAYER, hostile)]
        assert names == ["cz", "cz_2", "drop_table_incidents_zx"]
        assert store.boundaries()[2].title == "<script>\ufffd"
        assert store.check() == []

    def test_a_layer_that_is_removed_leaves_nothing(self, store: Store) -> None:
        with store.atomic():
            store.add_boundaries(LAYER, areas())
        with store.atomic():
            store.remove_boundaries("cz")
        assert store.boundaries() == []
        assert store.check() == []

    def test_an_unknown_layer_is_named_with_those_that_are_there(self, store: Store) -> None:
        with pytest.raises(InputError, match="none yet"):
            store.boundary_shapes("cz")
        with store.atomic():
            store.add_boundaries(LAYER, areas())
        for wrong in ("xx", "cz'; DROP TABLE incidents; --", ""):
            with pytest.raises(InputError, match="there are cz"):
                store.boundary_shapes(wrong)
            with pytest.raises(InputError, match="there are cz"), store.atomic():
                store.remove_boundaries(wrong)

    def test_boundaries_that_fail_half_way_leave_nothing(self, store: Store) -> None:
        def half() -> Iterator[AdminArea]:
            yield areas()[0]
            raise UndoError

        with suppress(UndoError), store.atomic():
            store.add_boundaries(LAYER, half())
        assert store.boundaries() == []
        assert store.check() == []
        with store.atomic():
            assert store.add_boundaries(LAYER, areas()).name == "cz"

    # ------------------------------------------------------------ transactions

    def test_a_failed_block_keeps_nothing(self, store: Store) -> None:
        with suppress(UndoError), store.atomic():
            store.add_incidents([RAID])
            store.add_quarantine([Quarantined(source="a", reason="b")])
            raise UndoError
        assert (store.count(EVERY), store.count_quarantine()) == (0, 0)

    def test_a_failed_inner_block_undoes_itself_alone(self, store: Store) -> None:
        with store.atomic():
            store.add_incidents([RAID])
            with suppress(UndoError), store.atomic():
                store.add_incidents([AREA])
                raise UndoError
            with store.atomic():
                store.add_incidents([NOWHERE])
        assert {found.incident_id for found in store.incidents(EVERY)} == {"raid", "nowhere"}

    def test_writing_outside_a_block_is_a_mistake_of_the_caller(self, store: Store) -> None:
        with pytest.raises(RuntimeError, match="atomic"):
            store.add_incidents([RAID])

    def test_a_block_reads_its_own_changes_and_other_threads_do_not(self, store: Store) -> None:
        seen: list[int] = []
        with store.atomic():
            store.add_incidents([RAID])
            assert store.count(EVERY) == 1
            other = Thread(target=lambda: seen.append(store.count(EVERY)))
            other.start()
            other.join()
        assert seen == [0]

    def test_threads_share_a_store(self, store: Store) -> None:
        def work(name: str) -> None:
            for number in range(10):
                with store.atomic():
                    store.add_incidents([Incident(incident_id=f"{name}{number}")])
                store.totals(Filter())

        threads = [Thread(target=work, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.count(EVERY) == 40

    def test_a_snapshot_does_not_see_later_commits(self, filled: Store) -> None:
        def add() -> None:
            with filled.atomic():
                filled.add_incidents([located("late", 1, 1)])

        with filled.snapshot():
            before = filled.count(EVERY)
            other = Thread(target=add)
            other.start()
            other.join()
            assert filled.count(EVERY) == before
        assert filled.count(EVERY) == before + 1

    def test_the_revision_differs_after_a_commit_and_only_then(self, store: Store) -> None:
        first = store.revision()
        store.totals(Filter())
        assert store.revision() == first
        with store.atomic():
            store.add_incidents([RAID])
            assert store.revision() == first
        assert store.revision() != first

    def test_a_closed_store_says_so(self, store: Store) -> None:
        store.close()
        with pytest.raises(StoreError, match="closed"):
            store.count(Filter())

    # ------------------------------------------------------------ summaries

    @ANY_EXAMPLE
    @given(found=incidents(), where=filters())
    def test_totals_reconcile_and_equal_a_count_by_hand(
        self, store: Store, found: list[Incident], where: Filter
    ) -> None:
        with suppress(UndoError), store.atomic():
            store.add_incidents(found)
            totals = store.totals(where)
            # As kept: a longitude below the smallest normal number comes back as 0.
            expected = brute_totals(store.incidents(EVERY), where)
            assert {name: getattr(totals, name) for name in expected} == expected
            assert sum(expected.values()) == totals.all == len(found)
            raise UndoError

    def test_totals_say_what_the_shown_ones_are(self, filled: Store) -> None:
        assert filled.totals(Filter()) == Totals(
            all=5,
            mapped=2,
            not_located=1,
            filtered_out=0,
            awaiting_review=0,
            rejected=2,
            drafts=2,
            area_only=1,
            undated=1,
            killed=4,
            injured=4,
            documents=1,
            from_reports=3,
            quarantined=0,
        )

    def test_drafts_wait_where_only_reviewed_ones_are_asked_for(self, filled: Store) -> None:
        totals = filled.totals(Filter(status=(Status.CONFIRMED,), min_killed=1))
        assert (totals.mapped, totals.awaiting_review, totals.filtered_out) == (1, 1, 1)

    def test_rejected_ones_that_are_asked_for_are_shown(self, filled: Store) -> None:
        totals = filled.totals(Filter(status=(Status.MERGED,)))
        assert (totals.mapped, totals.rejected, totals.all) == (1, 1, 5)

    def test_a_country_point_is_not_on_the_map(self, store: Store) -> None:
        vague = located("x", 1, 1, location_precision=LocationPrecision.COUNTRY)
        with store.atomic():
            store.add_incidents([vague])
        assert (store.totals(Filter()).mapped, store.totals(Filter()).not_located) == (0, 1)

    def test_a_group_counts_once_per_incident_in_any_spelling(self, filled: Store) -> None:
        assert filled.facet("group", Filter()) == [("MULLER'S MEN", 2), ("Border Guard", 1)]

    def test_a_facet_leaves_its_own_part_aside(self, filled: Store) -> None:
        where = Filter(group=("Border Guard",), district=("Zlín",))
        assert filled.facet("group", where) == [("MULLER'S MEN", 1)]
        assert filled.facet("district", where) == [("Ostrava", 1)]

    @ANY_EXAMPLE
    @given(found=incidents(), where=filters())
    def test_a_facet_says_what_choosing_the_value_would_give(
        self, store: Store, found: list[Incident], where: Filter
    ) -> None:
        with suppress(UndoError), store.atomic():
            store.add_incidents(found)
            for part in ("group", "perpetrator", "country", "province", "district"):
                for name, count in store.facet(part, where):
                    assert store.count(replace(where, **{part: (name,)})) == count
                    assert fold(name)
            for status, count in store.facet("status", where):
                assert store.count(replace(where, status=(Status(status),))) == count
            raise UndoError

    def test_a_facet_of_types_has_both_levels(self, filled: Store) -> None:
        assert filled.facet("type", Filter()) == [("Armed clash", 1), ("Battles", 1)]

    def test_a_facet_can_be_cut(self, filled: Store) -> None:
        assert len(filled.facet("group", Filter(), limit=1)) == 1

    def test_a_part_without_values_has_no_facet(self, filled: Store) -> None:
        with pytest.raises(InputError, match="'bbox'"):
            filled.facet("bbox", Filter())

    def test_the_timeline_leaves_out_what_is_known_too_coarsely(self, filled: Store) -> None:
        assert filled.timeline(Filter(), "day") == [("2020-05-01", 1, 3)]
        assert filled.timeline(Filter(), "week") == [("2020-04-27", 1, 3), ("2020-05-04", 1, 1)]
        assert filled.timeline(Filter(), "month") == [("2020-05-01", 2, 4)]
        assert filled.timeline(Filter(), "year") == [("2020-01-01", 2, 4)]

    def test_a_range_counts_in_a_step_that_holds_it_whole(self, store: Store) -> None:
        spanning = Incident(
            incident_id="x",
            event_date=date(2020, 1, 30),
            event_date_end=date(2020, 2, 2),
            date_precision=DatePrecision.RANGE,
        )
        with store.atomic():
            store.add_incidents([spanning])
        assert store.timeline(Filter(), "month") == []
        assert store.timeline(Filter(), "week") == [("2020-01-27", 1, 0)]

    @ANY_EXAMPLE
    @given(found=incidents(), where=filters(), step=st.sampled_from(STEPS))
    def test_bars_bands_and_the_undated_are_all_that_match(
        self, store: Store, found: list[Incident], where: Filter, step: str
    ) -> None:
        with suppress(UndoError), store.atomic():
            store.add_incidents(found)
            dates, totals = store.dates(where), store.totals(where)
            in_bars = sum(n for _, n, _ in store.timeline(where, step))
            in_bands = sum(band.incidents for band in bands(dates, step))
            assert in_bars + in_bands + totals.undated == totals.matched
            assert sum(dated.killed for dated in dates) <= totals.killed
            raise UndoError

    def test_an_unknown_step_is_refused(self, store: Store) -> None:
        with pytest.raises(InputError, match="'decade'"):
            store.timeline(Filter(), "decade")

    # ------------------------------------------------------------ frames, checks, names

    def test_a_frame_holds_points_in_wgs84_and_none(self, filled: Store) -> None:
        frame = filled.frame(Filter())
        assert frame.crs.to_epsg() == 4326
        assert [p and (p.x, p.y) for p in frame.geometry] == [(18.26, 49.82), (17.0, 49.0), None]

    def test_a_frame_can_have_few_columns_or_no_rows(self, filled: Store) -> None:
        few = filled.frame(Filter(), ["incident_id", "killed_best"])
        assert list(few.columns) == ["incident_id", "killed_best", "geometry"]
        assert few["killed_best"].dtype == "Int64"
        none = filled.frame(Filter(group=("nobody",)), ["event_date"])
        assert len(none) == 0
        assert none["event_date"].dtype.kind == "M"

    def test_a_frame_of_an_unknown_column_is_refused(self, filled: Store) -> None:
        with pytest.raises(InputError, match="'geom'"):
            filled.frame(Filter(), ["geom"])

    def test_a_sound_store_has_no_problems(self, filled: Store) -> None:
        assert filled.check() == []

    def test_merged_ones_keep_their_point(self, filled: Store) -> None:
        assert filled.incident("merged") == MERGED

    # ------------------------------------------------------------ remembered places

    def test_a_chosen_place_is_remembered_as_it_was(self, store: Store) -> None:
        with store.atomic():
            kept = store.remember_place(CHOSEN)
        assert store.place_memories() == [kept]
        assert (kept.alias, kept.latitude, kept.who) == ("Mach", 29.86, "Ann")
        assert kept.memory_id.startswith("mem_")

    def test_another_choice_for_the_same_phrase_ends_the_first(self, store: Store) -> None:
        with store.atomic():
            first = store.remember_place(CHOSEN)
            again = replace(CHOSEN, alias="MACH ", in_country="PK", latitude=1.0, who="Bo")
            second = store.remember_place(again)
        assert store.place_memories() == [second]
        (old,) = store.place_memories(ended=True)
        assert (old.memory_id, old.ended_by) == (first.memory_id, "Bo")
        assert old.ended is not None

    def test_another_context_is_another_choice(self, store: Store) -> None:
        with store.atomic():
            store.remember_place(CHOSEN)
            store.remember_place(replace(CHOSEN, in_country="Nigeria"))
        assert len(store.place_memories()) == 2

    def test_a_forgotten_place_can_be_brought_back(self, store: Store) -> None:
        with store.atomic():
            kept = store.remember_place(CHOSEN)
            store.forget_place(kept.memory_id, who="Bo")
        assert store.place_memories() == []
        with store.atomic():
            back = store.restore_place(kept.memory_id, who="Cy")
        assert store.place_memories() == [back]
        assert (back.latitude, back.who) == (kept.latitude, "Cy")

    def test_a_place_left_off_the_map_has_no_point(self, store: Store) -> None:
        with store.atomic():
            kept = store.remember_place(PlaceMemory(memory_id="", alias="the border", who="Ann"))
        assert not kept.placed
        assert store.place_memories()[0].latitude is None

    @pytest.mark.parametrize(
        "wrong",
        [
            {"alias": " ., "},
            {"alias": "x" * 301},
            {"who": " "},
            {"longitude": None},
            {"latitude": 91.0},
            {"radius_km": -1.0},
        ],
    )
    def test_a_choice_that_cannot_be_is_refused(self, store: Store, wrong: dict[str, Any]) -> None:
        with store.atomic(), pytest.raises(InputError):
            store.remember_place(replace(CHOSEN, **wrong))
        assert store.place_memories() == []

    def test_an_unknown_choice_cannot_be_forgotten(self, store: Store) -> None:
        with store.atomic(), pytest.raises(InputError, match="'mem_0'"):
            store.forget_place("mem_0", who="Ann")

    def test_hostile_words_of_a_choice_are_only_words(self, store: Store) -> None:
        words = "'); DROP TABLE incidents; -- <script>\x00"
        with store.atomic():
            store.remember_place(replace(CHOSEN, alias=words, why=words * 100))
        (kept,) = store.place_memories()
        assert kept.alias == words.replace("\x00", "\ufffd")
        assert len(kept.why) == 500

    # ------------------------------------------------------------ feeds

    def test_a_feed_is_kept_from_now_on(self, store: Store) -> None:
        with store.atomic():
            kept = store.add_feed(FEED)
        assert store.feeds() == [kept]
        assert kept.added is not None
        assert replace(kept, added=None) == FEED

    def test_how_a_feed_is_comes_back_as_it_was_written(self, store: Store) -> None:
        now = datetime(2021, 8, 31, 12, 30, tzinfo=UTC)
        full = Feed(
            name="Daily", url="https://news.example/2", title="The Daily", etag='"7"',
            last_modified="Tue", added=now, last_checked=now, last_success=now,
            last_item=date(2021, 8, 30), last_error="it was down", failures=3, failing_since=now,
            next_allowed=now, asked_until=now, stopped=now,
        )  # fmt: skip
        with store.atomic():
            store.add_feed(FEED)
            store.keep_feed(full)
        assert store.feeds() == [full]

    @pytest.mark.parametrize(
        "second",
        [
            {"name": "Other"},
            {"url": "https://news.example/2", "name": "DAILY"},
            {"url": "https://news.example/2", "name": " . "},
            {"url": "https://news.example/2", "name": "x" * 81},
            {"url": "ftp://news.example/", "name": "Other"},
        ],
    )
    def test_a_feed_that_cannot_be_is_refused(self, store: Store, second: dict[str, Any]) -> None:
        with store.atomic():
            kept = store.add_feed(FEED)
            with pytest.raises(InputError):
                store.add_feed(replace(FEED, **second))
        assert store.feeds() == [kept]

    def test_feeds_are_listed_by_name_and_removed_by_it(self, store: Store) -> None:
        with store.atomic():
            for name in ("b", "C", "a"):
                store.add_feed(Feed(name=name, url=f"https://{name}.example/"))
            gone = store.remove_feed("b")
        assert [feed.name for feed in store.feeds()] == ["a", "C"]
        assert gone.url == "https://b.example/"

    def test_an_unknown_feed_is_told(self, store: Store) -> None:
        with store.atomic():
            with pytest.raises(InputError, match="'Daily'"):
                store.remove_feed("Daily")
            with pytest.raises(InputError, match="'Daily'"):
                store.keep_feed(FEED)

    def test_hostile_words_of_a_feed_are_only_words(self, store: Store) -> None:
        words = "'); DROP TABLE feeds; -- <script>"
        with store.atomic():
            kept = store.add_feed(replace(FEED, name=words, title=words * 100))
        assert store.feeds()[0].name == words
        assert len(store.feeds()[0].title) == 1_000
        with store.atomic():
            store.remove_feed(kept.name)
        assert store.check() == []

    def test_a_report_is_found_by_its_address(self, store: Store) -> None:
        url = "https://news.example/" + "a" * 1_000
        with store.atomic():
            store.add_document(replace(DOCUMENT, url=url))
        found = store.document_with_url(url)
        assert found is not None
        assert found.document_id == DOCUMENT.document_id
        assert store.document_with_url("https://news.example/") is None
        assert store.document_with_url("") is None
