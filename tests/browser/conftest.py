"""A real server and a real Chromium; every page is watched for foreign requests and errors.

`serve(path)` starts ``incidents serve`` on a free port and gives its address; `open_page(address)`
opens it in a fresh profile. Both are undone at the end of the test, each server by its own pid.
`server_of` is for a server that a whole module shares.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from dataclasses import field as with_default
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Frame, Page, ViewportSize, expect, sync_playwright

from tests.conftest import ROOT, absent

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WAIT_MS = 60_000  # a busy machine is no fault of the page
AT_REST = "[data-test-script-state='notRunning']"
"""Page that no run draws; the map is drawn before the rest of a run."""
LAPTOP: ViewportSize = {"width": 1280, "height": 800}

expect.set_options(timeout=WAIT_MS)


def chromium_path() -> str:
    """Path of a Chromium; empty where there is none."""
    wanted = os.environ.get("ATLAS_CHROMIUM", "")
    found = (shutil.which(name) for name in (wanted, "chromium", "chromium-browser") if name)
    return next((path for path in found if path), "")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    if not path:
        absent("no Chromium: apt-get install chromium, or set ATLAS_CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[..., str]]:
    """Start ``incidents serve`` for a project; gives the address, once it answers.

    The tests of a file that look at one project share its server.
    """
    started: dict[tuple[Path, tuple[str, ...]], str] = {}
    with ExitStack() as servers:

        def start(project: Path, *options: str) -> str:
            asked = (project, options)
            if asked not in started:
                started[asked] = servers.enter_context(server_of(project, *options))
            return started[asked]

        yield start


@contextmanager
def server_of(project: Path, *options: str) -> Iterator[str]:
    """Run ``incidents serve`` for a project; gives the address, once it answers."""
    port = free_port()
    server = subprocess.Popen(
        [
            *(sys.executable, "-c", "from dashboard.cli import main; main()", "serve"),
            *("--store", str(project), "--port", str(port), "--no-open", *options),
        ],
        cwd=project.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)},  # this checkout, wherever another is installed
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_well(address, server)
        yield address
    finally:
        stop(server)


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_well(address: str, server: subprocess.Popen[str]) -> None:
    pause = Event()
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{address}/healthz") as answer:
                assert answer.status == 200
                return
        except urllib.error.URLError:
            assert server.poll() is None, server.communicate()[0]
            pause.wait(0.1)
    raise AssertionError("the server did not answer within a minute")


def stop(server: subprocess.Popen[str]) -> None:
    """End one server by its own pid, and hold that it ends in order."""
    server.terminate()
    output, _ = server.communicate(timeout=20)
    assert server.returncode == 0, output
    assert "Traceback" not in output, output


@dataclass
class Watched:
    """A page with what it did that no page may do."""

    page: Page
    faults: list[str] = with_default(default_factory=list)

    @property
    def map(self) -> Frame:
        """The frame of the map."""
        element = self.page.wait_for_selector(FRAME, timeout=WAIT_MS)
        frame = element.content_frame() if element else None
        assert frame is not None, "no map on the page"
        return frame

    def drawn(self, query: str | None = None) -> dict[str, Any]:
        """What the map has drawn, once it has drawn a filter (None: any), and the page the rest."""
        frame = self.page.frame_locator(FRAME)
        expect(frame.locator("html")).to_have_attribute("data-theme", re.compile("light|dark"))
        self.map.wait_for_function(HAS_DRAWN, arg=query, timeout=WAIT_MS)
        drawn: dict[str, Any] = self.map.evaluate("() => atlas.drawn")
        expect(self.page.locator(AT_REST)).to_be_attached()
        return drawn

    def click_mark(self, incident_id: str) -> None:
        """Click where the map has drawn an incident, as a hand would."""
        x, y = self.map.evaluate(CENTRE_OF, incident_id)
        box = self.page.locator(FRAME).bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + x, box["y"] + y)


FRAME = "iframe[title='streamlit_folium.st_folium']"
HAS_DRAWN = """query =>
  window.atlas && atlas.drawn && (query === null || atlas.drawn.query === query)"""
CENTRE_OF = """id => {
  const { stage } = atlas;
  const item = stage.data.id.indexOf(id);
  const has = (hit) => hit.mark.items.includes(item);
  const sharp = stage.hits.sharp.find(has);
  const hit = sharp || stage.hits.areas.find(has);
  const [x, y] = sharp ? [hit.x, hit.y] : atlas.badgeAt(hit.x, hit.y, hit.mark);
  const world = L.point(x, y).add(stage.hits.origin);
  const point = stage._map.layerPointToContainerPoint(world.subtract(stage._map.getPixelOrigin()));
  return [point.x, point.y];
}"""


@pytest.fixture
def open_page(chromium: Browser, serve: Callable[..., str]) -> Iterator[Callable[..., Watched]]:
    """Open an address in a fresh profile; the test fails for what the page may not do.

    Needs `serve`, so that pages are closed before their server is stopped.
    """
    opened: list[Watched] = []

    def open_(address: str, *, viewport: ViewportSize = LAPTOP, dark: bool = False) -> Watched:
        context = chromium.new_context(
            viewport=viewport, color_scheme="dark" if dark else "light", accept_downloads=True
        )
        watched = Watched(context.new_page())
        watch(watched)
        opened.append(watched)
        watched.page.goto(address)
        return watched

    yield open_
    for watched in opened:
        watched.page.context.close()
    assert [fault for watched in opened for fault in watched.faults] == []


def watch(watched: Watched) -> None:
    page, faults = watched.page, watched.faults

    def ask(address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            faults.append(f"request left this machine: {address}")

    page.on("request", lambda request: ask(request.url))
    page.on("websocket", lambda socket_: ask(socket_.url))
    page.on("pageerror", lambda error: faults.append(f"error on the page: {error}"))
    page.on(
        "console",
        lambda said: faults.append(f"console: {said.text}") if said.type == "error" else None,
    )
