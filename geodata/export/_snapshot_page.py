"""The page of a snapshot: headline, map, legend, scale, north, locator, small print.

The unit everywhere is the inch, measured from the lower left corner of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geodata.export._snapshot_land import Sheet, draw_land
from geodata.export._snapshot_text import Pen, Weight, printable
from geodata.export._snapshot_theme import Theme
from geodata.export._snapshot_view import View, north_at, scale_bar
from geodata.gazetteer.credits import place_credits
from geodata.precision import LocationPrecision

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

Floats = npt.NDArray[np.float64]

WIDTH, HEIGHT = 11.7, 8.3
MARGIN = 0.42
COLUMN = 2.3
"""Width of the legend."""

GUTTER = 0.3
BOTTOM = 0.62
TOP = 7.02
"""Between them lie the map and the legend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the map lies, in inches, and whether the legend stands beneath it."""

    left: float
    bottom: float
    width: float
    height: float
    legend_beneath: bool

    @property
    def aspect(self) -> float:
        """Width over height of the map."""
        return self.width / self.height


REGION = Layout(
    left=MARGIN,
    bottom=BOTTOM,
    width=WIDTH - 2 * MARGIN - COLUMN - GUTTER,
    height=TOP - BOTTOM,
    legend_beneath=False,
)
WORLD = Layout(
    left=MARGIN, bottom=TOP - 4.5, width=WIDTH - 2 * MARGIN, height=4.5, legend_beneath=True
)

ATTRIBUTION = "Places: GeoNames (CC BY 4.0). Outlines: Natural Earth (public domain)."
DISCLAIMER = "Outlines show who holds the ground and take no position; dashed lines are disputed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a snapshot says in writing."""

    title: str
    sentence: str
    totals: str
    as_of: date
    groups: Sequence[tuple[str, int]]
    other: int
    classes: dict[LocationPrecision, int]
    outside: Sequence[tuple[str, int]]
    drafts: int
    shown: int
    credits: Sequence[str] = ()  # for the tables that incidents come from


def blank_page(axes: Axes, theme: Theme) -> None:
    """Make the axes a page measured in inches."""
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, HEIGHT)
    axes.set_axis_off()
    axes.set_facecolor(theme.paper)


def map_frame(axes: Axes, layout: Layout, theme: Theme) -> Patch:
    """Draw the sea and give the patch that everything on the map is clipped to."""
    from matplotlib.patches import Rectangle

    corner = (layout.left, layout.bottom)
    frame = Rectangle(corner, layout.width, layout.height, facecolor=theme.sea, lw=0)
    axes.add_patch(frame)
    return frame


def write_head(pen: Pen, theme: Theme, words: Words) -> None:
    """Headline, filter sentence, totals."""
    room = WIDTH - 2 * MARGIN
    write_fitted(pen, 7.7, words.title, theme.ink, room, sizes=(17, 13.5), weight="bold")
    write_fitted(pen, 7.4, words.sentence, theme.ink, room, sizes=(9.6, 8.2))
    write_fitted(pen, 7.17, words.totals, theme.faint, room, sizes=(7.8, 6.4))


def write_fitted(
    pen: Pen,
    y: float,
    text: str,
    colour: str,
    room: float,
    *,
    sizes: tuple[float, ...],
    weight: Weight = "normal",
) -> None:
    """Write one line in the first size that fits, or two smaller ones, the rest left out."""
    safe = printable(text)
    for size in sizes:
        if pen.width(safe, size, weight) <= room:
            pen.write(MARGIN, y, safe, size, colour, weight=weight)
            return
    size = sizes[-1] * 0.82
    for number, line in enumerate(pen.wrapped(safe, size, room, lines=2, weight=weight)):
        pen.write(MARGIN, y + (0.5 - number) * size / 72 * 1.2, line, size, colour, weight=weight)


