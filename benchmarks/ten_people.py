"""Ten people at one dashboard at once, each with filters of their own, in a real Chromium.

Ten pages, each a browser context of its own, change their filter in the same moment, several
times over. Told are the milliseconds from the click to the repainted map (median, 95th of a
hundred), and whether every map drew what its own filter means, by the store's count.

Run: python -m benchmarks.ten_people [--store FILE | --rows 1000000] [--people 10] [--rounds 5]
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.dashboard import ARGUMENTS, OURS, dashboard_of, drawn_at, frame_of, make
from geodata.filters import Filter
from geodata.store import Store, open_store

_PICK = """name => {
  const button = [...document.querySelectorAll('.bars button')]
    .find((one) => one.textContent.includes(name));
  const clicked = Date.now();
  button.click();
  return clicked;
}"""


def opened(browser: Browser, address: str) -> Page:
    """Open a page as one more person, and wait for its map."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(address, wait_until="commit")
    drawn_at(page, OURS, OURS["drawn"])
    page.wait_for_selector(".bars button")
    return page


def one_round(pages: list[Page], names: list[str], store: Store) -> list[float]:
    """Everybody chooses a group, or takes it back; milliseconds until their maps have it.

    Raises
    ------
    SystemExit
        A map drew what another's filter means.
    """
    before = [frame_of(page, OURS).evaluate(OURS["state"]) for page in pages]
    clicked = [page.evaluate(_PICK, name) for page, name in zip(pages, names, strict=True)]
    taken = []
    for page, old, at in zip(pages, before, clicked, strict=True):
        taken.append(drawn_at(page, OURS, OURS["changed"], old) - at)
    for page, old, name in zip(pages, before, names, strict=True):
        where = Filter() if old else Filter(group=(name,))
        drawn = frame_of(page, OURS).evaluate("() => [atlas.drawn.query, atlas.drawn.count]")
        expected = [where.to_query(), store.totals(where).mapped]
        if drawn != expected:
            raise SystemExit(f"drawn was {drawn!r}, not {expected!r}")
    return taken


def measure(browser: Browser, address: str, store: Store, people: int, rounds: int) -> None:
    """Open the pages, change their filters, tell the times."""
    top = [name for name, _ in store.facet("group", Filter())[:8]]
    names = [top[number % len(top)] for number in range(people)]
    pages = [opened(browser, address) for _ in range(people)]
    taken: list[float] = []
    for number in range(rounds):
        found = one_round(pages, names, store)
        print(f"  round {number + 1}: {statistics.median(found):.0f} ms, most {max(found):.0f} ms")
        taken += found
        for page in pages:
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(300)
    taken.sort()
    p95 = taken[int(0.95 * (len(taken) - 1))]
    print(f"{people} people, {len(taken)} changes: median {statistics.median(taken):.0f} ms,"
          f" p95 {p95:.0f} ms; load {os.getloadavg()[0]:.1f}")  # fmt: skip
    print("every map drew what its own filter means")


def asked(doc: str | None) -> argparse.Namespace:
    """Read the arguments: a project, or how large one to make; how many people, how often."""
    parser = argparse.ArgumentParser(description=(doc or "").splitlines()[0])
    parser.add_argument("--store", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


@contextmanager
def served(options: argparse.Namespace) -> Iterator[tuple[str, Store]]:
    """Serve the project, made where none is given; gives the address and the store."""
    with tempfile.TemporaryDirectory() as folder:
        project = options.store or make(Path(folder), options.rows)
        with dashboard_of(project) as address, open_store(project) as store:
            yield address, store


def main() -> None:
    """Measure in browsers."""
    options = asked(__doc__)
    path = os.environ.get("ATLAS_CHROMIUM") or shutil.which("chromium")
    if not path:
        raise SystemExit("no Chromium: install it, or set ATLAS_CHROMIUM to its path")
    with served(options) as (address, store), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        measure(browser, address, store, options.people, options.rounds)
        browser.close()


if __name__ == "__main__":
    main()
