"""Which web addresses may be fetched: spelled plainly, and at a public place of the internet.

Sources: IANA's registries of special-purpose IPv4 and IPv6 addresses; RFC 6761, 6762, 8375
(names that never leave a network); RFC 6052 (NAT64), RFC 4291 2.5.5.2 (IPv4-mapped).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from ingest.fetch.errors import AddressRefusedError, shown

MAX_URL = 2_000
PORTS = {"http": 80, "https": 443}
"""Schemes that are fetched, and the one port of each."""

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_IN_PATH = "/%:@!$&'()*+,;=~-._"

_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "private",
                "localdomain", "home.arpa", "test", "invalid", "onion", "alt")  # fmt: skip

_PUBLIC6 = ipaddress.IPv6Network("2000::/3")
"""All that IANA has given out as global unicast."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_CLOSED6 = tuple(map(ipaddress.IPv6Network, (
    "2001::/23",  # protocols, Teredo among them
    "2001:db8::/32", "3fff::/20",  # documentation
    "2002::/16",  # 6to4: would be sent on to the IPv4 address inside
)))  # fmt: skip
_CLOSED4 = tuple(map(ipaddress.IPv4Network, (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
    "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
    "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    "168.63.129.16/32",  # a public number, and yet the service of Azure inside its machines
)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """A web address taken apart: `host` in ASCII without brackets, `target` path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def place(self) -> str:
        """Host, with the port where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address as text."""
        return f"{self.scheme}://{self.place}{self.target}"

    @property
    def number(self) -> IPAddress | None:
        """The host, where it is an IP address and no name."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None


def read_address(text: str) -> Address:
    """Take a web address apart.

    Raises
    ------
    AddressRefusedError
        It is no http(s) address, holds a user name, or is spelled in a way that programs read
        differently.
    """
    text = text.strip()
    if len(text) > MAX_URL:
        raise AddressRefusedError(f"address {shown(text)} is longer than {MAX_URL:,} characters")
    if _UNSEEN.search(text):
        raise _refused(text, "it holds characters that cannot be seen; type it anew")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _refused(
            text, "it is no web address; write it as https://example.org/story"
        ) from None
    if parts.scheme not in PORTS:
        raise _refused(text, "only http:// and https:// are fetched")
    if "@" in parts.netloc:
        raise _refused(text, "it holds a user name or a password; leave them out")
    if port == 0 or parts.netloc.endswith(":"):
        raise _refused(text, "its port is none")
    host = _host(text, parts.hostname or "", bracketed="[" in parts.netloc)
    target = quote(parts.path or "/", safe=_IN_PATH)
    if not target.startswith("/"):
        raise _refused(text, "it is no web address; write it as https://example.org/story")
    if parts.query:
        target += "?" + quote(parts.query, safe=_IN_PATH + "?[]|")
    return Address(parts.scheme, host, port or PORTS[parts.scheme], target)


def _host(text: str, host: str, *, bracketed: bool) -> str:
    if bracketed:
        try:
            return str(ipaddress.IPv6Address("" if "%" in host else host))
        except ValueError:
            raise _refused(text, "its host is no IPv6 address") from None
    host = _ascii(text, host).removesuffix(".")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            raise _refused(text, "its host is an odd spelling of a number") from None
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise _refused(text, "its host is no name of a computer")
    return host


def _ascii(text: str, host: str) -> str:
    if host.isascii():
        return host.lower()
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise _refused(text, "its host is no name of a computer") from None


def _refused(text: str, why: str) -> AddressRefusedError:
    return AddressRefusedError(f"address {shown(text)} is not fetched: {why}")


def must_be_public_name(address: Address) -> None:
    """Refuse ports and names that lead into a network of one's own.

    Raises
    ------
    AddressRefusedError
        The name can only be local, the number is not public, or the port is an unusual one.
    """
    if address.port not in PORTS.values():
        raise _refused(address.url, f"port {address.port} is none of the web's (80, 443)")
    number = address.number
    if number is not None:
        must_be_public(address, [number])
        return
    labels = address.host.split(".")
    local = any(labels[-name.count(".") - 1 :] == name.split(".") for name in _LOCAL_NAMES)
    if local or len(labels) == 1:
        raise _refused(address.url, "its host is a name inside a network, not on the internet")


def must_be_public(address: Address, numbers: Iterable[IPAddress]) -> None:
    """Refuse an address when any of the numbers that its name stands for is not public."""
    for number in numbers:
        if not is_public(number):
            what = "" if str(number) == address.host else f" ({address.host} is {number})"
            raise _refused(address.url, f"it leads into a private or reserved network{what}")


def is_public(number: IPAddress) -> bool:
    """Whether an IP address is one of the public internet."""
    if isinstance(number, ipaddress.IPv6Address):
        inside = number.ipv4_mapped
        if inside is None and number in _NAT64:
            inside = ipaddress.IPv4Address(int(number) & 0xFFFF_FFFF)
        if inside is None:
            public = number in _PUBLIC6 and not any(number in net for net in _CLOSED6)
            return public and number.is_global
        number = inside
    return number.is_global and not any(number in net for net in _CLOSED4)
