"""Who acts: armed groups, state forces and populations, found in text and told apart.

The registry is the file ``geodata/data/actors.csv`` and, after it, the files of regions in
``geodata/data/actors/``, which people edit (``docs/actors.md``); their columns are

name
    The canonical name. ``{country}`` in it makes a generic actor that exists in every country:
    ``Police ({country})`` becomes "Police (Kenya)".
kind, country, parent, note
    An `ActorKind`; the home country, or nothing; the canonical names of the groups it belongs
    to, parted by ``|``.
aliases
    Parted by ``|``. Acronyms are compared with their case, words without. A mark before an
    alias says more: ``=`` compare it with its case; ``~`` only after a country's name or
    demonym ("Iraqi forces", never "forces"); ``!`` only in a text that names the home country;
    ``@`` stands for a generic actor at home, or "in" another country that it names.

Rows of the kind ``not_an_actor`` hold phrases that look like actors and are none.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from geodata._actor_names import plain, shouted, spellings
from geodata._names import NameTrie, Word, is_acronym, joined, words
from geodata.countries import DATA, countries, countries_named, read_rows
from geodata.errors import InputError

__all__ = [
    "DATA",
    "STATE_KINDS",
    "Actor",
    "ActorHit",
    "ActorKind",
    "ActorRegistry",
    "countries",
    "default_registry",
    "for_country",
]

COLUMNS = ("name", "kind", "country", "aliases", "parent", "note")


class ActorKind(StrEnum):
    """What sort of actor it is."""

    ARMED_GROUP = "armed_group"
    MILITIA = "militia"
    GANG = "gang"  # bandits, cartels, criminal gangs
    STATE_FORCE = "state_force"  # armed forces; coalitions and peacekeepers too
    PARAMILITARY = "paramilitary"
    POLICE = "police"
    INTELLIGENCE = "intelligence"
    POPULATION = "population"
    PROTESTERS = "protesters"
    RIOTERS = "rioters"
    UNIDENTIFIED = "unidentified"


NOT_AN_ACTOR = "not_an_actor"

STATE_KINDS = frozenset(
    {ActorKind.STATE_FORCE, ActorKind.PARAMILITARY, ActorKind.POLICE, ActorKind.INTELLIGENCE}
)
"""Kinds that act for a state or a coalition of states."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A canonical actor. `country` is an English name; `parents` are canonical actors' names.

    A generic actor ("Police", in any country) has a `template`; `ActorRegistry.for_country`
    makes the actor of one country from it.
    """

    name: str
    kind: ActorKind
    country: str | None = None
    aliases: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    template: str = ""

    @property
    def generic(self) -> bool:
        """Whether it stands for the actors of this sort in every country."""
        return bool(self.template)


@dataclass(frozen=True, slots=True)
class ActorHit:
    """An actor named in a text: offsets, the words, who may be meant (likeliest first)."""

    start: int
    end: int
    alias: str
    actors: tuple[Actor, ...]


@dataclass(slots=True)
class _Entry:
    """What one alias stands for.

    `after_country`: only behind a country's name or demonym. `homebound`: names of the actors
    that it means only where their home country is named.
    """

    actors: list[Actor]
    after_country: bool = False
    homebound: set[str] = field(default_factory=set)

    def within(self, homes: Container[str | None]) -> list[Actor]:
        """Actors that may be meant where these countries are spoken of."""
        if not self.homebound:
            return self.actors
        return [a for a in self.actors if a.name not in self.homebound or a.country in homes]


class ActorRegistry:
    """Known actors, their aliases, and the generic ones of every country."""

    def __init__(self) -> None:
        self._actors: dict[str, Actor] = {}
        self._trie: NameTrie[_Entry] = NameTrie()
        self._stand_ins: dict[tuple[str, str], Actor] = {}
        self._localised: dict[tuple[str, str], Actor] = {}
        self._countries = countries()

    @classmethod
    def load(cls, path: Path | None = None) -> ActorRegistry:
        """Read the registry from a file, or the one that comes with the program.

        Raises
        ------
        InputError
            The file cannot be read, or a row is wrong: named by file and line.
        """
        files = sorted((DATA / "actors").glob("*.csv"))
        own = cls()
        for where in [DATA / "actors.csv", *files] if path is None else [path]:
            for line, row in enumerate(read_rows(where, COLUMNS), start=2):
                own._add(row, f"{where.name} line {line}")
        own._check_references()
        return own

    def __iter__(self) -> Iterator[Actor]:
        return iter(self._actors.values())

    def __len__(self) -> int:
        return len(self._actors)

    def find(
        self, text: str, homes: frozenset[str] | None = None, *, at: list[Word] | None = None
    ) -> list[ActorHit]:
        """Actors named in a text, left to right: longest names first, none overlapping.

        `homes` are the countries that the whole report is about, where `text` is a part of one;
        `at` its words, where they are known.
        """
        at = words(text) if at is None else at
        hits: list[ActorHit] = []
        firsts, lands = self._trie.firsts, self._countries.firsts
        taken = 0
        for first, word in enumerate(at):
            if first < taken or (word.key not in firsts and word.key not in lands):
                continue
            taken, actors = self._longest(text, at, first, homes)
            if actors:
                hits.extend(self._shared_noun(text, at, first, taken))
                hits.append(_hit(text, word.start, at[taken - 1].end, actors))
        return hits

    def __getitem__(self, name: str) -> Actor:
        return self._actors[name]

    def __contains__(self, name: str) -> bool:
        return name in self._actors

    def parts(self, whole: Actor) -> list[Actor]:
        """Actors that name another as the group they belong to."""
        return [actor for actor in self if whole.name in actor.parents]

    def resolve(self, name: str, country: str | None = None) -> Actor | None:
        """Give the actor that a name in any spelling means, or None.

        Parameters
        ----------
        name
            A canonical name, an alias, or words such as "Pakistani police".
        country
            Name or ISO alpha-2 code of the country where it acts: decides between actors of
            one alias, and makes a generic actor that country's own.
        """
        home = self.country_name(country) if country else None
        for spelling in spellings(name):
            entry = self._trie[spelling]
            if entry is None or entry.after_country or self._countries[spelling]:
                continue
            actors = entry.within((home,)) if home else entry.actors
            if actors:
                return self._prefer(actors, home)
        bare = plain(name)
        return self._of_template(bare) or self._whole(bare, home)

    def for_country(self, generic: str, country_name: str) -> Actor:
        """Give a country's own actor for a generic word: "soldiers", "Kenya".

        Raises
        ------
        InputError
            The word is no alias of a generic actor.
        """
        entry = self._trie[generic]
        for actor in entry.actors if entry else ():
            if actor.generic:
                return self._localise(actor, self.country_name(country_name))
        known = ", ".join(sorted(actor.name for actor in self if actor.generic))
        raise InputError(f"{generic!r} is no generic actor; known are {known} and their aliases")

    def parents(self, actor: Actor) -> tuple[Actor, ...]:
        """Groups that an actor belongs to, nearest first."""
        found: dict[str, Actor] = {}
        queue = list(actor.parents)
        for name in queue:  # it grows while it is read
            if name not in found:
                found[name] = self._actors[name]
                queue += found[name].parents
        found.pop(actor.name, None)
        return tuple(found.values())

    def country_name(self, country: str) -> str:
        """Name of a country as the registry writes it; an unknown one is given back as it is."""
        return self._countries[country] or country

    def _longest(
        self, text: str, at: list[Word], first: int, homes: frozenset[str] | None = None
    ) -> tuple[int, tuple[Actor, ...]]:
        best: tuple[int, tuple[Actor, ...]] = (first, ())
        for stop, entry in self._trie.matches(text, at, first):
            if entry.after_country or shouted(at, first, stop):
                continue
            named = homes if homes is not None or not entry.homebound else countries_named(text)
            actors = entry.within(named or ()) if entry.homebound else entry.actors
            if actors or not entry.homebound:
                best = (stop, tuple(actors))
        for middle, country in self._countries.matches(text, at, first):
            if middle == len(at) or not joined(text, at[middle - 1], at[middle]):
                continue
            for stop, entry in self._trie.matches(text, at, middle):
                of_country = self._of_country(entry.actors, country)
                if of_country and stop > best[0]:
                    best = (stop, of_country)
        return best

    def _shared_noun(self, text: str, at: list[Word], first: int, stop: int) -> Iterator[ActorHit]:
        """Give the first of two countries that share one noun: "Kyrgyz and Tajik guards"."""
        if first < 2 or at[first - 1].key != "and":
            return
        noun = next((n for n, _ in self._countries.matches(text, at, first) if n < stop), None)
        for begin in range(max(0, first - 4), first - 1) if noun is not None else ():
            for end, country in self._countries.matches(text, at, begin):
                named = self._exactly(text, at, noun or stop, stop) if end == first - 1 else []
                actors = self._of_country(named, country)
                if actors:
                    yield _hit(text, at[begin].start, at[end - 1].end, actors)
                    return

    def _exactly(self, text: str, at: list[Word], first: int, stop: int) -> list[Actor]:
        """Actors that exactly these words name."""
        found = (entry for end, entry in self._trie.matches(text, at, first) if end == stop)
        return next((entry.actors for entry in found), [])

    def _of_country(self, actors: list[Actor], country: str) -> tuple[Actor, ...]:
        own = [self._localise(actor, country) for actor in actors if actor.generic]
        own += [actor for actor in actors if actor.country == country and not actor.generic]
        return tuple(dict.fromkeys(own))

    def _prefer(self, actors: list[Actor], home: str | None) -> Actor:
        if home is not None:
            for actor in actors:
                if actor.country == home:
                    return actor
            if actors[0].generic:
                return self._localise(actors[0], home)
        return actors[0]

    def _localise(self, generic: Actor, country: str) -> Actor:
        key = (generic.name, country)
        if key in self._stand_ins:
            return self._stand_ins[key]
        whole = self._actors[generic.parents[0]] if generic.parents else None
        if whole is not None and whole.generic and generic.kind is ActorKind.STATE_FORCE:
            return self._localise(whole, country)  # an air force unnamed is the armed forces
        if key not in self._localised:
            name = generic.template.replace("{country}", country)
            self._localised[key] = replace(
                generic, name=name, country=country, aliases=(), template=""
            )
        return self._localised[key]

    def _of_template(self, name: str) -> Actor | None:
        """Read a generic actor's name of one country: "Police (Kenya)", "Military of Mali"."""
        for found in _OF_COUNTRY.finditer(name):  # "… of the Democratic Republic of the Congo"
            country = self._countries[name[found.end() :].removesuffix(")")]
            entry = self._trie[name[: found.start()]] if country else None
            if country and entry and entry.actors:
                return self._prefer(entry.actors, country)
        return None

    def _whole(self, name: str, home: str | None) -> Actor | None:
        """Read words of a country and an actor that together are the whole name."""
        at = words(name)
        for first in (0, 1) if at and at[0].key == "the" else (0,):
            stop, actors = self._longest(name, at, first)
            if actors and stop == len(at):
                return self._prefer(list(actors), home)
        return None

    def _add(self, row: dict[str, str], where: str) -> None:
        name, kind = row["name"].strip(), row["kind"].strip()
        aliases = [alias.strip() for alias in row["aliases"].split("|") if alias.strip()]
        if kind == NOT_AN_ACTOR:
            for alias in aliases:
                self._put(alias, None)
            return
        if not name or name in self._actors:
            raise InputError(f"{where}: actor {name!r} is empty or twice there")
        if kind not in set(ActorKind):
            known = ", ".join(ActorKind)
            raise InputError(f"{where}: kind {kind!r} is none of {known}")
        template = name if "{country}" in name else ""
        if template:
            name = name.replace("({country})", "").replace(" of {country}", "").strip()
        home = row["country"].strip()
        actor = Actor(
            name=name,
            kind=ActorKind(kind),
            country=self.country_name(home) if home else None,
            aliases=tuple(alias.lstrip("=~!") for alias in aliases if not alias.startswith("@")),
            parents=tuple(p.strip() for p in row["parent"].split("|") if p.strip()),
            template=template,
        )
        self._actors[name] = actor
        for alias in aliases if f"={name}" in aliases else [name, *aliases]:
            self._put(alias, actor)

    def _put(self, alias: str, actor: Actor | None) -> None:
        if alias.startswith("@"):
            generic, _, abroad = alias[1:].partition(" in ")
            if actor is not None and (country := abroad or actor.country):
                self._stand_ins[generic, country] = actor
            return
        bare = alias.lstrip("=~!")
        exact = alias.startswith("=") or is_acronym(bare)
        entry = self._trie.setdefault(bare, _Entry([], alias.startswith("~")), exact=exact)
        if actor is not None and actor not in entry.actors:
            entry.actors.append(actor)
            entry.after_country = entry.after_country and alias.startswith("~")
            if alias.startswith("!"):
                entry.homebound.add(actor.name)

    def _check_references(self) -> None:
        for actor in self:
            for parent in actor.parents:
                if parent not in self._actors:
                    raise InputError(
                        f"actors: parent {parent!r} of {actor.name!r} is not in the registry"
                    )
        for generic, country in self._stand_ins:
            if generic not in self._actors:
                raise InputError(f"actors: '@{generic}' ({country}) names no generic actor")


_OF_COUNTRY = re.compile(r" \(| (?:of|in) (?:the )?")


@lru_cache(maxsize=1)
def default_registry() -> ActorRegistry:
    """Give the registry that comes with the program, read once."""
    return ActorRegistry.load()


def for_country(generic: str, country_name: str) -> Actor:
    """Give a country's own actor for a generic word, by the registry of the program."""
    return default_registry().for_country(generic, country_name)


def _hit(text: str, start: int, end: int, actors: tuple[Actor, ...]) -> ActorHit:
    if "(" in text[start:end] and text[end : end + 1] == ")":
        end += 1  # "CPI (Maoist)"
    return ActorHit(start, end, text[start:end], actors)
