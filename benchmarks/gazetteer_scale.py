"""A gazetteer of 12 million places: how long it takes to add, and how fast it answers.

Makes a table in the layout of GeoNames' ``allCountries.txt`` (invented names, real countries and
divisions codes), adds it in a process of its own, and asks contextual queries in another:

    python benchmarks/gazetteer_scale.py [--rows 12000000] [--folder FOLDER] [--queries 20000]

A tenth of the queries is misspelt by a letter, so that near spellings are sought too.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from geodata.gazetteer.divisions import word_set

COUNTRIES = (
    ("US", 2_240_000), ("CN", 880_000), ("IN", 660_000), ("NO", 610_000), ("MX", 640_000),
    ("ID", 480_000), ("RU", 400_000), ("IR", 390_000), ("BR", 340_000), ("PK", 280_000),
    ("AF", 150_000), ("NG", 120_000), ("UA", 60_000), ("IQ", 80_000), ("YE", 70_000),
    ("SY", 50_000), ("CD", 160_000), ("ET", 60_000), ("SD", 60_000), ("SO", 30_000),
    ("CO", 130_000), ("PH", 180_000), ("MM", 130_000), ("TR", 130_000), ("FR", 170_000),
    ("DE", 210_000), ("ES", 120_000), ("IT", 120_000), ("GB", 90_000), ("PL", 100_000),
)  # fmt: skip
"""Countries with about as many places as GeoNames has of them; the rest is filled in proportion."""
SYLLABLES = word_set(
    "ba be bo bu da de do du fa fi ga go gu ha hi ja jo ka ke ki ko ku la le li lo lu ma me mi mo"
    " mu na ne ni no nu pa pe pi po pu ra re ri ro ru sa se si so su ta te ti to tu va ve wa ya yo"
    " za zi sha cho kha ghar ban dor gan kal mar nar pur tal zar khel abad shahr gora bagh dara"
)
_SYLLABLES = sorted(SYLLABLES)
FEATURES = ("P\tPPL",) * 60 + ("P\tPPLL",) * 5 + ("H\tSTM",) * 15 + ("T\tMT",) * 8 + (
    "L\tLCTY", "S\tSCH", "S\tCH", "S\tFRM", "V\tFRST", "T\tHLL", "H\tLK", "R\tRD", "S\tAIRP",
    "P\tPPLX", "T\tVAL", "L\tAREA",
)  # fmt: skip

ADD = """
import json, re, sys, time
from pathlib import Path
from geodata.gazetteer.add import add_gazetteer
began = time.perf_counter()
added = add_gazetteer(Path(sys.argv[1]), name="world")
peak = re.search("VmHWM:[^0-9]*([0-9]+) kB", Path("/proc/self/status").read_text())
print(json.dumps([added.places, time.perf_counter() - began, int(peak[1]) / 1024,
                  added.path.stat().st_size / 1e6]))
"""
ASK = """
import json, re, sys, time
from pathlib import Path
began = time.perf_counter()
from geodata.place import PlaceQuery
from ingest.geocode import default_geocoder
queries = [PlaceQuery(**json.loads(line)) for line in open(sys.argv[1], encoding="utf-8")]
loaded = time.perf_counter()
geocoder = default_geocoder()
geocoder.geocode(queries[0])
first = time.perf_counter() - loaded
half = len(queries) // 2
rates = []
for part in (queries[:half], queries[half:], queries[half:]):
    began = time.perf_counter()
    outcomes = [geocoder.geocode(query).outcome for query in part]
    rates.append(len(part) / (time.perf_counter() - began))
