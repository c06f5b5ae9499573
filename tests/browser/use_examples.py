"""A project for tests of how the dashboard can be used: several scripts, every kind of page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from geodata.feeds import Feed
from geodata.incident import Claim, Document, Evidence
from geodata.memory import PlaceMemory
from geodata.precision import LocationPrecision
from geodata.store import open_store
from tests.dashboard.map_examples import incident, make_project

GROUP, POLICE, PLACE = "مجموعة مسلحة", "شرطة المدينة", "الحديدة"
QUOTE = "قتل أربعة أشخاص"
STORY = f"{QUOTE} في هجوم على نقطة تفتيش.\nFour people were killed, a local outlet said."
URDU_GROUP = "مسلح گروہ"


def make_usable_project(path: Path) -> Path:
    """The map's project with an incident told in Arabic, one in Urdu, a feed and a memory."""
    make_project(path)
    with open_store(path) as store, store.atomic():
        store.add_document(
            Document(
                document_id="doc_ar",
                text=STORY,
                title="هجوم على نقطة تفتيش",
                outlet="صحيفة محلية",
                published=date(2021, 6, 1),
            )
        )
        store.add_incidents(
            [
                incident(
                    "arabic", event_date=date(2021, 6, 1), actor1=GROUP, actor2=POLICE,
                    perpetrator=GROUP, place=PLACE, admin2=PLACE, admin1=PLACE, country="Yemen",
                    latitude=14.8, longitude=42.95, killed_best=4,
                ),
                incident(
                    "urdu", event_date=date(2021, 6, 9), actor1=URDU_GROUP, perpetrator=None,
                    place="کوئٹہ", latitude=31.5, longitude=64.5,
                ),
            ]
        )  # fmt: skip
        end = STORY.index(QUOTE) + len(QUOTE)
        said = Evidence(QUOTE, STORY.index(QUOTE), end)
        store.add_claims(
            [
                Claim(
                    claim_id="ar1", incident_id="arabic", document_id="doc_ar",
                    field="killed", value=4, evidence=said,
                )
            ]
        )  # fmt: skip
        store.add_feed(Feed(url="https://example.org/feed", name="Wire"))
        store.remember_place(
            PlaceMemory(
                memory_id="", alias="the old bridge", in_country="Pakistan", name="Bolan bridge",
                latitude=29.86, longitude=67.33, country="Pakistan", who="Ann",
                when=datetime(2021, 9, 1, tzinfo=UTC), location_precision=LocationPrecision.SITE,
            )
        )  # fmt: skip
    return path
