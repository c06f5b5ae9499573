"""Dots of a snapshot: incidents at a known place, with area as their number."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geodata.export._snapshot_data import Dots
from geodata.export._snapshot_land import add_clipped
from geodata.export._snapshot_theme import Theme
from geodata.palette import Palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch
    from matplotlib.path import Path

Floats = npt.NDArray[np.float64]

LEAST_DOT = 1.5
LARGEST_DOT = 30.0
"""Diameters in points."""

MANY = 3_000
"""Above this number of dots the edges between them would be all one sees; and PDF gets pixels."""

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
