"""A small map of one incident: the point, how far off it may be, and the borders around it.

Drawn from the outlines that come with the program; nothing is fetched. It is an image in a data
address, because `st.html` lets no SVG element through; its greys stand on light and dark alike.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from html import escape
from math import cos, radians
from typing import TYPE_CHECKING

from dashboard.wording import coordinate_words, place_line, precision_words
from geodata.precision import RADIUS_KM, LocationPrecision

if TYPE_CHECKING:
    from geodata._outlines import Areas
    from geodata.incident import Incident

WIDTH, HEIGHT = 190, 150
"""Size of the drawing in CSS pixels."""

_STYLE = (
    "path{fill:none;stroke:#8b939a}.province{stroke-opacity:.45;stroke-width:.7}"
    ".country{fill:#8b939a;fill-opacity:.1}"
    "text{font:9px sans-serif;fill:#8b939a;text-anchor:middle}"
    ".ring{fill:#4f8bc9;fill-opacity:.15;stroke:#4f8bc9;stroke-dasharray:3 2}.dot{fill:#4f8bc9}"
)
_KM_PER_DEGREE = 111.195
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_SHARP = (LocationPrecision.SITE, LocationPrecision.SETTLEMENT)


def mini_map(incident: Incident) -> str:
    """Give an HTML image; empty for an incident without a point."""
    if incident.latitude is None or incident.longitude is None:
        return ""
    at = incident.location_precision
    words = f"{place_line(incident)}: {precision_words(incident)}, {coordinate_words(incident)}"
    half_km = max(350.0, RADIUS_KM[at] * 1.6)
    ground = _ground(round(incident.latitude, 2), round(incident.longitude, 2), half_km)
    middle = f'cx="{WIDTH / 2:g}" cy="{HEIGHT / 2:g}"'
    radius = RADIUS_KM[at] * HEIGHT / 2 / half_km
    ring = "" if at in _SHARP else f'<circle class="ring" {middle} r="{radius:.1f}"/>'
    dot = f'<circle class="dot" {middle} r="{4 if at in _SHARP else 2}"/>'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<style>{_STYLE}</style>{ground}{ring}{dot}</svg>"
    )
    data = b64encode(svg.encode()).decode()
    return (
        f'<img class="mini-map" alt="{escape(words)}" width="{WIDTH}" height="{HEIGHT}" '
        f'src="data:image/svg+xml;base64,{data}">'
    )


@lru_cache(maxsize=256)
def _ground(latitude: float, longitude: float, half_km: float) -> str:
    """Provinces and countries around a point as SVG paths; `half_km` is half the height."""
    from geodata.boundaries import countries, provinces

    high = half_km / _KM_PER_DEGREE
    wide = high * WIDTH / HEIGHT / max(cos(radians(latitude)), 0.05)
    box = (longitude - wide, latitude - high, longitude + wide, latitude + high)
    return (
        f'<path class="country" d="{_outlines(countries(), box)}"/>'
        f'<path class="province" d="{_outlines(provinces(), box)}"/>{_names(provinces(), box)}'
    )


def _names(layer: Areas, box: Box) -> str:
    """Names of the provinces whose middle is in sight, none over another or over the point."""
    import shapely

    taken = [(WIDTH / 2, HEIGHT / 2)]
    out = []
    for index in layer.tree.query(shapely.box(*box)):
        area = layer.about[index]
        x, y = _on_paper(area.longitude, area.latitude, box)
        half = 2.4 * len(area.name)
        inside = half < x < WIDTH - half and 10 < y < HEIGHT - 4
        if inside and all(abs(x - a) > half + 24 or abs(y - b) > 11 for a, b in taken):
            taken.append((x, y))
            out.append(f'<text x="{x:.0f}" y="{y:.0f}">{escape(area.name)}</text>')
    return "".join(out)


def _on_paper(longitude: float, latitude: float, box: Box) -> tuple[float, float]:
    west, south, east, north = box
    return (longitude - west) / (east - west) * WIDTH, (north - latitude) / (north - south) * HEIGHT


def _outlines(layer: Areas, box: Box) -> str:
    import shapely

    west, south, east, north = box
    near = layer.shapes[layer.tree.query(shapely.box(*box))]
    # A margin keeps the cut edges, which are no borders, out of sight.
    margin = (north - south) * 0.05
    cut = shapely.clip_by_rect(near, west - margin, south - margin, east + margin, north + margin)
    cut = shapely.simplify(cut, (north - south) / HEIGHT / 2)
    paths = []
    for ring in shapely.get_rings(shapely.get_parts(cut[shapely.get_dimensions(cut) == 2])):
        points = shapely.get_coordinates(ring)
        drawn = (_on_paper(x, y, box) for x, y in points)
        paths.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in drawn) + "Z")
    return "".join(paths)
