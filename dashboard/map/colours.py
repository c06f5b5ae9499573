"""What incidents on the map are coloured by: group, event type, review status, data source.

A value keeps its colour whatever the filter, because ranks are those of the whole project. Groups
are coloured by `dashboard.map.cells` and `points` themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.map.choice import CHOICES
from dashboard.map.rows import text_column
from dashboard.remember import remembered
from dashboard.wording import STATUS_WORDS
from geodata.datasets import REPORTS
from geodata.errors import InputError
from geodata.incident import Status
from geodata.palette import GROUP_COLOURS, OTHER, OTHER_LABEL, assign_colours, ranked

if TYPE_CHECKING:
    from dashboard.map.cells import Shown
    from geodata.store import Store

GROUP = "group"
FIELDS: Mapping[str, str] = {"type": "event_type", "status": "status", "source": "dataset"}
_NONE = {"type": "Type not known", "status": "Not known", "source": "Reports"}
_OTHER = {GROUP: OTHER_LABEL, "type": "Other types", "status": "Other", "source": "Other sources"}


@dataclass(frozen=True, slots=True)
class Scheme:
    """Names and colours of the values of a field; a value without a colour is one of the others."""

    field: str
    names: Mapping[str, str]
    colours: Mapping[str, str]
    none: str
    other: str

    def entry(self, value: str) -> dict[str, Any]:
        """What an answer says of a value (empty: not known), as it does of a group."""
        name = self.names.get(value, value) or self.none
        own = name in self.colours
        return {
            "name": name if own else self.other,
            "colour": self.colours.get(name, OTHER),
            "state": False,  # squares are a sign of groups
            "other": not own,
        }


def read_colour(text: str) -> str:
    """Read what incidents are coloured by; nothing means by group.

    Raises
    ------
    InputError
        It is none of the choices.
    """
    if text and text not in CHOICES["colour"]:
        known = ", ".join(CHOICES["colour"])
        raise InputError(f"incidents are coloured by {known}, not {text[:40]!r}")
    return text or GROUP


def other_label(colour: str) -> str:
    """Name what has no colour of its own."""
    return _OTHER[colour]


@remembered(3)
def scheme_of(store: Store, colour: str) -> Scheme:
    """Colours of the values of ``type``, ``status`` or ``source`` in a project."""
    names = _names(store, colour)
    if colour == "status":
        # Fixed: what is confirmed looks the same in every project.
        blue, amber, crimson, green, *_ = GROUP_COLOURS
        four = dict(zip(Status, (amber, blue, crimson, green), strict=True))
        colours = {STATUS_WORDS[status]: colour for status, colour in four.items()}
    else:
        column = text_column(store, FIELDS[colour])
        counts = np.bincount(column.value, minlength=len(column.names)).tolist()
        told = {
            names.get(value, value) or _NONE[colour]: n
            for value, n in zip(column.names, counts, strict=True)
            if n and (value or colour == "source")
        }
        colours = assign_colours(ranked(told))
    return Scheme(FIELDS[colour], names, colours, _NONE[colour], _OTHER[colour])


def _names(store: Store, colour: str) -> dict[str, str]:
    if colour == "status":
        return {status.value: words for status, words in STATUS_WORDS.items()}
    if colour == "source":
        titles = {one.dataset_id: one.title or one.dataset_id for one in store.datasets()}
        return titles | {REPORTS: "Reports"}
    return {}


def recoloured(store: Store, what: Shown, colour: str) -> Shown:
    """Give the same points with something else than their groups to be coloured by."""
    scheme = scheme_of(store, colour)
    column = text_column(store, scheme.field)
    entries: dict[str, int] = {}
    groups: list[dict[str, Any]] = []
    codes = np.zeros(len(column.names), dtype=np.int32)
    for at, value in enumerate(column.names):
        entry = scheme.entry(value)
        if entry["name"] not in entries:
            entries[entry["name"]] = len(groups)
            groups.append(entry)
        codes[at] = entries[entry["name"]]
    sharp, stacked = (
        replace(part, group=codes[column.of(part.fid)]) for part in (what.sharp, what.stacked)
    )
    return replace(what, sharp=sharp, stacked=stacked, groups=tuple(groups))
