"""Incidents on the page: dots with area as their number, and badges for whole districts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geodata.boundaries import province_shape
from geodata.export._snapshot_data import Badge, Dots
from geodata.export._snapshot_land import Sheet, add_clipped, clip
from geodata.export._snapshot_text import Pen
from geodata.export._snapshot_theme import Theme
from geodata.palette import Palette
from geodata.precision import RADIUS_KM, LocationPrecision

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch
    from matplotlib.path import Path
    from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]

LEAST_DOT = 1.5
LARGEST_DOT = 30.0
LEAST_BADGE = 12.0
LARGEST_BADGE = 22.0
"""Diameters in points."""

MANY = 3_000
"""Above this number of dots the edges between them would be all one sees; and PDF gets pixels."""

FEW = 12
"""Up to this number of badges the area each of them stands for is drawn as well."""

MOST_BADGES = 90
"""More than this on one page cannot be read."""

_POINTS_PER_INCH = 72.0
_SQUARE = math.sqrt(math.pi) / 2  # side of a square as large as a disc of diameter 1


@dataclass(frozen=True, slots=True)
class Scale:
    """Diameter in points of the mark for a number of incidents: the area grows as the number."""

    one: float

    def diameter(self, count: Any) -> Any:
        """Diameter for a count or an array of counts, never too small to see."""
        return np.maximum(self.one * np.sqrt(count), LEAST_DOT)


def scale_for(dots: Dots) -> Scale:
    """Fewer dots are larger; the largest stays within `LARGEST_DOT`."""
    one = min(9.5 * max(len(dots), 1) ** -0.16, 6.0)
    largest = math.sqrt(float(dots.count.max())) if len(dots) else 1.0
    return Scale(min(one, LARGEST_DOT / largest))


def drawing_order(dots: Dots) -> npt.NDArray[np.int64]:
    """Large ones first; equal ones shuffled, so that no group lies on top of all others."""
    shuffled = np.random.default_rng(0).permutation(len(dots))
    by_size = np.argsort(-dots.count[shuffled], kind="stable")
    return np.asarray(shuffled[by_size])


def draw_dots(
    axes: Axes, at: Floats, dots: Dots, palette: Palette, theme: Theme, frame: Patch | None
) -> None:
    """Draw dots (squares for state forces), hollow where drafts and reviewed ones are mixed.

    `at` are their places in inches, (n, 2).
    """
    from matplotlib.collections import PathCollection
    from matplotlib.colors import to_rgba_array
    from matplotlib.transforms import IdentityTransform

    if not len(dots):
        return
    order = drawing_order(dots)
    groups, which = np.unique(dots.group.astype(str), return_inverse=True)
    colours = to_rgba_array([palette.colour(group) for group in groups])[which][order]
    paper = to_rgba_array(theme.paper)
    square = np.array([palette.is_state(group) for group in groups])[which][order]
    diameter = scale_for(dots).diameter(dots.count)[order]
    hollow = (dots.draft & ~dots.draft.all())[order] & (len(dots) <= MANY)
    _draw_rings(axes, at[order], diameter, colours, dots.near[order], frame)
    disc, box = mark_paths()
    edge = 0.0 if len(dots) > MANY else 0.5
    marks = PathCollection(
        [box if state else disc for state in square] if square.any() else [disc],
        sizes=diameter**2,
        offsets=at[order],
        offset_transform=axes.transData,
        transform=IdentityTransform(),
        facecolors=np.where(hollow[:, None], paper, colours),
        edgecolors=np.where(hollow[:, None], colours, paper),
        linewidths=np.where(hollow, 1.0, edge) if hollow.any() else edge,
        alpha=0.85 if len(dots) > MANY else 1.0,
        zorder=5,
        rasterized=len(dots) > MANY,
    )
    add_clipped(axes, marks, frame)


def mark_paths() -> tuple[Path, Path]:
    """Disc and square of equal area; the disc has diameter 1."""
    from matplotlib.path import Path

    disc, square = Path.unit_circle(), Path.unit_rectangle()
    return (
        Path(np.asarray(disc.vertices) * 0.5, disc.codes),
        Path((np.asarray(square.vertices) - 0.5) * _SQUARE, square.codes),
    )


def _draw_rings(
    axes: Axes,
    at: Floats,
    diameter: Floats,
    colours: npt.NDArray[Any],
    near: npt.NDArray[np.bool_],
    frame: Patch | None,
) -> None:
    from matplotlib.collections import PathCollection
    from matplotlib.transforms import IdentityTransform

    if not near.any():
        return
    rings = PathCollection(
        [mark_paths()[0]],
        sizes=(diameter[near] + ring_gap(float(np.median(diameter)))) ** 2,
        offsets=at[near],
        offset_transform=axes.transData,
        transform=IdentityTransform(),
        facecolors="none",
        edgecolors=colours[near],
        linewidths=0.7 if len(at) <= MANY else 0.4,
        zorder=4,
        rasterized=len(at) > MANY,
    )
    add_clipped(axes, rings, frame)


def ring_gap(diameter: float) -> float:
    """How much wider than its dot a ring is, in points."""
    return min(max(diameter * 1.2, 2.0), 6.0)


@dataclass(frozen=True, slots=True)
class Spot:
    """A badge on the page: its centre and diameter in inches."""

    x: float
    y: float
    diameter: float
    badge: Badge

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top."""
        half = self.diameter / 2 + 0.04
        return self.x - half, self.y - half, self.x + half, self.y + half


