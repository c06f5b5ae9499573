"""One request over one connection to a checked IP address, within fixed time and size.

The socket is made here, to the number that was checked, so that the name is not looked up a
second time (DNS rebinding). A watch shuts the connection down when the time is over, whatever the
other side is doing: connecting, agreeing on TLS, or sending its headers byte by byte.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Timer
from typing import Self

from ingest.fetch.address import Address, IPAddress
from ingest.fetch.errors import FetchFailedError, shown

_CHUNK = 65_536
_GZIP, _ZLIB, _RAW = 31, 15, -15  # wbits of zlib for each format
_CONNECT_S = 10.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may take: seconds in all, bytes of the answer as sent and unpacked."""

    seconds: float = 30.0
    max_bytes: int = 20_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers in lower case, and the unpacked body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Watch:
    """Shuts connections down when the time of a fetch is over; runs inside ``with watch:``."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._left = seconds
        self._end = 0.0
        self._over = Event()

    def __enter__(self) -> Self:
        self._end = time.monotonic() + self._left
        return self

    def __exit__(self, *_: object) -> None:
        self._left = self._end - time.monotonic()

    @property
    def left(self) -> float:
        """Seconds that are left, a little above 0 at the least."""
        return max(self._end - time.monotonic(), 0.001)

    @property
    def over(self) -> bool:
        """Whether the time has run out."""
        return self._over.is_set() or time.monotonic() >= self._end

    @contextmanager
    def guarding(self, sock: socket.socket) -> Iterator[None]:
        """Shut `sock` down when the time runs out inside the block."""
        # A second handle on the same connection: TLS takes the first one for itself.
        twin = sock.dup()

        def shut() -> None:
            self._over.set()
            with suppress(OSError):
                twin.shutdown(socket.SHUT_RDWR)

        timer = Timer(self.left, shut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            twin.close()


def exchange(
    address: Address,
    numbers: list[IPAddress],
    headers: Mapping[str, str],
    *,
    watch: Watch,
    limits: Limits,
    context: ssl.SSLContext,
    posted: bytes | None = None,
) -> Answer:
    """Send one GET, or a POST of the bytes `posted`, and read the answer.

    Raises
    ------
    FetchFailedError
        No connection, no valid certificate, no HTTP, too much, or too late.
    """
    url = address.url
    try:
        with closing(_connected(address, numbers, watch)) as sock, watch.guarding(sock):
            answer = _ask(sock, address, headers, limits, context, posted)
    except (OSError, http.client.HTTPException, zlib.error) as error:
        if isinstance(error, FetchFailedError):
            raise
        if watch.over or isinstance(error, TimeoutError):
            raise _late(url, watch) from None
        raise FetchFailedError(f"{shown(url)} was not fetched: {_plain(error)}") from error
    if watch.over:  # a body that ends with its connection looks whole when the watch cuts it
        raise _late(url, watch)
    return answer


def _late(url: str, watch: Watch) -> FetchFailedError:
    return FetchFailedError(f"{shown(url)} did not answer in full within {watch.seconds:g} s")


def _connected(address: Address, numbers: list[IPAddress], watch: Watch) -> socket.socket:
    """Give a socket to the first of the numbers that answers."""
    failure: OSError = ConnectionError("no address")
    for number in numbers:
        try:
            return socket.create_connection(
                (str(number), address.port), timeout=min(watch.left, _CONNECT_S)
            )
        except OSError as error:
            failure = error
        if watch.over:
            break
    raise failure


def _ask(
    sock: socket.socket,
    address: Address,
    headers: Mapping[str, str],
    limits: Limits,
    context: ssl.SSLContext,
    posted: bytes | None,
) -> Answer:
    if address.scheme == "https":
        sock = context.wrap_socket(sock, server_hostname=address.host)
    connection = http.client.HTTPConnection(address.host, address.port)
    connection.sock = sock
    with closing(connection):
        verb = "GET" if posted is None else "POST"
        connection.putrequest(verb, address.target, skip_host=True, skip_accept_encoding=True)
        length = {} if posted is None else {"Content-Length": str(len(posted))}
        for name, value in {"Host": address.place, **headers, **length}.items():
            connection.putheader(name, value)
        connection.endheaders(posted)
        with connection.getresponse() as response:
            found = {name.lower(): value for name, value in response.getheaders()}
            wanted = 200 <= response.status < 300
            body = _body(response, found, limits, address.url) if wanted else b""
            return Answer(response.status, found, body)


def _body(
    response: http.client.HTTPResponse, headers: Mapping[str, str], limits: Limits, url: str
) -> bytes:
    encoding = headers.get("content-encoding", "").strip().lower()
    most = limits.max_bytes
    if (response.length or 0) > most:
        raise _too_large(url, most)
    if encoding in ("", "identity"):
        unpack: _Unpacker | None = None
    elif encoding in ("gzip", "x-gzip", "deflate"):
        unpack = _Unpacker(encoding != "deflate")
    else:
        raise FetchFailedError(
            f"{shown(url)} was not fetched: it is packed as {encoding[:40]!r}, which was not asked"
        )
    parts: list[bytes] = []
    sent = size = 0
    while chunk := response.read(_CHUNK):
        sent += len(chunk)
        part = unpack(chunk, most - size + 1) if unpack else chunk
        size += len(part)
        parts.append(part)
        if max(size, sent) > most:
            raise _too_large(url, most)
    if response.length:  # bytes that were announced and did not come
        raise http.client.IncompleteRead(b"", response.length)
    if unpack is not None and not unpack.done and sent:
        raise http.client.IncompleteRead(b"")
    return b"".join(parts)


class _Unpacker:
    """Unpacks gzip or deflate, never to more bytes than asked for."""

    def __init__(self, gzip: bool) -> None:
        self._wbits = _GZIP if gzip else _ZLIB
        self._inner = zlib.decompressobj(self._wbits)
        self._fresh = True
        self.done = False

    def __call__(self, data: bytes, most: int) -> bytes:
        out: list[bytes] = []
        while data and most > 0:
            part = self._some(data, most)
            out.append(part)
            most -= len(part)
            data = self._inner.unconsumed_tail
            self.done = self._inner.eof
            if self.done:
                data = self._inner.unused_data
                if self._wbits != _GZIP or not data.startswith(b"\x1f\x8b"):
                    break  # what follows the end is padding
                self._inner = zlib.decompressobj(self._wbits)
        return b"".join(out)

    def _some(self, data: bytes, most: int) -> bytes:
        fresh, self._fresh = self._fresh, False
        try:
            return self._inner.decompress(data, most)
        except zlib.error:
            if not fresh or self._wbits == _GZIP:
                raise
            # Some servers send deflate without the header that RFC 9110 asks for.
            self._wbits = _RAW
            self._inner = zlib.decompressobj(_RAW)
            return self._inner.decompress(data, most)


def _too_large(url: str, most: int) -> FetchFailedError:
    return FetchFailedError(
        f"{shown(url)} was not fetched: it is larger than {most / 1e6:g} MB; "
        "save it and give the part you need as a file"
    )


_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLError, "no secure connection could be agreed on"),
    (ConnectionRefusedError, "the connection was refused"),
    (http.client.IncompleteRead, "the answer broke off"),
    (zlib.error, "its packed answer is damaged"),
    (http.client.HTTPException, "it does not answer as a web server does"),
)


def _plain(error: BaseException) -> str:
    """Say in words why there is no answer."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message.rstrip('.')})"
    for kind, words in _REASONS:
        if isinstance(error, kind):
            return words
    words = getattr(error, "strerror", None) or type(error).__name__
    return f"no connection ({words})"
