"""Published layouts of tables, one file each, and the reading of any other table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geodata.errors import InputError
from ingest.presets import acled, generic, gtd, ucdp
from ingest.presets._base import Cells, Preset, RowError

__all__ = ["AUTO", "NAMES", "Cells", "Preset", "RowError", "chosen"]

AUTO = "auto"
_PUBLISHED = (acled.PRESET, ucdp.PRESET, gtd.PRESET)
NAMES = (AUTO, *(preset.name for preset in _PUBLISHED), "table")
"""What ``--preset`` takes."""


def chosen(
    name: str, columns: Sequence[str], sample: Sequence[Cells], mapping: Mapping[str, str]
) -> Preset:
    """Give the layout of a table: the one named, or the one that its header has.

    Raises
    ------
    InputError
        The table has not the layout that was named, or none that can be read.
    """
    known = {preset.name: preset for preset in _PUBLISHED}
    if name in known:
        lacking = known[name].needs - {column.casefold() for column in columns}
        if lacking:
            raise InputError(
                f"it has not the layout {name!r}: there is no column {sorted(lacking)[0]!r}"
            )
        return known[name]
    if name == AUTO and not mapping:
        found = next((preset for preset in _PUBLISHED if preset.fits(columns)), None)
        if found is not None:
            return found
    return generic.preset_for(columns, sample, mapping)
