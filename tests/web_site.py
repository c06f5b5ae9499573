"""A real web site on this computer for tests: pages by path, and what was asked of it."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.local_server import Request, serving


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

    def answer(request: Request) -> None:
        here.at_once += 1
        here.most_at_once = max(here.most_at_once, here.at_once)
        here.asked.append(request.path)
        here.headers.append({name.lower(): value for name, value in request.headers.items()})
        page = here.pages.get(request.path, Page(status=404))
        here.at_once -= 1
        if page.raw is not None:
            request.wfile.write(page.raw)
            request.wfile.flush()
            here.over.wait(30)
            return
        request.send(page.status, page.body, page.headers)

    with serving(answer, here.over, context) as here.host:
        yield here
