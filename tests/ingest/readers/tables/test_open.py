"""What is a table: the suffix says so and the content agrees; a story never is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.errors import InputError
from ingest.readers.tables import is_table, open_table

STORY = """Gunmen killed two men in Kuld, police said, on Monday.

The attack, the third this month, took place in the bazaar, a witness said.

"They came at night," said Abdul, a shopkeeper, "and left at once, on foot."
"""


@pytest.mark.parametrize("name", ["t.csv", "t.CSV", "t.tsv", "t.tab"])
def test_delimited_text_by_its_suffix(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("id,place\n1,Kuld\n")
    assert is_table(tmp_path / name)


@pytest.mark.parametrize(
    "text",
    ["id\tplace\tkilled\n1\tKuld\t3\n2\tDera\t0\n", "id,place,killed\n1,Kuld,3\n2,Dera,0\n",
     "id|place\n1|Kuld\n2|Dera\n"],
)  # fmt: skip
def test_a_txt_that_clearly_is_a_table(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.txt").write_text(text)
    assert is_table(tmp_path / "t.txt")


@pytest.mark.parametrize(
    "text",
    [STORY, "", "One line", "Kuld, Dera, Leh\n", "a,b\nc,d\ne,f\n", STORY.replace("\n\n", "\n"),
     "Police said, on Monday, nothing.\nArmy said, on Tuesday, more.\nAll slept, at last, well.\n",
     "Dear all,\nplease find below,\nthe list,\n", "Name: Kuld\nDate: Monday\nKilled: 3\n",
     "2023-01-31, Kuld, 3\n2023-02-01, Dera, 4\n2023-02-02, Leh, 5\n",
     "id,place,killed\n1,Kuld,3\n2,Dera\n"],
)  # fmt: skip
def test_a_txt_that_may_be_a_story(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.txt").write_text(text)
    assert not is_table(tmp_path / "t.txt")


@pytest.mark.parametrize("name", ["t.pdf", "t.docx", "t.html", "t", "t.jsonl", "t.gz"])
def test_other_suffixes(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("id,place\n1,Kuld\n")
    assert not is_table(tmp_path / name)


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"<!DOCTYPE html>", b"\x89PNG" + bytes(99), b""])
def test_something_else_called_csv(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    assert not is_table(tmp_path / "t.csv")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert not is_table(tmp_path / "t.csv")
    with pytest.raises(InputError, match=r"^t: cannot be opened: No such file"):
        open_table(tmp_path / "t.csv", shown="t")


def test_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "t.csv"
    folder.mkdir()
    assert not is_table(folder)


def test_content_that_is_not_what_the_suffix_says(tmp_path: Path) -> None:
    (tmp_path / "t.parquet").write_text("id,place\n1,Kuld\n")
    with pytest.raises(InputError, match=r"its content is not what the suffix '\.parquet' says"):
        open_table(tmp_path / "t.parquet")


def test_text_with_the_name_of_a_workbook_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text("Date\tCity\tKilled\n2021-01-03\tZhob\t2\n")
    assert is_table(path)
    assert open_table(path).info.columns == ("Date", "City", "Killed")
