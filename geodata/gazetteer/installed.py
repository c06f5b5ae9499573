"""Where gazetteers live: the embedded one, and those that a user has added beside it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from geodata.errors import InputError
from geodata.gazetteer import PATH_VARIABLE, default_path
from geodata.gazetteer._entry import EMBEDDED

FOLDER_VARIABLE = "ATLAS_GAZETTEERS"
"""Environment variable that names the folder of added gazetteers; empty: none are used."""
SUFFIX = ".sqlite"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


def added_folder() -> Path | None:
    """Folder of added gazetteers: ``ATLAS_GAZETTEERS``, else the user's data folder.

    Where ``ATLAS_GAZETTEER`` names another main file, its additions live beside it.
    """
    named = os.environ.get(FOLDER_VARIABLE)
    if named is not None:
        return Path(named) if named.strip() else None
    if os.environ.get(PATH_VARIABLE):
        main = default_path()
        return main.with_name(f"{main.stem}.added")
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(data) / "incident-atlas" / "gazetteers"


def added_path(name: str) -> Path:
    """File of an added gazetteer.

    Raises
    ------
    InputError
        The name is none, or additions are switched off.
    """
    if name in EMBEDDED:
        raise InputError(f"gazetteer name {name!r} is that of the embedded one: give another")
    if not _NAME.fullmatch(name):
        raise InputError(
            f"gazetteer name {name!r}: use letters, digits, dots and hyphens (at most 60)"
        )
    folder = added_folder()
    if folder is None:
        raise InputError(f"{FOLDER_VARIABLE} is empty: name a folder for added gazetteers")
    return folder / f"{name}{SUFFIX}"


def added_paths() -> list[Path]:
    """Files of the added gazetteers, by name."""
    folder = added_folder()
    if folder is None or not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix == SUFFIX)


def paths_in_use() -> tuple[Path, ...]:
    """Files that places are looked up in: the main one first."""
    return (default_path(), *added_paths())


def remove_added(name: str) -> Path:
    """Take an added gazetteer away.

    Raises
    ------
    InputError
        There is none of this name.
    """
    path = added_path(name)
    if not path.is_file():
        known = ", ".join(repr(other.stem) for other in added_paths()) or "none"
        raise InputError(f"no gazetteer {name!r} was added; known: {known}")
    path.unlink()
    return path
