"""Fetch one web address safely and politely: nothing private is reached, nothing is unbounded.

Every address is checked before a connection is made, at each redirect again: its spelling, its
port, its name, and every number that the name stands for. The connection goes to a number that
was checked. Proxies of the environment are not used: behind one, nobody can say where a name
leads (docs/feeds.md).
"""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from urllib.parse import urljoin

from ingest.clock import Clock, SystemClock
from ingest.fetch._pace import PAUSE_S, Pace, retry_after
from ingest.fetch._wire import Answer, Limits, Watch, exchange
from ingest.fetch.address import (
    PORTS,
    Address,
    IPAddress,
    must_be_public,
    must_be_public_name,
    read_address,
)
from ingest.fetch.errors import AddressRefusedError, FetchFailedError, shown

__all__ = [
    "ALLOW_VARIABLE",
    "AddressRefusedError",
    "FetchFailedError",
    "Fetched",
    "Fetcher",
    "Limits",
    "is_web_address",
]

ALLOW_VARIABLE = "ATLAS_FETCH_ALLOW"
"""Environment variable: hosts of one's own network that may be fetched all the same."""

USER_AGENT = "IncidentAtlas/{version} (reads reports one at a time for an analyst)"
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.9,*/*;q=0.5"

Resolve = Callable[[str, int], list[str]]
"""From a name and a port to all its IP addresses."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_WORDS = {
    401: "it wants a password",
    402: "it wants to be paid",
    403: "it refuses us",
    404: "there is no such page",
    410: "the page is gone for good",
    429: "it has had too many requests",
    451: "it may not show it for legal reasons",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer: `url` is the last address after redirects, `content_type` without parameters.

    `status` is 304, and `body` empty, where the page has not changed since `etag` or
    `last_modified`. `moved_to` is where the address has moved for good, empty where it has not.
    """

    url: str
    status: int
    body: bytes
    content_type: str
    etag: str
    last_modified: str
    moved_to: str
    retrieved: datetime

    @property
    def unchanged(self) -> bool:
        """Whether the server says that nothing has changed."""
        return self.status == 304


def is_web_address(text: str) -> bool:
    """Whether words are meant as a web address, sound or not."""
    return text.lstrip()[:8].lower().startswith(("http://", "https://"))


class Fetcher:
    """Fetches web addresses, one at a time at each host; may be shared by threads.

    Parameters
    ----------
    allowed
        Hosts (``wiki.example.org``, ``127.0.0.1:8080``) that may be fetched although they lie in
        a private network or at another port. It holds for addresses that a person gave and for
        links within the host, never for a redirect or a link from elsewhere.
    pause_s
        Seconds between two requests to one host.
    resolve
        Looks names up, in place of the system.
    context
        TLS settings, in place of the system's.
    """

    def __init__(
        self,
        *,
        allowed: Iterable[str] = (),
        limits: Limits | None = None,
        pause_s: float = PAUSE_S,
        clock: Clock | None = None,
        resolve: Resolve | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.clock = clock or SystemClock()
        self._allowed = frozenset(host.strip().lower() for host in allowed if host.strip())
        self._limits = limits or Limits()
        self._pace = Pace(self.clock, pause_s)
        self._resolve = resolve or look_up
        self._given_context = context

    @classmethod
    def from_environment(cls) -> Fetcher:
        """Give the fetcher of this computer, with the hosts that ``ATLAS_FETCH_ALLOW`` names."""
        return cls(allowed=os.environ.get(ALLOW_VARIABLE, "").split(","))

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return self._given_context or system_context()

    def checked_address(self, url: str) -> Address:
        """Take an address apart that may be fetched, as far as that can be told offline.

        Raises
        ------
        AddressRefusedError
            It is never fetched.
        """
        address = read_address(url)
        if not self._exempt(address):
            must_be_public_name(address)
        return address

    def fetch(self, url: str, *, via: str = "", etag: str = "", last_modified: str = "") -> Fetched:
        """Fetch an address, following redirects.

        Parameters
        ----------
        via
            The feed or page that named the address; empty where a person did.
        etag, last_modified
            Of an earlier answer: the server may then say that nothing has changed.

        Raises
        ------
        AddressRefusedError
            The address, or one that it redirects to, must not be fetched.
        FetchFailedError
            There was no usable answer.
        """
        headers = _headers(etag, last_modified)
        watch = Watch(self._limits.seconds)
        at, moved = read_address(url), ""
        origin = read_address(via) if via else at
        for_good = True
        for _ in range(self._limits.redirects + 1):
            answer = self._once(at, origin, headers, watch)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return self._done(at, answer, moved, conditional=bool(etag or last_modified))
            origin, at = at, _next(at, answer.headers["location"])
            for_good = for_good and answer.status in _FOR_GOOD
            moved = at.url if for_good else moved
        raise FetchFailedError(
            f"{shown(url)} was not fetched: it redirects more than {self._limits.redirects} times"
        )

    def _once(self, at: Address, origin: Address, headers: dict[str, str], watch: Watch) -> Answer:
        numbers = self._checked(at, origin)
        with self._pace.turn(at.host), watch:
            answer = exchange(
                at,
                numbers,
                headers,
                watch=watch,
                limits=self._limits,
                context=self._context,
            )
        if answer.status >= 400:
            wish = retry_after(answer.headers.get("retry-after"), self.clock.now())
            if wish is not None:
                self._pace.hold(at.host, wish)
            raise FetchFailedError(
                f"{shown(at.url)} was not fetched: {_status_words(answer.status)}",
                status=answer.status,
                retry_after=wish,
            )
        return answer

    def _checked(self, at: Address, origin: Address) -> list[IPAddress]:
        """Give the numbers of an address that may be fetched."""
        exempt = self._exempt(at) and at.place == origin.place
        if not exempt:
            must_be_public_name(at)
        if at.number is not None:
            return [at.number]
        try:
            found = self._resolve(at.host, at.port)
            numbers = [ipaddress.ip_address(number) for number in found]
        except (OSError, ValueError):
            raise FetchFailedError(
                f"{shown(at.url)} was not fetched: the name {at.host!r} cannot be looked up; is"
                " this computer online?"
            ) from None
        if not exempt:
            must_be_public(at, numbers)
        return numbers

    def _exempt(self, at: Address) -> bool:
        return f"{at.host}:{at.port}" in self._allowed or (
            at.host in self._allowed and at.port in PORTS.values()
        )

    def _done(self, at: Address, answer: Answer, moved: str, *, conditional: bool) -> Fetched:
        if not (200 <= answer.status < 300 or (answer.status == 304 and conditional)):
            raise FetchFailedError(
                f"{shown(at.url)} was not fetched: {_status_words(answer.status)}",
                status=answer.status,
            )
        headers = answer.headers
        return Fetched(
            url=at.url,
            status=answer.status,
            body=answer.body,
            content_type=headers.get("content-type", "").partition(";")[0].strip().lower()[:100],
            etag=headers.get("etag", "")[:1000],
            last_modified=headers.get("last-modified", "")[:100],
            moved_to=moved,
            retrieved=datetime.fromtimestamp(self.clock.now(), UTC),
        )


def _headers(etag: str, last_modified: str) -> dict[str, str]:
    headers = {
        "User-Agent": USER_AGENT.format(version=version("incident-atlas")),
        "Accept": ACCEPT,
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    if etag and etag.isprintable() and etag.isascii():
        headers["If-None-Match"] = etag
    if last_modified and last_modified.isprintable() and last_modified.isascii():
        headers["If-Modified-Since"] = last_modified
    return headers


def _next(at: Address, location: str) -> Address:
    # http.client reads headers as Latin-1; servers that send other letters send UTF-8.
    location = location.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        joined = urljoin(at.url, location)
    except ValueError:
        joined = location
    found = read_address(joined)
    if at.scheme == "https" and found.scheme == "http":
        raise AddressRefusedError(
            f"address {shown(at.url)} is not fetched: it redirects from https to"
            f" {shown(found.url)}, which anybody on the way could change"
        )
    return found


def _status_words(status: int) -> str:
    words = _WORDS.get(status) or ("its server is in trouble" if status >= 500 else "no page came")
    return f"{words} (HTTP {status})"


def system_context() -> ssl.SSLContext:
    """Give the certificates of the system, or those of certifi where it has none."""
    context = ssl.create_default_context()
    if not context.get_ca_certs():
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def look_up(host: str, port: int) -> list[str]:
    """Give all IP addresses of a name, as the system finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
