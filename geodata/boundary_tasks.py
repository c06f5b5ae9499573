"""What the commands do with boundaries: add a file, check incidents, fill in, keep a copy.

Each works on a store and gives back what happened, for a command or a page to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.batches import batched
from geodata.errors import InputError, MissingPartError
from geodata.filters import Filter

if TYPE_CHECKING:
    from geodata._area_names import Spellings
    from geodata._boundary_files import Ask
    from geodata.admin_areas import BoundaryLayer
    from geodata.boundary_checks import Boundaries, Disagreement, Fill, Tally
    from geodata.incident import Incident
    from geodata.store import Store

CHUNK = 5_000
"""Incidents held at once."""

Progress = Callable[[float], None]
"""Told the share that is done, 0 to 1."""


def _silent(share: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Added:
    """A layer as it is kept, and what became of the file's rows."""

    layer: BoundaryLayer
    rows: int
    crs: str
    mended: tuple[tuple[int, str], ...]
    refused: tuple[tuple[int, str], ...]


def add_file(store: Store, path: Path, ask: Ask, progress: Progress = _silent) -> Added:
    """Keep the polygons of a file as a layer; rows that are none go to the quarantine.

    Raises
    ------
    InputError
        One line: the file cannot be read or understood, is there already, or holds no polygon
        that can be kept. The store is untouched then.
    """
    from geodata._boundary_files import open_boundaries
    from geodata._sqlite import open_here

    if path.is_file() and open_here(path):
        raise InputError(f"{str(path)!r} is the project itself; give the file of the boundaries")
    file = open_boundaries(path, ask)
    for layer in store.boundaries():
        if layer.sha256 and (layer.sha256, layer.level) == (file.layer.sha256, file.layer.level):
            raise InputError(
                f"{str(path)!r} is in the project already, as {layer.name!r};"
                f" to read it anew: incidents boundaries remove {layer.name}"
            )
    with store.atomic():
        kept = store.add_boundaries(file.layer, _watched(file.areas(), file.features, progress))
        if not kept.areas:
            why = file.refused[0].reason if file.refused else "it has no rows"
            raise InputError(f"{str(path)!r} has no polygon that can be kept: {why}")
        store.add_quarantine(file.refused)
    progress(1.0)
    return Added(
        layer=kept,
        rows=file.rows,
        crs=file.crs,
        mended=tuple(file.mended),
        refused=tuple((row.row or 0, row.reason) for row in file.refused),
    )


def _watched(areas: Iterator[Any], count: int, progress: Progress) -> Iterator[Any]:
    for number, area in enumerate(areas):
        if number % 100 == 0 and count > 0:
            progress(min(number / count, 1.0))
        yield area


def gazetteer_spellings() -> Spellings | None:
    """Other spellings of divisions, by the gazetteer; None where it has not been built."""
    from geodata.gazetteer.lookup import Gazetteer

    try:
        gazetteer = Gazetteer.open()
    except MissingPartError:
        return None

    def others(name: str, country: str) -> Iterator[str]:
        for entry in gazetteer.lookup(name, country=country or None):
            if entry.kind in ("admin1", "admin2"):
                yield from entry.spellings

    return others


def ready(store: Store, layer: BoundaryLayer) -> Boundaries:
    """Read a layer, to ask it about incidents."""
    from geodata.boundary_checks import Boundaries

    return Boundaries(layer, store.boundary_shapes(layer.name), gazetteer_spellings())


def _layers(store: Store) -> list[BoundaryLayer]:
    found = store.boundaries()
    if not found:
        raise InputError(
            f"no boundaries in {store.name!r} yet; add a file:"
            " incidents boundaries add FILE --store …"
        )
    # Districts first: they tell the province too, and from the same map.
    return sorted(found, key=lambda layer: {2: 0, 3: 1, 1: 2}[layer.level])


@dataclass(slots=True)
class Checked:
    """Incidents that disagree with the boundaries, and how all of them ended, by layer."""

    disagreements: list[Disagreement] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)


