"""Columns of any Arrow type as text, the way a CSV would show them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


def as_text(column: pa.Array) -> pa.Array:
    """Give a column as text: ISO days and times, whole numbers without a point, null as ""."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), kind.value_type
    if pa.types.is_null(kind):
        return pa.array([""] * len(column), pa.string())
    if pa.types.is_boolean(kind):
        text = pc.if_else(column, "TRUE", "FALSE")
    elif pa.types.is_floating(kind):
        text = _without(pc.cast(column, pa.string()), r"\.0$")
    elif pa.types.is_timestamp(kind):
        text = _moments(column)
    elif pa.types.is_nested(kind):
        text = pa.array([None if one is None else _json(one) for one in column.to_pylist()],
                        pa.string())  # fmt: skip
    elif _is_bytes(pa, kind):
        text = pa.array([None if one is None else _words(one) for one in column.to_pylist()],
                        pa.string())  # fmt: skip
    else:
        text = _cast(column)
    text = pc.replace_substring(_valid(text), "\0", "")  # as a text file's are dropped
    return pc.fill_null(text, "")


def _valid(text: pa.Array) -> pa.Array:
    """Text whose bytes are UTF-8: a file may say so and hold others, which are windows-1252."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        values = pc.cast(text, pa.binary()).to_pylist()
        return pa.array([None if one is None else decoded(one) for one in values], pa.string())
    return text


def _cast(column: pa.Array) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        return pc.cast(column, pa.string())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        values = column.to_pylist()
        return pa.array([None if one is None else str(one) for one in values], pa.string())


def _without(text: pa.Array, pattern: str) -> pa.Array:
    import pyarrow.compute as pc

    return pc.replace_substring_regex(text, pattern, "")


def _moments(column: pa.Array) -> pa.Array:
    """Days alone where it is midnight, else ``2023-01-31T14:30:00``, with Z where a zone is known.

    Arrow keeps a moment with a zone in UTC, and shows it so.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    text = pc.cast(column.cast(pa.timestamp(column.type.unit)), pa.string())
    text = _without(text, r"[ T]00:00:00(?:\.0+)?$")
    text = _without(pc.replace_substring_regex(text, r"(\.\d*?)0+$", r"\1"), r"\.$")
    text = pc.replace_substring(text, " ", "T")
    if column.type.tz:
        text = pc.replace_substring_regex(text, r"(T.*)$", r"\1Z")
    return text


def _is_bytes(pa: Any, kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
    )


def decoded(value: bytes) -> str:
    """Text of bytes: UTF-8, else windows-1252, else latin-1, which knows them all."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return value.decode(encoding)
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1")


def _words(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.hex()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
