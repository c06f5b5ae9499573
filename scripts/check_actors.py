"""Check the actors registry while it is edited: what one name would catch that it must not.

    python scripts/check_actors.py [FILE.csv ...]

Without files: those that come with the program. Says, by file and line, which kinds, countries and
parents are unknown, which groups belong to themselves, which names stand for two actors of the
same country, which aliases stand in a row twice, and which aliases are words of everyday
language. Loading the registry refuses some of it; this names every fault at once. Exit code 1
where there is any.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from geodata._names import is_acronym, words
from geodata.actors import COLUMNS, NOT_AN_ACTOR, ActorKind
from geodata.countries import DATA, countries, read_rows

STORIES = Path(__file__).resolve().parent.parent / "benchmarks" / "data"
NAMED_KINDS = frozenset({"armed_group", "militia", "gang"})
"""Kinds whose names are proper names; police and the like are words of everyday language."""

GOVERNED_BY_ALL = "{country}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the registry: where it stands, and its cells."""

    where: str
    name: str
    kind: str
    country: str
    aliases: tuple[str, ...]
    parents: tuple[str, ...]

    @property
    def generic(self) -> bool:
        """Whether it stands for the actors of every country."""
        return GOVERNED_BY_ALL in self.name


def rows_of(paths: list[Path]) -> list[Row]:
    """Read the rows of files, in order; rows that hold no actor are left out."""
    return [
        Row(
            f"{path.name} line {line}",
            row["name"].strip(),
            row["kind"].strip(),
            row["country"].strip(),
            tuple(alias.strip() for alias in row["aliases"].split("|") if alias.strip()),
            tuple(parent.strip() for parent in row["parent"].split("|") if parent.strip()),
        )
        for path in paths
        for line, row in enumerate(read_rows(path, COLUMNS), start=2)
        if row["kind"].strip() != NOT_AN_ACTOR
    ]


def canonical(name: str) -> str:
    """Name of an actor as others refer to it: without the country that a generic one takes."""
    return name.replace("({country})", "").replace(" of {country}", "").strip()


def check_cells(rows: list[Row]) -> Iterator[str]:
    """Unknown kinds, countries and parents; names that are there twice."""
    names = [canonical(row.name) for row in rows]
    known = set(names)
    for row, name in zip(rows, names, strict=True):
        if row.kind not in set(ActorKind):
            yield f"{row.where}: kind {row.kind!r} is none of {', '.join(ActorKind)}"
        if row.country and not countries()[row.country]:
            yield f"{row.where}: country {row.country!r} is not in countries.csv"
        if names.count(name) > 1:
            yield f"{row.where}: {row.name!r} is there twice"
        for parent in row.parents:
            if parent not in known:
                yield f"{row.where}: parent {parent!r} is no actor"
        if not row.country and any(alias.startswith("!") for alias in row.aliases):
            yield f"{row.where}: '!' needs a home country"


def check_circles(rows: list[Row]) -> Iterator[str]:
    """Groups that belong to themselves, through however many others."""
    parents = {canonical(row.name): row.parents for row in rows}
    for row in rows:
        seen: set[str] = set()
        queue = list(row.parents)
        while queue:
            name = queue.pop()
            if name not in seen:
                seen.add(name)
                queue += parents.get(name, ())
        if canonical(row.name) in seen:
            yield f"{row.where}: {row.name!r} belongs to itself"


def check_doubles(rows: list[Row]) -> Iterator[str]:
    """Names that stand for two actors which no country tells apart, and aliases told twice."""
    holders: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        for key in dict.fromkeys(map(key_of, spelled(row))):
            holders[key].append(row)
        written = [alias for alias in row.aliases if not alias.startswith("@")]
        for alias in sorted({a for a in written if written.count(a) > 1}):
            yield f"{row.where}: alias {alias!r} is there twice"
    for key, holding in holders.items():
        homes = [row.country for row in holding if not row.generic]
        for row in holding[1:]:
            if homes.count(row.country) > 1:
                yield (
                    f"{row.where}: {' '.join(key)!r} of {row.name!r} is also"
                    f" {holding[0].name!r} ({holding[0].where}); no country tells them apart"
                )


def spelled(row: Row) -> list[str]:
    """Name and aliases of a row, with their marks; not the generic actors it stands for."""
    return [canonical(row.name), *(a for a in row.aliases if not a.startswith("@"))]


def key_of(alias: str) -> tuple[str, ...]:
    """Compare as the registry does: acronyms with their case, other names without."""
    bare = alias.lstrip("=~!")
    exact = alias.startswith("=") or is_acronym(bare)
    return tuple(word.spelling if exact else word.key for word in words(bare))


@lru_cache(maxsize=1)
def everyday() -> frozenset[str]:
    """Give the words that the stories of the benchmarks write in small letters."""
    small = re.compile(r"(?<![\w'’])[a-z]{2,}(?![\w'’])")
    texts = (json.loads(line)["text"] for path in sorted(STORIES.glob("held*.jsonl"))
             for line in path.read_text("utf-8").splitlines())  # fmt: skip
    return frozenset(word for text in texts for word in small.findall(text))


def check_words(rows: list[Row]) -> Iterator[str]:
    """Single words of everyday language that would be taken for a group in any case."""
    for row in rows:
        if row.kind not in NAMED_KINDS or row.generic:
            continue
        exact = {alias[1:] for alias in row.aliases if alias.startswith("=")}
        for alias in spelled(row):
            if alias[0] in "=~" or is_acronym(alias.lstrip("!")) or alias in exact:
                continue
            if len(words(alias)) == 1 and alias.lower() in everyday() and alias not in KNOWN_WORDS:
                yield f"{row.where}: {alias!r} of {row.name!r} is an everyday word; mark it '='"


KNOWN_WORDS = frozenset({"LeT", "insurgents", "khwarij", "separatists", "settlers"})
"""Everyday words that mean one group in its home country, by choice; "LeT" by its spelling."""

CHECKS = (check_cells, check_circles, check_doubles, check_words)


def faults(paths: list[Path]) -> list[str]:
    """Say every fault of a registry's files."""
    rows = rows_of(paths)
    return [line for check in CHECKS for line in check(rows)]


def main() -> int:
    paths = [Path(name) for name in sys.argv[1:]]
    found = faults(paths or [DATA / "actors.csv", *sorted((DATA / "actors").glob("*.csv"))])
    print("\n".join(found) or "the registry is in order")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
