"""Map page."""

from __future__ import annotations

import streamlit as st
from streamlit_folium import st_folium

from dashboard.map.layers import AtlasMap, incident_group
from dashboard.session import open_project
from geodata.filters import Filter


def render() -> None:
    """Draw the page."""
    store = open_project()
    where = Filter.from_params({k: st.query_params.get_all(k) for k in st.query_params})
    minimum = st.sidebar.number_input("Minimum", 0, 100, 0)
    st.write(where.sentence(), minimum)
    with st.container(key="atlas-map"):
        said = st_folium(
            AtlasMap(),
            key="map",
            height=520,
            use_container_width=True,
            returned_objects=[],
            feature_group_to_add=incident_group(
                f"min_killed={minimum}" if minimum else "", revision=store.revision()
            ),
        )
    st.write(said)
