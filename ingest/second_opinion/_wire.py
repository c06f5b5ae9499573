"""The one place that touches the wire: one endpoint, one kind of request, bounded in all ways.

The user names the endpoint, so that it may be on this computer or in his own network; nothing
else is ever reached, for redirects are not followed. Proxies of the environment are not used.
"""

from __future__ import annotations

import ipaddress
from importlib.metadata import version

import orjson

from geodata.incident import Json
from ingest.clock import Clock
from ingest.fetch import look_up, system_context
from ingest.fetch._wire import Answer, Limits, Watch, exchange
from ingest.fetch.address import Address, IPAddress, is_public
from ingest.fetch.errors import FetchFailedError, shown

MAX_BYTES = 1_000_000
PAUSES_S = (2.0, 8.0)
"""Pauses before another attempt where the server is busy, or loads its model."""

_BUSY = frozenset({429, 500, 502, 503, 504})


class Wire:
    """Carries requests to one endpoint.

    Parameters
    ----------
    address
        Where ``/chat/completions`` is.
    key
        Sent as a bearer token; empty where the server asks for none.
    timeout_s
        Seconds for one answer, further attempts included.
    """

    def __init__(self, address: Address, *, key: str, timeout_s: float, clock: Clock) -> None:
        self._address = address
        self._key = key
        self._limits = Limits(seconds=timeout_s, max_bytes=MAX_BYTES, redirects=0)
        self._clock = clock
        self._context = system_context()

    def ask(self, request: dict[str, Json], optional: dict[str, Json]) -> bytes:
        """Post a request and give the body of the answer.

        A server that takes none of the `optional` parameters (HTTP 400) is asked without them.

        Raises
        ------
        FetchFailedError
            There was no usable answer; the message never holds the key.
        """
        watch = Watch(self._limits.seconds)
        answer = self._patiently({**request, **optional}, watch)
        if answer.status == 400:
            answer = self._patiently(request, watch)
        if not 200 <= answer.status < 300:
            raise FetchFailedError(
                f"{shown(self._address.url)} answers with HTTP {answer.status}"
                + (" (is the key right?)" if answer.status in (401, 403) else ""),
                status=answer.status,
            )
        return answer.body

    def _patiently(self, request: dict[str, Json], watch: Watch) -> Answer:
        body = orjson.dumps(request)
        for pause in PAUSES_S:
            answer = self._once(body, watch)
            if answer.status not in _BUSY:
                return answer
            self._clock.sleep(pause)
        return self._once(body, watch)

    def _once(self, body: bytes, watch: Watch) -> Answer:
        headers = {
            "User-Agent": f"IncidentAtlas/{version('incident-atlas')}",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
            "Connection": "close",
        }
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        with watch:
            return exchange(
                self._address,
                self._numbers(),
                headers,
                watch=watch,
                limits=self._limits,
                context=self._context,
                posted=body,
            )

    def _numbers(self) -> list[IPAddress]:
        at = self._address
        try:
            numbers = [ipaddress.ip_address(one) for one in look_up(at.host, at.port)]
        except (OSError, ValueError):
            raise FetchFailedError(f"the name {at.host!r} cannot be looked up") from None
        if self._key and at.scheme == "http" and any(map(is_public, numbers)):
            raise FetchFailedError(
                f"{shown(at.url)} was not asked: a key is not sent over the internet without"
                " encryption; use https"
            )
        return numbers
