"""Files of boundaries of an invented corner of Czechia: four square districts of one degree.

17 E       18 E      19 E
+----------+---------+  51 N
| Opava    | Karvina |        province Silesia
+----------+---------+  50 N
| Zlin     | Ostrava |        province Moravia
+----------+---------+  49 N
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas
import shapely

from geodata.admin_areas import AdminArea, BoundaryLayer

SQUARES = {
    "Zlin": (17, 49, "Moravia"),
    "Ostrava": (18, 49, "Moravia"),
    "Opava": (17, 50, "Silesia"),
    "Karvina": (18, 50, "Silesia"),
}
LAYER = BoundaryLayer(
    name="cz", level=2, title="Czech districts", vintage="2022", source="Us", licence="CC0"
)


def square(west: float, south: float, side: float = 1.0) -> shapely.Polygon:
    return shapely.box(west, south, west + side, south + side)


def areas() -> list[AdminArea]:
    return [
        AdminArea(
            name=name,
            level=2,
            shape=shapely.MultiPolygon([square(west, south)]),
            variants=("Mährisch Ostrau",) if name == "Ostrava" else (),
            admin1=province,
            admin2=name,
            country="CZ",
            code=f"CZ{number}",
            area_km2=8000.5,
            attributes={"NAME": name, "n": number},
        )
        for number, (name, (west, south, province)) in enumerate(SQUARES.items())
    ]


def ocha_rows() -> list[dict[str, Any]]:
    return [
        {
            "ADM2_EN": name,
            "ADM2_PCODE": f"CZ0{number}",
            "ADM1_EN": province,
            "ADM1_PCODE": "CZ0",
            "ADM0_EN": "Czech Republic",
            "ADM0_PCODE": "CZ",
            "validOn": "2022-09-09T00:00:00.000Z",
        }
        for number, (name, (_, _, province)) in enumerate(SQUARES.items())
    ]


def frame(rows: list[dict[str, Any]] | None = None, crs: str | None = "EPSG:4326") -> Any:
    shapes = [square(west, south) for west, south, _ in SQUARES.values()]
    return geopandas.GeoDataFrame(rows or ocha_rows(), geometry=shapes, crs=crs)


def geojson(path: Path, features: list[tuple[dict[str, Any], Any]]) -> Path:
    """Write rows and shapes (shapely, a dict as it is, or None) as GeoJSON."""
    path.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "properties": row,
                        "geometry": shape
                        if shape is None or isinstance(shape, dict)
                        else shapely.geometry.mapping(shape),
                    }
                    for row, shape in features
                ],
            }
        )
    )
    return path


def ocha_file(folder: Path) -> Path:
    """Four good districts, as OCHA writes them."""
    shapes = [square(west, south) for west, south, _ in SQUARES.values()]
    return geojson(folder / "cze_adm2.geojson", list(zip(ocha_rows(), shapes, strict=True)))
