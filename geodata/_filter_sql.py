"""The SQL of a filter: what differs between stores, and many conditions of which one must hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

_LOT = 100  # conditions side by side; SQLite takes an expression 1,000 deep


class Dialect(Protocol):
    """What differs between stores in a filter's SQL."""

    def contains(self, column: str) -> str:
        """Give a condition with one ``?``: the folded column contains the folded value."""
        ...

    def equals(self, column: str) -> str:
        """Give a condition with one ``?``: equal without regard to case."""
        ...

    def bbox(self) -> str:
        """Give a condition with four ``?`` (west, south, east, north; degrees)."""
        ...

    def polygon(self) -> str:
        """Give a condition with five ``?``: the box of a ring as in `bbox`, then its text."""
        ...


class PlainSql:
    """SQL that any store understands; a store may do better with its own indexes."""

    def contains(self, column: str) -> str:
        """Substring match on lower-cased text."""
        return f"instr(lower({column}), lower(?)) > 0"

    def equals(self, column: str) -> str:
        """Equality on lower-cased text."""
        return f"lower({column}) = lower(?)"

    def bbox(self) -> str:
        """Range conditions on the coordinate columns; x is longitude."""
        return "(longitude >= ? AND latitude >= ? AND longitude <= ? AND latitude <= ?)"

    def polygon(self) -> str:
        """The box, then ``atlas_within``, which a connection to the store must know."""
        return f"({self.bbox()} AND atlas_within(?, longitude, latitude))"


def either(conditions: Sequence[str]) -> str:
    """Give a condition that any of many fulfils, nested so that it stays shallow."""
    lots = [conditions[at : at + _LOT] for at in range(0, len(conditions), _LOT)]
    if len(lots) > 1:
        return either([either(lot) for lot in lots])
    return "(" + " OR ".join(conditions) + ")"
