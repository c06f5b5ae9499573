"""The name of the user of this computer, with which edits are signed until another is given."""

from __future__ import annotations

import getpass


def computer_user() -> str:
    """Name of the user of this computer, or "analyst" where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no user database entry, as in some containers
        return "analyst"
