"""The offline gazetteer: build it, import into it, look up places.

Importing this package needs nothing but the standard library, because it is also imported while
the wheel is built.
"""

from __future__ import annotations

import os
from pathlib import Path

PATH_VARIABLE = "ATLAS_GAZETTEER"
"""Environment variable that names another gazetteer file."""


def default_path() -> Path:
    """Path of the gazetteer in use: ``ATLAS_GAZETTEER``, else the embedded one."""
    override = os.environ.get(PATH_VARIABLE)
    if override:
        return Path(override)
    return Path(__file__).resolve().parent.parent / "data" / "gazetteer.sqlite"


def overlay_path() -> Path:
    """Folder of the table of facts that we write ourselves, one CSV file a country."""
    return Path(__file__).resolve().parent.parent / "data" / "places"
