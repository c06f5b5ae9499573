"""Pages that one would write first, peers of `benchmarks/dashboard.py`; PEER names the kind.

``naive``: one folium CircleMarker with a Popup per row in a MarkerCluster; ``fast``: folium's
FastMarkerCluster of bare points; ``deck``: points on deck.gl (``st.pydeck_chart``). Each serves
itself: python benchmarks/peer_page.py PORT, with PEER, PEER_STORE and PEER_SCRIPTS set.
"""

# ruff: noqa: TID251 - the peer is a page of its own, no part of the project

from __future__ import annotations

import os
import sys
from typing import Any

from streamlit import runtime


def page() -> None:
    """Draw every matching incident, then say how many; a button changes the filter."""
    import streamlit as st

    st.set_page_config(layout="wide")
    least = 5 if st.button("Filter: 5 or more killed") else 0
    frame = _incidents()
    drawn = frame[frame["killed_best"] >= least]
    {"naive": _naive, "fast": _fast, "deck": _deck}[os.environ["PEER"]](drawn)
    st.html(f'<p id="drawn" data-n="{len(drawn)}">{len(drawn)} incidents</p>')


def _incidents() -> Any:
    """Rows with a place, read once for all visitors: the peers are measured at their best."""
    import streamlit as st

    @st.cache_resource
    def read(path: str) -> Any:
        from geodata.filters import Filter
        from geodata.store import open_store

        columns = ["event_date", "actor1", "killed_best", "latitude", "longitude"]
        with open_store(path, read_only=True) as store:
            frame = store.frame(Filter(), columns)
        return frame[frame["latitude"].notna()].drop(columns="geometry")

    return read(os.environ["PEER_STORE"])


def _folium_map() -> Any:
    import folium
    import folium.plugins

    folium.Map.default_js = [
        ("leaflet", "/peer/leaflet/dist/leaflet.js"),
        ("jquery", "/peer/jquery/dist/jquery.min.js"),
    ]
    folium.Map.default_css = [("leaflet_css", "/peer/leaflet/dist/leaflet.css")]
    cluster = "/peer/leaflet.markercluster/dist"
    for kind in (folium.plugins.MarkerCluster, folium.plugins.FastMarkerCluster):
        kind.default_js = [("cluster", f"{cluster}/leaflet.markercluster.js")]
        kind.default_css = [("cluster", f"{cluster}/MarkerCluster.css")]
    return folium.Map(location=(30, 60), zoom_start=4, tiles=None, maxZoom=18)


def _naive(drawn: Any) -> None:
    import folium
    import folium.plugins
    from streamlit_folium import st_folium

    chart = _folium_map()
    marks = folium.plugins.MarkerCluster().add_to(chart)
    for row in drawn.itertuples():
        folium.CircleMarker(
            (row.latitude, row.longitude),
            radius=5,
            popup=folium.Popup(f"{row.event_date}: {row.actor1}, {row.killed_best} killed"),
        ).add_to(marks)
    st_folium(chart, use_container_width=True, height=520, returned_objects=[])


def _fast(drawn: Any) -> None:
    import folium.plugins
    from streamlit_folium import st_folium

    chart = _folium_map()
    places = drawn[["latitude", "longitude"]].to_numpy().tolist()
    # The usual callback draws icons of a font from a foreign host.
    plain = "function callback(row) { return L.circleMarker(row, {radius: 5}); }"
    folium.plugins.FastMarkerCluster(places, callback=plain).add_to(chart)
    st_folium(chart, use_container_width=True, height=520, returned_objects=[])


def _deck(drawn: Any) -> None:
    import pydeck
    import streamlit as st

    layer = pydeck.Layer(
        "ScatterplotLayer",
        drawn[["longitude", "latitude"]],
        get_position=["longitude", "latitude"],
        get_radius=20_000,
        get_fill_color=[66, 140, 255],
    )
    view = pydeck.ViewState(latitude=30, longitude=60, zoom=3)
    st.pydeck_chart(
        pydeck.Deck(layers=[layer], initial_view_state=view, map_provider=None, map_style=None)
    )


def serve(port: int) -> None:
    """Serve this page and its scripts."""
    import streamlit as st
    import uvicorn
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles
    from streamlit import config

    config.set_option("browser.gatherUsageStats", False)
    config.set_option("server.fileWatcherType", "none")
    config.set_option("server.maxMessageSize", 1000)
    scripts = Mount("/peer", StaticFiles(directory=os.environ["PEER_SCRIPTS"]))
    uvicorn.run(
        st.App(__file__, routes=[scripts]), port=port, log_level="warning", ws_max_size=1 << 30
    )


if runtime.exists():  # Streamlit runs this file for every visitor
    page()
else:
    serve(int(sys.argv[1]))
