"""One colour and one shape per group, the same in every chart, map, legend and export.

The eight group colours were searched for the greatest smallest difference (CIE 1976, in CIELAB)
between any two of them, and between each and the grey of the rest, as seen with normal vision and
with simulated protanopia, deuteranopia and tritanopia (Machado, Oliveira and Fernandes 2009,
severity 1.0), at a luminance that stands out on a white and on a near-black page alike.
`tests/geodata/test_palette.py` measures it again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from geodata.incident import Incident
    from geodata.store import Store

GROUP_COLOURS: tuple[str, ...] = (
    "#428cff",  # blue
    "#db9425",  # amber
    "#a24052",  # crimson
    "#11c46f",  # green
    "#5451ad",  # indigo
    "#db91e0",  # lilac
    "#5c6202",  # olive
    "#88477f",  # plum
)
"""Colours of the most frequent groups, most frequent first."""

OTHER = "#92979c"
"""Colour of every group that has none of its own."""

SEQUENTIAL: tuple[str, ...] = (
    "#ffdaa0", "#f7b673", "#ee8f53", "#e06743", "#c64441", "#9f2e42", "#751f3c",
)  # fmt: skip
"""From few to many: steps of equal lightness and 17 to 19 in CIELAB. Turned round in the dark."""

DIVERGING: tuple[str, ...] = (
    "#015c9f", "#5695cf", "#aacae6", "#e9e8e6", "#e7bf99", "#d17b3a", "#914311",
)  # fmt: skip
"""From much less over no change to much more, on a light page."""

DIVERGING_DARK: tuple[str, ...] = (
    "#8ac6ff", "#6194cc", "#49658a", "#45474a", "#845a3c", "#ca7f43", "#fcb25e",
)  # fmt: skip
"""The same on a dark page, where what stands out is light."""

OTHER_LABEL = "Other groups"
"""What the legend calls the groups drawn in `OTHER`."""

UNKNOWN = "Unknown"
"""Display group of an incident that names nobody."""

_STATE_FORCE = re.compile(
    r"""^(?:government|military\ forces|police\ forces|armed\ forces)\ of\b
      | \b(?:police|gendarmerie|gendarmes|carabinieri|counter-?terrorism\ department
        | security\ forces|(?:national|border|coast)\ guards?|border\ (?:police|security\ force)
        | air\ force|navy|ministry\ of|intelligence\ (?:agency|service|directorate))\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of state forces alone. A bare "army" is not among them: rebels use it as well."""


def display_group(incident: Incident) -> str:
    """Group that an incident is coloured and counted by on the map.

    The initiator held responsible; where the report names none, the side that acts first; where
    there is neither, `UNKNOWN`.
    """
    return incident.perpetrator or incident.actor1 or UNKNOWN


def assign_colours(ranked: Sequence[str]) -> dict[str, str]:
    """Give the first distinct names a colour each; the rest, and `UNKNOWN`, go without.

    Each name has a colour of its own that it takes when no more frequent group holds it, so that
    a new report, which may change the ranks, seldom changes a colour.

    Parameters
    ----------
    ranked
        Display groups, most frequent first.
    """
    named = [name for name in dict.fromkeys(ranked) if name != UNKNOWN][: len(GROUP_COLOURS)]
    holders: dict[str, str] = {}
    for name in named:
        holders.setdefault(GROUP_COLOURS[crc32(name.encode()) % len(GROUP_COLOURS)], name)
    given = {name: colour for colour, name in holders.items()}
    free = (colour for colour in GROUP_COLOURS if colour not in holders)
    return {name: given[name] if name in given else next(free) for name in named}


@lru_cache(maxsize=4096)
def is_state_force(group: str) -> bool:
    """Whether a name is that of a state's police, military, guards or intelligence.

    By the actors registry; for a name it does not know, by words that state forces alone bear.
    """
    from geodata.actors import STATE_KINDS, default_registry

    actor = default_registry().resolve(group)
    if actor is not None:
        return actor.kind in STATE_KINDS
    return _STATE_FORCE.search(group) is not None


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by display group; state forces have a shape of their own as well."""

    colours: Mapping[str, str] = field(default_factory=dict)

    def colour(self, group: str) -> str:
        """Colour of a group as ``#rrggbb``; `OTHER` for one without a colour of its own."""
        return self.colours.get(group, OTHER)

    def is_state(self, group: str) -> bool:
        """Whether the group is drawn as a square instead of a disc."""
        return is_state_force(group)


def project_palette(store: Store) -> Palette:
    """Palette of a project, from all its incidents and not from the filtered ones.

    Reads two columns of the whole project: keep the result as long as `Store.revision` stays.
    """
    from geodata.filters import Filter

    frame = store.frame(Filter(), columns=["perpetrator", "actor1"])
    counts = Counter(
        _first_text(perpetrator, actor)
        for perpetrator, actor in zip(frame["perpetrator"], frame["actor1"], strict=True)
    )
    return Palette(assign_colours(ranked(counts)))


def ranked(counts: Mapping[str, int]) -> list[str]:
    """Names by count, most first; equal counts by name, so that the order never flickers."""
    return sorted(counts, key=lambda name: (-counts[name], name))


def _first_text(*values: object) -> str:
    # A missing text column value may arrive as None or as a NaN that is truthy.
    return next((v for v in values if isinstance(v, str) and v), UNKNOWN)
