"""KML for globes and phones: one placemark an incident, its fields as data, text escaped.

An incident without coordinates is a placemark without a point, so that the counts agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from geodata.export import About, ExportReport
from geodata.export._cells import flat, unlocated_note
from geodata.incident import Incident, to_json
from geodata.taxonomy import EVENT_TYPES

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.store import Store

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, however they are written."""

_COLOURS = ("ff2d6fd9", "ff2a2ad1", "ffb04a8a", "ff4da34f", "ff26a5dc", "ff8f8f8f")
"""One per event type, as KML writes colours: alpha, blue, green, red."""


def write(store: Store, where: Filter, out: Path, about: About) -> ExportReport:
    """Write a KML 2.2 document."""
    rows = unlocated = 0
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
            f"<name>{_text(about.project)}</name>\n"
            f"<description>{_text(chr(10).join(about.lines()))}</description>\n"
        )
        file.writelines(_styles())
        for incident in store.each(where):
            file.write(_placemark(incident))
            rows += 1
            unlocated += incident.longitude is None
        file.write("</Document>\n</kml>\n")
    return ExportReport(rows, unlocated_note(unlocated))


def _text(value: object) -> str:
    return escape(_NO_XML.sub("\ufffd", str(value)))


def _styles() -> Iterator[str]:
    for kind, colour in zip(EVENT_TYPES, _COLOURS, strict=True):
        yield (
            f'<Style id="{_style_id(kind)}"><IconStyle><color>{colour}</color><scale>0.8</scale>'
            "</IconStyle></Style>\n"
        )


def _style_id(kind: str) -> str:
    return re.sub(r"\W+", "-", kind).lower()


def _placemark(incident: Incident) -> str:
    parts = [f"<Placemark id={quoteattr(_NO_XML.sub('', incident.incident_id))}>"]
    title = ", ".join(str(v) for v in (incident.sub_event_type, incident.place) if v)
    parts.append(f"<name>{_text(title or incident.incident_id)}</name>")
    if incident.event_type:
        parts.append(f"<styleUrl>#{_style_id(incident.event_type)}</styleUrl>")
    if incident.event_date:
        begin, end = incident.event_date, incident.event_date_end or incident.event_date
        parts.append(f"<TimeSpan><begin>{begin}</begin><end>{end}</end></TimeSpan>")
    parts.append("<ExtendedData>")
    for name, value in to_json(incident).items():
        if value is not None:
            parts.append(f'<Data name="{name}"><value>{_text(flat(value))}</value></Data>')
    parts.append("</ExtendedData>")
    if incident.longitude is not None and incident.latitude is not None:
        point = f"{incident.longitude:.7f},{incident.latitude:.7f}"
        parts.append(f"<Point><coordinates>{point}</coordinates></Point>")
    return "".join([*parts, "</Placemark>\n"])
