"""An evaluation as JSON: printed, kept, and compared with an earlier one of the same stories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from geodata.errors import InputError
from geodata.incident import sha256_hex
from ingest.evaluation.calibration import calibration_of
from ingest.evaluation.gold import Fault, Row
from ingest.evaluation.scores import INCIDENT, RIGHT, Evaluation, Match, Score, StoryResult

FORMAT = "incident-atlas extraction run 1"
"""First value of a saved run, by which it is known again."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A gold value that is right in one run only; `gained` says whether now."""

    story: str
    field: str
    incident: str
    gained: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since an earlier run.

    `before` and `now` hold F1 by field, over the stories that both runs have unchanged;
    `extra` the stories whose number of extra incidents changed: (story, before, now).
    `changed` counts stories that only one run has, or with another text or other gold.
    """

    stories: int
    changed: int
    before: dict[str, float]
    now: dict[str, float]
    flips: tuple[Flip, ...]
    extra: tuple[tuple[str, int, int], ...]


def as_object(
    result: Evaluation, faults: Sequence[Fault], gold: Sequence[str], *, seconds: float = 0.0
) -> dict[str, Any]:
    """Give an evaluation as the object that `--json` prints: no texts, no single values."""
    alarmed, quiet = result.quiet
    return {
        "format": FORMAT,
        "gold": list(gold),
        "stories": len(result.stories),
        "failed": [one.story.story_id for one in result.stories if one.failed],
        "faults": [str(fault) for fault in faults],
        "not_scored": list(result.unread),
        "scores": {name: _score(score) for name, score in result.scores.items()},
        "phenomena": {
            name: {"stories": n, "scores": {k: _score(s) for k, s in scores.items()}}
            for name, (n, scores) in result.phenomena.items()
        },
        "false_alarms": {
            "stories_without_incident": quiet,
            "with_a_false_one": alarmed,
            "rate": round(alarmed / quiet, 3) if quiet else None,
        },
        "calibration": {name: asdict(one) for name, one in calibration_of(result).items()},
        "seconds": round(seconds, 2),
    }


def _score(score: Score) -> dict[str, float]:
    return {
        "precision": round(score.precision, 3),
        "recall": round(score.recall, 3),
        "f1": round(score.f1, 3),
        "right": score.right,
        "given": score.given,
        "wanted": score.wanted,
    }


def details_of(result: Evaluation) -> list[dict[str, Any]]:
    """Give every story's counts and verdicts: what a later run is compared with."""
    return [
        {
            "story": one.story.story_id,
            "sha256": digest_of(one),
            "scores": {n: [s.right, s.given, s.wanted] for n, s in one.scores.items()},
            "extra": _extra(one),
            "incidents": [
                {"gold": label(gold), **_verdicts(one.matches, j)}
                for j, gold in enumerate(one.story.incidents)
            ],
        }
        for one in result.stories
    ]


def digest_of(one: StoryResult) -> str:
    """Digest of a story's text and gold: another one is another story."""
    parts = [one.story.text, list(one.story.incidents)]
    try:
        packed = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # a number too great for JSON, a half of a surrogate pair
        packed = repr(parts).encode("utf-8", "backslashreplace")
    return sha256_hex(packed)


def _extra(one: StoryResult) -> int:
    return sum(match.gold is None for match in one.matches)


def _verdicts(matches: Sequence[Match], gold: int) -> dict[str, Any]:
    match = next(m for m in matches if m.gold == gold)
    return {INCIDENT: match.right, "fields": match.fields}


def label(row: Row) -> str:
    """Say in a few words which incident a row is."""
    names = ("event_date", "sub_event_type", "place", "admin2", "country", "killed_best")
    words = [str(row[name])[:60] for name in names if row.get(name) is not None]
    return ", ".join(dict.fromkeys(words)) or "incident without values"


def save(path: Path, result: Evaluation, shown: Mapping[str, Any]) -> None:
    """Write a run to a file, whole or not at all.

    Raises
    ------
    InputError
        The file cannot be written.
    """
    write(path, orjson.dumps({**shown, "details": details_of(result)}))


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; an `InputError` where that is not possible."""
    draft = path.with_name(f"{path.name}.part")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        raise InputError(f"cannot write {str(path)!r}: {error.strerror}") from error


def load(path: Path) -> dict[str, Any]:
    """Read a saved run.

    Raises
    ------
    InputError
        The file cannot be read, or is none that `save` wrote.
    """
    try:
        run = orjson.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot read {str(path)!r}: {error.strerror}") from error
    except orjson.JSONDecodeError as error:
        raise InputError(f"{str(path)!r} is no JSON: give a file that --save wrote") from error
    if not isinstance(run, dict) or run.get("format") != FORMAT or not _whole(run.get("details")):
        raise InputError(f"{str(path)!r} is no saved run: give a file that --save wrote")
    return run


def _whole(details: Any) -> bool:
    """Whether the details of a run have the shape that `details_of` gives."""
    return isinstance(details, list) and all(
        isinstance(one, dict)
        and isinstance(one.get("story"), str)
        and isinstance(one.get("extra"), int)
        and _three(one.get("scores"))
        and isinstance(one.get("incidents"), list)
        and all(
            isinstance(row, dict) and isinstance(row.get("fields"), dict)
            for row in one["incidents"]
        )
        for one in details
    )


def _three(scores: Any) -> bool:
    return isinstance(scores, dict) and all(
        isinstance(counts, list) and len(counts) == 3 and all(isinstance(n, int) for n in counts)
        for counts in scores.values()
    )


def compare(run: Mapping[str, Any], result: Evaluation) -> Comparison:
    """Compare with an earlier run, over the stories that are the same in both."""
    earlier = {one["story"]: one for one in run["details"]}
    before: dict[str, Score] = {}
    now: dict[str, Score] = {}
    flips: list[Flip] = []
    extra: list[tuple[str, int, int]] = []
    same = 0
    for one in result.stories:
        old = earlier.get(one.story.story_id)
        if old is None or old.get("sha256") != digest_of(one):
            continue
        same += 1
        for name in one.scores.keys() & old["scores"].keys():
            before.setdefault(name, Score()).add(Score(*old["scores"][name]))
            now.setdefault(name, Score()).add(one.scores[name])
        flips.extend(_flips(one, old["incidents"]))
        if _extra(one) != old["extra"]:
            extra.append((one.story.story_id, old["extra"], _extra(one)))
    return Comparison(
        stories=same,
        changed=len(earlier.keys() | {s.story.story_id for s in result.stories}) - same,
        before={name: round(before[name].f1, 3) for name in result.scores if name in before},
        now={name: round(now[name].f1, 3) for name in result.scores if name in now},
        flips=tuple(flips),
        extra=tuple(extra),
    )


def _flips(one: StoryResult, old: Sequence[Mapping[str, Any]]) -> Iterator[Flip]:
    for j, (gold, then) in enumerate(zip(one.story.incidents, old, strict=False)):
        match = next(m for m in one.matches if m.gold == j)
        words = label(gold)
        if match.right != bool(then.get(INCIDENT)):
            yield Flip(one.story.story_id, INCIDENT, words, match.right)
        for name in sorted(match.fields.keys() | then["fields"].keys()):
            right = match.fields.get(name) == RIGHT
            if name in one.scores and right != (then["fields"].get(name) == RIGHT):
                yield Flip(one.story.story_id, name, words, right)
