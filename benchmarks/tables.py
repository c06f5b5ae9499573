"""Tables of a million rows into a project, beside GDAL that converts the same CSV untouched.

Two synthetic files, in the layouts of ACLED and UCDP GED: invented towns in real provinces, real
and invented groups, notes of a few sentences. Each is imported by a process of its own as
``incidents ingest`` does it (reading, layout, names, comparison, rows as written, indexes, R-tree),
then converted by pyogrio (GDAL) in another: every column as text, no point, no index. Printed are
rows a second, the ratio of the two and the peak memory.

Run: python benchmarks/tables.py --rows 1000000 [--layout acled ucdp] [--folder DIR]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv

from benchmarks.synthetic import towns

BATCH = 50_000
NOTES = 5_000
GROUPS = (
    "TTP: Tehreek-i-Taliban Pakistan", "Boko Haram - Jamatu Ahli is-Sunnah lid-Dawatai wal-Jihad",
    "Al Shabaab", "JNIM: Group for Support of Islam and Muslims", "Islamic State (Iraq)",
    "BLA: Baloch Liberation Army", "Taliban", "Unidentified Armed Group",
    *(f"Communal Militia number {number}" for number in range(200)),
)  # fmt: skip
_SAID = (
    "on in the of militants forces clashed with village area district police killed wounded"
    " soldiers during operation attack armed men fired at checkpoint residents reported that an"
    " unidentified group near road market several people were injured no claim"
)
_KINDS = (
    ("Political violence", "Battles", "Armed clash"),
    ("Political violence", "Violence against civilians", "Attack"),
    ("Political violence", "Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Political violence", "Explosions/Remote violence", "Air/drone strike"),
    ("Demonstrations", "Protests", "Peaceful protest"),
)
CHILD = """
import json, resource, sys, time
from pathlib import Path
from geodata.store import open_store
from ingest.pipeline import project_tools
from ingest.tables.importing import import_table
began = time.perf_counter()
with open_store(sys.argv[2], create=True) as store, store.filling():
    report = import_table(store, Path(sys.argv[1]), project_tools(store))
seconds = time.perf_counter() - began
counts = {n: getattr(report, n) for n in ("preset", "rows", "added", "quarantined", "geocoded",
          "outside_country", "far_from_district")}
