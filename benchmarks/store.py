"""How fast a project file is: writing, asking, and a reader beside a writer in either journal.

    python benchmarks/store.py --rows 100000
    python benchmarks/store.py --rows 1000000 --index-last

The incidents are random with a fixed seed: 40 groups, 8 countries, 80 provinces, 800 districts,
20 years. Prints JSON; the numbers in docs/ come from here.
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
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from geodata import _schema as schema
from geodata.filters import Filter
from geodata.geopackage import GeoPackageStore
from geodata.incident import Incident, Status
from geodata.precision import DatePrecision, LocationPrecision
from geodata.taxonomy import EVENT_TYPE_OF

FIRST_DAY = date(2005, 1, 1)

QUESTIONS: dict[str, Filter] = {
    "everything": Filter(),
    "one group": Filter(group=("group 7",)),
    "group and dates": Filter(group=("group 7",), since=date(2019, 1, 1), until=date(2019, 12, 31)),
    "one district": Filter(district=("district 123",)),
    "small box": Filter(bbox=(60.0, 30.0, 62.0, 32.0)),
    "text": Filter(text="DISTRICT 77"),
}

WRITER = """
import sys, time
from pathlib import Path
from geodata.geopackage import GeoPackageStore
from geodata.incident import Incident
store = GeoPackageStore.open(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    began = time.perf_counter()
    with store.atomic():
        store.add_incidents(
            Incident(incident_id=f"{sys.argv[3]}_{number}_{n}", latitude=1.0, longitude=2.0)
            for n in range(100)
        )
    print((time.perf_counter() - began) * 1000)
"""


def random_incidents(rows: int) -> Iterator[Incident]:
    chance = random.Random(7)
    subs = sorted(EVENT_TYPE_OF)
    precisions = list(LocationPrecision)[:5]
    for number in range(rows):
        district = chance.randrange(800)
        day = FIRST_DAY + timedelta(days=chance.randrange(7300))
        sub = chance.choice(subs)
        actor = f"group {int(40 * chance.random() ** 2)}"
        yield Incident(
            incident_id=f"inc_{number:09d}",
            event_date=day,
            date_precision=DatePrecision.DAY,
            event_type=EVENT_TYPE_OF[sub],
            sub_event_type=sub,
            actor1=actor,
            actor2=f"group {chance.randrange(40)}",
            perpetrator=actor if number % 2 else None,
            place=f"town {chance.randrange(20_000)}",
            admin2=f"district {district}",
            admin1=f"province {district // 10}",
            country=f"country {district // 100}",
            latitude=round(25 + 12 * chance.random(), 4),
            longitude=round(60 + 16 * chance.random(), 4),
            location_precision=precisions[chance.randrange(5)],
            killed_best=chance.randrange(6),
            status=Status.CONFIRMED if number % 5 else Status.DRAFT,
        )


def milliseconds(work: Callable[[], Any], times: int = 2) -> float:
    """Best of a few runs, in milliseconds."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return round(min(took), 1)


def fill(path: Path, rows: int) -> dict[str, float]:
    incidents = random_incidents(rows)
    cpu = time.process_time()
    began = time.perf_counter()
    with GeoPackageStore.open(path, create=True) as store, store.atomic():
        store.add_incidents(incidents)
    took = time.perf_counter() - began
    return {
        "seconds": round(took, 1),
        "rows_per_second": round(rows / took),
        "cpu_seconds": round(time.process_time() - cpu, 1),
        "megabytes": round(path.stat().st_size / 1e6),
    }


def fill_then_index(path: Path, rows: int) -> dict[str, float]:
    """Add rows without indexes and make those at the end: not what the store does, but quicker."""
    began = time.perf_counter()
    triggers = [name.split()[2] for name in schema.RTREE_STATEMENTS[1:]]
    opened = GeoPackageStore.open(path, create=True)
    with opened as store, store.atomic(), store._writing() as connection:
        for statement in schema.INDEXES:
            connection.execute(f"DROP INDEX {statement.split()[2]}")
        for name in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        store.add_incidents(random_incidents(rows))
        connection.execute(
            f"INSERT INTO {schema.RTREE}"
            " SELECT fid, longitude, longitude, latitude, latitude FROM incidents"
        )
        for statement in (*schema.RTREE_STATEMENTS[1:], *schema.INDEXES):
            connection.execute(statement)
    return {"seconds": round(time.perf_counter() - began, 1)}


def ask(path: Path) -> dict[str, dict[str, float]]:
    answers: dict[str, dict[str, float]] = {}
    with GeoPackageStore.open(path, read_only=True) as store:
        for name, where in QUESTIONS.items():
            answers[name] = {
                "matches": store.count(where),
                "count": milliseconds(lambda w=where: store.count(w)),
                "totals": milliseconds(lambda w=where: store.totals(w)),
                "facet group": milliseconds(lambda w=where: store.facet("group", w)),
                "facet district": milliseconds(lambda w=where: store.facet("district", w)),
                "timeline": milliseconds(lambda w=where: store.timeline(w, "month")),
                "first 100": milliseconds(lambda w=where: store.incidents(w, limit=100)),
            }
        answers["revision"] = {"ms": milliseconds(store.revision)}
    return answers


def side_by_side(path: Path, journal: str, transactions: int) -> dict[str, float | str]:
    """A reader asks for totals over and over while another process commits 100 rows at a time."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA journal_mode = {journal}").fetchone()
    connection.close()
    code = WRITER if journal == "wal" else WRITER.replace("for number", KEEP_ROLLBACK, 1)
    reads, errors = [], 0
    with GeoPackageStore.open(path, read_only=True) as reader:
        writer = subprocess.Popen(
            [sys.executable, "-c", code, path, str(transactions), journal],
            stdout=subprocess.PIPE,
            text=True,
        )
        while writer.poll() is None:
            began = time.perf_counter()
            try:
                reader.totals(Filter(group=("group 7",)))
            except OSError:
                errors += 1
            reads.append((time.perf_counter() - began) * 1000)
    assert writer.stdout is not None
    commits = sorted(float(line) for line in writer.stdout)
    reads.sort()
    return {
        "commits": len(commits),
        "commit_median_ms": round(commits[len(commits) // 2], 1) if commits else 0.0,
        "commit_worst_ms": round(commits[-1], 1) if commits else 0.0,
        "reads": len(reads),
        "read_median_ms": round(reads[len(reads) // 2], 1),
        "read_worst_ms": round(reads[-1], 1),
        "read_errors": errors,
    }


KEEP_ROLLBACK = """
store._connections.prefer_rollback()
for number"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--transactions", type=int, default=100)
    parser.add_argument("--index-last", action="store_true", help="for a million rows")
    parser.add_argument("--keep", type=Path, help="make the file here and leave it")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.keep or Path(folder) / "atlas.gpkg"
        result: dict[str, Any] = {"rows": arguments.rows, "sqlite": sqlite3.sqlite_version}
        if not path.exists():
            make = fill_then_index if arguments.index_last else fill
            result["write"] = make(path, arguments.rows)
        result["ask_ms"] = ask(path)
        for journal in ("wal", "delete"):
            result[f"beside a writer, {journal}"] = side_by_side(
                path, journal, arguments.transactions
            )
            GeoPackageStore.open(path).close()
    result["peak_megabytes"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
