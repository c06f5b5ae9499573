"""The manual can fail the build: what the code offers is in the docs, and the README runs."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from dashboard.cli import COMMANDS
from scripts.write_manual import MANUAL, manual, sub_commands

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"


def test_the_manual_is_what_the_commands_say() -> None:
    assert MANUAL.read_text() == manual(), "run: python scripts/write_manual.py"


@pytest.mark.parametrize(("name", "command"), sub_commands(), ids=str)
def test_every_help_has_an_example(name: str, command: click.Command) -> None:
    assert f"incidents {name.split(maxsplit=1)[0]}" in (command.epilog or command.help or "")


def readme_commands() -> list[str]:
    """Lines of the README's tour that call `incidents`, without the one that keeps serving."""
    blocks = re.findall(r"```console\n(.*?)```", README.read_text(), re.DOTALL)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("incidents ") and " serve " not in line]


def test_the_tour_of_the_readme_runs(tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "incidents"
    commands = readme_commands()
    assert len(commands) >= 5
    for name in ("story.txt", "log.csv"):
        (tmp_path / name).write_text((ROOT / "docs" / name).read_text())
    for line in commands:
        arguments = shlex.split(line)[1:]
        result = subprocess.run(
            [program, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, f"{line}\n{result.stderr}"


def test_help_is_instant_because_it_imports_nothing_heavy() -> None:
    code = (
        "import sys; from dashboard.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('geopandas', 'pandas', 'streamlit', 'folium', 'shapely', 'matplotlib',"
        " 'numpy', 'trafilatura') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_each_command_imports_nothing_heavy(name: str) -> None:
    code = (
        f"import sys; from dashboard.cli import main\n"
        f"try: main(['{name}', '--help'])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('geopandas', 'pandas', 'streamlit', 'folium', 'matplotlib',"
        " 'trafilatura') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[-1] == "[]"


def test_the_attributions_are_in_the_readme() -> None:
    readme = README.read_text()
    assert "GeoNames" in readme
    assert "CC BY 4.0" in readme
    assert "Natural Earth" in readme
