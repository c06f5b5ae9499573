"""Event types of ACLED rows: the taxonomy in both spellings, and the types before 2019."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geodata.taxonomy import EVENT_TYPE_OF, canonical_event_type, canonical_sub_event_type
from ingest.presets._acled_sides import inter_row
from ingest.presets._crosswalk import codes, crosswalk
from ingest.presets._rows import combined, mask, spread

if TYPE_CHECKING:
    from ingest.presets._rows import Rows

Kind = tuple[str | None, str | None, str]
"""Event type, sub-event type, and what is to be asked about them."""


def events(rows: Rows) -> dict[str, Any]:
    """Read event and sub-event types, and the weapon and tactic that a sub-event type implies.

    A type that neither the taxonomy nor the crosswalk holds is left out and flagged.
    """
    names = ("event_type", "sub_event_type", "inter1", "inter2")
    few, which = combined(*(rows.text(name) for name in names))
    kinds = [_kind(*row) for row in few]
    types, subs = [kind[0] for kind in kinds], [kind[1] for kind in kinds]
    for question in sorted({kind[2] for kind in kinds} - {""}):
        asked = mask(spread([kind[2] == question for kind in kinds], which, pa.bool_()))
        rows.flag(asked, "event_type", rows.text("event_type"), question)
    weapons = codes("acled_particulars", "sub_event_type", "weapon")
    tactics = codes("acled_particulars", "sub_event_type", "tactic")
    return {
        "event_type": spread(types, which),
        "sub_event_type": spread(subs, which),
        "weapon": spread([weapons.get((sub or "").casefold()) for sub in subs], which),
        "tactic": spread([tactics.get((sub or "").casefold()) for sub in subs], which),
    }


def _kind(event: str, sub: str, inter1: str, inter2: str) -> Kind:
    event_type, sub_type = canonical_event_type(event), canonical_sub_event_type(sub)
    if event_type is None and event:
        event_type, implied = _legacy(
            event, {inter_row(inter).get("code", "") for inter in (inter1, inter2)}
        )
        sub_type = sub_type or implied
        if event_type is None:
            return None, None, "event_type is in no vocabulary of ACLED: left out"
    if sub and sub_type is None:
        return event_type, None, "sub_event_type is in no vocabulary of ACLED: left out"
    if sub_type is None:
        question = "" if event_type else "the row has no event type"
        return event_type, None, question
    if event_type and EVENT_TYPE_OF[sub_type] != event_type:
        return event_type, None, "sub_event_type belongs to another event_type: left out"
    return event_type or EVENT_TYPE_OF[sub_type], sub_type, ""


def _legacy(event: str, inter: set[str]) -> tuple[str | None, str | None]:
    wanted = " ".join(event.split()).casefold().rstrip("s")
    for row in crosswalk("acled_legacy_events"):
        if row["legacy_event_type"].casefold().rstrip("s") != wanted:
            continue
        if not row["with_inter"] or row["with_inter"] in inter:
            return row["event_type"], row["sub_event_type"] or None
    return None, None
