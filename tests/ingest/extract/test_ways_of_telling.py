"""Ways in which reporters of many countries tell a deed: one line each in `ways_of_telling.txt`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.incident import ExtractedIncident, Incident
from ingest.evaluation.agreement import same_actor

Read = Callable[..., list[ExtractedIncident]]
PUBLISHED = "2021-08-31"  # a Tuesday
FIELDS = ("kind", "actor1", "actor2", "attribution", "killed", "injured", "place", "date")
TOLD = Path(__file__).with_name("ways_of_telling.txt")
UNKNOWN = "Unidentified armed group"

LINES = [
    line.split(" => ")
    for line in TOLD.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def wrong(told: Incident, wanted: str) -> dict[str, object]:
    """Fields of an incident that are none of the options wanted; "*" wants anything."""
    mine = {
        "kind": told.sub_event_type, "actor1": told.actor1, "actor2": told.actor2,
        "attribution": told.attribution.value, "killed": str(told.killed_best or 0),
        "injured": str(told.injured_best or 0), "place": told.place, "date": str(told.event_date),
    }  # fmt: skip
    parts = (part.strip().split("|") for part in wanted.split(";"))
    options = dict(zip(FIELDS, parts, strict=False))
    return {
        name: mine[name]
        for name, names in options.items()
        if "*" not in names and not any(_same(name, mine[name], n, told.country) for n in names)
    }


def _same(field: str, mine: str | None, option: str, country: str | None) -> bool:
    if field in ("actor1", "actor2"):
        return same_actor(mine, UNKNOWN if option == "U" else option, country)
    return mine == option or (field == "date" and str(mine).startswith(option))


@pytest.mark.parametrize(("text", "wanted"), LINES, ids=[line[0][:60] for line in LINES])
def test_a_way_of_telling(read: Read, text: str, wanted: str) -> None:
    found = read(text.replace("\\n", "\n"), PUBLISHED)
    if wanted == "-":  # no incident
        assert found == []
        return
    assert [wrong(x.incident, w) for x, w in zip(found, wanted.split(" & "), strict=True)] == [
        {} for _ in found
    ]
