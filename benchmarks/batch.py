"""A folder of reports into a project by the real command: speed, memory, summary.

Beside it the same folder with other numbers of workers, and the naive reader of
`benchmarks/extraction.py` (one incident a report, no rule of context) in one process.

Speed is told by the clock and by processor time: on a busy machine only the second says what the
program costs. Memory is the peak of a process's resident set (VmHWM of /proc), so Linux only.

Run: python benchmarks/batch.py [--count 5000] [--workers 2 1] [--baseline] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import newsroom

COMMAND = [sys.executable, "-c", "from dashboard.cli import main\nmain()", "ingest"]
Row = dict[str, Any]


def status(pid: int, field: str) -> int:
    """Read a number of /proc/PID/status; 0 for a process that is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{field}:")), 0)


def children(pid: int) -> list[int]:
    try:
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def run(folder: Path, store: Path, workers: int) -> Row:
    """Run the command to its end and watch its memory."""
    call = [*COMMAND, str(folder), "--store", str(store), "--workers", str(workers), "--json"]
    before, began = os.times(), time.perf_counter()
    peaks: dict[int, int] = {}
    # A file, because a pipe that nobody reads holds 64 kB, and thousands of duplicates are more.
    with (
        tempfile.TemporaryFile() as out,
        subprocess.Popen(call, stdout=out, stderr=subprocess.DEVNULL) as process,
    ):
        while process.poll() is None:
            for pid in (process.pid, *children(process.pid)):
                peaks[pid] = max(peaks.get(pid, 0), status(pid, "VmHWM"))
            time.sleep(0.2)
        out.seek(0)
        summary = json.loads(out.read())
    seconds, after = time.perf_counter() - began, os.times()
    spent = sum(after[2:4]) - sum(before[2:4])  # user and system, of children and theirs
    writer = peaks.pop(process.pid, 0)
    inputs = summary["documents"] + len(summary["quarantined"]) + len(summary["duplicates"])
    return {
        "workers": workers,
        "exit_code": process.returncode,
        **{name: summary[name] for name in ("documents", "incidents")},
        "quarantined": len(summary["quarantined"]),
        "duplicates": len(summary["duplicates"]),
        "seconds": round(seconds, 1),
        "documents_per_second": round(inputs / seconds, 1),
        "documents_per_processor_second": round(inputs / spent, 1),
        "writer_peak_mb": writer // 1024,
        "worker_peak_mb": max(peaks.values(), default=0) // 1024,
    }


def naive(count: int) -> Row:
    """Read the same texts with the reader without rules, in this process; nothing is stored."""
    import extraction

    from ingest.evaluation.gold import GoldStory

    began = time.process_time()
    for text in newsroom.reports(count):
        extraction.baseline(GoldStory(story_id="", text=text, incidents=(), quotes=()))
    spent = time.process_time() - began
    return {"naive_documents_per_processor_second": round(count / spent, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--workers", type=int, nargs="+", default=[2, 1])
    parser.add_argument("--baseline", action="store_true", help="time the naive reader too")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "reports"
        newsroom.write(folder, args.count)
        rows = [run(folder, Path(name) / f"{n}.gpkg", n) for n in args.workers]
        again = run(folder, Path(name) / f"{args.workers[0]}.gpkg", args.workers[0])
    rows.append({**again, "what": "the same again"})
    if args.baseline:
        rows.append(naive(min(args.count, 500)))
    for row in rows:
        print(json.dumps(row) if args.json else "  ".join(f"{k} {v}" for k, v in row.items()))


if __name__ == "__main__":
    main()
