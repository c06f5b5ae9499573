"""The page of a snapshot: headline, map, legend, scale, north, locator, small print.

The unit everywhere is the inch, measured from the lower left corner of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geodata.export._snapshot_data import Badge, Dots
from geodata.export._snapshot_land import Sheet, draw_land
from geodata.export._snapshot_marks import (
    Scale,
    Spot,
    badge_inches,
    draw_dots,
    draw_spots,
    scale_for,
)
from geodata.export._snapshot_text import Pen, Weight, printable
from geodata.export._snapshot_theme import Theme
from geodata.export._snapshot_view import View, north_at, scale_bar
from geodata.palette import OTHER, OTHER_LABEL, Palette
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
MAP_BOTTOM = 0.62
MAP_TOP = 7.02
MAP_WIDTH = WIDTH - 2 * MARGIN - COLUMN - GUTTER
MAP_HEIGHT = MAP_TOP - MAP_BOTTOM
ASPECT = MAP_WIDTH / MAP_HEIGHT

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


def blank_page(axes: Axes, theme: Theme) -> None:
    """Make the axes a page measured in inches."""
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, HEIGHT)
    axes.set_axis_off()
    axes.set_facecolor(theme.paper)


def map_frame(axes: Axes, theme: Theme) -> Patch:
    """Draw the sea and give the patch that everything on the map is clipped to."""
    from matplotlib.patches import Rectangle

    frame = Rectangle((MARGIN, MAP_BOTTOM), MAP_WIDTH, MAP_HEIGHT, facecolor=theme.sea, lw=0)
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
    draw_land(axes, small, theme, frame, (), provinces=False)
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


class Legend:
    """Writes the right column from the top down."""

    def __init__(self, pen: Pen, theme: Theme, palette: Palette) -> None:
        self.pen = pen
        self.theme = theme
        self.palette = palette
        self.left = WIDTH - MARGIN - COLUMN
        self.right = WIDTH - MARGIN
        self.y = MAP_TOP

    def heading(self, text: str) -> None:
        """Small heading over a rule."""
        self.y -= 0.1
        self.pen.write(self.left, self.y, text, 7.2, self.theme.ink, weight="bold")
        self.y -= 0.07
        self.pen.axes.plot([self.left, self.right], [self.y, self.y], color=self.theme.rule, lw=0.6)
        self.y -= 0.04

    def row(self, text: str, count: int, *, height: float = 0.2, indent: float = 0.3) -> float:
        """One line with its count at the right; gives the height of its middle."""
        middle = self.y - height / 2
        number = f"{count:,}"
        room = self.right - self.left - indent - self.pen.width(number, 7.4) - 0.08
        said = self.pen.shortened(printable(text), 7.4, room)
        write = self.pen.write
        write(self.left + indent, middle, said, 7.4, self.theme.ink, va="center_baseline")
        write(
            self.right, middle, number, 7.4, self.theme.faint, align="right", va="center_baseline"
        )
        self.y -= height
        return middle

    def gap(self, height: float = 0.14) -> None:
        """Free space before the next heading."""
        self.y -= height

    def dot(self, middle: float, group: str, *, near: bool = False, draft: bool = False) -> None:
        """Mark of a single incident, in the gap before a row."""
        one = Dots(
            x=np.zeros(2),
            y=np.zeros(2),
            count=np.array([3, 1]),
            group=np.array([group, group], dtype=object),
            near=np.array([near, False]),
            draft=np.array([draft, False]),
        )
        away = np.array([[self.left + 0.12, middle], [-9.0, -9.0]])
        draw_dots(self.pen.axes, away, one, self.palette, self.theme, None)

    def groups(self, named: Sequence[tuple[str, int]], other: int) -> None:
        """Groups with their colours, shapes and counts."""
        if not named:
            return
        self.heading("Group held responsible, or first named")
        for group, count in named:
            self.dot(self.row(group, count), group)
        if other:
            self.dot(self.row(OTHER_LABEL, other), "")
        if any(self.palette.is_state(group) for group, _ in named):
            self.note("Squares are state forces.")
        self.gap()

    def note(self, text: str) -> None:
        """Small remark over the width of the column."""
        for line in self.pen.wrapped(text, 6.4, self.right - self.left, lines=3):
            self.y -= 0.13
            self.pen.write(self.left, self.y, line, 6.4, self.theme.faint)
        self.y -= 0.03

    def precision(self, classes: dict[LocationPrecision, int]) -> None:
        """How each class is drawn, in few words, with counts."""
        if not classes:
            return
        self.heading("How exactly the place is known")
        for words, members, draw in _CLASS_ROWS:
            count = sum(classes.get(member, 0) for member in members)
            if count:
                draw(self, self.row(words, count, height=0.23), members[0])
        self.gap()

    def badge(self, middle: float, klass: LocationPrecision) -> None:
        """Badge of a district or a province, in the gap before a row."""
        badge = Badge(x=0.0, y=0.0, precision=klass, shares=(("", 2),))
        spot = Spot(self.left + 0.12, middle, badge_inches(badge, 1.0) * 0.85, badge)
        draw_spots(self.pen, [spot], self.palette, self.theme, None)

    def sizes(self, scale: Scale, largest: int) -> None:
        """Nested discs for round numbers of incidents at one place."""
        if largest < 2:
            return
        self.heading("Incidents at one place")
        steps = [n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000) if n <= largest]
        chosen = sorted({steps[0], steps[len(steps) // 2], steps[-1]})
        wide = float(scale.diameter(chosen[-1])) / 72
        middle = self.y - max(wide, 0.16) / 2 - 0.06
        x = self.left + 0.12 - float(scale.diameter(chosen[0])) / 144
        for count in chosen:
            across = float(scale.diameter(count)) / 72
            self.pen.axes.scatter(
                [x + across / 2], [middle], s=(across * 72) ** 2, facecolor=OTHER,
                edgecolor=self.theme.paper, linewidths=0.5,
            )  # fmt: skip
            x += across + 0.05
            text = f"{count:,}"
            self.pen.write(x, middle, text, 7.4, self.theme.ink, va="center_baseline")
            x += self.pen.width(text, 7.4) + 0.2
        self.y = middle - max(wide, 0.16) / 2 - 0.04
        self.gap()

    def outside(self, rows: Sequence[tuple[str, int]]) -> None:
        """What is not on the map, boxed."""
        if not rows:
            return
        self.heading("Not on the map")
        for text, count in rows:
            self.row(text, count, height=0.18, indent=0.0)
        self.gap()

    def drafts(self, drafts: int, shown: int) -> None:
        """How drafts are drawn."""
        if not drafts:
            return
        if drafts == shown:
            self.note("All of them are drafts, not yet reviewed.")
        else:
            self.heading("Review")
            self.dot(self.row("draft, not yet reviewed", drafts), "", draft=True)
        self.gap()


def _draw_dot(legend: Legend, middle: float, _: LocationPrecision) -> None:
    legend.dot(middle, "")


def _draw_near(legend: Legend, middle: float, _: LocationPrecision) -> None:
    legend.dot(middle, "", near=True)


def _draw_badge(legend: Legend, middle: float, klass: LocationPrecision) -> None:
    legend.badge(middle, klass)


_CLASS_ROWS: tuple[tuple[str, tuple[LocationPrecision, ...], Any], ...] = (
    (
        "town, village or exact site",
        (LocationPrecision.SETTLEMENT, LocationPrecision.SITE),
        _draw_dot,
    ),
    ("near a named place", (LocationPrecision.NEAR,), _draw_near),
    ("at sea", (LocationPrecision.SEA,), _draw_dot),
    ("district only, with number", (LocationPrecision.DISTRICT,), _draw_badge),
    ("province only, with number", (LocationPrecision.PROVINCE,), _draw_badge),
)


def write_legend(pen: Pen, theme: Theme, palette: Palette, words: Words, dots: Dots) -> float:
    """Write the right column; gives the height above which it is filled."""
    legend = Legend(pen, theme, palette)
    legend.groups(words.groups, words.other)
    legend.precision(words.classes)
    legend.sizes(scale_for(dots), int(dots.count.max()) if len(dots) else 0)
    legend.drafts(words.drafts, words.shown)
    legend.outside(words.outside)
    return legend.y
