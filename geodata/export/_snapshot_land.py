"""The map under the incidents: land, coasts, borders and names, in inches on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geodata._outlines import Detail, areas, drawn_lines, outlines
from geodata.boundaries import provinces
from geodata.export._snapshot_theme import Theme
from geodata.export._snapshot_view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import Collection as Marks
    from matplotlib.patches import Patch

Floats = npt.NDArray[np.float64]
Shapes = npt.NDArray[np.object_]

_FINE_M_PER_INCH = 850_000.0
"""From this scale on the outlines made for the whole world are enough."""

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
    def detail(self) -> Detail:
        """Outlines that are fine enough: on paper, about a tenth of a millimetre."""
        fine = self.view.width / self.width < _FINE_M_PER_INCH
        return "outlines" if fine else "outlines_world"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in inches."""
        return self.left, self.bottom, self.left + self.width, self.bottom + self.height

    def page(self, degrees: Floats) -> Floats:
        """Degrees (n, 2), x = longitude, to inches on the page (n, 2)."""
        metres = self.view.project(degrees)
        scale = self.width / self.view.width
        return (metres - (self.view.west, self.view.south)) * scale + (self.left, self.bottom)


def focus_of(points: Floats) -> set[str]:
    """Names of the countries that hold a fair share of points in degrees (n, 2)."""
    import shapely

    # A sample shows them all: a country with fewer than one in fifty is not what the map is about.
    rng = np.random.default_rng(0)
    sample = points if len(points) <= 1500 else rng.choice(points, 1500, replace=False)
    found = provinces().tree.query(shapely.points(sample), predicate="intersects")[1]
    counts = Counter(provinces().about[row].country_name for row in found.tolist())
    return {name for name, count in counts.items() if count >= len(sample) * 0.02}


def draw_land(
    axes: Axes, sheet: Sheet, theme: Theme, frame: Patch, focus: Collection[str] = ()
) -> None:
    """Draw land, coasts and borders, clipped to the frame; provinces only in focus."""
    from matplotlib.collections import LineCollection

    layer = areas("countries", sheet.detail)
    near = np.array([area.country_name in focus for area in layer.about])
    _fill(axes, sheet, layer.shapes[~near], theme.beyond, frame)
    _fill(axes, sheet, layer.shapes[near], theme.land, frame)
    shows_provinces = near.any() and sheet.view.width <= PROVINCES_M
    for letter in "pdbc" if shows_provinces else "dbc":
        lines = drawn_lines(outlines(sheet.detail), letter)
        if letter == "p":
            lines = _inside(lines, layer.shapes[near])
        colour, wide, dash = _stroke(theme, letter)
        drawn = LineCollection(
            [sheet.page(line) for line in _clipped(lines, sheet.view)],
            colors=colour,
            linewidths=wide if sheet.detail == "outlines" else wide * 0.65,
            linestyles=dash,
            capstyle="round",
            joinstyle="round",
            zorder=2,
        )
        add_clipped(axes, drawn, frame)


_STEPS = 16  # of an edge, which a projection bends


def draw_area(axes: Axes, sheet: Sheet, ring: Floats, theme: Theme, frame: Patch) -> None:
    """Draw the outline of an area that a filter holds, from its corners in degrees (n, 2)."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    part = np.linspace(0, 1, _STEPS, endpoint=False)[:, None]
    edges = zip(ring, np.roll(ring, -1, axis=0), strict=True)
    line = np.concatenate([start + (end - start) * part for start, end in edges])
    path = Path(sheet.page(np.vstack([line, line[:1]])), closed=True)
    patch = PathPatch(path, facecolor="none", edgecolor=theme.ink, linewidth=1.1, zorder=2.5)
    axes.add_artist(patch)
    patch.set_clip_path(frame)


def _inside(lines: Shapes, areas: Shapes) -> Shapes:
    # Borders of provinces matter in the countries the map is about; elsewhere they distract.
    import shapely

    tree = shapely.STRtree(shapely.line_interpolate_point(lines, 0.5, normalized=True))
    return np.asarray(lines[np.unique(tree.query(areas, predicate="intersects")[1])])


def add_clipped(axes: Axes, drawn: Marks, frame: Patch | None) -> None:
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
    axes.add_artist(patch)  # not add_patch, which measures every point of it
    patch.set_clip_path(frame)


def clip(shapes: Shapes, view: View) -> Shapes:
    """Polygons inside the windows of the view, bent where the projection bends."""
    import shapely

    parts = []
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
