"""``incidents serve``: what stops it from starting is one line; it ends in order."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from threading import Event

import pytest

from geodata.store import open_store

COMMAND = [sys.executable, "-c", "from dashboard.cli import main; main()", "serve", "--no-open"]


def refused(*options: str) -> str:
    """What a refused start says: one line, exit code 1."""
    result = subprocess.run(
        [*COMMAND, *options], capture_output=True, text=True, check=False, timeout=60
    )
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1, result.stderr
    return result.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "atlas.gpkg"
    open_store(path, create=True).close()
    return path


def test_a_missing_project(tmp_path: Path) -> None:
    assert "none.gpkg" in refused("--store", str(tmp_path / "none.gpkg"))


def test_a_file_that_is_no_project(tmp_path: Path) -> None:
    path = tmp_path / "notes.gpkg"
    path.write_text("not a database")
    assert "notes.gpkg" in refused("--store", str(path))


def test_a_busy_port_names_another_one(project: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refused("--store", str(project), "--port", str(port))
    assert f"--port {port}: another program is using it" in said
    assert f"--port {port + 1}" in said


def test_a_port_that_is_none_is_wrong_usage(project: Path) -> None:
    result = subprocess.run(
        [*COMMAND, "--store", str(project), "--port", "99999"], capture_output=True, check=False
    )
    assert result.returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_this_machine_alone_and_ends_in_order(project: Path, told: int) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [*COMMAND, "--store", str(project), "--port", str(port), "--read-only"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_well(f"{address}/healthz", server)
        assert refuses_foreign_host(f"{address}/map/points")
    finally:
        os.kill(server.pid, told)
        output, _ = server.communicate(timeout=30)
    assert server.returncode == 0, output
    assert f"Open {address} in a browser" in output
    assert "Traceback" not in output


def wait_until_well(address: str, server: subprocess.Popen[str]) -> None:
    pause = Event()
    for _ in range(600):
        try:
            with urllib.request.urlopen(address) as answer:
                assert answer.status == 200
                return
        except urllib.error.URLError:
            assert server.poll() is None
            pause.wait(0.1)
    raise AssertionError("the server did not answer within a minute")


def refuses_foreign_host(address: str) -> bool:
    """Whether a page of another site, under a name of its own, gets nothing (DNS rebinding)."""
    request = urllib.request.Request(address, headers={"Host": "evil.example"})
    try:
        urllib.request.urlopen(request).close()
    except urllib.error.HTTPError as error:
        error.close()
        return error.code == 400
    return False
