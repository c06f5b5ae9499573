"""A synthetic project of N incidents, clustered as real ones are; the same for the same seed.

Places are invented towns and districts inside real provinces (from the outlines of the package).
Few places hold most incidents (Zipf), few groups commit most of them, violence comes in waves, and
one incident in five is known only to a district or province.

Run: python benchmarks/synthetic.py --rows 2000 --out /tmp/synthetic.gpkg
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geodata.boundaries import provinces
from geodata.incident import Incident, Status
from geodata.precision import DatePrecision, LocationPrecision
from geodata.store import open_store
from geodata.taxonomy import EVENT_TYPE_OF

COUNTRIES = ("PK", "AF", "IQ", "NG", "SO", "ML", "BF", "MM")
GROUPS = tuple(f"Armed Group {letter}" for letter in "ABCDEFGHIJKLMNOPQRST")
STATES = ("Military Forces of Pakistan", "Police Forces of Nigeria", "Military Forces of Iraq")
FIRST_DAY, DAYS = date(2015, 1, 1), 7 * 365
TOWNS_PER_PROVINCE = 12
BATCH = 20_000
PRECISIONS = {
    LocationPrecision.SITE: 0.10,
    LocationPrecision.SETTLEMENT: 0.50,
    LocationPrecision.NEAR: 0.15,
    LocationPrecision.DISTRICT: 0.15,
    LocationPrecision.PROVINCE: 0.05,
    LocationPrecision.COUNTRY: 0.03,
    LocationPrecision.UNKNOWN: 0.02,
}


@dataclass(frozen=True, slots=True)
class Town:
    """An invented town in a real province."""

    name: str
    district: str
    province: str
    country: str
    longitude: float
    latitude: float


def towns(seed: int) -> list[Town]:
    """Towns inside the provinces of `COUNTRIES`; every third one opens a new district."""
    rng = np.random.default_rng(seed)
    layer = provinces()
    found: list[Town] = []
    for area, shape in zip(layer.about, layer.shapes, strict=True):
        if area.country not in COUNTRIES or not area.name:
            continue
        for number, point in enumerate(points_within(shape, TOWNS_PER_PROVINCE, rng)):
            district = f"{area.name} District {number // 3 + 1}"
            name = f"{area.name} Town {number + 1}"
            found.append(Town(name, district, area.name, area.country_name, *point))
    return found


def points_within(
    shape: shapely.Geometry, count: int, rng: np.random.Generator
) -> list[tuple[float, float]]:
    """Random points (x = longitude, y = latitude) of a polygon; fewer where it is very thin."""
    west, south, east, north = shape.bounds
    xs, ys = rng.uniform(west, east, 40 * count), rng.uniform(south, north, 40 * count)
    inside = shapely.contains_xy(shape, xs, ys)
    pairs = zip(xs[inside][:count].tolist(), ys[inside][:count].tolist(), strict=True)
    return [(round(x, 4), round(y, 4)) for x, y in pairs]


def zipf(count: int, rng: np.random.Generator, exponent: float = 1.0) -> npt.NDArray[np.float64]:
    """Shares of `count` things, the k-th largest ~ 1/k, in random order."""
    weights = 1.0 / np.arange(1, count + 1) ** exponent
    shuffled: npt.NDArray[np.float64] = rng.permutation(weights / weights.sum())
    return shuffled


def incidents(rows: int, seed: int = 1) -> Iterator[Incident]:
    """Incidents, in no order."""
    rng = np.random.default_rng(seed)
    places, actors, kinds = towns(seed), GROUPS + STATES, tuple(EVENT_TYPE_OF)
    where = rng.choice(len(places), rows, p=zipf(len(places), rng))
    who = rng.choice(len(actors), rows, p=zipf(len(actors), rng))
    what = rng.choice(len(kinds), rows, p=zipf(len(kinds), rng))
    exact = rng.choice(list(PRECISIONS), rows, p=list(PRECISIONS.values()))
    wave = zipf(DAYS // 30, rng, 0.7)
    days = rng.choice(len(wave), rows, p=wave) * 30 + rng.integers(0, 30, rows)
    killed = rng.negative_binomial(0.6, 0.15, rows)
    jitter = rng.normal(0, 0.06, (rows, 2))
    confirmed = rng.random(rows) < 0.7
    for row in range(rows):
        town = places[where[row]]
        precision = LocationPrecision(exact[row])
        yield Incident(
            incident_id=f"syn_{seed}_{row:07d}",
            event_date=FIRST_DAY + timedelta(days=int(days[row])),
            date_precision=DatePrecision.DAY,
            event_type=EVENT_TYPE_OF[kinds[what[row]]],
            sub_event_type=kinds[what[row]],
            actor1=actors[who[row]],
            perpetrator=actors[who[row]] if confirmed[row] else None,
            killed_best=int(killed[row]),
            status=Status.CONFIRMED if confirmed[row] else Status.DRAFT,
            location_precision=precision,
            country=town.country,
            **place_of(town, precision, jitter[row]),
        )


def place_of(
    town: Town, precision: LocationPrecision, jitter: npt.NDArray[np.float64]
) -> dict[str, Any]:
    """Place fields as exactly as the precision allows; a site lies a little off its town."""
    if precision in (LocationPrecision.COUNTRY, LocationPrecision.UNKNOWN):
        return {}
    if precision is LocationPrecision.PROVINCE:
        return {"admin1": town.province, "longitude": town.longitude, "latitude": town.latitude}
    fields: dict[str, Any] = {"admin1": town.province, "admin2": town.district}
    if precision is LocationPrecision.DISTRICT:
        return fields | {"longitude": town.longitude, "latitude": town.latitude}
    off = jitter if precision is LocationPrecision.SITE else (0.0, 0.0)
    return fields | {
        "place": town.name,
        "longitude": round(town.longitude + float(off[0]), 4),
        "latitude": round(town.latitude + float(off[1]), 4),
    }


def make_project(path: Path, rows: int, seed: int = 1) -> Path:
    """Write a project of `rows` incidents, in batches, each a transaction."""
    with open_store(path, create=True) as store:
        batch: list[Incident] = []
        for incident in incidents(rows, seed):
            batch.append(incident)
            if len(batch) == BATCH:
                with store.atomic():
                    store.add_incidents(batch)
                batch = []
        with store.atomic():
            store.add_incidents(batch)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    start = time.perf_counter()
    make_project(options.out, options.rows, options.seed)
    print(f"{options.rows:,} incidents in {time.perf_counter() - start:.1f} s: {options.out}")


if __name__ == "__main__":
    main()
