"""Downloads of full gazetteers, from a local server that answers as the publisher does."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from geodata.errors import InputError
from ingest.gazetteers import DownloadError, download_country, fetch


@dataclass
class Publisher:
    """Files by path; `cut` sends so many bytes less than promised, once a path."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    cut: dict[str, int] = field(default_factory=dict)
    ranges: list[str] = field(default_factory=list)


def zipped(name: str, text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, text)
    return buffer.getvalue()


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    state = Publisher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = state.files.get(self.path)
            if body is None:
                self.send_error(404)
                return
            wanted = self.headers.get("Range")
            start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
            if wanted:
                state.ranges.append(wanted)
            if wanted and start >= len(body):
                self.send_error(416)
                return
            self.send_response(206 if wanted else 200)
            self.send_header("Content-Length", str(len(body) - start))
            self.end_headers()
            end = len(body) - state.cut.pop(self.path, 0)
            self.wfile.write(body[start:end])

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - base class's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_country_comes_with_its_codes_and_names(publisher: Publisher, tmp_path: Path) -> None:
    publisher.files = {
        "/AD.zip": zipped("AD.txt", "x"), "/admin1CodesASCII.txt": b"AD.01\ta\ta\t1\n",
        "/admin2Codes.txt": b"", "/alternatenames/AD.zip": zipped("AD.txt", "y"),
    }  # fmt: skip
    files = download_country("ad", tmp_path, publisher=publisher.url)
    assert files.dump.read_bytes() == publisher.files["/AD.zip"]
    assert files.alternate_names.name == "AD-alternateNamesV2.zip"


def test_a_download_that_was_cut_off_goes_on(publisher: Publisher, tmp_path: Path) -> None:
    body = zipped("AD.txt", "z" * 5000)
    publisher.files = {"/AD.zip": body}
    publisher.cut = {"/AD.zip": 2000}
    assert fetch(f"{publisher.url}/AD.zip", tmp_path / "AD.zip").read_bytes() == body
    assert publisher.ranges == [f"bytes={len(body) - 2000}-"]


def test_a_damaged_zip_is_not_kept(publisher: Publisher, tmp_path: Path) -> None:
    publisher.files = {"/AD.zip": zipped("AD.txt", "z" * 500)[:-30]}
    with pytest.raises(DownloadError, match="no zip"):
        fetch(f"{publisher.url}/AD.zip", tmp_path / "AD.zip")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_country_is_the_publishers_word(publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="the publisher answers 404"):
        download_country("XX", tmp_path, publisher=publisher.url)


def test_offline_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(
        DownloadError, match=r"you seem to be offline.*gazetteer add FILE"
    ) as caught:
        fetch("http://127.0.0.1:9/AD.zip", tmp_path / "AD.zip")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("country", ["Pakistan", "../etc", "P", ""])
def test_only_codes_are_asked_for(country: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give a two-letter code"):
        download_country(country, tmp_path)


def test_other_schemes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="only http and https"):
        fetch("file:///etc/passwd", tmp_path / "x")
