"""Answers of a geocoder on the command line: for people and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from dashboard.commands._reports import one_line

MOST_ECHOED = 80
"""Characters of a query that are printed before its answer."""

if TYPE_CHECKING:
    from geodata.place import Candidate, Resolution


def resolution_json(resolution: Resolution, *, limit: int = 50) -> dict[str, Any]:
    """Spell an answer out for JSON, in the names of the vocabulary."""
    return {
        "query": resolution.query.text,
        "outcome": str(resolution.outcome),
        "note": resolution.note,
        "gazetteer": resolution.gazetteer,
        "candidates": [_candidate_json(candidate) for candidate in resolution.candidates[:limit]],
    }


def _candidate_json(candidate: Candidate) -> dict[str, Any]:
    place = candidate.place
    return {
        "name": place.name,
        "place_id": place.place_id,
        "source": place.source,
        "sources": list(place.sources) or [place.source],
        "feature_class": place.feature_class,
        "feature_code": place.feature_code,
        "country": place.country_name,
        "country_code": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "latitude": candidate.latitude,
        "longitude": candidate.longitude,
        "location_precision": str(candidate.location_precision),
        "radius_km": candidate.radius_km,
        "score": candidate.score,
        "matched_name": candidate.matched_name,
        "reasons": [
            {"kind": reason.kind, "share": reason.share, "words": reason.words}
            for reason in candidate.reasons
        ],
    }


def print_resolution(resolution: Resolution, *, limit: int = 50) -> None:
    """Print an answer for people: outcome, candidates, and what made the first one's score."""
    outcome = str(resolution.outcome).replace("_", " ")
    note = f": {resolution.note}" if resolution.note else ""
    asked = one_line(resolution.query.text)
    asked = asked if len(asked) <= MOST_ECHOED else f"{asked[:MOST_ECHOED]}…"
    click.echo(f"{asked}: {outcome}{note}")
    for number, candidate in enumerate(resolution.candidates[:limit], start=1):
        place = candidate.place
        parts = [place.name]
        parts += [part for part in (place.admin2, place.admin1) if part and part != parts[-1]]
        where = ", ".join([*parts, place.country_name])
        spot = "no coordinates"
        if candidate.latitude is not None and candidate.longitude is not None:
            spot = f"{candidate.latitude:.4f}, {candidate.longitude:.4f}"
        click.echo(
            f"  {number}. {candidate.score:.2f}  {where}  ({spot};"
            f" {candidate.location_precision}, within {candidate.radius_km:g} km;"
            f" {place.place_id})"
        )
        if number == 1:
            for reason in candidate.reasons:
                click.echo(f"       {reason.share:+.2f}  {reason.kind}: {reason.words}")
