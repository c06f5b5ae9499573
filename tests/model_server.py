"""A real server on this computer that imitates /v1/chat/completions for tests."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class ModelServer:
    """Answers with `status` and `body`, or from `statuses` first; keeps what it was asked."""

    url: str = ""
    body: bytes = b""
    status: int = 200
    statuses: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    sent_headers: list[dict[str, str]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def says(self, content: Any) -> None:
        """Let the model say this: text as it is, anything else as JSON."""
        words = content if isinstance(content, str) else json.dumps(content)
        choice = {"index": 0, "message": {"role": "assistant", "content": words}}
        self.body = json.dumps({"object": "chat.completion", "choices": [choice]}).encode()

    def proposes(self, incident: object, **values: tuple[object, str]) -> None:
        """Let the model propose values for an incident, each with its quote."""
        listed = [{"field": f, "value": v, "quote": q} for f, (v, q) in values.items()]
        self.says({"incidents": [{"incident": incident, "values": listed}]})


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """Serve on a free port of 127.0.0.1 while the block runs."""
    here = ModelServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            here.asked.append(json.loads(self.rfile.read(length)))
            here.paths.append(self.path)
            here.sent_headers.append({name.lower(): v for name, v in self.headers.items()})
            if here.silent:
                here.over.wait(30)
                return
            self.send_response(here.statuses.pop(0) if here.statuses else here.status)
            for name, value in {"Content-Length": str(len(here.body)), **here.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(here.body)

        def log_message(self, *args: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *args: object) -> None:
            """A client that hangs up is what some tests are about."""

    server = Quiet(("127.0.0.1", 0), Handler)
    here.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield here
    finally:
        here.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
