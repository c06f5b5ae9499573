"""Which column of a boundary file is the name, the parent, the code: a table of known makers.

Column names are compared without case. ``{n}`` stands for the level of the file, ``{p}`` for the
level above it. The finest level whose name column is there is the file's, unless it is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.admin_areas import LEVELS
from geodata.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """The columns of one maker of boundary files; the first that is there counts.

    `name` says the name and, by ``{n}``, the level; `level` is a column whose value says it.
    Only a file with one of `marks` is said to be this maker's: others use the same names.
    """

    title: str
    marks: tuple[str, ...] = ()
    name: tuple[str, ...]
    variants: tuple[str, ...] = ()
    parent: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    vintage: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    licence: tuple[str, ...] = ()
    own_title: tuple[str, ...] = ()


MAKERS: tuple[Maker, ...] = (
    Maker(
        title="Incident Atlas",
        name=("name",),
        variants=("variants",),
        level=("atlas_level",),
        parent=("admin{p}",),
        code=("code",),
        country=("country",),
        vintage=("atlas_vintage",),
        source=("atlas_source",),
        licence=("atlas_licence",),
        own_title=("atlas_title",),
    ),
    Maker(
        title="OCHA COD-AB",
        marks=("adm0_pcode", "adm1_pcode", "adm2_pcode"),
        name=tuple(f"adm{{n}}_{end}" for end in ("en", "name", "fr", "es", "pt", "ar")),
        variants=(
            "adm{n}_ref",
            "adm{n}alt1en",
            "adm{n}alt2en",
            "adm{n}_name1",
            "adm{n}_name2",
            "adm{n}_name3",
            "adm{n}_ref_name",
            "adm{n}_fr",
            "adm{n}_es",
            "adm{n}_ar",
        ),
        parent=tuple(f"adm{{p}}_{end}" for end in ("en", "name", "fr", "es", "pt", "ar")),
        code=("adm{n}_pcode", "adm{n}_code"),
        country=("adm0_pcode", "iso2", "iso3", "adm0_en", "adm0_name"),
        vintage=("validon", "valid_on", "date"),
    ),
    Maker(
        title="GADM",
        marks=("gid_0", "id_0"),
        name=("name_{n}",),
        variants=("varname_{n}", "nl_name_{n}"),
        parent=("name_{p}",),
        code=("gid_{n}", "hasc_{n}"),
        country=("hasc_{n}", "gid_0", "iso", "country", "name_0"),
    ),
    Maker(
        title="geoBoundaries",
        name=("shapename",),
        level=("shapetype",),
        code=("shapeiso", "shapeid"),
        country=("shapegroup",),
    ),
    Maker(
        title="UN SALB",
        marks=("adm{n}cd",),
        name=("adm{n}nm",),
        parent=("adm{p}nm",),
        code=("adm{n}cd",),
        country=("iso2cd", "iso3cd"),
        vintage=("lstupdt",),
    ),
    Maker(
        title="FAO GAUL",
        marks=("str{n}_year", "gaul0_code"),
        name=("gaul{n}_name", "adm{n}_name"),
        parent=("gaul{p}_name", "adm{p}_name"),
        code=("gaul{n}_code", "adm{n}_code"),
        country=("iso3_code", "gaul0_name", "adm0_name"),
    ),
    Maker(
        title="Natural Earth",
        name=("name_en", "name"),
        variants=("name_alt", "name_local", "gn_name", "woe_name", "name"),
        level=("featurecla",),
        parent=("region",),
        code=("iso_3166_2", "adm2_code", "adm1_code"),
        country=("iso_a2", "adm0_a3", "admin"),
    ),
)
"""The table; `docs/boundaries.md` shows it."""

PLAIN: dict[str, int | None] = {
    "tehsil": 3,
    "subdistrict": 3,
    "district": 2,
    "dist_name": 2,
    "district_name": 2,
    "county": 2,
    "province": 1,
    "prov_name": 1,
    "province_name": 1,
    "state": 1,
    "state_name": 1,
    "name": None,
}
"""Columns that speak for themselves in files of no known maker, and the level they name."""

_LEVEL_IN_TEXT = re.compile(r"ad(?:m|min)[ _-]?([0-5])(?!\d)", re.IGNORECASE)
_PARTS = re.compile(r"[|;/()\[\]]")
_NO_NAME = frozenset({"", "null", "none", "n/a", "na", "-99", "nan", "<null>"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Columns of one file: which is what, and whose file it seems to be."""

    level: int
    name: str
    variants: tuple[str, ...] = ()
    parent: str | None = None
    grandparent: str | None = None
    code: str | None = None
    country: tuple[str, ...] = ()
    maker: str = ""
    vintage: tuple[str, ...] = ()
    source: str | None = None
    licence: str | None = None
    title: str | None = None

    def mapping(self) -> dict[str, str]:
        """Our column to the file's, for the register."""
        pairs = {
            "name": self.name,
            "variants": ", ".join(self.variants),
            "parent": self.parent,
            "code": self.code,
            "country": ", ".join(self.country),
            "vintage": ", ".join(self.vintage),
        }
        return {ours: theirs for ours, theirs in pairs.items() if theirs}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the user says of a file's columns; None leaves it to the table of makers."""

    level: int | None = None
    name: str | None = None
    parent: str | None = None
    code: str | None = None


