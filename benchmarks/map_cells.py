"""The map of a large project: what the server computes, and what it sends, at any zoom.

A synthetic project (`benchmarks/synthetic.py`, written through the table import, or a file of your
own) is indexed; then views of a screen of 1280 x 900 pixels are asked of the routes as the map asks
them, along six connections, with a group and date filter and without: zoom levels 2 to 14, at
places where incidents are, no answer kept from before. Told are milliseconds (median, 95th of a
hundred) and bytes.

Run: python -m benchmarks.map_cells [--store FILE | --rows 1000000] [--views 200]
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from dashboard.answers import columns_of
from dashboard.map import cells as module
from geodata.columns import matching
from geodata.filters import Filter
from geodata.map_index import MapIndex, build_index, cells, degrees
from geodata.store import Store, open_store

WIDTH, HEIGHT = 1280, 900
CONNECTIONS = 6
ZOOMS = range(2, 15)

View = tuple[int, str]


def views(index: MapIndex, count: int) -> list[View]:
    """Zoom and padded view of screens around random incidents, as the map asks them."""
    dice = random.Random(7)
    lon, lat = degrees(index.sharp.x, index.sharp.y)
    found = []
    for number in range(count):
        zoom = ZOOMS[number % len(ZOOMS)]
        at = dice.randrange(len(lon))
        wide = WIDTH * 360 / (256 * 2**zoom)
        tall = HEIGHT * 360 / (256 * 2**zoom) * np.cos(np.radians(lat[at]))
        west, south = lon[at] - wide, max(-85.0, lat[at] - tall)
        east, north = lon[at] + wide, min(85.0, lat[at] + tall)
        found.append((zoom, f"{west:.3f},{south:.3f},{east:.3f},{north:.3f}"))
    return found


def told(name: str, milliseconds: Sequence[float]) -> None:
    """Print median and 95th percentile."""
    ordered = sorted(milliseconds)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    print(f"  {name}: {statistics.median(ordered):.1f} ms, p95 {p95:.1f} ms ({len(ordered)})")


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that a call takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def computed(store: Store, where: Filter, asked: Sequence[View]) -> None:
    """Time the parts inside the server, each view with its own cells."""
    index = module.index_of(store)
    columns = columns_of(store)
    found = matching(columns, where, store.numbers)
    told("incidents of the filter, by the store", [timed(lambda: store.numbers(where))
                                                   for _ in range(5)])  # fmt: skip
    told("incidents of the filter, by the columns",
         [timed(lambda: matching(columns, where, store.numbers)) for _ in range(5)])  # fmt: skip
    told("chosen for the map", [timed(lambda: index.chosen(found)) for _ in range(5)])
    sharp = module.shown(store, where).sharp
    groups = len(module.shown(store, where).groups)
    told("cells of a zoom level", [timed(lambda z=z: cells(sharp, z, groups)) for z in ZOOMS])  # type: ignore[misc]
    for zoom in ZOOMS:
        module.cells_of(store, where, zoom, module.GROUP)
    boxes = [(zoom, module.read_view(view)) for zoom, view in asked]
    sizes = [len(module.view_json(store, where, zoom, box)) for zoom, box in boxes]
    told("a view of kept cells", [timed(lambda z=z, b=b: module.view_json(store, where, z, b))  # type: ignore[misc]
                                  for z, b in boxes])  # fmt: skip
    print(f"  bytes of a view: median {statistics.median(sizes):,.0f}, most {max(sizes):,}")


def over_http(address: str, query: str, asked: Sequence[View]) -> None:
    """Ask a running server for the views along six connections."""

    def ask(view: View) -> float:
        zoom, box = view
        return timed(lambda: urllib.request.urlopen(
            f"{address}/map/cells/{zoom}/{box}?{query}").read())  # fmt: skip

    head = f"{address}/map/points?{query}"
    first = timed(lambda: urllib.request.urlopen(head).read())
    print(f"  first answer for the filter: {first:.0f} ms")
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        told(f"over HTTP, {CONNECTIONS} connections", list(pool.map(ask, asked)))


def serve_and_ask(path: Path, filters: Sequence[Filter], asked: Sequence[View]) -> None:
    """Start the server, ask it, stop it by its own process."""
    from tests.browser.conftest import free_port

    port = free_port()
    command = [sys.executable, "-c", "from dashboard.cli import main; main()", "serve", "--store",
               str(path), "--port", str(port), "--no-open", "--read-only"]  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"{address}/healthz").read()
                    break
                except OSError:
                    time.sleep(0.2)
            urllib.request.urlopen(f"{address}/map/points").read()  # the index is there
            for where in filters:
                print(where.sentence())
                over_http(address, urllib.parse.quote(where.to_query(), safe="=&+"), asked)
        finally:
            server.terminate()
            server.wait()


def measure(path: Path, count: int) -> None:
    """Measure one project."""
    with open_store(path, read_only=True) as store:
        print(f"{path.name}: {store.count(Filter()):,} incidents")
        print(f"  columns read in {timed(lambda: columns_of(store)) / 1000:.1f} s")
        print(f"  put in order in {timed(lambda: build_index(columns_of(store))) / 1000:.1f} s")
        index = module.index_of(store)
        group = max(store.facet("group", Filter()), key=lambda pair: pair[1])[0]
        first, last = (store.incidents(Filter(), limit=1, order=o)[0].event_date
                       for o in ("event_date", "-event_date"))  # fmt: skip
        assert first is not None
        assert last is not None
        middle = first + (last - first) / 2
        filters = [Filter(), Filter(group=(group,), since=middle)]
        asked = views(index, count)
        for where in filters:
            print(where.sentence())
            computed(store, where, asked)
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    serve_and_ask(path, filters, asked)


def main() -> None:
    """Read the arguments; make the project where none is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--views", type=int, default=200)
    given = parser.parse_args()
    if given.store:
        measure(given.store, given.views)
        return
    from benchmarks.tables import CHILD, write
    from benchmarks.tables import timed as run_child

    with tempfile.TemporaryDirectory() as folder:
        source, path = Path(folder) / "acled.csv", Path(folder) / "atlas.gpkg"
        write(source, "acled", given.rows)
        run_child(CHILD, source, path)
        measure(path, given.views)


if __name__ == "__main__":
    main()
