"""One registry of importers; what none of them reads is said in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.errors import InputError
from geodata.gazetteer.importers import IMPORTERS, importer_for, register


def test_a_name_is_given_once() -> None:
    with pytest.raises(InputError, match="'points' is there already"):
        register(IMPORTERS["points"])


def test_an_unknown_name_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'magic' is none of geonames, whosonfirst, osm, points"):
        importer_for(tmp_path, "magic")


def test_a_file_of_no_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"\0")
    with pytest.raises(InputError, match=r"is no gazetteer that is known: give a GeoNames dump"):
        importer_for(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no file"):
        importer_for(tmp_path / "PK.txt")
