"""Colours of a snapshot: two greys and a faint blue under the data, and ink."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Style = Literal["light", "dark"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Colours as ``#rrggbb``."""

    paper: str
    sea: str
    land: str
    beyond: str  # land of countries without incidents
    country: str
    province: str
    coast: str
    ink: str
    faint: str
    label: str
    rule: str


THEMES: dict[str, Theme] = {
    "light": Theme(
        paper="#ffffff",
        sea="#e7eef3",
        land="#fbfaf8",
        beyond="#f1f0ed",
        country="#8d959c",
        province="#cfd3d6",
        coast="#b3bec7",
        ink="#1c2126",
        faint="#6b737a",
        label="#767e86",
        rule="#dde1e4",
    ),
    "dark": Theme(
        paper="#15181b",
        sea="#10161b",
        land="#262b30",
        beyond="#1f2327",
        country="#66707a",
        province="#3a4147",
        coast="#38424b",
        ink="#e8ebee",
        faint="#98a1a9",
        label="#98a1a9",
        rule="#30373d",
    ),
}
