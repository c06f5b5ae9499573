"""Measure names found in running text, and where the gold toponyms are placed."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from geodata.place import Candidate, Geocoder, NameFinder, NameHit, Resolution
from geodata.precision import LocationPrecision
from ingest.geocode.corpus import GoldText, Toponym
from ingest.geocode.document import resolve_names
from ingest.geocode.points import distance_km

NEAR_KM = 161
"""100 miles: the distance by which the field calls a toponym resolved."""

Resolve = Callable[[GoldText, Geocoder], list[Resolution]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """Names found against gold names."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GeoparsingResult:
    """Figures of a corpus.

    Shares are of all gold toponyms that have coordinates (`resolved_toponyms`), placed or not.
    With footprints, an answer that names a country or province is right (error 0) where the gold
    point lies in its outline; `point_within_161_km` counts its point alone.
    """

    documents: int
    toponyms: int
    skipped: int
    exact: Recognition
    overlapping: Recognition
    resolved_toponyms: int
    placed: int
    within_161_km: float
    point_within_161_km: float
    median_km: float | None


def resolve_together(gold: GoldText, geocoder: Geocoder) -> list[Resolution]:
    """Resolve the gold toponyms of a text as the names of one document."""
    hits = [
        NameHit(toponym.start, toponym.end, toponym.name, frozenset()) for toponym in gold.toponyms
    ]
    return resolve_names(gold.text, hits, geocoder)


def measure_corpus(
    corpus: Iterable[GoldText],
    finder: NameFinder,
    geocoder: Geocoder,
    *,
    resolve: Resolve = resolve_together,
) -> GeoparsingResult:
    """Measure a corpus; `resolve` places all toponyms of one text, in their order."""
    documents = gold_names = skipped = hits = exact = touched_gold = touched_hits = 0
    footprints: list[float | None] = []
    points: list[float | None] = []
    for gold in corpus:
        documents += 1
        gold_names += len(gold.toponyms)
        skipped += gold.skipped
        found = [(hit.start, hit.end) for hit in finder.find_names(gold.text)]
        true = [(toponym.start, toponym.end) for toponym in gold.toponyms]
        hits += len(found)
        exact += len(set(found) & set(true))
        touched_gold += sum(any(_overlap(span, other) for other in found) for span in true)
        touched_hits += sum(any(_overlap(span, other) for other in true) for span in found)
        for toponym, answer in zip(gold.toponyms, resolve(gold, geocoder), strict=True):
            if toponym.latitude is None:
                skipped += 1
                continue
            footprints.append(_error(answer, toponym, footprint=True))
            points.append(_error(answer, toponym, footprint=False))
    placed = [error for error in footprints if error is not None]
    return GeoparsingResult(
        documents=documents,
        toponyms=gold_names,
        skipped=skipped,
        exact=_recognition(exact, exact, hits, gold_names),
        overlapping=_recognition(touched_hits, touched_gold, hits, gold_names),
        resolved_toponyms=len(footprints),
        placed=len(placed),
        within_161_km=_share(footprints),
        point_within_161_km=_share(points),
        median_km=statistics.median(placed) if placed else None,
    )


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _recognition(good: int, recalled: int, hits: int, gold: int) -> Recognition:
    precision, recall = good / max(1, hits), recalled / max(1, gold)
    both = precision + recall
    return Recognition(
        precision=precision, recall=recall, f1=2 * precision * recall / both if both else 0.0
    )


def _share(errors: list[float | None]) -> float:
    return sum(e is not None and e <= NEAR_KM for e in errors) / max(1, len(errors))


def _error(answer: Resolution, gold: Toponym, *, footprint: bool) -> float | None:
    best = answer.best
    if best is None or gold.latitude is None or gold.longitude is None:
        return None
    if footprint and _names_area_of(best, gold.longitude, gold.latitude):
        return 0.0
    if best.latitude is None or best.longitude is None:
        return None
    return distance_km((best.latitude, best.longitude), (gold.latitude, gold.longitude))


def _names_area_of(best: Candidate, longitude: float, latitude: float) -> bool:
    """Whether an answer is the country or the province whose outline holds a point."""
    from geodata.boundaries import province_at, province_matches

    precision = best.location_precision
    if precision not in {LocationPrecision.COUNTRY, LocationPrecision.PROVINCE}:
        return False
    hit = province_at(longitude, latitude)
    if hit is None or hit.country != best.place.country:
        return False
    if precision is LocationPrecision.COUNTRY:
        return True
    return bool(province_matches(best.place.name, longitude, latitude))
