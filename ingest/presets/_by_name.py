"""What the names of a file and its sheet, and a title above the header, tell of every row."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

from geodata.countries import countries_named
from ingest.presets.values._boxes import inside
from ingest.presets.values.coordinates import read_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.readers.tables._batch import TableInfo

_HUMPS = re.compile(r"(?<=[^\W\d_])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z\d])")
_WORD = re.compile(r"[^\W\d_]+")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MOSTLY = 0.6


def _named(info: TableInfo) -> tuple[str, ...]:
    """The names with their words apart: "PakistanAttacks_2017" tells a country and a year."""
    told = (PurePath(info.name).name, info.sheet, info.title)
    return tuple(re.sub(r"[_\-.()]+", " ", _HUMPS.sub(" ", name)) for name in told)


def country_by_name(info: TableInfo) -> str:
    """Give the one country that the first of the names tells that tells any; else nothing."""
    told = next((name for name in _named(info) if countries_named(name)), "")
    found = countries_named(told)
    country = next(iter(found)) if len(found) == 1 else ""
    return country if country and _is_written(country, told) else ""


def _is_written(country: str, told: str) -> bool:
    """Whether the country itself is named: "French log" is a language, "US style" a manner."""
    return f" {country.casefold()} " in f" {' '.join(_WORD.findall(told)).casefold()} "


def year_by_name(info: TableInfo) -> str:
    """Give the one year that the first of the names tells that tells any; else nothing."""
    years = (frozenset(_YEARS.findall(name)) for name in _named(info))
    found = next(filter(None, years), frozenset[str]())
    return next(iter(found)) if len(found) == 1 else ""


def lie_in(country: str, columns: Sequence[Any], form: str) -> bool:
    """Whether most points of some rows lie in a country; so it is where no row has a point."""
    points = read_points([pc.fill_null(column, "") for column in columns], form)
    latitude, longitude = (
        np.asarray(one.to_numpy(zero_copy_only=False), np.float64) for one in points.arrays()
    )
    known, here = inside(latitude, longitude, [country] * len(latitude))
    return not known.any() or bool(here.sum() >= _MOSTLY * known.sum())
