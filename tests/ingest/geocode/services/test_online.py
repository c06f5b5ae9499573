"""What a service says, and what goes wrong on the way."""

from __future__ import annotations

import copy
import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.errors import InputError, StoreError
from geodata.place import Outcome, PlaceQuery
from geodata.precision import LocationPrecision
from ingest.geocode.services import SERVICES, FirstFound, find_service, register
from ingest.geocode.services.cache import DAY_S, AnswerCache, canonical_request
from ingest.geocode.services.online import OnlineGeocoder
from ingest.geocode.services.readers import READERS
from tests.ingest.geocode.services.answers import GOOGLE, NOMINATIM, PHOTON


def nominatim(**changes: object) -> dict[str, object]:
    return copy.deepcopy(NOMINATIM[0]) | changes


def test_an_unknown_name_lists_the_known_ones_and_a_second_of_a_name_is_refused() -> None:
    with pytest.raises(InputError, match=r"'atlantis'.*nominatim, photon"):
        find_service("atlantis")
    with pytest.raises(InputError, match="'google' is registered"):
        register(SERVICES["google"])


def test_we_say_who_we_are_and_what_we_ask(ask, server) -> None:
    server.say(NOMINATIM)
    answer = ask("nominatim", country="Pakistan", admin1="Balochistan")
    path, agent = server.asked[0]
    assert agent.startswith("IncidentAtlas/")
    assert path.startswith("/search?q=Mach%2C+Balochistan&")
    assert "countrycodes=pk" in path
    assert answer.best.place.place_id == "nominatim:node/123"


def test_a_hint_the_service_does_not_know_is_left_out_the_second_time(ask, server) -> None:
    server.say([])
    server.say(NOMINATIM)
    assert ask("nominatim", admin2="Bolan").outcome is Outcome.FOUND
    assert [path.split("&")[0] for path, _ in server.asked] == [
        "/search?q=Mach%2C+Bolan", "/search?q=Mach",
    ]  # fmt: skip


def test_requests_are_a_second_apart(opened, server, clock) -> None:
    server.say([])
    service = opened("nominatim")
    for text in ("a", "b", "c"):
        service.geocode(PlaceQuery(text=text))
    assert clock.slept == [1.0, 1.0]


def test_containment_beats_importance(ask, server) -> None:
    famous = nominatim(osm_id=9, importance=0.99, lat="10", address={"country_code": "in"})
    server.say([famous, *NOMINATIM])
    assert ask("nominatim", country="PK").best.place.place_id == "nominatim:node/123"


def test_another_country_is_declined_with_its_candidates(ask, server) -> None:
    server.say(NOMINATIM)
    answer = ask("nominatim", country="IN")
    assert answer.outcome is Outcome.DECLINED
    assert "Pakistan, not in IN" in answer.note
    assert len(answer.candidates) == 1


def test_rivals_too_close_to_call_are_declined(ask, server) -> None:
    server.say([nominatim(), nominatim(osm_id=2, lat="25.0")])
    answer = ask("nominatim")
    assert answer.outcome is Outcome.DECLINED
    assert "too close to call" in answer.note


def test_another_name_is_declined(ask, server) -> None:
    server.say(NOMINATIM)
    assert ask("nominatim", "30 km south of Mach").outcome is Outcome.DECLINED


@pytest.mark.parametrize(
    ("changes", "precision"),
    [
        ({"class": "boundary", "type": "administrative", "addresstype": "state",
          "place_rank": 8}, LocationPrecision.PROVINCE),
        ({"class": "boundary", "type": "administrative", "addresstype": "district",
          "place_rank": 12}, LocationPrecision.DISTRICT),
        ({"class": "boundary", "type": "administrative", "addresstype": "country",
          "place_rank": 4}, LocationPrecision.COUNTRY),
        ({"class": "boundary", "type": "administrative", "addresstype": "city",
          "place_rank": 12}, LocationPrecision.SETTLEMENT),
        ({"class": "building", "type": "house", "addresstype": "building"}, LocationPrecision.SITE),
        ({"class": "highway", "type": "primary", "addresstype": "road"},
         LocationPrecision.SETTLEMENT),
        ({"class": "natural", "type": "valley", "addresstype": "valley"}, LocationPrecision.NEAR),
    ],
)  # fmt: skip
def test_the_kind_decides_the_precision(changes, precision, ask, server) -> None:
    server.say([nominatim(**changes)])
    assert ask("nominatim").candidates[0].location_precision is precision


def test_503_then_success(ask, server, clock) -> None:
    server.say("busy", status=503)
    server.say(NOMINATIM)
    assert ask("nominatim").outcome is Outcome.FOUND
    assert clock.slept == [1.0]


def test_retry_after_is_kept(ask, server, clock) -> None:
    server.say("slow down", status=429, Retry_After="7")
    server.say(NOMINATIM)
    assert ask("nominatim").outcome is Outcome.FOUND
    assert clock.slept == [7.0]


