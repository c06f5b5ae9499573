"""A CSV in a published layout: rows that came in it as they came, all others as far as they fit.

The file is UTF-8 without a byte order mark, for programs that know the layout. A row that was
imported in the layout has its own cells, letter by letter; an analyst's later edits are written
over the cells that they map to, and nothing else changes. Cells that came with a table are not
neutralised (they are the publisher's, and the same file again must give the same values), but
they are counted; text from elsewhere is.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.export import About, ExportReport
from geodata.export._cells import Tally, counted, runs, without_surrogates
from geodata.export._originals import OriginalRow, datasets_in, originals_in
from geodata.export.csv import write_about
from geodata.incident import FIELDS, Incident, to_json
from geodata.layouts import Layout, folded, keys_of

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.incident import Change
    from geodata.store import Store

Cells = dict[str, str]
"""Cells by the layout's name of the column."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be written: some fields of an incident, into a row as it is.

    `fields` are those that were edited, with the `row` that they are written over; or, with an
    empty row, all those that tell something.
    """

    incident: Incident
    fields: frozenset[str]
    row: Mapping[str, str]


Turn = Callable[[Told], Cells | None]
"""Gives the cells for fields of an incident; None where the layout has no column for them."""


@dataclass(frozen=True, slots=True)
class Said:
    """One report of an incident."""

    outlet: str
    title: str
    published: str
    url: str


@dataclass(frozen=True, slots=True)
class Target:
    """How incidents become rows of a layout: fields and what turns them into cells, in order."""

    layout: Layout
    turns: tuple[tuple[frozenset[str], Turn], ...]
    sources: Callable[[Sequence[Said]], Cells]


_SILENT = frozenset({"incident_id", "status", "dataset"})
"""Fields of our own that no layout is expected to hold."""

_NOTHING = to_json(Incident(incident_id=""))


@dataclass(slots=True)
class _Sheet:
    """The file being written: its columns, and what was lost on the way."""

    target: Target
    header: dict[str, str] = field(default_factory=dict)  # key to the name as written
    tally: Tally = field(default_factory=Tally)
    lost: Counter[str] = field(default_factory=Counter)
    edits: int = 0
    risky: int = 0

    def turned(self, incident: Incident, fields: frozenset[str], row: Mapping[str, str]) -> Cells:
        """Give the cells for fields, and count the fields that have no column."""
        found: Cells = {}
        placed: set[str] = set()
        for wanted, turn in self.target.turns:
            if not wanted & fields:
                continue
            cells = turn(Told(incident, fields & wanted, row)) or {}
            there = {folded(name): text for name, text in cells.items()}
            there = {name: text for name, text in there.items() if name in self.header}
            if there and (row or any(there.values())):
                placed |= wanted & fields
            found |= there
        self.lost.update(fields - placed - _SILENT)
        return {name: self.tally.safe(without_surrogates(text)) for name, text in found.items()}

    def notes(self, others: int) -> None:
        """Say what became of the rows."""
        title, more = self.target.layout.title, self.tally.more
        if others:
            more.append(f"{counted(others, 'row')} from elsewhere written in the layout of {title}")
        if self.edits:
            more.append(f"edits were written over the cells of {counted(self.edits, 'row')}")
        if self.lost:
            said = ", ".join(f"{name} ({self.lost[name]:,})" for name in FIELDS if self.lost[name])
            more.append(f"{title} has no column for what these fields tell: {said}")
        if self.risky:
            more.append(
                f"{counted(self.risky, 'cell')} of the imported table could be run as a formula by"
                " a spreadsheet; left as they came, so that the values are the same"
            )


def write_layout(
    store: Store, where: Filter, out: Path, about: About, target: Target
) -> ExportReport:
    """Write the rows that came in the layout, then all other incidents."""
    datasets = datasets_in(store, target.layout.name)
    sheet = _Sheet(target)
    came = _read_header(sheet, originals_in(store, datasets, where))
    others = store.count(where) - came
    if others or not came:
        for name in target.layout.columns:
            sheet.header.setdefault(folded(name), name)
    with out.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(sheet.header.values())
        for original in originals_in(store, datasets, where):
            row = _original(store, sheet, original)
            table.writerow([row.get(key, "") for key in sheet.header])
        for incident in _elsewhere(store, where, datasets, came) if others else ():
            row = _mapped(store, sheet, incident)
            table.writerow([row.get(key, "") for key in sheet.header])
    sheet.notes(others)
    write_about(out, about, sheet.tally.notes())
    return sheet.tally.report()


def _read_header(sheet: _Sheet, originals: Iterator[OriginalRow]) -> int:
    """Collect the columns of all tables there are, those of the first in its order; count rows."""
    number = 0
    seen: set[tuple[str, ...]] = set()
    for row in originals:
        number += 1
        if row.columns not in seen:
            seen.add(row.columns)
            for key, name in zip(_keys(row.columns), row.columns, strict=True):
                sheet.header.setdefault(key, name)
    return number


_keys = lru_cache(maxsize=64)(keys_of)


def _original(store: Store, sheet: _Sheet, original: OriginalRow) -> Cells:
    """Give a row as it came, with the edits written over it."""
    keys = _keys(original.columns)
    row = {
        key: without_surrogates(cell or "") for key, cell in zip(keys, original.cells, strict=False)
    }
    sheet.risky += sum(map(runs, row.values()))
    changes = [change for change in store.changes(original.incident_id) if _by_hand(change)]
    incident = store.incident(original.incident_id)
    if incident is None:
        sheet.tally.rows += 1
        return row
    sheet.tally.see(incident)
    if edited := _edited(incident, changes):
        cells = sheet.turned(incident, edited, row)
        sheet.edits += bool(cells)
        row |= cells
    return row


def _by_hand(change: Change) -> bool:
    """Whether somebody made the change; an import and a decision on a name have an origin."""
    return not getattr(change, "origin", "")


def _edited(incident: Incident, changes: Sequence[Change]) -> frozenset[str]:
    """Fields whose value is another than before the first edit by hand."""
    before: dict[str, object] = {}
    for change in changes:
        before.setdefault(change.field, change.before)
    now = to_json(incident)
    return frozenset(name for name, value in before.items() if name in now and now[name] != value)


def _elsewhere(
    store: Store, where: Filter, datasets: tuple[str, ...], came: int
) -> Iterator[Incident]:
    """Incidents that have no row in the layout."""
    prefixes = tuple(f"{dataset_id}:" for dataset_id in datasets)
    members = 0
    for incident in store.each(where):
        if prefixes and incident.incident_id.startswith(prefixes):
            members += 1
        else:
            yield incident
    if members != came:  # a damaged project: members without the row they came from
        known = {row.incident_id for row in originals_in(store, datasets, where)}
        for incident in store.each(where):
            if incident.incident_id.startswith(prefixes) and incident.incident_id not in known:
                yield incident


def _mapped(store: Store, sheet: _Sheet, incident: Incident) -> Cells:
    """Write an incident from elsewhere in the layout."""
    sheet.tally.see(incident)
    values = to_json(incident)
    told = frozenset(name for name in FIELDS if values[name] != _NOTHING[name])
    said = [
        Said(d.outlet, d.title, d.published.isoformat() if d.published else "", d.url)
        for claim_of in dict.fromkeys(c.document_id for c in store.claims(incident.incident_id))
        if (d := store.document(claim_of)) is not None
    ]
    own = {sheet.target.layout.key: incident.incident_id, **sheet.target.sources(said)}
    safe = sheet.tally.safe
    row = {folded(name): safe(without_surrogates(text)) for name, text in own.items()}
    return row | sheet.turned(incident, told, {})
