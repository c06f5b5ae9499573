"""The ACLED event taxonomy: 6 event types, 25 sub-event types.

Source: ACLED codebook and the ``acled_event_categories`` table of acledR. acledR itself spells
"Excessive force against protestors" and "Strategic Developments"; `canonical_sub_event_type`
and `canonical_event_type` accept both, without regard to case.
"""

from __future__ import annotations

SUB_EVENT_TYPES: dict[str, tuple[str, ...]] = {
    "Battles": (
        "Armed clash",
        "Government regains territory",
        "Non-state actor overtakes territory",
    ),
    "Explosions/Remote violence": (
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ),
    "Violence against civilians": (
        "Sexual violence",
        "Attack",
        "Abduction/forced disappearance",
    ),
    "Protests": (
        "Peaceful protest",
        "Protest with intervention",
        "Excessive force against protesters",
    ),
    "Riots": (
        "Violent demonstration",
        "Mob violence",
    ),
    "Strategic developments": (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
}
"""Sub-event types by event type, in the codebook's order."""

EVENT_TYPES: tuple[str, ...] = tuple(SUB_EVENT_TYPES)

EVENT_TYPE_OF: dict[str, str] = {
    sub: event_type for event_type, subs in SUB_EVENT_TYPES.items() for sub in subs
}
"""Event type of each sub-event type; every sub-event type belongs to exactly one."""

_SPELLINGS = {
    "excessive force against protestors": "Excessive force against protesters",
}


def canonical_event_type(name: str) -> str | None:
    """Give the taxonomy's spelling of an event type, or None for a name it does not hold."""
    wanted = name.strip().casefold()
    return next((known for known in EVENT_TYPES if known.casefold() == wanted), None)


def canonical_sub_event_type(name: str) -> str | None:
    """Give the taxonomy's spelling of a sub-event type, or None for a name it does not hold."""
    wanted = name.strip().casefold()
    if wanted in _SPELLINGS:
        return _SPELLINGS[wanted]
    return next((known for known in EVENT_TYPE_OF if known.casefold() == wanted), None)
