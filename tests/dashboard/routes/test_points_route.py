"""``/map/points`` and ``/map/incidents``: what the map asks for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from map_examples import HOSTILE, incident
from starlette.testclient import TestClient  # noqa: TID251 - the routes are tested as starlette runs them

from dashboard.routes.points import MAX_IDS
from geodata.filters import Filter
from geodata.precision import DatePrecision
from geodata.store import Store


def test_points_are_columns_of_equal_length(client: TestClient) -> None:
    answer = client.get("/map/points").json()
    columns = ("id", "lat", "lon", "group", "precision", "draft", "area", "day", "span")
    assert {len(answer[name]) for name in columns} == {answer["count"]}


def test_points_say_the_days_on_which_they_may_have_happened(
    client: TestClient, served: Store
) -> None:
    vague = incident("vague", event_date=date(1969, 12, 1), event_date_end=date(1969, 12, 31),
                     date_precision=DatePrecision.MONTH)  # fmt: skip
    undated = incident("undated", event_date=None, date_precision=DatePrecision.UNKNOWN)
    with served.atomic():
        served.add_incidents([vague, undated])
    answer = client.get("/map/points").json()
    said = {
        name: (day, span)
        for name, day, span in zip(answer["id"], answer["day"], answer["span"], strict=True)
    }
    assert said["vague"] == (-31, 30)
    assert said["undated"] == (None, 0)
    assert said["town"] == ((date(2021, 3, 1) - date(1970, 1, 1)).days, 0)
    with served.atomic():
        for name in ("vague", "undated"):
            served.update_incident(name, {"status": "rejected"}, who="test")


def test_points_are_the_incidents_that_the_totals_call_mapped(
    client: TestClient, served: Store
) -> None:
    assert client.get("/map/points").json()["count"] == served.totals(Filter()).mapped == 6


def test_a_filter_in_the_address_filters(client: TestClient) -> None:
    answer = client.get("/map/points?district=Mastung&since=2021-08-01").json()
    assert answer["id"] == ["district-2"]


def test_incidents_known_only_to_a_district_share_one_area(client: TestClient) -> None:
    answer = client.get("/map/points?precision=district").json()
    assert answer["areas"] == [{"name": "Mastung", "kind": "district"}]
    assert answer["area"] == [0, 0]


def test_bounds_are_west_south_east_north(client: TestClient) -> None:
    assert client.get("/map/points?group=Islamic State&precision=near").json()["bounds"] == [
        71.5,
        34.0,
        71.5,
        34.0,
    ]


def test_no_match_is_an_answer_without_bounds(client: TestClient) -> None:
    answer = client.get("/map/points?group=Nobody").json()
    assert answer["count"] == 0
    assert "bounds" not in answer


@pytest.mark.parametrize(
    "query",
    [
        "since=yesterday",
        "min_killed=-1",
        "min_killed=1e9",
        "bbox=1,2,3",
        "bbox=nan,0,1,1",
        "precision=exact",
        "status=%27%3B%20DROP%20TABLE%20incidents%3B%20--",
        "type=Picnic",
        "text=" + "x" * 300,
        "group=" + "x" * 9_000,
    ],
)
def test_a_filter_that_cannot_be_read_is_400_with_one_line(client: TestClient, query: str) -> None:
    answer = client.get(f"/map/points?{query}")
    assert answer.status_code == 400
    assert "\n" not in answer.json()["error"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["group", "text", "district", "bbox"]), st.text()))
def test_no_query_breaks_the_server(client: TestClient, params: dict[str, str]) -> None:
    assert client.get("/map/points", params=params).status_code in (200, 400)


def test_an_unchanged_answer_is_not_sent_twice(client: TestClient) -> None:
    tag = client.get("/map/points?group=Islamic+State").headers["etag"]
    again = client.get("/map/points?group=Islamic+State", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_the_etag_differs_by_filter_and_by_revision(client: TestClient, served: Store) -> None:
    first = client.get("/map/points").headers["etag"]
    assert client.get("/map/points?group=X").headers["etag"] != first
    with served.atomic():
        served.add_incidents([incident("later")])
    assert client.get("/map/points").headers["etag"] != first
    with served.atomic():
        served.update_incident("later", {"status": "rejected"}, who="test")


def test_a_pop_up_says_headline_quote_source_and_precision(client: TestClient) -> None:
    (said,) = client.get("/map/incidents?id=hostile").json()["incidents"]
    assert said["headline"].startswith("Armed clash: ")
    assert "Two people died near Quetta on Monday." in said["quote"]
    assert said["source"].startswith("The Courier, ")
    assert said["precision"].startswith("placed at ")


def test_hostile_text_travels_as_json_and_is_not_sniffed_as_html(client: TestClient) -> None:
    answer = client.get("/map/incidents?id=hostile")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert HOSTILE in answer.json()["incidents"][0]["headline"]


def test_pop_ups_come_in_the_order_they_were_asked(client: TestClient) -> None:
    answer = client.get("/map/incidents?id=near&id=gone&id=town").json()
    assert [said["id"] for said in answer["incidents"]] == ["near", "town"]


def test_an_unknown_incident_is_404(client: TestClient) -> None:
    assert client.get("/map/incidents?id=../../etc/passwd").status_code == 404


@pytest.mark.parametrize("query", ["", "?" + "&".join(["id=x"] * (MAX_IDS + 1))])
def test_none_or_too_many_incidents_is_400(client: TestClient, query: str) -> None:
    assert client.get("/map/incidents" + query).status_code == 400
