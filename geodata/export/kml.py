"""KML 2.2: one placemark per incident, coloured by event type, with typed fields and a time.

Written by ourselves, because GDAL's two KML drivers write no styles and hold the whole file in
memory. Every text is escaped as XML, and once more as HTML where a viewer draws HTML; characters
that XML cannot hold are taken out and counted. No address of any other host is in the file.

An incident without coordinates is a placemark without a geometry, so that no row is lost; the
first hundred are named in the description of the document. One that is known only to a
country keeps its point and starts hidden: it is no pin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape as escape_xml

from geodata.export import About, ExportReport
from geodata.export._cells import DATES, Tally, counted, typed, without_controls
from geodata.incident import COUNTS, FIELDS, Incident
from geodata.precision import DATE_WORDS, DRAWN, LOCATION_WORDS, DatePrecision, LocationPrecision
from geodata.taxonomy import EVENT_TYPES

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.store import Store

COLOURS: tuple[str, ...] = ("#a24052", "#db9425", "#5451ad", "#11c46f", "#428cff", "#5c6202")
"""Colours of the event types, in the taxonomy's order; colours of `geodata.palette`."""

OTHER = "#92979c"
"""Colour of an incident without an event type."""

MOST_NAMED = 100
"""Incidents without coordinates that are named in the document's description."""

_TYPES = {"latitude": "double", "longitude": "double", "background": "bool"} | dict.fromkeys(
    COUNTS, "int"
)
_EXACT = (LocationPrecision.SITE, LocationPrecision.SETTLEMENT)
_CUT = "with control characters, which were taken out"


def write(store: Store, where: Filter, out: Path, about: About) -> ExportReport:
    """Write the document."""
    tally = Tally(limit=_CUT)
    with out.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document id="incidents">\n')
        file.write(f"<name>{_xml(about.project)}</name>\n")
        file.write(f"<description>{_xml(_about(store, where, about))}</description>\n")
        file.writelines(_styles())
        file.writelines(_schema())
        file.write("<Folder><name>incidents</name>\n")
        for incident in store.each(where):
            tally.see(incident)
            file.write(placemark(incident, tally))
        file.write("</Folder>\n</Document>\n</kml>\n")
    return tally.report()


def _about(store: Store, where: Filter, about: About) -> str:
    """Say what the file is, as HTML, and which incidents have no point."""
    lines = [escape(line) for line in about.lines()]
    missing = (one for one in store.each(where) if one.latitude is None)
    named = [_named(one) for one in islice(missing, MOST_NAMED)]
    more = sum(1 for _ in missing)
    if named:
        lines.append(f"{counted(len(named) + more, 'incident')} without coordinates:")
        lines += named
    if more:
        lines.append(f"and {more:,} more, each a placemark without a point")
    return "<br/>\n".join(lines)


def _named(incident: Incident) -> str:
    parts = (_day(incident), incident.event_type, incident.place or incident.country)
    said = ", ".join(part for part in parts if part)
    return escape(f"{incident.incident_id}: {said}" if said else incident.incident_id)


# ---------------------------------------------------------------- styles and schema


def _styles() -> Iterator[str]:
    """Yield two styles per event type: an exact place, and an area that is paler and larger."""
    for name, colour in zip((*EVENT_TYPES, None), (*COLOURS, OTHER), strict=True):
        red, green, blue = colour[1:3], colour[3:5], colour[5:7]
        for kind, opacity, scale in (("place", "ff", "0.9"), ("area", "80", "1.5")):
            shown = f"{opacity}{blue}{green}{red}"  # KML writes aabbggrr
            yield (
                f'<Style id="{style_id(name, kind)}">'
                f"<IconStyle><color>{shown}</color><scale>{scale}</scale></IconStyle>"
                f"<LabelStyle><color>{shown}</color><scale>0.8</scale></LabelStyle>"
                "<BalloonStyle><text>$[description]</text></BalloonStyle></Style>\n"
            )


