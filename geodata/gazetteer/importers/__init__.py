"""Importers: one file per kind of gazetteer, one registry."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from geodata.errors import InputError
from geodata.gazetteer.importers._base import Importer, ImportOptions, Reading
from geodata.gazetteer.importers.geonames import GeoNamesImporter
from geodata.gazetteer.importers.osm import OsmImporter
from geodata.gazetteer.importers.points import PointsImporter
from geodata.gazetteer.importers.whosonfirst import WhosOnFirstImporter

__all__ = ["IMPORTERS", "ImportOptions", "Importer", "Reading", "importer_for", "register"]

IMPORTERS: dict[str, Importer] = {}
"""Name to importer, in the order in which they look at a file."""


def register(importer: Importer) -> None:
    """Add an importer; a name that is taken is refused."""
    if importer.name in IMPORTERS:
        raise InputError(f"an importer {importer.name!r} is there already")
    IMPORTERS[importer.name] = importer


def importer_for(path: Path, name: str = "") -> Importer:
    """Importer of this name, or the first that recognises a file.

    Raises
    ------
    InputError
        There is no such importer, no such file, or no importer knows the file.
    """
    if name and name not in IMPORTERS:
        raise InputError(f"importer {name!r} is none of {', '.join(IMPORTERS)}")
    if not path.exists():
        raise InputError(f"there is no file or folder {str(path)!r}")
    if name:
        return IMPORTERS[name]
    for importer in IMPORTERS.values():
        if importer.recognises(path):
            return importer
    kinds = "; ".join(importer.words for importer in IMPORTERS.values())
    raise InputError(f"{str(path)!r} is no gazetteer that is known: give {kinds}")


def _register_all(importers: Iterable[Importer]) -> None:
    for importer in importers:
        register(importer)


_register_all((GeoNamesImporter(), WhosOnFirstImporter(), OsmImporter(), PointsImporter()))
