"""Browser code of others: brought once, checked, or one clear line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard import _assets
from geodata.errors import MissingPartError
from tests.conftest import absent

FOR_TESTS = Path(__file__).resolve().parent.parent / "browser"


@pytest.mark.parametrize("folder", [_assets.ASSETS, FOR_TESTS], ids=["served", "for tests"])
def test_every_dependency_is_pinned_and_locked_with_its_integrity(folder: Path) -> None:
    package = json.loads((folder / "package.json").read_text())
    declared = package.get("dependencies", {}) | package.get("devDependencies", {})
    locked = json.loads((folder / "package-lock.json").read_text())["packages"]
    assert set(package["vendored"]) == set(declared)
    for name, version in declared.items():
        entry = locked[f"node_modules/{name}"]
        assert entry["version"] == version
        assert entry["integrity"].startswith("sha512-")
        assert "resolved" not in entry, "no address of a registry in the repository"


def test_without_npm_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(_assets, "VENDOR", tmp_path / "vendor")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingPartError, match="npm is not installed") as refused:
        _assets.ensure_assets()
    assert "\n" not in str(refused.value)


def test_what_is_there_is_not_brought_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if not _assets.assets_present():
        absent("the browser code was not brought: run 'make setup'")
    _assets.ensure_assets()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert _assets.ensure_assets() == _assets.VENDOR


def test_nothing_brought_is_in_the_repository() -> None:
    ignored = (_assets.ASSETS.parent.parent / ".gitignore").read_text()
    assert "dashboard/assets/vendor/" in ignored
    assert "tests/browser/vendor/" in ignored


def test_what_is_brought_for_tests_is_not_served() -> None:
    assert not any("axe" in name for name in _assets.served())
