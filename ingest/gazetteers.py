"""Fetch a country's full gazetteer from its publisher, GeoNames.

Files and layout: https://download.geonames.org/export/dump/ (CC BY 4.0). A download goes on where
it was cut off, and is used only when its length and checksums are right.
"""

from __future__ import annotations

import http.client
import re
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import AtlasError, InputError

PUBLISHER = "https://download.geonames.org/export/dump"
ALL = "allCountries"
AGENT = "incident-atlas (offline gazetteer download)"
TIMEOUT_SECONDS = 20.0
MOST_BYTES = 8_000_000_000
TRIES = 3
_CHUNK = 262_144
_CODE = re.compile(r"[A-Z]{2}")

Progress = Callable[[str, float], None]


class DownloadError(AtlasError, OSError):
    """The publisher cannot be reached, or what came is not whole; try again later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded:
    """The files of a country: the dump, its code files, and its further names."""

    dump: Path
    admin1_codes: Path
    admin2_codes: Path
    alternate_names: Path


def download_country(
    country: str, folder: Path, *, publisher: str = PUBLISHER, progress: Progress | None = None
) -> Downloaded:
    """Fetch the dump of a country (ISO alpha-2 code), or of all (``allCountries``).

    Raises
    ------
    InputError
        It is no country code.
    DownloadError
        There is no connection, or the publisher's answer is not what it should be.
    """
    name = ALL if country.lower() == ALL.lower() else country.upper()
    if name != ALL and not _CODE.fullmatch(name):
        raise InputError(f"country {country!r}: give a two-letter code, as PK, or {ALL}")
    folder.mkdir(parents=True, exist_ok=True)
    names = "alternateNamesV2.zip" if name == ALL else f"alternatenames/{name}.zip"
    wanted = {
        "dump": (f"{name}.zip", f"{name}.zip"),
        "admin1_codes": ("admin1CodesASCII.txt", "admin1CodesASCII.txt"),
        "admin2_codes": ("admin2Codes.txt", "admin2Codes.txt"),
        "alternate_names": (names, f"{name}-alternateNamesV2.zip"),
    }
    files = {}
    for number, (part, (remote, local)) in enumerate(wanted.items()):
        if progress is not None:
            progress(remote, number / len(wanted))
        files[part] = fetch(f"{publisher}/{remote}", folder / local)
    return Downloaded(**files)


def fetch(url: str, target: Path) -> Path:
    """Fetch one file; what an earlier try left is gone on with, and the whole is checked.

    Raises
    ------
    DownloadError
        One line: what went wrong, and that nothing was changed.
    """
    part = target.with_name(target.name + ".part")
    for attempt in range(1, TRIES + 1):
        try:
            _read_on(url, part)
            break
        except urllib.error.HTTPError as error:
            part.unlink(missing_ok=True)
            raise DownloadError(
                f"{url}: the publisher answers {error.code} {error.reason}"
            ) from error
        except (OSError, http.client.HTTPException) as error:
            if attempt == TRIES:
                reason = getattr(error, "reason", error)
                raise DownloadError(
                    f"{url} cannot be reached ({reason}): you seem to be offline; download it on"
                    " another computer and use 'incidents gazetteer add FILE'"
                ) from error
    _check(part, url)
    part.replace(target)
    return target


def _read_on(url: str, part: Path) -> None:
    """Read a file from where an earlier try stopped; raises when it comes short."""
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"User-Agent": AGENT})  # noqa: S310 - see open
    if have:
        request.add_header("Range", f"bytes={have}-")
    if request.type not in {"http", "https"}:
        raise InputError(f"{url!r}: only http and https addresses are fetched")
    try:
        answer = urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS)  # noqa: S310 - checked
    except urllib.error.HTTPError as error:
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and have:
            return  # everything is here already; the check says whether it is right
        raise
    with answer:
        resumed = answer.status == http.HTTPStatus.PARTIAL_CONTENT
        with part.open("ab" if resumed else "wb") as file:
            size = file.tell()
            while chunk := answer.read(_CHUNK):
                size += len(chunk)
                if size > MOST_BYTES:
                    raise DownloadError(f"{url}: more than {MOST_BYTES:,} bytes; stopped")
                file.write(chunk)
        length = answer.headers.get("Content-Length")
        begun = have if resumed else 0
        if length is not None and size - begun < int(length):
            raise http.client.IncompleteRead(b"", int(length) - (size - begun))


def _check(part: Path, url: str) -> None:
    """Refuse a zip whose parts do not have the checksums that it names."""
    if not url.endswith(".zip"):
        return
    try:
        with zipfile.ZipFile(part) as archive:
            broken = archive.testzip()
    except (zipfile.BadZipFile, OSError) as error:
        part.unlink(missing_ok=True)
        raise DownloadError(f"{url}: what came is no zip ({error}); try again") from error
    if broken is not None:
        part.unlink(missing_ok=True)
        raise DownloadError(f"{url}: {broken!r} in it is damaged; try again")
