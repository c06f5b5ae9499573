"""Badges of a snapshot: how many incidents are known only to a district or a province."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geodata.boundaries import province_shape
from geodata.export._snapshot_data import Badge
from geodata.export._snapshot_land import Sheet, add_clipped, clip
from geodata.export._snapshot_text import Pen
from geodata.export._snapshot_theme import Theme
from geodata.palette import Palette
from geodata.precision import RADIUS_KM, LocationPrecision

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import Collection
    from matplotlib.patches import Patch
    from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]

LEAST_BADGE = 12.0
LARGEST_BADGE = 22.0
"""Diameters in points."""

FEW = 12
"""Up to this number of badges the area each of them stands for is drawn as well."""

MOST_BADGES = 90
"""More than this on one page cannot be read."""

_POINTS_PER_INCH = 72.0


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
    for layer in _layers(spots, palette, theme) if spots else ():
        add_clipped(pen.axes, layer, frame)
    for spot in spots:
        pen.write(
            spot.x,
            spot.y - 0.003,
            f"{spot.badge.count}",
            6.0,
            theme.ink,
            weight="bold",
            align="center",
            va="center_baseline",
            zorder=6.5,
            clip_path=frame,
        )


def _layers(spots: Sequence[Spot], palette: Palette, theme: Theme) -> list[Collection]:
    from matplotlib.collections import LineCollection, PatchCollection
    from matplotlib.patches import Circle, Wedge

    discs = [Circle((spot.x, spot.y), spot.diameter / 2) for spot in spots]
    chords = [
        chord
        for spot in spots
        for chord in hatching(spot.x, spot.y, spot.diameter / 2 - 0.03, gap=0.034)
    ]
    arcs = [(spot, *arc) for spot in spots for arc in _arcs(spot.badge)]
    rims = [
        Wedge((spot.x, spot.y), spot.diameter / 2, start, end, width=0.028)
        for spot, start, end, _ in arcs
    ]
    groups = [palette.colour(group) for *_, group in arcs]
    provinces = [s for s in spots if s.badge.precision is LocationPrecision.PROVINCE]
    outer = [Circle((spot.x, spot.y), spot.diameter / 2 + 0.03) for spot in provinces]
    dashes = (0, (2, 1.6))
    return [
        PatchCollection(discs, facecolor=theme.paper, edgecolor=theme.paper, lw=1.6, zorder=6),
        LineCollection(chords, colors=theme.province, linewidths=0.5, zorder=6.1),
        PatchCollection(rims, facecolor=groups, edgecolor="none", zorder=6.2),
        PatchCollection(
            outer, facecolor="none", edgecolor=theme.faint, lw=0.6, linestyle=dashes, zorder=6.3
        ),
    ]


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