@dataclass(slots=True)
class _Stack:
    x: float  # inches
    y: float
    badge: Badge  # the largest of the stack, which keeps its place
    shares: Counter[str]
    count: int

    def spot(self, one: float) -> Spot:
        shares = sorted(self.shares.items(), key=lambda pair: (-pair[1], pair[0]))
        badge = replace(self.badge, shares=tuple(shares))
        return Spot(self.x, self.y, badge_inches(self.count, one), badge)


def spots_of(badges: Sequence[Badge], at: Floats, one: float) -> list[Spot]:
    """Badges on the page; those that would hide each other are merged into the larger one.

    With very many, neighbours are merged over wider and wider distances until they can be read.
    """
    stacks = [
        _Stack(x, y, badge, Counter(dict(badge.shares)), badge.count)
        for (x, y), badge in zip(at.tolist(), badges, strict=True)
    ]
    reach = LEAST_BADGE / _POINTS_PER_INCH
    stacks = _merged(stacks, one, reach)
    while len(stacks) > MOST_BADGES:
        reach *= 1.3
        stacks = _merged(stacks, one, reach)
    return [stack.spot(one) for stack in stacks]


def _merged(stacks: list[_Stack], one: float, reach: float) -> list[_Stack]:
    cells: dict[tuple[int, int], list[_Stack]] = {}
    cell = max(reach, LARGEST_BADGE / _POINTS_PER_INCH)
    for stack in sorted(stacks, key=lambda stack: -stack.count):
        column, row = math.floor(stack.x / cell), math.floor(stack.y / cell)
        near = (
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in cells.get((column + dx, row + dy), ())
        )
        home = min(near, key=lambda other: _apart(stack, other), default=None)
        if home is None or _apart(stack, home) > max(reach, badge_inches(home.count, one) * 0.75):
            cells.setdefault((column, row), []).append(stack)
        else:
            home.shares.update(stack.shares)
            home.count += stack.count
    return [stack for row in cells.values() for stack in row]


def _apart(one: _Stack, other: _Stack) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


def badge_inches(count: int, one: float) -> float:
    """Diameter of a badge: area as the number, and room for its digits."""
    digits = LEAST_BADGE + 3.5 * max(len(str(count)) - 2, 0)
    return max(min(one * math.sqrt(count), LARGEST_BADGE), digits) / _POINTS_PER_INCH


