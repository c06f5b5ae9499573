"""Incidents as columns for the map's canvas: positions, groups, precision; nothing to read.

The answer holds what is needed to draw and to count; the words of a pop-up are asked for one by
one. Above some 20,000 incidents `dashboard.map.cells` answers in its place.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

from dashboard.answers import display_counts, is_large_project
from dashboard.map.colours import GROUP, Scheme, other_label, scheme_of
from dashboard.remember import remembered
from geodata.map_index import AREAS, PRECISIONS
from geodata.palette import (
    OTHER,
    OTHER_LABEL,
    UNKNOWN,
    Palette,
    assign_colours,
    project_palette,
    ranked,
)
from geodata.precision import DRAWN, LOCATION_WORDS, RADIUS_KM, LocationPrecision

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from geodata.filters import Filter
    from geodata.store import Store

_PROCESS = secrets.token_hex(4)
# Revisions are only comparable within one process, so a browser's copy from before is never valid.

COLUMNS = (
    "incident_id",
    "latitude",
    "longitude",
    "location_precision",
    "status",
    "perpetrator",
    "actor1",
    "admin2",
    "admin1",
    "country",
    "event_date",
    "event_date_end",
)


def etag_of(store: Store, where: Filter, what: str = "", state: Hashable = None) -> str:
    """Strong ETag of the answer: it changes with the project's state, the filter, the view.

    The state is the project's revision, if no other is given.
    """
    state = store.revision() if state is None else state
    text = f"{_PROCESS}\x1f{store.name}\x1f{state}\x1f{where.to_query()}\x1f{what}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'


@remembered(64)
def points_json(store: Store, where: Filter, colour: str) -> bytes:
    """Matching incidents that a map can draw, as JSON columns of equal length.

    ``lat``, ``lon`` in WGS 84 degrees; ``group``, ``precision``, ``area`` are positions in the
    lists of the same name (area -1: drawn by itself); ``draft`` is 1 for incidents not reviewed;
    ``day`` is the first possible day since 1970-01-01, null without a date, and ``span`` how many
    days later the last one is; ``bounds`` is [west, south, east, north], absent without points.
    """
    revision = store.revision()
    scheme = None if colour == GROUP else scheme_of(store, colour)
    frame = store.frame(where, columns=[*COLUMNS, *_besides(scheme)])
    drawn = frame[
        frame["latitude"].notna() & frame["location_precision"].isin([p.value for p in DRAWN])
    ]
    palette = palette_of(store)
    display = _groups(drawn) if scheme is None else [_text(one) for one in drawn[scheme.field]]
    entries = {
        name: _group(name, palette) if scheme is None else scheme.entry(name)
        for name in dict.fromkeys(display)
    }
    return orjson.dumps(
        {"revision": revision, **terms(other_label(colour)), **_answer(drawn, display, entries)}
    )


def _besides(scheme: Scheme | None) -> tuple[str, ...]:
    return () if scheme is None or scheme.field in COLUMNS else (scheme.field,)


@remembered(1)
def palette_of(store: Store) -> Palette:
    """Colours of the project: read once, the same on every page and route."""
    if not is_large_project(store):
        return project_palette(store)
    return Palette(assign_colours(ranked(display_counts(store))))


def _groups(drawn: pd.DataFrame) -> list[str]:
    return [
        _text(perpetrator) or _text(actor) or UNKNOWN
        for perpetrator, actor in zip(drawn["perpetrator"], drawn["actor1"], strict=True)
    ]


def _answer(
    drawn: pd.DataFrame, display: list[str], entries: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    groups = {name: place for place, name in enumerate(entries)}
    codes = {precision.value: place for place, precision in enumerate(PRECISIONS)}
    areas, area = _areas(drawn)
    latitude, longitude = drawn["latitude"].round(4), drawn["longitude"].round(4)
    answer: dict[str, Any] = {
        "count": len(drawn),
        "groups": list(entries.values()),
        "areas": areas,
        "id": drawn["incident_id"].tolist(),
        "lat": latitude.tolist(),
        "lon": longitude.tolist(),
        "group": [groups[name] for name in display],
        "precision": [codes[word] for word in drawn["location_precision"]],
        "draft": [int(word == "draft") for word in drawn["status"]],
        "area": area,
        **_days(drawn),
    }
    if len(drawn):
        answer["bounds"] = [
            float(longitude.min()),
            float(latitude.min()),
            float(longitude.max()),
            float(latitude.max()),
        ]
    return answer


def _days(drawn: pd.DataFrame) -> dict[str, list[int | None]]:
    """First possible day of each incident since 1970, and how many days later its last one is."""
    first, last = (
        drawn[name].to_numpy().astype("datetime64[D]") for name in ("event_date", "event_date_end")
    )
    undated = np.isnat(first)
    days, ends = first.astype(np.int64), np.where(np.isnat(last), first, last).astype(np.int64)
    return {
        "day": [None if none else day for day, none in zip(days.tolist(), undated, strict=True)],
        "span": np.where(undated, 0, ends - days).tolist(),
    }


def terms(other: str = OTHER_LABEL) -> dict[str, Any]:
    """What every answer says of precision classes and of groups without a colour of their own."""
    return {
        "other": {"name": other, "colour": OTHER},
        "precisions": [
            {"name": p.value, "words": LOCATION_WORDS[p], "radius_km": RADIUS_KM[p]}
            for p in PRECISIONS
        ],
    }


def _group(name: str, palette: Palette) -> dict[str, Any]:
    return {
        "name": name,
        "colour": palette.colour(name),
        "state": palette.is_state(name),
        "other": name not in palette.colours,
    }


def _areas(drawn: pd.DataFrame) -> tuple[list[dict[str, Any]], list[int]]:
    """Districts and provinces that hold incidents known no better, and each incident's place."""
    found: dict[tuple[str, ...], int] = {}
    areas: list[dict[str, Any]] = []
    places: list[int] = []
    rows = zip(
        drawn["location_precision"], drawn["country"], drawn["admin1"], drawn["admin2"], strict=True
    )
    for precision, country, admin1, admin2 in rows:
        if precision not in AREAS:
            places.append(-1)
            continue
        district = _text(admin2) if precision == LocationPrecision.DISTRICT else ""
        key = (precision, _text(country), _text(admin1), district)
        if key not in found:
            found[key] = len(areas)
            kind = "district" if precision == LocationPrecision.DISTRICT else "province"
            areas.append({"name": district or _text(admin1) or _text(country), "kind": kind})
        places.append(found[key])
    return areas, places


def _text(value: object) -> str:
    # A missing text value may arrive as None or as a NaN, which is truthy.
    return value if isinstance(value, str) else ""
