"""A tiny country in the layout of a GeoNames dump, for tests: invented places in Andorra."""

from __future__ import annotations

from pathlib import Path

from geodata.gazetteer.importers.geonames import COLUMNS


def dump_row(
    number: int,
    name: str,
    latitude: float,
    longitude: float,
    *,
    feature: str = "P.PPL",
    country: str = "AD",
    admin1: str = "",
    admin2: str = "",
    population: int = 0,
    alternates: str = "",
) -> str:
    cells = [""] * COLUMNS
    feature_class, _, feature_code = feature.partition(".")
    cells[0:10] = [
        str(number), name, name, alternates, str(latitude), str(longitude), feature_class,
        feature_code, country, "",
    ]  # fmt: skip
    cells[10], cells[11], cells[14] = admin1, admin2, str(population)
    return "\t".join(cells)


def write_dump(folder: Path, *rows: str, name: str = "AD.txt") -> Path:
    path = folder / name
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


VALLEY = (
    dump_row(9100000001, "North Valley", 42.60, 1.50, feature="A.ADM1", admin1="77"),
    dump_row(9100000002, "Pine District", 42.62, 1.52, feature="A.ADM2", admin1="77", admin2="W5"),
    dump_row(9100000003, "Tolpur", 42.621, 1.521, admin1="77", admin2="W5", alternates="Tulpur"),
    dump_row(9100000004, "Belgan", 42.61, 1.51, admin1="77"),
    dump_row(9100000005, "Farwadh", 42.00, 0.50),
)
"""A province, its district, two towns in it (one without a district) and one far away."""
