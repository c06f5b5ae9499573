"""Ten people at one dashboard at once: what the server does for them, without their browsers.

Ten clients speak what Streamlit's pages speak (its WebSocket), and ask for the map as its frame
does. In each round all change their filter in the same moment, each to one that nobody had before:
a group and a period. Told are the milliseconds until the map's answer with the cells in view is
there, and until the whole page is (totals, timeline, lists, table); and that each got the answer
to its own filter, by the store's count and the sentence on the page.

Ten browsers on the same machine measure mostly themselves: `benchmarks/ten_people.py`.

Run: python -m benchmarks.ten_clients [--store FILE | --rows 1000000] [--people 10] [--rounds 5]
"""

from __future__ import annotations

import asyncio
import html
import os
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: TID251 - what its pages speak
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: TID251

from benchmarks.map_cells import told
from benchmarks.ten_people import asked, served
from geodata.filters import Filter
from geodata.store import Store

VIEW = "4/-20.0,-35.0,60.0,40.0"
PAUSE = 1.0


@dataclass
class Change:
    """What one change of a filter took, in milliseconds, and what it brought."""

    map_ms: float
    page_ms: float
    counted: int
    words: str


class Person:
    """One page that is open."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.http = httpx.AsyncClient(base_url=address, timeout=60)

    async def open(self) -> None:
        """Open the page without a filter, and wait for all of it."""
        stream = self.address.replace("http:", "ws:") + "/_stcore/stream"
        self.socket: Any = await websockets.connect(
            stream, subprotocols=["streamlit"], origin=self.address, max_size=None
        )
        await self.change(Filter())

    async def change(self, where: Filter) -> Change:
        """Change the filter; the map's frame asks as soon as the run of the page begins."""
        query, began = where.to_query(), time.perf_counter()
        rerun = BackMsg()
        rerun.rerun_script.query_string = query
        await self.socket.send(rerun.SerializeToString())
        words, map_answer = "", None
        async for raw in self.socket:
            message = ForwardMsg()
            message.ParseFromString(raw)
            kind = message.WhichOneof("type")
            if kind == "new_session" and map_answer is None:
                map_answer = asyncio.create_task(self._map(query, began))
            elif kind == "delta" and "filter-sentence" in (text := _html(message)):
                words = html.unescape(text)
            elif kind == "script_finished":
                break
        if map_answer is None:
            raise SystemExit("the server ended a page without running it")
        page_ms = 1000 * (time.perf_counter() - began)
        counted, map_ms = await map_answer
        return Change(map_ms, page_ms, counted, words)

    async def _map(self, query: str, began: float) -> tuple[int, float]:
        address = f"/map/points?{query}&view={VIEW}" if query else f"/map/points?view={VIEW}"
        answer = (await self.http.get(address)).raise_for_status()
        return int(answer.json()["count"]), 1000 * (time.perf_counter() - began)


def _html(message: ForwardMsg) -> str:
    return str(message.delta.new_element.html.body)


def filters(groups: list[str], number: int, people: int) -> list[Filter]:
    """Filters of one round, one a person, that no other round has."""
    return [
        Filter(
            group=(groups[(person + number) % len(groups)],),
            since=date(2012 + number % 5, 1 + person % 12, 1 + number),
        )
        for person in range(people)
    ]


async def measure(address: str, store: Store, people: int, rounds: int) -> list[Change]:
    """Open the pages, then change all filters at once, several times.

    Raises
    ------
    SystemExit
        Somebody got the answer to another filter.
    """
    groups = [name for name, _ in store.facet("group", Filter())[:people]]
    everybody = [Person(address) for _ in range(people)]
    for person in everybody:
        await person.open()
    found: list[Change] = []
    for number in range(rounds):
        chosen = filters(groups, number, people)
        changes = await asyncio.gather(
            *(person.change(where) for person, where in zip(everybody, chosen, strict=True))
        )
        for where, change in zip(chosen, changes, strict=True):
            expected = store.totals(where).mapped
            if change.counted != expected or where.sentence() not in change.words:
                raise SystemExit(f"{where.sentence()}: {expected:,} on the map, not {change}")
        found += changes
        await asyncio.sleep(PAUSE)
    return found


def main() -> None:
    """Measure without browsers."""
    options = asked(__doc__)
    with served(options) as (address, store):
        changes = asyncio.run(measure(address, store, options.people, options.rounds))
    print(f"{options.people} people, {len(changes)} changes, all at once;"
          f" load {os.getloadavg()[0]:.1f}")  # fmt: skip
    told("map answered", [change.map_ms for change in changes])
    told("whole page", [change.page_ms for change in changes])
    print("everybody got the answer to their own filter")


if __name__ == "__main__":
    main()
