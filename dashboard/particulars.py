"""Weapon, tactic, target, people taken and let go: in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.wording import number

if TYPE_CHECKING:
    from geodata.incident import Incident

COUNTS = ("arrested", "abducted", "released")
"""Particulars that count people."""


def particulars_words(incident: Incident) -> str:
    """Say the particulars in one line: "car bomb, suicide attack, aimed at police; 5 arrested"."""
    aimed = f"aimed at {incident.target}" if incident.target else None
    how = ", ".join(word for word in (incident.weapon, incident.tactic, aimed) if word)
    counts = [
        f"{number(count)} {name}" if count else f"nobody {name}"
        for name in COUNTS
        if (count := getattr(incident, name)) is not None
    ]
    return "; ".join(part for part in (how, ", ".join(counts)) if part)
