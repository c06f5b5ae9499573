"""What of the map is chosen beside the filter: layer, colours, measure.

It travels in the address of the page and is never a part of the filter. The map's own script reads
and writes it (`assets/atlas/choice.js`, which knows the same names); a page only carries it along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LAYERS = ("incidents", "heat", "hexagons", "districts", "provinces", "change")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "layer": LAYERS,
    "colour": ("group", "type", "status", "source"),
    "measure": ("incidents", "killed", "rate"),
    "by": ("hexagons", "districts", "provinces"),
}
"""Parameters of the address with their values, the first where none is given."""


def carried(params: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Give the parameters of an address that choose how the map looks, without unknown values."""
    last = {name: list(params[name])[-1:] for name in CHOICES if name in params}
    return {name: value for name, value in last.items() if value and value[0] in CHOICES[name][1:]}
