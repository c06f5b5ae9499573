"""How honest our confidence is: of the values given as .8, about 80 % should be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.evaluation.scores import INCIDENT, RIGHT, Evaluation

EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Lower edges of the bins of confidence."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Values given with a confidence from `low` to `low` + .1: mean confidence, share right."""

    low: float
    n: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Bins of one field. `gap`: mean distance of confidence and share right over the values,
    by bins; `brier`: mean squared distance of each confidence from 1 (right) or 0."""

    n: int
    confidence: float
    right: float
    gap: float
    brier: float
    bins: tuple[Bin, ...]


def calibration_of(result: Evaluation) -> dict[str, Calibration]:
    """Give the calibration of each field that has values with a confidence.

    A value of an incident that the gold lacks is wrong; one that the gold does not score is
    left out.
    """
    out = {}
    for name in (INCIDENT, *result.fields):
        said = list(_said(result, name))
        if said:
            out[name] = summed(said)
    return out


def _said(result: Evaluation, name: str) -> Iterator[tuple[float, bool]]:
    for one in result.stories:
        for match in one.matches:
            if match.ours is None:
                continue
            confidence = one.ours[match.ours].confidence.get(name)
            if confidence is None:
                continue
            if name == INCIDENT:
                yield confidence, match.right
            elif name in match.fields:
                yield confidence, match.fields[name] == RIGHT


def summed(said: Sequence[tuple[float, bool]]) -> Calibration:
    """Sum up pairs of a confidence and whether the value was right."""
    n = len(said)
    bins = tuple(_bins(said))
    return Calibration(
        n=n,
        confidence=round(sum(c for c, _ in said) / n, 3),
        right=round(sum(r for _, r in said) / n, 3),
        gap=round(sum(b.n * abs(b.confidence - b.right) for b in bins) / n, 3),
        brier=round(sum((c - r) ** 2 for c, r in said) / n, 3),
        bins=bins,
    )


def _bins(said: Iterable[tuple[float, bool]]) -> Iterator[Bin]:
    rows: dict[float, list[tuple[float, bool]]] = {low: [] for low in EDGES}
    for confidence, right in said:
        rows[max(low for low in EDGES if low <= max(confidence, 0.0) + 1e-9)].append(
            (confidence, right)
        )
    for low, inside in rows.items():
        if inside:
            n = len(inside)
            mean, share = sum(c for c, _ in inside) / n, sum(r for _, r in inside) / n
            yield Bin(low, n, round(mean, 3), round(share, 3))