print(json.dumps(counts | {"seconds": seconds, "unknown": len(report.unknown),
      "cpu": sum(sum(resource.getrusage(who)[:2])
                 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)),
      "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
      "child_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}))
"""
PEER = """
import json, resource, sys, time
import pyogrio
began = time.perf_counter()
meta, table = pyogrio.read_arrow(sys.argv[1])
pyogrio.write_arrow(table, sys.argv[2], driver="GPKG", layer="rows", geometry_type="Unknown",
                    crs="EPSG:4326") if meta["geometry_type"] else pyogrio.write_arrow(
                    table, sys.argv[2], driver="GPKG", layer="rows")
print(json.dumps({"rows": table.num_rows, "seconds": time.perf_counter() - began,
      "cpu": sum(resource.getrusage(resource.RUSAGE_SELF)[:2]),
      "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


class Rows:
    """Rows of a layout by their numbers; few towns and groups hold most of them."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.towns = towns(seed)
        self.notes = [" ".join(self.rng.choice(_SAID.split(), 40)) for _ in range(NOTES)]

    def some(self, values: list[str], which: Any) -> Any:
        """Give text by number."""
        return pa.array(values).take(pa.array(which))

    def common(self, numbers: Any) -> dict[str, Any]:
        """Columns that both layouts fill, by what they hold."""
        count, rng = len(numbers), self.rng
        town = (len(self.towns) * rng.random(count) ** 3).astype(int)
        group = (len(GROUPS) * rng.random(count) ** 3).astype(int)
        day = rng.integers(15_000, 20_000, count)
        days = pa.array(day.astype("int32")).cast(pa.date32())
        latitude = np.array([one.latitude for one in self.towns])[town]
        longitude = np.array([one.longitude for one in self.towns])[town]
        dead = pa.array((20 * rng.random(count) ** 6).astype(int)).cast(pa.string())
        return {
            "town": self.some([one.name for one in self.towns], town),
            "district": self.some([one.district for one in self.towns], town),
            "province": self.some([one.province for one in self.towns], town),
            "country": self.some([one.country for one in self.towns], town),
            "latitude": pa.array([f"{value:.4f}" for value in latitude.tolist()]),
            "longitude": pa.array([f"{value:.4f}" for value in longitude.tolist()]),
            "group": self.some(list(GROUPS), group),
            "day": days.cast(pa.string()),
            "dead": dead,
            "notes": self.some(self.notes, rng.integers(0, NOTES, count)),
            "kind": rng.integers(0, len(_KINDS), count),
            "precision": self.some(["1", "1", "2", "3"], rng.integers(0, 4, count)),
        }

    def acled(self, numbers: Any) -> dict[str, Any]:
        """Columns of ACLED."""
        made = self.common(numbers)
        count = len(numbers)

        def same(text: str) -> Any:
            return pa.array([text] * count)

        kind = made["kind"]
        return {
            "event_id_cnty": pa.array([f"XYZ{number}" for number in numbers.tolist()]),
            "event_date": made["day"],
            "year": pa.compute.utf8_slice_codeunits(made["day"], 0, 4),
            "time_precision": self.some(["1", "1", "2"], self.rng.integers(0, 3, count)),
            "disorder_type": self.some([one[0] for one in _KINDS], kind),
            "event_type": self.some([one[1] for one in _KINDS], kind),
            "sub_event_type": self.some([one[2] for one in _KINDS], kind),
            "actor1": made["group"],
            "assoc_actor_1": same(""),
            "inter1": same("Rebel group"),
            "actor2": pa.compute.binary_join_element_wise("Civilians (", made["country"], ")", ""),
            "assoc_actor_2": same(""),
            "inter2": same("Civilians"),
            "interaction": same("Rebel group-Civilians"),
            "civilian_targeting": same("Civilian targeting"),
            "iso": same("999"),
            "region": same("Region"),
            "country": made["country"],
            "admin1": made["province"],
            "admin2": made["district"],
            "admin3": same(""),
            "location": made["town"],
            "latitude": made["latitude"],
            "longitude": made["longitude"],
            "geo_precision": made["precision"],
            "source": same("Invented Daily"),
            "source_scale": same("National"),
            "notes": made["notes"],
            "fatalities": made["dead"],
            "tags": same(""),
            "timestamp": pa.array((1_650_000_000 + numbers % 10_000_000).astype(str).tolist()),
        }

    def ucdp(self, numbers: Any) -> dict[str, Any]:
        """Columns of UCDP GED."""
        from ingest.presets.ucdp import CURRENT

        made = self.common(numbers)
        count = len(numbers)
        empty = pa.array([""] * count)
        dead, none = made["dead"], pa.array(["0"] * count)
        day = pa.compute.binary_join_element_wise(made["day"], "00:00:00.000", " ")
        state = pa.compute.binary_join_element_wise("Government of ", made["country"], "")
        ones, clear = pa.array(["1"] * count), pa.array(["Clear"] * count)
        told = {
            "id": pa.array(numbers.astype(str).tolist()),
            "year": pa.compute.utf8_slice_codeunits(made["day"], 0, 4),
            "code_status": clear, "type_of_violence": ones, "side_a": state,
            "side_b": made["group"], "source_article": made["notes"],
            "where_prec": made["precision"], "where_coordinates": made["town"],
            "adm_1": made["province"], "adm_2": made["district"], "latitude": made["latitude"],
            "longitude": made["longitude"], "country": made["country"], "event_clarity": ones,
            "date_prec": ones, "date_start": day, "date_end": day, "deaths_a": none,
            "deaths_b": dead, "deaths_civilians": none, "deaths_unknown": none, "best": dead,
            "high": dead, "low": dead,
        }  # fmt: skip
        return {name: told.get(name, empty) for name in CURRENT}


def write(path: Path, layout: str, rows: int) -> None:
    """Write a file of a layout."""
    source = Rows(seed=5)
    make = getattr(source, layout)
    writer = None
    for start in range(0, rows, BATCH):
        made = make(np.arange(start, min(start + BATCH, rows)))
        table = pa.RecordBatch.from_pydict(made)
        writer = writer or pa.csv.CSVWriter(str(path), table.schema)
        writer.write_batch(table)
    if writer is not None:
        writer.close()


def timed(code: str, source: Path, out: Path) -> dict[str, Any]:
    """Run a child that prints what it measured."""
    done = subprocess.run(
        [sys.executable, "-c", code, str(source), str(out)], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(folder: Path, layout: str, rows: int) -> None:
    """Import and convert one file; print both."""
    path = folder / f"{layout}.csv"
    began = time.perf_counter()
    write(path, layout, rows)
    size = path.stat().st_size / 1e6
    print(f"{layout}: {rows:,} rows, {size:,.0f} MB (made in {time.perf_counter() - began:.0f} s)")
    ours = timed(CHILD, path, folder / f"{layout}.gpkg")
    peer = timed(PEER, path, folder / f"{layout}-gdal.gpkg")
    for name, one in (("import", ours), ("pyogrio", peer)):
        print(
            f"  {name}: {one['rows'] / one['seconds']:,.0f} rows/s ({one['seconds']:.1f} s,"
            f" {one['cpu']:.1f} CPU s), peak {one['mb']:,.0f} MB"
            + (
                f" and {one['child_mb']:,.0f} MB in the process that reads"
                if "child_mb" in one
                else ""
            )
        )
    print(f"  ratio of seconds: {ours['seconds'] / peer['seconds']:.1f}")
    print(
        "  " + ", ".join(f"{k} {v}" for k, v in ours.items() if k not in ("cpu", "mb", "child_mb"))
    )
    for file in folder.glob(f"{layout}*"):
        file.unlink()


def main() -> None:
    """Read the arguments, measure each layout."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--layout", nargs="+", default=["acled", "ucdp"])
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        for layout in given.layout:
            measure(Path(folder), layout, given.rows)


if __name__ == "__main__":
    main()
