"""Which addresses may be fetched: a table of hostile ones, and what holds for every text."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.fetch import AddressRefusedError
from ingest.fetch.address import is_public, must_be_public_name, read_address

HOSTILE = """
file:///etc/passwd
ftp://example.org/
gopher://example.org/
javascript:alert(1)
data:text/html,hello
//example.org/
example.org
http:///etc/passwd
http://
https://?
http://user@example.org/
http://user:secret@example.org/
http://example.org@127.0.0.1/
http://example.org:80@127.0.0.1/
http://example.org\\@127.0.0.1/
http://127.0.0.1\\@example.org/
http://localhost/
http://LOCALHOST./
http://app.localhost/
http://printer/
http://printer.local/
http://wiki.corp/
http://router.home.arpa/
http://metadata.google.internal/
http://127.0.0.1/
http://127.1/
http://127.0.1/
http://2130706433/
http://0x7f000001/
http://0x7f.0.0.1/
http://0177.0.0.1/
http://017700000001/
http://127.0.0.0x1/
http://127.0.0.1./
http://127.000.000.001/
http://1.2.3.4.5/
http://256.1.1.1/
http://１２７.０.０.１/
http://127。0。0。1/
http://①②⑦.⓪.⓪.①/
http://0/
http://0.0.0.0/
http://10.0.0.1/
http://172.16.0.1/
http://192.168.1.1/
http://169.254.169.254/latest/meta-data/
http://100.100.100.200/latest/meta-data/
http://100.64.0.1/
http://168.63.129.16/
http://192.0.0.192/
http://192.0.2.1/
http://198.18.0.1/
http://224.0.0.1/
http://240.0.0.1/
http://255.255.255.255/
http://[::1]/
http://[::]/
http://[::ffff:127.0.0.1]/
http://[::ffff:7f00:1]/
http://[::127.0.0.1]/
http://[64:ff9b::7f00:1]/
http://[64:ff9b::10.0.0.1]/
http://[64:ff9b:1::1]/
http://[2002:7f00:1::]/
http://[2002:808:808::1]/
http://[2001:0:7f00:1::]/
http://[2001:db8::1]/
http://[fc00::1]/
http://[fd00:ec2::254]/latest/
http://[fe80::1]/
http://[fe80::1%25eth0]/
http://[fec0::1]/
http://[ff02::1]/
http://[100::1]/
http://[::1
http://[127.0.0.1]/
http://example.org:22/
http://example.org:0/
http://example.org:/
http://example.org:6379/
http://example.org:99999/
http://example.org:80:80/
http://exa mple.org/
http://example.org%2f@127.0.0.1/
http://%31%32%37.0.0.1/
http://example..org/
http://-example-.org/
http://exam\u200bple.org/
http://example.org/\x00
""".strip("\n").split("\n")


@pytest.mark.parametrize("url", [*HOSTILE, "http://example.org/\r\nX: y", "http://e\tx.org/"])
def test_a_hostile_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefusedError) as refusal:
        must_be_public_name(read_address(url))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("given_", "meant"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://Example.ORG:443/A?b=c#d", "https://example.org/A?b=c"),
        (" http://example.org./x ", "http://example.org/x"),
        ("https://bücher.example/ä b", "https://xn--bcher-kva.example/%C3%A4%20b"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700::1]/", "http://[2606:4700::1]/"),
        ("https://www.abc.com.py/x%20y?a[]=1", "https://www.abc.com.py/x%20y?a[]=1"),
        ("https://3.example.org/", "https://3.example.org/"),
    ],
)
def test_a_plain_address_is_read(given_: str, meant: str) -> None:
    address = read_address(given_)
    must_be_public_name(address)
    assert address.url == meant


def test_a_refusal_quotes_the_address_and_is_one_short_line() -> None:
    with pytest.raises(AddressRefusedError, match=r"^address 'ftp://x.org/a+…' is not fetched: "):
        read_address("ftp://x.org/" + "a" * 1_000)
    with pytest.raises(AddressRefusedError, match="longer than 2,000"):
        read_address("http://x.org/" + "a" * 3_000)


@given(st.text(max_size=60))
@example("http://[")
@example("http://\u2100.org/")  # a sign that becomes "a/c"
def test_any_text_is_read_or_refused(text: str) -> None:
    for url in (text, f"http://{text}/", f"https://example.org/{text}"):
        try:
            address = read_address(url)
        except AddressRefusedError:
            continue
        assert address.url.isascii()
        assert not set(address.url) & set(' \r\n\t\\<>"')
        assert read_address(address.url) == address


@given(st.ip_addresses(v=4))
def test_a_private_number_stays_private_in_every_disguise(
    number: ipaddress.IPv4Address,
) -> None:
    public = is_public(number)
    assert public <= number.is_global
    mapped = ipaddress.IPv6Address((0xFFFF << 32) | int(number))
    translated = ipaddress.IPv6Address((0x64_FF9B << 96) | int(number))
    assert is_public(mapped) == is_public(translated) == public
    assert not is_public(ipaddress.IPv6Address((0x2002 << 112) | (int(number) << 80)))


@given(st.ip_addresses(v=4))
def test_a_number_in_an_odd_spelling_is_refused(number: ipaddress.IPv4Address) -> None:
    first, *rest = str(number).split(".")
    for host in (
        str(int(number)),
        hex(int(number)),
        f"{int(first):#x}." + ".".join(rest),
        f"0{int(first):o}." + ".".join(rest),
        f"{first}.{int(number) & 0xFFFFFF}",
    ):
        if host != str(number):
            with pytest.raises(AddressRefusedError):
                must_be_public_name(read_address(f"http://{host}/"))


@given(st.ip_addresses(v=6))
def test_only_global_unicast_is_public(number: ipaddress.IPv6Address) -> None:
    if is_public(number):
        assert number.is_global
        assert not number.is_multicast
