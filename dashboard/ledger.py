"""Who says how many: the figure of each source, with its words, and how they were settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from dashboard.evidence import quote
from dashboard.wording import number

if TYPE_CHECKING:
    from geodata.incident import Claim, Evidence, Json

SAID = {"killed_said": "killed", "injured_said": "injured"}
"""Fields of claims that hold one source's figure, and what it counts."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What one source says: ``killed`` or ``injured``, its bounds (None: open), its words."""

    field: str
    source: str
    low: int
    best: int
    high: int | None
    superseded: bool
    evidence: Evidence | None
    document_id: str

    def as_json(self) -> dict[str, Json]:
        """The figure as a row of ``ledger`` in `extract --json`."""
        at = self.evidence
        return {
            "field": self.field,
            "source": self.source,
            "low": self.low,
            "best": self.best,
            "high": self.high,
            "superseded": self.superseded,
            "quote": at.quote if at else None,
            "start": at.start if at else None,
            "end": at.end if at else None,
        }

    @property
    def words(self) -> str:
        """The figure in words: "9", "at least 13", "10 to 15"."""
        if self.high is None:
            return f"at least {number(self.low)}"
        if self.low == self.high:
            return number(self.best)
        return f"{number(self.low)} to {number(self.high)}"


def figures_of(claims: Iterable[Claim]) -> list[Figure]:
    """Figures of every source, killed first, in the order of the claims; others are skipped."""
    found = [
        figure for claim in claims if claim.field in SAID and (figure := _figure(claim)) is not None
    ]
    return sorted(found, key=lambda figure: figure.field != "killed")


def _figure(claim: Claim) -> Figure | None:
    value = claim.value
    if not isinstance(value, Mapping):
        return None
    low, best, high = (value.get(bound) for bound in ("low", "best", "high"))
    if not isinstance(low, int) or not isinstance(best, int):
        return None  # a claim put in by another program
    return Figure(
        field=SAID[claim.field],
        source=str(value.get("source") or "the report"),
        low=low,
        best=best,
        high=high if isinstance(high, int) else None,
        superseded=bool(value.get("superseded")),
        evidence=claim.evidence,
        document_id=claim.document_id,
    )


def rules_of(claims: Iterable[Claim]) -> list[str]:
    """How low, best and high were settled, in one line each: "Killed: best = police; …"."""
    return [
        f"{claim.field.capitalize()}: {claim.detail['rule']}"
        for claim in claims
        if claim.field in SAID.values() and claim.detail.get("rule")
    ]


def ledger_html(claims: Sequence[Claim], sources: Mapping[str, str]) -> str:
    """Give the table of figures, folded where no two differ; nothing where nobody counts.

    Parameters
    ----------
    sources
        Short name of each report by its id; empty where only one report is in question.
    """
    figures = figures_of(claims)
    if not figures:
        return ""
    several = any(len({f.words for f in figures if f.field == kind}) > 1 for kind in SAID.values())
    rows = "".join(_row(figure, sources) for figure in figures)
    rules = "".join(f'<p class="fact-note">{escape(words)}</p>' for words in rules_of(claims))
    return (
        f'<details class="history ledger"{" open" if several else ""}>'
        f"<summary>Who says how many ({len(figures)})</summary>"
        f"<table><tbody>{rows}</tbody></table>{rules}</details>"
    )


def _row(figure: Figure, sources: Mapping[str, str]) -> str:
    report = sources.get(figure.document_id, "")
    beside = f' <span class="fact-source">{escape(report)}</span>' if report else ""
    said = quote(figure.evidence, figure.field) if figure.evidence else ""
    count = f"{escape(figure.words)} {figure.field}"
    if figure.superseded:
        count = f"<s>{count}</s> <span class='fact-note'>replaced later</span>"
    who = f'<td dir="auto">{escape(figure.source)}{beside}</td>'
    return f"<tr>{who}<td>{count}</td><td>{said}</td></tr>"
