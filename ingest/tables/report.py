"""What came of a table: every row counted once, and what the analyst is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as with_default
from typing import TYPE_CHECKING

from geodata.incident import Json

if TYPE_CHECKING:
    from geodata.datasets import RowChange
    from ingest.presets._base import RowFlag
    from ingest.tables._lookups import Key
    from ingest.tables.names import Tally

EXAMPLES = 3
"""Lines and values that a question is told with."""
MAX_QUESTIONS = 200
MAX_SHOWN_CHANGES = 200
SHOWN_OF_NEW = ("incident_id", "event_date", "event_type", "place", "admin1", "country",
                "killed_best")  # fmt: skip
"""Fields of a new row that a comparison tells."""


@dataclass(slots=True)
class Question:
    """What is asked about a field: how many rows, and some of them as (line, value)."""

    field: str
    reason: str
    rows: int = 0
    examples: list[tuple[int, str]] = with_default(default_factory=list)


@dataclass(slots=True, kw_only=True)
class TableReport:
    """What came of a table: every row is counted once.

    `rows` = added + changed + unchanged + duplicates + quarantined; for a table of reports
    (`reports`) the rows added are documents. `missing` counts rows of the data set that the file
    lacks, `removed` those of them that were rejected for it. `kept` counts values of analysts
    that a newer release would have changed; `older` rows of which the project holds a newer
    version; `mended` rows set aside earlier that this file brings right; `unknown` the rows that
    hold each name which the registry and the gazetteer lack. `resumed` are the rows that an
    earlier run had kept before it was stopped; they are among the counts. Where a file is only
    compared (`dry`), `new` tells some fields of the first new rows, and `gone` the ids of the
    first that it lacks.
    """

    source: str
    preset: str
    dataset: str
    words: str = ""
    credit: str = ""
    notes: tuple[str, ...] = ()
    import_id: int = 0
    reports: bool = False
    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    quarantined: int = 0
    skipped: int = 0
    missing: int = 0
    removed: int = 0
    kept: int = 0
    older: int = 0
    mended: int = 0
    geocoded: int = 0
    not_located: int = 0
    outside_country: int = 0
    far_from_district: int = 0
    already: bool = False
    resumed: int = 0
    dry: bool = False
    unknown: Counter[Key] = with_default(default_factory=Counter)
    questions: dict[tuple[str, str], Question] = with_default(default_factory=dict)
    fields_changed: Counter[str] = with_default(default_factory=Counter)
    changes: list[RowChange] = with_default(default_factory=list)  # the first of them
    new: list[dict[str, Json]] = with_default(default_factory=list)
    gone: list[str] = with_default(default_factory=list)
    seconds: float = 0.0

    def ask(self, flags: Iterable[RowFlag]) -> None:
        """Count questions about rows that became incidents."""
        for flag in flags:
            key = (flag.field, flag.reason)
            if key not in self.questions and len(self.questions) >= MAX_QUESTIONS:
                key = (flag.field, "and other questions")
            asked = self.questions.setdefault(key, Question(*key))
            asked.rows += 1
            if len(asked.examples) < EXAMPLES:
                asked.examples.append((flag.line, flag.value[:200]))

    def count(self, tally: Tally) -> None:
        """Count names and points of rows."""
        self.unknown.update(tally.unknown)
        self.geocoded += tally.geocoded
        self.not_located += tally.not_located
        self.outside_country += tally.outside
        self.far_from_district += tally.far

    def show(self, changes: Iterable[RowChange]) -> None:
        """Count what a newer release changes field by field, and keep the first changes."""
        for change in changes:
            self.fields_changed.update(name for name in change.fields if name not in change.kept)
            if len(self.changes) < MAX_SHOWN_CHANGES and change.fields:
                self.changes.append(change)

    def detail(self) -> dict[str, Json]:
        """Give what an import keeps beside its counts."""
        return {
            "notes": list(self.notes),
            "words": self.words,
            "skipped": self.skipped,
            "missing": self.missing,
            "unknown": [[*key, rows] for key, rows in self.unknown.most_common(MAX_QUESTIONS)],
            "questions": [
                {
                    "field": one.field,
                    "reason": one.reason,
                    "rows": one.rows,
                    "examples": [list(example) for example in one.examples],
                }
                for one in self.questions.values()
            ],
        }
