"""Use an installed `incidents` as a new user would, outside the checkout, and check the answers.

Usage: python scripts/check_wheel.py PATH_OF_INCIDENTS
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

STORY = (
    "Gunmen killed three police officers in an ambush near the Nigerian city of Maiduguri on "
    "Monday, officials said."
)


def run(program: str, *arguments: str, cwd: Path) -> str:
    """Run the command and give what it prints."""
    result = subprocess.run(
        [program, *arguments], cwd=cwd, check=True, capture_output=True, text=True
    )
    return result.stdout


def serves(program: str, store: Path, port: int) -> bool:
    """Start the dashboard on a port, ask whether it is well, stop it by its own process id."""
    server = subprocess.Popen(
        [program, "serve", "--store", str(store), "--port", str(port), "--no-open"],
        stdout=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and server.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
                    return answer.status == 200
            except urllib.error.URLError:
                time.sleep(0.2)
        return False
    finally:
        server.terminate()
        server.wait(timeout=20)


def main(program: str) -> None:
    """Extract, ingest, list, export, draw and serve from the installed wheel alone."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "story.txt").write_text(STORY)
        line = run(program, "extract", "story.txt", "--published", "2024-05-08", "--json", cwd=home)
        incident = json.loads(line)["incidents"][0]
        assert incident["killed_best"] == 3, incident
        assert incident["country"] == "Nigeria", incident
        store = home / "atlas.gpkg"
        options = ("--published", "2024-05-08", "--store", str(store))
        run(program, "ingest", "story.txt", *options, cwd=home)
        assert len(json.loads(run(program, "list", "--store", str(store), "--json", cwd=home))) == 1
        run(
            program,
            "export",
            "--store",
            str(store),
            "--format",
            "geojson",
            "--out",
            "o.geojson",
            cwd=home,
        )
        run(program, "snapshot", "--store", str(store), "--out", "o.png", cwd=home)
        assert (home / "o.png").read_bytes().startswith(b"\x89PNG")
        run(program, "check", str(store), cwd=home)
        assert serves(program, store, 8599), "the dashboard of the installed wheel does not answer"
    print("the wheel works in an empty environment")


if __name__ == "__main__":
    main(sys.argv[1])
