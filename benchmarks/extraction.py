"""How well incidents are read from stories, against gold incidents coded by hand.

An incident is right when its place lies within 50 km of the gold's or in the same second-order
division, its dates come within a day of the gold's where both are precise, and its event type is
the same. Fields are scored on incidents paired by place, date and type (two of the three must
agree): a value counts for precision where we gave one and for recall where the gold has one.

The baseline reads each story as one incident: the day of publication, the first place named, the
type of the first event word, the first count after "kill".

Run: python benchmarks/extraction.py [--json] [--errors] [--baseline] [FILE]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from geodata.actors import default_registry
from geodata.incident import Document, ExtractedIncident, Incident, to_json
from geodata.place import PlaceQuery
from geodata.taxonomy import EVENT_TYPE_OF
from ingest.extract import extract
from ingest.extract.lexicon import load
from ingest.extract.locate import great_circle_km
from ingest.extract.triggers import find_triggers
from ingest.geocode import default_geocoder

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data" / "stories" / "dev.jsonl"
NEAR_KM, CLOSE_KM = 50.0, 25.0
PLAIN = (
    "event_date", "event_type", "sub_event_type", "actor1", "actor2", "attribution",
    "killed_low", "killed_best", "killed_high", "injured_best", "location",
)  # fmt: skip
Row = dict[str, Any]


@dataclass
class Score:
    """True values, values given, values wanted."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.given + self.wanted)

    def row(self) -> Row:
        """Precision, recall and F1, rounded."""
        return {
            "precision": round(self.right / max(1, self.given), 3),
            "recall": round(self.right / max(1, self.wanted), 3),
            "f1": round(self.f1, 3),
        }


