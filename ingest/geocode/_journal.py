"""How far a long run has come: drafts beside the output, and a small file that says so.

The journal is replaced in one step after the drafts are flushed, so that whatever a kill leaves
behind in the drafts, cutting them to the journal's sizes gives complete rows.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from geodata.errors import InputError

HEAD = 1_000_000
"""Bytes at the start of the input that its identity looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Rows done, the size of each draft in bytes after them, and the rows by outcome."""

    rows: int = 0
    written: int = 0
    unmatched: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)


def input_identity(source: Path) -> dict[str, Any]:
    """What tells one input from another: size, time of change, and a hash of its head."""
    stat = source.stat()
    with source.open("rb") as file:
        head = hashlib.sha256(file.read(HEAD)).hexdigest()
    return {"size": stat.st_size, "changed": stat.st_mtime_ns, "head": head}


class Journal:
    """The journal and drafts of one output file."""

    def __init__(self, target: Path, identity: dict[str, Any]) -> None:
        self.path = target.with_name(f"{target.name}.journal")
        self.draft = target.with_name(f"{target.name}.part")
        self.unmatched = target.with_name(f"{target.name}.unmatched.part")
        self.identity: dict[str, Any] = json.loads(json.dumps(identity))

    def load(self) -> tuple[State | None, str]:
        """State to go on from, or None with the reason why it starts anew ("" at first)."""
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            state = State(**kept["state"])
            identity = dict(kept["identity"])
            sizes = (self.draft.stat().st_size, self.unmatched.stat().st_size)
        except FileNotFoundError:
            return None, "its draft is incomplete" if self.path.exists() else ""
        except (ValueError, KeyError, TypeError):
            return None, "its journal cannot be read"
        changed = [key for key, value in self.identity.items() if identity.get(key) != value]
        if changed:
            return None, f"the {' and the '.join(changed)} changed"
        if sizes[0] < state.written or sizes[1] < state.unmatched:
            return None, "its draft is incomplete"
        return state, ""

    def save(self, state: State) -> None:
        """Record a state; the drafts must be flushed before."""
        fresh = self.path.with_name(f"{self.path.name}.new")
        fresh.write_text(
            json.dumps({"identity": self.identity, "state": asdict(state)}), encoding="utf-8"
        )
        fresh.replace(self.path)

    def clear(self) -> None:
        """Remove journal and drafts."""
        for path in (self.path, self.draft, self.unmatched):
            path.unlink(missing_ok=True)


def open_draft(path: Path, size: int) -> BinaryIO:
    """Open a draft to write on after its first `size` bytes."""
    try:
        file = path.open("r+b" if size else "wb")
    except OSError as error:
        raise InputError(f"cannot write {str(path)!r}: {error.strerror}") from error
    file.truncate(size)
    file.seek(size)
    return file
