"""A second opinion on the command line: its options, and what it said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from geodata.incident import Claim
    from ingest.pipeline import Tally
    from ingest.second_opinion import Opinion, SecondOpinion

NAMES = ("spacy", "openai")
"""Names of the registry, written here so that --help imports nothing."""

SHOWN = 5
"""Refused proposals of one report that are told one by one."""

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def opinion_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --second-opinion and what it needs; `chosen_opinion` reads them."""
    options: Sequence[Decorator] = (
        click.option(
            "--second-opinion",
            "second",
            type=click.Choice(NAMES),
            help="Ask for a second opinion on each report; it changes no value. Off by default.",
        ),
        click.option(
            "--endpoint",
            metavar="URL",
            help="For openai: the server, as http://127.0.0.1:8080/v1. It sees every report.",
        ),
        click.option("--model", metavar="NAME", help="For openai: the model's name there."),
        click.option(
            "--opinion-timeout",
            "timeout_s",
            metavar="SECONDS",
            type=click.FloatRange(0.1, 3600),
            help="For openai: seconds that one answer may take; 120 if not given.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def chosen_opinion(
    second: str | None, endpoint: str | None, model: str | None, timeout_s: float | None
) -> SecondOpinion | None:
    """Give the second opinion that the options name, ready to be asked; None without one.

    Raises
    ------
    click.UsageError
        An option stands without the second opinion that it is for.
    InputError, MissingPartError
        See `open_opinion`.
    """
    if second != "openai":
        given = {"--endpoint": endpoint, "--model": model, "--opinion-timeout": timeout_s}
        for name, value in given.items():
            if value is not None:
                raise click.UsageError(f"{name} needs --second-opinion openai")
    if second is None:
        return None
    from ingest.second_opinion import Options, open_opinion
    from ingest.second_opinion._registry import TIMEOUT_S

    options = Options(endpoint=endpoint or "", model=model or "", timeout_s=timeout_s or TIMEOUT_S)
    return open_opinion(second, options)


def opinion_lines(opinion: Opinion) -> list[str]:
    """Say in lines what an opinion on a report came to, beside its remarks."""
    by = f"second opinion ({opinion.by})"
    if opinion.failure:
        return [f"{by}: none; {opinion.failure}"]
    lines = [f"{by}: refused {one.field}: {one.reason}" for one in opinion.refused[:SHOWN]]
    if len(opinion.refused) > SHOWN:
        lines.append(f"{by}: {len(opinion.refused) - SHOWN} more refused")
    if not (opinion.remarks or opinion.extra or lines):
        lines.append(f"{by}: nothing to say")
    return lines


def opinion_object(opinion: Opinion) -> dict[str, Any]:
    """Give an opinion on a report as JSON; its remarks stand with the incidents."""
    return {
        "by": opinion.by,
        "failure": opinion.failure,
        "proposed_incidents": [one.incident.incident_id for one in opinion.extra],
        "refused": [{"field": one.field, "reason": one.reason} for one in opinion.refused],
    }


def remark_objects(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """Give the remarks of second opinions on one incident as JSON."""
    from geodata.incident import SECOND_OPINION

    return [
        {
            "by": claim.method,
            **claim.value,
            "words": claim.detail.get("words", ""),
            "evidence": {
                "quote": claim.evidence.quote,
                "start": claim.evidence.start,
                "end": claim.evidence.end,
            }
            if claim.evidence
            else None,
        }
        for claim in claims
        if claim.field == SECOND_OPINION
    ]


def tally_words(tally: Tally) -> str:
    """Say in one line what a second opinion came to in a run."""
    parts = [f"agrees {tally.agrees:,}", f"disagrees {tally.disagrees:,}"]
    parts.append(f"proposes {tally.proposes:,} values and {tally.extra:,} incidents")
    if tally.refused:
        parts.append(f"{tally.refused:,} refused")
    if tally.failures:
        parts.append(f"none on {len(tally.failures):,} reports")
    return f"second opinion ({tally.by}) on {tally.documents:,} reports: {', '.join(parts)}"


def tally_object(tally: Tally) -> dict[str, Any]:
    """Give the counts of a second opinion in a run as JSON."""
    return {
        "by": tally.by,
        "documents": tally.documents,
        "agrees": tally.agrees,
        "disagrees": tally.disagrees,
        "proposes": tally.proposes,
        "proposed_incidents": tally.extra,
        "refused": tally.refused,
        "failures": [{"source": one.source, "reason": one.reason} for one in tally.failures],
    }
