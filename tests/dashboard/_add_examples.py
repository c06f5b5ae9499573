"""A report and an incident read from it, for the tests of the Add page and the panel."""

from __future__ import annotations

from datetime import date

from geodata.incident import (
    Claim,
    Document,
    Evidence,
    ExtractedIncident,
    Incident,
    Json,
    sha256_hex,
)
from geodata.precision import DatePrecision, LocationPrecision

TEXT = (
    "Police raided a hideout in the district of Mastung on Tuesday.\n"
    "They said 11 militants of the Islamic State were killed."
)
HOSTILE = (
    "<script>window.hacked = 1</script> `x` </textarea> $$\\frac{1}{2}$$ "
    "![picture](http://foreign.test/a.png) <img src=x onerror='window.hacked = 1'>"
)


def report(text: str = TEXT, document_id: str = "doc_1") -> Document:
    return Document(
        document_id=document_id,
        text=text,
        title="Eleven killed in raid",
        outlet="Sample Wire (invented)",
        url="https://example.org/raid",
        published=date(2021, 8, 31),
        sha256=sha256_hex(text.encode()),
    )


def raid(incident_id: str = "inc_1") -> Incident:
    return Incident(
        incident_id=incident_id,
        event_date=date(2021, 8, 31),
        date_precision=DatePrecision.DAY,
        event_type="Battles",
        sub_event_type="Armed clash",
        actor1="Police (Pakistan)",
        actor2="Islamic State",
        place="Mastung",
        admin2="Mastung",
        admin1="Balochistan",
        country="Pakistan",
        latitude=29.8,
        longitude=66.85,
        location_precision=LocationPrecision.DISTRICT,
        killed_low=11,
        killed_best=11,
        killed_high=11,
    )


def claim(field: str, words: str, value: Json, *, incident_id: str = "inc_1") -> Claim:
    start = TEXT.index(words)
    return Claim(
        claim_id=f"{incident_id}-{field}",
        incident_id=incident_id,
        document_id="doc_1",
        field=field,
        value=value,
        evidence=Evidence(words, start, start + len(words)),
    )


def found(incident_id: str = "inc_1") -> ExtractedIncident:
    claims = (
        claim("event_type", "raided a hideout", "Battles", incident_id=incident_id),
        claim("location", "in the district of Mastung", "Mastung", incident_id=incident_id),
        claim("date", "on Tuesday", "2021-08-31", incident_id=incident_id),
        claim("killed", "11 militants", 11, incident_id=incident_id),
        claim("actor2", "Islamic State", "Islamic State", incident_id=incident_id),
    )
    return ExtractedIncident(raid(incident_id), claims)
