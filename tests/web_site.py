"""A real web site on this computer for tests: pages by path, and what was asked of it."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class FakeClock:
    """Time that only moves when somebody sleeps."""

    time: float = 1_700_000_000.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@dataclass
class Page:
    """One answer. `raw` is sent in place of everything else, and then the site falls silent."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None


@dataclass
class Site:
    """`say` puts a page at a path; `asked` holds the paths, `headers` the headers that came."""

    host: str = ""
    scheme: str = "http"
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}"

    def say(self, path: str, body: str | bytes = b"", status: int = 200, **headers: str) -> str:
        """Put a page at a path; gives its address."""
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Page(data, status, named)
        return self.url + path

    def stall(self, path: str, raw: bytes) -> str:
        """Send only these bytes at a path, and no more until the test is over."""
        self.pages[path] = Page(raw=raw)
        return self.url + path


@contextmanager
def site(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Serve a site on a free port of 127.0.0.1 while the block runs."""
    here = Site(scheme="https" if context else "http")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.at_once += 1
            here.most_at_once = max(here.most_at_once, here.at_once)
            self.answer()

        def answer(self) -> None:
            here.asked.append(self.path)
            here.headers.append({name.lower(): value for name, value in self.headers.items()})
            page = here.pages.get(self.path, Page(status=404))
            here.at_once -= 1
            if page.raw is not None:
                self.wfile.write(page.raw)
                self.wfile.flush()
                here.over.wait(30)
                return
            self.send_response(page.status)
            for name, value in {"Content-Length": str(len(page.body)), **page.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, *args: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *args: object) -> None:
            """A reader that hangs up is what some tests are about."""

    server = Quiet(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    here.host = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield here
    finally:
        here.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
