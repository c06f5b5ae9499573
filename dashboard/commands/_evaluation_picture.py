"""The picture of an evaluation: an error curve, and a bar for each precision class."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.errors import InputError
from geodata.export._snapshot_theme import THEMES

if TYPE_CHECKING:
    from ingest.geocode.evaluation import Evaluation

BLUE = "#2b6ca3"


def draw(result: Evaluation, title: str, path: Path) -> None:
    """Draw an evaluation to a file; its ending (png, pdf, svg) says the format."""
    from matplotlib.figure import Figure

    theme = THEMES["light"]
    figure = Figure(figsize=(10, 4.8), dpi=150, facecolor=theme.paper, layout="constrained")
    curve, bars = figure.subplots(1, 2, width_ratios=(3, 2))
    for axes in (curve, bars):
        axes.set_facecolor(theme.paper)
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[["left", "bottom"]].set_color(theme.country)
        axes.tick_params(colors=theme.faint, labelsize=9)
    # A dollar sign in a file's name would start a formula.
    shown = title[:80].replace("$", r"\$")
    figure.suptitle(f"{shown}: {result.total.rows:,} rows", color=theme.ink, fontsize=13)
    _curve(curve, result)
    _bars(bars, result)
    try:
        figure.savefig(path, facecolor=theme.paper)
    except (OSError, ValueError) as error:
        raise InputError(
            f"cannot write {str(path)!r} ({error}): give a .png, .pdf or .svg"
        ) from error


def _curve(axes: Any, result: Evaluation) -> None:
    theme = THEMES["light"]
    kilometres, shares = zip(*result.curve, strict=True)
    axes.plot(kilometres, shares, color=BLUE, linewidth=2, zorder=3)
    axes.set_xscale("log")
    axes.set_ylim(0, 1.06)
    axes.set_xlim(kilometres[0], kilometres[-1])
    axes.grid(visible=True, color=theme.rule, linewidth=0.7)
    axes.set_xticks([1, 5, 10, 25, 50, 161, 1000], ["1", "5", "10", "25", "50", "161", "1,000"])
    axes.minorticks_off()
    axes.set_xlabel("Error, km (log scale)", color=theme.ink)
    axes.set_ylabel("Share of all rows placed within", color=theme.ink)
    for km, share in result.total.within_km.items():
        axes.plot([km], [share], "o", color=BLUE, markersize=5, zorder=4)
        axes.annotate(
            f"{share:.2f}", (km, share), xytext=(4, -12), textcoords="offset points",
            fontsize=9, color=theme.ink,
        )  # fmt: skip


def _bars(axes: Any, result: Evaluation) -> None:
    theme = THEMES["light"]
    groups = list(result.by_location_precision.items())[::-1]
    labels = [f"{name.replace('_', ' ')} ({group.rows:,})" for name, group in groups]
    places = range(len(groups))
    axes.barh(places, [1.0] * len(groups), color=theme.sea, height=0.62)
    axes.barh(places, [group.within_km[25] for _, group in groups], color=BLUE, height=0.62)
    for at, (_, group) in enumerate(groups):
        axes.text(1.02, at, f"{group.within_km[25]:.2f}", va="center", fontsize=9, color=theme.ink)
    axes.set_yticks(list(places), labels)
    axes.set_xlim(0, 1.12)
    axes.set_xticks([0, 0.5, 1])
    axes.set_xlabel("Share within 25 km, by class of the answer", color=theme.ink)
