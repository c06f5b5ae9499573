"""Text on a snapshot: made safe to draw, measured, wrapped and shortened to a width."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

MOST_CHARACTERS = 600
"""A longer text is cut before it is wrapped: nothing on the page shows more."""

FONT = "DejaVu Sans"
"""Comes with matplotlib, so that a snapshot looks the same on every machine."""

Weight = Literal["normal", "bold"]
Align = Literal["left", "center", "right"]


@lru_cache(maxsize=1)
def _known_letters() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset(get_font(findfont(FontProperties(family=FONT))).get_charmap())


@lru_cache(maxsize=1)
def _shapes_scripts() -> bool:
    from matplotlib import ft2font

    # Without libraqm (matplotlib before 3.11) letters that run from the right come out reversed.
    return hasattr(ft2font, "__libraqm_version__")


def printable(text: str) -> str:
    """One line of text that the font can draw.

    Control and direction characters go; letters the font lacks are written in Latin letters.
    """
    from anyascii import anyascii

    line = " ".join(unicodedata.normalize("NFC", text[:MOST_CHARACTERS]).split())
    known = _known_letters()
    out = []
    for letter in line:
        if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            continue
        from_right = unicodedata.bidirectional(letter) in ("R", "AL", "AN")
        if ord(letter) in known and (_shapes_scripts() or not from_right):
            out.append(letter)
        else:
            out.append(anyascii(letter))
    return "".join(out).strip()


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes on a page whose unit is the inch."""

    axes: Axes
    renderer: Any
    dpi: float

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str,
        *,
        weight: Weight = "normal",
        align: Align = "left",
        **options: Any,
    ) -> Text:
        """Write one line with its baseline at y; `options` are matplotlib text properties."""
        return self.axes.text(
            x,
            y,
            text,
            fontsize=size,
            color=colour,
            family=FONT,
            weight=weight,
            ha=align,
            va=options.pop("va", "baseline"),
            parse_math=False,  # a dollar sign is a dollar sign
            **options,
        )

    def width(self, text: str, size: float, weight: Weight = "normal") -> float:
        """Width of a line in inches."""
        from matplotlib.font_manager import FontProperties

        font = FontProperties(family=FONT, size=size, weight=weight)
        wide, _, _ = self.renderer.get_text_width_height_descent(text, font, ismath=False)
        return float(wide) / self.dpi

    def shortened(self, text: str, size: float, room: float, weight: Weight = "normal") -> str:
        """Text that fits the room, with an ellipsis where it was cut."""
        if self.width(text, size, weight) <= room:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.width(text[:middle].rstrip() + "…", size, weight) <= room
            low, high = (middle, high) if fits else (low, middle - 1)
        return text[:low].rstrip() + "…"

    def wrapped(
        self, text: str, size: float, room: float, *, lines: int, weight: Weight = "normal"
    ) -> list[str]:
        """At most so many lines of at most so many inches; the last one is shortened."""
        out: list[str] = []
        words = text.split()
        while words and len(out) < lines - 1:
            taken = 1
            while taken < len(words):
                if self.width(" ".join(words[: taken + 1]), size, weight) > room:
                    break
                taken += 1
            out.append(self.shortened(" ".join(words[:taken]), size, room, weight))
            words = words[taken:]
        if words:
            out.append(self.shortened(" ".join(words), size, room, weight))
        return out
