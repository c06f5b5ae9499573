"""GeoJSON (RFC 7946): coordinates are longitude, latitude; no place gives a null geometry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.export import About, ExportReport
from geodata.export._cells import Tally
from geodata.incident import Incident, Json, to_json

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.store import Store

DECIMALS = 7
"""Decimals of the coordinates of a geometry: one centimetre (RFC 7946, clause 11.2, asks for no
more than are meant). The properties `latitude` and `longitude` hold the values as stored."""


def write(store: Store, where: Filter, out: Path, about: About) -> ExportReport:
    """Write a FeatureCollection, one feature per line.

    What the export says about itself stands in foreign members (RFC 7946, clause 6.1).
    """
    members = {
        "name": about.project,
        "filter": about.filter,
        "query": about.query,
        "totals": about.totals,
        "made": about.made.isoformat(timespec="seconds"),
        "attribution": about.attribution,
    }
    tally = Tally()
    with out.open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection",\n')
        for name, value in members.items():
            file.write(f"{_dumps(name)}: {_dumps(value)},\n")
        file.write('"features": [')
        for incident in store.each(where):
            file.write(("," if tally.rows else "") + "\n" + _dumps(feature(incident)))
            tally.see(incident)
        file.write("\n]}\n")
    return tally.report()


def feature(incident: Incident) -> dict[str, Json]:
    """Give an incident as a GeoJSON feature; its properties are the vocabulary's fields."""
    point: Json = None
    if incident.longitude is not None and incident.latitude is not None:
        position = [round(incident.longitude, DECIMALS), round(incident.latitude, DECIMALS)]
        point = {"type": "Point", "coordinates": position}
    return {
        "type": "Feature",
        "id": incident.incident_id,
        "geometry": point,
        "properties": to_json(incident),
    }


def _dumps(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if "\\u0000" in text:  # GDAL ends a text there; the store keeps none but within JSON
        text = json.dumps(_without_nul(value), ensure_ascii=False, allow_nan=False)
    return text


def _without_nul(value: Json) -> Json:
    """Give U+FFFD for NUL in every text, as the store does."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, list):
        return [_without_nul(part) for part in value]
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(part) for key, part in value.items()}
    return value
