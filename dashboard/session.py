"""The project that this process serves: one store, shared by every page, session and route.

`incidents serve` names it in the environment before the pages are loaded, so that pages and
routes, which live in one process, open the same file once.
"""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING

from geodata.errors import InputError

if TYPE_CHECKING:
    from geodata.store import Store

STORE_VARIABLE = "ATLAS_STORE"
"""Environment variable that names the project file to serve."""

READ_ONLY_VARIABLE = "ATLAS_READ_ONLY"
"""Environment variable that, set to 1, makes the dashboard refuse every edit."""


def choose_project(path: str, *, read_only: bool) -> None:
    """Name the project that `open_project` gives from now on, in this process."""
    os.environ[STORE_VARIABLE] = path
    os.environ[READ_ONLY_VARIABLE] = "1" if read_only else "0"


def open_project() -> Store:
    """Store of the served project, opened once per process; safe to use from any thread.

    Raises
    ------
    InputError
        When no project was named.
    StoreError
        One line: the file is missing, damaged, not ours or locked.
    """
    path = os.environ.get(STORE_VARIABLE, "")
    if not path:
        raise InputError("no project is open; start the dashboard with: incidents serve --store …")
    return _opened(path, os.environ.get(READ_ONLY_VARIABLE) == "1")


def close_project() -> None:
    """Release the project's file; the next `open_project` opens it anew."""
    if _opened.cache_info().currsize:
        open_project().close()
        _opened.cache_clear()


@functools.lru_cache(maxsize=1)
def _opened(path: str, read_only: bool) -> Store:
    from geodata.store import open_store

    return open_store(path, read_only=read_only)
