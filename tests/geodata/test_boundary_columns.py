"""Which column of a file is what."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata._boundary_columns import MAKERS, PLAIN, Columns, Wanted, choose_columns, spellings
from geodata.errors import InputError

PAGE = (Path(__file__).parents[2] / "docs" / "boundaries.md").read_text(encoding="utf-8")

OCHA = ["ADM2_EN", "ADM2_PCODE", "ADM2ALT1EN", "ADM1_EN", "ADM1_PCODE", "ADM0_EN", "ADM0_PCODE",
        "date", "validOn"]  # fmt: skip
OCHA_NEW = ["adm2_name", "adm2_name1", "adm2_pcode", "adm1_name", "adm0_pcode", "iso2", "valid_on"]
GADM = ["GID_0", "COUNTRY", "GID_1", "NAME_1", "GID_2", "NAME_2", "VARNAME_2", "TYPE_2", "HASC_2"]
GEOBOUNDARIES = ["shapeName", "shapeISO", "shapeID", "shapeGroup", "shapeType"]
NATURAL_EARTH = ["featurecla", "name", "name_alt", "name_en", "iso_a2", "adm0_a3", "iso_3166_2"]


def chosen(columns: list[str], row: dict | None = None, file: str = "a", **wanted) -> Columns:
    return choose_columns(Path(file), columns, [row or {}], Wanted(**wanted))


@pytest.mark.parametrize(
    ("columns", "row", "wanted"),
    [
        (OCHA, {}, (2, "ADM2_EN", "ADM1_EN", "ADM2_PCODE", "OCHA COD-AB")),
        (OCHA_NEW, {}, (2, "adm2_name", "adm1_name", "adm2_pcode", "OCHA COD-AB")),
        (GADM, {}, (2, "NAME_2", "NAME_1", "GID_2", "GADM")),
        (GEOBOUNDARIES, {"shapeType": "ADM2"}, (2, "shapeName", None, "shapeISO", "geoBoundaries")),
        (NATURAL_EARTH, {"featurecla": "Admin-1 states provinces"},
         (1, "name_en", None, "iso_3166_2", "Natural Earth")),
        (["ADM2_NAME", "ADM1_NAME", "ADM2_CODE", "STR2_YEAR"], {},
         (2, "ADM2_NAME", "ADM1_NAME", "ADM2_CODE", "FAO GAUL")),
        (["DISTRICT", "PROVINCE"], {}, (2, "DISTRICT", "PROVINCE", None, "")),
    ],
)  # fmt: skip
def test_the_columns_of_known_makers(columns: list[str], row: dict, wanted: tuple) -> None:
    found = chosen(columns, row)
    assert (found.level, found.name, found.parent, found.code, found.maker) == wanted


def test_the_finest_level_counts_unless_another_is_asked_for() -> None:
    columns = ["ADM3_EN", *OCHA]
    assert (chosen(columns).level, chosen(columns).parent) == (3, "ADM2_EN")
    assert chosen(columns).grandparent == "ADM1_EN"
    assert (chosen(columns, level=2).name, chosen(columns, level=2).parent) == (
        "ADM2_EN",
        "ADM1_EN",
    )
    assert chosen(columns, level=1).parent is None


def test_a_file_that_only_looks_like_a_maker_is_not_said_to_be_his() -> None:
    assert chosen(["NAME_1", "NAME_2"]).maker == ""


def test_the_user_outranks_the_table() -> None:
    found = chosen(OCHA, name="adm2alt1en", parent="ADM0_EN", code="date", level=3)
    assert (found.level, found.name, found.parent, found.code) == (
        3,
        "ADM2ALT1EN",
        "ADM0_EN",
        "date",
    )
    assert found.variants == ()


def test_the_name_of_the_file_may_tell_the_level() -> None:
    assert chosen(["Name"], file="doc_adm2.kml").level == 2
    assert chosen(["x"], file="PAK-ADM3.json", name="x").level == 3


@pytest.mark.parametrize(
    ("columns", "wanted", "words"),
    [
        (["a", "b"], {}, "give --name COLUMN, one of 'a', 'b'"),
        ([], {}, "one of none"),
        (["a"], {"name": "a"}, "give --level"),
        (["ADM0_EN", "ADM0_PCODE"], {}, "these are countries; give --level"),
        (["a"], {"name": "zz"}, "no column 'zz' (--name); it has 'a'"),
        (OCHA, {"parent": "zz"}, "no column 'zz' (--parent)"),
        (["Name"], {}, "give --name"),
    ],
)
def test_what_cannot_be_told_is_asked(columns: list[str], wanted: dict, words: str) -> None:
    with pytest.raises(InputError) as error:
        chosen(columns, **wanted)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_columns_are_chosen_from_or_asked_about(columns: list[str]) -> None:
    with suppress(InputError):
        assert chosen(columns).name in columns


def test_spellings_are_taken_apart() -> None:
    assert spellings("Kech (Turbat)", ["Kech|Kej", None, "-99", " kech "]) == (
        "Kech",
        "Turbat",
        "Kej",
        "Kech|Kej",
        "kech",
    )


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.title)
def test_every_maker_is_in_the_docs_with_its_name_column(maker) -> None:
    assert maker.title in PAGE
    assert maker.name[0].upper() in PAGE.upper()


@pytest.mark.parametrize("column", PLAIN)
def test_every_plain_column_is_in_the_docs(column: str) -> None:
    assert f"`{column}`" in PAGE
