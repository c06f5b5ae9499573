"""Where a project is kept: the Store protocol and `open_store`.

A store is one GeoPackage file today, a PostGIS schema later; callers see only this protocol.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from geodata.dataset_store import DatasetStore
from geodata.errors import InputError

if TYPE_CHECKING:
    import geopandas
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from geodata._touched import Position, Touched
    from geodata.admin_areas import AdminArea, BoundaryLayer
    from geodata.datasets import Import
    from geodata.feeds import Feed
    from geodata.filters import Filter
    from geodata.incident import Change, Claim, Document, Incident, Json, Quarantined
    from geodata.memory import PlaceMemory
    from geodata.summary import Totals
    from geodata.timeline import Dated
    from geodata.tolls import Tolls


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of a store's check: how grave (``error``, ``warning``), where, what."""

    level: str
    where: str
    what: str


class Store(DatasetStore, Protocol):
    """One project: incidents, documents, claims, changes, quarantine, saved views.

    Reading methods see the last committed state, and inside ``with store.atomic():`` the
    block's own changes. Writing methods must run inside ``with store.atomic():``; everything in
    the block is kept, or nothing is. A store may be shared by threads.
    """

    @property
    def name(self) -> str:
        """Short name of the project for titles: the file name without its suffix."""
        ...

    @property
    def read_only(self) -> bool:
        """Whether writing methods refuse (`StoreReadOnlyError`)."""
        ...

    def atomic(self) -> AbstractContextManager[None]:
        """One transaction; a nested block joins the outer one, and undoes itself if it fails."""
        ...

    def filling(self) -> AbstractContextManager[None]:
        """Let a project without incidents be filled faster, if nobody else has it open.

        To be used around `atomic` by a program that does nothing else with the project; others
        can open it again when the first `atomic` block has ended.
        """
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """One state for every read of this thread inside the block, whatever others commit."""
        ...

    def revision(self) -> int:
        """Give a number that differs after any committed change, by this or another program."""
        ...

    def add_document(self, document: Document, original: bytes = b"") -> bool:
        """Keep a report; False, and nothing written, when its sha256 is already there."""
        ...

    def document_with_sha256(self, sha256: str) -> Document | None:
        """Find the report with these original bytes."""
        ...

    def document_with_url(self, url: str) -> Document | None:
        """Find a report by its address, the first where there are several; none for no address."""
        ...

    def table_credits(self) -> list[str]:
        """Whom to credit for imported tables, each once."""
        ...

    def document(self, document_id: str) -> Document | None:
        """One report by its id."""
        ...

    def original(self, document_id: str) -> bytes | None:
        """Bytes of a report as they were given, empty for pasted text; None when unknown."""
        ...

    def documents(self, *, limit: int = 100, offset: int = 0) -> list[Document]:
        """Reports, newest publication first."""
        ...

    def count_documents(self) -> int:
        """Number of reports."""
        ...

    def add_incidents(self, incidents: Iterable[Incident]) -> int:
        """Add incidents; an id that is already there is an error. Gives how many."""
        ...

    def add_claims(self, claims: Iterable[Claim]) -> int:
        """Add claims of incidents that are there. Gives how many."""
        ...

    def add_quarantine(self, rows: Iterable[Quarantined]) -> int:
        """Keep inputs that could not become incidents. Gives how many."""
        ...

    def quarantine(
        self,
        *,
        limit: int = 100,
        offset: int = 0,
        dataset_id: str | None = None,
        unresolved: bool = False,
    ) -> list[Quarantined]:
        """Give quarantined inputs, newest first: all, those of a data set, those still to mend."""
        ...

    def count_quarantine(self, *, dataset_id: str | None = None, unresolved: bool = False) -> int:
        """Number of quarantined inputs (as `quarantine` takes them)."""
        ...

    def resolve_quarantine(self, ids: Iterable[int], *, by: Import | None = None) -> int:
        """Mark inputs as mended, by an import where one did it. Gives how many were not before."""
        ...

    def incident(self, incident_id: str) -> Incident | None:
        """One incident by its id."""
        ...

    def incidents(
        self,
        where: Filter,
        *,
        limit: int | None = None,
        offset: int = 0,
        order: str = "-event_date",
    ) -> list[Incident]:
        """Matching incidents; `order` is a field name, ``-`` before it for descending."""
        ...

    def each(self, where: Filter, *, order: str = "-event_date") -> Iterator[Incident]:
        """Matching incidents one by one from one state, without holding them all in memory."""
        ...

    def count(self, where: Filter) -> int:
        """Number of matching incidents."""
        ...

    def frame(self, where: Filter, columns: Sequence[str] | None = None) -> geopandas.GeoDataFrame:
        """Matching incidents as a GeoDataFrame in EPSG:4326, missing points as None."""
        ...

    def claims(self, incident_id: str) -> list[Claim]:
        """What the reports say of an incident, in the order it was read."""
        ...

    def position(self) -> Position:
        """Where the project is now, for `touched`."""
        ...

    def touched(self, since: Position, *, most: int) -> Touched | None:
        """Incidents that are new, changed or gone since a `position`; None if they are more than
        `most`, or nobody can tell any more."""
        ...

    def arrow(
        self, columns: Sequence[str], only: npt.NDArray[np.int64] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Every incident, in batches of Arrow columns: ``fid``, then `columns`; in order of entry.

        With `only`, those with these numbers (``fid``). `killed_by_status` is null where it tells
        nothing.

        Raises
        ------
        InputError
            A column is no field of an incident.
        """
        ...

    def numbers(self, where: Filter) -> npt.NDArray[np.int64]:
        """Numbers (``fid``) of the matching incidents, shape (n,), in no order."""
        ...

    def numbered(self, numbers: Sequence[int] | npt.NDArray[np.int64]) -> list[Incident]:
        """Incidents by their numbers (``fid``), in the order asked for; gone ones are left out."""
        ...

    def incidents_of_document(self, document_id: str) -> list[Incident]:
        """Incidents that a report tells, in the order of the text."""
        ...

    def update_incident(
        self, incident_id: str, values: Mapping[str, Json], *, who: str, why: str = ""
    ) -> Incident:
        """Change fields and record each change; values as JSON. Unchanged fields leave no trace."""
        ...

    def changes(self, incident_id: str) -> list[Change]:
        """Edits of an incident, oldest first."""
        ...

    def remember_place(self, memory: PlaceMemory) -> PlaceMemory:
        """Keep a choice under a new id, now; one for the same phrase and context ends."""
        ...

    def place_memories(self, *, ended: bool = False) -> list[PlaceMemory]:
        """Choices in force, by phrase; with `ended`, those changed or forgotten, latest first."""
        ...

    def place_uses(self) -> dict[str, int]:
        """How many incidents the words of each choice have placed, under earlier choices too."""
        ...

    def forget_place(self, memory_id: str, *, who: str) -> PlaceMemory:
        """End a choice and record who did; gives it as it was."""
        ...

    def restore_place(self, memory_id: str, *, who: str) -> PlaceMemory:
        """Bring an ended choice back, as a new one made by `who`."""
        ...

    def feeds(self) -> list[Feed]:
        """Feeds of the project, by name."""
        ...

    def add_feed(self, feed: Feed) -> Feed:
        """Keep a feed, from now on; a name or an address that is taken is an `InputError`."""
        ...

    def keep_feed(self, feed: Feed) -> None:
        """Write down how a feed is; it is known by its name."""
        ...

    def remove_feed(self, name: str) -> Feed:
        """Take a feed out; its reports stay. Gives it as it was."""
        ...

    def facet(self, part: str, where: Filter, *, limit: int = 500) -> list[tuple[str, int]]:
        """Values of a filter part (``group``, ``district`` …) with their counts, most first.

        Counted over the incidents that match all *other* parts of `where`, so that the numbers
        beside the options say what choosing them would give. ``type`` gives event types and
        sub-event types alike.
        """
        ...

    def timeline(self, where: Filter, step: str) -> list[tuple[str, int, int]]:
        """(first day of the step, incidents, killed) for ``day``, ``week``, ``month``, ``year``.

        Incidents known only to a coarser precision than `step` are left out, not spread.
        """
        ...

    def dates(self, where: Filter) -> list[Dated]:
        """Dated incidents, counted by their first and last possible day and by precision."""
        ...

    def tolls(self, where: Filter) -> Tolls:
        """Killed and injured, the dead by what they were."""
        ...

    def totals(self, where: Filter) -> Totals:
        """Counts that reconcile to all incidents of the project."""
        ...

    def boundaries(self) -> list[BoundaryLayer]:
        """Layers of administrative boundaries, the oldest first."""
        ...

    def boundary_shapes(
        self, name: str, *, box: tuple[float, float, float, float] | None = None
    ) -> list[AdminArea]:
        """Areas of a layer, or those that may meet a box (west, south, east, north; degrees)."""
        ...

    def add_boundaries(self, layer: BoundaryLayer, areas: Iterable[AdminArea]) -> BoundaryLayer:
        """Keep a layer; gives it as kept: with a free name, its countries and count of areas."""
        ...

    def remove_boundaries(self, name: str) -> None:
        """Take a layer out; what was assigned from it stays."""
        ...

    def check(self) -> list[Problem]:
        """Integrity, conformance and reconciling totals; an empty list means sound."""
        ...

    def close(self) -> None:
        """Release the file or connection; the store cannot be used afterwards."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def open_store(where: str | Path, *, read_only: bool = False, create: bool = False) -> Store:
    """Open a project.

    Parameters
    ----------
    where
        Path of a GeoPackage file.
    read_only
        Refuse every write; also works on a file without write permission.
    create
        Make the file when it is not there; without it, a missing file is an error.

    Raises
    ------
    StoreError
        One line: the file is missing, damaged, not ours, locked, or may not be written.
    """
    text = str(where)
    if "://" in text:
        raise InputError(
            f"store {text!r}: only GeoPackage files (a path ending in .gpkg) are known"
        )
    from geodata.geopackage import GeoPackageStore

    return GeoPackageStore.open(Path(where), read_only=read_only, create=create)
