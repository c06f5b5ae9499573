"""Check our own table of places while it is edited: does every row find its place and its point?

    python scripts/check_places.py geodata/data/places/PK.csv [MORE.csv ...] [--missing]

Says which rows fit nothing, which points lie outside the country or province that their row
names (outlines: Natural Earth), and with ``--missing`` which second-order divisions of the
country still have no point of their own. The sources are read once and kept in ``build/``.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from pathlib import Path

from geodata.boundaries import BORDER_KM, province_at, province_matches
from geodata.gazetteer import _overlay
from geodata.gazetteer._overlay import Fact
from geodata.gazetteer.build import build_gazetteer

BASE = Path(__file__).resolve().parent.parent / "build" / "gazetteer-sources.sqlite"


def base() -> sqlite3.Connection:
    """Give a copy in memory of the gazetteer without our table."""
    if not BASE.exists():
        with tempfile.TemporaryDirectory() as empty:
            build_gazetteer(BASE, overlay=Path(empty))
    copy = sqlite3.connect(":memory:")
    with sqlite3.connect(BASE) as source:
        source.backup(copy)
    return copy


def strayed(fact: Fact) -> str | None:
    """Say why a point is doubtful; None where it is not."""
    if fact.latitude is None or fact.longitude is None or not fact.country:
        return None
    hit = province_at(fact.longitude, fact.latitude, within_km=BORDER_KM)
    if hit is None:
        return "lies at sea"
    if fact.admin1 and province_matches(fact.admin1, fact.longitude, fact.latitude) is False:
        return f"lies in {hit.name} ({hit.country}), not in {fact.admin1}"
    if hit.country != fact.country and not fact.admin1:
        return f"lies in {hit.country}"
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--missing", action="store_true")
    options = parser.parse_args()
    connection = base()
    facts = [fact for path in options.paths for fact in _overlay.read(path)]
    with tempfile.TemporaryDirectory() as folder:
        for path in options.paths:
            (Path(folder) / path.name).write_text(path.read_text("utf-8"), encoding="utf-8")
        unmatched = _overlay.apply(connection, Path(folder))
    doubts = [(fact, why) for fact in facts if (why := strayed(fact))]
    for words in unmatched:
        print(f"fits nothing: {words}")
    for fact, why in doubts:
        print(f"{fact.country} {fact.name} ({fact.latitude}, {fact.longitude}) {why}")
    if options.missing:
        for country in sorted({fact.country for fact in facts}):
            rows = connection.execute(
                "SELECT place.name, province.name, place.located FROM place"
                " LEFT JOIN place AS province ON province.id = place.admin1"
                " WHERE place.country = ? AND place.fcode = 'ADM2'"
                " AND (place.latitude IS NULL OR place.located = 'mean') ORDER BY 2, 1",
                (country,),
            ).fetchall()
            for name, province, located in rows:
                print(f"{country}: {name} in {province}: {located or 'no point'}")
    print(f"{len(facts)} rows, {len(unmatched)} fit nothing, {len(doubts)} doubtful points")
    sys.exit(1 if unmatched else 0)


if __name__ == "__main__":
    main()
