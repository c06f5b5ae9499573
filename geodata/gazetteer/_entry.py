"""One row of a gazetteer, and how two rows of one place are made one."""

from __future__ import annotations

from typing import NamedTuple

from geodata._once import once
from geodata.gazetteer._schema import kind_of

EMBEDDED = ("geonames", "overlay")
"""Names of the sources of the embedded gazetteer."""


_LEAST_WEIGHT = {
    "country": 20e6, "admin1": 6e5, "admin2": 3e4, "settlement": 500.0, "other": 1e5,
}  # fmt: skip
"""How well known a place is at least, in inhabitants of a town as well known."""
_NOTED_POPULATION = 3_000
"""What a town of the embedded gazetteer counts as, where its population is not on record."""
_OBSCURE = 150.0
"""What a place counts as that only a full gazetteer knows; more with each language it is in."""
_OBSCURE_SPELLING = 30.0


class _Row(NamedTuple):
    """The columns of an entry."""

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


class Entry(_Row):
    """A row of the gazetteer; `admin1` and `admin2` are entry ids. Coordinates are WGS 84.

    `located` is None where the point is the entry's own, ``table`` where it comes from our own
    table, ``seat`` where it is that of the town of the same name, ``mean`` where it is the mean
    of the member towns. `rank` says by which spelling a lookup found it: 0 its name, 1 an alias,
    2 derived (division word left out), 3 an alias that only an added gazetteer knows. `sources`
    are the gazetteers that know the place, the one that `key` belongs to first.

    What follows from the columns is worked out once: one entry is weighed for many documents.
    """

    @once
    def kind(self) -> str:
        """One of country, admin1, admin2, settlement, other."""
        return kind_of(self.fclass, self.fcode)

    @once
    def noted(self) -> bool:
        """Whether the embedded gazetteer knows the place, so that it is of some size or note."""
        return self.sources[0] in EMBEDDED

    @once
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude; None where the gazetteer has none."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @once
    def weight(self) -> float:
        """How well known the place is, in inhabitants of a town as well known."""
        population = float(self.population)
        if self.noted:
            unknown = _NOTED_POPULATION if self.fclass == "P" else 0
            return max(_LEAST_WEIGHT[self.kind], population or float(unknown))
        if self.kind not in {"settlement", "other"}:
            return max(_LEAST_WEIGHT[self.kind], population)
        spellings = self.aliases.count("|") + 1 if self.aliases else 0
        return max(_OBSCURE + _OBSCURE_SPELLING * spellings, population)

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
