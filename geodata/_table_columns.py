"""Columns of imported rows as SQLite takes them: defaults, limits, points; checked whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geodata import _rows as rows
from geodata._wkb import SRS_ID
from geodata.errors import InputError
from geodata.incident import COUNTS, FIELDS, Attribution, Status
from geodata.particulars import Tactic, Target, Weapon
from geodata.precision import DatePrecision, LocationPrecision

DEFAULTS: dict[str, Any] = {
    "date_precision": DatePrecision.UNKNOWN.value,
    "attribution": Attribution.NONE.value,
    "location_precision": LocationPrecision.UNKNOWN.value,
    "killed_by_status": "{}",
    "background": False,
    "tags": "[]",
    "notes": "",
}
"""What a null becomes in a column that holds no nulls."""

_WORDS = {
    "date_precision": DatePrecision,
    "attribution": Attribution,
    "location_precision": LocationPrecision,
    "weapon": Weapon,
    "tactic": Tactic,
    "target": Target,
    "status": Status,
}
_JSON = {"killed_by_status": "{", "tags": "["}
_POINT = np.dtype(
    [("head", "S4"), ("srs", "<i4"), ("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")]
)


def checked(fields: pa.RecordBatch) -> pa.RecordBatch:
    """Give the rows as they may be stored: cleaned, capped, with defaults for nulls.

    Raises
    ------
    InputError
        Naming the first row of each fault.
    """
    _must_be_fields(fields.schema.names)
    ids = fields["incident_id"]
    columns = {name: _column(name, fields[name]) for name in fields.schema.names}
    faults = [*_faults(columns), *_word_faults(columns)]
    named = [
        f"incident {ids[int(np.argmax(bad))].as_py()!r}: {words}"
        for words, bad in faults
        if any(bad)
    ]
    if named:
        raise InputError("; ".join(named))
    return pa.RecordBatch.from_pydict(columns)


def _must_be_fields(names: Sequence[str]) -> None:
    unknown = [name for name in names if name not in FIELDS or name == "dataset"]
    if unknown or "incident_id" not in names:
        raise InputError(f"rows need incident_id and fields of an incident, not {unknown!r}")
    for pair in (("latitude", "longitude"), ("event_date", "event_date_end")):
        if pair[1] in names and pair[0] not in names:
            raise InputError(f"rows with {pair[1]} need {pair[0]}")


def _column(name: str, column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if name in DEFAULTS:
        column = pc.fill_null(
            column.cast(pa.bool_()) if name == "background" else column, DEFAULTS[name]
        )
    if name in ("latitude", "longitude"):
        # As `_rows` does: what the R-tree could not round outwards is nought.
        tiny = pc.less_equal(pc.abs(column), 1e-30)
        return pc.if_else(tiny, pa.scalar(0.0), column)
    if pa.types.is_string(column.type) and name not in (*_JSON, "incident_id"):
        return _cleaned(column, rows.MAX_NOTES if name == "notes" else rows.MAX_NAME)
    return column


def _cleaned(column: pa.Array, limit: int) -> pa.Array:
    longest = pc.max(pc.utf8_length(column)).as_py() or 0
    # Arrow's text is UTF-8, so that of what cannot be stored only NUL can be in it.
    if longest <= limit and not pc.any(pc.match_substring(column, "\x00")).as_py():
        return column
    return pa.array([v if v is None else rows.clean(v, limit) for v in column.to_pylist()])


Fault = tuple[str, npt.NDArray[np.bool_]]


def _mask(condition: pa.Array) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = pc.fill_null(condition, False).to_numpy(zero_copy_only=False)
    return found


def _faults(columns: dict[str, pa.Array]) -> list[Fault]:
    ids = pc.fill_null(columns["incident_id"], "")
    sizes = pc.utf8_length(ids)
    odd = pc.or_(pc.match_substring(ids, "\x00"), pc.greater(sizes, rows.MAX_NAME))
    found: list[Fault] = [
        ("incident_id is empty", _mask(pc.equal(sizes, 0))),
        (f"incident_id has more than {rows.MAX_NAME} characters, or a NUL", _mask(odd)),
    ]
    for name, limit in (("latitude", 90.0), ("longitude", 180.0)):
        if name in columns:
            inside = pc.less_equal(pc.abs(columns[name]), limit)  # of NaN false
            found.append((f"{name} lies outside -{limit:g} to {limit:g}", _mask(pc.invert(inside))))
    if "latitude" in columns:
        absent = [columns[name].is_null() for name in ("latitude", "longitude") if name in columns]
        alone = pc.invert(absent[0]) if len(absent) == 1 else pc.not_equal(*absent)
        found.append(("latitude and longitude must be given together", _mask(alone)))
    for name in COUNTS:
        if name in columns:
            outside = pc.or_(pc.less(columns[name], 0), pc.greater(columns[name], rows.MAX_COUNT))
            found.append((f"{name} lies outside 0 to {rows.MAX_COUNT:,}", _mask(outside)))
    if "event_date_end" in columns:
        early = pc.less(columns["event_date_end"], columns["event_date"])
        found.append(("event_date_end lies before event_date", _mask(early)))
    return found


def _word_faults(columns: dict[str, pa.Array]) -> list[Fault]:
    found: list[Fault] = []
    for name, words in _WORDS.items():
        if name in columns:
            known = pc.is_in(columns[name], value_set=pa.array([w.value for w in words]))
            wrong = pc.and_(columns[name].is_valid(), pc.invert(known))
            found.append((f"{name} is no word of the vocabulary", _mask(wrong)))
    for name, start in _JSON.items():
        if name in columns:
            wrong = pc.or_(
                pc.invert(pc.starts_with(columns[name], start)),
                pc.greater(pc.utf8_length(columns[name]), rows.MAX_JSON),
            )
            found.append((f"{name} is not its JSON, or too long", _mask(wrong)))
    return found


def values(column: pa.Array) -> list[Any]:
    """Cells of a column as SQLite takes them."""
    if pa.types.is_date(column.type):
        column = column.cast(pa.string())
    found: list[Any] = column.to_pylist()
    return found


def points(fields: pa.RecordBatch) -> list[bytes | None] | None:
    """Geometry of each row; None where the rows have no coordinates at all."""
    if "latitude" not in fields.schema.names:
        return None
    latitude, longitude = (
        fields[name].to_numpy(zero_copy_only=False) for name in ("latitude", "longitude")
    )
    packed = np.empty(len(latitude), dtype=_POINT)
    packed["head"], packed["srs"], packed["order"], packed["kind"] = b"GP\x00\x01", SRS_ID, 1, 1
    packed["x"], packed["y"] = longitude, latitude
    data, size = packed.tobytes(), _POINT.itemsize
    blobs: list[bytes | None] = [data[at : at + size] for at in range(0, len(data), size)]
    if fields["latitude"].null_count:
        for at in np.flatnonzero(np.isnan(latitude)).tolist():
            blobs[at] = None
    return blobs


def degrees(
    fields: pa.RecordBatch,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Longitude and latitude of each row, NaN where it has no coordinates."""
    if "latitude" not in fields.schema.names:
        nowhere = np.full(fields.num_rows, np.nan)
        return nowhere, nowhere
    longitude, latitude = (
        fields[name].to_numpy(zero_copy_only=False).astype(np.float64)
        for name in ("longitude", "latitude")
    )
    return longitude, latitude
