"""The legend of a snapshot: groups, precision, sizes, review, what is not on the map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from geodata.export._snapshot_badges import Spot, badge_inches, draw_spots
from geodata.export._snapshot_data import Badge, Dots
from geodata.export._snapshot_dots import Scale, draw_dots, scale_for
from geodata.export._snapshot_page import COLUMN, GUTTER, MARGIN, TOP, WIDTH, Layout, Words
from geodata.export._snapshot_text import Pen, printable
from geodata.export._snapshot_theme import Theme
from geodata.palette import OTHER, OTHER_LABEL, Palette
from geodata.precision import LocationPrecision

SIZE = 7.4
SMALL = 6.4
"""Letter sizes in points."""


class Legend:
    """Writes one column of the legend from the top down."""

    def __init__(
        self, pen: Pen, theme: Theme, palette: Palette, *, left: float, top: float, width: float
    ) -> None:
        self.pen = pen
        self.theme = theme
        self.palette = palette
        self.left = left
        self.right = left + width
        self.y = top

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
        number, safe = f"{count:,}", printable(text)
        room = self.right - self.left - indent - self.pen.width(number, SIZE) - 0.08
        size = SIZE if self.pen.width(safe, SIZE) <= room else SMALL
        said = self.pen.shortened(safe, size, room)
        ink, faint = self.theme.ink, self.theme.faint
        write = self.pen.write
        write(self.left + indent, middle, said, size, ink, va="center_baseline")
        write(self.right, middle, number, SIZE, faint, align="right", va="center_baseline")
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
            count=np.array([2, 1]),
            group=np.array([group, group], dtype=object),
            near=np.array([near, False]),
            draft=np.array([draft, False]),
        )
        away = np.array([[self.left + 0.12, middle], [-9.0, -9.0]])
        draw_dots(self.pen.axes, away, one, self.palette, self.theme, None)

    def groups(self, rows: Sequence[tuple[str, int]], *, heading: str) -> None:
        """Groups with their colours, shapes and counts; "" stands for the rest."""
        if not rows:
            return
        self.heading(heading)
        for group, count in rows:
            self.dot(self.row(group or OTHER_LABEL, count), group)

    def note(self, text: str) -> None:
        """Small remark over the width of the column."""
        for line in self.pen.wrapped(text, SMALL, self.right - self.left, lines=3):
            self.y -= 0.13
            self.pen.write(self.left, self.y, line, SMALL, self.theme.faint)
        self.y -= 0.03

    def precision(self, classes: dict[LocationPrecision, int], *, merged: bool) -> None:
        """How each class is drawn, in few words, with counts.

        `merged` says that badges too close together were added up.
        """
        if not classes:
            return
        self.heading("How exactly the place is known")
        for words, members, draw in _CLASS_ROWS:
            count = sum(classes.get(member, 0) for member in members)
            if count:
                draw(self, self.row(words, count, height=0.23), members[0])
        if merged:
            self.note("A number adds up districts and provinces that lie close together.")
        self.gap()

    def badge(self, middle: float, klass: LocationPrecision) -> None:
        """Badge of a district or a province, in the gap before a row."""
        badge = Badge(x=0.0, y=0.0, precision=klass, shares=(("", 2),))
        spot = Spot(self.left + 0.12, middle, badge_inches(1, 1.0) * 0.85, badge)
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
            self.pen.write(x, middle, text, SIZE, self.theme.ink, va="center_baseline")
            x += self.pen.width(text, SIZE) + 0.2
        self.y = middle - max(wide, 0.16) / 2 - 0.04
        self.gap()

    def outside(self, rows: Sequence[tuple[str, int]]) -> None:
        """What is not on the map, boxed."""
        if not rows:
            return
        self.heading("Not on the map")
        for text, count in rows:
            self.row(text[:1].upper() + text[1:], count, height=0.18, indent=0.0)
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


def write_legend(
    pen: Pen,
    theme: Theme,
    palette: Palette,
    words: Words,
    dots: Dots,
    layout: Layout,
    *,
    merged: bool,
) -> float:
    """Write the legend beside or beneath the map; gives the height of the first free line."""
    columns = _columns(pen, theme, palette, layout)
    rows = [*words.groups, *([("", words.other)] if words.other else [])]
    half = math.ceil(len(rows) / 2) if layout.legend_beneath else len(rows)
    columns[0].groups(rows[:half], heading=_GROUPS)
    columns[1].groups(rows[half:], heading="")
    if any(palette.is_state(group) for group, _ in rows):
        columns[0].note("Squares are state forces.")
    columns[0].gap()
    columns[2].precision(words.classes, merged=merged)
    if layout.legend_beneath:
        columns[1].gap()
    columns[1].sizes(scale_for(dots), int(dots.count.max()) if len(dots) else 0)
    columns[3].outside(words.outside)
    columns[3].drafts(words.drafts, words.shown)
    return columns[3].y


_GROUPS = "Group held responsible, or first named"


def _columns(pen: Pen, theme: Theme, palette: Palette, layout: Layout) -> list[Legend]:
    if not layout.legend_beneath:
        left = WIDTH - MARGIN - COLUMN
        return [Legend(pen, theme, palette, left=left, top=TOP, width=COLUMN)] * 4
    wide = (WIDTH - 2 * MARGIN - 3 * GUTTER) / 4
    top = layout.bottom - 0.12
    return [
        Legend(pen, theme, palette, left=MARGIN + i * (wide + GUTTER), top=top, width=wide)
        for i in range(4)
    ]
