"""Measure a geocoder on rows whose true coordinates are known.

`measure` takes answers beside their truths one at a time: per row it keeps a few four-byte
numbers (for the medians), and of the failures only the commonest.
"""

from __future__ import annotations

import statistics
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from geodata.place import Outcome, Resolution
from geodata.precision import LocationPrecision
from ingest.geocode.points import distance_km

LIMITS_KM = (5, 10, 25, 50, 161)
"""Distances whose shares are reported; 161 km (100 miles) is the custom of the field."""

NEAR_KM = 25
"""A row farther off than this, or not placed, is a failure with a cause."""

WRONG_KM = 50
CONFIDENT = 0.9
"""Wrong and confident: farther off than `WRONG_KM` with at least this score."""

CURVE_KM = (1, 2, 3, 5, 7, 10, 15, 20, 25, 35, 50, 75, 100, 161, 250, 500, 1000)
"""Distances at which the error curve is drawn."""

MOST_GROUPS = 300
_MOST_EXAMPLES = 4000
OTHER = "(other)"
NOT_STATED = "(not stated)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Where a row truly lies (WGS 84 degrees), its country and its own precision class."""

    latitude: float
    longitude: float
    country: str = ""
    precision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Figures of one group of rows; every share is of all its rows, placed or not.

    `median_km` and `mean_km` are of the placed; `covered` is the share of the placed whose truth
    lies within the radius that was stated. They are None where nothing was placed.
    """

    rows: int
    placed: int
    within_km: dict[int, float]
    median_km: float | None
    mean_km: float | None
    found: float
    declined: float
    not_found: float
    failed: float
    wrong_and_confident: float
    covered: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenth:
    """Rows whose score lies in [`low`, `high`): a mean score near `within_25_km` is honest."""

    low: float
    high: float
    rows: int
    mean_score: float
    within_25_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A failure that occurs `rows` times; `error_km` is that of its first row."""

    query: str
    answer: str
    rows: int
    error_km: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Failures of one cause, the commonest examples first."""

    cause: str
    rows: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All figures; the groups are sorted by their number of rows, except the classes."""

    total: Summary
    by_location_precision: dict[str, Summary]
    by_true_precision: dict[str, Summary]
    by_country: dict[str, Summary]
    score_tenths: tuple[Tenth, ...]
    causes: tuple[Cause, ...]
    curve: tuple[tuple[int, float], ...]


def measure(pairs: Iterable[tuple[Resolution, Truth]], *, examples: int = 5) -> Evaluation:
    """Measure answers against truths; `examples` is how many are kept for each cause."""
    total = _Group()
    ours, theirs, lands = _Groups(), _Groups(), _Groups()
    scores, failures = _Scores(), _Failures()
    for answer, truth in pairs:
        error = error_km(answer, truth)
        best = answer.best
        groups = [
            total,
            ours[str(best.location_precision) if best else str(answer.outcome)],
            lands[truth.country or NOT_STATED],
        ]
        if truth.precision:
            groups.append(theirs[truth.precision])
        for group in groups:
            group.add(answer, error)
        scores.add(answer, error)
        if error is None or error > NEAR_KM:
            failures.add(cause_of(answer, truth, error), answer, error)
    order = [str(item) for item in (*LocationPrecision, *Outcome)]
    return Evaluation(
        total=total.summary(),
        by_location_precision={name: ours[name].summary() for name in order if name in ours},
        by_true_precision={name: theirs[name].summary() for name in sorted(theirs)},
        by_country=lands.by_rows(),
        score_tenths=scores.tenths(),
        causes=failures.causes(examples),
        curve=tuple((km, total.share_within(km)) for km in CURVE_KM),
    )


def error_km(answer: Resolution, truth: Truth) -> float | None:
    """How far off the chosen point lies; None where nothing was placed."""
    best = answer.best
    if best is None or best.latitude is None or best.longitude is None:
        return None
    return distance_km((best.latitude, best.longitude), (truth.latitude, truth.longitude))


def cause_of(answer: Resolution, truth: Truth, error: float | None) -> str:
    """Why a row is a failure, as far as the answer and the truth tell."""
    from geodata.boundaries import province_at

    best = answer.best
    if best is None or error is None:
        return str(answer.outcome) if best is None else "no_point"
    lies = province_at(truth.longitude, truth.latitude)
    abroad = lies is not None and lies.country not in {"", best.place.country}
    # Beside a border the outline next door says little: the radius must be left as well.
    if abroad and best.place.country and error > best.radius_km:
        return "namesake_in_other_country"
    coarse = (LocationPrecision.DISTRICT, LocationPrecision.PROVINCE, LocationPrecision.COUNTRY)
    if best.location_precision in coarse:
        return f"placed_at_{best.location_precision}_only"
    point = (truth.latitude, truth.longitude)
    others = [
        c for c in answer.candidates[1:] if c.latitude is not None and c.longitude is not None
    ]
    if any(distance_km((c.latitude or 0, c.longitude or 0), point) <= NEAR_KM for c in others):
        return "namesake_in_same_country"
    place = best.place
    if (place.latitude, place.longitude) != (best.latitude, best.longitude):
        return "offset_or_road_differs"
    # A point of the right name this far off is most likely another place of the name.
    return "namesake_in_same_country" if error > 100 else "point_differs"


