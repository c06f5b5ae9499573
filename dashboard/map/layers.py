"""The folium map and our layer on it; every script comes from our own server.

The map is the same on every run of the page, so that Streamlit keeps its frame. What changes with
the filter is one layer in `feature_group_to_add`, whose script holds the filter's query alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields

import folium
from branca.element import MacroElement
from folium.template import Template

from dashboard._assets import Asset, map_scripts, ours, vendored
from geodata.filters import Filter
from geodata.gazetteer.credits import place_credits

Point = tuple[float, float]
"""Latitude, longitude in degrees."""


def _links(assets: Iterable[Asset]) -> list[tuple[str, str]]:
    return [(asset.name, asset.url) for asset in assets]


class AtlasMap(folium.Map):
    """A map without tiles, whose base is drawn from our own outlines.

    folium would bring jQuery, Bootstrap and icon fonts from four foreign hosts; nothing here
    uses them.
    """

    def __init__(self) -> None:
        super().__init__(
            location=(20.0, 20.0),
            zoom_start=2,
            tiles=None,
            minZoom=2,  # folium gives its own min_zoom and max_zoom to the tiles alone
            maxZoom=15,
            control_scale=False,
            attributionControl=False,
            zoom_control=False,
            world_copy_jump=True,
        )
        styles = [asset for name, asset in vendored().items() if name.endswith(".css")]
        self.default_js = _links(map_scripts())
        self.default_css = _links([*styles, ours()["atlas/map.css"]])
        self.add_child(BaseLayer())


class BaseLayer(MacroElement):
    """Land, borders and labels from ``/base``, the controls and the attribution."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        atlas.start({{ this._parent.get_name() }}, {{ this.credits }}, {{ this.parts }});
        {% endmacro %}
    """)

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # branca has no types
        self._name = "AtlasBase"
        # Attributions of added gazetteers are somebody's text: the script puts them in as text.
        self.credits = script_string("; ".join(place_credits()[1:]))
        self.parts = json.dumps([part.name for part in fields(Filter)])


class IncidentLayer(MacroElement):
    """The incidents that match a filter, drawn on one canvas.

    `query` is `Filter.to_query`; `selected` the id of an incident to ring, and `point` where it is
    (latitude, longitude), None where it has no place.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
        atlas.incidents({{ this.options }}).addTo({{ this._parent.get_name() }});
        {% endmacro %}
    """)

    def __init__(
        self, query: str, *, revision: int, selected: str = "", point: Point | None = None
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # branca has no types
        self._name = "AtlasIncidents"
        # The revision makes the script differ after an ingest, so that the map asks again.
        options = {"query": query, "revision": revision, "selected": selected, "point": point}
        self.options = script_string(json.dumps(options))


def script_string(text: str) -> str:
    r"""Write a text as a JavaScript string in which only letters and digits stand as they are.

    folium renders what a template gives as a template again, so a text with ``{{ … }}`` would
    run on the server; streamlit-folium rewrites names in the script, and the browser evaluates
    it. None of them can read anything into ``\u007b``.
    """
    units = text.encode("utf-16-be", "surrogatepass")
    codes = [units[place] << 8 | units[place + 1] for place in range(0, len(units), 2)]
    plain = (
        chr(code) if code < 128 and chr(code).isalnum() else f"\\u{code:04x}" for code in codes
    )
    return '"' + "".join(plain) + '"'


def incident_group(
    query: str, *, revision: int, selected: str = "", point: Point | None = None
) -> folium.FeatureGroup:
    """Feature group for ``st_folium(feature_group_to_add=…)``."""
    group = folium.FeatureGroup(name="incidents", control=False)
    IncidentLayer(query, revision=revision, selected=selected, point=point).add_to(group)
    return group