def draw_spots(
    pen: Pen, spots: Sequence[Spot], palette: Palette, theme: Theme, frame: Patch | None
) -> None:
    """Draw badges: a hatched disc with the number, its rim shared out among the groups."""
    from matplotlib.collections import LineCollection, PatchCollection
    from matplotlib.patches import Circle, Wedge

    if not spots:
        return
    discs = [Circle((spot.x, spot.y), spot.diameter / 2) for spot in spots]
    rims: list[Wedge] = []
    colours: list[str] = []
    for spot in spots:
        for start, end, group in _arcs(spot.badge):
            rims.append(Wedge((spot.x, spot.y), spot.diameter / 2, start, end, width=0.028))
            colours.append(palette.colour(group))
    outer = [
        Circle((spot.x, spot.y), spot.diameter / 2 + 0.03)
        for spot in spots
        if spot.badge.precision is LocationPrecision.PROVINCE
    ]
    layers = [
        PatchCollection(discs, facecolor=theme.paper, edgecolor=theme.paper, lw=1.6, zorder=6),
        LineCollection(
            [
                line
                for spot in spots
                for line in hatching(spot.x, spot.y, spot.diameter / 2 - 0.03, gap=0.034)
            ],
            colors=theme.province,
            linewidths=0.5,
            zorder=6.1,
        ),
        PatchCollection(rims, facecolor=colours, edgecolor="none", zorder=6.2),
        PatchCollection(
            outer, facecolor="none", edgecolor=theme.faint, lw=0.6, linestyle=(0, (2, 1.6)),
            zorder=6.3,
        ),
    ]  # fmt: skip
    for layer in layers:
        add_clipped(pen.axes, layer, frame)
    for spot in spots:
        pen.write(
            spot.x, spot.y - 0.003, f"{spot.badge.count}", 6.0, theme.ink, weight="bold",
            align="center", va="center_baseline", zorder=6.5, clip_path=frame,
        )  # fmt: skip


def _arcs(badge: Badge) -> list[tuple[float, float, str]]:
    arcs = []
    start = 90.0
    for group, count in reversed(badge.shares):
        end = start + 360.0 * count / badge.count
        arcs.append((start, end, group))
        start = end
    return arcs


def draw_reach(axes: Axes, sheet: Sheet, spots: Sequence[Spot], theme: Theme, frame: Patch) -> None:
    """Hatch the area within which incidents known to a division lie, while badges are few.

    A province is hatched itself; a district, whose outline is not at hand, as a circle.
    """
    import shapely
    from matplotlib.collections import LineCollection

    if len(spots) > FEW:
        return
    for spot in spots:
        area = reach_of(sheet, spot)
        if area is None or area.area < spot.diameter**2:
            continue
        left, bottom, right, top = area.bounds
        radius = math.hypot(right - left, top - bottom) / 2
        chords = hatching((left + right) / 2, (bottom + top) / 2, radius, gap=0.075)
        inside = shapely.get_parts(shapely.intersection(shapely.linestrings(chords), area))
        inside = inside[shapely.get_dimensions(inside) == 1]
        edges = shapely.get_rings(shapely.get_parts(area))
        for lines, colour, wide in ((inside, theme.province, 0.5), (edges, theme.country, 0.6)):
            drawn = [shapely.get_coordinates(line) for line in lines]
            add_clipped(axes, LineCollection(drawn, colors=colour, lw=wide, zorder=3), frame)


def reach_of(sheet: Sheet, spot: Spot) -> BaseGeometry | None:
    """Area, in inches, in which the incidents of a badge lie; None where it is out of sight."""
    import shapely

    badge = spot.badge
    if badge.precision is LocationPrecision.PROVINCE:
        shape = province_shape(badge.x, badge.y)
        if shape is not None:
            parts = clip(np.array([shape], dtype=object), sheet.view)
            drawn = shapely.transform(shapely.union_all(parts), sheet.page)
            return shapely.make_valid(drawn) if len(parts) else None
    metres = sheet.view.metres_across() * sheet.view.width / sheet.width  # on the ground, an inch
    return shapely.Point(spot.x, spot.y).buffer(RADIUS_KM[badge.precision] * 1000 / metres, 32)


def hatching(x: float, y: float, radius: float, *, gap: float) -> list[list[tuple[float, float]]]:
    """Diagonal chords of a disc, in inches (matplotlib's own hatches are process-wide settings)."""
    lines = []
    diagonal = math.sqrt(0.5)
    for step in range(-math.floor(radius / gap), math.floor(radius / gap) + 1):
        across = step * gap * diagonal
        half = math.sqrt(max(radius**2 - (step * gap) ** 2, 0.0)) * diagonal
        lines.append(
            [(x + across - half, y - across - half), (x + across + half, y - across + half)]
        )
    return lines
