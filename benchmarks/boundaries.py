"""How fast boundaries are: a file added, a million points assigned, incidents checked.

``python benchmarks/boundaries.py [FILE] [--copies N] [--points N]``; FILE is a layer of districts
(default: ../shared/data/pak_adm2.geojson). With ``--copies`` the layer is laid beside itself N
times, as one large FlatGeobuf, to show that memory does not grow with the file.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT.parent / "shared" / "data" / "pak_adm2.geojson"


def copies_of(file: Path, count: int, target: Path) -> None:
    """Lay a layer beside itself, under other names."""
    import geopandas
    import pandas as pd

    layer = geopandas.read_file(file)
    parts = [
        layer.assign(
            geometry=layer.translate(xoff=(number % 10) * 15 - 180, yoff=0),
            ADM2_EN=layer["ADM2_EN"] + f" {number}",
        )
        for number in range(count)
    ]
    pd.concat(parts).to_file(target, driver="FlatGeobuf", SPATIAL_INDEX="NO")


def add(file: Path, store_path: Path) -> None:
    """Add a file in this process and print the time and the most memory it took."""
    from geodata._boundary_files import Ask
    from geodata.boundary_tasks import add_file
    from geodata.store import open_store

    start = time.perf_counter()
    with open_store(store_path, create=True) as store:
        added = add_file(store, file, Ask())
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = file.stat().st_size / 1e6
    print(f"add: {added.layer.areas:,} areas, {size:.0f} MB: {seconds:.1f} s, peak {peak:.0f} MB")


def ask(store_path: Path, count: int) -> None:
    """Assign random points in the box of the layer, with and without a reach over its coast."""
    from geodata.admin_areas import COAST_KM, AreaIndex
    from geodata.store import open_store

    with open_store(store_path, read_only=True) as store:
        index = AreaIndex(store.boundary_shapes(store.boundaries()[0].name))
    boxes = np.array([area.shape.bounds for area in index.areas])
    rng = np.random.default_rng(1)
    x = rng.uniform(boxes[:, 0].min(), boxes[:, 2].max(), count)
    y = rng.uniform(boxes[:, 1].min(), boxes[:, 3].max(), count)
    for reach in (0.0, COAST_KM):
        start = time.perf_counter()
        found = index.assign(x, y, within_km=reach)
        seconds = time.perf_counter() - start
        inside = (found >= 0).mean()
        print(f"assign: {count:,} points, reach {reach:g} km: {seconds:.1f} s, {inside:.0%} inside")


def main() -> None:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--copies", type=int, default=0)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--add-to", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--copy-to", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.copy_to:
        copies_of(options.file, options.copies, options.copy_to)
        return
    if options.add_to:
        add(options.file, options.add_to)
        return
    with tempfile.TemporaryDirectory() as folder:
        file, store = options.file, Path(folder) / "b.gpkg"
        if options.copies:
            file = Path(folder) / "copies.fgb"
            copying = ("--copies", str(options.copies), "--copy-to", file)
            subprocess.run([sys.executable, __file__, options.file, *copying], check=True)
        # Each in a process of its own, so that its memory is that of adding alone.
        subprocess.run([sys.executable, __file__, file, "--add-to", store], check=True)
        if options.points:
            ask(store, options.points)


if __name__ == "__main__":
    main()
