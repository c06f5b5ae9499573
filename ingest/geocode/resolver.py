"""The offline geocoder: from a place phrase and its hints to ranked, explained candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from geodata.gazetteer.divisions import (
    KIND_ADMIN1,
    KIND_ADMIN2,
    KIND_COUNTRY,
    KIND_OTHER,
    KIND_SETTLEMENT,
)
from geodata.gazetteer.finder import Finder
from geodata.gazetteer.lookup import Entry, Gazetteer
from geodata.gazetteer.names import fold
from geodata.place import Candidate, NameHit, Outcome, PlaceQuery, Reason, Resolution
from geodata.precision import RADIUS_KM, LocationPrecision
from ingest.geocode import relation
from ingest.geocode.context import Context, Hint, in_same_division
from ingest.geocode.fuzzy import ACCEPT, NearNames
from ingest.geocode.hints import HintReader
from ingest.geocode.matching import NameMatcher
from ingest.geocode.phrase import Phrase, Relation, Segment, parse
from ingest.geocode.points import distance_km, point_of
from ingest.geocode.scoring import Match, ranked, stand_in, weigh

CLOSE_CALL = 0.03
"""Candidates whose scores differ by less, without a hint that tells them apart, are declined."""
CLEARLY_KNOWN = 4.0
"""A place so many times as well known as another of its name is the one that is meant."""
FAR_APART_KM = 50.0
"""Candidates nearer to each other than this are no two answers."""
SMALL_POOL = {2: 82.0, 1: 88.0}
"""Similarity that suffices inside a hinted district (2) or province (1): few names to confuse."""
UNKNOWN_NAME_SHARE = 0.15
MOST_QUOTED = 80
UNSURE_KM = 15.0
"""A place that was found by a near spelling is good to no less than this."""
MOVED_KM = {1: 400.0, 2: 120.0}
"""How far from a hinted province (1) or district (2) the only place of a name may lie."""
MOST_WEIGHED = 40
"""Bearers of one name that are weighed against each other, at most."""
_DISTRICT = 2


class Resolver:
    """Answers `PlaceQuery` from a gazetteer; also finds place names in a text.

    It keeps no state but caches, and threads may share it.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        near = NearNames(gazetteer)
        self._names = NameMatcher(gazetteer, near)
        self._hints = HintReader(gazetteer, near)
        self._finder = Finder(gazetteer)
        self._parse = lru_cache(maxsize=20_000)(lambda text: parse(text, self._known))
        self._name = ", ".join(gazetteer.source_names)
        # Reports of one day name the same places again and again.
        self._answer = lru_cache(maxsize=4_000)(self._resolve)

    def find_names(self, text: str) -> Sequence[NameHit]:
        """Longest place names in a text, left to right, not overlapping."""
        return self._finder.find_names(text)

    def geocode(self, query: PlaceQuery, *, limit: int = 5) -> Resolution:
        """Rank the places that a phrase may mean.

        Parameters
        ----------
        query
            The phrase with whatever is known of its context.
        limit
            At most so many candidates.

        Returns
        -------
        Resolution
            ``found``, ``not_found`` or ``declined``; this geocoder never fails.
        """
        return self._answer(query, limit)

    def _resolve(self, query: PlaceQuery, limit: int) -> Resolution:
        phrase = self._parse(query.text)
        context = self._hints.context(query, phrase)
        matches = self._rank(_aimed(phrase), context)
        sure = [match for match in matches if self._sure(match, context)]
        finest = context.finest
        if finest is not None and sure:
            # What lies in the finest hint counts first; the rest is offered behind it.
            sure = [match for match in sure if _may_lie_in(match.entry, finest)] or sure
        fallback = self._fallback(phrase, context, sure)
        ranking = matches
        if len(sure) < len(matches):
            first = {match.entry.id for match in sure}
            ranking = [*sure, *(match for match in matches if match.entry.id not in first)]
        if fallback is not None:
            rest = [match for match in ranking if match.entry.id != fallback.entry.id]
            ranking = [fallback, *rest]
        candidates = tuple(
            [
                self._candidate(match, phrase, context, fallback is match)
                for match in ranking[:limit]
            ]
        )
        outcome, note = self._outcome(query, ranking, sure, fallback, context)
        if context.unknown:
            note = "; ".join([note] * bool(note) + _unknown_hints(context))
        return Resolution(
            query=query,
            outcome=outcome,
            candidates=candidates,
            gazetteer=self._name,
            note=note,
        )

    def _known(self, name: str) -> bool:
        return bool(self.gazetteer.lookup_fold(fold(name)))

    def _rank(self, segment: Segment, context: Context) -> list[Match]:
        """All candidates for a name, best first: known spellings, else near ones."""
        matches = self._names.exact(segment, context)
        finest = context.finest
        if not any(self._fits(match, context) for match in matches):
            if finest is not None and finest.level > 0:
                matches += self._names.near_in_divisions(segment, finest)
            if not any(not context.contradicts(match.entry) for match in matches):
                matches += self._names.near_in_countries(segment, context)
            if not any(self._sure(match, context) for match in matches):
                matches += self._names.parts(segment, context)
        matches = _bounded(_once(matches), context)
        weigh(matches, segment.kinds, context)
        return ranked(matches, context)

    @staticmethod
    def _fits(match: Match, context: Context) -> bool:
        """Whether a match agrees with the finest hint, or with the country where that is all."""
        finest = context.finest
        if finest is None:
            return not context.contradicts(match.entry)
        return _may_lie_in(match.entry, finest)

    @staticmethod
    def _sure(match: Match, context: Context) -> bool:
        """Whether a match may be chosen: known name or near enough spelling, right country."""
        if context.contradicts(match.entry):
            return False
        finest = context.finest
        least = ACCEPT
        if finest is not None and finest.agreement(match.entry) == 1.0:
            least = SMALL_POOL.get(min(finest.level, 2), ACCEPT)
        return match.likeness >= least

    def _fallback(self, phrase: Phrase, context: Context, sure: Sequence[Match]) -> Match | None:
        """Place an unknown name, or one known only elsewhere, at the finest hint it was given."""
        hint = context.finest
        if phrase.relation is Relation.BETWEEN and sure:
            return None  # one end of a road may well lie outside
        if hint is None:
            return None
        inside = [match for match in sure if _may_lie_in(match.entry, hint)]
        if inside and not (hint.level == _DISTRICT and _rival(inside)):
            return None
        if sure and not inside and _may_have_moved(sure, hint, context):
            return None
        entry = _holder(phrase, hint)
        if point_of(entry) is None:
            return None
        words = "lies elsewhere in the gazetteer" if sure else "is not in the gazetteer"
        if inside:
            words = "names several places there"
        because = Reason(
            "name",
            UNKNOWN_NAME_SHARE,
            f"{_cut(phrase.main.full)!r} {words}: placed at {entry.name!r}",
        )
        return stand_in(entry, hint.words, because, context)

    def _outcome(
        self,
        query: PlaceQuery,
        ranked: Sequence[Match],
        sure: Sequence[Match],
        fallback: Match | None,
        context: Context,
    ) -> tuple[Outcome, str]:
        if fallback is not None:
            return Outcome.FOUND, fallback.placed.words if fallback.placed else ""
        if not ranked:
            return Outcome.NOT_FOUND, f"no place named {_cut(query.text)!r} in the gazetteer"
        if not sure:
            if context.contradicts(ranked[0].entry):
                where = ", ".join(sorted(context.countries))
                return (
                    Outcome.DECLINED,
                    f"no place named {_cut(query.text)!r} in {where}; others bear it",
                )
            return Outcome.DECLINED, "only similar names are known"
        rival = _rival(sure)
        if rival is not None:
            return Outcome.DECLINED, "too close to call: give a country, province or district"
        return Outcome.FOUND, ""

    def _candidate(
        self, match: Match, phrase: Phrase, context: Context, fallback: bool
    ) -> Candidate:
        entry = match.entry
        if fallback:
            beside = bool(phrase.containers) and phrase.containers[0].near
            # A village unknown in a town's name lies by the town; a street of it lies inside.
            village = entry.kind == KIND_SETTLEMENT and not phrase.main.in_town
            spot = relation.inside(entry, near=beside or village)
        elif phrase.relation is Relation.BETWEEN:
            spot = relation.between(entry, self._other_end(phrase, entry, context))
        else:
            spot = relation.spot(entry, phrase, part=match.part)
        if spot.latitude is None and entry.admin1 is not None:
            # A district without a point lies at least in its province.
            province = self.gazetteer.entry(entry.admin1)
            spot = relation.inside(province, near=False) if province else spot
        return Candidate(
            place=self.gazetteer.place(entry),
            latitude=spot.latitude,
            longitude=spot.longitude,
            location_precision=spot.precision,
            radius_km=max(spot.radius_km, UNSURE_KM) if match.likeness < 100 else spot.radius_km,
            score=match.score,
            matched_name=match.matched_name,
            reasons=match.reasons,
        )

    def _other_end(self, phrase: Phrase, entry: Entry, context: Context) -> Entry | None:
        """Other end of a road: the best bearer of its name, near the first end where known."""
        here = point_of(entry)
        story = (here,) if here else ()
        near_first = Context(countries=frozenset({entry.country}), story=story)
        segment = Segment(full=phrase.other_end, name=phrase.other_end)
        for match in self._rank(segment, near_first):
            if self._sure(match, near_first):
                return match.entry
        return None


