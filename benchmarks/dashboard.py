"""How fast the map comes and follows a filter, in a real Chromium, beside a naive page.

For each page, a warm server and a fresh browser profile per run: milliseconds from the start of
the navigation to the first map with its incidents drawn; milliseconds from the click on a filter
to the repainted map; bytes that the browser received until then, over HTTP and WebSocket.

The naive page is what one would write first: ``st_folium`` with one CircleMarker and Popup per
incident in a MarkerCluster, its scripts from this machine too. Both pages serve the same project,
in the same run. Needs Chromium, and npm for the naive page's scripts.

Run: python benchmarks/dashboard.py [--rows 2000] [--runs 5] [--no-naive] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent))
from synthetic import make_project

ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
FRAME = "iframe[title='streamlit_folium.st_folium']"
TIMEOUT_MS = 300_000
NAIVE_PACKAGES = ("leaflet@1.9.4", "leaflet.markercluster@1.5.3", "jquery@3.7.1")
NAIVE_PAGE = Path(__file__).resolve().parent / "naive_page.py"

OURS = {
    "drawn": "() => window.atlas && atlas.drawn && atlas.drawn.count > 0",
    "at": "() => atlas.drawn.at",
    "state": "() => atlas.drawn.query",
    "changed": "before => window.atlas && atlas.drawn && atlas.drawn.query !== before",
    "filter": "() => document.querySelector('.bars button').click()",
}
# The naive page has no clock of its own: it is asked on every animation frame.
NAIVE = {
    "drawn": "() => window.map && document.querySelector('.leaflet-interactive, .marker-cluster')",
    "at": "() => Date.now()",
    "state": "() => window.map_div ? Object.keys(map_div._layers).length : 0",
    "changed": "before => window.map && Object.keys(map._layers).length !== before"
    " && document.querySelector('.leaflet-interactive, .marker-cluster')",
    "filter": "() => [...document.querySelectorAll('button')]"
    ".find((b) => b.textContent.includes('Filter')).click()",
}


@contextmanager
def serving(command: list[str], port: int, well: str, env: dict[str, str]) -> Iterator[str]:
    """Run a server until the block ends; stopped by its own pid."""
    server = subprocess.Popen(
        command,
        env=os.environ | env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_well(address + well, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_until_well(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address):
                return
        except urllib.error.URLError:
            time.sleep(0.2)
    raise SystemExit(f"no answer from {address}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Received:
    """Bytes that a page received, over HTTP (as sent, so compressed) and WebSocket."""

    def __init__(self, page: Page) -> None:
        self.http = self.socket = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._loaded)
        session.on("Network.webSocketFrameReceived", self._said)

    def _loaded(self, event: dict[str, Any]) -> None:
        self.http += int(event["encodedDataLength"])

    def _said(self, event: dict[str, Any]) -> None:
        self.socket += len(event["response"]["payloadData"])


def one_run(browser: Browser, address: str, page_is: dict[str, str]) -> dict[str, float]:
    """Open the page once, change the filter once."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    received = Received(page)
    page.goto(address, wait_until="commit")
    at = drawn_at(page, page_is, page_is["drawn"])
    opened = page.evaluate("() => performance.timeOrigin")
    result = {"first_ms": at - opened, "http": received.http, "socket": received.socket}
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)
    before = frame_of(page).evaluate(page_is["state"])
    http, said = received.http, received.socket
    clicked = page.evaluate(f"() => {{ const t = Date.now(); ({page_is['filter']})(); return t; }}")
    at = drawn_at(page, page_is, page_is["changed"], before)
    page.wait_for_timeout(200)
    result |= {
        "filter_ms": at - clicked,
        "filter_http": received.http - http,
        "filter_socket": received.socket - said,
    }
    context.close()
    return result


def frame_of(page: Page) -> Any:
    element = page.wait_for_selector(FRAME, timeout=TIMEOUT_MS)
    assert element is not None
    return element.content_frame()


def drawn_at(page: Page, page_is: dict[str, str], condition: str, argument: Any = None) -> float:
    """Wait until the map's frame meets a condition; when, in milliseconds since 1970.

    A frame may be replaced while we wait, so it is looked for anew.
    """
    from playwright.sync_api import Error

    deadline = time.monotonic() + TIMEOUT_MS / 1000
    while time.monotonic() < deadline:
        try:
            frame = frame_of(page)
            frame.wait_for_function(condition, arg=argument, timeout=2_000)
            return float(frame.evaluate(page_is["at"]))
        except Error:
            continue
    raise SystemExit("the map did not come")


def summary(runs: list[dict[str, float]]) -> dict[str, float]:
    """Median of each measure."""
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def measure(browser: Browser, address: str, page_is: dict[str, str], runs: int) -> dict[str, float]:
    one_run(browser, address, page_is)  # the first visitor warms the server
    return summary([one_run(browser, address, page_is) for _ in range(runs)])


def ours(browser: Browser, project: Path, runs: int) -> dict[str, float]:
    port = free_port()
    command = [sys.executable, "-c", "from dashboard.cli import main; main()", "serve"]
    command += ["--store", str(project), "--port", str(port), "--no-open"]
    with serving(command, port, "/healthz", {}) as address:
        return measure(browser, address, OURS, runs)


def naive(browser: Browser, project: Path, runs: int) -> dict[str, float]:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        npm = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *NAIVE_PACKAGES]
        subprocess.run(npm, cwd=folder, check=True, capture_output=True)
        command = [sys.executable, str(NAIVE_PAGE), str(port)]
        env = {"NAIVE_STORE": str(project), "NAIVE_SCRIPTS": f"{folder}/node_modules"}
        with serving(command, port, "/_stcore/health", env) as address:
            return measure(browser, address, NAIVE, runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-naive", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    path = os.environ.get("ATLAS_CHROMIUM") or shutil.which("chromium")
    if not path:
        raise SystemExit("no Chromium: install it, or set ATLAS_CHROMIUM to its path")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        project = make_project(Path(folder) / "synthetic.gpkg", options.rows)
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        results = {"ours": ours(browser, project, options.runs)}
        if not options.no_naive:
            results["naive"] = naive(browser, project, options.runs)
        browser.close()
    if options.json:
        print(json.dumps({"rows": options.rows, "load": os.getloadavg()[0], **results}))
        return
    report(options.rows, results)


def report(rows: int, results: dict[str, dict[str, float]]) -> None:
    print(f"{rows:,} incidents; median of the runs; load {os.getloadavg()[0]:.1f}")
    print(f"{'page':8} {'first map':>10} {'filter':>9} {'bytes first map':>16} {'filter':>9}")
    for page, found in results.items():
        first, change = found["http"] + found["socket"], found["filter_http"]
        change += found["filter_socket"]
        print(
            f"{page:8} {found['first_ms']:7.0f} ms {found['filter_ms']:6.0f} ms"
            f" {first / 1e6:13.2f} MB {change / 1e3:6.0f} kB"
        )


if __name__ == "__main__":
    main()
