"""One written coordinate: decimal, degrees with minutes and seconds, UTM, WKT."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ingest.presets.values._column import UnreadableError
from ingest.presets.values.words import plain

MAX_LENGTH = 120
"""Longest text that is tried as coordinates, in characters."""

_DEGREE = r"[°ºo˚*d:]|deg(?:rees)?\.?|grados?"
_MINUTE = r"['′’´`m:]|min\.?"
_SECOND = r"[\"″”]|''|′′|s(?:ec)?\.?"
_SIDE = r"north|south|east|west|norte|sur|sul|este|leste|oeste|nord|sud|est|ouest|[nsewo]"
_NUMBER = r"\d+(?:[.,]\d+)?"
_LETTER = {
    "north": "n", "norte": "n", "nord": "n", "south": "s", "sur": "s", "sul": "s", "sud": "s",
    "east": "e", "este": "e", "leste": "e", "est": "e",
    "west": "w", "oeste": "w", "ouest": "w", "o": "w",
}  # fmt: skip
_ANGLE = re.compile(
    rf"(?P<before>{_SIDE})?\s*\.?(?P<sign>[-+])?\s*(?P<deg>{_NUMBER})\s*(?:{_DEGREE})?"
    rf"(?:[\s-]*(?P<min>{_NUMBER})\s*(?:{_MINUTE})?(?:[\s-]*(?P<sec>{_NUMBER})\s*(?:{_SECOND})?)?)?"
    rf"\s*(?P<after>{_SIDE})?"
)
_DECIMAL = re.compile(r"\s*[-+]?\d{1,15}(?:\.\d*)?\s*", re.ASCII)
_LABEL = re.compile(r"^(?:lat(?:itude)?|lon(?:g(?:itude)?)?|lng|latitud|longitud)\s*[:=.]?\s*")
_UTM = re.compile(
    r"(?:utm\s*)?(?:zone\s*)?(\d{1,2})\s*([a-z])?[\s,;]+(\d{5,7}(?:[.,]\d+)?)\s*m?\s*e?[\s,;]+(\d{5,8}(?:[.,]\d+)?)\s*m?\s*n?"
)
_ZONE = re.compile(r"(?:utm\s*)?(?:zone\s*)?(\d{1,2})\s*([a-z]|north|south)?")
_WKT = re.compile(
    r"(?:srid=4326;)?\s*point\s*z?\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)(?:\s+-?[\d.]+)?\s*\)"
)


@dataclass(frozen=True, slots=True)
class Angle:
    """Degrees, the letter of the side (n, s, e, w) where one is written, and a doubt."""

    degrees: float
    side: str = ""
    question: str = ""


@lru_cache(maxsize=65_536)
def read_angle(text: str) -> Angle:
    """Read one coordinate in degrees, whichever of the two it is.

    Raises
    ------
    UnreadableError
        It is no angle.
    """
    if _DECIMAL.fullmatch(text):
        return Angle(float(text))
    if len(text) > MAX_LENGTH:
        raise UnreadableError("too long to be a coordinate")
    told = _LABEL.sub("", plain(text)).strip(" ,;")
    found = _ANGLE.fullmatch(told)
    if found is None or (found["before"] and found["after"]):
        raise UnreadableError("no coordinate of a form that is known here")
    degrees, minutes, seconds = (
        float((found[part] or "0").replace(",", ".")) for part in ("deg", "min", "sec")
    )
    if minutes >= 60 or seconds >= 60:
        raise UnreadableError("minutes and seconds of a coordinate end at 60")
    letter = found["before"] or found["after"] or ""
    side = _LETTER.get(letter, letter)
    value = degrees + minutes / 60 + seconds / 3600
    negative = found["sign"] == "-" or side in ("s", "w")
    question = "O is read as oeste or ouest, west" if letter == "o" else ""
    if found["sign"] == "-" and side in ("s", "w"):
        question = "the coordinate has both a minus and a letter"
    return Angle(-value if negative else value, side, question)


Pair = tuple[float, float, str]
"""Latitude, longitude, and a question or nothing."""


@lru_cache(maxsize=65_536)
def read_pair(text: str, *, x_first: bool = False) -> Pair:
    """Read a cell that holds both coordinates.

    Raises
    ------
    UnreadableError
        It does not hold two angles, nor a point as WKT or UTM.
    """
    if len(text) > MAX_LENGTH:
        raise UnreadableError("too long to be coordinates")
    told = plain(text)
    if found := _WKT.fullmatch(told):
        return float(found[2]), float(found[1]), ""
    if found := _UTM.fullmatch(told):
        zone = f"{found[1]}{found[2] or ''}"
        return from_utm(zone, _metres(found[3]), _metres(found[4]))
    for left, right in _cuts(told):
        try:
            one, two = read_angle(left), read_angle(right)
        except UnreadableError:
            continue
        if x_first:
            one, two = two, one
        return placed(one, two)
    raise UnreadableError("no pair of coordinates of a form that is known here")


def _cuts(told: str) -> list[tuple[str, str]]:
    told = told.strip("()[]{} ")
    cuts = []
    for mark in (";", "|", ", ", ",", "/", " "):
        if told.count(mark) == 1:
            left, right = told.split(mark)
            cuts.append((left.strip(" ,"), right.strip(" ,")))
    if found := re.fullmatch(r"(.*[ns])[\s,]*(.*[ewo]|[ewo].*)|([ns].*?)[\s,]*([ewo][^ns]*)", told):
        cuts.append((found[1] or found[3], found[2] or found[4]))
    parts = told.split(",")
    if len(parts) == 4:  # 33,5041, 70,1234
        cuts.append((f"{parts[0]}.{parts[1]}".strip(), f"{parts[2]}.{parts[3]}".strip()))
    words = told.split()
    if len(words) in (4, 6, 8) and not cuts:
        half = len(words) // 2
        cuts.append((" ".join(words[:half]).strip(","), " ".join(words[half:])))
    return cuts


def placed(one: Angle, two: Angle) -> Pair:
    """Give latitude and longitude of two angles of which the first should be the latitude."""
    question = "; ".join(filter(None, (one.question, two.question)))
    if (one.side and one.side in "ew") or (two.side and two.side in "ns"):
        if (one.side and one.side in "ns") or (two.side and two.side in "ew"):
            raise UnreadableError("both coordinates have the letter of one axis")
        swapped = "the letters say that longitude stands first"
        return two.degrees, one.degrees, "; ".join(filter(None, (question, swapped)))
    return one.degrees, two.degrees, question


def _metres(text: str) -> float:
    return float(text.replace(",", "."))


def zone_of(text: str) -> tuple[int, bool, str]:
    """Give number and hemisphere (True for the north) of a UTM zone, and a question or nothing.

    Raises
    ------
    UnreadableError
        It is no UTM zone.
    """
    found = _ZONE.fullmatch(plain(text))
    if found is None or not 1 <= int(found[1]) <= 60:
        raise UnreadableError(f"{text!r} is no UTM zone: write it like 42N")
    letter = (found[2] or "")[:1]
    if not letter:
        return int(found[1]), True, "the UTM zone has no hemisphere: read as north"
    if letter == "s" and len(found[2]) == 1:
        why = "S is read as the southern half of the world, not as the band of latitudes 32 to 40"
        return int(found[1]), False, why
    return int(found[1]), letter >= "n", ""


def from_utm(zone: str, easting: float, northing: float) -> Pair:
    """Give latitude and longitude of a point in UTM metres.

    Raises
    ------
    UnreadableError
        The zone is none, or the point lies outside of what UTM covers.
    """
    number, north, question = zone_of(zone)
    if not 100_000 <= easting <= 900_000 or not 0 <= northing <= 10_000_000:
        raise UnreadableError("easting or northing lies outside of a UTM zone")
    # The transformer gives x before y: longitude first.
    longitude, latitude = _transformer(number, north).transform(easting, northing)
    return float(latitude), float(longitude), question


@lru_cache(maxsize=128)
def _transformer(zone: int, north: bool) -> Any:
    from pyproj import Transformer

    return Transformer.from_crs(32600 + zone if north else 32700 + zone, 4326, always_xy=True)