def _once(matches: Sequence[Match]) -> list[Match]:
    """Each entry once, by its likest spelling."""
    if len(matches) < 2:
        return list(matches)
    best: dict[int, Match] = {}
    for match in matches:
        known = best.get(match.entry.id)
        if known is None or match.likeness > known.likeness:
            best[match.entry.id] = match
    return list(best.values())


def _bounded(matches: list[Match], context: Context) -> list[Match]:
    """Bound the bearers of a name that thousands of places have.

    Those that agree with the finest hint stay, and the best known of the rest.
    """
    if len(matches) <= MOST_WEIGHED:
        return matches
    finest = context.finest

    def order(match: Match) -> tuple[bool, bool, float]:
        inside = finest is not None and finest.agreement(match.entry) > 0
        return inside, not context.contradicts(match.entry), match.entry.weight

    return sorted(matches, key=order, reverse=True)[:MOST_WEIGHED]


def _cut(text: str) -> str:
    """Cut a text that is quoted in a note."""
    return text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…"


def _unknown_hints(context: Context) -> list[str]:
    return [f"the hint {_cut(words)!r} is not in the gazetteer" for words in context.unknown]


def _aimed(phrase: Phrase) -> Segment:
    """What to look for: "near X" and "30 km from X" speak of a town where they name no kind."""
    if phrase.main.kinds or phrase.relation is Relation.AT:
        return phrase.main
    kinds = (KIND_SETTLEMENT, KIND_OTHER, KIND_ADMIN2, KIND_ADMIN1, KIND_COUNTRY)
    return replace(phrase.main, kinds=kinds)