def check_incidents(store: Store, border_km: float, progress: Progress = _silent) -> Checked:
    """Compare every incident that is not rejected with every layer.

    Raises
    ------
    InputError
        The project has no boundaries.
    """
    from geodata.boundary_checks import Tally, disagreements

    found = Checked()
    with store.snapshot():
        layers = _layers(store)
        whole = max(store.count(Filter()) * len(layers), 1)
        done = 0
        for layer in layers:
            where, tally = ready(store, layer), Tally()
            for chunk in batched(store.each(Filter(), order="incident_id"), CHUNK):
                found.disagreements += disagreements(where, chunk, border_km=border_km, tally=tally)
                done += len(chunk)
                progress(min(done / whole, 1.0))
            found.tallies[layer.name] = tally
    return found


@dataclass(slots=True)
class Assigned:
    """What was filled in, or would be, and how all incidents ended, by layer."""

    fills: list[Fill] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)


def assign_divisions(store: Store, *, dry_run: bool, progress: Progress = _silent) -> Assigned:
    """Fill in the divisions that incidents lack, each as a change by ``boundaries NAME``.

    What a report or an analyst has given stays, also where an analyst has emptied a field.

    Raises
    ------
    InputError
        The project has no boundaries.
    """
    if dry_run:
        with store.snapshot():
            return _plan(store, progress)
    with store.atomic():
        plan = _plan(store, progress)
        for fill in plan.fills:
            store.update_incident(
                fill.incident_id, fill.values, who=f"boundaries {fill.layer}", why=fill.why
            )
    return plan


def _plan(store: Store, progress: Progress) -> Assigned:
    from geodata.boundary_checks import Tally, fills

    plan = Assigned()
    layers = _layers(store)
    whole = max(store.count(Filter()) * len(layers), 1)
    planned: dict[str, dict[str, str]] = {}
    done = 0
    for layer in layers:
        where, tally = ready(store, layer), Tally()
        for chunk in batched(store.each(Filter(), order="incident_id"), CHUNK):
            # As it will be when the layers before have filled in theirs.
            seen = [_with(one, planned.get(one.incident_id)) for one in chunk]
            for fill in fills(where, seen, tally=tally):
                kept = _untouched(store, fill, tally)
                if kept is not None:
                    planned.setdefault(kept.incident_id, {}).update(kept.values)
                    plan.fills.append(kept)
            done += len(chunk)
            progress(min(done / whole, 1.0))
        plan.tallies[layer.name] = tally
    return plan


def _with(incident: Incident, values: dict[str, str] | None) -> Incident:
    if values is None:
        return incident
    admin1 = values.get("admin1", incident.admin1)
    return replace(incident, admin1=admin1, admin2=values.get("admin2", incident.admin2))


def _untouched(store: Store, fill: Fill, tally: Tally) -> Fill | None:
    """Leave out fields that somebody has edited: an empty one was emptied on purpose."""
    edited = {change.field for change in store.changes(fill.incident_id)}
    values = {name: value for name, value in fill.values.items() if name not in edited}
    if not values:
        tally.ends["filled"] -= 1
        tally.ends["emptied by an edit"] += 1
        return None
    return replace(fill, values=values)


def save_copy(store: Store, name: str, target: Path) -> None:
    """Write a layer to a GeoPackage of its own, from which `add_file` brings it back.

    Raises
    ------
    InputError
        There is no such layer, or the file cannot be written.
    """
    import geopandas
    import pyogrio

    from geodata._rows import dumps

    areas = store.boundary_shapes(name)
    layer = next(one for one in store.boundaries() if one.name == name)
    frame = geopandas.GeoDataFrame(
        [
            {
                "name": area.name,
                "variants": "|".join(area.variants),
                "admin1": area.admin1,
                "admin2": area.admin2,
                "country": area.country,
                "code": area.code,
                "attributes": dumps(dict(area.attributes)),
                "atlas_level": layer.level,
                "atlas_title": layer.title,
                "atlas_source": layer.source,
                "atlas_licence": layer.licence,
                "atlas_vintage": layer.vintage,
            }
            for area in areas
        ],
        geometry=[area.shape for area in areas],
        crs="EPSG:4326",
    )
    try:
        pyogrio.write_dataframe(frame, target, layer=name, driver="GPKG")
    except (pyogrio.errors.DataSourceError, OSError) as error:
        raise InputError(f"the copy {str(target)!r} cannot be written: {error}") from error
