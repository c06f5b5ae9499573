"""How well and how fast the offline geocoder places UCDP's events in Pakistan.

Query: ``where_coordinates`` with ``adm_2``, ``adm_1`` and ``country`` as context; truth: UCDP's
coordinates (known to be wrong for a few rows, see docs/geocoding.md). Run from the project's root:

    python benchmarks/geocoding.py [--country-only] [--misses 40] [PATH]
        [--full ../shared/data/gazetteer/PK.txt] [--without-table PK]

``--full`` adds a full gazetteer for this run alone; ``--without-table`` leaves our own table of a
country out, which is how a country looks of which we know nothing beyond the source packages.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import tempfile
import time
from pathlib import Path

from ingest.geocode.evaluation import measure
from ingest.geocode.evaluation_text import lines
from ingest.geocode.truth import Skipped, TruthRow, guess_columns, read_header, read_truth

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "ucdp_ged_pak.csv"
BASELINES = {
    "cities500, name only": 0.26,
    "full gazetteer, name only": 0.50,
    "full gazetteer, name + district": 0.71,
}
"""Share within 25 km, measured on the same file before this geocoder was written."""


def read(path: Path, *, country_only: bool) -> list[TruthRow]:
    columns = guess_columns(read_header(path), {}, path)
    return [row for row, _ in read_truth(path, columns, Skipped(), country_only=country_only)]


def prepare(folder: Path, full: Path | None, without: str) -> None:
    """Put the gazetteers of this run into a folder, and point the environment at them."""
    from geodata.gazetteer import PATH_VARIABLE, overlay_path
    from geodata.gazetteer.installed import FOLDER_VARIABLE

    os.environ[FOLDER_VARIABLE] = str(folder / "added")
    if without:
        from geodata.gazetteer.build import build_gazetteer

        table = folder / "places"
        shutil.copytree(overlay_path(), table)
        (table / f"{without}.csv").unlink()
        os.environ[PATH_VARIABLE] = str(folder / "gazetteer.sqlite")
        build_gazetteer(folder / "gazetteer.sqlite", overlay=table)
    if full is not None:
        from geodata.gazetteer.add import add_gazetteer

        began = time.perf_counter()
        added = add_gazetteer(full)
        print(f"added {added.places:,} places in {time.perf_counter() - began:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", nargs="?", type=Path, default=DATA)
    parser.add_argument("--country-only", action="store_true")
    parser.add_argument("--misses", type=int, default=0, metavar="N")
    parser.add_argument("--full", type=Path, metavar="FILE")
    parser.add_argument("--without-table", default="", metavar="PK")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder), options.full, options.without_table)
        run(options)


def run(options: argparse.Namespace) -> None:
    """Ask every query twice, and report."""
    rows = read(options.path, country_only=options.country_only)

    began = time.perf_counter()
    from ingest.geocode import default_geocoder

    geocoder = default_geocoder()
    queries = [row.query for row in rows]
    geocoder.geocode(queries[0])
    print(f"start and first query: {time.perf_counter() - began:.3f} s")
    for state in ("cold", "warm"):
        began = time.perf_counter()
        answers = [geocoder.geocode(query) for query in queries]
        print(f"{state}: {len(rows) / (time.perf_counter() - began):.0f} queries/s")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at its highest: {megabytes:.0f} MB")
    pairs = zip(answers, (row.truth for row in rows), strict=True)
    print()
    print("\n".join(lines(measure(pairs, examples=options.misses))))
    for name, share in BASELINES.items():
        print(f"  baseline within 25 km, {name}: {share:.2f}")


if __name__ == "__main__":
    main()
