"""A page saved with its parts in one file."""

from __future__ import annotations

import pytest

from geodata.incident import Document, Quarantined, sha256_hex
from ingest.readers import original_of
from ingest.readers._registry import read_source
from ingest.readers._source import Source

BODY = (
    "<p>Gunmen killed two men near Kuld on Monday, police said =E2=80=93 no group claimed it.</p>"
)
PAGE = f"<html><head><title>Raid</title></head><body><article>{BODY * 3}</article></body></html>"
SAVED = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://wire.example/raid
Subject: Raid
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----b"

------b
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable
Content-Location: https://wire.example/raid

{PAGE}
------b
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
------b--
""".encode()


def found(data: bytes, name: str = "raid.mhtml") -> Document | Quarantined:
    (one,) = read_source(Source(name, data=data))
    return one


@pytest.mark.parametrize("name", ["raid.mhtml", "raid.mht", "raid"])
def test_page_and_its_address(name: str) -> None:
    one = found(SAVED, name)
    assert isinstance(one, Document)
    assert (one.title, one.url, one.outlet) == ("Raid", "https://wire.example/raid", "wire.example")
    assert "police said – no group" in one.text
    assert (one.sha256, original_of(one)) == (sha256_hex(SAVED), SAVED)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"Subject: x\n\nWords.", "no web page"),
        (SAVED.replace(BODY.encode(), b""), "no article"),
    ],
)
def test_what_holds_no_page_says_so(data: bytes, words: str) -> None:
    one = found(data)
    assert isinstance(one, Quarantined)
    assert words in one.reason
