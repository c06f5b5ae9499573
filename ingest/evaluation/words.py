"""An evaluation in the lines of a terminal: tables that fit 80 columns."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.evaluation.calibration import calibration_of
from ingest.evaluation.runs import Comparison
from ingest.evaluation.scores import INCIDENT, Evaluation, Score, StoryResult

MAX_FLIPS = 40
MAX_PHENOMENA = 60


def lines(result: Evaluation) -> Iterator[str]:
    """Print what was measured: fields, phenomena, calibration."""
    gold = sum(len(one.story.incidents) for one in result.stories)
    ours = sum(len(one.ours) for one in result.stories)
    yield f"{len(result.stories):,} stories, {gold:,} gold incidents, {ours:,} read"
    failed = [one.story.story_id for one in result.stories if one.failed]
    if failed:
        yield f"{len(failed):,} stories could not be read: {', '.join(map(plain, failed[:10]))}"
    yield ""
    yield f"{'':20} {'precision':>9} {'recall':>7} {'F1':>6} {'right':>6} {'given':>6} {'gold':>6}"
    for name, score in result.scores.items():
        yield _row(name, score)
    if result.unread:
        yield f"Not scored, we read no such field: {', '.join(map(plain, result.unread))}"
    alarmed, quiet = result.quiet
    if quiet:
        yield ""
        yield f"False incidents in {alarmed:,} of {quiet:,} stories that have none"
    yield from _phenomena(result)
    yield from _calibration(result)


def _row(name: str, score: Score) -> str:
    return (
        f"{plain(name)[:20]:20} {score.precision:9.3f} {score.recall:7.3f} {score.f1:6.3f}"
        f" {score.right:6,} {score.given:6,} {score.wanted:6,}"
    )


_SHOWN = (INCIDENT, "event_date", "event_type", "actor1", "killed_best", "location")
_HEADS = ("incident", "date", "type", "actor1", "killed", "location")


def _phenomena(result: Evaluation) -> Iterator[str]:
    if not result.phenomena:
        return
    yield ""
    heads = "".join(f" {head:>8}" for head in _HEADS)
    yield f"{'F1 by phenomenon':22} {'stories':>7}{heads}"
    rows = sorted(result.phenomena.items(), key=lambda item: (-item[1][0], item[0]))
    for name, (n, scores) in rows[:MAX_PHENOMENA]:
        cells = "".join(f" {_f1(scores.get(field)):>8}" for field in _SHOWN)
        yield f"{plain(name)[:22]:22} {n:7,}{cells}"
    if len(rows) > MAX_PHENOMENA:
        yield f"… and {len(rows) - MAX_PHENOMENA:,} rarer ones: see --json"


def _f1(score: Score | None) -> str:
    return f"{score.f1:.3f}" if score and score.wanted else "-"


def _calibration(result: Evaluation) -> Iterator[str]:
    table = calibration_of(result)
    if not table:
        return
    yield ""
    yield "Confidence beside the share that is right (gap: mean distance, by tenths)"
    yield f"{'':20} {'values':>6} {'confidence':>10} {'right':>6} {'gap':>6}  by tenths"
    for name, one in table.items():
        bins = " ".join(f"{b.confidence:.2f}:{b.right:.2f}({b.n})" for b in one.bins)
        yield (
            f"{plain(name)[:20]:20} {one.n:6,} {one.confidence:10.3f} {one.right:6.3f}"
            f" {one.gap:6.3f}  {bins}"
        )


def comparison_lines(found: Comparison) -> Iterator[str]:
    """Print what got better and worse since an earlier run."""
    yield f"Compared over {found.stories:,} stories that both runs have"
    if found.changed:
        yield f"{found.changed:,} stories are new, gone or changed, and are not compared"
    for name, now in found.now.items():
        before = found.before[name]
        if now != before:
            word = "better" if now > before else "worse"
            yield f"{plain(name)[:20]:20} F1 {before:.3f} -> {now:.3f} {now - before:+.3f} {word}"
    if found.now == found.before:
        yield "Every F1 is as it was"
    for flip in sorted(found.flips, key=lambda flip: flip.gained)[:MAX_FLIPS]:
        word = "now right" if flip.gained else "now wrong"
        yield f"{word}: {plain(flip.story)} {plain(flip.field)} ({plain(flip.incident)})"
    if len(found.flips) > MAX_FLIPS:
        yield f"… and {len(found.flips) - MAX_FLIPS:,} more: see --json"
    for story, before, now in found.extra[:MAX_FLIPS]:
        yield f"extra incidents in {plain(story)}: {before} -> {now}"


def error_lines(result: Evaluation) -> Iterator[str]:
    """Print every disagreement: one line for each field of a pair, each missed and extra one."""
    for one in result.stories:
        yield from _errors(one)


def _errors(one: StoryResult) -> Iterator[str]:
    name = plain(one.story.story_id)
    for match in one.matches:
        gold = one.story.incidents[match.gold] if match.gold is not None else None
        mine = one.ours[match.ours].row if match.ours is not None else None
        if gold is not None and mine is not None:
            for field, verdict in match.fields.items():
                if verdict != "right":
                    yield f"{name} {field}: {_value(field, mine)} for {_value(field, gold)}"
        if not match.right:
            for word, row in (("extra", mine), ("missed", gold)):
                if row is not None:
                    facts = ("event_date", "sub_event_type", "place", "admin2")
                    told = [row.get(k) for k in facts]
                    yield plain(f"{name} {word}: {told} killed {row.get('killed_best')}")


def _value(field: str, row: dict[str, object]) -> str:
    if field == "location":
        return plain(f"({row.get('latitude')}, {row.get('longitude')})")
    if field == "event_date" and row.get("event_date_end"):
        return plain(f"{row.get(field)!r} to {row['event_date_end']!r}")
    return plain(repr(row.get(field)))


def plain(text: str) -> str:
    """Text from outside on a terminal: one line, no controls."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
