"""A million rows of an ACLED-like table into an empty project, and twenty thousand after them.

Measured: rows a second with every index, the R-tree, the rows as written and their digests;
memory; what a reader notices meanwhile; a release that changes rows; taking it back; the check;
and, to compare, pyogrio writing the same columns and nothing else, and the same indexes made on
its file. One process, one thread that works; run it with ``taskset -c 0`` to be sure.

Run: python benchmarks/bulk.py --rows 1000000 --append 20000
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geodata import _schema as schema
from geodata.datasets import Dataset, Import
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore
from geodata.originals import digests, pack

BATCH = 20_000
TOWNS, NOTES = 20_000, 5_000
_NAMES = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1"
    " assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region"
    " country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale"
    " notes fatalities tags timestamp"
)
COLUMNS = tuple(_NAMES.split())
KINDS = (
    ("Battles", "Armed clash"),
    ("Violence against civilians", "Attack"),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Protests", "Peaceful protest"),
)
_WORDS = (
    "on in the of militants forces clashed with village area district police killed wounded"
    " soldiers during operation attack armed men fired at checkpoint residents reported that an"
    " unidentified group near road market several people were injured no claim"
)
WORDS = _WORDS.split()
CONSTANT = {
    "date_precision": "day",
    "weapon": "firearm",
    "tactic": "clash",
    "target": "civilians",
    "attribution": "attributed",
    "attributed_by": "ACLED",
    "location_precision": "settlement",
    "killed_by_status": '{"civilians": 1}',
    "tags": '["crowd size=no report"]',
}
WRITTEN = {
    "time_precision": "1",
    "disorder_type": "Political violence",
    "inter1": "Rebel group",
    "inter2": "State forces",
    "interaction": "Rebel group-State forces",
    "iso": "586",
    "region": "South Asia",
    "geo_precision": "1",
    "source_scale": "National",
    "tags": "crowd size=no report",
}
READER = """
import sys, time
from pathlib import Path
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore
with GeoPackageStore.open(Path(sys.argv[1]), read_only=True) as store:
    waited = []
    while not Path(sys.argv[2]).exists():
        began = time.perf_counter()
        store.totals(Filter())
        waited.append((time.perf_counter() - began) * 1000)
        time.sleep(0.05)
