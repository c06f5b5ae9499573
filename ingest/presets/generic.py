"""Preset `generic`: any table, read by a mapping that is guessed or given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geodata.errors import InputError
from ingest.presets._base import Mapping, Match
from ingest.presets._mapped import MappedReader, mapped_reader
from ingest.presets.guess import guess_mapping

if TYPE_CHECKING:
    from ingest.readers.tables._batch import RowBatch, TableInfo

SCORE = 0.1
"""Any published layout is a better answer than a guess."""

GIVEN = 0.9
"""A mapping that the user gave, for a table that has its columns."""


@dataclass(frozen=True, slots=True)
class Generic:
    """Reads any table by a mapping; without one it is guessed from the first rows."""

    mapping: Mapping | None = None
    today: date | None = None
    name: str = "generic"
    title: str = "Table with a mapping"
    credit: str = ""
    reports: bool = False

    def match(self, info: TableInfo, sample: RowBatch) -> Match | None:
        """Say whether the table can be read: it has the mapping's columns, or one is guessed."""
        if self.mapping is not None:
            wanted = {name for rule in self.mapping.rules for name in rule.columns}
            if not wanted <= set(info.columns):
                return None
            return Match(GIVEN, f"mapping {self.mapping.name!r}, {len(wanted)} columns")
        try:
            guess = guess_mapping(info, sample)
        except InputError:
            return None
        used = sum(bool(column.field) for column in guess.columns)
        return Match(SCORE, f"any table, {used} of {len(info.columns)} columns understood")

    def reader(self, info: TableInfo, sample: RowBatch) -> MappedReader:
        """Make ready to read the table.

        Raises
        ------
        InputError
            No mapping is given and none can be guessed, or the table lacks a column of it.
        """
        mapping = self.mapping or guess_mapping(info, sample).mapping
        return mapped_reader(mapping, info, sample, self.today)


PRESET = Generic()
