"""``/map/cells``: a large project in cells of what is in view, with the words of their members."""

from __future__ import annotations

from datetime import date

import pytest
from map_examples import incident
from starlette.testclient import TestClient  # noqa: TID251 - the routes are tested as starlette runs them

from dashboard.map import cells as module
from geodata.filters import Filter
from geodata.precision import DatePrecision
from geodata.store import Store

WORLD = "-180,-85,180,85"


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a handful of incidents a large project."""
    monkeypatch.setattr(module, "MOST_POINTS", 2)
    monkeypatch.setattr("dashboard.answers.MOST_IN_STORE", 2)


def test_points_of_a_large_project_are_only_what_to_ask_cells_by(
    client: TestClient, served: Store
) -> None:
    head = client.get("/map/points").json()
    assert head["cells"] is True
    assert "id" not in head
    assert head["count"] == served.totals(Filter()).mapped == sum(n for _, n in head["legend"])
    west, south, east, north = head["bounds"]
    assert west <= east
    assert south <= north


def test_points_give_the_cells_of_a_view_with_them_where_it_is_told(client: TestClient) -> None:
    head = client.get("/map/points").json()
    both = client.get(f"/map/points?view=4/{WORLD}").json()
    assert both.pop("view") == client.get(f"/map/cells/4/{WORLD}").json()
    assert both == head
    few = client.get(f"/map/points?district=Mastung&since=2021-08-01&view=4/{WORLD}").json()
    assert "view" not in few


@pytest.mark.parametrize("view", ["99/0,0,1,1", "-1/0,0,1,1", "4", "4/", "4/1,0,0,1", "x/0,0,1,1"])
def test_a_view_that_cannot_be_read_is_told_in_one_line(client: TestClient, view: str) -> None:
    answer = client.get("/map/points", params={"view": view})
    assert answer.status_code == 400
    assert len(answer.json()["error"].splitlines()) == 1


def test_a_filter_that_leaves_few_gives_each_of_them(client: TestClient) -> None:
    assert client.get("/map/points?district=Mastung&since=2021-08-01").json()["id"] == [
        "district-2"
    ]


@pytest.mark.parametrize("zoom", [0, 4, 9, 18])
def test_the_cells_of_the_world_hold_every_incident(
    client: TestClient, served: Store, zoom: int
) -> None:
    answer = client.get(f"/map/cells/{zoom}/{WORLD}").json()
    columns = ("lat", "lon", "n", "draft", "precision", "mix", "key", "area")
    assert {len(answer[name]) for name in columns} == {answer["count"]}
    assert sum(answer["n"]) == served.totals(Filter()).mapped
    assert [sum(mix[1::2]) for mix in answer["mix"]] == answer["n"]


def test_a_view_holds_only_what_it_shows(client: TestClient) -> None:
    answer = client.get("/map/cells/9/71,33.5,72,34.5").json()
    assert (answer["count"], answer["total"]) == (1, 6)
    assert (answer["lat"][0], answer["lon"][0]) == (34.0, 71.5)


def test_a_view_over_a_copy_of_the_world_shows_the_same(client: TestClient) -> None:
    here, there = (client.get(f"/map/cells/9/{view}").json() for view in (
        "71,33.5,72,34.5", "431,33.5,432,34.5"))  # fmt: skip
    assert here == there


def test_districts_are_named_stacks(client: TestClient) -> None:
    answer = client.get(f"/map/cells/9/{WORLD}").json()
    named = [answer["areas"][at]["name"] for at in answer["area"] if at >= 0]
    assert "Mastung" in named


def test_members_of_cells_are_told_as_in_any_pop_up(client: TestClient) -> None:
    cells = client.get(f"/map/cells/9/{WORLD}").json()
    for key, n in zip(cells["key"], cells["n"], strict=True):
        told = client.get(f"/map/cells/9/members/{key}").json()["incidents"]
        assert len(told) == n
        assert all(one["headline"] for one in told)


@pytest.mark.parametrize(
    "path",
    [
        "/map/cells/9/here",
        "/map/cells/9/1,2,3",
        "/map/cells/9/5,1,4,2",
        "/map/cells/9/nan,1,4,2",
        "/map/cells/99/-180,-85,180,85",
        "/map/cells/9/-180,-85,180,85?since=yesterday",
        "/map/cells/9/members/first",
        "/map/cells/9/members/999999999",
    ],
)
def test_what_cannot_be_read_is_one_line(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "\n" not in answer.json()["error"]


def test_a_view_that_the_browser_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"/map/cells/4/{WORLD}")
    again = client.get(f"/map/cells/4/{WORLD}", headers={"If-None-Match": first.headers["ETag"]})
    other = client.get(f"/map/cells/5/{WORLD}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, other.status_code) == (304, 200)


def test_an_edit_is_seen_at_once(client: TestClient, served: Store) -> None:
    before = sum(client.get(f"/map/cells/4/{WORLD}").json()["n"])
    with served.atomic():
        served.update_incident("district-2", {"status": "rejected"}, who="Amina", why="twin")
    assert sum(client.get(f"/map/cells/4/{WORLD}").json()["n"]) == before - 1


def test_a_period_says_how_many_may_be_of_other_days(client: TestClient, served: Store) -> None:
    may = {"event_date": date(2022, 5, 1), "event_date_end": date(2022, 5, 31)}
    with served.atomic():
        served.add_incidents([incident("may", date_precision=DatePrecision.MONTH, **may)])
    for period, said in {
        "since=2022-05-03&until=2022-05-09": (1, 1),
        "since=2022-05-01&until=2022-05-31": (1, 0),
        "since=2022-06-01&until=2022-06-30": (0, 0),
        "since=2022-05-03": (1, 0),
    }.items():
        answer = client.get(f"/map/cells/4/{WORLD}?{period}").json()
        assert (answer["total"], answer["loose"]) == said
    with served.atomic():
        served.update_incident("may", {"status": "rejected"}, who="test")
