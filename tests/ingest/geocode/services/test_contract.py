"""Every registered service runs through the same adapter and keeps the same promises."""

from __future__ import annotations

import pytest

from geodata.place import Outcome, PlaceQuery
from geodata.precision import LocationPrecision
from ingest.geocode.services import SERVICES
from tests.ingest.geocode.services.answers import ANSWERS, LAT, LON, empty
from tests.ingest.geocode.services.conftest import SECRET

each = pytest.mark.parametrize("name", SERVICES)


@each
def test_a_town_is_found_and_the_service_is_named(name, ask, server) -> None:
    server.say(ANSWERS[SERVICES[name].reader])
    answer = ask(name, country="PK", admin1="Balochistan")
    assert answer.outcome is Outcome.FOUND, answer.note
    best = answer.best
    assert (best.latitude, best.longitude) == (LAT, LON)
    assert best.location_precision is LocationPrecision.SETTLEMENT
    assert (best.place.country, best.place.country_name) == ("PK", "Pakistan")
    assert best.place.admin1 == "Balochistan"
    assert best.place.place_id.startswith(f"{name}:")
    assert answer.gazetteer == best.place.source == name
    assert SERVICES[name].attribution in answer.note
    assert best.score == pytest.approx(sum(reason.share for reason in best.reasons))


@each
def test_nothing_found_is_not_found(name, ask, server) -> None:
    server.say(empty(SERVICES[name].reader))
    assert ask(name, "Xyzzy").outcome is Outcome.NOT_FOUND


@each
def test_an_answer_of_no_known_form_is_failed_and_not_not_found(name, ask, server) -> None:
    server.say("{}")
    answer = ask(name)
    assert answer.outcome is Outcome.FAILED
    assert name in answer.note


@each
def test_a_bad_key_is_said_and_never_echoed(name, ask, server) -> None:
    server.say({"error": f"bad {SECRET}"}, status=401)
    answer = ask(name)
    assert answer.outcome is Outcome.FAILED
    assert "access refused" in answer.note
    assert SECRET not in answer.note
    assert len(server.asked) == 1


@each
def test_a_spent_quota_is_told_apart(name, ask, server) -> None:
    server.say("{}", status=429, Retry_After="3600")
    answer = ask(name)
    assert answer.outcome is Outcome.FAILED
    assert "quota" in answer.note


@each
def test_the_same_question_is_sent_once_and_the_cache_holds_no_credential(
    name, opened, server, cache
) -> None:
    server.say(ANSWERS[SERVICES[name].reader])
    service = opened(name)
    first, second = (service.geocode(PlaceQuery(text="Mach")) for _ in range(2))
    assert len(server.asked) == 1
    assert first == second
    raw = cache.by_id(first.note.rpartition(" ")[2])
    assert raw.service == name
    assert SECRET not in raw.request
    assert cache.path.exists() == (SERVICES[name].keep_days != 0)
    if SERVICES[name].credentials:
        assert SECRET in server.asked[0][0]
