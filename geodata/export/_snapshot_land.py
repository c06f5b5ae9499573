"""The map under the incidents: land, coasts, borders and names, in inches on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from geodata import boundaries
from geodata._outlines import drawn_lines, outlines
from geodata._topology import polygons
from geodata.boundaries import countries
from geodata.export._snapshot_theme import Theme
from geodata.export._snapshot_view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import Collection
    from matplotlib.patches import Patch

Floats = npt.NDArray[np.float64]
Shapes = npt.NDArray[np.object_]

_FINE_M = 7_000_000.0
"""Views wider than this are drawn from the outlines made for the whole world."""

PROVINCES_M = 3_600_000.0
"""Views wider than this show no borders of provinces."""

_LONGEST_DEGREES = 2.0  # straight lines longer than this are bent as the projection bends them


@dataclass(frozen=True, slots=True)
class Sheet:
    """A view on the page: `left`, `bottom`, `width` and `height` in inches."""

    view: View
    left: float
    bottom: float
    width: float
    height: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in inches."""
        return self.left, self.bottom, self.left + self.width, self.bottom + self.height

    def page(self, degrees: Floats) -> Floats:
        """Degrees (n, 2), x = longitude, to inches on the page (n, 2)."""
        metres = self.view.project(degrees)
        scale = self.width / self.view.width
        return (metres - (self.view.west, self.view.south)) * scale + (self.left, self.bottom)

    def shown(self, inches: Floats) -> npt.NDArray[np.bool_]:
        """Which points in inches (n, 2) lie inside."""
        left, bottom, right, top = self.box
        x, y = inches[:, 0], inches[:, 1]
        return np.asarray((x >= left) & (x <= right) & (y >= bottom) & (y <= top))


def focus_of(points: Floats) -> list[int]:
    """Countries (as rows of `countries`) that hold a fair share of points in degrees (n, 2)."""
    import shapely

    # A sample shows them all: a country with fewer than one in fifty is not what the map is about.
    rng = np.random.default_rng(0)
    sample = points if len(points) <= 1500 else rng.choice(points, 1500, replace=False)
    units = boundaries.provinces()
    found = units.tree.query(shapely.points(sample), predicate="intersects")[1]
    counts = Counter(units.about[row].country_name for row in found.tolist())
    names = {name for name, count in counts.items() if count >= len(sample) * 0.02}
    return [row for row, area in enumerate(countries().about) if area.country_name in names]


def draw_land(
    axes: Axes,
    sheet: Sheet,
    theme: Theme,
    frame: Patch,
    focus: Iterable[int],
    *,
    provinces: bool = True,
) -> None:
    """Draw land, coasts and borders, clipped to the frame."""
    from matplotlib.collections import LineCollection

    name: Literal["outlines", "outlines_world"] = (
        "outlines" if sheet.view.width <= _FINE_M else "outlines_world"
    )
    read = outlines(name)
    shapes = np.array(polygons(read.arcs, read.objects["countries"]["geometries"]), dtype=object)
    names = [g["properties"]["country_name"] for g in read.objects["countries"]["geometries"]]
    chosen = {countries().about[row].country_name for row in focus}
    near = np.array([name in chosen for name in names])
    _fill(axes, sheet, shapes[~near], theme.beyond, frame)
    _fill(axes, sheet, shapes[near], theme.land, frame)
    letters = "cbdp" if provinces and sheet.view.width <= PROVINCES_M else "cbd"
    for letter in reversed(letters):
        lines = drawn_lines(read, letter)
        if letter == "p" and near.any():
            lines = _inside(lines, shapes[near])
        colour, wide, dash = _stroke(theme, letter)
        wide *= 1.0 if name == "outlines" else 0.65
        add_clipped(
            axes,
            LineCollection(
                [sheet.page(line) for line in _clipped(lines, sheet.view)],
                colors=colour,
                linewidths=wide,
                linestyles=dash,
                capstyle="round",
                joinstyle="round",
                zorder=2,
            ),
            frame,
        )


def _inside(lines: Shapes, areas: Shapes) -> Shapes:
    # Borders of provinces matter in the countries the map is about; elsewhere they are noise.
    import shapely

    tree = shapely.STRtree(shapely.line_interpolate_point(lines, 0.5, normalized=True))
    return np.asarray(lines[np.unique(tree.query(areas, predicate="intersects")[1])])


def add_clipped(axes: Axes, drawn: Collection, frame: Patch | None) -> None:
    """Add a collection, clipped to the frame where there is one."""
    axes.add_collection(drawn, autolim=False)
    if frame is not None:
        drawn.set_clip_path(frame)  # after adding, which clips to the page


def _stroke(theme: Theme, letter: str) -> tuple[str, float, Any]:
    return {
        "c": (theme.coast, 0.45, "solid"),
        "b": (theme.country, 0.7, "solid"),
        "d": (theme.country, 0.7, (0, (3.2, 2.4))),
        "p": (theme.province, 0.45, "solid"),
    }[letter]


def _fill(axes: Axes, sheet: Sheet, shapes: Shapes, colour: str, frame: Patch) -> None:
    import shapely
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    rings = [shapely.get_coordinates(r) for r in shapely.get_rings(clip(shapes, sheet.view))]
    if not rings:
        return
    path = Path.make_compound_path(*(Path(sheet.page(ring), closed=True) for ring in rings))
    # A hair of stroke closes the seams between neighbours.
    patch = PathPatch(path, facecolor=colour, edgecolor=colour, linewidth=0.2, zorder=1)
    axes.add_patch(patch)
    patch.set_clip_path(frame)


def clip(shapes: Shapes, view: View) -> Shapes:
    """Polygons inside the windows of the view, bent where the projection bends."""
    import shapely

    parts = []
    broken = ~shapely.is_valid(shapes)
    shapes = np.where(broken, shapely.buffer(shapes, 0), shapes) if broken.any() else shapes
    for window in view.windows():
        near = shapes[shapely.intersects(shapes, shapely.box(*window))]
        cut = shapely.get_parts(shapely.clip_by_rect(near, *window))
        parts.append(cut[shapely.get_dimensions(cut) == 2])
    return np.asarray(shapely.segmentize(np.concatenate(parts), _LONGEST_DEGREES))


def _clipped(lines: Shapes, view: View) -> list[Floats]:
    import shapely

    out: list[Floats] = []
    for window in view.windows():
        cut = shapely.get_parts(shapely.clip_by_rect(lines, *window))
        cut = shapely.segmentize(cut[shapely.get_dimensions(cut) == 1], _LONGEST_DEGREES)
        out += [shapely.get_coordinates(line) for line in cut]
    return out