status = Path("/proc/self/status").read_text()
peak = re.search("VmHWM:[^0-9]*([0-9]+) kB", status)
found = sum(outcome == "found" for outcome in outcomes) / len(outcomes)
print(json.dumps([first, *rates, int(peak[1]) / 1024, found]))
"""


def write_table(path: Path, rows: int, queries: Path, asked: int) -> None:
    """Write the dump and its code file, and queries drawn from it."""
    chance = random.Random(20261127)
    total = sum(number for _, number in COUNTRIES)
    number = 20_000_000  # beyond the ids that GeoNames has given out
    every = max(1, rows // asked)
    with path.open("w", encoding="utf-8") as table, queries.open("w", encoding="utf-8") as wanted:
        for country, share in COUNTRIES:
            here = round(rows * share / total)
            # Two of three places have a name of their own; the rest share some, as churches do.
            shared = [_name(chance) for _ in range(max(50, here // 15))]
            divisions = [f"{place:02d}" for place in range(1, 21)]
            for division in divisions:
                number += 1
                table.write(_row(number, f"Province {country}{division}", "A\tADM1", country,
                                 division, 0, "", chance))  # fmt: skip
            for _ in range(here):
                number += 1
                name = chance.choice(shared) if chance.random() < 0.33 else _name(chance)
                division = chance.choice(divisions)
                aliases = ",".join(_name(chance) for _ in range(chance.choice((0, 0, 0, 1, 2))))
                population = int(chance.paretovariate(1) * 100) if chance.random() < 0.05 else 0
                table.write(_row(number, name, chance.choice(FEATURES), country, division,
                                 population, aliases, chance))  # fmt: skip
                if number % every == 0:
                    wanted.write(json.dumps({
                        "text": _slip(name, chance) if chance.random() < 0.1 else name,
                        "country": country, "admin1": f"Province {country}{division}",
                    }) + "\n")  # fmt: skip


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.choice((3, 3, 4, 4, 5)))).title()


def _slip(name: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(name))
    return name[:at] + chance.choice("aeioulrnt") + name[at + 1 :]


def _row(
    number: int, name: str, feature: str, country: str, division: str, population: int,
    aliases: str, chance: random.Random,
) -> str:  # fmt: skip
    spot = sum(map(ord, country)) * 7919 + int(division) * 104_729
    latitude = spot % 120 - 55 + chance.random() * 4
    longitude = spot % 350 - 175 + chance.random() * 4
    return (
        f"{number}\t{name}\t{name}\t{aliases}\t{latitude:.5f}\t{longitude:.5f}\t{feature}"
        f"\t{country}\t\t{division}\t\t\t\t{population}\t\t0\tUTC\t2026-01-01\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=12_000_000)
    parser.add_argument("--queries", type=int, default=20_000)
    parser.add_argument("--folder", type=Path, help="kept; else a temporary one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        table, queries = folder / "allCountries.txt", folder / "queries.jsonl"
        if not table.exists():
            began = time.perf_counter()
            write_table(table, options.rows, queries, options.queries)
            size = table.stat().st_size / 1e6
            print(f"table: {size:.0f} MB in {time.perf_counter() - began:.0f} s")
        environment = {**os.environ, "ATLAS_GAZETTEERS": str(folder / "added")}
        if not (folder / "added" / "world.sqlite").exists():
            places, seconds, peak, size = _run(ADD, table, environment)
            print(f"added {places:,} places in {seconds:.0f} s ({places / seconds:,.0f} rows/s),"
                  f" peak memory {peak:.0f} MB, file {size:.0f} MB")  # fmt: skip
        for words, additions in (("12 M places", str(folder / "added")), ("embedded alone", "")):
            environment["ATLAS_GAZETTEERS"] = additions
            first, cold, new, again, peak, found = _run(ASK, queries, environment)
            print(f"{words}: first query {first:.2f} s after start; queries/s {cold:.0f} cold,"
                  f" {new:.0f} warm (new queries), {again:.0f} repeated; peak memory {peak:.0f} MB;"
                  f" found {found:.2f}")  # fmt: skip


def _run(script: str, argument: Path, environment: dict[str, str]) -> list[float]:
    done = subprocess.run([sys.executable, "-c", script, str(argument)], env=environment,
                          check=True, capture_output=True, text=True)  # fmt: skip
    values: list[float] = json.loads(done.stdout)
    return values


if __name__ == "__main__":
    main()
