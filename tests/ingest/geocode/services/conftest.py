"""A real local server that plays the services: it answers what a test puts into it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from geodata.place import PlaceQuery, Resolution
from ingest.geocode.services import find_service
from ingest.geocode.services.cache import AnswerCache
from ingest.geocode.services.online import OnlineGeocoder
from tests.local_server import FakeClock, Request, serving

SECRET = "s3cr3t-credential"


@dataclass
class Playing:
    """The server: `say` queues an answer (the last one repeats), `asked` is what came in."""

    url: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)  # path and User-Agent
    queue: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    silent: bool = False
    over: threading.Event = field(default_factory=threading.Event)

    def say(self, body: object, status: int = 200, **headers: str) -> None:
        raw = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.queue.append((status, {k.replace("_", "-"): v for k, v in headers.items()}, raw))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Playing]:
    for name in ("NO_PROXY", "no_proxy"):  # a proxy of this computer knows nothing of our server
        monkeypatch.setenv(name, "127.0.0.1")
    playing = Playing()

    def answer(request: Request) -> None:
        playing.asked.append((request.path, request.headers["User-Agent"]))
        if playing.silent:
            playing.over.wait(30)
            return
        queue = playing.queue
        status, headers, raw = queue.pop(0) if len(queue) > 1 else queue[0]
        request.send(status, raw, headers)

    with serving(answer, playing.over) as host:
        playing.url = f"http://{host}"
        yield playing


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(time=1_000_000.0)


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
