"""A small invented country for tests of stores, and strategies for random incidents."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from geodata.errors import InputError
from geodata.filters import Filter
from geodata.incident import Attribution, Claim, Document, Evidence, Incident, Status
from geodata.particulars import Tactic, Target, Weapon
from geodata.polygon import Ring, read_polygon, written
from geodata.precision import DatePrecision, LocationPrecision
from geodata.taxonomy import EVENT_TYPE_OF

ORIGINAL = "Müller's raid on Ostrava killed 3.".encode("latin-1")
DOCUMENT = Document(
    document_id="doc_1",
    text="Müller's raid on Ostrava killed 3.",
    title="Raid",
    outlet="The Courier",
    published=date(2020, 5, 2),
)


def located(incident_id: str, latitude: float, longitude: float, **more: Any) -> Incident:
    more = {"location_precision": LocationPrecision.SETTLEMENT} | more
    return Incident(incident_id=incident_id, latitude=latitude, longitude=longitude, **more)


RAID = located(
    "raid",
    49.82,
    18.26,
    event_date=date(2020, 5, 1),
    date_precision=DatePrecision.DAY,
    event_type="Battles",
    sub_event_type="Armed clash",
    actor1="Border Guard",
    actor2="Müller's Men",
    perpetrator="Border Guard",
    attribution=Attribution.CLAIMED,
    place="Ostrava",
    admin2="Ostrava",
    admin1="Moravia",
    country="Examplia",
    killed_best=3,
    killed_by_status={"militants": 3},
    weapon=Weapon.FIREARM,
    tactic=Tactic.RAID,
    target=Target.ARMED_GROUP,
    attributed_by="the Border Guard itself",
    arrested=2,
    released=5,
    status=Status.CONFIRMED,
    tags=("night", "border"),
)
AREA = located(
    "area",
    49.0,
    17.0,
    location_precision=LocationPrecision.DISTRICT,
    event_date=date(2020, 5, 4),
    event_date_end=date(2020, 5, 10),
    date_precision=DatePrecision.WEEK,
    actor1="MULLER'S MEN",
    admin2="Zlín",
    killed_best=1,
    injured_best=4,
)
NOWHERE = Incident(
    incident_id="nowhere", event_date_end=date(2020, 5, 2), background=True, notes="told in passing"
)
REJECTED = Incident(incident_id="rejected", status=Status.REJECTED)
MERGED = located("merged", -10.0, -20.0, status=Status.MERGED, notes="twin: raid")
INCIDENTS = (RAID, AREA, NOWHERE, REJECTED, MERGED)

CLAIMS = (
    Claim(
        claim_id="c2",
        incident_id="area",
        document_id="doc_1",
        field="location",
        value="Ostrava",
        evidence=Evidence("Ostrava", 17, 24),
        confidence=0.5,
        detail={"candidates": [{"name": "Ostrava", "score": 0.9}]},
    ),
    Claim(
        claim_id="c1",
        incident_id="raid",
        document_id="doc_1",
        field="actor2",
        value="Müller's Men",
        evidence=Evidence("Müller's", 0, 8),
    ),
)

# ---------------------------------------------------------------- random incidents and filters

NAMES = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "Müller",
            "MULLER",
            "müller's men",
            "Ostrava",
            "ostrava ",
            "100%",
            "under_score",
            "O'Brien",
            '"quoted"',
            "a\nb",
            "Łódź",
            "İzmir",
            "'; DROP TABLE incidents; --",
            "",
        ]
    ),
    st.text(max_size=8),
)
DAYS = st.dates(date(2019, 12, 20), date(2020, 2, 10))
DEGREES = st.sampled_from([-180.0, -90.0, -0.1, 0.0, 0.1, 12.3456789, 45.0, 90.0, 180.0])

LATITUDES = DEGREES.filter(lambda value: abs(value) <= 90) | st.floats(-90, 90)
LONGITUDES = DEGREES | st.floats(-180, 180)


@st.composite
def dated(draw: st.DrawFn) -> dict[str, Any]:
    days = sorted(draw(st.lists(DAYS, max_size=2)))
    known = [precision for precision in DatePrecision if precision != DatePrecision.UNKNOWN]
    if not days:
        return {}
    return {
        "event_date": days[0],
        "event_date_end": days[1] if len(days) == 2 else None,
        "date_precision": draw(st.sampled_from(known)),
    }


@st.composite
def placed(draw: st.DrawFn) -> dict[str, Any]:
    precision = draw(st.sampled_from(LocationPrecision))
    if draw(st.booleans()):
        return {"location_precision": precision}
    latitude, longitude = draw(LATITUDES), draw(LONGITUDES)
    return {"location_precision": precision, "latitude": latitude, "longitude": longitude}


@st.composite
def incident(draw: st.DrawFn, number: int = 0) -> Incident:
    sub = draw(st.none() | st.sampled_from(sorted(EVENT_TYPE_OF)))
    names = ("actor1", "actor2", "perpetrator", "place", "admin2", "admin1", "country")
    return Incident(
        incident_id=f"i{number}",
        event_type=sub and EVENT_TYPE_OF[sub],
        sub_event_type=sub,
        killed_best=draw(st.none() | st.integers(0, 5)),
        injured_best=draw(st.none() | st.integers(0, 5)),
        status=draw(st.sampled_from(Status)),
        attribution=draw(st.sampled_from(Attribution)),
        weapon=draw(st.none() | st.sampled_from(Weapon)),
        tactic=draw(st.none() | st.sampled_from(Tactic)),
        target=draw(st.none() | st.sampled_from(Target)),
        arrested=draw(st.none() | st.integers(0, 5)),
        background=draw(st.booleans()),
        tags=tuple(draw(st.lists(st.text(max_size=3), max_size=2))),
        notes=draw(NAMES) or "",
        dataset=draw(st.none() | st.sampled_from(["acled", "ucdp"])),
        **{name: draw(NAMES) for name in names},
        **draw(dated()),
        **draw(placed()),
    )


@st.composite
def incidents(draw: st.DrawFn, most: int = 8) -> list[Incident]:
    return [draw(incident(number)) for number in range(draw(st.integers(0, most)))]


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(values, max_size=2)


@st.composite
def rings(draw: st.DrawFn) -> Ring:
    """Rings of a few corners, some of them crossing themselves."""
    corners = draw(st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=3, max_size=7, unique=True))
    try:
        return read_polygon("polygon", [written(tuple(corners))])
    except InputError:  # on one line
        return ((-10.0, -10.0), (50.0, -10.0), (12.5, 60.0))


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    """Filters as a URL or a command can give them; about half of the parts are empty."""
    words = NAMES.filter(bool).filter(lambda text: text.isprintable() or "\n" in text)
    since, until = sorted([draw(DAYS), draw(DAYS)])
    west, east = sorted([draw(DEGREES), draw(DEGREES)])
    south, north = sorted(max(-90.0, min(90.0, draw(DEGREES))) for _ in range(2))
    part = {
        "group": some(words),
        "with_affiliates": some(st.sampled_from(["yes", "no"])),
        "perpetrator": some(words),
        "country": some(words),
        "province": some(words),
        "district": some(words),
        "type": some(st.sampled_from(["battles", "Armed clash", "Other"])),
        "precision": some(st.sampled_from([p.value for p in LocationPrecision])),
        "status": st.lists(st.sampled_from([s.value for s in Status]), min_size=1, max_size=3),
        "min_killed": some(st.sampled_from(["0", "1", "3"])),
        "text": some(words),
        "dataset": some(st.sampled_from(["reports", "ACLED", "acled", "none"])),
        "since": st.just([since.isoformat()]),
        "until": st.just([until.isoformat()]),
        "bbox": st.just([f"{west!r},{south!r},{east!r},{north!r}"]),
        "polygon": rings().map(lambda ring: [written(ring)]),
    }
    # what decides where an incident is counted is asked for more often than the rest
    names = [*sorted(part), "status", "status", "status", "bbox", "polygon", "min_killed"]
    chosen = draw(st.lists(st.sampled_from(names), max_size=3))
    return Filter.from_params({name: draw(part[name]) for name in chosen})