@dataclass
class Report:
    """Scores over all stories, and what went wrong, for reading."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    errors: list[str] = field(default_factory=list)
    quiet_stories: int = 0
    quiet_alarms: int = 0
    seconds: float = 0.0
    documents: int = 0


def span_of(row: Row) -> tuple[date, date] | None:
    if not row["event_date"]:
        return None
    first = date.fromisoformat(row["event_date"])
    last = date.fromisoformat(row["event_date_end"]) if row["event_date_end"] else first
    return first, last


def dates_agree(a: Row, b: Row) -> bool:
    one, two = span_of(a), span_of(b)
    if one is None or two is None:
        return True
    day = timedelta(days=1)
    return one[0] - day <= two[1] and two[0] - day <= one[1]


def km(a: Row, b: Row) -> float:
    points = (a["latitude"], a["longitude"], b["latitude"], b["longitude"])
    if None in points:
        return float("inf")
    return great_circle_km(*points)


def same_name(a: str | None, b: str | None) -> bool:
    return bool(a and b) and str(a).casefold() == str(b).casefold()


def places_agree(a: Row, b: Row) -> bool:
    return km(a, b) <= NEAR_KM or (
        same_name(a["admin2"], b["admin2"]) and same_name(a["country"], b["country"])
    )


def same_actor(a: str | None, b: str | None, country: str | None) -> bool:
    if not a or not b:
        return a == b
    registry = default_registry()
    one, two = registry.resolve(a, country), registry.resolve(b, country)
    if one is not None and two is not None:
        return one.name == two.name
    return same_name(a, b)


def value_agrees(name: str, mine: Row, gold: Row) -> bool:
    if name == "event_date":
        one, two = span_of(mine), span_of(gold)
        return one == two
    if name == "location":
        return km(mine, gold) <= CLOSE_KM
    if name in ("actor1", "actor2"):
        return same_actor(mine[name], gold[name], gold["country"])
    return bool(mine[name] == gold[name])


def has(name: str, row: Row) -> bool:
    return row["latitude" if name == "location" else name] is not None


def pairs(mine: list[Row], gold: list[Row], *, strict: bool) -> list[tuple[Row, Row]]:
    """Pair incidents one to one, the best agreeing first."""
    ranked = []
    for i, a in enumerate(mine):
        for j, b in enumerate(gold):
            tests = (places_agree(a, b), dates_agree(a, b), a["event_type"] == b["event_type"])
            if sum(tests) >= (3 if strict else 2):
                exact = sum(value_agrees(name, a, b) for name in PLAIN)
                ranked.append((-sum(tests), -exact, i, j))
    used_i: set[int] = set()
    used_j: set[int] = set()
    out = []
    for _, _, i, j in sorted(ranked):
        if i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            out.append((mine[i], gold[j]))
    return out


def read(story: Row) -> list[ExtractedIncident]:
    published = date.fromisoformat(story["published"]) if story.get("published") else None
    document = Document(
        document_id=story["id"],
        text=story["text"],
        title=story.get("title", ""),
        outlet=story.get("source", ""),
        published=published,
    )
    geocoder = default_geocoder()
    return extract(document, geocoder=geocoder, names=geocoder, registry=default_registry())


def baseline(story: Row) -> list[Row]:
    """What a reader without any rule of context would say: one incident a story."""
    text, geocoder = story["text"], default_geocoder()
    names = [n for n in geocoder.find_names(text) if "country" not in n.kinds]
    best = geocoder.geocode(PlaceQuery(text=names[0].name)).best if names else None
    kinds = [t.kind for t in find_triggers(text, load("en")) if t.kind in EVENT_TYPE_OF]
    killed = re.search(r"kill\w*\D{0,20}?(\d+)", text)
    sub = kinds[0] if kinds else "Attack"
    row = to_json(Incident(incident_id="baseline"))
    return [
        row
        | {
            "event_date": story.get("published"),
            "sub_event_type": sub,
            "event_type": EVENT_TYPE_OF[sub],
            "actor1": "Unidentified armed group",
            "actor2": f"Civilians ({best.place.country_name})" if best else None,
            "admin2": best.place.admin2 if best else None,
            "country": best.place.country_name if best else None,
            "latitude": best.latitude if best else None,
            "longitude": best.longitude if best else None,
            "killed_best": int(killed[1]) if killed else None,
        }
    ]


def score_story(story: Row, mine: list[Row], report: Report) -> None:
    gold: list[Row] = story["incidents"]
    total = report.scores["incident"]
    right = pairs(mine, gold, strict=True)
    total.right += len(right)
    total.given += len(mine)
    total.wanted += len(gold)
    if not gold:
        report.quiet_stories += 1
        report.quiet_alarms += bool(mine)
    paired = pairs(mine, gold, strict=False)
    for name in PLAIN:
        score = report.scores[name]
        score.given += sum(has(name, m) for m in mine)
        score.wanted += sum(has(name, g) for g in gold)
        for m, g in paired:
            if has(name, m) and has(name, g) and value_agrees(name, m, g):
                score.right += 1
            elif has(name, m) or has(name, g):
                report.errors.append(f"{story['id']} {name}: {m.get(name)!r} for {g.get(name)!r}")
    matched_mine = [id(m) for m, _ in right]
    matched_gold = [id(g) for _, g in right]
    for word, rows, seen in (("extra", mine, matched_mine), ("missed", gold, matched_gold)):
        for row in rows:
            if id(row) not in seen:
                facts = [row[k] for k in ("event_date", "sub_event_type", "place", "admin2")]
                report.errors.append(f"{story['id']} {word}: {facts} killed {row['killed_best']}")


def run(path: Path, *, plain: bool = False) -> Report:
    """Score a file of stories; `plain` scores the baseline instead."""
    stories = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    report = Report(documents=len(stories))
    read(stories[0])  # loading the gazetteer and the lexicon is start-up, not reading
    for story in stories:
        begin = time.process_time()
        found = baseline(story) if plain else [to_json(x.incident) for x in read(story)]
        report.seconds += time.process_time() - begin
        score_story(story, found, report)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="list every disagreement")
    parser.add_argument("--baseline", action="store_true", help="score the naive reader")
    args = parser.parse_args()
    report = run(args.file, plain=args.baseline)
    rows = {name: score.row() for name, score in report.scores.items()}
    speed = report.documents / max(report.seconds, 1e-9)
    if args.json:
        extra = {
            "documents": report.documents,
            "documents_per_second": round(speed, 1),
            "false_alarm_stories": [report.quiet_alarms, report.quiet_stories],
        }
        json.dump({"scores": rows, **extra}, sys.stdout, indent=1)
        return
    for name, row in rows.items():
        print(f"{name:16} P {row['precision']:.3f}  R {row['recall']:.3f}  F1 {row['f1']:.3f}")
    print(f"false alarms on {report.quiet_alarms} of {report.quiet_stories} quiet stories")
    print(f"{speed:.0f} documents per second of processor time")
    if args.errors:
        print("\n".join(report.errors))


if __name__ == "__main__":
    main()
