"""Cells of an export: what a spreadsheet would run, what a format cannot hold, what is counted."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geodata.export import ExportReport
from geodata.incident import COUNTS, Incident, Json, to_json

if TYPE_CHECKING:
    import pyarrow as pa

DATES: tuple[str, ...] = ("event_date", "event_date_end")
DEGREES: tuple[str, ...] = ("latitude", "longitude")
TRUTHS: tuple[str, ...] = ("background",)

FORMULA = re.compile(r"[\t\r\n]|[\s\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫]")
"""How a text begins that a spreadsheet runs as a formula: by OWASP's note on CSV injection, with
the wide and small forms of the four signs, which some programs read alike, and with the blanks
that some programs trim first."""

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*", re.ASCII)

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_HALVES = re.compile("[\ud800-\udfff]")


def runs(text: str) -> bool:
    """Whether a spreadsheet would run a text as a formula; a mere number is none."""
    return FORMULA.match(text) is not None and _NUMBER.fullmatch(text) is None


def safe_text(text: str) -> str:
    """Give a text that no spreadsheet runs: one that it would run gets an apostrophe."""
    return f"'{text}" if runs(text) else text


def unsafe_text(text: str) -> str:
    """Give a text as it was before `safe_text`."""
    return text[1:] if text.startswith("'") and runs(text[1:]) else text


def plain(value: Json) -> Json:
    """Lists, mappings and truth as JSON text; numbers, text and nothing as they are."""
    if isinstance(value, bool | list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def without_controls(text: str, instead: str = "") -> str:
    """Take out the characters that XML 1.0 cannot hold."""
    return _NO_XML.sub(instead, text)


def without_surrogates(text: str) -> str:
    """Give U+FFFD for each half of a character, which UTF-8 cannot hold."""
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


def cut_bytes(text: str, limit: int) -> str:
    """Cut text to at most `limit` bytes of UTF-8, whole characters, with ``…`` at the end."""
    data = text.encode("utf-8", "replace")
    if len(data) <= limit:
        return text
    return data[: limit - 3].decode("utf-8", "ignore") + "…"


def typed(incident: Incident) -> dict[str, Any]:
    """Values by field: days as `date`, counts and degrees as numbers, all else as text."""
    values = to_json(incident)
    for name in DATES:
        values[name] = getattr(incident, name)
    for name, value in values.items():
        if isinstance(value, list | dict):
            values[name] = json.dumps(value, ensure_ascii=False)
    return values


def arrow_type(name: str) -> pa.DataType:
    """Type of a field in a columnar file."""
    import pyarrow as pa

    if name in DATES:
        return pa.date32()
    if name in DEGREES:
        return pa.float64()
    if name in TRUTHS:
        return pa.bool_()
    return pa.int64() if name in COUNTS else pa.string()


def point_wkb(incident: Incident) -> bytes | None:
    """Give the point (x=longitude, y=latitude) as little-endian WKB, or None without one."""
    from geodata._wkb import encode_point

    if incident.latitude is None or incident.longitude is None:
        return None
    return encode_point(incident.longitude, incident.latitude)[8:]  # after GeoPackage's header


@dataclass(slots=True)
class Tally:
    """What an export counts while it writes, and the report that comes of it."""

    rows: int = 0
    unlocated: int = 0
    neutralised: int = 0
    cut: int = 0
    limit: str = ""  # what `cut` cells are longer than, or hold
    more: list[str] = field(default_factory=list)

    def see(self, incident: Incident) -> None:
        """Count an incident."""
        self.rows += 1
        self.unlocated += incident.latitude is None

    def safe(self, text: str) -> str:
        """Give a text that no spreadsheet runs, and count it where it had to be changed."""
        safe = safe_text(text)
        self.neutralised += safe != text
        return safe

    def fit(self, text: str, fitting: str) -> str:
        """Give what the format can hold of a text, and count it where that is less."""
        self.cut += text != fitting
        return fitting

    def notes(self) -> tuple[str, ...]:
        """Remarks for the user, the gravest first."""
        found = []
        if self.neutralised:
            verb = "starts" if self.neutralised == 1 else "start"
            found.append(
                f"{counted(self.neutralised, 'cell')} that a spreadsheet would run as a formula"
                f" now {verb} with an apostrophe"
            )
        if self.cut:
            found.append(f"{counted(self.cut, 'cell')} {self.limit}")
        found += self.more
        if self.unlocated:
            found.append(f"{counted(self.unlocated, 'incident')} without coordinates")
        return tuple(found)

    def report(self) -> ExportReport:
        """Give the report."""
        return ExportReport(
            self.rows,
            self.notes(),
            unlocated=self.unlocated,
            neutralised=self.neutralised,
            cut=self.cut,
        )


def counted(number: int, noun: str) -> str:
    """Say a number of things: "1 cell", "1,200 cells"."""
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
