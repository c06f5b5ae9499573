"""How well and how fast the offline geocoder places UCDP's events in Pakistan.

Query: ``where_coordinates`` with ``adm_2``, ``adm_1`` and ``country`` as context; truth: UCDP's
coordinates (known to be wrong for a few rows, see docs/geocoding.md). Run from the project's root:

    python benchmarks/geocoding.py [--country-only] [--misses 40] [PATH]
"""

from __future__ import annotations

import argparse
import csv
import resource
import time
from collections import Counter
from pathlib import Path

from geodata.place import Outcome, PlaceQuery, Resolution

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "ucdp_ged_pak.csv"
BASELINES = {
    "cities500, name only": 0.26,
    "full gazetteer, name only": 0.50,
    "full gazetteer, name + district": 0.71,
}
"""Share within 25 km, measured on the same file before this geocoder was written."""

CONFIDENT = 0.9


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if row["id"].isdigit()]  # the second line is HXL tags


def ask(row: dict[str, str], *, country_only: bool) -> PlaceQuery:
    return PlaceQuery(
        text=row["where_coordinates"],
        country=row["country"],
        admin1=None if country_only else row["adm_1"],
        admin2=None if country_only else row["adm_2"],
    )


def error_km(resolution: Resolution, row: dict[str, str]) -> float | None:
    from ingest.geocode.points import distance_km

    best = resolution.best
    if best is None or best.latitude is None or best.longitude is None:
        return None
    truth = (float(row["latitude"]), float(row["longitude"]))
    return distance_km((best.latitude, best.longitude), truth)


def report(rows: list[dict[str, str]], answers: list[Resolution]) -> list[tuple[float, int]]:
    errors = [error_km(answer, row) for answer, row in zip(answers, rows, strict=True)]
    print(f"\n{len(rows)} events")
    for limit in (5, 10, 25, 50, 161):
        within = sum(error is not None and error <= limit for error in errors)
        print(f"  within {limit:3d} km  {within / len(rows):.3f}")
    for name, share in BASELINES.items():
        print(f"  baseline within 25 km, {name}: {share:.2f}")
    outcomes = Counter(answer.outcome for answer in answers)
    for outcome in Outcome:
        print(f"  {outcome:10s}  {outcomes[outcome] / len(rows):.3f}")
    confident = [
        answer.best is not None and answer.best.score >= CONFIDENT and (error or 0) > 50
        for answer, error in zip(answers, errors, strict=True)
    ]
    print(
        f"  wrong (> 50 km) with a score of {CONFIDENT} or more  {sum(confident) / len(rows):.3f}"
    )
    for precision in "12345":
        chosen = [e for e, row in zip(errors, rows, strict=True) if row["where_prec"] == precision]
        share = sum(error is not None and error <= 25 for error in chosen) / len(chosen)
        print(f"  where_prec {precision}: {len(chosen)} events, within 25 km {share:.3f}")
    return [
        (error if error is not None else 9999.0, number)
        for number, error in enumerate(errors)
        if error is None or error > 25
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", nargs="?", type=Path, default=DATA)
    parser.add_argument("--country-only", action="store_true")
    parser.add_argument("--misses", type=int, default=0, metavar="N")
    options = parser.parse_args()
    rows = read(options.path)

    began = time.perf_counter()
    from ingest.geocode import default_geocoder

    geocoder = default_geocoder()
    queries = [ask(row, country_only=options.country_only) for row in rows]
    geocoder.geocode(queries[0])
    print(f"start and first query: {time.perf_counter() - began:.3f} s")
    for state in ("cold", "warm"):
        began = time.perf_counter()
        answers = [geocoder.geocode(query) for query in queries]
        print(f"{state}: {len(rows) / (time.perf_counter() - began):.0f} queries/s")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at its highest: {megabytes:.0f} MB")
    misses = report(rows, answers)
    groups: Counter[tuple[str, ...]] = Counter()
    for error, number in misses:
        answer, row = answers[number], rows[number]
        best = answer.candidates[0] if answer.candidates else None
        said = f"{best.place.name} {best.location_precision}" if best else "-"
        groups[(row["where_coordinates"], row["adm_2"], answer.outcome, said, f"{error:.0f}")] += 1
    for group, count in groups.most_common(options.misses):
        print(f"{count:5d}  {'  |  '.join(group)}")


if __name__ == "__main__":
    main()
