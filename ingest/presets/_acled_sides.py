"""Who is responsible by ACLED's codes of actors: only where civilians are one side.

ACLED's order of actors says nothing of who attacked. Where one side are civilians and the event
is violence against them, or an explosion, the other side is the one that did it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from geodata.incident import Attribution
from ingest.presets._crosswalk import crosswalk
from ingest.presets._rows import each

if TYPE_CHECKING:
    from ingest.presets._rows import Rows

VIOLENCE = "Violence against civilians"
EXPLOSIONS = "Explosions/Remote violence"

_CIVILIANS = "7"


def inter_code(text: str) -> str:
    """Give ACLED's number for a kind of actor, written as a number or in words; or nothing."""
    wanted = text.strip().casefold()
    wanted = wanted.removesuffix(".0")
    for row in crosswalk("acled_inter"):
        if wanted == row["code"] or wanted in row["words"].casefold().split("|"):
            return row["code"] if wanted else ""
    return ""


def perpetrators(rows: Rows, event_type: Any) -> dict[str, Any]:
    """Name the perpetrator by the safe rule, and say on what ground."""
    actor1, actor2 = rows.text("actor1"), rows.text("actor2")
    civil1 = _civilian(actor1, rows.text("inter1"))
    civil2 = _civilian(actor2, rows.text("inter2"))
    violence = pc.fill_null(pc.equal(event_type, VIOLENCE), False)
    explosion = pc.fill_null(pc.equal(event_type, EXPLOSIONS), False)
    alone = pc.and_(violence, pc.is_null(actor2))  # its victims are civilians, named or not
    first = pc.and_(pc.invert(civil1), pc.or_(civil2, alone))
    second = pc.and_(civil1, pc.invert(civil2))
    nobody = pa.scalar(None, pa.string())
    named = pc.if_else(first, actor1, pc.if_else(second, actor2, nobody))
    named = pc.if_else(pc.or_(violence, explosion), named, nobody)
    ground = pc.if_else(pc.is_valid(named), str(Attribution.ATTRIBUTED), str(Attribution.NONE))
    return {"perpetrator": named, "attribution": ground}


def _civilian(actor: Any, inter: Any) -> Any:
    """Whether an actor are civilians: by the code, and by the name where there is no code."""
    coded = each(inter, inter_code)
    by_code = pc.equal(coded, _CIVILIANS)
    named = pc.starts_with(actor, "Civilians", ignore_case=True)
    known = pc.and_(pc.is_valid(coded), pc.not_equal(coded, ""))
    return pc.fill_null(pc.if_else(pc.fill_null(known, False), by_code, named), False)
