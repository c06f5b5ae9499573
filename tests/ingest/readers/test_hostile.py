"""Whatever the bytes and whatever the name: documents or rows, each reason one clear line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.incident import Document, Quarantined
from ingest import readers
from ingest.readers import original_of
from ingest.readers._registry import count_source, read_source
from ingest.readers._source import Source

SUFFIXES = sorted(suffix for reader in readers.readers() for suffix in reader.suffixes)
CHEAP = [suffix for suffix in SUFFIXES if suffix != ".pdf"]  # each PDF starts a process
STARTS = (b"", b"PK\x03\x04", b"<rss><channel><item>", b"<html>", b"Subject: x\n\n", b"\xff\xfe",
          b'{"version": "https://jsonfeed.org/version/1", "items": [', b'{"text": "',
          b"From: <Saved by Blink>\nContent-Type: multipart/related; boundary=b\n\n--b\n",
          b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n",
          b"Content-Type: text/plain; name*0*=utf-8''x; charset=", b"---\ntitle: ")  # fmt: skip


def check(name: str, data: bytes) -> None:
    source = Source(name, data=data)
    rows = list(read_source(source))
    assert rows
    for row in rows:
        if isinstance(row, Quarantined):
            assert row.reason.isprintable(), row.reason
        else:
            assert isinstance(row, Document)
            assert original_of(row)
    assert count_source(source) >= 1


@pytest.mark.parametrize("suffix", ["", ".unknown", *CHEAP])
@settings(deadline=None, max_examples=30)
@given(st.sampled_from(STARTS), st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_any_bytes_under_any_name(suffix: str, start: bytes, rest: bytes) -> None:
    check(f"story{suffix}", start + rest)


@settings(deadline=None, max_examples=8)
@given(st.binary(max_size=300))
def test_any_bytes_as_pdf(rest: bytes) -> None:
    check("story.pdf", b"%PDF-1.4\n" + rest)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_name(name: str) -> None:
    check(name, b"Gunmen killed two men in Kuld.")