@dataclass(slots=True)
class _Group:
    """Running figures of one group."""

    errors: array[float] = field(default_factory=lambda: array("f"))
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    confident: int = 0
    covered: int = 0

    def add(self, answer: Resolution, error: float | None) -> None:
        self.outcomes[answer.outcome] += 1
        best = answer.best
        if error is None or best is None:
            return
        self.errors.append(error)
        self.confident += best.score >= CONFIDENT and error > WRONG_KM
        self.covered += error <= best.radius_km

    def share_within(self, km: float) -> float:
        rows = self.outcomes.total()
        return sum(error <= km for error in self.errors) / rows if rows else 0.0

    def summary(self) -> Summary:
        rows, placed = self.outcomes.total(), len(self.errors)
        share = {outcome: self.outcomes[outcome] / max(1, rows) for outcome in Outcome}
        return Summary(
            rows=rows,
            placed=placed,
            within_km={km: self.share_within(km) for km in LIMITS_KM},
            median_km=statistics.median(self.errors) if placed else None,
            mean_km=sum(self.errors) / placed if placed else None,
            found=share[Outcome.FOUND],
            declined=share[Outcome.DECLINED],
            not_found=share[Outcome.NOT_FOUND],
            failed=share[Outcome.FAILED],
            wrong_and_confident=self.confident / max(1, rows),
            covered=self.covered / placed if placed else None,
        )


class _Groups(dict[str, _Group]):
    """Groups by name; a column of free text cannot make more than `MOST_GROUPS`."""

    def __missing__(self, name: str) -> _Group:
        if len(self) >= MOST_GROUPS and name != OTHER:
            return self[OTHER]
        return self.setdefault(name[:100], _Group())

    def by_rows(self) -> dict[str, Summary]:
        made = {name: group.summary() for name, group in self.items()}
        return dict(sorted(made.items(), key=lambda item: (-item[1].rows, item[0])))


class _Scores:
    """Score beside truth, by tenths of the score."""

    def __init__(self) -> None:
        self.rows, self.hits, self.sums = [0] * 10, [0] * 10, [0.0] * 10

    def add(self, answer: Resolution, error: float | None) -> None:
        if error is None or answer.best is None:
            return
        score = answer.best.score
        tenth = min(9, max(0, int(score * 10 + 1e-9)))
        self.rows[tenth] += 1
        self.sums[tenth] += score
        self.hits[tenth] += error <= NEAR_KM

    def tenths(self) -> tuple[Tenth, ...]:
        return tuple(
            Tenth(
                low=n / 10,
                high=(n + 1) / 10,
                rows=rows,
                mean_score=self.sums[n] / rows,
                within_25_km=self.hits[n] / rows,
            )
            for n, rows in enumerate(self.rows)
            if rows
        )


class _Failures:
    """Failures by cause; of rare ones among very many the count may be forgotten."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        self.seen: dict[str, Counter[tuple[str, str]]] = {}
        self.errors: dict[tuple[str, str, str], float | None] = {}

    def add(self, cause: str, answer: Resolution, error: float | None) -> None:
        self.rows[cause] += 1
        asked = answer.query
        query = ", ".join(part for part in (asked.text, asked.admin2, asked.admin1) if part)
        first = answer.candidates[0] if answer.candidates else None
        said = f"{first.place.name} ({first.location_precision})" if first else ""
        key = (query[:200], said[:200])
        kept = self.seen.setdefault(cause, Counter())
        kept[key] += 1
        self.errors.setdefault((cause, *key), error)
        if len(kept) > _MOST_EXAMPLES:
            self.seen[cause] = Counter(dict(kept.most_common(_MOST_EXAMPLES // 2)))
            for gone in kept.keys() - self.seen[cause].keys():
                self.errors.pop((cause, *gone))

    def causes(self, examples: int) -> tuple[Cause, ...]:
        return tuple(
            Cause(
                cause=cause,
                rows=rows,
                examples=tuple(
                    Example(query=q, answer=a, rows=n, error_km=self.errors[cause, q, a])
                    for (q, a), n in self.seen[cause].most_common(examples)
                ),
            )
            for cause, rows in self.rows.most_common()
        )
