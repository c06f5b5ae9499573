"""Known layouts of tables, one file each, and the mapping of any other table.

Each module that `_MODULES` names holds one preset, its ``PRESET``. They are imported when the
first table is opened, so that a command without tables does not wait for them.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from geodata.errors import InputError

if TYPE_CHECKING:
    from ingest.presets._base import Match, Preset
    from ingest.readers.tables._batch import RowBatch, TableInfo

_MODULES: tuple[str, ...] = ("atlas", "acled", "ucdp", "gtd", "gdelt", "hxl", "monthly", "generic")
"""Modules of presets, in the order in which they are shown."""

THRESHOLD = 0.5
"""Least score of a preset that counts as recognised."""


@lru_cache(maxsize=1)
def presets() -> tuple[Preset, ...]:
    """Give all presets, in the order in which they are shown.

    Raises
    ------
    InputError
        Two presets have one name.
    """
    found: tuple[Preset, ...] = tuple(
        import_module(f"{__name__}.{module}").PRESET for module in _MODULES
    )
    names = [preset.name for preset in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise InputError(f"two presets have the name {twice!r}: rename one")
    return found


def preset_named(name: str) -> Preset:
    """Give a preset by its name, in any case.

    Raises
    ------
    InputError
        No preset has the name; the message lists the known ones.
    """
    for preset in presets():
        if preset.name == name.strip().casefold():
            return preset
    known = ", ".join(preset.name for preset in presets())
    raise InputError(f"no preset is named {name!r}; known are {known}")


def recognised(info: TableInfo, sample: RowBatch) -> tuple[Preset, Match] | None:
    """Give the preset that knows a table best, or None where none knows it well enough.

    Of two with one score the first counts.
    """
    matches = [(preset, preset.match(info, sample)) for preset in presets()]
    fits = [(preset, match) for preset, match in matches if match and match.score >= THRESHOLD]
    return max(fits, key=lambda fit: fit[1].score, default=None)
