"""A report with two events, of which the drafts know one."""

from __future__ import annotations

from datetime import date

from geodata.incident import Claim, Document, Evidence, ExtractedIncident, Incident, sha256_hex

TEXT = (
    "Gunmen killed two police officers in Quetta on Monday, officials said. "
    "The Baloch Front claimed the attack. "
    "In Sibi, a bomb wounded three railway workers on Sunday."
)
DOCUMENT = Document(
    document_id="story",
    text=TEXT,
    published=date(2021, 8, 31),
    sha256=sha256_hex(TEXT.encode()),
    language="en",
    path="story.txt",
)


def claim(field: str, value: object, quote: str, confidence: float = 0.8) -> Claim:
    """A claim of the rules on the first incident."""
    start = TEXT.index(quote)
    return Claim(
        claim_id=f"clm_{field}",
        incident_id="inc_1",
        document_id="story",
        field=field,
        value=value,
        evidence=Evidence(quote, start, start + len(quote)),
        confidence=confidence,
    )


DRAFT = ExtractedIncident(
    Incident(
        incident_id="inc_1",
        event_date=date(2021, 8, 30),
        event_type="Violence against civilians",
        sub_event_type="Attack",
        actor1="Unidentified armed group",
        place="Quetta",
        killed_best=2,
    ),
    (
        claim("place", "Quetta", "in Quetta"),
        claim("actor1", "Unidentified armed group", "Gunmen"),
        claim("event_date", "2021-08-30", "on Monday"),
        claim("killed_best", 2, "killed two police officers"),
    ),
)
