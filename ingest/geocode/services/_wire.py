"""The one place that touches the wire: throttle, request, bounded retry, bounded answer.

geopy builds the request and reads the answer; this adapter carries them.
"""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import (
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter, get_retry_after
from geopy.exc import (
    GeocoderParseError,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)

from ingest.clock import Clock
from ingest.geocode.services.cache import Answer, AnswerCache, answer_id, canonical_request
from ingest.geocode.services.registry import Service

MAX_BYTES = 4_000_000
ATTEMPTS = 3
BACK_OFF_S = (1.0, 4.0)
LONGEST_WAIT_S = 30.0
"""A service that asks for a longer pause has refused: the analyst is told instead of waiting."""

_TRANSIENT = frozenset({429, 500, 502, 503, 504})


class Throttle:
    """Keeps requests `interval_s` seconds apart."""

    def __init__(self, interval_s: float, clock: Clock) -> None:
        self._interval = interval_s
        self._clock = clock
        self._next = 0.0

    def wait(self) -> None:
        """Return when the next request may be sent."""
        now = self._clock.now()
        # A clock that was set back must not make us wait for hours.
        pause = min(self._next - now, self._interval)
        if pause > 0:
            self._clock.sleep(pause)
        self._next = max(now, self._clock.now()) + self._interval


class _SameHost(HTTPRedirectHandler):
    """Follow a redirect on the same host alone: a key is never carried to another."""

    max_redirections = 3

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        downgrade = old.scheme == "https" and new.scheme != "https"
        if new.netloc != old.netloc or downgrade:
            raise GeocoderServiceError("it sent us to another host, which we do not follow")
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The last answer: whose, to which request, what it said, whether it came from the cache."""

    answer: Answer
    document: Any
    cached: bool


class Wire(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """Carries the requests of one service; an adapter of geopy.

    Parameters
    ----------
    base_url
        Where the service is, in place of its public address; its path is put before the path.
    timeout
        Seconds until a request is given up, the reading of the answer included.
    """

    def __init__(
        self,
        service: Service,
        *,
        cache: AnswerCache,
        clock: Clock,
        base_url: str | None,
        proxies: Mapping[str, str] | None,
        ssl_context: Any,
    ) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self.last: Exchange | None = None
        self._service = service
        self._cache = cache
        self._clock = clock
        self._base = urlsplit(base_url) if base_url else None
        self._throttle = Throttle(service.interval_s, clock)
        self._opener: OpenerDirector = build_opener(
            HTTPSHandler(context=ssl_context),
            ProxyHandler(None if proxies is None else dict(proxies)),
            _SameHost(),
        )

    def forget(self) -> None:
        """Forget the last answer, so that what `last` holds afterwards is a new one."""
        self.last = None

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        """Give the answer as JSON, from the cache or from the service."""
        text = self.get_text(url, timeout=timeout, headers=headers)
        assert self.last is not None  # noqa: S101 - get_text sets it
        try:
            document = json.loads(text)
        except (ValueError, RecursionError):
            raise GeocoderParseError("its answer is not JSON") from None
        self.last = Exchange(answer=self.last.answer, document=document, cached=self.last.cached)
        return document

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """Give the answer as text, from the cache or from the service."""
        url = self._placed(url)
        request = canonical_request(url, self._service.secret_parameters)
        name, keep = self._service.name, self._service.keep_days
        kept = self._cache.get(name, request, now=self._clock.now(), keep_days=keep)
        if kept is None:
            text = self._fetch(url, timeout, headers)
            key = answer_id(name, request)
            answer = Answer(key, name, request, self._clock.now(), text)
        else:
            answer = kept
        self.last = Exchange(answer=answer, document=None, cached=kept is not None)
        return answer.text

    def _placed(self, url: str) -> str:
        if self._base is None:
            return url
        parts = urlsplit(url)
        path = self._base.path.rstrip("/") + parts.path
        return urlunsplit((self._base.scheme, self._base.netloc, path, parts.query, ""))

    def _fetch(self, url: str, timeout: float, headers: Mapping[str, str]) -> str:
        for attempt in range(ATTEMPTS):
            self._throttle.wait()
            try:
                return self._request(url, timeout, headers)
            except AdapterHTTPError as error:
                if error.status_code not in _TRANSIENT:
                    raise
                asked = get_retry_after(error.headers)
                pause = BACK_OFF_S[min(attempt, 1)] if asked is None else asked
                if attempt == ATTEMPTS - 1 or pause > LONGEST_WAIT_S:
                    raise
            except GeocoderTimedOut:
                # Two time-outs are enough to wait for.
                if attempt:
                    raise
                pause = BACK_OFF_S[0]
            self._clock.sleep(pause)
        raise GeocoderUnavailable("it did not answer")  # pragma: no cover - the loop ends above

    def _request(self, url: str, timeout: float, headers: Mapping[str, str]) -> str:
        deadline = time.monotonic() + timeout
        try:
            with self._opener.open(Request(url, headers=dict(headers)), timeout=timeout) as page:  # noqa: S310 - scheme checked where the address is given
                return _read(page, deadline)
        except HTTPError as error:
            with error:
                text = _error_text(error, deadline)
            found = {name.lower(): value for name, value in error.headers.items()}
            raise AdapterHTTPError(
                f"HTTP {error.code}", status_code=error.code, headers=found, text=text
            ) from None
        except TimeoutError:
            raise GeocoderTimedOut("it did not answer in time") from None
        except (URLError, OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise GeocoderTimedOut("it did not answer in time") from None
            raise GeocoderUnavailable(_plain(reason)) from None


def _plain(reason: object) -> str:
    if isinstance(reason, socket.gaierror):
        return "its name cannot be looked up: is this computer online?"
    if isinstance(reason, ConnectionRefusedError):
        return "the connection was refused"
    words = getattr(reason, "strerror", None) or type(reason).__name__
    return f"no connection ({words})"


def _read(page: Any, deadline: float) -> str:
    chunks, size = [], 0
    # read1 gives what has come, so that an answer in drops meets the deadline as well.
    while chunk := page.read1(65_536):
        chunks.append(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            raise GeocoderParseError(f"its answer is longer than {MAX_BYTES:,} bytes")
        if time.monotonic() > deadline:
            raise TimeoutError
    try:
        return b"".join(chunks).decode("utf-8")
    except UnicodeDecodeError:
        raise GeocoderParseError("its answer is not UTF-8 text") from None


def _error_text(error: HTTPError, deadline: float) -> str:
    try:
        return _read(error, deadline)
    except (OSError, http.client.HTTPException, GeocoderParseError):
        return ""  # the status says enough
