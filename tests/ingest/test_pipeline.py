"""The pipeline: every input ends as a document, a quarantine row or a skipped duplicate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geodata.errors import InputError
from geodata.filters import Filter
from geodata.incident import Document, Quarantined
from geodata.store import Store, open_store
from ingest import pipeline
from ingest.pipeline import Tools, extract_documents, ingest, ingest_text, preview_text, save

PUBLISHED = date(2021, 8, 31)
STORY = (
    "QUETTA, Pakistan: Gunmen killed two police officers in Quetta on Monday, officials said. "
    "No group claimed responsibility."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "stories"
    where.mkdir()
    (where / "a.txt").write_text(STORY)
    (where / "b.txt").write_text("The council of Quetta opened a new library on Monday.")
    (where / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (where / "d.txt").write_text(STORY)
    return where


def test_preview_stores_nothing(tools: Tools) -> None:
    seen = preview_text(STORY, published=PUBLISHED, outlet="The Wire", tools=tools)
    (one,) = seen.extracted
    assert (one.incident.event_date, one.incident.killed_best) == (date(2021, 8, 30), 2)
    assert seen.document.outlet == "The Wire"


def test_evidence_points_into_the_text(tools: Tools) -> None:
    seen = preview_text(STORY, published=PUBLISHED, tools=tools)
    for one in seen.extracted:
        for quote in one.evidence().values():
            assert seen.document.text[quote.start : quote.end] == quote.quote


def test_same_text_gives_the_same_ids(tools: Tools) -> None:
    first, second = (preview_text(STORY, published=PUBLISHED, tools=tools) for _ in range(2))
    assert first == second


def test_empty_text_is_refused(tools: Tools) -> None:
    with pytest.raises(InputError, match="no words"):
        preview_text("  ", tools=tools)


def test_save_keeps_document_incidents_and_claims(store: Store, tools: Tools) -> None:
    seen = preview_text(STORY, published=PUBLISHED, tools=tools)
    saved = save(store, seen.document, seen.extracted)
    assert saved.stored
    (incident,) = store.incidents_of_document(saved.document_id)
    assert saved.incident_ids == (incident.incident_id,)
    assert len(store.claims(incident.incident_id)) == len(seen.extracted[0].claims)


def test_save_twice_changes_nothing(store: Store, tools: Tools) -> None:
    seen = preview_text(STORY, published=PUBLISHED, tools=tools)
    first = save(store, seen.document, seen.extracted)
    renamed = replace(seen.document, document_id="other")
    second = save(store, renamed, seen.extracted)
    assert (second.stored, second.document_id) == (False, first.document_id)
    assert store.count(Filter()) == 1


def test_edits_of_the_analyst_are_recorded(store: Store, tools: Tools) -> None:
    seen = preview_text(STORY, published=PUBLISHED, tools=tools)
    incident_id = seen.extracted[0].incident.incident_id
    edits = {incident_id: {"killed_best": 3}}
    save(store, seen.document, seen.extracted, edits=edits, who="Ann", why="second source")
    (change,) = store.changes(incident_id)
    assert (change.before, change.after, change.who) == (2, 3, "Ann")


def test_wrong_edit_leaves_the_store_untouched(store: Store, tools: Tools) -> None:
    seen = preview_text(STORY, published=PUBLISHED, tools=tools)
    edits = {seen.extracted[0].incident.incident_id: {"latitude": 900}}
    with pytest.raises(ValueError, match="900"):
        save(store, seen.document, seen.extracted, edits=edits)
    assert (store.count_documents(), store.count(Filter())) == (0, 0)


def test_refused_incidents_are_left_out(store: Store, tools: Tools) -> None:
    seen = preview_text(STORY, published=PUBLISHED, tools=tools)
    assert save(store, seen.document, []).incident_ids == ()
    assert (store.count_documents(), store.count(Filter())) == (1, 0)


def test_ingest_accounts_for_every_input(store: Store, folder: Path, tools: Tools) -> None:
    report = ingest([folder], store, published=PUBLISHED, tools=tools)
    assert (report.documents, report.incidents, report.without_incident) == (2, 1, 1)
    assert [row.source for row in report.quarantined] == [str(folder / "c.txt")]
    assert [one.source for one in report.duplicates] == [str(folder / "d.txt")]
    assert report.inputs == 4
    assert (store.count_documents(), store.count_quarantine()) == (2, 1)


def test_ingest_again_changes_nothing(store: Store, folder: Path, tools: Tools) -> None:
    ingest([folder], store, published=PUBLISHED, tools=tools)
    before = (store.count_documents(), store.count(Filter()), store.count_quarantine())
    again = ingest([folder], store, published=PUBLISHED, tools=tools)
    assert (again.documents, len(again.duplicates)) == (0, 3)
    assert (store.count_documents(), store.count(Filter()), store.count_quarantine()) == before


def test_duplicate_names_its_twin(store: Store, folder: Path, tools: Tools) -> None:
    report = ingest([folder / "a.txt", folder / "d.txt"], store, tools=tools)
    (document,) = store.documents()
    assert report.duplicates[0].twin == document.document_id


def test_id_used_for_two_texts_is_told_apart(store: Store, tmp_path: Path, tools: Tools) -> None:
    for name, place in (("one", "Quetta"), ("two", "Karachi")):
        text = STORY.replace("Quetta", place)
        (tmp_path / f"{name}.jsonl").write_text(f'{{"id": "1", "text": "{text}"}}')
    report = ingest([tmp_path / "one.jsonl", tmp_path / "two.jsonl"], store, tools=tools)
    assert report.documents == 2
    assert "1" in {one.document_id for one in store.documents()}


def test_progress_is_told_for_every_input(store: Store, folder: Path, tools: Tools) -> None:
    steps: list[int] = []
    ingest([folder], store, tools=tools, progress=steps.append)
    assert sum(steps) == 4


def test_workers_give_the_same_result(tmp_path: Path, folder: Path) -> None:
    totals = []
    for workers in (1, 2):
        with open_store(tmp_path / f"{workers}.gpkg", create=True) as opened:
            report = ingest([folder], opened, published=PUBLISHED, workers=workers)
            totals.append((report.documents, report.incidents, len(report.quarantined)))
    assert totals[0] == totals[1]


class BrokenNames:
    """A name finder with a bug that one text sets off."""

    def find_names(self, text: str) -> list[object]:
        raise ValueError("cannot think")


def test_one_bad_document_does_not_stop_the_others(tools: Tools) -> None:
    broken = replace(tools, names=BrokenNames())  # type: ignore[arg-type] - it never answers
    document = Document(document_id="d", text=STORY, path="a.txt", published=PUBLISHED)
    row = Quarantined(source="b.txt", reason="is empty")
    first, second = extract_documents([document, row], tools=broken)
    assert isinstance(first, Quarantined)
    assert first.reason == "extraction failed: ValueError: cannot think"
    assert first.raw == STORY
    assert second is row


def test_ingest_text(store: Store, tools: Tools) -> None:
    saved = ingest_text(store, STORY, title="Raid", published=PUBLISHED, tools=tools)
    found = store.document(saved.document_id)
    assert found is not None
    assert (found.title, len(saved.incident_ids)) == ("Raid", 1)


@pytest.mark.shared
def test_the_raid_at_mastung(shared_data: Path, store: Store, tools: Tools) -> None:
    story = shared_data / "stories" / "mastung_raid.txt"
    report = ingest([story], store, published=PUBLISHED, tools=tools)
    assert (report.documents, report.incidents) == (1, 2)
    raid, earlier = sorted(store.incidents(Filter()), key=lambda one: one.background)
    assert (raid.event_date, raid.killed_best, raid.admin2) == (PUBLISHED, 11, "Mastung")
    assert (raid.actor1, raid.actor2) == (
        "Counter Terrorism Department (Pakistan)",
        "Islamic State",
    )
    assert (earlier.event_date, earlier.event_date_end) == (None, PUBLISHED)
    assert earlier.killed_by_status == {"security_forces": 2}


URDU = "کوئٹہ: نامعلوم افراد کی فائرنگ سے دو پولیس اہلکار ہلاک ہوگئے۔"


def test_language_that_is_not_read_is_kept_and_listed(
    store: Store, tmp_path: Path, tools: Tools
) -> None:
    (tmp_path / "ur.txt").write_text(URDU)
    report = ingest([tmp_path / "ur.txt"], store, tools=tools)
    assert (report.documents, report.without_incident, report.inputs) == (1, 0, 1)
    (one,) = report.unsupported
    assert (one.language, one.reason) == ("ur", "language not supported: ur")
    (document,) = store.documents()
    assert (document.text, document.language) == (URDU, "ur")
    (row,) = store.quarantine()
    assert (row.source, row.reason) == (one.source, "language not supported: ur")


def test_language_that_is_not_read_again_changes_nothing(
    store: Store, tmp_path: Path, tools: Tools
) -> None:
    (tmp_path / "ur.txt").write_text(URDU)
    for _ in range(2):
        report = ingest([tmp_path / "ur.txt"], store, tools=tools)
    assert (len(report.duplicates), report.unsupported) == (1, [])
    assert (store.count_documents(), store.count_quarantine()) == (1, 1)


def test_preview_tells_the_language(tools: Tools) -> None:
    assert preview_text(STORY, tools=tools).document.language == "en"
    seen = preview_text(URDU, tools=tools)
    assert (seen.note, seen.extracted) == ("language not supported: ur", ())


def test_language_stated_beforehand_is_believed(tools: Tools) -> None:
    stated = Document(document_id="d", text=STORY, language="xx")
    assert pipeline.preview(stated, tools).note == "language not supported: xx"
