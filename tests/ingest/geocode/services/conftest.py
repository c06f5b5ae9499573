"""A real local server that plays the services: it answers what a test puts into it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from geodata.place import PlaceQuery, Resolution
from ingest.geocode.services import find_service
from ingest.geocode.services.cache import AnswerCache
from ingest.geocode.services.online import OnlineGeocoder

SECRET = "s3cr3t-credential"


@dataclass
class FakeClock:
    """Time that only moves when somebody sleeps."""

    time: float = 1_000_000.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@dataclass
class Playing:
    """The server: `say` queues an answer (the last one repeats), `asked` is what came in."""

    url: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)  # path and User-Agent
    queue: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    silent: threading.Event | None = None

    def say(self, body: object, status: int = 200, **headers: str) -> None:
        raw = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.queue.append((status, {k.replace("_", "-"): v for k, v in headers.items()}, raw))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Playing]:
    for name in ("NO_PROXY", "no_proxy"):  # a proxy of this computer knows nothing of our server
        monkeypatch.setenv(name, "127.0.0.1")
    playing = Playing()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            playing.asked.append((self.path, self.headers["User-Agent"]))
            if playing.silent is not None:
                playing.silent.wait(30)
                return
            status, headers, raw = (
                playing.queue.pop(0) if len(playing.queue) > 1 else playing.queue[0]
            )
            self.send_response(status)
            for name, value in {"Content-Length": str(len(raw)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *args: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    playing.url = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield playing
    if playing.silent is not None:
        playing.silent.set()
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def cache(tmp_path: Path) -> AnswerCache:
    return AnswerCache(tmp_path / "cache" / "services.sqlite")


@pytest.fixture
def opened(server: Playing, clock: FakeClock, cache: AnswerCache) -> Callable[..., OnlineGeocoder]:
    """Open a service that lives on the local server."""

    def open_it(name: str, url: str | None = None, timeout_s: float = 5.0) -> OnlineGeocoder:
        service = find_service(name)
        return OnlineGeocoder(
            service,
            url=url or server.url,
            cache=cache,
            clock=clock,
            environ=dict.fromkeys(service.credentials.values(), SECRET),
            timeout_s=timeout_s,
        )

    return open_it


@pytest.fixture
def ask(opened: Callable[..., OnlineGeocoder]) -> Callable[..., Resolution]:
    """Ask a service one question."""

    def question(name: str, text: str = "Mach", **hints: str) -> Resolution:
        return opened(name).geocode(PlaceQuery(text=text, **hints))  # type: ignore[arg-type]

    return question
