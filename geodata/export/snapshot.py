"""A picture of the map for print, drawn from the data and the outlines; needs no browser."""

from __future__ import annotations

import math
import tempfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.boundaries import KM_PER_DEGREE, province_shape
from geodata.errors import InputError, StoreError
from geodata.export import may_write
from geodata.export._snapshot_badges import FEW, Spot, draw_reach, draw_spots, spots_of
from geodata.export._snapshot_data import (
    COLUMNS,
    Badge,
    Dots,
    Floats,
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
from geodata.export._snapshot_dots import draw_dots, scale_for
from geodata.export._snapshot_labels import Taken, label_land, label_places
from geodata.export._snapshot_land import Sheet, draw_area, draw_land, focus_of
from geodata.export._snapshot_legend import write_legend
from geodata.export._snapshot_page import (
    BOTTOM,
    HEIGHT,
    REGION,
    WIDTH,
    WORLD,
    Words,
    blank_page,
    draw_locator,
    draw_north,
    draw_scale,
    map_frame,
    write_empty,
    write_foot,
    write_head,
)
from geodata.export._snapshot_text import Pen
from geodata.export._snapshot_theme import THEMES, Style, Theme
from geodata.export._snapshot_view import choose_view, needs_world
from geodata.filters import spoken_date
from geodata.palette import Palette, assign_colours, project_palette
from geodata.precision import RADIUS_KM, LocationPrecision

if TYPE_CHECKING:
    from matplotlib.patches import Patch

    from geodata.filters import Filter
    from geodata.store import Store

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
    if style not in THEMES:
        raise InputError(f"snapshot style {style!r} is unknown; one of {', '.join(THEMES)}")
    if format not in FORMATS:
        raise InputError(f"snapshot format {format!r} is unknown; one of {', '.join(FORMATS)}")
    if not 36 <= dpi <= 600:
        raise InputError(f"dpi {dpi!r} is out of range; choose 36 to 600")
    with store.snapshot():
        return _drawn(store, where, title, format, dpi, THEMES[style], today or date.today())


def write_snapshot(
    store: Store,
    where: Filter,
    out: Path,
    *,
    title: str = "",
    dpi: int = 300,
    force: bool = False,
) -> None:
    """Write `draw_snapshot` to a file, whole or not at all; its suffix names the format.

    Raises
    ------
    InputError
        The suffix is unknown, or `out` exists and `force` is not given.
    StoreError
        The file cannot be written.
    """
    suffix = out.suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        known = ", ".join("." + name for name in FORMATS)
        raise InputError(f"{str(out)!r}: a snapshot is written to a file ending in {known}")
    may_write(store, out, force=force)
    drawn = draw_snapshot(store, where, title=title, format=suffix, dpi=dpi)
    try:
        with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as folder:
            draft = Path(folder) / out.name
            draft.write_bytes(drawn)
            draft.replace(out)
    except OSError as error:
        raise StoreError(f"{str(out)!r} cannot be written: {error.strerror}") from error


def _drawn(
    store: Store, where: Filter, title: str, kind: str, dpi: int, theme: Theme, today: date
) -> bytes:
    points = points_from_frame(store.frame(where, columns=list(COLUMNS)))
    counts = group_counts(points)
    whole = where.is_empty  # then these are the counts of the project
    palette = Palette(assign_colours([g for g, _ in counts])) if whole else project_palette(store)
    sentence = where.sentence()
    beneath = sentence if title else f"Project {store.name}"
    words = words_of(points, palette, title=title or sentence, sentence=beneath)
    words = replace(
        words,
        totals=store.totals(where).sentence(),
        as_of=today,
        credits=store.table_credits(),
    )
    around = _around(store, where) if not points.located.any() else _NOWHERE
    area = np.array(where.polygon).reshape(-1, 2)
    return draw_page(points, palette, words, around, area, format=kind, dpi=dpi, theme=theme)


_NOWHERE = np.empty((0, 2))


def _around(store: Store, where: Filter) -> Floats:
    """Corners in degrees of what a picture without incidents shows: what was asked about."""
    from geodata.boundaries import extent_of
    from geodata.filters import Filter

    if where.polygon:
        return np.array(where.polygon)
    box = where.bbox or extent_of(where.country, where.province)
    if box is not None:
        west, south, east, north = box
        return np.array([[west, south], [west, north], [east, south], [east, north]])
    everything = points_from_frame(store.frame(Filter(), columns=list(COLUMNS)))
    return np.column_stack([everything.x, everything.y])[everything.located]


def words_of(points: Points, palette: Palette, *, title: str, sentence: str) -> Words:
    """What the page says of the points."""
    groups, other = legend_groups(group_counts(points), list(palette.colours))
    located = points.located
    return Words(
        title=title,
        sentence=f"{sentence}, {_span(points)}" if _span(points) else sentence,
        totals="",
        as_of=date.min,
        groups=groups,
        other=other,
        classes=class_counts(points),
        outside=outside_of(points),
        drafts=int(points.draft[located].sum()),
        shown=int(located.sum()),
    )


def _span(points: Points) -> str:
    if points.first is None or points.last is None:
        return ""
    days = dict.fromkeys((spoken_date(points.first), spoken_date(points.last)))
    return "dated " + " – ".join(days)


def draw_page(
    points: Points,
    palette: Palette,
    words: Words,
    around: Floats,
    area: Floats,
    *,
    format: str,  # noqa: A002 - as above
    dpi: int,
    theme: Theme,
) -> bytes:
    """Draw the page from plain arrays; `around` is shown where no point is located.

    `area` are the corners (n, 2; degrees) of an area that the filter holds, or none.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=dpi, facecolor=theme.paper)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    blank_page(axes, theme)
    renderer: Any = canvas.get_renderer()  # type: ignore[no-untyped-call]  # matplotlib's own
    pen = Pen(axes, renderer, float(dpi))
    located = np.column_stack([points.x, points.y])[points.located]
    badges = badges_of(points)
    extent = np.vstack([located, _reach(badges), area]) if len(located) else around
    layout = WORLD if needs_world(extent) else REGION
    view = choose_view(extent, layout.aspect)
    sheet = Sheet(view, layout.left, layout.bottom, layout.width, layout.height)
    frame = map_frame(axes, layout, theme)
    focus = focus_of(located)
    draw_land(axes, sheet, theme, frame, focus)
    if len(area):
        draw_area(axes, sheet, area, theme, frame)
    dots = dots_of(points)
    spots = _draw_incidents(pen, sheet, dots, badges, palette, theme, frame)
    _write_names(pen, sheet, theme, dots, spots, places_of(points), focus)
    if not len(located):
        text = "No incident with a place matches" if len(points) else "No incident matches"
        write_empty(pen, sheet, theme, f"{text} this filter.")
    draw_scale(pen, sheet, theme)
    draw_north(pen, sheet, theme)
    write_head(pen, theme, words)
    free = write_legend(pen, theme, palette, words, dots, layout, merged=len(spots) < len(badges))
    if not layout.legend_beneath:
        draw_locator(axes, sheet, theme, BOTTOM, free)
    write_foot(pen, theme, words)
    return _saved(figure, format, dpi)


def _reach(badges: list[Badge]) -> Floats:
    """Edges, in degrees, of the areas within which incidents known to an area lie."""
    if len(badges) > FEW:
        return _NOWHERE
    corners: list[tuple[float, float]] = []
    for badge in badges:
        shape = province_shape(badge.x, badge.y)
        if badge.precision is LocationPrecision.PROVINCE and shape is not None:
            west, south, east, north = shape.bounds
        else:
            up = RADIUS_KM[badge.precision] / KM_PER_DEGREE
            side = up / max(math.cos(math.radians(badge.y)), 0.05)
            west, east = badge.x - side, badge.x + side
            south, north = max(badge.y - up, -90.0), min(badge.y + up, 90.0)
        corners += [(west, badge.y), (east, badge.y), (badge.x, south), (badge.x, north)]
    return _pairs(corners)


def _draw_incidents(
    pen: Pen,
    sheet: Sheet,
    dots: Dots,
    badges: list[Badge],
    palette: Palette,
    theme: Theme,
    frame: Patch,
) -> list[Spot]:
    spots = spots_of(badges, sheet.page(_pairs([(b.x, b.y) for b in badges])), scale_for(dots).one)
    draw_reach(pen.axes, sheet, spots, theme, frame)
    draw_dots(pen.axes, sheet.page(dots.points), dots, palette, theme, frame)
    draw_spots(pen, spots, palette, theme, frame)
    return spots


def _write_names(
    pen: Pen,
    sheet: Sheet,
    theme: Theme,
    dots: Dots,
    spots: list[Spot],
    places: list[tuple[str, float, float, int]],
    focus: set[str],
) -> None:
    taken = Taken(sheet, np.vstack([sheet.page(dots.points), _pairs([(s.x, s.y) for s in spots])]))
    taken.boxes += [*_corners(sheet), *(spot.box for spot in spots)]
    at = sheet.page(_pairs([(x, y) for _, x, y, _ in places]))
    radius = [float(scale_for(dots).diameter(count)) / 144 for *_, count in places]
    names = [name for name, *_ in places]
    beside = zip(names, at[:, 0].tolist(), at[:, 1].tolist(), radius, strict=True)
    label_places(pen, theme, taken, list(beside))
    label_land(pen, sheet, theme, taken, focus)


def _pairs(values: list[tuple[float, float]]) -> Floats:
    return np.array(values, dtype=np.float64).reshape(-1, 2)


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
