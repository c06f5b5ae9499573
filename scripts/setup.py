"""Make everything that ``make run`` and ``make test`` need; a second call finds it made.

Standard library only: it runs before anything is installed. Each step says what it does, and
each failure is one line that says what to do.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
CONSTRAINTS = ROOT / "constraints.txt"
EXTRAS = {"run": "gazetteer", "test": "gazetteer,test"}


class SetupError(Exception):
    """A step failed; the message says what to do."""


def main(goal: str) -> None:
    """Make the environment for a goal: ``run`` or ``test``."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python may well run this file
        raise SetupError(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}")
    if not os.access(ROOT, os.W_OK):
        raise SetupError(f"no permission to write into {ROOT}; copy the project elsewhere")
    make_environment()
    install(goal)
    bring_assets()
    if goal == "test":
        bring_test_tools()
    build_gazetteer()


def make_environment() -> None:
    """Create ``.venv`` with pip in it."""
    if (BIN / "python").exists():
        return
    print("Making the virtual environment .venv", flush=True)
    try:
        venv.create(VENV, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(
            f"the virtual environment could not be made ({error}); "
            "on Debian or Ubuntu: apt-get install python3-venv"
        ) from error


def install(goal: str) -> None:
    """Install the project, editable, with the pinned versions of what it needs."""
    stamp = VENV / f".installed-{goal}"
    wanted = digest(ROOT / "pyproject.toml", CONSTRAINTS)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Installing the pinned dependencies (a few minutes the first time)", flush=True)
    command = [
        str(BIN / "python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    command += ["--constraint", str(CONSTRAINTS), "--editable", f"{ROOT}[{EXTRAS[goal]}]"]
    # The wheel's own data is made by the next steps, where its progress can be seen.
    result = subprocess.run(command, env=os.environ | {"ATLAS_BUILD_DATA": "0"}, check=False)
    if result.returncode:
        raise SetupError(
            "the dependencies could not be installed: see pip's message above. Without network, "
            "point pip at a local mirror; a missing compiler means no wheel for this Python: "
            "use Python 3.11 to 3.13"
        )
    stamp.write_text(wanted)


def bring_assets() -> None:
    """Bring the browser code; without npm the map falls back to the public CDN and says so."""
    step = "from dashboard._assets import main; raise SystemExit(main())"
    if subprocess.run([str(BIN / "python"), "-c", step], check=False, cwd=ROOT).returncode:
        print(
            "The map's browser code could not be brought (is npm installed?): the map will take "
            "it from the public CDN. Install Node.js with npm and run this again for offline use.",
            file=sys.stderr,
        )


def bring_test_tools() -> None:
    """Bring axe-core, with which the browser tests look for faults of accessibility."""
    step = "from dashboard._assets import main; raise SystemExit(main('tests/browser'))"
    if subprocess.run([str(BIN / "python"), "-c", step], check=False, cwd=ROOT).returncode:
        print(
            "axe-core could not be brought (is npm installed?): the tests of accessibility will "
            "be skipped.",
            file=sys.stderr,
        )


def build_gazetteer() -> None:
    """Build the embedded gazetteer where it is missing or older than its overlay."""
    command = [str(BIN / "incidents"), "gazetteer", "build", "--if-missing"]
    if subprocess.run(command, check=False, cwd=ROOT).returncode:
        raise SetupError("the gazetteer could not be built: see the line above")


def digest(*files: Path) -> str:
    """Fingerprint of some files, to see whether they changed since the last call."""
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "run")
    except SetupError as error:
        sys.exit(f"setup: {error}")
    except KeyboardInterrupt:
        sys.exit("setup: stopped; run it again to go on")
