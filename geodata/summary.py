"""Counts that reconcile: no incident is ever silently missing from a picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Where every incident of the project went.

    ``mapped + not_located + filtered_out + awaiting_review + rejected == all``. `mapped` and
    `not_located` are those that match the filter. Of the rest, `rejected` counts the rejected
    and merged ones; `awaiting_review` the drafts left out only because the filter asks for
    reviewed incidents; `filtered_out` all others. Of those that match, `drafts` says how many
    are drafts, `area_only` how many of the mapped are known only to a district or province,
    `undated` how many have no date; `killed` and `injured` add up the best figures; `datasets`
    is how many data sets they come from, `from_reports` how many come from reports. `documents`
    and `quarantined` (those still to mend) count the whole project.
    """

    all: int
    mapped: int
    not_located: int
    filtered_out: int
    awaiting_review: int
    rejected: int
    drafts: int
    area_only: int
    undated: int
    killed: int
    injured: int
    documents: int
    quarantined: int
    datasets: int = 0
    from_reports: int = 0

    @property
    def matched(self) -> int:
        """Incidents that match the filter, on the map or not."""
        return self.mapped + self.not_located

    def sentence(self) -> str:
        """Say the totals in one line, as under every map and on every export."""
        shown = f"{_n(self.matched, 'incident')}: {self.mapped:,} on the map"
        if self.area_only:
            shown += f" ({self.area_only:,} known only to a district or province)"
        parts = [shown, f"{self.not_located:,} without a place"]
        parts.append(f"{self.filtered_out:,} filtered out")
        parts.append(f"{self.awaiting_review:,} awaiting review")
        parts.append(f"{self.rejected:,} rejected")
        sources = self.sources()
        return ", ".join(parts) + f"; {self.all:,} in all{f'; {sources}' if sources else ''}"

    def sources(self) -> str:
        """Say that several sources are counted together; empty for one source."""
        if self.datasets + bool(self.from_reports) < 2:
            return ""
        reports = " and reports" if self.from_reports else ""
        return (
            f"from {_n(self.datasets, 'data set')}{reports};"
            " the same incident may be counted more than once"
        )


def _n(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
