"""A picture of the map for print, drawn from the data and the outlines; needs no browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from geodata.errors import InputError
from geodata.export._snapshot_data import (
    COLUMNS,
    Points,
    badges_of,
    class_counts,
    dots_of,
    group_counts,
    legend_groups,
    outside_of,
    places_of,
    points_from_frame,
)
from geodata.export._snapshot_labels import Taken, label_land, label_places
from geodata.export._snapshot_land import Sheet, draw_land, focus_of
from geodata.export._snapshot_marks import draw_dots, draw_spots, scale_for, spots_of
from geodata.export._snapshot_page import (
    ASPECT,
    HEIGHT,
    MAP_BOTTOM,
    MAP_HEIGHT,
    MAP_WIDTH,
    MARGIN,
    WIDTH,
    Words,
    blank_page,
    draw_north,
    draw_scale,
    map_frame,
    write_foot,
    write_head,
    write_legend,
)
from geodata.export._snapshot_text import Pen
from geodata.export._snapshot_theme import THEMES, Style, Theme
from geodata.export._snapshot_view import choose_view
from geodata.palette import Palette, project_palette

if TYPE_CHECKING:
    from geodata.filters import Filter
    from geodata.store import Store

Format = Literal["png", "pdf"]

FORMATS: tuple[str, ...] = ("png", "pdf")
"""Formats a snapshot can be drawn in; they are its file suffixes as well."""


def draw_snapshot(
    store: Store,
    where: Filter,
    *,
    title: str = "",
    format: str = "png",  # noqa: A002 - the word of every exporter
    dpi: int = 300,
    style: Style = "light",
    today: date | None = None,
) -> bytes:
    """Draw the incidents that match a filter, as one page (11.7 x 8.3 inches).

    Parameters
    ----------
    title
        Headline; without one, the filter's sentence.
    format
        One of `FORMATS`.
    dpi
        Pixels per inch of a PNG (36-600), and of dense marks in a PDF.
    today
        Day of the data, as printed; today without one.

    Raises
    ------
    InputError
        For an unknown format or a resolution out of range.
    """
    if format not in FORMATS:
        raise InputError(f"snapshot format {format!r} is unknown; one of {', '.join(FORMATS)}")
    if not 36 <= dpi <= 600:
        raise InputError(f"dpi {dpi!r} is out of range; choose 36 to 600")
    points = points_from_frame(store.frame(where, columns=list(COLUMNS)))
    palette = project_palette(store)
    words = words_of(points, palette, title=title, sentence=where.sentence())
    words = replace(
        words,
        totals=store.totals(where).sentence(),
        project=store.name,
        as_of=today or date.today(),
    )
    return draw_page(points, palette, words, format=format, dpi=dpi, theme=THEMES[style])


def words_of(points: Points, palette: Palette, *, title: str, sentence: str) -> Words:
    """What the page says of the points."""
    groups, other = legend_groups(group_counts(points), list(palette.colours))
    located = points.located
    return Words(
        title=title or sentence,
        sentence=sentence,
        totals="",
        as_of=date.min,
        project="",
        groups=groups,
        other=other,
        classes=class_counts(points),
        outside=outside_of(points),
        drafts=int(points.draft[located].sum()),
        shown=int(located.sum()),
    )


def draw_page(
    points: Points,
    palette: Palette,
    words: Words,
    *,
    format: str,  # noqa: A002 - as above
    dpi: int,
    theme: Theme,
) -> bytes:
    """Draw the page from plain arrays."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=dpi, facecolor=theme.paper)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    blank_page(axes, theme)
    pen = Pen(axes, canvas.get_renderer(), float(dpi))
    dots, badges = dots_of(points), badges_of(points)
    located = np.column_stack([points.x, points.y])[points.located]
    view = choose_view(located, ASPECT)
    sheet = Sheet(view, MARGIN, MAP_BOTTOM, MAP_WIDTH, MAP_HEIGHT)
    frame = map_frame(axes, theme)
    focus = focus_of(located)
    draw_land(axes, sheet, theme, frame, focus)
    at = sheet.page(np.column_stack([dots.x, dots.y]))
    scale = scale_for(dots)
    spots = spots_of(
        badges, sheet.page(np.array([[b.x, b.y] for b in badges]).reshape(-1, 2)), scale.one
    )
    draw_dots(axes, at, dots, palette, theme, frame)
    draw_spots(pen, spots, palette, theme, frame)
    taken = Taken(sheet, np.vstack([at, np.array([[s.x, s.y] for s in spots]).reshape(-1, 2)]))
    taken.boxes += [
        (s.x - s.diameter / 2, s.y - s.diameter / 2, s.x + s.diameter / 2, s.y + s.diameter / 2)
        for s in spots
    ]
    taken.boxes += _corners(sheet)
    places = []
    for name, x, y, count in places_of(points):
        spot = sheet.page(np.array([[x, y]]))[0]
        places.append((name, spot[0], spot[1], float(scale.diameter(count)) / 144))
    label_places(pen, sheet, theme, taken, places)
    label_land(pen, sheet, theme, taken, focus)
    draw_scale(pen, sheet, theme)
    draw_north(pen, sheet, theme)
    write_head(pen, theme, words)
    write_legend(pen, theme, palette, words, dots)
    write_foot(pen, theme, words)
    return _saved(figure, format, dpi)


def _corners(sheet: Sheet) -> list[tuple[float, float, float, float]]:
    left, bottom, right, top = sheet.box
    return [
        (left, bottom, left + 2.0, bottom + 0.42),  # scale bar
        (right - 0.5, top - 0.62, right, top),  # north arrow
    ]


def _saved(figure: Any, format: str, dpi: int) -> bytes:  # noqa: A002 - as above
    out = BytesIO()
    # No date in the file: the same data give the same bytes.
    about = {"Software": "Incident Atlas"} if format == "png" else {"CreationDate": None}
    figure.savefig(out, format=format, dpi=dpi, metadata=about, facecolor=figure.get_facecolor())
    return out.getvalue()
