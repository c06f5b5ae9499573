"""A PMTiles file of a world at zoom 0 and 1, by the public specification (version 3)."""

from __future__ import annotations

import gzip
import json
import struct
from pathlib import Path

EXTENT = 4096


def varint(value: int) -> bytes:
    """A whole number as protocol buffers and PMTiles write it."""
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def field(number: int, content: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(content)) + content


def zigzag(value: int) -> int:
    return value << 1 ^ value >> 31


def square(layer: str, kind: str, first: int, last: int) -> bytes:
    """A layer of one square polygon with the property ``kind``."""
    side = last - first
    moves = [(first, first), (side, 0), (0, side), (-side, 0)]
    steps = [9, *map(zigzag, moves[0]), 3 << 3 | 2]
    steps += [zigzag(part) for move in moves[1:] for part in move] + [15]
    feature = field(2, varint(0) + varint(0)) + varint(3 << 3) + varint(3)
    feature += field(4, b"".join(map(varint, steps)))
    value = field(1, kind.encode())
    body = field(1, layer.encode()) + field(2, feature) + field(3, b"kind") + field(4, value)
    return field(3, body + varint(5 << 3) + varint(EXTENT) + varint(15 << 3) + varint(2))


def write_street_map(path: Path) -> Path:
    """Write a world of earth with a square of water in the middle of each of its five tiles."""
    tile = gzip.compress(square("earth", "earth", 0, EXTENT) + square("water", "ocean", 1024, 3072))
    entry = b"".join(map(varint, (1, 0, 5, len(tile), 1)))  # one entry: id, run, length, offset
    directory = gzip.compress(entry)
    metadata = gzip.compress(json.dumps({"name": "street test"}).encode())
    start = 127
    places: list[int] = []
    for length in (len(directory), len(metadata), 0, len(tile)):
        places += [start, length]
        start += length
    head = b"PMTiles\x03" + struct.pack("<8Q3Q", *places, 5, 1, 1)
    head += bytes([1, 2, 2, 1, 0, 1])  # clustered, both compressed by gzip, vector, zoom 0 to 1
    head += struct.pack("<4iB2i", -1800000000, -850000000, 1800000000, 850000000, 0, 0, 0)
    path.write_bytes(head + directory + metadata + tile)
    return path
