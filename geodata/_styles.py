"""The style that QGIS opens the incidents layer with.

One rule: how a point is drawn says how exactly its place is known. A town is a filled dot; a
district or province is an open ring, never a sharp pin; a country or an unknown place is a faint
small cross that says "somewhere in here".
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from geodata.precision import LOCATION_WORDS, LocationPrecision

STYLE_NAME = "Incidents by precision"

_INK = "31,78,121"
_LOOKS: dict[LocationPrecision, tuple[str, float, bool]] = {
    # class: (QGIS marker, size in mm, filled)
    LocationPrecision.SITE: ("circle", 2.0, True),
    LocationPrecision.SETTLEMENT: ("circle", 2.6, True),
    LocationPrecision.NEAR: ("circle", 4.0, False),
    LocationPrecision.DISTRICT: ("circle", 7.0, False),
    LocationPrecision.PROVINCE: ("circle", 12.0, False),
    LocationPrecision.SEA: ("diamond", 5.0, False),
    LocationPrecision.COUNTRY: ("cross", 2.0, False),
    LocationPrecision.UNKNOWN: ("cross", 1.6, False),
}


def incidents_qml() -> str:
    """Give the QML of the incidents layer: one category per class of location precision."""
    categories, symbols = [], []
    for number, (precision, (marker, size, filled)) in enumerate(_LOOKS.items()):
        label = LOCATION_WORDS[precision]
        categories.append(
            f'<category value={quoteattr(precision.value)} symbol="{number}" '
            f'label={quoteattr(label)} render="true"/>'
        )
        symbols.append(_symbol(number, marker, size, filled))
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        '<qgis version="3.28" styleCategories="Symbology">'
        '<renderer-v2 type="categorizedSymbol" attr="location_precision" '
        'enableorderby="0" symbollevels="0" forceraster="0">'
        f"<categories>{''.join(categories)}</categories>"
        f"<symbols>{''.join(symbols)}</symbols>"
        "</renderer-v2></qgis>"
    )


OUTLINE_STYLE_NAME = "Outlines"


def outlines_qml() -> str:
    """Give the QML of a layer of boundaries: lines alone, so that nothing below them is hidden."""
    options = {"style": "no", "outline_color": "120,120,120,255", "outline_width": "0.26"}
    rows = "".join(
        f'<Option type="QString" name="{name}" value="{value}"/>' for name, value in options.items()
    )
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        '<qgis version="3.28" styleCategories="Symbology">'
        '<renderer-v2 type="singleSymbol" enableorderby="0" symbollevels="0" forceraster="0">'
        '<symbols><symbol type="fill" name="0" alpha="1" clip_to_extent="1">'
        '<layer class="SimpleFill" enabled="1" locked="0" pass="0">'
        f'<Option type="Map">{rows}</Option></layer></symbol></symbols>'
        "</renderer-v2></qgis>"
    )


def _symbol(number: int, marker: str, size: float, filled: bool) -> str:
    options = {
        "name": marker,
        "color": f"{_INK},{200 if filled else 0}",
        "outline_color": f"{_INK},{255 if filled else 160}",
        "outline_width": "0.2" if filled else "0.4",
        "outline_width_unit": "MM",
        "size": f"{size:g}",
        "size_unit": "MM",
    }
    rows = "".join(
        f'<Option type="QString" name="{name}" value="{value}"/>' for name, value in options.items()
    )
    return (
        f'<symbol type="marker" name="{number}" alpha="1" clip_to_extent="1">'
        f'<layer class="SimpleMarker" enabled="1" locked="0" pass="0">'
        f'<Option type="Map">{rows}</Option></layer></symbol>'
    )
