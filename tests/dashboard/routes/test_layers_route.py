"""``/map/layers``, ``hexagons``, ``areas``, ``shapes``, ``change``: asked as the map asks them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient  # noqa: TID251 - the routes are tested as starlette runs them

from geodata.filters import Filter
from geodata.store import Store
from tests.dashboard.map_examples import HOSTILE, incident
from tests.geodata.boundary_examples import LAYER, areas

WORLD = "-180,-85,180,85"
PERIOD = "since=2021-08-01&until=2021-08-31"


def test_layers_tell_their_colours_and_that_there_are_no_boundaries(client: TestClient) -> None:
    facts = client.get("/map/layers").json()
    assert facts["bounded"] == {"districts": False, "provinces": False}
    assert len(facts["ramps"]["sequential"]) == len(facts["ramps"]["diverging"]) == 7


def test_hexagons_hold_what_is_known_to_a_place(client: TestClient, served: Store) -> None:
    answer = client.get(f"/map/hexagons/5/{WORLD}").json()
    assert sum(answer["n"]) + answer["stacked"] == served.totals(Filter()).mapped
    assert answer["stacked"] == 2
    columns = ("id", "n", "killed", "shape")
    assert len({len(answer[name]) for name in columns}) == 1


def test_the_pop_up_of_a_hexagon_tells_numbers_groups_and_incidents(client: TestClient) -> None:
    answer = client.get(f"/map/hexagons/5/{WORLD}").json()
    for cell, n, killed in zip(answer["id"], answer["n"], answer["killed"], strict=True):
        said = client.get(f"/map/hexagons/5/members/{cell}").json()
        assert (said["n"], said["killed"], len(said["incidents"])) == (n, killed, n)
        assert sum(group["n"] for group in said["groups"]) == n
    town = max(answer["n"])
    assert town == 2


def test_areas_without_boundaries_are_named_places(client: TestClient) -> None:
    answer = client.get("/map/areas/districts").json()
    counts = dict(zip(answer["name"], answer["incidents"], strict=True))
    assert counts == {"Quetta": 2, "Mastung": 2, "Hyderabad": 1, "Peshawar": 1}
    number = answer["at"][answer["name"].index("Mastung")]
    said = client.get(f"/map/areas/districts/members/{number}").json()
    assert {one["id"] for one in said["incidents"]} == {"district-1", "district-2"}
    assert client.get("/map/shapes/districts/0").json() == {"names": [], "rings": []}


def test_change_has_both_periods(client: TestClient) -> None:
    answer = client.get(f"/map/change/areas/districts?{PERIOD}").json()
    assert dict(zip(answer["name"], answer["n"], strict=True)) == {"Mastung": 1, "Peshawar": 1}
    assert answer["before_period"] == "1 Jul – 31 Jul 2021"
    hexagons = client.get(f"/map/change/hexagons/5/{WORLD}?{PERIOD}").json()
    said = client.get(f"/map/change/hexagons/5/members/{hexagons['id'][0]}?{PERIOD}").json()
    assert (said["n"], said["before"]["n"]) == (1, 0)


def test_hostile_names_travel_as_json(client: TestClient) -> None:
    answer = client.get("/map/hexagons/5/68,25,69,26")
    said = client.get(f"/map/hexagons/5/members/{answer.json()['id'][0]}")
    assert said.headers["content-type"] == "application/json"
    assert said.headers["x-content-type-options"] == "nosniff"
    assert HOSTILE in [group["name"] for group in said.json()["groups"]]


@pytest.mark.parametrize(
    "path",
    [
        "/map/hexagons/99/-180,-85,180,85",
        "/map/hexagons/5/here",
        "/map/hexagons/5/nan,1,4,2",
        "/map/hexagons/5/members/85283473fffffff0",
        "/map/hexagons/5/members/zzzzzzzzzzzzzzz",
        "/map/hexagons/5/members/85283473fffffff",  # of another zoom level
        "/map/hexagons/5/-180,-85,180,85?since=yesterday",
        "/map/areas/counties",
        "/map/areas/districts?min_killed=-1",
        "/map/areas/districts/members/99999",
        "/map/shapes/counties/1",
        "/map/shapes/districts/99",
        "/map/change/areas/districts",
        "/map/change/areas/districts?since=2021-01-01",
        "/map/change/hexagons/5/-180,-85,180,85?since=0001-01-01&until=0001-02-01",
        "/map/points?colour=weather",
        "/map/cells/5/-180,-85,180,85?colour=weather",
    ],
)
def test_what_cannot_be_read_is_400_with_one_line(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "\n" not in answer.json()["error"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["hexagons/5/", "hexagons/5/members/", "areas/", "change/areas/"]),
    word=st.text(
        st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="?#/%"), min_size=1
    ),
)
def test_no_path_breaks_the_server(client: TestClient, path: str, word: str) -> None:
    assert client.get(f"/map/{path}{word}").status_code in (200, 400, 404)


@pytest.mark.parametrize(
    "path", [f"/map/hexagons/5/{WORLD}", "/map/areas/districts", "/map/layers"]
)
def test_an_answer_that_the_browser_has_is_not_sent_again(client: TestClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    other = client.get(path + "?group=X", headers={"If-None-Match": tag})
    assert other.status_code == 200


def test_colour_is_told_apart_by_the_etag_and_is_no_part_of_the_filter(client: TestClient) -> None:
    plain, by_type = client.get("/map/points"), client.get("/map/points?colour=type")
    assert plain.headers["etag"] != by_type.headers["etag"]
    assert plain.json()["count"] == by_type.json()["count"]
    assert [group["name"] for group in by_type.json()["groups"]] == ["Battles"]


def test_outlines_are_kept_while_the_boundaries_stay(client: TestClient, served: Store) -> None:
    with served.atomic():
        served.add_boundaries(LAYER, areas())
    first = client.get("/map/shapes/districts/1")
    assert first.json()["names"] == ["Zlin", "Ostrava", "Opava", "Karvina"]
    assert client.get("/map/layers").json()["bounded"]["districts"] is True
    with served.atomic():
        served.add_incidents([incident("later-still")])
    tag = {"If-None-Match": first.headers["etag"]}
    assert client.get("/map/shapes/districts/1", headers=tag).status_code == 304
    with served.atomic():
        served.update_incident("later-still", {"status": "rejected"}, who="test")
        served.remove_boundaries("cz")
    assert client.get("/map/shapes/districts/1", headers=tag).json()["names"] == []
