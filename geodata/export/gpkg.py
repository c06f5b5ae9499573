"""GeoPackage: the matching incidents with their claims, documents and edits.

The file is a project of its own: it opens in any GIS and in this program.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.export import About, ExportReport
from geodata.export._cells import Tally
from geodata.geopackage import GeoPackageStore

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.incident import Incident
    from geodata.store import Store

_AT_ONCE = 1_000  # incidents whose claims are held in memory together


def write(store: Store, where: Filter, out: Path, about: About) -> ExportReport:
    """Write a project that holds what the filter means and what it rests on."""
    tally = Tally()
    seen: set[str] = set()
    with GeoPackageStore.open(out, create=True) as target:
        with target.atomic():
            for dataset in store.datasets():
                target.keep_dataset(dataset)
            incidents = store.each(where)
            while batch := list(islice(incidents, _AT_ONCE)):
                _copy(store, target, batch, seen)
                for incident in batch:
                    tally.see(incident)
            target.describe(" ".join(about.lines()))
        target.tidy()
    return tally.report()


def _copy(store: Store, target: GeoPackageStore, batch: list[Incident], seen: set[str]) -> None:
    target.add_incidents(batch)
    for incident in batch:
        claims = store.claims(incident.incident_id)
        for document_id in _unseen((claim.document_id for claim in claims), seen):
            document = store.document(document_id)
            if document is not None:
                target.add_document(document, store.original(document_id) or b"")
        target.add_claims(claims)
        target.add_changes(store.changes(incident.incident_id))


def _unseen(names: Iterator[str], seen: set[str]) -> Iterator[str]:
    for name in names:
        if name not in seen:
            seen.add(name)
            yield name
