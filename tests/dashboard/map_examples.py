"""A small project that shows every way an incident can be drawn, for tests of the map."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.session import choose_project, close_project
from geodata.incident import Claim, Document, Evidence, Incident, Status
from geodata.precision import DatePrecision, LocationPrecision
from geodata.store import Store, open_store

HOSTILE = "<img src=x onerror='window.hacked=1'> `${window.hacked=2}` </script><script>hacked()"
TEXT = f"The army said it shelled a camp. {HOSTILE} Two people died near Quetta on Monday."
DOCUMENT = Document(
    document_id="doc_1",
    text=TEXT,
    title=HOSTILE,
    outlet="The Courier",
    published=date(2021, 8, 31),
)


def incident(name: str, **more: Any) -> Incident:
    """A confirmed incident in Quetta, except for what is said otherwise."""
    values: dict[str, Any] = {
        "event_date": date(2021, 3, 1),
        "date_precision": DatePrecision.DAY,
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "Islamic State",
        "perpetrator": "Islamic State",
        "place": "Quetta",
        "admin2": "Quetta",
        "admin1": "Balochistan",
        "country": "Pakistan",
        "latitude": 30.18,
        "longitude": 67.0,
        "location_precision": LocationPrecision.SETTLEMENT,
        "killed_best": 2,
        "status": Status.CONFIRMED,
    }
    return Incident(incident_id=name, **(values | more))


def district(name: str, **more: Any) -> Incident:
    """An incident known only to Mastung district."""
    return incident(
        name,
        place=None,
        admin2="Mastung",
        latitude=29.8,
        longitude=66.84,
        location_precision=LocationPrecision.DISTRICT,
        **more,
    )


INCIDENTS = (
    incident("town"),
    incident("same-town", actor1="Police Forces of Pakistan", perpetrator=None),
    incident(
        "hostile",
        actor1=HOSTILE,
        perpetrator=None,
        place=HOSTILE,
        latitude=25.4,
        longitude=68.37,
        admin2="Hyderabad",
        admin1="Sindh",
    ),
    incident(
        "near",
        latitude=34.0,
        longitude=71.5,
        admin2="Peshawar",
        admin1="Khyber Pakhtunkhwa",
        location_precision=LocationPrecision.NEAR,
        event_date=date(2021, 8, 30),
        status=Status.DRAFT,
    ),
    district("district-1", actor1="Balochistan Liberation Army", perpetrator=None),
    district("district-2", event_date=date(2021, 8, 31)),
    incident(
        "country",
        latitude=30.0,
        longitude=70.0,
        location_precision=LocationPrecision.COUNTRY,
        admin1=None,
        admin2=None,
        place=None,
    ),
    incident(
        "nowhere",
        latitude=None,
        longitude=None,
        location_precision=LocationPrecision.UNKNOWN,
        place="Elsewhere",
    ),
    incident("rejected", status=Status.REJECTED),
)
CLAIMS = (
    Claim(
        claim_id="c1",
        incident_id="hostile",
        document_id="doc_1",
        field="killed",
        value=2,
        evidence=Evidence("Two people died", TEXT.index("Two"), TEXT.index(" near Quetta")),
    ),
)


def make_project(path: Path) -> Path:
    """Write the project to a file."""
    with open_store(path, create=True) as store, store.atomic():
        store.add_document(DOCUMENT)
        store.add_incidents(INCIDENTS)
        store.add_claims(CLAIMS)
    return path


@contextmanager
def serving(path: Path) -> Iterator[Store]:
    """Let pages and routes of this process see a project, for the time of a test."""
    from dashboard.session import open_project

    choose_project(str(path), read_only=False)
    try:
        yield open_project()
    finally:
        close_project()
