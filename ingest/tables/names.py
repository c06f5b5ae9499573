"""Names of a table made those of the registry and of today's map, whole columns at a time.

Each distinct combination of names is looked up once and spread over its rows. What is unknown
stays as written and is counted, so that one decision can be made for all rows. Points that lie
outside the country, or far from the district, that their row names are tagged, never moved; a
row without a point gets one from the geocoder where that is sure.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geodata.boundaries import distance_km
from geodata.taxonomy import EVENT_TYPE_OF, canonical_event_type, canonical_sub_event_type
from geodata.whereabouts import CountryCheck
from ingest.presets._base import AGGREGATE
from ingest.tables._countries import with_countries
from ingest.tables._lookups import Key, Lookups

if TYPE_CHECKING:
    from ingest.presets._base import RowFlag

OUTSIDE_COUNTRY = "outside country"
"""Tag of an incident whose point lies outside the country that its row names."""
FAR_FROM_DISTRICT = "far from district"
"""Tag of an incident whose point lies far from the district (or province) that its row names."""
GEOCODED = "geocoded"
"""Tag of an incident whose point comes from the geocoder, not from its table."""

FAR_KM = {"admin2": 300.0, "admin1": 900.0}
"""Distance from the middle of a division beyond which a point is doubted, km: the half diagonal
of nearly all second-order divisions, and of provinces outside of the largest countries."""

_ACTORS = ("actor1", "actor2", "perpetrator")

Columns = dict[str, Any]
"""Arrow arrays of one length by field."""


@dataclass(slots=True)
class Tally:
    """Rows counted: names unknown, points given, missing, contradicted."""

    unknown: Counter[Key] = field(default_factory=Counter)
    geocoded: int = 0
    not_located: int = 0
    outside: int = 0
    far: int = 0


class RowNames:
    """Gives batches of rows our names; `tally` counts their rows until it is `counted`."""

    def __init__(self, lookups: Lookups) -> None:
        self.tally = Tally()
        self._lookups = lookups
        self._check = CountryCheck()

    def counted(self) -> Tally:
        """Give what was counted since this was asked last."""
        found, self.tally = self.tally, Tally()
        return found

    def applied(self, fields: pa.RecordBatch, flags: Mapping[int, Sequence[RowFlag]]) -> Columns:
        """Give the columns of a batch with our names.

        Parameters
        ----------
        fields
            Columns of a preset's `SCHEMA`.
        flags
            Questions about rows by their position in `fields`.
        """
        columns: Columns = dict(zip(fields.schema.names, fields.columns, strict=True))
        if not fields.num_rows:
            return columns
        tags: dict[int, list[str]] = {}
        self._countries(columns)
        columns["country"] = with_countries(columns, self._lookups, self._check, tags)
        centres, finest = self._divisions(columns)
        self._points(columns, tags)
        for name in _ACTORS:
            self._actors(columns, name)
        self._decided_types(columns, flags)
        self._doubts(columns, centres, finest, tags)
        for at, asked in flags.items():
            tags.setdefault(at, []).extend(dict.fromkeys(f"check {one.field}" for one in asked))
        columns["tags"] = _with_tags(columns["tags"], tags)
        return columns

    # ------------------------------------------------------------ names

    def _countries(self, columns: Columns) -> None:
        few, which = _distinct(columns["country"])
        found = [self._told("country", name, "", rows) for (name,), rows in few]
        columns["country"] = _spread(found, which)

    def _actors(self, columns: Columns, field: str) -> None:
        few, which = _distinct(columns[field], columns["country"])
        found = [self._told("actor", name, country, rows) for (name, country), rows in few]
        columns[field] = _spread(found, which)

    def _told(self, kind: str, value: str, country: str, rows: int) -> str | None:
        if not value:
            return None
        found = self._lookups.name(kind, value, country)
        if found is None:
            self.tally.unknown[kind, value, country] += rows
        return found or value

    def _divisions(self, columns: Columns) -> tuple[npt.NDArray[np.float64], list[str]]:
        """Name provinces and districts; gives their middles, (n, 2) as latitude, longitude."""
        few, which = _distinct(columns["admin1"], columns["admin2"], columns["country"])
        found = [self._lookups.division(*names) for names, _ in few]
        for one, (_, rows) in zip(found, few, strict=True):
            self.tally.unknown.update(dict.fromkeys(one.unknown, rows))
        middles = np.array(
            [[one.latitude, one.longitude] for one in found], dtype=np.float64
        ).reshape(-1, 2)
        finest = ["admin2" if one.admin2 else "admin1" for one in found]
        columns["admin1"] = _spread([one.admin1 or None for one in found], which)
        columns["admin2"] = _spread([one.admin2 or None for one in found], which)
        at = which.to_numpy(zero_copy_only=False)
        return middles[at], [finest[number] for number in at.tolist()]

    def _decided_types(self, columns: Columns, flags: Mapping[int, Sequence[RowFlag]]) -> None:
        """Give rows whose kind of event was asked about what an analyst decided that it means."""
        told: dict[int, str] = {}
        for at, asked in flags.items():
            for one in asked:
                if one.field == "event_type" and one.value:
                    meaning = self._lookups.decided("event_type", one.value)
                    if meaning is None:
                        self.tally.unknown["event_type", one.value, ""] += 1
                    elif meaning != one.value:
                        told[at] = meaning
        if not told:
            return
        kinds, subs = columns["event_type"].to_pylist(), columns["sub_event_type"].to_pylist()
        for at, meaning in told.items():
            sub = canonical_sub_event_type(meaning)
            kinds[at] = canonical_event_type(meaning) or (EVENT_TYPE_OF[sub] if sub else kinds[at])
            subs[at] = sub or subs[at]
        columns["event_type"] = pa.array(kinds, pa.string())
        columns["sub_event_type"] = pa.array(subs, pa.string())

    # ------------------------------------------------------------ points

    def _points(self, columns: Columns, tags: dict[int, list[str]]) -> None:
        """Ask the geocoder for points that are missing."""
        missing = pc.or_(
            pc.is_null(columns["latitude"]), pc.is_null(columns["longitude"])
        ).to_numpy(zero_copy_only=False)
        whole = pc.fill_null(pc.match_substring(columns["tags"], f'"{AGGREGATE}"'), False)
        missing &= ~whole.to_numpy(zero_copy_only=False)
        if not missing.any():
            return
        names = [columns[part].to_pylist() for part in ("place", "admin2", "admin1", "country")]
        latitudes, longitudes = columns["latitude"].to_pylist(), columns["longitude"].to_pylist()
        precisions = columns["location_precision"].to_pylist()
        countries, provinces = names[3], names[2]
        rows = np.flatnonzero(missing).tolist()
        asked = {at: tuple(column[at] or "" for column in names) for at in rows}
        home = self._lookups.home(asked.values())
        for at in rows:
            best = self._lookups.point_at_home(asked[at], home)
            if best is None:
                self.tally.not_located += 1
                latitudes[at] = longitudes[at] = None
                continue
            self.tally.geocoded += 1
            latitudes[at], longitudes[at] = best.latitude, best.longitude
            precisions[at] = best.location_precision.value
            countries[at] = countries[at] or self._lookups.name("country", best.place.country)
            provinces[at] = provinces[at] or best.place.admin1
            tags.setdefault(at, []).append(GEOCODED)
        columns["latitude"] = pa.array(latitudes, pa.float64())
        columns["longitude"] = pa.array(longitudes, pa.float64())
        columns["location_precision"] = pa.array(precisions, pa.string())
        columns["country"] = pa.array(countries, pa.string())
        columns["admin1"] = pa.array(provinces, pa.string())

    def _doubts(
        self,
        columns: Columns,
        centres: npt.NDArray[np.float64],
        finest: Sequence[str],
        tags: dict[int, list[str]],
    ) -> None:
        """Tag points that contradict the names beside them."""
        latitude, longitude = (
            columns[name].to_numpy(zero_copy_only=False).astype(np.float64)
            for name in ("latitude", "longitude")
        )
        outside = self._check.outside_of(latitude, longitude, columns["country"].to_pylist())
        limit = np.array([FAR_KM[name] for name in finest])
        # NaN, for no point, is not greater.
        far = distance_km(longitude, latitude, centres[:, 1], centres[:, 0]) > limit
        self.tally.outside += int(outside.sum())
        self.tally.far += int((far & ~outside).sum())
        for at in np.flatnonzero(outside).tolist():
            tags.setdefault(at, []).append(OUTSIDE_COUNTRY)
        for at in np.flatnonzero(far & ~outside).tolist():
            tags.setdefault(at, []).append(FAR_FROM_DISTRICT)


Few = list[tuple[tuple[str, ...], int]]

_MARK = "\x1f"


def _distinct(*columns: Any) -> tuple[Few, Any]:
    """Give the distinct combinations of names with the rows that hold them, and which is whose."""
    filled = [pc.fill_null(column, "") for column in columns]
    joined = pc.binary_join_element_wise(*filled, _MARK) if len(filled) > 1 else filled[0]
    encoded = joined.dictionary_encode()
    counts = np.bincount(
        encoded.indices.to_numpy(zero_copy_only=False), minlength=len(encoded.dictionary)
    )
    rows = [tuple(text.split(_MARK, len(columns) - 1)) for text in encoded.dictionary.to_pylist()]
    return list(zip(rows, counts.tolist(), strict=True)), encoded.indices


def _spread(values: Sequence[str | None], which: Any) -> Any:
    return pa.array(values, pa.string()).take(which)


def _with_tags(column: Any, more: Mapping[int, Sequence[str]]) -> Any:
    """Add tags to those that rows have; `column` holds JSON lists."""
    if not more:
        return column
    texts = column.to_pylist()
    for at, tags in more.items():
        texts[at] = json.dumps([*json.loads(texts[at] or "[]"), *tags], ensure_ascii=False)
    return pa.array(texts, pa.string())