def style_id(event_type: str | None, kind: str) -> str:
    """Name of a style: the event type in letters, then ``place`` or ``area``."""
    known = event_type if event_type in EVENT_TYPES else "other"
    return f"{re.sub('[^a-z]+', '-', known.lower())}-{kind}"


def _schema() -> Iterator[str]:
    yield '<Schema name="incidents" id="fields">\n'
    for name in FIELDS:
        yield f'<SimpleField type="{_TYPES.get(name, "string")}" name="{name}"></SimpleField>\n'
    yield "</Schema>\n"


# ---------------------------------------------------------------- placemarks


def placemark(incident: Incident, tally: Tally) -> str:
    """Give an incident as a placemark, and count cells that hold what XML cannot."""
    values = typed(incident)
    kind = "place" if incident.location_precision in _EXACT else "area"
    hidden = incident.latitude is not None and incident.location_precision not in DRAWN
    cells = [
        f'<SimpleData name="{name}">{_cell(name, value, tally)}</SimpleData>'
        for name, value in values.items()
        if value is not None and value != ""
    ]
    parts = [
        f"<Placemark><name>{_xml(_title(incident))}</name>",
        "<visibility>0</visibility>" if hidden else "",
        f"<description>{_xml(description(incident))}</description>",
        _when(incident),
        f"<styleUrl>#{style_id(incident.event_type, kind)}</styleUrl>",
        f'<ExtendedData><SchemaData schemaUrl="#fields">{"".join(cells)}</SchemaData>',
        "</ExtendedData>",
        _point(incident),
        "</Placemark>\n",
    ]
    return "".join(parts)


def description(incident: Incident) -> str:
    """Give the balloon's HTML: a line per fact, how exact they are, then the notes."""
    where = (incident.place, incident.admin2, incident.admin1, incident.country)
    sides = (incident.actor1, incident.actor2)
    lines = [
        _day(incident) + f" ({DATE_WORDS[incident.date_precision]})",
        ", ".join(dict.fromkeys(part for part in where if part))
        + f" ({LOCATION_WORDS[incident.location_precision]})",
        incident.sub_event_type or incident.event_type or "",
        " and ".join(side for side in sides if side),
        f"Held responsible: {incident.perpetrator} ({incident.attribution})"
        if incident.perpetrator
        else "",
        f"Killed: {incident.killed_best:,}" if incident.killed_best is not None else "",
        f"Injured: {incident.injured_best:,}" if incident.injured_best is not None else "",
        f"Status: {incident.status}",
        incident.notes,
    ]
    return "<br/>".join(escape(line.strip()) for line in lines if line.strip())


def _title(incident: Incident) -> str:
    parts = (incident.sub_event_type or incident.event_type, incident.place or incident.admin2)
    return ", ".join(part for part in parts if part) or incident.incident_id


def _day(incident: Incident) -> str:
    first, last = incident.event_date, incident.event_date_end
    if first is None:
        return f"no later than {last}" if last else ""
    return f"{first} to {last}" if last and last != first else f"{first}"


def _when(incident: Incident) -> str:
    first, last = incident.event_date, incident.event_date_end
    if first is None:
        return ""
    if incident.date_precision is DatePrecision.DAY and (last is None or last == first):
        return f"<TimeStamp><when>{first}</when></TimeStamp>"
    end = last or first
    return f"<TimeSpan><begin>{first}</begin><end>{end}</end></TimeSpan>"


def _point(incident: Incident) -> str:
    if incident.latitude is None or incident.longitude is None:
        return ""
    x, y = incident.longitude, incident.latitude
    return f"<Point><coordinates>{x!r},{y!r}</coordinates></Point>"


def _cell(name: str, value: Any, tally: Tally) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if name in DATES or not isinstance(value, str):
        return str(value)
    tally.fit(value, without_controls(value))
    return _xml(value)


def _xml(text: str) -> str:
    """Escape text for an element; a carriage return would be read as a line feed."""
    return escape_xml(without_controls(text), {"\r": "&#13;", '"': "&quot;"})
