"""Streams cut into lists, so that a million rows need the memory of a few thousand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut a stream into lists of `size`; the last may be shorter, none is empty."""
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch
