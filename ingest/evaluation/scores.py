"""Precision, recall and F1 of incidents and of their fields, and how honest our confidence is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geodata.incident import Evidence, to_json
from ingest.evaluation.agreement import coded, fields_of, has, pairs, value_agrees
from ingest.evaluation.gold import GoldStory, Row

if TYPE_CHECKING:
    from geodata.incident import ExtractedIncident

INCIDENT = "incident"
"""Name under which whole incidents are scored, beside the fields."""

RIGHT, WRONG, MISSING, EXTRA = "right", "wrong", "missing", "extra"
"""Verdicts on a field: as the gold, other than the gold, only in the gold, only ours."""


@dataclass(slots=True)
class Score:
    """Values that are right, that we gave, and that the gold has."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Share of what we gave that is right."""
        return self.right / max(1, self.given)

    @property
    def recall(self) -> float:
        """Share of what the gold has that we gave rightly."""
        return self.right / max(1, self.wanted)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.given + self.wanted)

    def add(self, other: Score) -> None:
        """Add the counts of another score."""
        self.right += other.right
        self.given += other.given
        self.wanted += other.wanted


@dataclass(frozen=True, slots=True)
class Ours:
    """An incident that we read: its values, evidence and confidence by field."""

    row: Row
    evidence: dict[str, Evidence] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """An incident of ours beside the gold's; one of them is None where it has no partner.

    `right`: place, date and type all agree. `fields` holds a verdict for each field that the
    gold scores and one of the two has.
    """

    ours: int | None
    gold: int | None
    right: bool
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class StoryResult:
    """A story with what we read in it and how the two compare; `failed` says why none was read."""

    story: GoldStory
    ours: tuple[Ours, ...]
    matches: tuple[Match, ...]
    scores: dict[str, Score]
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything measured. `fields` are scored; `unread` has the gold's that we never give."""

    stories: tuple[StoryResult, ...]
    fields: tuple[str, ...]
    unread: tuple[str, ...]
    scores: dict[str, Score]
    phenomena: dict[str, tuple[int, dict[str, Score]]]

    @property
    def quiet(self) -> tuple[int, int]:
        """Stories without a gold incident: in how many we saw one, and how many there are."""
        quiet = [one for one in self.stories if not one.story.incidents]
        return sum(bool(one.ours) for one in quiet), len(quiet)


def ours_of(found: ExtractedIncident) -> Ours:
    """Give an extracted incident as it is scored."""
    confidence: dict[str, float] = {}
    for claim in found.claims:
        if claim.confidence is not None:
            confidence.setdefault(claim.field, claim.confidence)
    return Ours(to_json(found.incident), found.evidence(), confidence)


def measure(results: Iterable[tuple[GoldStory, Sequence[Ours] | str]]) -> Evaluation:
    """Compare stories with what was read in them; a text in its place says why it failed."""
    from geodata.incident import FIELDS

    rows = list(results)
    names = fields_of(row for story, _ in rows for row in story.incidents)
    known = {*FIELDS, "location"}
    known |= {key for _, ours in rows if not isinstance(ours, str) for o in ours for key in o.row}
    scored = tuple(name for name in names if name in known)
    stories = tuple(_story(story, ours, scored) for story, ours in rows)
    phenomena: dict[str, tuple[int, dict[str, Score]]] = {}
    for name in sorted({p for one in stories for p in one.story.phenomena}):
        having = [one for one in stories if name in one.story.phenomena]
        phenomena[name] = len(having), _total(having, scored)
    unread = tuple(name for name in names if name not in known)
    return Evaluation(stories, scored, unread, _total(stories, scored), phenomena)


def _total(stories: Iterable[StoryResult], fields: Sequence[str]) -> dict[str, Score]:
    total = {name: Score() for name in (INCIDENT, *fields)}
    for one in stories:
        for name, score in one.scores.items():
            total[name].add(score)
    return total


def _story(story: GoldStory, found: Sequence[Ours] | str, fields: Sequence[str]) -> StoryResult:
    ours = () if isinstance(found, str) else tuple(found)
    mine = [one.row for one in ours]
    gold = story.incidents
    right = pairs(mine, gold, strict=True)
    loose = dict(pairs(mine, gold))
    scores = {INCIDENT: Score(len(right), len(mine), len(gold))}
    for name in fields:
        scores[name] = _field_score(name, mine, gold, loose)
    failed = found if isinstance(found, str) else ""
    matches = tuple(_matches(mine, gold, right, loose, fields))
    return StoryResult(story, ours, matches, scores, failed)


def _field_score(
    name: str, mine: Sequence[Row], gold: Sequence[Row], pairing: dict[int, int]
) -> Score:
    """Score one field: ours without a partner count where any gold of the story has the field."""
    score = Score(wanted=sum(coded(name, g) and has(name, g) for g in gold))
    asked = not gold or any(coded(name, g) for g in gold)
    for i, row in enumerate(mine):
        partner = gold[pairing[i]] if i in pairing else None
        if has(name, row) and (coded(name, partner) if partner is not None else asked):
            score.given += 1
            if partner is not None and has(name, partner):
                score.right += value_agrees(name, row, partner)
    return score


def _matches(
    mine: Sequence[Row],
    gold: Sequence[Row],
    right: Sequence[tuple[int, int]],
    loose: dict[int, int],
    fields: Sequence[str],
) -> Iterator[Match]:
    """Pairs in the order of the gold, then gold alone, then ours alone."""
    for i, j in sorted(loose.items(), key=lambda pair: pair[1]):
        verdicts = {n: v for n in fields if (v := verdict(n, mine[i], gold[j])) is not None}
        yield Match(i, j, (i, j) in right, verdicts)
    paired = set(loose.values())
    for j, row in enumerate(gold):
        if j not in paired:
            yield Match(None, j, False, {n: MISSING for n in fields if has(n, row)})
    asked = [n for n in fields if not gold or any(coded(n, g) for g in gold)]
    for i, row in enumerate(mine):
        if i not in loose:
            yield Match(i, None, False, {n: EXTRA for n in asked if has(n, row)})


def verdict(name: str, mine: Row, gold: Row) -> str | None:
    """Say how our value compares; None where the gold does not score it or neither has one."""
    if not coded(name, gold):
        return None
    ours, theirs = has(name, mine), has(name, gold)
    if not ours and not theirs:
        return None
    if not (ours and theirs):
        return EXTRA if ours else MISSING
    return RIGHT if value_agrees(name, mine, gold) else WRONG
