"""A folder of N distinct reports of about 400 words each; the same for the same seed.

A report is an invented story of `benchmarks/data/` whose places, small numbers and day of
publication are replaced, a paragraph of another story, and paragraphs that tell nothing of
violence. Three files in a hundred are hostile: binary, empty, too large, one endless line, an
unusual encoding.

Run: python benchmarks/newsroom.py --count 5000 --out /tmp/newsroom
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from geodata.gazetteer import default_path

DATA = Path(__file__).resolve().parent / "data"
STORIES = ("heldout.jsonl", "heldout2.jsonl", "heldout3.jsonl")
WORDS = 400
HOSTILE_SHARE = 0.03
NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "eleven", "twelve")
FILLER = (
    "Traders in {place} said the price of a sack of flour had risen by {n} per cent since {month},"
    " and that lorries now wait {m} days at the crossing near {other} before they are let through.",
    "The road between {place} and {other}, {n} km of gravel, is closed to heavy vehicles in the"
    " rainy season; residents use a ferry that runs {m} times a day when fuel can be had.",
    "A spokesman for the provincial council said work on a clinic in {place} would go on. It was"
    " to have {n} beds and a maternity ward, and has cost {m} million so far, he said.",
    "Aid agencies count {n},000 people in camps around {other}. Most came over the past {m} years"
    " and say they want to go home, but that there are neither schools nor wells.",
    "{place}, a town of some {n},000 people, lies in a valley known for its apricots. Its market,"
    " held on Mondays, draws farmers from {other} and from villages across the river.",
    "Parliament is to debate the budget of the interior ministry in {month}. The opposition wants"
    " a committee with {m} members to look into how {n} million meant for roads was spent.",
    "Weather services expect rain over {place} and {other} for {m} more days, with {n} mm on the"
    " higher slopes. Schools in low-lying quarters will stay closed until it ends.",
    "“We have learned to live with little,” said a teacher in {place} whose class has {n} pupils."
    " “What we ask for is light in the evening and a bus to {other}.” She came {m} years ago.",
    "Elections for the district assembly, put off {m} times since {month}, are now planned for the"
    " spring. The commission said {n},000 names had been entered in the roll of {other} alone.",
    "The telephone network in {place} works for {m} hours a day. The company says its engineers"
    " need an escort to reach the mast on the hill above {other}, {n} km away.",
)
MONTHS = ("January", "March", "May", "July", "September", "November")


@lru_cache
def settlements(country: str) -> tuple[str, ...]:
    """Names of the larger settlements of a country, by its English name."""
    sql = (
        "SELECT place.name FROM place JOIN country ON country.iso2 = place.country"
        " WHERE country.name = ? AND fclass = 'P' AND population > 3000 ORDER BY place.id LIMIT 400"
    )
    connection = sqlite3.connect(f"{default_path().as_uri()}?mode=ro", uri=True)
    try:
        return tuple(name for (name,) in connection.execute(sql, (country,)))
    finally:
        connection.close()


def stories() -> list[dict[str, Any]]:
    """All invented stories."""
    lines = (line for name in STORIES for line in (DATA / name).open(encoding="utf-8"))
    return [json.loads(line) for line in lines if line.strip()]


def reports(count: int, seed: int = 1) -> Iterator[str]:
    """Texts of `count` distinct reports of about `WORDS` words, with title and date."""
    rng, known = random.Random(seed), stories()
    for number in range(count):
        story, other = known[number % len(known)], rng.choice(known)
        names = _places(story, rng)
        published = date.fromisoformat(story["published"]) + timedelta(weeks=rng.randrange(1, 40))
        text = _varied(story["text"], names, rng)
        parts = text.split("\n\n")
        if rng.random() < 0.5:
            parts.append(rng.choice(other["text"].split("\n\n")))
        around = _around(story, names, rng)
        for filler in rng.sample(FILLER, len(FILLER)):
            if sum(len(part.split()) for part in parts) >= WORDS:
                break
            parts.append(_filled(filler, around, rng))
        title = _varied(story["title"], names, rng).rstrip(".")
        yield f"{title} ({number + 1})\nPublished: {published:%d %B %Y}\n\n" + "\n\n".join(parts)


def _places(story: dict[str, Any], rng: random.Random) -> dict[str, str]:
    """Places of a story to others of the same country."""
    found = {}
    for row in story["incidents"]:
        others = settlements(row["country"] or "")
        if row["place"] and others:
            found[row["place"]] = rng.choice(others)
    return found


def _varied(text: str, names: dict[str, str], rng: random.Random) -> str:
    for name, other in names.items():
        text = text.replace(name, other)

    def number(found: re.Match[str]) -> str:
        word = rng.choice(NUMBERS)
        return word.capitalize() if found[0][0].isupper() else word

    return re.sub(rf"\b(?:{'|'.join(NUMBERS)})\b", number, text, flags=re.IGNORECASE)


def _around(story: dict[str, Any], names: dict[str, str], rng: random.Random) -> list[str]:
    """Names for the paragraphs without an event: the story's places and two of its country."""
    country = next((row["country"] for row in story["incidents"] if row["country"]), "Kenya")
    return [*names.values(), *rng.sample(settlements(country) or ("Geneva", "Oslo"), 2)]


def _filled(filler: str, names: list[str], rng: random.Random) -> str:
    return filler.format(
        place=rng.choice(names),
        other=rng.choice(names),
        n=rng.randrange(11, 90),
        m=rng.randrange(2, 9),
        month=rng.choice(MONTHS),
    )


HOSTILE: tuple[Callable[[str], bytes], ...] = (
    lambda text: b"\x89PNG\r\n\x1a\n" + random.Random(text).randbytes(4000),
    lambda _: b"",
    lambda text: text.replace("\n", " ").encode() * 700,  # 1.5 MB: refused
    lambda text: re.sub(r"[.\n]", " ", text).encode() * 8,  # 20 kB without an end of sentence
    lambda text: text.encode("utf-16"),
    lambda text: text.encode("cp1252", "replace"),
    lambda text: text.encode() + bytes(50),
)
"""Bytes of a file made from a report's text that a reader must survive."""


def write(folder: Path, count: int, seed: int = 1) -> None:
    """Write the reports, some of them spoilt, as text files of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    for number, text in enumerate(reports(count, seed)):
        hostile = rng.random() < HOSTILE_SHARE
        data = rng.choice(HOSTILE)(text) if hostile else text.encode()
        (folder / f"{number:06}.txt").write_bytes(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    write(args.out, args.count)


if __name__ == "__main__":
    main()
