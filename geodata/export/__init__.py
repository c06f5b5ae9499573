"""Write the incidents that a filter means to a file, one module per format.

Every export says which filter made it, how its count reconciles to all incidents, when it was
made and whom to credit. It is written beside its final name and moved there whole; an existing
file is replaced only where the caller says so.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import InputError, StoreError
from geodata.gazetteer.credits import place_credits

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.store import Store


def attribution(tables: Sequence[str] = ()) -> str:
    """Say whom an export credits: for its coordinates, and for the tables of the project."""
    incidents = f". Incidents: {'; '.join(tables)}" if tables else ""
    return f"Places: {'; '.join(place_credits())}{incidents}"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an export says about itself."""

    project: str
    filter: str  # the filter's sentence
    query: str  # the filter as a URL query, to open the same view
    totals: str  # the totals' sentence
    made: datetime  # UTC
    attribution: str = field(default_factory=attribution)

    def lines(self) -> list[str]:
        """Say it in lines of text."""
        return [
            f"Project: {self.project}",
            f"Filter: {self.filter}",
            f"Query: {self.query or '(none)'}",
            f"Totals: {self.totals}",
            f"Made: {self.made:%Y-%m-%d %H:%M} UTC",
            f"Attribution: {self.attribution}",
        ]


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written: incidents, remarks for the user, and the numbers behind them.

    `unlocated` incidents have no coordinates; `neutralised` cells would have been run by a
    spreadsheet; `cut` cells hold less than the value, because the format cannot hold it.
    """

    rows: int
    notes: tuple[str, ...] = ()
    unlocated: int = 0
    neutralised: int = 0
    cut: int = 0


Writer = Callable[["Store", "Filter", Path, About], ExportReport]
"""Writes a new file at a path that does not exist yet."""


@dataclass(frozen=True, slots=True)
class Format:
    """One entry of the registry. `module` holds a `Writer` named ``write``.

    `suffix` is that of a download, one file; `also` are other endings by which the format is
    known. `stale` are endings of side files that belong to an older file of the same name and
    would spoil a new one.
    """

    name: str
    suffix: str
    media_type: str
    module: str
    also: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()

    def writer(self) -> Writer:
        """Import the writer."""
        write: Writer = import_module(self.module).write
        return write


FORMATS: dict[str, Format] = {}
"""Every format by its name; plug-ins enter by `register` as the built-ins do."""


def register(entry: Format) -> None:
    """Add a format.

    Raises
    ------
    ValueError
        The name is taken.
    """
    if entry.name in FORMATS:
        raise ValueError(f"export format {entry.name!r} is there already")
    FORMATS[entry.name] = entry


register(Format("csv", ".csv", "text/csv", "geodata.export.csv"))
register(
    Format("geojson", ".geojson", "application/geo+json", "geodata.export.geojson", also=(".json",))
)
register(Format("gpkg", ".gpkg", "application/geopackage+sqlite3", "geodata.export.gpkg"))
register(
    Format(
        "xlsx",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "geodata.export.xlsx",
    )
)
register(Format("kml", ".kml", "application/vnd.google-earth.kml+xml", "geodata.export.kml"))
register(
    Format(
        "shp",
        ".shp.zip",
        "application/zip",
        "geodata.export.shp",
        also=(".shp", ".shz"),
        stale=(".qix", ".sbn", ".sbx", ".ain", ".aih", ".atx", ".ixs", ".shp.xml"),
    )
)
register(
    Format(
        "parquet",
        ".parquet",
        "application/vnd.apache.parquet",
        "geodata.export.parquet",
        also=(".geoparquet", ".pq"),
    )
)
register(Format("acled", ".acled.csv", "text/csv", "geodata.export.acled"))
register(Format("ucdp", ".ucdp.csv", "text/csv", "geodata.export.ucdp"))
register(Format("gtd", ".gtd.csv", "text/csv", "geodata.export.gtd"))


def format_named(name: str) -> Format:
    """Find a format.

    Raises
    ------
    InputError
        Listing the formats that there are.
    """
    if name not in FORMATS:
        raise InputError(f"no export format {name!r}; one of {', '.join(FORMATS)}")
    return FORMATS[name]


def format_for(name: str) -> Format:
    """Find the format of a file by the ending of its name, the longest ending first.

    Raises
    ------
    InputError
        Listing the endings that there are.
    """
    known = {ending: entry for entry in FORMATS.values() for ending in (entry.suffix, *entry.also)}
    for ending in sorted(known, key=len, reverse=True):
        if name.lower().endswith(ending):
            return known[ending]
    raise InputError(
        f"{name!r} does not say its format by its ending; add --format, one of"
        f" {', '.join(FORMATS)}, or end the name in one of {', '.join(known)}"
    )


def export(
    store: Store, where: Filter, out: Path, format_name: str, *, force: bool = False
) -> ExportReport:
    """Write the matching incidents to `out`.

    Raises
    ------
    InputError
        The format is unknown, `out` exists and `force` is not given, or it is the project itself.
    StoreError
        The file cannot be written.
    """
    chosen = format_named(format_name)
    may_write(store, out, force=force)
    with store.snapshot():
        about = about_export(store, where)
        try:
            with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as folder:
                draft = Path(folder) / out.name
                report = chosen.writer()(store, where, draft, about)
                _move(Path(folder), out, chosen, force=force)
        except StoreError:
            raise
        except OSError as error:
            raise StoreError(f"{str(out)!r} cannot be written: {error.strerror}") from error
    return report


def _move(folder: Path, out: Path, chosen: Format, *, force: bool) -> None:
    """Move what was written to its place; a side file of somebody else is not replaced either."""
    made = sorted(folder.iterdir())
    for file in made:
        if not force and out.with_name(file.name).exists():
            raise InputError(
                f"{str(out.with_name(file.name))!r} exists and belongs to this export; add"
                " --force to replace it, or give another path"
            )
    for file in made:
        file.replace(out.with_name(file.name))
    for ending in chosen.stale:
        out.with_suffix(ending).unlink(missing_ok=True)


def export_bytes(store: Store, where: Filter, format_name: str) -> bytes:
    """Give what `export` would write, as bytes, for a download."""
    chosen = format_named(format_name)
    with store.snapshot(), tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / f"{store.name or 'incidents'}{chosen.suffix}"
        chosen.writer()(store, where, draft, about_export(store, where))
        return draft.read_bytes()


def about_export(store: Store, where: Filter) -> About:
    """Collect what the export says about itself."""
    return About(
        project=store.name,
        filter=where.sentence(),
        query=where.to_query(),
        totals=store.totals(where).sentence(),
        made=datetime.now(UTC),
        attribution=attribution(store.table_credits()),
    )


def may_write(store: Store, out: Path, *, force: bool) -> None:
    """Refuse to write where something would be lost (`InputError` says what and what to do)."""
    own = getattr(store, "path", None)
    if isinstance(own, os.PathLike) and out.exists() and out.samefile(own):
        raise InputError(f"{str(out)!r} is the project itself; give another path")
    if out.is_dir():
        raise InputError(f"{str(out)!r} is a folder; give the path of a file")
    if out.exists() and not force:
        raise InputError(f"{str(out)!r} exists; add --force to replace it, or give another path")
    if not out.parent.is_dir():
        raise InputError(f"there is no folder {str(out.parent)!r}; make it first")
    wal = out.with_name(out.name + "-wal")
    if wal.exists():
        # Moving a new file under somebody's open journal would damage what is read from it.
        raise InputError(f"{str(out)!r} is open in another program ({wal.name!r}); close it first")
