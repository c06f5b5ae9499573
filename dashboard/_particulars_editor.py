"""The particulars of a card when the analyst corrects them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.particulars import COUNTS
from geodata.particulars import Tactic, Target, Weapon

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from geodata.incident import Incident, Json

WORDS: dict[str, tuple[str, list[str]]] = {
    "weapon": ("Weapon", [word.value for word in Weapon]),
    "tactic": ("Tactic", [word.value for word in Tactic]),
    "target": ("Target", [word.value for word in Target]),
}
"""Fields of a closed vocabulary: label on screen, and the words to choose from."""

MAX_NAMED_BY = 200


def edit_particulars(incident: Incident, key: str, widget: Callable[..., Any]) -> dict[str, Json]:
    """Draw the fields of the particulars; give their values as JSON.

    Parameters
    ----------
    widget
        Draws a widget that starts from a value: function, label, key, start, options.
    """
    values: dict[str, Json] = {}
    for place, (field, (label, words)) in zip(st.columns(3), WORDS.items(), strict=True):
        current = getattr(incident, field)
        values[field] = widget(
            place.selectbox,
            label,
            f"{key}-{field}",
            str(current) if current else None,
            options=[None, *words],
            format_func=_or_not_stated,
        )
    for place, field in zip(st.columns(3), COUNTS, strict=True):
        values[field] = edit_count(
            widget, place, field.capitalize(), f"{key}-{field}", getattr(incident, field)
        )
    return values


def edit_count(
    widget: Callable[..., Any], place: DeltaGenerator, label: str, key: str, start: int | None
) -> Json:
    """Draw the field of a count of people, which may be left empty."""
    count: int | None = widget(
        place.number_input,
        label,
        key,
        start,
        value=None,
        min_value=0,
        max_value=1_000_000,
        step=1,
    )
    return count


def edit_named_by(incident: Incident, key: str, widget: Callable[..., Any]) -> dict[str, Json]:
    """Draw the field for who names the perpetrator, as the report writes it."""
    said = widget(
        st.text_input,
        "Named by",
        f"{key}-attributed_by",
        incident.attributed_by or "",
        max_chars=MAX_NAMED_BY,
    )
    return {"attributed_by": " ".join(str(said or "").split()) or None}


def _or_not_stated(value: str | None) -> str:
    return value or "Not stated"