def test_retries_end_and_then_the_service_is_left_alone(opened, server) -> None:
    server.say("slow down", status=429)
    service = opened("nominatim")
    assert "quota" in service.geocode(PlaceQuery(text="Mach")).note
    assert "not asked again" in service.geocode(PlaceQuery(text="Quetta")).note
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("geonames", {"status": {"value": 19, "message": "hourly limit exceeded"}}, "quota"),
        ("geonames", {"status": {"value": 10, "message": "user does not exist"}}, "refused"),
        ("google", {"status": "OVER_QUERY_LIMIT", "results": []}, "quota"),
        ("google", {"status": "REQUEST_DENIED", "results": []}, "ATLAS_GOOGLE_KEY"),
        ("arcgis", {"error": {"code": 498, "message": "Invalid token"}}, "refused"),
    ],
)
def test_errors_that_come_with_http_200(name, body, words, ask, server, cache) -> None:
    server.say(body)
    answer = ask(name)
    assert answer.outcome is Outcome.FAILED
    assert words in answer.note
    assert not cache.path.exists()


@pytest.mark.parametrize(
    "body", ["[{", "<html>Welcome</html>", "null", "[1]", "[" * 100_000, '[{"lat": "x"}]']
)
def test_a_broken_answer_is_failed_and_not_kept(body, ask, server, cache) -> None:
    server.say(body)
    answer = ask("nominatim")
    assert answer.outcome is Outcome.FAILED
    assert "broken answer" in answer.note
    assert not cache.path.exists()


def test_a_huge_answer_is_not_read(ask, server) -> None:
    server.say("[" + " " * 5_000_000 + "]")
    assert "longer than" in ask("nominatim").note


def test_a_redirect_to_another_host_is_not_followed(ask, server) -> None:
    server.say("", status=302, Location="http://elsewhere.invalid/")
    assert "another host" in ask("nominatim").note


def test_no_server_is_one_clear_line(opened) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: refused
        answer = opened("nominatim", url=f"http://127.0.0.1:{taken.getsockname()[1]}").geocode(
            PlaceQuery(text="Mach")
        )
    assert answer.outcome is Outcome.FAILED
    assert answer.note == "nominatim: cannot be reached (the connection was refused)"


def test_a_silent_server_is_given_up(opened, server) -> None:
    server.silent = True
    answer = opened("nominatim", timeout_s=0.1).geocode(PlaceQuery(text="Mach"))
    assert answer.note == "nominatim: no answer in time"
    assert len(server.asked) == 2


def test_what_is_missing_is_said_before_anything_is_sent() -> None:
    with pytest.raises(InputError, match="ATLAS_GOOGLE_KEY"):
        OnlineGeocoder(find_service("google"), environ={})
    with pytest.raises(InputError, match="--service-url"):
        OnlineGeocoder(find_service("pelias"), environ={})
    for url in ("file:///etc/passwd", "nominatim", "http://a b", "http://me:pw@host"):
        with pytest.raises(InputError, match="service-url"):
            OnlineGeocoder(find_service("nominatim"), url=url, environ={})


def test_an_answer_is_kept_no_longer_than_the_terms_allow(opened, server, clock) -> None:
    server.say(GOOGLE)
    for days in (0, 29, 2):
        clock.time += days * DAY_S
        opened("google").geocode(PlaceQuery(text="Mach"))
    assert len(server.asked) == 2


def test_a_cache_that_cannot_be_written_is_one_line(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    broken = AnswerCache(tmp_path / "file" / "services.sqlite")
    with pytest.raises(StoreError, match="ATLAS_CACHE"):
        broken.put("nominatim", "http://x", "[]", now=0.0, keep_days=None)


def test_the_key_of_an_answer_knows_no_order_and_no_secret() -> None:
    one = canonical_request("http://me:pw@h/s?key=K&b=2&a=1", frozenset({"key"}))
    assert one == canonical_request("http://h/s?a=1&b=2&key=other", frozenset({"key"}))
    assert one == "http://h/s?a=1&b=2"


def test_a_chain_stops_at_the_first_that_finds_and_loses_no_candidate(opened, server) -> None:
    server.say([nominatim(), nominatim(osm_id=2, lat="25.0")])
    server.say(PHOTON)
    answer = FirstFound([opened("nominatim"), opened("photon")]).geocode(PlaceQuery(text="Mach"))
    assert answer.best.place.source == "photon"
    assert [one.place.source for one in answer.candidates] == ["photon", "nominatim", "nominatim"]
    assert "nominatim: declined" in answer.note


def test_a_chain_in_which_one_could_not_be_asked_has_failed(opened, server) -> None:
    server.say([])
    server.say("no", status=403)
    answer = FirstFound([opened("nominatim"), opened("photon")]).geocode(PlaceQuery(text="Mach"))
    assert answer.outcome is Outcome.FAILED


LEAF = st.none() | st.booleans() | st.floats() | st.text(max_size=9) | st.just([1, 2, 3, 4])
KEYS = ("address", "types", "bbox", "properties", "attributes", "context", "place_type", "name",
        "address_components", "geometry", "population", "importance", "boundingbox")  # fmt: skip
INNER = LEAF | st.lists(LEAF, max_size=4) | st.dictionaries(st.sampled_from(KEYS), LEAF, max_size=4)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from(sorted(READERS)),
    st.dictionaries(st.sampled_from(KEYS), INNER, max_size=6),
)
def test_a_reader_of_anything_gives_a_reading_or_a_known_error(reader, raw) -> None:
    try:
        read = READERS[reader](raw)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return
    assert read.radius_km >= 0
    assert read.name.isprintable()
