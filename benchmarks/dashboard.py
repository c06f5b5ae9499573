"""How fast the map comes and follows a filter, in a real Chromium, beside pages of others.

For each page, a warm server and a fresh browser profile per run: milliseconds from the start of
the navigation to the first map with its incidents drawn; milliseconds from the click on a filter
to the repainted map; bytes that the browser received until then, over HTTP and WebSocket, without
Streamlit's own programs; resident memory of the browser's largest renderer and of the server
after that.

The peers (`benchmarks/peer_page.py`) are what one would write first: ``naive``, one folium marker
and pop-up per incident in a MarkerCluster; ``fast``, FastMarkerCluster; ``deck``, points on
deck.gl. They draw bare points, without totals, lists, timeline or table. All pages serve the same
project, in the same run; a change of the filter is one group for ours, a toll for the peers.
Needs Chromium, and npm for the peers' scripts.

Run: python -m benchmarks.dashboard [--rows 2000 | --store FILE] [--runs 5] [--peers naive fast
deck] [--json]
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
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.synthetic import make_project

ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # tiles of the peers fail at once
)
FRAME = "iframe[title='streamlit_folium.st_folium']"
TIMEOUT_MS = 300_000
PEER_PACKAGES = ("leaflet@1.9.4", "leaflet.markercluster@1.5.3", "jquery@3.7.1")
PEER_PAGE = Path(__file__).resolve().parent / "peer_page.py"
BULK_FROM = 100_000  # rows from which a project is made through the table import

OURS = {
    "drawn": "() => window.atlas && atlas.drawn && atlas.drawn.count > 0",
    "at": "() => atlas.drawn.at",
    "state": "() => atlas.drawn.query",
    "changed": "before => window.atlas && atlas.drawn && atlas.drawn.query !== before",
    "filter": "() => document.querySelector('.bars button').click()",
}
# The peers have no clock of their own: they are asked on every animation frame.
_FILTER = ("() => [...document.querySelectorAll('button')]"
           ".find((b) => b.textContent.includes('Filter')).click()")  # fmt: skip
FOLIUM = {
    "drawn": "() => window.map && document.querySelector('.leaflet-interactive, .marker-cluster')",
    "at": "() => Date.now()",
    "state": "() => window.parent.document.querySelector('#drawn').dataset.n",
    "changed": "before => window.map && document.querySelector('.leaflet-interactive,"
    " .marker-cluster') && window.parent.document.querySelector('#drawn')"
    " && window.parent.document.querySelector('#drawn').dataset.n !== before",
    "filter": _FILTER,
}
# deck.gl does not say when it has drawn: the line under the chart is there, and two frames more.
DECK = {
    "frame": "",
    "drawn": "() => document.querySelector('#drawn') && document.querySelector('canvas')"
    " && new Promise((ok) => requestAnimationFrame(() => requestAnimationFrame(() => ok(true))))",
    "at": "() => Date.now()",
    "state": "() => document.querySelector('#drawn').dataset.n",
    "changed": "before => document.querySelector('#drawn')"
    " && document.querySelector('#drawn').dataset.n !== before && document.querySelector('canvas')"
    " && new Promise((ok) => requestAnimationFrame(() => requestAnimationFrame(() => ok(true))))",
    "filter": _FILTER,
}
IDLE = ("() => new Promise((ok) => requestAnimationFrame(() => requestIdleCallback(() => ok(),"
        " { timeout: 60000 })))")  # fmt: skip
PEERS = {"naive": FOLIUM, "fast": FOLIUM, "deck": DECK}


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


@contextmanager
def dashboard_of(project: Path) -> Iterator[str]:
    """Serve a project as ``incidents serve`` does, until the block ends; gives the address."""
    port = free_port()
    command = [sys.executable, "-c", "from dashboard.cli import main; main()", "serve"]
    command += ["--store", str(project), "--port", str(port), "--no-open"]
    with serving(command, port, "/healthz", {}) as address:
        yield address


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
    """Bytes that a page received, over HTTP (as sent, so compressed) and WebSocket.

    Streamlit's own programs, which are the same for every page, are counted apart.
    """

    def __init__(self, page: Page) -> None:
        self.http = self.socket = self.streamlit = 0
        self._programs: set[str] = set()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._begun)
        session.on("Network.loadingFinished", self._loaded)
        session.on("Network.webSocketFrameReceived", self._said)

    def _begun(self, event: dict[str, Any]) -> None:
        if urlsplit(event["response"]["url"]).path.startswith("/static/"):
            self._programs.add(event["requestId"])

    def _loaded(self, event: dict[str, Any]) -> None:
        size = int(event["encodedDataLength"])
        if event["requestId"] in self._programs:
            self.streamlit += size
        else:
            self.http += size

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
    result["streamlit"] = received.streamlit
    page.wait_for_timeout(3_000)
    page.evaluate(IDLE)
    before = frame_of(page, page_is).evaluate(page_is["state"])
    http, said = received.http, received.socket
    clicked = page.evaluate(f"() => {{ const t = Date.now(); ({page_is['filter']})(); return t; }}")
    at = drawn_at(page, page_is, page_is["changed"], before)
    page.wait_for_timeout(200)
    result |= {
        "filter_ms": at - clicked,
        "filter_http": received.http - http,
        "filter_socket": received.socket - said,
        "browser_mb": largest_mb(b"--type=renderer"),
    }
    context.close()
    return result


def frame_of(page: Page, page_is: dict[str, str]) -> Any:
    """Where the map is: in a frame, or in the page itself."""
    selector = page_is.get("frame", FRAME)
    if not selector:
        return page
    element = page.wait_for_selector(selector, timeout=TIMEOUT_MS)
    assert element is not None
    return element.content_frame()


def largest_mb(told: bytes) -> float:
    """Resident memory of the largest process below this one whose command line holds `told`."""
    found = [0.0]
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            command = status.with_name("cmdline").read_bytes()
            if told in command and _ours(int(status.parent.name)):
                line = next(one for one in status.read_text().splitlines() if "VmRSS" in one)
                found.append(int(line.split()[1]) / 1024)
        except (OSError, StopIteration):
            continue  # it has ended meanwhile
    return max(found)


def _ours(pid: int) -> bool:
    """Whether a process descends from this one."""
    while pid > 1:
        if pid == os.getpid():
            return True
        status = Path(f"/proc/{pid}/status").read_text()
        pid = int(next(one for one in status.splitlines() if one.startswith("PPid")).split()[1])
    return False


def drawn_at(page: Page, page_is: dict[str, str], condition: str, argument: Any = None) -> float:
    """Wait until the map's frame meets a condition; when, in milliseconds since 1970.

    A frame may be replaced while we wait, so it is looked for anew.
    """
    from playwright.sync_api import Error

    deadline = time.monotonic() + TIMEOUT_MS / 1000
    while time.monotonic() < deadline:
        try:
            frame = frame_of(page, page_is)
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
    with dashboard_of(project) as address:
        found = measure(browser, address, OURS, runs)
        return found | {"server_mb": largest_mb(address.rpartition(":")[2].encode())}


def peer(name: str, browser: Browser, project: Path, runs: int) -> dict[str, float]:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        npm = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *PEER_PACKAGES]
        subprocess.run(npm, cwd=folder, check=True, capture_output=True)
        command = [sys.executable, str(PEER_PAGE), str(port)]
        env = {"PEER": name, "PEER_STORE": str(project), "PEER_SCRIPTS": f"{folder}/node_modules"}
        with serving(command, port, "/_stcore/health", env) as address:
            found = measure(browser, address, PEERS[name], runs)
            return found | {"server_mb": largest_mb(str(port).encode())}


def make(folder: Path, rows: int) -> Path:
    """Make a synthetic project."""
    path = folder / "synthetic.gpkg"
    if rows < BULK_FROM:
        return make_project(path, rows)
    from benchmarks.tables import CHILD, timed, write

    write(folder / "acled.csv", "acled", rows)
    timed(CHILD, folder / "acled.csv", path)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", nargs="*", choices=list(PEERS), default=["naive"])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    path = os.environ.get("ATLAS_CHROMIUM") or shutil.which("chromium")
    if not path:
        raise SystemExit("no Chromium: install it, or set ATLAS_CHROMIUM to its path")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        project = options.store or make(Path(folder), options.rows)
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        results = {"ours": ours(browser, project, options.runs)}
        for name in options.peers:
            results[name] = peer(name, browser, project, options.runs)
        browser.close()
    if options.json:
        print(json.dumps({"project": str(project), "load": os.getloadavg()[0], **results}))
        return
    report(project.name, results)


def report(project: str, results: dict[str, dict[str, float]]) -> None:
    print(f"{project}; median of the runs; load {os.getloadavg()[0]:.1f}")
    print(f"{'page':8} {'first map':>10} {'filter':>10} {'bytes first map':>16} {'filter':>9}"
          f" {'browser':>9} {'server':>9}   (and {results['ours']['streamlit'] / 1e6:.2f} MB of"
          " Streamlit's own programs)")  # fmt: skip
    for page, found in results.items():
        first, change = found["http"] + found["socket"], found["filter_http"]
        change += found["filter_socket"]
        print(
            f"{page:8} {found['first_ms']:7.0f} ms {found['filter_ms']:7.0f} ms"
            f" {first / 1e6:13.2f} MB {change / 1e3:6.0f} kB {found['browser_mb']:6.0f} MB"
            f" {found['server_mb']:6.0f} MB"
        )


if __name__ == "__main__":
    main()
