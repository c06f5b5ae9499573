"""How many queries a second are answered where a project remembers places.

    python benchmarks/memory.py [--remembered 500] [--queries 6000]

Half of the queries are phrases that the project remembers, half go on to the gazetteer.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from geodata.memory import METHOD, PlaceMemory
from geodata.place import PlaceQuery
from geodata.precision import LocationPrecision
from geodata.store import open_store
from ingest.pipeline import project_tools


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--remembered", type=int, default=500)
    parser.add_argument("--queries", type=int, default=6_000)
    options = parser.parse_args()
    towns = ("Quetta", "Mastung", "Khuzdar", "Zhob", "Turbat")
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "atlas.gpkg", create=True) as store,
    ):
        with store.atomic():
            for number in range(options.remembered):
                store.remember_place(
                    PlaceMemory(
                        memory_id="", alias=f"the bridge {number}", in_country="Pakistan",
                        name="Bridge", latitude=30.0, longitude=67.0, country="Pakistan",
                        location_precision=LocationPrecision.SITE, who="analyst",
                    )
                )  # fmt: skip
        texts = [
            f"near the bridge {number % options.remembered}"
            if number % 2
            else towns[number % len(towns)]
            for number in range(options.queries)
        ]
        geocoder = project_tools(store).geocoder
        for state in ("cold", "warm"):
            began = time.perf_counter()
            answers = [geocoder.geocode(PlaceQuery(text=text, country="PK")) for text in texts]
            rate = len(texts) / (time.perf_counter() - began)
            share = sum(answer.gazetteer == METHOD for answer in answers) / len(answers)
            print(f"{state}: {rate:,.0f} answers/s, {share:.2f} of them from memory")


if __name__ == "__main__":
    main()