def _holder(phrase: Phrase, hint: Hint) -> Entry:
    """Entry to place something unknown at: the town for its roads and sites, else the division."""
    beside = bool(phrase.containers) and phrase.containers[0].near
    if phrase.main.in_town or beside:
        for entry in hint.entries:
            if entry.kind == KIND_SETTLEMENT:
                return entry
    return hint.entries[0]


def _may_lie_in(entry: Entry, hint: Hint) -> bool:
    """Whether a candidate is compatible with the finest hint."""
    if hint.agreement(entry) > 0 or entry.id in {hinted.id for hinted in hint.entries}:
        return True
    here = point_of(entry)
    for hinted in hint.entries if hint.level == 1 else ():
        there = point_of(hinted)
        if here and there and entry.country == hinted.country:
            # Provinces are split and sources differ: one nearby is no contradiction.
            return distance_km(here, there) <= RADIUS_KM[LocationPrecision.PROVINCE]
    # A district whose point or border we do not know well cannot rule a place out by itself.
    return entry.kind in ("country", "admin1") and in_same_division(entry, hint.entries)


def _may_have_moved(sure: Sequence[Match], hint: Hint, context: Context) -> bool:
    """Whether the one place of a name lies near the hint, and the hint may be out of date.

    Districts and provinces are split; reports and data sets go on naming the old one. A town
    that is the only one of its name in the province, or a division in the country, is meant then.
    """
    best = sure[0]
    known = best.likeness == 100 and not best.part and best.entry.rank <= 1
    if not known or _rival(sure) is not None:
        return False
    wider = [other for other in context.hints if 0 < other.level < hint.level]
    if wider and not any(other.agreement(best.entry) == 1.0 for other in wider):
        return False
    here = point_of(best.entry)
    near = [point_of(hinted) for hinted in hint.entries]
    reach = MOVED_KM[min(hint.level, _DISTRICT)]
    return here is not None and any(
        point is not None and distance_km(here, point) <= reach for point in near
    )


def _rival(sure: Sequence[Match]) -> Match | None:
    """Give a second candidate that is as good as the first and lies elsewhere."""
    first = sure[0]
    here = point_of(first.entry)
    for match in sure[1:]:
        if first.score - match.score >= CLOSE_CALL:
            return None
        if first.entry.weight >= CLEARLY_KNOWN * match.entry.weight:
            continue
        there = point_of(match.entry)
        if here is None or there is None or in_same_division(match.entry, [first.entry]):
            continue
        if distance_km(here, there) > FAR_APART_KM:
            return match
    return None
