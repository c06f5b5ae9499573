"""Names on the map of a snapshot: countries, provinces and the busiest places, never touching."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from geodata.boundaries import countries, provinces
from geodata.export._snapshot_land import PROVINCES_M, Sheet, clip
from geodata.export._snapshot_text import Pen, printable
from geodata.export._snapshot_theme import Theme

Floats = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]

COUNTRY_SIZE = 8.0
PROVINCE_SIZE = 6.6
PLACE_SIZE = 7.2
"""Letter sizes in points."""

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


def label_land(pen: Pen, sheet: Sheet, theme: Theme, taken: Taken, focus: Sequence[int]) -> None:
    """Write the names of countries, then of the provinces of the countries in focus."""
    import shapely

    layer = countries()
    rows = layer.tree.query(_windows(sheet), predicate="intersects").tolist()
    rows.sort(key=lambda row: (row not in focus, -shapely.area(layer.shapes[row])))
    for row in rows[:MOST_COUNTRIES]:
        name = printable(layer.about[row].name).upper()
        _label_area(pen, sheet, taken, layer.shapes[row], name, COUNTRY_SIZE, theme.label, True)
    if sheet.view.width > PROVINCES_M * 0.75:
        return
    names = {layer.about[row].country_name for row in focus}
    units = provinces()
    rows = [
        row
        for row in units.tree.query(_windows(sheet), predicate="intersects").tolist()
        if units.about[row].country_name in names and units.about[row].name not in names
    ]
    rows.sort(key=lambda row: -shapely.area(units.shapes[row]))
    for row in rows[:MOST_PROVINCES]:
        name = printable(units.about[row].name)
        _label_area(pen, sheet, taken, units.shapes[row], name, PROVINCE_SIZE, theme.label, False)


def _windows(sheet: Sheet) -> Any:
    import shapely

    return shapely.union_all([shapely.box(*window) for window in sheet.view.windows()])


def _label_area(
    pen: Pen,
    sheet: Sheet,
    taken: Taken,
    shape: Any,
    name: str,
    size: float,
    colour: str,
    strong: bool,
) -> None:
    wide = pen.width(name, size, "bold" if strong else "normal")
    high = size * _LINE
    spots = _spots(sheet, shape, wide)
    best: tuple[float, Box] | None = None
    for x, y, roominess in spots:
        box = (x - wide / 2 - 0.03, y - high / 2, x + wide / 2 + 0.03, y + high / 2)
        if not taken.free(box):
            continue
        cost = taken.marks_under(box) - roominess
        if best is None or cost < best[0]:
            best = (cost, box)
    if best is None:
        return
    box = best[1]
    taken.boxes.append(box)
    pen.write(
        (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, name, size, colour,
        weight="bold" if strong else "normal", align="center", va="center_baseline", zorder=3,
    )  # fmt: skip


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
    from matplotlib.patheffects import withStroke

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
                pen.write(
                    left, low + high / 2, text, PLACE_SIZE, theme.ink, va="center_baseline",
                    zorder=7, path_effects=[withStroke(linewidth=1.8, foreground=theme.land)],
                )  # fmt: skip
                break
