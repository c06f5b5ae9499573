"""Rows of a table told apart: new, changed, unchanged, repeated; by their ids and digests."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from geodata.datasets import KnownRows

MAX_KEY = 200
"""Longest id of a row that is kept as it is; of a longer one the digest is."""

_NO_VERSION = 0


@dataclass(slots=True)
class Sorted:
    """Positions of rows in their batch by what is to be done with them.

    `again` are rows that replace an earlier row of the same file, because they are newer.
    `clashes` are pairs of a row and the line that has its id with other values; `split` are such
    pairs where a guessed id does not tell rows apart, so that each is an incident of its own.
    """

    ids: list[str]
    new: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    clashes: list[tuple[int, int]] = field(default_factory=list)
    split: list[tuple[int, int]] = field(default_factory=list)
    unchanged: int = 0
    duplicates: int = 0
    older: int = 0


class Sorter:
    """Knows the rows that a data set has and those that the file has given so far."""

    def __init__(
        self,
        dataset_id: str,
        known: KnownRows,
        withdrawn: Collection[str],
        *,
        key_given: bool,
        again: bool = False,
    ) -> None:
        self._dataset_id = dataset_id
        self._known = known
        self._withdrawn = withdrawn
        self._key_given = key_given
        self._again = again
        self._met = np.zeros(len(known), dtype=bool)
        self._seen: dict[str, int] = {}
        self._lines, self._digests, self._versions = array("q"), array("q"), array("q")

    def __contains__(self, incident_id: str) -> bool:
        return incident_id in self._seen

    def id_of(self, key: str, digest: int) -> str:
        """Give the id of the incident that a row is; by its content where it has no key."""
        key = key.strip() or f"{digest & 0xFFFF_FFFF_FFFF_FFFF:016x}"
        if len(key) > MAX_KEY:
            key = hashlib.blake2b(key.encode(errors="replace"), digest_size=16).hexdigest()
        return f"{self._dataset_id}:{key}"

    def sort(
        self,
        keys: Sequence[str],
        digests: npt.NDArray[np.int64],
        versions: Sequence[int],
        lines: Sequence[int],
    ) -> Sorted:
        """Sort the rows of a batch; `versions` may be empty, all else is one per row."""
        marks = digests.tolist()
        ids = [self.id_of(key, mark) for key, mark in zip(keys, marks, strict=True)]
        given = list(versions) or [_NO_VERSION] * len(ids)
        found = Sorted(ids)
        counted = self._without_repeated(found, marks, given, lines)
        self._compare(found, counted, marks, given)
        return found

    def missing(self, but: Collection[str], ids_of: Sequence[str]) -> list[str]:
        """Give ids of rows that the file has not; `ids_of` are those of `unmet`, in order."""
        return [one for one in ids_of if one not in but and one not in self._withdrawn]

    def unmet(self) -> list[int]:
        """Numbers of the incidents of the data set that the file has not given."""
        return [int(fid) for fid in self._known.fids[~self._met]]

    def _without_repeated(
        self, found: Sorted, marks: list[int], versions: list[int], lines: Sequence[int]
    ) -> dict[str, int]:
        """Give the rows that count by their ids: of two with one id the newer does."""
        counted: dict[str, int] = {}
        for at in range(len(found.ids)):
            before = self._seen.get(found.ids[at])
            if before is not None and not self._key_given and marks[at] != self._digests[before]:
                # A guessed column of ids that does not tell rows apart: the content does.
                found.split.append((at, self._lines[before]))
                found.ids[at] += f"~{marks[at] & 0xFFFF_FFFF:08x}"
                before = self._seen.get(found.ids[at])
            incident_id = found.ids[at]
            if before is None:
                counted[incident_id] = at
            elif marks[at] == self._digests[before] or versions[at] < self._versions[before]:
                found.duplicates += 1
                continue
            elif versions[at] == self._versions[before]:
                found.clashes.append((at, self._lines[before]))
                continue
            else:
                found.duplicates += 1
                if incident_id in counted:
                    counted[incident_id] = at
                else:
                    found.again.append(at)
            self._seen[incident_id] = len(self._lines)
            self._lines.append(lines[at])
            self._digests.append(marks[at])
            self._versions.append(versions[at])
        return counted

    def _compare(
        self, found: Sorted, counted: dict[str, int], marks: list[int], versions: list[int]
    ) -> None:
        if not len(self._known):
            found.new = list(counted.values())
            return
        places = self._known.find(list(counted)).tolist()
        for (incident_id, at), place in zip(counted.items(), places, strict=True):
            if place < 0:
                found.new.append(at)
                continue
            self._met[place] = True
            gone = incident_id in self._withdrawn
            if versions[at] < int(self._known.versions[place]):
                found.older += 1
                found.unchanged += 1
            elif marks[at] == int(self._known.digests[place]) and not (gone or self._again):
                found.unchanged += 1
            else:
                found.changed.append(at)
