"""A real server on this computer that imitates /v1/chat/completions for tests."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.local_server import Request, serving


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

    def answer(request: Request) -> None:
        here.asked.append(json.loads(request.rfile.read(int(request.headers["Content-Length"]))))
        here.paths.append(request.path)
        here.sent_headers.append({name.lower(): v for name, v in request.headers.items()})
        if here.silent:
            here.over.wait(30)
            return
        status = here.statuses.pop(0) if here.statuses else here.status
        request.send(status, here.body, here.headers)

    with serving(answer, here.over) as host:
        here.url = f"http://{host}/v1"
        yield here
