"""An evaluation in words: plain tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.geocode.evaluation import Evaluation, Summary
    from ingest.geocode.geoparsing import GeoparsingResult

MOST_COUNTRIES = 15


def lines(result: Evaluation) -> Iterator[str]:
    """The report, line by line."""
    total = result.total
    yield f"{total.rows:,} rows with a truth"
    for km, share in total.within_km.items():
        yield f"  within {km:3d} km  {share:.3f}"
    yield (
        f"  median error {_km(total.median_km)}, mean {_km(total.mean_km)}"
        f" (of {total.placed:,} placed)"
    )
    yield (
        f"  found {total.found:.3f}, declined {total.declined:.3f},"
        f" not found {total.not_found:.3f}, failed {total.failed:.3f}"
    )
    yield f"  wrong (> 50 km) with a score of 0.9 or more  {total.wrong_and_confident:.3f}"
    if total.covered is not None:
        yield f"  truth within the stated radius  {total.covered:.3f} of the placed"
    yield from _groups("Precision class of the answer", result.by_location_precision)
    yield from _groups("Precision class of the truth", result.by_true_precision)
    yield from _groups("Country", result.by_country)
    if result.score_tenths:
        yield ""
        yield f"{'Score':24s} {'rows':>9s} {'mean':>6s} {'<25 km':>7s}"
        for tenth in result.score_tenths:
            name = f"{tenth.low:.1f}-{tenth.high:.1f}"
            yield f"{name:24s} {tenth.rows:9,d} {tenth.mean_score:6.2f} {tenth.within_25_km:7.3f}"
    for cause in result.causes:
        yield ""
        yield f"{cause.cause.replace('_', ' ')}: {cause.rows:,} rows"
        for example in cause.examples:
            answer = f" -> {example.answer}" if example.answer else ""
            off = "" if example.error_km is None else f", {example.error_km:,.0f} km off"
            yield f"  {example.rows:6,d}  {_plain(example.query)}{_plain(answer)}{off}"


def geoparsing_lines(result: GeoparsingResult) -> Iterator[str]:
    """The report on a corpus of texts, line by line."""
    yield f"{result.documents:,} texts, {result.toponyms:,} toponyms"
    for name, score in (("exact", result.exact), ("overlapping", result.overlapping)):
        yield (
            f"  names, {name:11s}  precision {score.precision:.3f}, recall {score.recall:.3f},"
            f" F1 {score.f1:.3f}"
        )
    if result.resolved_toponyms:
        yield (
            f"  resolved within 161 km  {result.within_161_km:.3f} of all,"
            f" {result.point_within_161_km:.3f} without footprints"
        )
        yield f"  median error {_km(result.median_km)} (of {result.placed:,} placed)"
    if result.skipped:
        yield (
            f"  {result.skipped:,} toponyms without coordinates or beyond their text, not measured"
        )


def _groups(title: str, groups: dict[str, Summary]) -> Iterator[str]:
    if not groups:
        return
    yield ""
    yield (
        f"{title[:32]:32s} {'rows':>9s} {'<10 km':>7s} {'<25 km':>7s} {'<50 km':>7s}"
        f" {'median':>9s} {'found':>6s} {'radius':>7s}"
    )
    for name, group in list(groups.items())[:MOST_COUNTRIES]:
        within = " ".join(f"{group.within_km[km]:7.3f}" for km in (10, 25, 50))
        covered = "-" if group.covered is None else f"{group.covered:.3f}"
        yield (
            f"{_plain(name)[:32]:32s} {group.rows:9,d} {within} {_km(group.median_km):>9s}"
            f" {group.found:6.3f} {covered:>7s}"
        )
    if len(groups) > MOST_COUNTRIES:
        yield f"  and {len(groups) - MOST_COUNTRIES} more: --json lists them"


def _km(value: float | None) -> str:
    return "-" if value is None else f"{value:,.1f} km"


def _plain(text: str) -> str:
    """Text from outside, without what would steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
