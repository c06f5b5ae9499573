"""What spaCy's votes are worth: how often a value is right by the vote on it, and at what cost.

    python benchmarks/second_opinion.py [GOLD.jsonl …]

Needs the extra nlp. Counted are values of incidents that have a partner in the gold.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from geodata.incident import Quarantined
from ingest.evaluation.gold import Fault, read_gold
from ingest.evaluation.scores import RIGHT, measure, ours_of
from ingest.pipeline import extract_documents
from ingest.second_opinion import open_opinion

GOLD = tuple(Path(__file__).parent.joinpath("data").glob("heldout*.jsonl"))
SCORED = {"place": "location", "actor1": "actor1", "actor2": "actor2", "event_date": "event_date",
          "killed_best": "killed_best", "injured_best": "injured_best"}  # fmt: skip
"""Fields that are voted on, and the name under which the gold scores each."""


def main(paths: list[Path]) -> None:
    """Print the shares by field and vote."""
    faults: list[Fault] = []
    stories = read_gold(paths or sorted(GOLD), faults)
    second = open_opinion("spacy")
    found = list(extract_documents(story.document() for story in stories))
    results = [one for one in found if not isinstance(one, Quarantined)]
    began = time.process_time()
    opinions = [second.opinion(one.document, one.extracted) for one in results]
    spent = time.process_time() - began
    read = [[ours_of(x) for x in one.extracted] for one in results]
    measured = measure(zip(stories, read, strict=True))
    tally: Counter[tuple[str, str, bool]] = Counter()
    for story, result, opinion in zip(measured.stories, results, opinions, strict=True):
        votes = {(r.incident_id, r.field): r.verdict.value for r in opinion.remarks}
        for match in story.matches:
            if match.ours is None or match.gold is None:
                continue
            incident = result.extracted[match.ours].incident
            for field, scored in SCORED.items():
                if scored in match.fields and getattr(incident, field) is not None:
                    vote = votes.get((incident.incident_id, field), "no vote")
                    tally[field, vote, match.fields[scored] == RIGHT] += 1
    print(f"{second.by}; {len(results)} stories, {1000 * spent / len(results):.0f} ms each")
    for field in SCORED:
        for vote in ("agrees", "no vote", "disagrees"):
            right, wrong = tally[field, vote, True], tally[field, vote, False]
            share = f"{right / (right + wrong):.2f}" if right + wrong else "-"
            print(f"{field:13} {vote:10} {right + wrong:4} values, right {share}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
