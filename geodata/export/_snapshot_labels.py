"""Names on the map of a snapshot: countries, provinces and the busiest places, never touching."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from geodata._outlines import areas
from geodata.boundaries import provinces
from geodata.export._snapshot_land import PROVINCES_M, Sheet, clip
from geodata.export._snapshot_text import Pen, Weight, printable
from geodata.export._snapshot_theme import Theme

Floats = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]

PLACE_SIZE = 7.2
"""Letter size in points of towns."""

MOST_PROVINCES = 40
MOST_COUNTRIES = 45
_LINE = 1 / 72 * 1.25  # height of a line in inches per point of letter size


@dataclass(slots=True)
class Taken:
    """What already lies on the map, in inches: boxes of names, and the points of marks."""

    sheet: Sheet
    marks: Floats
    boxes: list[Box] = field(default_factory=list)

    def free(self, box: Box) -> bool:
        """Whether a box lies on the sheet and touches no name."""
        left, bottom, right, top = self.sheet.box
        inside = box[0] > left + 0.05 and box[2] < right - 0.05
        inside = inside and box[1] > bottom + 0.05 and box[3] < top - 0.05
        return inside and not any(
            b[0] < box[2] and box[0] < b[2] and b[1] < box[3] and box[1] < b[3] for b in self.boxes
        )

    def marks_under(self, box: Box) -> int:
        """Number of marks that a name in this box would cover."""
        x, y = self.marks[:, 0], self.marks[:, 1]
        under = (x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])
        return int(np.count_nonzero(under))


@dataclass(frozen=True, slots=True)
class Hand:
    """How a kind of name is written: letter size in points, weight, colour, halo."""

    size: float
    weight: Weight
    colour: str
    halo: str


def label_land(pen: Pen, sheet: Sheet, theme: Theme, taken: Taken, focus: Collection[str]) -> None:
    """Write the names of countries, then of the provinces of the countries in focus."""
    import shapely

    layer = areas("countries", sheet.detail)
    window = _window(sheet)
    rows = layer.tree.query(window, predicate="intersects").tolist()
    rows.sort(
        key=lambda row: (layer.about[row].name not in focus, -shapely.area(layer.shapes[row]))
    )
    hand = Hand(6.2 if sheet.view.world else 7.8, "bold", theme.label, theme.beyond)
    for row in rows[:MOST_COUNTRIES]:
        name = printable(layer.about[row].name).upper()
        _label_area(pen, sheet, taken, layer.shapes[row], name, hand)
    if sheet.view.width > PROVINCES_M * 0.75:
        return
    units = provinces()
    found = units.tree.query(window, predicate="intersects").tolist()
    rows = [row for row in found if units.about[row].country_name in focus]
    rows.sort(key=lambda row: -shapely.area(units.shapes[row]))
    hand = Hand(6.6, "normal", theme.label, theme.land)
    for row in rows[:MOST_PROVINCES]:
        name = units.about[row].name
        if name not in focus:
            _label_area(pen, sheet, taken, units.shapes[row], printable(name), hand)


def _window(sheet: Sheet) -> Any:
    import shapely

    return shapely.union_all([shapely.box(*window) for window in sheet.view.windows()])


def _label_area(pen: Pen, sheet: Sheet, taken: Taken, shape: Any, name: str, hand: Hand) -> None:
    wide = pen.width(name, hand.size, hand.weight)
    high = hand.size * _LINE
    best: tuple[float, float, float, Box] | None = None
    for x, y, room in _spots(sheet, shape, wide):
        box = (x - wide / 2 - 0.03, y - high / 2, x + wide / 2 + 0.03, y + high / 2)
        if taken.free(box):
            cost = taken.marks_under(box) - room
            if best is None or cost < best[0]:
                best = (cost, x, y, box)
    if best is not None:
        _, x, y, box = best
        taken.boxes.append(box)
        _write(pen, x, y, name, hand, align="center", zorder=5.5)


def _write(pen: Pen, x: float, y: float, name: str, hand: Hand, **options: Any) -> None:
    from matplotlib.patheffects import withStroke

    halo = [withStroke(linewidth=1.6, foreground=hand.halo)]
    pen.write(
        x,
        y,
        name,
        hand.size,
        hand.colour,
        weight=hand.weight,
        va="center_baseline",
        path_effects=halo,
        **options,
    )


def _spots(sheet: Sheet, shape: Any, wide: float) -> list[tuple[float, float, float]]:
    """Places for a name inside a shape: x, y in inches, and how much room there is (0-1)."""
    import shapely

    parts = clip(np.array([shape], dtype=object), sheet.view)
    if not len(parts):
        return []
    drawn = [shapely.transform(part, sheet.page) for part in parts]
    frame = shapely.box(*sheet.box)
    seen = shapely.get_parts(shapely.clip_by_rect(np.array(drawn, dtype=object), *frame.bounds))
    seen = seen[shapely.get_dimensions(seen) == 2]
    if not len(seen):
        return []
    part = max(seen.tolist(), key=shapely.area)
    left, bottom, right, top = part.bounds
    if right - left < wide * 0.9:
        return []
    x, y = np.meshgrid(np.linspace(left, right, 13)[1:-1], np.linspace(bottom, top, 13)[1:-1])
    grid = np.column_stack([x.ravel(), y.ravel()])
    middle = shapely.box(
        grid[:, 0] - wide * 0.42, grid[:, 1] - 0.04, grid[:, 0] + wide * 0.42, grid[:, 1] + 0.04
    )
    shapely.prepare(part)
    inside = shapely.contains(part, middle)
    grid = grid[inside]
    if not len(grid):
        return []
    edge = shapely.distance(shapely.points(grid), part.exterior)
    room = edge / max(float(edge.max()), 1e-9)
    return [(float(a), float(b), float(c)) for (a, b), c in zip(grid, room, strict=True)]


def label_places(
    pen: Pen,
    theme: Theme,
    taken: Taken,
    places: Sequence[tuple[str, float, float, float]],
) -> None:
    """Write names beside the busiest places: (name, x, y, radius of its mark), in inches."""
    hand = Hand(PLACE_SIZE, "normal", theme.ink, theme.land)
    high = PLACE_SIZE * _LINE
    for name, x, y, radius in places:
        text = printable(name)
        wide = pen.width(text, PLACE_SIZE)
        gap = radius + 0.04
        for left, low in (
            (x + gap, y - high / 2),
            (x - gap - wide, y - high / 2),
            (x - wide / 2, y + gap),
            (x - wide / 2, y - gap - high),
        ):
            box = (left, low, left + wide, low + high)
            if text and taken.free(box) and not taken.marks_under(box):
                taken.boxes.append(box)
                _write(pen, left, low + high / 2, text, hand, zorder=7)
                break
