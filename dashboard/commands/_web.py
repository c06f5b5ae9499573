"""Web addresses among the inputs of a command: fetched, read, stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.incident import Document, Quarantined
    from geodata.store import Store
    from ingest.pipeline import Report
    from ingest.second_opinion import SecondOpinion


def sorted_out(paths: Sequence[str]) -> tuple[list[str], list[str]]:
    """Give the files and folders among the inputs, and the web addresses."""
    from ingest.fetch import is_web_address

    return (
        [path for path in paths if not is_web_address(path)],
        [path for path in paths if is_web_address(path)],
    )


def fetched(
    addresses: Sequence[str], *, published: date | None, source: str | None
) -> Iterator[Document | Quarantined]:
    """Read what is at the addresses; nothing is stored."""
    from ingest.fetch import Fetcher
    from ingest.web import retrieve

    fetcher = Fetcher.from_environment()
    for url in addresses:
        yield from retrieve(url, fetcher, published=published, source=source)


def fetch_into(
    report: Report,
    addresses: Sequence[str],
    store: Store,
    *,
    published: date | None,
    source: str | None,
    second: SecondOpinion | None,
    progress: Callable[[int], None],
) -> None:
    """Store what is at the addresses, and count it in the report.

    Raises
    ------
    Interrupted
        By Ctrl-C, with the report of all that is stored.
    """
    from time import perf_counter

    from ingest.fetch import Fetcher
    from ingest.pipeline import Interrupted, project_tools
    from ingest.web import keep, retrieve

    began = perf_counter()
    fetcher = Fetcher.from_environment()
    tools = cache(lambda: project_tools(store))
    try:
        for url in addresses:
            found = retrieve(url, fetcher, published=published, source=source)
            keep(found, store, report, tools, second)
            progress(1)
    except KeyboardInterrupt as stop:
        raise Interrupted(report) from stop
    finally:
        report.seconds += perf_counter() - began
