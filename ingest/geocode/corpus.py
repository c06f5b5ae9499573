"""Read texts with gold toponyms: GeoVirus XML, or JSON lines."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A gold toponym: character offsets into the text, and WGS 84 degrees where they are known."""

    start: int
    end: int
    name: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldText:
    """A text with its toponyms; `skipped` counts those that lie beyond the text."""

    text: str
    toponyms: tuple[Toponym, ...]
    skipped: int = 0


def read_corpus(source: Path) -> Iterator[GoldText]:
    """Texts of a corpus: XML where the file starts with ``<``, else one JSON object per line.

    Raises
    ------
    InputError
        The file is neither, or its XML declares a document type.
    """
    with source.open("rb") as file:
        head = file.read(200).lstrip(b"\xef\xbb\xbf \t\r\n")
    return _read_xml(source) if head.startswith(b"<") else _read_lines(source)


def _read_xml(source: Path) -> Iterator[GoldText]:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        tree = etree.parse(source, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{source.name}: not readable as XML ({error})") from error
    if tree.docinfo.doctype:
        raise InputError(f"{source.name}: declares a document type (DTD); remove the declaration")
    for article in tree.iter("article"):
        text = article.findtext("text") or ""
        rows = [
            {
                "start": _less_one(location.findtext("start")),  # offsets count from 1
                "end": _less_one(location.findtext("end")),
                "name": location.findtext("name") or "",
                "latitude": location.findtext("lat"),
                "longitude": location.findtext("lon"),
            }
            for location in article.iter("location")
        ]
        yield _gold(text, rows)


def _less_one(text: str | None) -> int | None:
    return int(text) - 1 if text and text.strip().isdecimal() else None


def _read_lines(source: Path) -> Iterator[GoldText]:
    with source.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                found = json.loads(line)
                text, toponyms = found["text"], found["toponyms"]
                rows = [dict(row) for row in toponyms]
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise InputError(
                    f"{source.name}: line {number} is not an object with 'text' and 'toponyms'"
                    f" ({error})"
                ) from error
            yield _gold(str(text), rows)


def _gold(text: str, rows: list[dict[str, Any]]) -> GoldText:
    good = []
    for row in rows:
        start, end = row.get("start"), row.get("end")
        inside = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
        if not inside:
            continue
        latitude, longitude = _degrees(row.get("latitude"), 90), _degrees(row.get("longitude"), 180)
        known = latitude is not None and longitude is not None
        good.append(
            Toponym(
                start=int(str(start)),
                end=int(str(end)),
                name=text[int(str(start)) : int(str(end))],
                latitude=latitude if known else None,
                longitude=longitude if known else None,
            )
        )
    return GoldText(text=text, toponyms=tuple(good), skipped=len(rows) - len(good))


def _degrees(value: object, most: float) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) <= most else None
