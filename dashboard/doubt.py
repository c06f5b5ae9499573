"""How sure the machine is of a row, in words; the confidence is calibrated, the words are its.

Only what an analyst should look at is said: a row without a word is likely or sure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.incident import Claim

SURE, LIKELY = 0.9, 0.7
"""Shares of such values that are right, from which a value is called sure, and likely."""

ASKED: Mapping[str, tuple[str, ...]] = {
    "what": ("sub_event_type",),
    "first": ("actor1",),
    "second": ("actor2",),
    "held": ("perpetrator", "attribution"),
    "date": ("event_date",),
    "place": ("location",),
    "killed": ("killed_best",),
    "injured": ("injured_best",),
}
"""Claims that decide how sure each kind of row is: the least sure of them."""


def sure_word(confidence: float) -> str:
    """Call a confidence sure, likely or unsure."""
    return "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "unsure"


def doubts(claims: Iterable[Claim]) -> dict[str, str]:
    """Say of each kind of row that is unsure how often such readings are right.

    Of several reports that claim the same field the surest counts: one good reading is enough.
    """
    best: dict[str, float] = {}
    for claim in claims:
        if claim.method == "rules" and claim.confidence is not None:
            best[claim.field] = max(claim.confidence, best.get(claim.field, 0.0))
    out = {}
    for kind, fields in ASKED.items():
        least = min((best[name] for name in fields if name in best), default=None)
        if least is not None and sure_word(least) == "unsure":
            tenth = max(1, min(9, round(least * 10)))
            out[kind] = f"unsure: about {tenth} in 10 such readings are right"
    return out
