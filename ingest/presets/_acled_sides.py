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


def inter_row(text: str) -> dict[str, str]:
    """Give the crosswalk's row for a kind of actor, written as a number or in words; or nothing."""
    wanted = text.strip().casefold().removesuffix(".0")
    for row in crosswalk("acled_inter") if wanted else ():
        if wanted == row["code"] or wanted in row["words"].casefold().split("|"):
            return row
    return {}


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
    side = each(inter, lambda text: inter_row(text).get("side"))
    named = pc.starts_with(actor, "Civilians", ignore_case=True)
    return pc.fill_null(pc.coalesce(pc.equal(side, "civilians"), named), False)