print(len(waited), max(waited))
"""

Batch = tuple[pa.RecordBatch, pa.RecordBatch]


def named(word: str, count: int) -> pa.Array:
    return pa.array([f"{word} {number}" for number in range(count)])


def whole(values: Any) -> pa.Array:
    return pa.array(values, pa.int64())


class Table:
    """Rows in batches; few towns and groups hold most of them."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self.rng = np.random.default_rng(seed)
        self.notes = pa.array([" ".join(chance.choices(WORDS, k=45)) for _ in range(NOTES)])
        self.names = {
            "place": named("Town", TOWNS),
            "admin2": named("District", 800),
            "admin1": named("Province", 80),
            "country": named("Country", 8),
        }
        self.groups = named("Armed Group number", 60)

    def batches(self, rows: int, first: int = 0) -> Iterator[Batch]:
        """`rows` rows with keys from `first` on."""
        for start in range(first, first + rows, BATCH):
            yield self.batch(np.arange(start, min(start + BATCH, first + rows)))

    def batch(self, numbers: Any) -> Batch:
        """Rows with these numbers in their keys, and the same as written."""
        count, rng = len(numbers), self.rng
        town = (TOWNS * rng.random(count) ** 2).astype(int)
        district = town % 800
        at = {"place": town, "admin2": district, "admin1": district // 10}
        at["country"] = district // 100
        kind = rng.integers(0, len(KINDS), count)
        days = pa.array(rng.integers(12_784, 20_000, count).astype("int32")).cast(pa.date32())
        keys = pa.array([f"PAK{number}" for number in numbers])
        told = self.notes.take(pa.array(rng.integers(0, NOTES, count)))
        killed = whole(rng.integers(0, 6, count))
        fields: dict[str, pa.Array] = {
            "incident_id": pc.binary_join_element_wise("acled", keys, ":"),
            "event_date": days,
            "event_date_end": days,
            "event_type": pa.array([KINDS[n][0] for n in kind]),
            "sub_event_type": pa.array([KINDS[n][1] for n in kind]),
            "actor1": self.groups.take(pa.array((60 * rng.random(count) ** 2).astype(int))),
            "actor2": self.groups.take(pa.array(rng.integers(0, 60, count))),
            **{name: self.names[name].take(pa.array(which)) for name, which in at.items()},
            "latitude": pa.array(np.round(24 + 12 * (town * 7_919 % TOWNS) / TOWNS, 4)),
            "longitude": pa.array(np.round(60 + 16 * (town * 104_729 % TOWNS) / TOWNS, 4)),
            **{f"{k}_{b}": killed for k in ("killed", "injured") for b in ("low", "best", "high")},
            "notes": pc.binary_join_element_wise(keys, told, ": "),
            **{name: pa.array([word] * count) for name, word in CONSTANT.items()},
        }
        fields["perpetrator"] = fields["actor1"]
        return pa.RecordBatch.from_pydict(fields), self.written(numbers, keys, fields)

    def written(self, numbers: Any, keys: pa.Array, fields: dict[str, pa.Array]) -> pa.RecordBatch:
        """Write the rows as ACLED does."""
        count = len(numbers)
        cells = dict.fromkeys(COLUMNS, pa.array([""] * count))
        cells |= {name: pa.array([word] * count) for name, word in WRITTEN.items()}
        for name in COLUMNS:
            if name in fields and name != "tags":
                cells[name] = fields[name].cast(pa.string())
        cells |= {
            "event_id_cnty": keys,
            "year": pc.year(fields["event_date"]).cast(pa.string()),
            "location": fields["place"],
            "source": pa.array([f"Source {number % 300}" for number in numbers]),
            "fatalities": fields["killed_best"].cast(pa.string()),
            "timestamp": whole(1_600_000_000 + numbers).cast(pa.string()),
        }
        return pa.RecordBatch.from_pydict(cells)


class Watch:
    """Wall and processor time, without that of making the rows."""

    def __init__(self) -> None:
        self.aside = 0.0

    def each(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """Give batches; the time to make them does not count."""
        while True:
            began = time.perf_counter()
            found = next(batches, None)
            self.aside += time.perf_counter() - began
            if found is None:
                return
            yield found

    @contextmanager
    def running(self, into: dict[str, float], rows: int) -> Iterator[None]:
        """Write down what the block took."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        took = time.perf_counter() - wall - self.aside
        into |= {
            "seconds": round(took, 2),
            "cpu_seconds": round(time.process_time() - cpu - self.aside, 2),
            "rows_per_second": round(rows / took),
        }


def begin(store: GeoPackageStore, source: str) -> Import:
    store.keep_dataset(Dataset(dataset_id="acled", title="ACLED", preset="acled"))
    about = Import(
        dataset_id="acled",
        source=source,
        sha256="",
        columns=COLUMNS,
        preset="acled",
        who="benchmark",
        when=datetime.now(UTC),
    )
    return store.begin_import(about)


def load(store: GeoPackageStore, batches: Iterator[Batch], rows: int) -> dict[str, float]:
    """Import rows in one transaction."""
    found: dict[str, float] = {}
    watch = Watch()
    with watch.running(found, rows):
        began = time.perf_counter()
        with store.atomic():
            into = begin(store, f"{rows}.csv")
            for fields, cells in watch.each(batches):
                store.add_rows(into, fields, cells)
            found["rows_seconds"] = round(time.perf_counter() - began - watch.aside, 2)
            store.finish_import(replace(into, rows=rows, added=rows))
            indexing = time.perf_counter()
            store._bulk.put_back(store._connections._pinned("writing"))  # type: ignore[arg-type]
            found["index_seconds"] = round(time.perf_counter() - indexing, 2)
            found["wal_megabytes"] = megabytes(store.path.with_name(store.path.name + "-wal"))
    return found | {"peak_megabytes": peak()}


def corrected(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The same rows with another toll and longer notes, as most corrections are."""
    for fields, cells in batches:
        killed, notes = pc.add(fields["killed_best"], 1), fields["notes"]
        more = pc.binary_join_element_wise(notes, "Corrected.", " ")
        names = fields.schema.names
        newer = fields.set_column(names.index("killed_best"), "killed_best", killed)
        newer = newer.set_column(names.index("notes"), "notes", more)
        yield newer, cells.set_column(COLUMNS.index("notes"), "notes", more)


def change(store: GeoPackageStore, batches: Iterator[Batch], rows: int) -> dict[str, float]:
    """A release that corrects rows, and taking it back."""
    found: dict[str, float] = {}
    watch = Watch()
    with watch.running(found, rows), store.atomic():
        into = begin(store, "release.csv")
        for fields, cells in watch.each(batches):
            store.change_rows(into, fields, cells)
        store.finish_import(replace(into, rows=rows, changed=rows))
    began = time.perf_counter()
    with store.atomic():
        store.undo_import(into.import_id, who="benchmark")
    return found | {"undo_seconds": round(time.perf_counter() - began, 2)}


def ask(store: GeoPackageStore) -> dict[str, float]:
    """Seconds of what is asked before and after an import."""
    found = {}
    for name, work in {
        "known_rows": lambda: store.known_rows("acled"),
        "original_rows": lambda: sum(1 for _ in store.original_rows("acled")),
        "one_original": lambda: next(store.original_rows("acled", ["acled:PAK7"])),
        "totals": lambda: store.totals(Filter()),
        "check": store.check,
    }.items():
        began = time.perf_counter()
        work()
        found[name] = round(time.perf_counter() - began, 3)
    return found


def by_pyogrio(batches: Iterator[Batch], rows: int, path: Path) -> dict[str, float]:
    """The same columns through GDAL: no digests, no rows as written; then the same indexes."""
    import pyogrio

    parts = [fields for fields, _ in batches]
    found: dict[str, float] = {}
    with Watch().running(found, rows):
        table = pa.Table.from_batches(parts)
        points = shapely.points(table["longitude"].to_numpy(), table["latitude"].to_numpy())
        table = table.append_column("geom", pa.array(list(shapely.to_wkb(points)), pa.binary()))
        pyogrio.write_arrow(
            table,
            path,
            driver="GPKG",
            layer="incidents",
            geometry_name="geom",
            geometry_type="Point",
            crs="EPSG:4326",
        )
    began = time.perf_counter()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA cache_size = -262144")
    for name in ("dataset", "status"):
        connection.execute(f"ALTER TABLE incidents ADD COLUMN {name} TEXT DEFAULT 'confirmed'")
    connection.execute("CREATE UNIQUE INDEX idx_id ON incidents (incident_id)")
    for statement in schema.INDEXES:
        if f" ON {schema.LAYER} " in statement:
            connection.execute(statement)
    connection.commit()
    connection.close()
    return found | {
        "indexes_seconds": round(time.perf_counter() - began, 2),
        "megabytes": megabytes(path),
    }


def packing(rows: int = 20_000) -> dict[str, dict[str, float]]:
    """Microseconds and bytes a row of ways to keep rows as written."""
    ((_, cells),) = Table(1).batches(rows)
    parts = [cells.slice(start, 1_000) for start in range(0, rows, 1_000)]

    def arrow(part: pa.RecordBatch) -> int:
        return len(pa.compress(part.serialize(), "zstd"))

    found = {}
    for name, work in {
        "json columns, zlib": lambda: sum(len(block) for _, block in pack(cells)),
        "arrow, zstd": lambda: sum(arrow(part) for part in parts),
        "digests": lambda: digests(cells).nbytes,
    }.items():
        began = time.perf_counter()
        size = work()
        took = (time.perf_counter() - began) / rows * 1e6
        found[name] = {"us": round(took, 2), "bytes": round(size / rows, 1)}
    return found


def peak() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)


def megabytes(path: Path) -> int:
    return round(path.stat().st_size / 1e6) if path.exists() else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--append", type=int, default=20_000)
    parser.add_argument("--no-reader", action="store_true", help="leave the core to the import")
    options = parser.parse_args()
    result: dict[str, Any] = {"rows": options.rows, "sqlite": sqlite3.sqlite_version}
    with tempfile.TemporaryDirectory() as folder:
        path, done = Path(folder) / "atlas.gpkg", Path(folder) / "done"
        with GeoPackageStore.open(path, create=True) as store:
            reader = [sys.executable, "-c", READER, str(path), str(done)]
            beside = subprocess.Popen(
                ["true"] if options.no_reader else reader, stdout=subprocess.PIPE, text=True
            )
            result["import"] = load(store, Table(1).batches(options.rows), options.rows)
            done.touch()
            reads, worst = (beside.communicate()[0].split() or [0, 0])[:2]
            result["reader beside it"] = {"reads": int(reads), "worst_ms": round(float(worst))}
            result["megabytes"] = megabytes(path)
            more = Table(2).batches(options.append, first=options.rows)
            result["append"] = load(store, more, options.append)
            again = corrected(Table(1).batches(options.append))
            result["change"] = change(store, again, options.append)
            result["ask_seconds"] = ask(store)
        rows = Table(1).batches(options.rows)
        result["pyogrio"] = by_pyogrio(rows, options.rows, Path(folder) / "plain.gpkg")
    result["packing"] = packing()
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
