"""Fit the confidence of extraction to gold stories, so that of values given as .8, 80 % are right.

    python scripts/calibrate.py [--dry-run] [GOLD.jsonl[=WEIGHT]...]

For every field, what each signal of `ingest.extract.signals` is worth in log-odds: a logistic
regression with a ridge, so that a rare signal moves little. Without files it fits the held-out
sets and the coded summaries of `benchmarks/data`, and the development stories where they are
present; the more the rules were made with a set in view, the less it weighs, for unseen stories
are read less well. It prints the reliability by cross-validation over stories (no story is judged
by a fit that has seen it) beside that of the confidence given before, and writes
`ingest/extract/calibration.toml`. Run it again whenever rules change.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from geodata.incident import ExtractedIncident
from ingest.evaluation.calibration import summed
from ingest.evaluation.gold import Fault, GoldStory, read_gold
from ingest.evaluation.scores import INCIDENT, RIGHT, Match, measure, ours_of
from ingest.extract.assemble import explained
from ingest.extract.confidence import BASE, confidence_of
from ingest.extract.signals import Signals
from ingest.pipeline import default_tools

HERE = Path(__file__).resolve()
DATA = HERE.parent.parent / "benchmarks" / "data"
DEV = HERE.parents[2] / "shared" / "data" / "stories" / "dev.jsonl"
OUT = HERE.parent.parent / "ingest" / "extract" / "calibration.toml"
DEFAULT = (
    (DEV, 0.05),
    (DATA / "heldout.jsonl", 0.2),
    (DATA / "heldout2.jsonl", 0.5),
    (DATA / "heldout3.jsonl", 0.5),
    (DATA / "heldout4.jsonl", 0.7),
    (DATA / "heldout5.jsonl", 0.7),
    (DATA / "heldout6.jsonl", 0.7),
    (DATA / "heldout7.jsonl", 0.7),
    (DATA / "heldout8.jsonl", 1.5),
    (DATA / "summaries.jsonl", 0.3),
    (DATA / "summaries2.jsonl", 0.7),
)
"""Gold and its weight: the more the rules were made with it in view, the less it says."""

RIDGE = 3.0
"""Pull of every weight towards 0, in units of one value's squared log-odds."""
FOLDS = 10
FEWEST = 5
"""Values with a signal (and without it) from which it is fitted at all."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One value: its story, signals, whether it is right, and how much it counts."""

    story: int
    signals: tuple[str, ...]
    right: bool
    weight: float
    constant: float


def samples_of(stories: Sequence[tuple[GoldStory, float]]) -> dict[str, list[Sample]]:
    """Read every story; give the values of each field with a verdict of the gold."""
    tools = default_tools()
    found: dict[str, list[Sample]] = {}
    for number, (story, weight) in enumerate(stories):
        read = explained(
            story.document(), geocoder=tools.geocoder, names=tools.names, registry=tools.registry
        )
        ours = [ours_of(one) for one, _ in read]
        (result,) = measure([(story, ours)]).stories
        for match in result.matches:
            if match.ours is not None:
                one, signals = read[match.ours]
                _add(found, number, weight, match, one, signals)
    return found


def _add(
    found: dict[str, list[Sample]],
    story: int,
    weight: float,
    match: Match,
    one: ExtractedIncident,
    signals: Signals,
) -> None:
    given = {c.field: c.confidence for c in one.claims if c.confidence is not None}
    for name, words in signals.items():
        if name == INCIDENT:
            right: bool | None = match.right
        elif match.gold is None:
            right = False if name in given else None  # a value of an incident that is none
        else:
            verdict = match.fields.get(name)
            right = None if verdict is None or name not in given else verdict == RIGHT
        if right is not None:
            found.setdefault(name, []).append(
                Sample(story, words, right, weight, given.get(name, 0.8))
            )


def fit(samples: Sequence[Sample], ridge: float = RIDGE) -> dict[str, float]:
    """Fit log-odds to signals by Newton's method; the base is not pulled towards 0."""
    counts: dict[str, int] = {}
    for sample in samples:
        for signal in sample.signals:
            counts[signal] = counts.get(signal, 0) + 1
    names = sorted(s for s, n in counts.items() if FEWEST <= n <= len(samples) - FEWEST)
    x = np.array([[1.0, *(float(n in s.signals) for n in names)] for s in samples])
    y = np.array([float(s.right) for s in samples])
    w = np.array([s.weight for s in samples])
    pull = np.diag([1e-3, *([ridge] * len(names))])
    beta = np.zeros(len(names) + 1)
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (w * (y - p)) - pull @ beta
        hessian = (x.T * (w * p * (1 - p))) @ x + pull
        step = np.linalg.solve(hessian, gradient)
        beta = beta + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-8:
            break
    return dict(zip((BASE, *names), (round(float(b), 3) for b in beta), strict=True))


def cross_validated(samples: Sequence[Sample]) -> list[float]:
    """Confidence of each value by fits that have not seen its story."""
    out = [0.0] * len(samples)
    for fold in range(FOLDS):
        table = fit([s for s in samples if s.story % FOLDS != fold])
        for i, s in enumerate(samples):
            if s.story % FOLDS == fold:
                out[i] = confidence_of("x", {"x": s.signals}, 0.0, {"x": table})
    return out


def reliability(name: str, samples: Sequence[Sample]) -> str:
    """One line: gap and Brier score by cross-validation, before them those of today's values."""
    judged = [(s, p) for s, p in zip(samples, cross_validated(samples), strict=True)]
    judged = [(s, p) for s, p in judged if s.weight >= 0.5]  # not the development stories
    new = summed([(p, s.right) for s, p in judged])
    old = summed([(s.constant, s.right) for s, _ in judged])
    bins = " ".join(f"{b.confidence:.2f}:{b.right:.2f}({b.n})" for b in new.bins)
    return (
        f"{name:15} {new.n:5} right {new.right:.3f}  gap {old.gap:.3f} -> {new.gap:.3f}"
        f"  brier {old.brier:.3f} -> {new.brier:.3f}  {bins}"
    )


def written(tables: dict[str, dict[str, float]]) -> str:
    """Give the tables as TOML."""
    lines = [
        "# What each signal is worth in log-odds that a value is right: written by",
        "# scripts/calibrate.py, which fits it to gold stories. Not for editing by hand.",
    ]
    for name, table in sorted(tables.items()):
        lines += ["", f"[{name}]", *(f"{signal} = {odds}" for signal, odds in table.items())]
    return "\n".join(lines) + "\n"


def gold(named: Sequence[str]) -> list[tuple[GoldStory, float]]:
    """Read the gold files; `FILE=WEIGHT` weighs one."""
    files = [(Path(n.partition("=")[0]), float(n.partition("=")[2] or 1)) for n in named]
    files = files or [(path, weight) for path, weight in DEFAULT if path.is_file()]
    faults: list[Fault] = []
    stories = [(one, weight) for path, weight in files for one in read_gold([path], faults)]
    for fault in faults:
        print(fault)
    return stories


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("gold", nargs="*", metavar="GOLD.jsonl[=WEIGHT]")
    parser.add_argument("--dry-run", action="store_true", help="report only, write nothing")
    args = parser.parse_args()
    found = samples_of(gold(args.gold))
    print("cross-validated over stories; before the arrow: the confidence given now")
    for name, samples in found.items():
        print(reliability(name, samples))
    if not args.dry_run:
        OUT.write_text(written({name: fit(samples) for name, samples in found.items()}))
        print(f"written: {OUT.name}")


if __name__ == "__main__":
    main()
