"""What boundaries say of incidents: who names another division than the point lies in, and which
divisions could be filled in.

Pure functions of incidents and a layer. Both are honest about precision: the point of an incident
stands for a circle (`geodata.precision.RADIUS_KM`), and what the circle leaves open is not said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from geodata._area_names import DOUBT, NameTable, Spellings, keys_of, likeness
from geodata.admin_areas import AdminArea, AreaIndex, BoundaryLayer
from geodata.incident import Incident
from geodata.precision import RADIUS_KM
from geodata.precision import LocationPrecision as At

BORDER_KM = 5.0
"""Nobody is accused whose point is this close to the division that is named."""

FIELDS = ("admin2", "admin1")
"""Divisions that are compared and filled, the finer one first."""

_EXACT = frozenset({At.SITE, At.SETTLEMENT})
_NAMES_OF = {
    "admin2": frozenset({*_EXACT, At.NEAR, At.DISTRICT}),
    "admin1": frozenset({*_EXACT, At.NEAR, At.DISTRICT, At.PROVINCE}),
}
"""Classes of precision whose point says something about a division of this level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """An incident that names one division while its point lies in another.

    `named` is its word, `named_area` the layer's for the same; `lies_in` the layer's division of
    the point, None outside all of them. `distance_km` is from the point to the named division,
    `tolerance_km` what would have been let pass.
    """

    incident_id: str
    field: str
    named: str
    named_area: str
    lies_in: str | None
    lies_in_admin1: str | None
    distance_km: float
    tolerance_km: float
    layer: str
    source: str
    latitude: float
    longitude: float
    location_precision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """Divisions that an incident lacks and its point tells."""

    incident_id: str
    values: dict[str, str]
    layer: str
    why: str


@dataclass(slots=True)
class Tally:
    """How many incidents ended how; the numbers add up to `asked`.

    `unknown` counts the names that the layer does not have in any spelling.
    """

    asked: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)

    def count(self, end: str) -> None:
        """Count one incident."""
        self.asked += 1
        self.ends[end] += 1


class Boundaries:
    """One layer, ready to be asked about incidents.

    Parameters
    ----------
    others
        Other spellings of a division, as a gazetteer knows them; None to go by the layer alone.
    """

    def __init__(
        self, layer: BoundaryLayer, areas: Iterable[AdminArea], others: Spellings | None = None
    ) -> None:
        self.layer = layer
        self.index = AreaIndex(areas)
        self.countries = frozenset(area.country for area in self.index.areas if area.country)
        self._tables = {
            name: NameTable([names_at(area, name) for area in self.index.areas], _asking(others))
            for name in FIELDS
        }

    def find(self, name: str, value: str, country: str | None) -> tuple[frozenset[int], bool]:
        """Areas of the division that `value` names in the field `name`, and whether it is sure."""
        return self._tables[name].find(value, code_of(country) if country else "")

    def covers(self, country: str | None) -> bool:
        """Whether the layer may hold divisions of a country; yes where either is unknown."""
        return not country or not self.countries or code_of(country) in self.countries | {""}


def names_at(area: AdminArea, name: str) -> tuple[str, ...]:
    """Names that the division ``admin1`` or ``admin2`` of an area goes by."""
    own = {1: "admin1", 2: "admin2"}.get(area.level)
    if own == name:
        return area.names
    value = area.admin1 if name == "admin1" else area.admin2
    return (value,) if value else ()


def label_of(area: AdminArea, name: str) -> str | None:
    """Name to show for the division ``admin1`` or ``admin2`` of an area."""
    return next(iter(names_at(area, name)), None)


@lru_cache(maxsize=512)
def code_of(country: str) -> str:
    """ISO alpha-2 code of a country's name or code; "" where it is none that is known."""
    from geodata._boundary_countries import country_code

    return country_code(country)


@lru_cache(maxsize=1)
def _province_names() -> dict[tuple[str, str], set[str]]:
    from geodata.boundaries import provinces

    found: dict[tuple[str, str], set[str]] = {}
    for area in provinces().about:
        for key in {key for name in area.names for key in keys_of(name)}:
            found.setdefault((area.country, key), set()).update(area.names)
    return found


def _asking(others: Spellings | None) -> Spellings:
    """Ask the built-in outlines, which know old names of provinces, and then the gazetteer."""

    def ask(name: str, country: str) -> Iterator[str]:
        for key in keys_of(name):
            yield from _province_names().get((country, key), ())
        if others is not None:
            yield from others(name, country)

    return ask


# ---------------------------------------------------------------- disagreements


def disagreements(
    where: Boundaries,
    incidents: Sequence[Incident],
    *,
    border_km: float = BORDER_KM,
    tally: Tally | None = None,
) -> list[Disagreement]:
    """Incidents whose named division and point do not go together, in the order given.

    Parameters
    ----------
    border_km
        Distance to the named division that is let pass; the radius of a coarser class counts
        instead where it is larger.
    tally
        Counts how each incident ended.
    """
    tally = tally or Tally()
    found: list[Disagreement] = []
    x, y = _points(incidents)
    at = where.index.assign(x, y)
    for incident, area in zip(incidents, at.tolist(), strict=True):
        end, accused = _judge(where, incident, area, border_km, tally.unknown)
        tally.count(end)
        if accused is not None:
            found.append(accused)
    return found


