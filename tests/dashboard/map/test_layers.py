"""The folium map stays the same; what changes travels in one layer."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from map_examples import HOSTILE
from streamlit_folium import _get_feature_group_string, _get_map_string, generate_js_hash

from dashboard import _assets
from dashboard.map.layers import AtlasMap, incident_group, script_string


def map_script() -> str:
    drawn = AtlasMap()
    drawn.get_root().render()
    return str(_get_map_string(drawn))


def layer_script(query: str, selected: str = "") -> str:
    drawn = AtlasMap()
    group = incident_group(query, revision=1, selected=selected)
    return str(_get_feature_group_string(group, map=drawn))


def options_of(script: str) -> dict[str, Any]:
    (text,) = re.findall(r'atlas\.incidents\(("[^"]*")\)', script)
    options: dict[str, Any] = json.loads(json.loads(text))
    return options


def test_the_map_is_the_same_on_every_run_so_that_its_frame_stays() -> None:
    assert generate_js_hash(map_script(), "map") == generate_js_hash(map_script(), "map")
    assert "map_div" in map_script()


def test_every_script_and_style_comes_from_our_own_server() -> None:
    drawn = AtlasMap()
    for _, address in [*drawn.default_js, *drawn.default_css]:
        assert re.fullmatch(r"/assets/[\w./-]+\?v=[0-9a-f]{12}", address)


def test_the_frame_asks_for_one_script_that_begins_with_leaflet() -> None:
    (script,) = _assets.map_scripts()
    assert script.content.index(b"Leaflet") < script.content.index(b"window.atlas")


def test_without_the_brought_files_the_same_version_comes_from_the_cdn(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr(_assets, "VENDOR", tmp_path)
    addresses = [address for _, address in AtlasMap().default_js]
    assert addresses[0] == "https://cdn.jsdelivr.net/npm/leaflet@1.9.4/dist/leaflet.js"
    assert addresses[1].startswith("/assets/atlas/map.js?v=")
    assert not _assets.assets_present()


def test_the_layer_says_the_filter_and_differs_with_it() -> None:
    assert options_of(layer_script("group=Islamic+State"))["query"] == "group=Islamic+State"
    assert layer_script("group=A") != layer_script("group=B")


@pytest.mark.parametrize(
    "hostile",
    [
        HOSTILE,
        "';alert(1);'",
        "{{ 7 * 7 }}",
        "{% raw %}",
        "{{ 'x' }}",
        "\u2028</script>",
        "\\",
        "\U0001f600",
    ],
)
def test_hostile_words_cannot_leave_their_string(hostile: str) -> None:
    script = layer_script(f"text={quote(hostile)}", selected=hostile)
    assert options_of(script)["selected"] == hostile
    assert re.search(r'incidents\("(?:[0-9A-Za-z]|\\u[0-9a-f]{4})*"\)', script)


@given(st.text())
def test_a_script_string_reads_as_the_text_it_was_made_from(text: str) -> None:
    assert json.loads(script_string(text)) == text