def write_foot(pen: Pen, theme: Theme, words: Words) -> None:
    """Date of the data, attribution, what the outlines mean."""
    day = f"{words.as_of.day} {words.as_of:%b %Y}"
    pen.write(MARGIN, 0.4, f"{ATTRIBUTION} {DISCLAIMER}", 6.2, theme.faint)
    named = (("Places also", place_credits()[1:]), ("Incidents", words.credits))
    further = ". ".join(f"{what}: {'; '.join(whom)}" for what, whom in named if whom)
    if further:
        room = WIDTH - 2 * MARGIN
        line = pen.wrapped(printable(further), 6.2, room, lines=1)[0]
        pen.write(MARGIN, 0.4 - 6.2 / 72 * 1.3, line, 6.2, theme.faint)
    pen.write(WIDTH - MARGIN, 0.4, f"Data as of {day}", 6.2, theme.faint, align="right")


def write_empty(pen: Pen, sheet: Sheet, theme: Theme, text: str) -> None:
    """Say in the middle of the map why it shows no incident."""
    box = {"boxstyle": "round,pad=0.7", "facecolor": theme.paper, "edgecolor": theme.rule}
    pen.write(
        sheet.left + sheet.width / 2, sheet.bottom + sheet.height / 2, text, 9, theme.ink,
        align="center", va="center", zorder=9, bbox=box,
    )  # fmt: skip


def draw_locator(axes: Axes, sheet: Sheet, theme: Theme, bottom: float, top: float) -> None:
    """Where the map lies: its outline on the lands around, in the legend's free space."""
    from matplotlib.patches import Rectangle

    high = min(top - bottom, 1.5)
    view = sheet.view
    if view.world or high < 1.0:
        return
    left = WIDTH - MARGIN - COLUMN
    wide = max(4.5 * view.width, 5_000_000.0)
    tall = wide * high / COLUMN
    x, y = (view.west + view.east) / 2, (view.south + view.north) / 2
    around = View(view.proj, x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2, False)
    small = Sheet(around, left, bottom, COLUMN, high)
    frame = Rectangle((left, bottom), COLUMN, high, facecolor=theme.sea, lw=0)
    axes.add_patch(frame)
    draw_land(axes, small, theme, frame)
    scale = COLUMN / wide
    corner = (
        left + (view.west - around.west) * scale,
        bottom + (view.south - around.south) * scale,
    )
    axes.add_patch(
        Rectangle(
            corner, view.width * scale, view.height * scale, facecolor="none",
            edgecolor=theme.ink, lw=0.9, zorder=3,
        )
    )  # fmt: skip


def draw_scale(pen: Pen, sheet: Sheet, theme: Theme) -> None:
    """Scale bar at the lower left, true along the middle of the map."""
    from matplotlib.patheffects import withStroke

    length, text = scale_bar(sheet.view)
    wide = length / sheet.view.width * sheet.width
    x, y = sheet.left + 0.16, sheet.bottom + 0.16
    halo = [withStroke(linewidth=2.2, foreground=theme.paper)]
    if sheet.view.world:
        text += " at the middle of the map"
    pen.axes.plot(
        [x, x, x + wide, x + wide],
        [y + 0.05, y, y, y + 0.05],
        color=theme.ink,
        lw=0.9,
        solid_capstyle="butt",
        zorder=9,
        path_effects=halo,
    )
    pen.write(x, y + 0.08, text, 6.6, theme.ink, zorder=9, path_effects=halo)


def draw_north(pen: Pen, sheet: Sheet, theme: Theme) -> None:
    """Arrow at the upper right, turned to where north is there."""
    from matplotlib.patches import Polygon
    from matplotlib.transforms import Affine2D

    x, y = sheet.left + sheet.width - 0.26, sheet.bottom + sheet.height - 0.36
    scale = sheet.view.width / sheet.width
    where = (
        sheet.view.west + (x - sheet.left) * scale,
        sheet.view.south + (y - sheet.bottom) * scale,
    )
    turn = 0.0 if sheet.view.world else north_at(sheet.view, *where)
    turned = Affine2D().rotate_deg_around(x, y, -turn) + pen.axes.transData
    for side, colour in ((-1, theme.ink), (1, theme.paper)):
        half = [(x, y + 0.15), (x + side * 0.07, y - 0.13), (x, y - 0.07)]
        pen.axes.add_patch(
            Polygon(half, facecolor=colour, edgecolor=theme.ink, lw=0.5, zorder=9, transform=turned)
        )
    tip = Affine2D().rotate_deg_around(x, y, -turn).transform((x, y + 0.2))
    pen.write(tip[0], tip[1], "N", 6.6, theme.ink, weight="bold", align="center", zorder=9)