def _judge(
    where: Boundaries, incident: Incident, area: int, border_km: float, unknown: Counter[str]
) -> tuple[str, Disagreement | None]:
    if not incident.located:
        return "without a place on the map", None
    if not where.covers(incident.country):
        return "in a country that the layer does not have", None
    ends = ["naming no division, or known too coarsely"]
    for name in FIELDS:
        value = getattr(incident, name)
        if not value or incident.location_precision not in _NAMES_OF[name]:
            continue
        namesakes, sure = where.find(name, value, incident.country)
        if not namesakes:
            unknown[value] += 1
            ends.append("naming a division that the layer does not have")
            continue
        accused = _compare(where, incident, name, area, namesakes, sure, border_km)
        if accused is not None:
            return "in another division than named", accused
        ends.append("where they say")
    return ("where they say" if "where they say" in ends else ends[-1]), None


def _compare(
    where: Boundaries,
    incident: Incident,
    name: str,
    area: int,
    namesakes: frozenset[int],
    sure: bool,
    border_km: float,
) -> Disagreement | None:
    named = str(getattr(incident, name))
    if area in namesakes:
        return None
    lies_in = where.index.areas[area] if area >= 0 else None
    labels = names_at(lies_in, name) if lies_in else ()
    if not sure and any(likeness(named, label) >= DOUBT for label in labels):
        return None
    x, y = incident.longitude or 0.0, incident.latitude or 0.0
    numbers = sorted(namesakes)
    away = where.index.distance_km([x] * len(numbers), [y] * len(numbers), numbers)
    tolerance = max(border_km, RADIUS_KM[incident.location_precision] * (not _exact(incident)))
    if away.min() <= tolerance:
        return None
    nearest = where.index.areas[numbers[int(away.argmin())]]
    return Disagreement(
        incident_id=incident.incident_id,
        field=name,
        named=named,
        named_area=label_of(nearest, name) or named,
        lies_in=label_of(lies_in, name) if lies_in else None,
        lies_in_admin1=label_of(lies_in, "admin1") if lies_in else None,
        distance_km=round(float(away.min()), 1),
        tolerance_km=tolerance,
        layer=where.layer.name,
        source=where.layer.words,
        latitude=y,
        longitude=x,
        location_precision=incident.location_precision.value,
    )


def _exact(incident: Incident) -> bool:
    return incident.location_precision in _EXACT


def _points(incidents: Sequence[Incident]) -> tuple[list[float], list[float]]:
    # What has no place on the map has no point here either.
    spots = [(one.longitude, one.latitude) if one.located else (None, None) for one in incidents]
    return (
        [float("nan") if x is None else x for x, _ in spots],
        [float("nan") if y is None else y for _, y in spots],
    )


# ---------------------------------------------------------------- filling in


def fills(
    where: Boundaries, incidents: Sequence[Incident], *, tally: Tally | None = None
) -> list[Fill]:
    """Divisions that incidents lack and their points tell; nothing that is there is replaced.

    A point that stands for a circle tells only what holds in all of the circle: an incident known
    "near" a town at the border of two districts gets the province at most.
    """
    tally = tally or Tally()
    found: list[Fill] = []
    x, y = _points(incidents)
    at = where.index.assign(x, y)
    radius = [RADIUS_KM[one.location_precision] for one in incidents]
    vague = [
        row
        for row, one in enumerate(incidents)
        if at[row] >= 0 and _lacking(one) and not _exact(one) and one.location_precision != At.SEA
    ]
    circles = where.index.reached(
        [x[row] for row in vague], [y[row] for row in vague], [radius[row] for row in vague]
    )
    reached = dict(zip(vague, circles, strict=True))
    for row, incident in enumerate(incidents):
        end, fill = _fill(where, incident, int(at[row]), reached.get(row))
        tally.count(end)
        if fill is not None:
            found.append(fill)
    return found


def _lacking(incident: Incident) -> list[str]:
    return [name for name in FIELDS if not getattr(incident, name)]


def _fill(
    where: Boundaries, incident: Incident, area: int, circle: np.ndarray | None
) -> tuple[str, Fill | None]:
    reason = _nothing_to_tell(incident, area, circle)
    if reason:
        return reason, None
    if not _agrees(where, incident, area):
        return "saying another country or division than the point", None
    lies_in = where.index.areas[area]
    around = [lies_in] if circle is None else [where.index.areas[n] for n in circle.tolist()]
    values = {
        name: value
        for name in _lacking(incident)
        if (value := label_of(lies_in, name))
        and all(_same_division(one, lies_in, name) for one in around)
    }
    if not values:
        told = any(label_of(lies_in, name) for name in _lacking(incident))
        return ("too near a border" if told else "not told by the layer"), None
    parts = [lies_in.name, lies_in.admin1 if lies_in.level > 1 else None]
    named = ", ".join(part for part in parts if part)
    return "filled", Fill(
        incident_id=incident.incident_id,
        values=values,
        layer=where.layer.name,
        why=f"the point lies in {named} ({where.layer.words})",
    )


def _nothing_to_tell(incident: Incident, area: int, circle: np.ndarray | None) -> str:
    if not _lacking(incident):
        return "complete already"
    if not incident.located:
        return "without a place on the map"
    if area < 0:
        return "outside every area"
    return "known too coarsely" if not _exact(incident) and circle is None else ""


def _same_division(one: AdminArea, other: AdminArea, name: str) -> bool:
    return one.country == other.country and label_of(one, name) == label_of(other, name)


def _agrees(where: Boundaries, incident: Incident, area: int) -> bool:
    """Whether what the incident says already can hold in an area."""
    lies_in = where.index.areas[area]
    said = code_of(incident.country) if incident.country else ""
    if said and lies_in.country and said != lies_in.country:
        return False
    for name in FIELDS:
        value = getattr(incident, name)
        labels = names_at(lies_in, name)
        if value and labels:
            namesakes, _ = where.find(name, value, incident.country)
            alike = any(likeness(value, label) >= DOUBT for label in labels)
            if area not in namesakes and (namesakes or name == "admin1") and not alike:
                return False
    return True
