"""How likely a value is right, from how it was read: of the values given as .8, 80 % are.

`calibration.toml` holds, for each field, what every signal is worth in log-odds; their sum is
turned into a probability. `scripts/calibrate.py` fits it to gold stories and writes it.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

BASE = "base"
"""Key of a field's log-odds before any signal."""

SAME_AS = {"date": "event_date", "killed": "killed_best", "injured": "injured_best"}
"""Claims that group several fields, and the field whose probability they take."""

LEAST, MOST = 0.02, 0.98
"""Bounds of a stated confidence: a few hundred gold incidents bear out nothing beyond."""

Weights = Mapping[str, Mapping[str, float]]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Give the fitted log-odds by field and signal; none where they were never fitted."""
    file = files("ingest.extract").joinpath("calibration.toml")
    if not file.is_file():
        return {}
    return {
        field: table
        for field, table in tomllib.loads(file.read_text("utf-8")).items()
        if isinstance(table, dict)
    }


def confidence_of(
    field: str, signals: Mapping[str, Sequence[str]], otherwise: float, fitted: Weights
) -> float:
    """Give the probability that a field's value is right.

    Parameters
    ----------
    signals
        By field, as `ingest.extract.signals.signals_of` gives them.
    otherwise
        What is given for a field that was never fitted.
    """
    name = SAME_AS.get(field, field)
    table = fitted.get(name)
    if table is None or name not in signals:
        return otherwise
    odds = table.get(BASE, 0.0) + sum(table.get(signal, 0.0) for signal in signals[name])
    odds = max(-30.0, min(30.0, odds))  # beyond, exp would overflow
    return min(MOST, max(LEAST, 1 / (1 + math.exp(-odds))))
