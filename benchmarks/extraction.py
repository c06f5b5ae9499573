"""How well incidents are read from stories, against gold incidents coded by hand.

The measuring is that of `incidents evaluate extraction` (docs/evaluation.md). Here beside it: the
speed, and a baseline that reads each story as one incident: the day of publication, the first
place named, the type of the first event word, the first count after "kill".

Run: python benchmarks/extraction.py [--json] [--errors] [--baseline] [FILE]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from geodata.incident import Incident, to_json
from geodata.place import PlaceQuery
from geodata.taxonomy import EVENT_TYPE_OF
from ingest.evaluation.agreement import RANKING
from ingest.evaluation.gold import Fault, GoldStory, read_gold
from ingest.evaluation.scores import INCIDENT, Evaluation, Ours, Score, measure, ours_of
from ingest.evaluation.words import error_lines
from ingest.extract.lexicon import load
from ingest.extract.triggers import find_triggers
from ingest.geocode import default_geocoder
from ingest.pipeline import preview

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data" / "stories" / "dev.jsonl"


@dataclass
class Report:
    """An evaluation, and how fast it was."""

    result: Evaluation
    seconds: float

    @property
    def scores(self) -> dict[str, Score]:
        """Scores of incidents and of the fields that the docs' tables show."""
        every = self.result.scores
        return {name: every[name] for name in (INCIDENT, *RANKING) if name in every}

    @property
    def quiet_alarms(self) -> int:
        """Stories without an incident in which one was seen."""
        return self.result.quiet[0]

    @property
    def documents_per_second(self) -> float:
        """Stories read per second of processor time."""
        return len(self.result.stories) / max(self.seconds, 1e-9)


def baseline(story: GoldStory) -> list[Ours]:
    """What a reader without any rule of context would say: one incident a story."""
    text, geocoder = story.text, default_geocoder()
    names = [n for n in geocoder.find_names(text) if "country" not in n.kinds]
    best = geocoder.geocode(PlaceQuery(text=names[0].name)).best if names else None
    kinds = [t.kind for t in find_triggers(text, load("en")) if t.kind in EVENT_TYPE_OF]
    killed = re.search(r"kill\w*\D{0,20}?(\d+)", text)
    sub = kinds[0] if kinds else "Attack"
    row = to_json(Incident(incident_id="baseline"))
    row |= {
        "event_date": story.published.isoformat() if story.published else None,
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
    return [Ours(row)]


def run(path: Path, *, plain: bool = False) -> Report:
    """Score a file of stories; `plain` scores the baseline instead."""
    faults: list[Fault] = []
    stories = read_gold([path], faults)
    for fault in faults:
        print(fault, file=sys.stderr)
    preview(stories[0].document())  # loading the gazetteer and the lexicon is start-up, not reading
    found, seconds = [], 0.0
    for story in stories:
        begin = time.process_time()
        ours = baseline(story) if plain else None
        ours = ours or [ours_of(x) for x in preview(story.document()).extracted]
        seconds += time.process_time() - begin
        found.append((story, ours))
    return Report(measure(found), seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="list every disagreement")
    parser.add_argument("--baseline", action="store_true", help="score the naive reader")
    args = parser.parse_args()
    report = run(args.file, plain=args.baseline)
    alarms, quiet = report.result.quiet
    rows = {
        name: {
            "precision": round(score.precision, 3),
            "recall": round(score.recall, 3),
            "f1": round(score.f1, 3),
        }
        for name, score in report.scores.items()
    }
    if args.json:
        extra = {
            "documents": len(report.result.stories),
            "documents_per_second": round(report.documents_per_second, 1),
            "false_alarm_stories": [alarms, quiet],
        }
        json.dump({"scores": rows, **extra}, sys.stdout, indent=1)
        return
    for name, row in rows.items():
        print(f"{name:16} P {row['precision']:.3f}  R {row['recall']:.3f}  F1 {row['f1']:.3f}")
    print(f"false alarms on {alarms} of {quiet} quiet stories")
    print(f"{report.documents_per_second:.0f} documents per second of processor time")
    if args.errors:
        print("\n".join(error_lines(report.result)))


if __name__ == "__main__":
    main()
