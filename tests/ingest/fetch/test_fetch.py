"""The fetcher against a real server on this computer, which it may reach only because we say so."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
import zlib
from pathlib import Path
from shutil import which

import pytest

from ingest.fetch import AddressRefusedError, Fetcher, FetchFailedError, Limits
from tests.conftest import absent
from tests.local_server import FakeClock
from tests.web_site import Site, site

SOON = Limits(seconds=0.2)


# ------------------------------------------------------------ answers


def test_a_page_comes_back_with_what_the_server_says_of_it(web: Site, fetcher: Fetcher) -> None:
    url = web.say("/a", "words", Content_Type="text/html; charset=utf-8", ETag='"7"',
                  Last_Modified="Tue, 31 Aug 2021 10:00:00 GMT")  # fmt: skip
    page = fetcher.fetch(url)
    assert (page.url, page.status, page.body) == (url, 200, b"words")
    assert (page.content_type, page.etag) == ("text/html", '"7"')
    assert page.last_modified == "Tue, 31 Aug 2021 10:00:00 GMT"
    assert page.retrieved.timestamp() == 1_700_000_000


def test_it_says_who_it_is_and_names_the_host(web: Site, fetcher: Fetcher) -> None:
    fetcher.fetch(web.say("/a", "words"))
    assert web.headers[0]["user-agent"].startswith("IncidentAtlas/")
    assert web.headers[0]["host"] == web.host
    assert "cookie" not in web.headers[0]


def test_an_unchanged_page_is_not_sent_again(web: Site, fetcher: Fetcher) -> None:
    page = fetcher.fetch(web.say("/a", status=304), etag='"7"', last_modified="yesterday")
    assert page.unchanged
    assert web.headers[0]["if-none-match"] == '"7"'
    assert web.headers[0]["if-modified-since"] == "yesterday"


def test_a_304_that_nobody_asked_for_is_no_answer(web: Site, fetcher: Fetcher) -> None:
    with pytest.raises(FetchFailedError, match="304"):
        fetcher.fetch(web.say("/a", status=304))


def test_a_tag_that_would_break_the_request_is_left_out(web: Site, fetcher: Fetcher) -> None:
    fetcher.fetch(web.say("/a", "words"), etag="a\r\nX-Evil: 1")
    assert "x-evil" not in web.headers[0]
    assert "if-none-match" not in web.headers[0]


# ------------------------------------------------------------ what may be reached


def test_this_computer_is_not_reached_unless_it_is_allowed(web: Site) -> None:
    url = web.say("/a", "secret")
    for stranger in (Fetcher(), Fetcher(allowed=["127.0.0.1:1"]), Fetcher(allowed=["", " "])):
        with pytest.raises(AddressRefusedError):
            stranger.fetch(url)
    assert web.asked == []


@pytest.mark.parametrize("numbers", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1"],
                                     ["fe80::1"], ["::ffff:192.168.0.1"]])  # fmt: skip
def test_a_name_that_leads_inside_is_refused_if_any_number_does(numbers: list[str]) -> None:
    fetcher = Fetcher(resolve=lambda _host, _port: numbers)
    with pytest.raises(AddressRefusedError, match=r"news\.example"):
        fetcher.fetch("http://news.example/")


def test_the_name_is_looked_up_once_and_the_checked_number_is_used(web: Site) -> None:
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    port = web.host.partition(":")[2]
    web.say("/", "words")
    fetcher = Fetcher(allowed=[f"news.example:{port}"], resolve=rebinding)
    assert fetcher.fetch(f"http://news.example:{port}/").body == b"words"
    assert asked == ["news.example"]
    assert web.headers[0]["host"] == f"news.example:{port}"


def test_a_name_that_cannot_be_looked_up_asks_whether_we_are_online() -> None:
    def offline(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with pytest.raises(FetchFailedError, match=r"'news\.example' cannot be looked up.*online"):
        Fetcher(resolve=offline).fetch("http://news.example/")


def test_proxies_of_the_environment_are_not_used(
    web: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetcher.fetch(web.say("/a", "words")).body == b"words"


# ------------------------------------------------------------ redirects


def test_a_redirect_is_followed_and_a_lasting_one_told(web: Site, fetcher: Fetcher) -> None:
    end = web.say("/c", "words")
    middle = web.say("/b", status=308, Location="/c")
    start = web.say("/a", status=301, Location=middle)
    page = fetcher.fetch(start)
    assert (page.url, page.moved_to) == (end, end)


def test_only_the_lasting_part_of_a_way_is_told(web: Site, fetcher: Fetcher) -> None:
    web.say("/c", "words")
    middle = web.say("/b", status=302, Location="/c")
    assert fetcher.fetch(middle).moved_to == ""
    assert fetcher.fetch(web.say("/a", status=301, Location="/b")).moved_to == middle


@pytest.mark.parametrize(
    "there",
    ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "//169.254.169.254/x",
     "http://0x7f.1/", "file:///etc/passwd", "http://127.0.0.1:1/", "https://user@8.8.8.8/",
     "javascript:1", "http://[", "http://a b/"],
)  # fmt: skip
def test_a_redirect_to_the_inside_is_refused(web: Site, fetcher: Fetcher, there: str) -> None:
    with pytest.raises(AddressRefusedError):
        fetcher.fetch(web.say("/a", status=302, Location=there))


def test_a_link_from_outside_does_not_use_what_is_allowed(web: Site, fetcher: Fetcher) -> None:
    url = web.say("/a", "secret")
    with pytest.raises(AddressRefusedError):
        fetcher.fetch(url, via="https://news.example/feed")
    assert fetcher.fetch(url, via=f"{web.url}/feed").body == b"secret"


def test_a_redirect_to_another_allowed_host_is_refused(web: Site) -> None:
    with site() as other:
        there = other.say("/", "secret")
        fetcher = Fetcher(allowed=[web.host, other.host])
        with pytest.raises(AddressRefusedError):
            fetcher.fetch(web.say("/a", status=302, Location=there))
        assert other.asked == []


def test_a_circle_of_redirects_ends(web: Site, fetcher: Fetcher) -> None:
    with pytest.raises(FetchFailedError, match="more than 5 times"):
        fetcher.fetch(web.say("/a", status=302, Location="/a"))
    assert len(web.asked) == 6


# ------------------------------------------------------------ size


def test_what_is_announced_too_large_is_not_read(web: Site, clock: FakeClock) -> None:
    fetcher = Fetcher(allowed=[web.host], clock=clock, limits=Limits(max_bytes=1_000))
    with pytest.raises(FetchFailedError, match=r"larger than 0\.001 MB"):
        fetcher.fetch(web.stall("/a", b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n"))


def test_what_is_too_large_without_saying_so_is_cut_off(web: Site, clock: FakeClock) -> None:
    fetcher = Fetcher(allowed=[web.host], clock=clock, limits=Limits(max_bytes=1_000))
    chunk = b"7d0\r\n" + b"x" * 2_000 + b"\r\n0\r\n\r\n"
    with pytest.raises(FetchFailedError, match="larger than"):
        fetcher.fetch(
            web.stall("/a", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk)
        )


def test_a_gzip_bomb_is_cut_off(web: Site, clock: FakeClock) -> None:
    fetcher = Fetcher(allowed=[web.host], clock=clock, limits=Limits(max_bytes=100_000))
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(FetchFailedError, match="larger than"):
        fetcher.fetch(web.say("/a", bomb, Content_Encoding="gzip"))


def test_packed_pages_are_unpacked(web: Site, fetcher: Fetcher) -> None:
    words = b"words " * 1_000
    bare = zlib.compressobj(wbits=-15)
    two = gzip.compress(words[:3_000]) + gzip.compress(words[3_000:])
    for packed, encoding in (
        (gzip.compress(words), "gzip"),
        (two, "x-gzip"),
        (zlib.compress(words), "deflate"),
        (bare.compress(words) + bare.flush(), "deflate"),
        (words, "identity"),
    ):
        assert fetcher.fetch(web.say("/a", packed, Content_Encoding=encoding)).body == words


def test_damaged_or_unknown_packing_is_told(web: Site, fetcher: Fetcher) -> None:
    packed = gzip.compress(b"words " * 1_000)
    for body, encoding, why in (
        (packed[:-20], "gzip", "broke off"),
        (b"no gzip at all", "gzip", "damaged"),
        (packed, "br", "'br'"),
    ):
        with pytest.raises(FetchFailedError, match=why):
            fetcher.fetch(web.say("/a", body, Content_Encoding=encoding))


def test_an_answer_that_breaks_off_is_no_answer(web: Site, fetcher: Fetcher) -> None:
    url = web.say("/a", "half", Content_Length="100")
    with pytest.raises(FetchFailedError, match="broke off"):
        fetcher.fetch(url)


def test_what_is_no_http_is_told(web: Site, fetcher: Fetcher) -> None:
    web.over.set()  # hang up after these bytes
    for raw in (b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n"):
        with pytest.raises(FetchFailedError, match="as a web server does"):
            fetcher.fetch(web.stall("/a", raw))


# ------------------------------------------------------------ time


@pytest.mark.parametrize(
    "raw", [b"", b"HTTP/1.1 200 OK\r\nA: ", b"HTTP/1.1 200 OK\r\n\r\nwords",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwor"],
)  # fmt: skip
def test_a_server_that_dawdles_is_given_up(web: Site, raw: bytes) -> None:
    fetcher = Fetcher(allowed=[web.host], limits=SOON)
    with pytest.raises(FetchFailedError, match=r"in full within 0\.2 s"):
        fetcher.fetch(web.stall("/a", raw))


def test_a_server_that_never_agrees_on_tls_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(FetchFailedError, match="in full within"):
            Fetcher(allowed=[host], limits=SOON).fetch(f"https://{host}/")


def test_a_port_where_nobody_listens_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        host = f"127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(FetchFailedError, match="refused"):
        Fetcher(allowed=[host]).fetch(f"http://{host}/")


# ------------------------------------------------------------ manners


def test_two_requests_to_a_host_are_a_second_apart(
    web: Site, fetcher: Fetcher, clock: FakeClock
) -> None:
    url = web.say("/a", "words")
    for _ in range(3):
        fetcher.fetch(url)
    assert clock.slept == [1.0, 1.0]


def test_a_host_is_asked_one_thing_at_a_time(web: Site) -> None:
    fetcher = Fetcher(allowed=[web.host], pause_s=0)
    url = web.say("/a", "words")
    threads = [threading.Thread(target=fetcher.fetch, args=[url]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert web.asked == ["/a"] * 4
    assert web.most_at_once == 1


@pytest.mark.parametrize(
    ("wish", "seconds"),
    [("120", 120), ("Tue, 14 Nov 2023 22:14:20 GMT", 60), ("0", 0), ("soon", None),
     ("99999999999", 604_800), ("Tue, 14 Nov 1999 22:14:20 GMT", 0)],
)  # fmt: skip
def test_the_wish_of_a_server_is_heard(
    web: Site, fetcher: Fetcher, wish: str, seconds: float | None
) -> None:
    with pytest.raises(FetchFailedError, match="too many requests") as failure:
        fetcher.fetch(web.say("/a", status=429, Retry_After=wish))
    assert (failure.value.status, failure.value.retry_after) == (429, seconds)


def test_a_short_wish_is_waited_for_and_a_long_one_told(
    web: Site, fetcher: Fetcher, clock: FakeClock
) -> None:
    busy = web.say("/busy", status=503, Retry_After="20")
    with pytest.raises(FetchFailedError, match="in trouble"):
        fetcher.fetch(busy)
    fetcher.fetch(web.say("/a", "words"))
    assert clock.slept == [20.0]
    with pytest.raises(FetchFailedError):
        fetcher.fetch(web.say("/busy", status=503, Retry_After="7200"))
    asked = len(web.asked)
    with pytest.raises(FetchFailedError, match="come back after 2023-11-15 00:13 UTC"):
        fetcher.fetch(f"{web.url}/a")
    assert len(web.asked) == asked


@pytest.mark.parametrize(
    ("status", "why"),
    [(403, "refuses us"), (404, "no such page"), (410, "for good"), (500, "in trouble"),
     (418, "418")],
)  # fmt: skip
def test_a_failure_says_what_it_means(web: Site, fetcher: Fetcher, status: int, why: str) -> None:
    with pytest.raises(FetchFailedError, match=why) as failure:
        fetcher.fetch(web.say("/a", status=status))
    assert failure.value.status == status


# ------------------------------------------------------------ TLS


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A key and a certificate for news.example, signed by itself."""
    program = which("openssl")
    if program is None:
        absent("no openssl program")
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [str(program), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=news.example", "-addext", "subjectAltName=DNS:news.example", "-keyout", key,
         "-out", cert],
        check=True, capture_output=True,
    )  # fmt: skip
    return key, cert


