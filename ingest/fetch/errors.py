"""What can go wrong when a web address is fetched, by what the caller does next."""

from __future__ import annotations

from geodata.errors import AtlasError, InputError

MAX_SHOWN = 200
"""Characters of an address that a message shows."""


class AddressRefusedError(InputError):
    """The address, or one that it leads to, is never fetched: ask for another one."""


class FetchFailedError(AtlasError, ConnectionError):
    """The address may be fetched, but nothing usable came: try again later.

    `status` is the HTTP status, 0 where there was no answer; `retry_after` the seconds that the
    server asked us to wait, None where it asked for nothing.
    """

    def __init__(self, message: str, *, status: int = 0, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


def shown(url: str) -> str:
    """Give an address as a message quotes it."""
    return repr(url if len(url) <= MAX_SHOWN else url[: MAX_SHOWN - 1] + "…")
