"""Which reader reads what; folders, links, standard input, files of other kinds."""

from __future__ import annotations

import io
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata.errors import InputError
from geodata.incident import Document, Quarantined
from ingest import readers
from ingest.readers import Reader, Source, read, read_all, reader_named, register, unregister

STORY = "Gunmen killed two men in Kuld, police said."


def upside_down(source: Source) -> Iterator[Document | Quarantined]:
    yield readers.pasted(source.read(1000).decode()[::-1])


@pytest.fixture
def mirror() -> Iterator[Reader]:
    reader = Reader("mirror", (".rorrim",), lambda _: False, upside_down)
    register(reader)
    yield reader
    unregister("mirror")


def test_built_in_readers() -> None:
    names = {reader.name for reader in readers.readers()}
    assert names == {
        "docx",
        "feed",
        "html",
        "jsonl",
        "mail",
        "markdown",
        "mhtml",
        "odt",
        "pdf",
        "text",
        "zip",
    }


def test_plug_in_enters_by_the_same_door(mirror: Reader, tmp_path: Path) -> None:
    file = tmp_path / "story.rorrim"
    file.write_text("kcurts nemnuG")
    (found,) = read(file)
    assert isinstance(found, Document)
    assert found.text == "Gunmen struck"


def test_duplicates_are_refused(mirror: Reader) -> None:
    with pytest.raises(InputError, match="'mirror' belongs to 'mirror'"):
        register(mirror)
    with pytest.raises(InputError, match=r"'\.txt' belongs to 'text'"):
        register(Reader("other", (".txt",), lambda _: False, upside_down))


def test_unknown_name_lists_the_known() -> None:
    with pytest.raises(InputError, match=r"no reader 'table'; known are .*html, jsonl, "):
        reader_named("table")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_table_among_reports_is_named_itself(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"rows{suffix}"
    file.write_text("event_date,fatalities\n2021-08-31,2\n")
    (found,) = read(file)
    assert isinstance(found, Quarantined)
    assert "name it itself" in found.reason


@pytest.mark.parametrize("name", ["story.rtf", "story.doc", "page.json"])
def test_other_kinds_list_the_known(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(STORY)
    (found,) = read(file)
    assert isinstance(found, Quarantined)
    assert ".jsonl" in found.reason


@pytest.mark.parametrize("name", ["story", "story.log", "STORY.TXT"])
def test_words_in_a_file_of_any_name_are_text(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(STORY)
    (found,) = read(file)
    assert isinstance(found, Document)


def test_folder_is_walked_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.txt", "b/d.txt", ".hidden", "atlas.gpkg", "atlas.gpkg-wal"):
        (tmp_path / name).write_text(f"{STORY} {name}")
    names = [Path(one.path).name for one in read(tmp_path) if isinstance(one, Document)]
    assert names == ["a.txt", "d.txt", "c.txt"]


def test_link_back_to_a_folder_is_told_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "loop").symlink_to(tmp_path)
    story, loop = read(tmp_path)
    assert isinstance(story, Document)
    assert isinstance(loop, Quarantined)
    assert "leads back" in loop.reason


def test_broken_link_and_missing_file(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    for path in (tmp_path, tmp_path / "absent.txt"):
        (found,) = read(path)
        assert isinstance(found, Quarantined)
        assert "No such file" in found.reason


def test_pipe_named_by_the_user_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(STORY,))
    writer.start()
    (found,) = read(pipe)
    writer.join()
    assert isinstance(found, Document)
    assert found.text == STORY


def test_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (found,) = read(tmp_path)
    assert isinstance(found, Quarantined)
    assert found.reason == "it is neither a file nor a folder"


def test_name_that_is_no_text_can_be_shown(tmp_path: Path) -> None:
    strange = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.txt")
    Path(strange).write_text(STORY)
    (found,) = read(tmp_path)
    assert isinstance(found, Document)
    found.path.encode()


@pytest.mark.parametrize(
    "data",
    [STORY, '{"text": "' + STORY + '"}', f"<html><body><article><p>{STORY}</p></article></body>"],
)
def test_standard_input_is_told_by_its_content(data: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    (found,) = read("-")
    assert isinstance(found, Document)
    assert found.text == STORY


def test_many_paths_one_after_the_other(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(STORY + name)
    paths = [tmp_path / "b.txt", tmp_path / "a.txt"]
    found = [one for one in read_all(paths) if isinstance(one, Document)]
    assert [one.path for one in found] == [str(path) for path in paths]


def test_inputs_are_counted_without_reading_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.jsonl").write_text('{"text": "x"}\n\n{"text": "y"}\n')
    assert readers.count([tmp_path, tmp_path / "absent"]) == 4


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("t.csv", b"", "the file is empty"),
        ("t.csv", bytes(range(256)) * 9, "a binary file"),
        ("t.ods", b"no workbook", "not what the suffix"),
    ],
)
def test_a_broken_table_is_told_as_such(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (found,) = read(tmp_path / name)
    assert isinstance(found, Quarantined)
    assert reason in found.reason