def test_tls_is_for_the_name_although_the_connection_goes_to_a_number(
    certificate: tuple[Path, Path],
) -> None:
    key, cert = certificate
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inside.load_cert_chain(cert, key)
    names: list[str | None] = []
    inside.sni_callback = lambda _socket, name, _context: names.append(name)
    with site(inside) as web:
        port = web.host.partition(":")[2]
        web.say("/", "words")
        fetcher = Fetcher(
            allowed=[f"news.example:{port}", f"other.example:{port}"],
            resolve=lambda _host, _port: ["127.0.0.1"],
            context=ssl.create_default_context(cafile=str(cert)),
        )
        assert fetcher.fetch(f"https://news.example:{port}/").body == b"words"
        assert names == ["news.example"]
        with pytest.raises(FetchFailedError, match="certificate is not valid"):
            fetcher.fetch(f"https://other.example:{port}/")
        web.say("/down", status=302, Location="http://news.example/")
        with pytest.raises(AddressRefusedError, match="from https to"):
            fetcher.fetch(f"https://news.example:{port}/down")


def test_a_certificate_that_nobody_vouches_for_is_refused(
    certificate: tuple[Path, Path],
) -> None:
    key, cert = certificate
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inside.load_cert_chain(cert, key)
    with site(inside) as web:
        fetcher = Fetcher(allowed=[web.host])
        with pytest.raises(FetchFailedError, match="certificate is not valid"):
            fetcher.fetch(web.url)