def choose_columns(
    path: Path, columns: Sequence[str], first: Sequence[Mapping[str, Any]], wanted: Wanted
) -> Columns:
    """Decide which column is what.

    Parameters
    ----------
    columns
        Names of the file's columns.
    first
        Some of its rows: a column may say the level.

    Raises
    ------
    InputError
        A named column is not there, or the name or the level cannot be told: says what to give.
    """
    known = {name.casefold(): name for name in columns}
    for option in ("name", "parent", "code"):
        given = getattr(wanted, option)
        if given is not None and given.casefold() not in known:
            raise InputError(
                f"{str(path)!r} has no column {given!r} (--{option});"
                f" it has {', '.join(map(repr, columns)) or 'none'}"
            )
    guess = _guess(path, known, first, wanted)
    if guess is None and wanted.name is None:
        raise InputError(
            f"{str(path)!r}: cannot tell which column is the name; give --name COLUMN,"
            f" one of {', '.join(map(repr, columns)) or 'none'}"
        )
    level = wanted.level or (guess.level if guess else _level_of_text(path.stem))
    if level not in LEVELS:
        raise InputError(
            f"{str(path)!r}: {_no_level(level)}; give --level 1 (provinces), 2 (districts) or 3"
        )
    return _completed(guess, known, wanted, level)


def _no_level(level: int | None) -> str:
    return "these are countries" if level == 0 else "cannot tell the level of its areas"


def _completed(
    guess: Columns | None, known: Mapping[str, str], wanted: Wanted, level: int
) -> Columns:
    def given(name: str | None, guessed: str | None) -> str | None:
        return guessed if name is None else known[name.casefold()]

    name = given(wanted.name, guess.name if guess else None)
    assert name is not None  # noqa: S101 - one of both is there
    return Columns(
        level=level,
        name=name,
        # Variants go with the name that the table knows.
        variants=guess.variants if guess and guess.name == name else (),
        parent=given(wanted.parent, guess.parent if guess else None) if level > 1 else None,
        grandparent=guess.grandparent if guess and level > 2 else None,
        code=given(wanted.code, guess.code if guess else None),
        country=guess.country if guess else (),
        maker=guess.maker if guess else "",
        vintage=guess.vintage if guess else (),
        source=guess.source if guess else None,
        licence=guess.licence if guess else None,
        title=guess.title if guess else None,
    )


def _guess(
    path: Path, known: Mapping[str, str], first: Sequence[Mapping[str, Any]], wanted: Wanted
) -> Columns | None:
    # A maker whose mark is there comes first: others use the same names.
    for maker in sorted(MAKERS, key=lambda one: not _marked(one, known)):
        if maker.level:
            told = _first(maker.level, known)
            if told is None or _first(maker.name, known) is None:
                continue
            level = wanted.level or _level_by(first, told, path)
        else:
            level = _finest(maker, known, wanted.level)
        if level is not None:
            return _columns(maker, known, level)
    return _plain(path, known, wanted.level)


def _marked(maker: Maker, known: Mapping[str, str]) -> bool:
    return any(_first(maker.marks, known, n) for n in LEVELS)


def _plain(path: Path, known: Mapping[str, str], wanted: int | None) -> Columns | None:
    for plain, level in PLAIN.items():
        level = wanted or level or _level_of_text(path.stem)  # noqa: PLW2901
        if plain in known and level is not None:
            above = [one for one, of in PLAIN.items() if of == level - 1 and one in known]
            parent = known[above[0]] if above and above[0] != plain else None
            return Columns(level=level, name=known[plain], parent=parent)
    return None


def _finest(maker: Maker, known: Mapping[str, str], wanted: int | None) -> int | None:
    levels = [wanted] if wanted else range(LEVELS[-1], -1, -1)
    return next((n for n in levels if _first(maker.name, known, n)), None)


def _level_by(first: Sequence[Mapping[str, Any]], column: str, path: Path) -> int | None:
    values = {str(row.get(column)) for row in first} - {"None"}
    found = {_level_of_text(value) for value in values} | {
        int(value) for value in values if value.isdigit()
    }
    found -= {None}
    return found.pop() if len(found) == 1 else _level_of_text(path.stem)


def _level_of_text(text: str) -> int | None:
    found = _LEVEL_IN_TEXT.search(text)
    return int(found[1]) if found else None


def _columns(maker: Maker, known: Mapping[str, str], level: int) -> Columns:
    name = _first(maker.name, known, level)
    assert name is not None  # noqa: S101 - the caller looked
    others = [_first((one,), known, level) for one in maker.variants]
    above = _first(maker.parent, known, level) if level > 1 else None
    return Columns(
        level=level,
        name=name,
        variants=tuple(dict.fromkeys(one for one in others if one and one != name)),
        parent=above,
        grandparent=_first(maker.parent, known, level - 1) if level > 2 else None,
        code=_first(maker.code, known, level),
        country=tuple(filter(None, (_first((one,), known, level) for one in maker.country))),
        maker=maker.title if not maker.marks or _marked(maker, known) else "",
        vintage=tuple(filter(None, (_first((one,), known, level) for one in maker.vintage))),
        source=_first(maker.source, known),
        licence=_first(maker.licence, known),
        title=_first(maker.own_title, known),
    )


def _first(templates: Sequence[str], known: Mapping[str, str], level: int = 0) -> str | None:
    for template in templates:
        column = known.get(template.format(n=level, p=level - 1))
        if column is not None:
            return column
    return None


def cell_text(value: Any) -> str:
    """Text of a cell, spaces tidied; empty for a cell that only says that there is nothing."""
    text = " ".join(str(value).split()) if value is not None else ""
    return "" if text.casefold() in _NO_NAME else text


def spellings(name: str, cells: Sequence[Any]) -> tuple[str, ...]:
    """Other names of an area: the parts of "Kech (Turbat)" and of cells parted by ``|;/``."""
    found: list[str] = []
    for text in (name, *map(cell_text, cells)):
        found += [cell_text(part) for part in (*_PARTS.split(text), text)]
    return tuple(dict.fromkeys(one for one in found if one and one != name))
