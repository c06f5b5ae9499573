"""How long a snapshot takes, and what the outlines cost: loading, asking, tiles.

    python benchmarks/snapshot.py --rows 1 500 20000 100000

The incidents lie around the label points of provinces with a fixed seed: 20 groups, every
precision class. Prints JSON; the numbers in docs/maps.md come from here. `cpu` is processor time,
which another program on the machine disturbs less than the clock.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from geodata.incident import Incident, Status
from geodata.precision import LocationPrecision

REGIONS: dict[str, tuple[str, ...]] = {
    "Pakistan": ("PK",),
    "Sahel": ("ML", "NE", "BF", "NG", "TD"),
    "world": (),
}
CLASSES = [LocationPrecision.SETTLEMENT] * 6 + list(LocationPrecision)
GROUPS = [f"group {number}" for number in range(20)]


def timed(work: Callable[[], Any]) -> dict[str, float]:
    """Seconds on the clock and of the processor."""
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return {
        "seconds": round(time.perf_counter() - clock, 3),
        "cpu": round(time.process_time() - cpu, 3),
    }


def incidents(rows: int, countries: tuple[str, ...]) -> list[Incident]:
    """Make incidents around the provinces of some countries, or of all."""
    from geodata.boundaries import provinces

    chance = random.Random(1)
    homes = [a for a in provinces().about if not countries or a.country in countries]
    made = []
    for number in range(rows):
        home, klass = chance.choice(homes), chance.choice(CLASSES)
        located = klass not in (LocationPrecision.COUNTRY, LocationPrecision.UNKNOWN)
        latitude = min(max(home.latitude + chance.gauss(0, 0.6), -89), 89)
        made.append(
            Incident(
                incident_id=f"incident_{number}",
                event_date=date(2020, 1, 1) + timedelta(chance.randrange(700)),
                actor1=chance.choices(GROUPS, [1 / (n + 1) for n in range(len(GROUPS))])[0],
                admin1=home.name,
                country=home.country_name,
                longitude=min(max(home.longitude + chance.gauss(0, 0.6), -180), 180)
                if located
                else None,
                latitude=latitude if located else None,
                location_precision=klass,
                status=chance.choice((Status.DRAFT, Status.CONFIRMED)),
            )
        )
    return made


def outlines() -> dict[str, Any]:
    """Loading, a hundred thousand points, and tiles."""
    import numpy as np

    from geodata.boundaries import base_labels, base_tile, province_at, provinces_at

    chance = np.random.default_rng(1)
    xs, ys = chance.uniform(-20, 80, 100_000), chance.uniform(-30, 55, 100_000)
    first = timed(lambda: province_at(66.84, 29.80))
    return {
        "first province_at": first,
        "100,000 provinces_at": timed(lambda: provinces_at(xs, ys)),
        "first tile of zoom 3": timed(lambda: base_tile(3, 2, 1)),
        "first tile of zoom 6": timed(lambda: base_tile(6, 22, 13)),
        "128 tiles of zoom 6": timed(
            lambda: [base_tile(6, x, y) for x in range(8, 24) for y in range(8, 16)]
        ),
        "labels": timed(base_labels),
    }


def pictures(rows: int, region: str, folder: Path) -> dict[str, Any]:
    """One project: the command from a cold start, then twice in one process."""
    from geodata.export.snapshot import draw_snapshot
    from geodata.filters import Filter
    from geodata.store import open_store

    path = folder / f"{region}_{rows}.gpkg"
    with open_store(path, create=True) as store:
        with store.atomic():
            store.add_incidents(incidents(rows, REGIONS[region]))
        first = timed(lambda: draw_snapshot(store, Filter()))
        again = timed(lambda: draw_snapshot(store, Filter()))
        size = len(draw_snapshot(store, Filter()))
        pdf = len(draw_snapshot(store, Filter(), format="pdf"))
    program = Path(sys.executable).parent / "incidents"
    call = [str(program), "snapshot", "--store", str(path), "--out", str(folder / "map.png")]
    cold = timed(lambda: subprocess.run([*call, "--force"], check=True, capture_output=True))
    return {
        "rows": rows,
        "region": region,
        "first": first,
        "again": again,
        "command": cold["seconds"],
        "png_bytes": size,
        "pdf_bytes": pdf,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1, 500, 20_000, 100_000])
    parser.add_argument("--regions", nargs="+", choices=list(REGIONS), default=["Sahel", "world"])
    given = parser.parse_args()
    result: dict[str, Any] = {"outlines": outlines(), "pictures": []}
    with tempfile.TemporaryDirectory() as temporary:
        for region in given.regions:
            for rows in given.rows:
                result["pictures"].append(pictures(rows, region, Path(temporary)))
    result["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
