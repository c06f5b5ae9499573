"""The gazetteer is built from two packages and our table, in bounded memory."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from geodata.errors import InputError, MissingPartError
from geodata.gazetteer import PATH_VARIABLE, _overlay, default_path, overlay_path
from geodata.gazetteer._points import _MeanLongitude
from geodata.gazetteer._scripts import script_of
from geodata.gazetteer._sources import package_folder
from geodata.gazetteer._spellings import keys_of, useful_aliases
from geodata.gazetteer.lookup import Gazetteer

BUILD = """
import json, re, sys
from pathlib import Path
from geodata.gazetteer.build import build_gazetteer
shares = []
build_gazetteer(Path(sys.argv[1]), lambda words, share: shares.append(share))
heavy = sorted({"geopandas", "shapely", "click", "numpy"} & set(sys.modules))
# ru_maxrss would count what the test process held when it started this one; VmHWM does not.
status = Path("/proc/self/status")
own = re.search("VmHWM:[^0-9]*([0-9]+) kB", status.read_text()) if status.exists() else None
peak = int(own[1]) / 1024 if own else None
print(json.dumps([shares == sorted(shares), shares[-1], heavy, peak]))
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[object]]:
    target = tmp_path_factory.mktemp("build") / "new" / "gazetteer.sqlite"
    result = subprocess.run(
        [sys.executable, "-c", BUILD, str(target)], capture_output=True, text=True, check=True
    )
    return target, json.loads(result.stdout)


def test_a_build_tells_its_progress_and_imports_nothing_heavy(
    built: tuple[Path, list[object]],
) -> None:
    _, (in_order, last, heavy, _) = built
    assert in_order
    assert last == 1.0
    assert heavy == []


def test_a_build_takes_less_than_400_megabytes(built: tuple[Path, list[object]]) -> None:
    peak = built[1][3]
    if peak is None:
        pytest.skip("the peak of one process is read from /proc, which Linux has")
    assert isinstance(peak, float)
    assert peak < 400


def test_a_build_leaves_one_file(built: tuple[Path, list[object]]) -> None:
    assert [path.name for path in built[0].parent.iterdir()] == ["gazetteer.sqlite"]
    assert built[0].stat().st_size < 100_000_000


def test_every_row_of_our_table_found_its_place(built: tuple[Path, list[object]]) -> None:
    assert Gazetteer.open(built[0]).info()["overlay_unmatched"] == ""


def test_an_interrupted_build_leaves_the_old_file(tmp_path: Path) -> None:
    from geodata.gazetteer.build import build_gazetteer

    target = tmp_path / "gazetteer.sqlite"
    target.write_text("old")

    def stop(_words: str, _share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_gazetteer(target, stop)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_source_package_is_named() -> None:
    with pytest.raises(MissingPartError, match=r"'no_such_package'.*pip install"):
        package_folder("no_such_package")


def test_the_path_can_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(PATH_VARIABLE, str(tmp_path / "mine.sqlite"))
    assert default_path() == tmp_path / "mine.sqlite"


def test_opening_what_is_not_there_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(MissingPartError, match="incidents gazetteer build"):
        Gazetteer.open(tmp_path / "none.sqlite")


def test_opening_another_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "text.sqlite"
    path.write_text("no database " * 100)
    with pytest.raises(InputError, match="is not a gazetteer"):
        Gazetteer.open(path)


def test_a_gazetteer_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "future.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        connection.execute("INSERT INTO meta VALUES ('schema', '999')")
    connection.close()
    with pytest.raises(InputError, match="version '999'"):
        Gazetteer.open(path)


def test_only_spellings_that_a_report_would_use_are_kept() -> None:
    aliases = ["Sol'deu", "surudeu", "swldw", "Сольдеу", "سولدو", "SDU", "http://x.org", "Soldeu 2"]
    latin, native = useful_aliases(aliases, "Soldeu")
    assert latin == []
    assert all(script_of(name) for name in native)
    assert useful_aliases(["Qandahar", "Kandahār", "KDH"], "Kandahar") == (["Qandahar"], [])


def test_a_division_is_found_with_and_without_its_word() -> None:
    keys = dict(keys_of(("Kech", "Kech District"), division=True))
    assert keys == {"kech": 0, "kech district": 1}
    assert dict(keys_of(("Ar Raqqah",), division=True))["raqqah"] == 2


def test_the_mean_of_longitudes_crosses_the_date_line() -> None:
    mean = _MeanLongitude()
    for longitude in (179.0, -179.0):
        mean.step(longitude)
    assert abs(abs(mean.finalize()) - 180) < 1e-6


def write_overlay(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["# a comment", ",".join(_overlay.COLUMNS), *rows]) + "\n")
    return path


def test_our_table_reads_divisions_first(tmp_path: Path) -> None:
    path = write_overlay(
        tmp_path / "o.csv",
        "Wadh,town,PK,Balochistan,Khuzdar,27.35,66.37,Wad",
        "Balochistan,province,PK,,,,,Baluchistan|!NWF",
    )
    first, second = _overlay.read(path)
    assert (first.name, first.aliases, first.meant) == (
        "Balochistan",
        ("Baluchistan", "NWF"),
        ("NWF",),
    )
    assert (second.latitude, second.longitude) == (27.35, 66.37)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Wadh,hamlet,PK,,,27.3,66.3,", "feature 'hamlet' is none of"),
        ("Wadh,town,PK,,,27.3 N,66.3,", "decimal degrees"),
        ("Wadh,town,PK,,,66.3,270.3,", "lies on no map"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        _overlay.read(write_overlay(tmp_path / "o.csv", row))


def test_wrong_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text("name,lat\nWadh,27\n")
    with pytest.raises(InputError, match="columns"):
        _overlay.read(path)


def test_our_table_covers_the_countries_in_conflict() -> None:
    countries = {fact.country for fact in _overlay.read(overlay_path())}
    wanted = "PK AF IQ SY YE NG ML BF NE SO ET SD SS CD MZ LY IL PS LB UA MM PH IN CO MX HT"
    assert set(wanted.split()) <= countries
