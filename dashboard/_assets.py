"""Browser code from others (Leaflet): brought by npm at set-up, served from our own host.

`assets/package.json` names the packages, their exact versions and the files we serve;
`assets/package-lock.json` holds npm's SHA-512 of each package, which ``npm ci`` checks. Nothing of
it is in the repository. Where the files are absent the map takes them from the public CDN.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import MissingPartError

ASSETS = Path(__file__).resolve().parent / "assets"
VENDOR = ASSETS / "vendor"
OURS = ASSETS / "atlas"
FONT = "sans.woff2"
MAP_SCRIPTS = (
    "base", "labels", "choice", "shapes", "ramps", "marks", "page", "layers", "heat", "hexagons",
    "areas", "change", "window", "area", "points", "popup", "legend_parts", "legend", "controls",
    "grounds", "watch", "address",
)  # fmt: skip
"""Our scripts of the map's frame, in the order in which they need each other."""

_CDN = "https://cdn.jsdelivr.net/npm"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_NPM = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
_TIMEOUT_S = 180


@dataclass(frozen=True, slots=True)
class Asset:
    """What the browser may ask for: its path under ``/assets/``, and the files it is made of."""

    name: str
    parts: tuple[Path, ...]
    media_type: str
    fallback: str = ""  # the same file, same version, on the public CDN

    @property
    def is_here(self) -> bool:
        """Whether every file of it was brought."""
        return all(part.is_file() for part in self.parts)

    @property
    def content(self) -> bytes:
        """The files, one after the other."""
        return _joined(self.parts)

    @property
    def url(self) -> str:
        """Own address, with a digest of the content so that a browser may keep it for good.

        The address on the public CDN where the file was not brought.
        """
        if not self.is_here:
            return self.fallback
        return f"/assets/{self.name}?v={_digest(self.parts)}"


@functools.cache
def _joined(parts: tuple[Path, ...]) -> bytes:
    return b"\n".join(part.read_bytes() for part in parts)


@functools.cache
def _digest(parts: tuple[Path, ...]) -> str:
    return hashlib.sha256(_joined(parts)).hexdigest()[:12]


def vendored() -> dict[str, Asset]:
    """Declared files of other projects by name (``leaflet/dist/leaflet.js``), brought or not."""
    declared = json.loads((ASSETS / "package.json").read_text(encoding="utf-8"))
    versions: dict[str, str] = declared["dependencies"]
    files: dict[str, list[str]] = declared["vendored"]
    return {
        f"{package}/{file}": _asset(package, versions[package], file)
        for package, names in files.items()
        for file in names
        if Path(file).suffix in _TYPES
    }


def _asset(package: str, version: str, file: str) -> Asset:
    name = f"{package}/{file}"
    fallback = f"{_CDN}/{package}@{version}/{file}"
    return Asset(name, (VENDOR / name,), _TYPES[Path(file).suffix], fallback)


def ours() -> dict[str, Asset]:
    """Scripts and styles of this project by name (``atlas/points.js``)."""
    return {
        f"atlas/{path.name}": Asset(f"atlas/{path.name}", (path,), _TYPES[path.suffix])
        for path in sorted(OURS.iterdir())
        if path.suffix in _TYPES
    }


def map_scripts() -> list[Asset]:
    """What the map's frame runs, in order: one joined script where everything is here.

    The frame asks for one script after the other, so each more would be one more wait.
    """
    later = json.loads((ASSETS / "package.json").read_text(encoding="utf-8"))["lazy"]
    foreign = [
        asset for name, asset in vendored().items() if name.endswith(".js") and name not in later
    ]
    absent = [asset for asset in foreign if not asset.is_here]
    brought = tuple(part for asset in foreign if asset.is_here for part in asset.parts)
    own = tuple(OURS / f"{name}.js" for name in MAP_SCRIPTS)
    return [*absent, Asset("atlas/map.js", brought + own, _TYPES[".js"])]


def fonts() -> dict[str, Asset]:
    """The typeface of the page, from Streamlit's own files, for the map's frame.

    Empty where a release of Streamlit keeps it elsewhere; the map then uses the system's.
    """
    spec = importlib.util.find_spec("streamlit")
    if spec is None or spec.origin is None:
        return {}
    media = Path(spec.origin).parent / "static" / "static" / "media"
    found = sorted(media.glob("SourceSansVF-Upright*.woff2"))
    return {f"font/{FONT}": Asset(f"font/{FONT}", (path,), "font/woff2") for path in found[:1]}


@functools.cache
def served() -> dict[str, Asset]:
    """Every file that ``/assets/`` gives, by name; anything else is not served."""
    joined = {asset.name: asset for asset in map_scripts()}
    return joined | vendored() | ours() | fonts()


def assets_present() -> bool:
    """Whether every declared file was brought, so that no page needs a foreign host."""
    return all(asset.is_here for asset in vendored().values())


def ensure_assets() -> Path:
    """Bring the declared files unless they are there; give the folder.

    Raises
    ------
    MissingPartError
        npm is absent or cannot bring them, or the folder may not be written.
    """
    return bring(ASSETS, VENDOR)


def bring(declared_in: Path, target: Path) -> Path:
    """Bring what the ``package.json`` of a folder declares as ``vendored`` into `target`.

    What is there already, as that file and the lock file beside it say, is not brought again.

    Raises
    ------
    MissingPartError
        npm is absent or cannot bring them, or `target` may not be written.
    """
    declaration = (declared_in / "package.json").read_bytes()
    lock = (declared_in / "package-lock.json").read_bytes()
    wanted = hashlib.sha256(lock + declaration).hexdigest()
    files: dict[str, list[str]] = json.loads(declaration)["vendored"]
    names = [f"{package}/{file}" for package, listed in files.items() for file in listed]
    stamp = target / "brought.sha256"
    here = all((target / name).is_file() for name in names) and stamp.is_file()
    if here and stamp.read_text(encoding="ascii") == wanted:
        return target
    try:
        _copy_from_npm(declared_in, names, target)
        stamp.write_text(wanted, encoding="ascii")
    except OSError as error:
        raise MissingPartError(f"{str(target)!r} cannot be written: {error.strerror}") from error
    return target


def _copy_from_npm(declared_in: Path, names: list[str], target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(declared_in / name, Path(folder) / name)
        _run_npm(folder)
        for name in names:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(folder) / "node_modules" / name, target / name)


def _run_npm(folder: str) -> None:
    npm = shutil.which(_NPM[0])
    if npm is None:
        raise MissingPartError("npm is not installed; install Node.js, then run the set-up again")
    try:
        result = subprocess.run(  # noqa: S603 - a fixed command line in a folder of our own
            [npm, *_NPM[1:]],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise MissingPartError(
            f"npm gave no answer in {_TIMEOUT_S} s; check the network"
        ) from error
    if result.returncode:
        said = (result.stderr.strip().splitlines() or ["no reason given"])[0]
        raise MissingPartError(f"npm could not bring browser code: {said!r}")


def main(*declared_in: str) -> int:
    """Bring the map's files, or what other folders declare, for a set-up script; the exit code."""
    try:
        for folder in declared_in:
            bring(Path(folder), Path(folder) / "vendor")
        if not declared_in:
            ensure_assets()
    except MissingPartError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0
