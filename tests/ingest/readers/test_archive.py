"""A .zip behaves like a folder; what would hurt in it is a row with its reason."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.incident import Document, Quarantined
from ingest import readers
from ingest.readers import archive, original_of, read
from ingest.readers._registry import read_source
from ingest.readers._source import Budget, Source

STORY = "Gunmen killed two men in Kuld, police said."


def packed(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as out:
        for name, data in members.items():
            out.writestr(name, data)
    return file.getvalue()


def found(data: bytes, name: str = "all.zip") -> list[Document | Quarantined]:
    return list(read_source(Source(name, data=data)))


def reason(data: bytes) -> str:
    (row,) = found(data)
    assert isinstance(row, Quarantined), row
    assert "\n" not in row.reason
    return row.reason


def test_members_are_read_in_the_order_of_their_names() -> None:
    names = ("c.txt", "b/d.txt", "a.txt", ".hidden", "__MACOSX/a.txt", "b/", "atlas.gpkg")
    rows = found(packed({name: f"{STORY} {name}" for name in names}))
    paths = [one.path for one in rows if isinstance(one, Document)]
    assert paths == ["all.zip/a.txt", "all.zip/b/d.txt", "all.zip/c.txt"]


def test_original_of_a_member_is_its_bytes() -> None:
    (one,) = found(packed({"a.txt": STORY + "\r\n"}))
    assert isinstance(one, Document)
    assert original_of(one) == f"{STORY}\r\n".encode()


def test_archive_is_known_by_its_content() -> None:
    (one,) = found(packed({"a.txt": STORY}), "reports")
    assert isinstance(one, Document)


def test_every_kind_is_read_in_it_and_counted(tmp_path: Path) -> None:
    lines = '{"text": "Two died."}\n{"text": "Three died."}\n'
    inner = packed({"x.txt": STORY, "y.jsonl": lines})
    file = tmp_path / "all.zip"
    file.write_bytes(packed({"a.md": f"# {STORY}", "b.jsonl": lines, "c.zip": inner, "d.png": "x"}))
    rows = list(read(file))
    assert len(rows) == readers.count([file]) == 7
    assert sum(isinstance(one, Document) for one in rows) == 6


def test_the_users_words_reach_the_members() -> None:
    source = Source("all.zip", data=packed({"a.txt": STORY}), outlet="The Wire")
    (one,) = read_source(source)
    assert isinstance(one, Document)
    assert one.outlet == "The Wire"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "C:\\x.txt", "a\x1b[31m\n.txt"]
)
def test_hostile_names_are_only_shown(name: str, tmp_path: Path) -> None:
    (one,) = found(packed({name: STORY}))
    assert isinstance(one, Document)
    assert one.path.isprintable()
    assert one.path.startswith("all.zip/")


def test_nested_archives_have_an_end() -> None:
    data = packed({"a.txt": STORY})
    for _ in range(6):
        data = packed({"inner.zip": data})
    assert "more than 3 archives" in reason(data)


def test_bomb_is_told_by_how_much_it_is_packed() -> None:
    rows = found(packed({"bomb.txt": b"a" * 5_000_000, "story.txt": STORY}))
    assert isinstance(rows[0], Quarantined)
    assert "packed more than 200 times" in rows[0].reason
    assert isinstance(rows[1], Document)


def test_member_that_is_too_large() -> None:
    data = packed({"big.txt": b"a" * (archive.MAX_MEMBER_BYTES + 1)}, zipfile.ZIP_STORED)
    assert "larger than 50 MB" in reason(data)


def test_all_members_together_have_a_limit() -> None:
    source = Source(
        "all.zip", data=packed({"a.txt": STORY, "b.txt": STORY + "!"}), budget=Budget(50)
    )
    first, second = read_source(source)
    assert isinstance(first, Document)
    assert isinstance(second, Quarantined)
    assert "would come out" in second.reason


def test_size_that_lies_is_found_out() -> None:
    data = packed({"a.txt": STORY * 100})
    size = (len(STORY) * 100).to_bytes(4, "little")
    assert "broken" in reason(data.replace(size, (7).to_bytes(4, "little")))


def test_encrypted_member_says_so() -> None:
    data = bytearray(packed({"a.txt": STORY}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in reason(bytes(data))


def test_rare_packing_says_so() -> None:
    assert "packed in a way (12)" in reason(packed({"a.txt": STORY}, zipfile.ZIP_BZIP2))


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    assert "4 members" in reason(packed({f"{n}.txt": STORY for n in range(4)}))


def test_list_of_members_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_MAX_DIRECTORY", 100)
    data = packed({f"{n}.txt": STORY for n in range(4)})
    assert "list of its members" in reason(data)


@pytest.mark.parametrize("data", [b"PK\x03\x04" + bytes(99), b"x", packed({})])
def test_broken_and_empty(data: bytes) -> None:
    assert reason(data)


def test_thousands_of_members() -> None:
    data = packed({f"{n:05}.txt": f"{STORY} {n}" for n in range(3_000)})
    assert sum(isinstance(one, Document) for one in found(data)) == 3_000


@settings(deadline=None)
@given(st.data())
def test_archive_with_wrong_bytes_ends_in_documents_or_rows(data: st.DataObject) -> None:
    whole = bytearray(packed({"a.txt": STORY, "b/c.html": "<html><body><p>x</p></body></html>"}))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    assert found(bytes(whole))
