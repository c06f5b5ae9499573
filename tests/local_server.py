"""One HTTP server on this computer for tests, and a clock that only a sleeper moves."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
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


class Request(BaseHTTPRequestHandler):
    """One request, and the way to answer it."""

    def log_message(self, *args: object) -> None:
        pass

    def send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        """Send a whole answer; `headers` may state another length than the true one."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class _QuietServer(ThreadingHTTPServer):
    def handle_error(self, *args: object) -> None:
        """A client that hangs up is what some tests are about."""


@contextmanager
def serving(
    answer: Callable[[Request], None],
    over: threading.Event,
    context: ssl.SSLContext | None = None,
) -> Iterator[str]:
    """Serve on a free port of 127.0.0.1 while the block runs; gives ``127.0.0.1:PORT``.

    `answer` is called for every GET and POST. `over` is set at the end, so that an answer that
    waits for it can finish.
    """
    handler = type("Handler", (Request,), {"do_GET": answer, "do_POST": answer})
    server = _QuietServer(("127.0.0.1", 0), handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()
