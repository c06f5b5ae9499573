"""What the project's boundaries say of an incident's place, in one line of plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from geodata.precision import LocationPrecision as At

if TYPE_CHECKING:
    from geodata.admin_areas import BoundaryLayer
    from geodata.boundary_checks import Boundaries, Disagreement
    from geodata.incident import Change, Incident
    from geodata.store import Store

_POINTS = frozenset({At.SITE, At.SETTLEMENT, At.NEAR})
"""Classes whose point lies somewhere; the point of a district stands for all of it."""

_READY: WeakKeyDictionary[Store, dict[BoundaryKey, Boundaries]] = WeakKeyDictionary()
BoundaryKey = tuple[str, str]


def boundary_words(store: Store, incident: Incident, history: Sequence[Change] = ()) -> str:
    """Say where the boundaries put an incident, and whether that is what it names.

    Empty where the project has no boundaries, where they do not know the place, and where the
    place is known too coarsely to say more than it says itself.
    """
    layers = store.boundaries() if incident.located else []
    asked = [_ready(store, layer) for layer in sorted(layers, key=lambda one: -one.level)]
    for where in asked:
        if words := _accusation(where, incident, history):
            return words
    for where in asked:
        if words := _confirmation(where, incident):
            return words
    return ""


def _accusation(where: Boundaries, incident: Incident, history: Sequence[Change]) -> str:
    from geodata.boundary_checks import disagreements

    found = disagreements(where, [incident])
    return _disagreement_words(found[0], history) if found else ""


def _disagreement_words(found: Disagreement, history: Sequence[Change]) -> str:
    edited = any(change.field == found.field for change in history)
    says = "an edit says" if edited else "the report says"
    parts = [found.lies_in, found.lies_in_admin1]
    lies_in = ", ".join(dict.fromkeys(part for part in parts if part)) or "none of the areas"
    return (
        f"Boundaries: {says} {found.named}; the point lies in {lies_in},"
        f" {found.distance_km:,.0f} km from {found.named_area} ({found.source})"
    )


def _confirmation(where: Boundaries, incident: Incident) -> str:
    if incident.location_precision not in _POINTS:
        return ""
    (number,) = where.index.assign([incident.longitude or 0.0], [incident.latitude or 0.0])
    if number < 0:
        return ""
    area = where.index.areas[number]
    inside = ", ".join(dict.fromkeys(part for part in (area.name, area.admin1) if part))
    return f"Boundaries: the point lies in {inside} ({where.layer.words})"


def _ready(store: Store, layer: BoundaryLayer) -> Boundaries:
    """Layers are read once a project: they change by being added and removed alone."""
    from geodata.boundary_tasks import ready

    kept = _READY.setdefault(store, {})
    key = (layer.name, str(layer.added))
    if key not in kept:
        kept[key] = ready(store, layer)
    return kept[key]
