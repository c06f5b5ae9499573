"""One row of a gazetteer, and how two rows of one place are made one."""

from __future__ import annotations

from typing import NamedTuple

from geodata.gazetteer._schema import kind_of

EMBEDDED = ("geonames", "overlay")
"""Names of the sources of the embedded gazetteer."""


class Entry(NamedTuple):
    """A row of the gazetteer; `admin1` and `admin2` are entry ids. Coordinates are WGS 84.

    `located` is None where the point is the entry's own, ``table`` where it comes from our own
    table, ``seat`` where it is that of the town of the same name, ``mean`` where it is the mean
    of the member towns. `rank` says by which spelling a lookup found it: 0 its name, 1 an alias,
    2 derived (division word left out), 3 an alias that only an added gazetteer knows. `sources`
    are the gazetteers that know the place, the one that `key` belongs to first.
    """

    id: int
    sources: tuple[str, ...]
    key: str | None
    name: str
    fclass: str
    fcode: str
    country: str
    admin1: int | None
    admin2: int | None
    latitude: float | None
    longitude: float | None
    population: int
    located: str | None
    aliases: str | None
    rank: int = 0

    @property
    def kind(self) -> str:
        """One of country, admin1, admin2, settlement, other."""
        return kind_of(self.fclass, self.fcode)

    @property
    def noted(self) -> bool:
        """Whether the embedded gazetteer knows the place, so that it is of some size or note."""
        return self.sources[0] in EMBEDDED

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name and every other spelling that the gazetteer knows."""
        return (self.name, *(self.aliases.split("|") if self.aliases else ()))


def merged(first: Entry, second: Entry) -> Entry:
    """One place told by two gazetteers: the first's word counts, the second fills its gaps.

    A point of the division's own replaces one that was only derived or put down by hand.
    """
    better = second.latitude is not None and (
        first.latitude is None or (first.located is not None and second.located is None)
    )
    point = second if better else first
    aliases = [alias for alias in (first.aliases, second.aliases) if alias]
    return first._replace(
        sources=tuple(dict.fromkeys((*first.sources, *second.sources))),
        admin1=first.admin1 if first.admin1 is not None else second.admin1,
        admin2=first.admin2 if first.admin2 is not None else second.admin2,
        latitude=point.latitude,
        longitude=point.longitude,
        located=point.located,
        population=max(first.population, second.population),
        aliases="|".join(aliases) or None,
        rank=min(first.rank, second.rank),
    )
