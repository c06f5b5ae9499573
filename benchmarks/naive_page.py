"""The page one would write first: one folium marker per row; peer of `benchmarks/dashboard.py`.

Serves itself: python benchmarks/naive_page.py PORT, with NAIVE_STORE and NAIVE_SCRIPTS set.
"""

# ruff: noqa: TID251 - the peer is a page of its own, no part of the project

from __future__ import annotations

import os
import sys

from streamlit import runtime


def page() -> None:
    """Draw every matching incident as a CircleMarker with a Popup in a MarkerCluster."""
    import folium
    import folium.plugins
    import streamlit as st
    from streamlit_folium import st_folium

    from geodata.filters import Filter
    from geodata.store import open_store

    folium.Map.default_js = [
        ("leaflet", "/peer/leaflet/dist/leaflet.js"),
        ("jquery", "/peer/jquery/dist/jquery.min.js"),
    ]
    folium.Map.default_css = [("leaflet_css", "/peer/leaflet/dist/leaflet.css")]
    cluster = "/peer/leaflet.markercluster/dist"
    folium.plugins.MarkerCluster.default_js = [("cluster", f"{cluster}/leaflet.markercluster.js")]
    folium.plugins.MarkerCluster.default_css = [("cluster", f"{cluster}/MarkerCluster.css")]

    st.set_page_config(layout="wide")
    filtered = st.button("Filter: 5 or more killed")
    with open_store(os.environ["NAIVE_STORE"], read_only=True) as store:
        frame = store.frame(Filter(min_killed=5 if filtered else None))
    drawn = frame[frame["latitude"].notna()]
    chart = folium.Map(location=(30, 60), zoom_start=4, tiles=None, maxZoom=18)
    marks = folium.plugins.MarkerCluster().add_to(chart)
    for row in drawn.itertuples():
        folium.CircleMarker(
            (row.latitude, row.longitude),
            radius=5,
            popup=folium.Popup(f"{row.event_date}: {row.actor1}, {row.killed_best} killed"),
        ).add_to(marks)
    st_folium(chart, use_container_width=True, height=520, returned_objects=[])


def serve(port: int) -> None:
    """Serve this page and its scripts."""
    import streamlit as st
    import uvicorn
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles
    from streamlit import config

    config.set_option("browser.gatherUsageStats", False)
    config.set_option("server.fileWatcherType", "none")
    scripts = Mount("/peer", StaticFiles(directory=os.environ["NAIVE_SCRIPTS"]))
    uvicorn.run(st.App(__file__, routes=[scripts]), port=port, log_level="warning")


if runtime.exists():  # Streamlit runs this file for every visitor
    page()
else:
    serve(int(sys.argv[1]))
