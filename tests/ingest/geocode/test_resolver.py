"""From a phrase and its hints to a place, its precision and the reasons."""

from __future__ import annotations

import pytest

from geodata.place import Outcome
from geodata.precision import LocationPrecision as P
from ingest.geocode.points import distance_km
from ingest.geocode.resolver import Resolver
from tests.ingest.geocode.conftest import Ask


@pytest.mark.parametrize(
    ("text", "country", "place", "admin1", "precision"),
    [
        # Pakistan and Afghanistan
        ("Mach town in Bolan district", "PK", "Mach", "Balochistan", P.SETTLEMENT),
        ("district of Mastung", "PK", "Mastung", "Balochistan", P.DISTRICT),
        ("Mastung", "PK", "Mastung", "Balochistan", P.SETTLEMENT),
        ("Mastung district of Balochistan", None, "Mastung", "Balochistan", P.DISTRICT),
        ("Kech district", None, "Kech", "Balochistan", P.DISTRICT),
        ("near Kolpur, Mastung", None, "Kolpur", "Balochistan", P.NEAR),
        ("Baluchistan", None, "Balochistan", "Balochistan", P.PROVINCE),
        ("Tirah valley", "PK", "Tirah", "Khyber Pakhtunkhwa", P.NEAR),
        ("Bajaur agency, FATA", "PK", "Bajaur", "Khyber Pakhtunkhwa", P.DISTRICT),
        ("Helmand's Sangin district", None, "Sangin", "Helmand", P.DISTRICT),
        ("Qandahar", "AF", "Kandahar", "Kandahar", P.SETTLEMENT),
        # Iraq and Syria
        ("Tal Afar, Nineveh governorate", None, "Tal Afar", "Nineveh", P.SETTLEMENT),
        ("northern city of Mosul", None, "Mosul", "Nineveh", P.SETTLEMENT),
        ("Al-Anbar", "IQ", "Anbar", "Anbar", P.PROVINCE),
        ("Deir Ezzor", "SY", "Deir ez-Zor", "Deir ez-Zor", P.SETTLEMENT),
        ("Idlib province", None, "Idlib", "Idlib", P.PROVINCE),
        # Nigeria and the Sahel
        ("Birnin Gwari LGA, Kaduna state", None, "Birnin Gwari", "Kaduna", P.DISTRICT),
        ("Meduguri", "NG", "Maiduguri", "Borno", P.SETTLEMENT),
        ("village of Ogossagou in Mopti region", None, "Ogossagou", "Mopti", P.SETTLEMENT),
        ("Gao", "ML", "Gao", "Gao", P.SETTLEMENT),
        ("Gao region", "ML", "Gao", "Gao", P.PROVINCE),
        # Ukraine
        ("Bakhmut, Donetsk oblast", None, "Bakhmut", "Donetsk", P.SETTLEMENT),
        ("Dnepr", "UA", "Dnipro", "Dnipropetrovsk", P.SETTLEMENT),
        ("Kharkov region", None, "Kharkiv", "Kharkiv", P.PROVINCE),
        # Colombia and the Philippines
        ("Tumaco, Nariño", None, "Tumaco", "Nariño", P.SETTLEMENT),
        ("departamento de Antioquia", None, "Antioquia", "Antioquia", P.PROVINCE),
        ("Patikul town, Sulu province", None, "Patikul", "Bangsamoro", P.SETTLEMENT),
        ("Marawi City", "PH", "Marawi", "Bangsamoro", P.SETTLEMENT),
    ],
)
def test_the_place_that_is_meant(
    ask: Ask, text: str, country: str | None, place: str, admin1: str, precision: P
) -> None:
    best = ask(text, country=country).best
    assert best is not None
    assert (best.place.name, best.place.admin1) == (place, admin1)
    assert best.location_precision is precision


def test_the_raid_of_mastung(ask: Ask) -> None:
    best = ask("the district of Mastung", country="Pakistan", admin1="Baluchistan").best
    assert best is not None
    assert best.location_precision is P.DISTRICT
    assert distance_km((best.latitude or 0, best.longitude or 0), (29.80, 66.84)) < 15


def test_a_country_alone_is_known_to_the_country(ask: Ask) -> None:
    best = ask("Mali").best
    assert best is not None
    assert (best.place.country, best.location_precision) == ("ML", P.COUNTRY)


def test_containment_beats_population(ask: Ask) -> None:
    best = ask("Hyderabad", admin1="Sindh").best
    assert best is not None
    assert best.place.country == "PK"
    texas = ask("Paris, Texas").best
    assert texas is not None
    assert texas.place.country == "US"


def test_other_places_of_the_story_decide(ask: Ask) -> None:
    best = ask("Hyderabad", near=("Karachi",)).best
    assert best is not None
    assert best.place.country == "PK"


def test_the_outlet_is_the_weakest_hint(ask: Ask) -> None:
    home = ask("Hyderabad", outlet_country="PK").best
    assert home is not None
    assert home.place.country == "PK"
    abroad = ask("London", outlet_country="PK").best
    assert abroad is not None
    assert abroad.place.country == "GB"


def test_too_close_to_call_is_declined_with_candidates(ask: Ask) -> None:
    resolution = ask("Springfield")
    assert resolution.outcome is Outcome.DECLINED
    assert len(resolution.candidates) == 5
    assert "country" in resolution.note
    assert ask("Springfield", admin1="Illinois", country="US").outcome is Outcome.FOUND


def test_a_name_that_lies_in_another_country_is_declined(ask: Ask) -> None:
    resolution = ask("Quetta", country="AF")
    assert resolution.outcome is Outcome.DECLINED
    assert resolution.candidates[0].place.country == "PK"


@pytest.mark.parametrize("text", ["xyzzyqua", "", "   ", "?!", "\x00"])
def test_an_unknown_name_is_not_found(ask: Ask, text: str) -> None:
    resolution = ask(text)
    assert resolution.outcome is Outcome.NOT_FOUND
    assert resolution.best is None


def test_an_unknown_name_is_placed_at_its_district(ask: Ask) -> None:
    resolution = ask("Xyzzy village", admin2="Mastung", admin1="Balochistan", country="PK")
    best = resolution.best
    assert best is not None
    assert (best.place.admin2, best.location_precision) == ("Mastung", P.DISTRICT)
    assert best.matched_name == "Mastung"
    assert "not in the gazetteer" in resolution.note
    assert best.score < 0.7


def test_an_unknown_road_is_placed_at_its_town(ask: Ask) -> None:
    best = ask("Mosul's Xyzzy Street").best
    assert best is not None
    assert (best.place.name, best.location_precision) == ("Mosul", P.SETTLEMENT)


def test_with_the_country_alone_an_unknown_name_stays_unknown(ask: Ask) -> None:
    assert ask("Xyzzyqua", country="PK").outcome is Outcome.NOT_FOUND


@pytest.mark.parametrize(
    ("text", "country", "place"),
    [("Zumri Mandi", "PK", None), ("Khuzdarr", "PK", "Khuzdar"), ("Panjghur", "PK", "Panjgur"),
     ("Maidugury", "NG", "Maiduguri"), ("Kramatorske", "UA", "Kramatorsk")],
)  # fmt: skip
def test_near_spellings_inside_the_country(
    ask: Ask, text: str, country: str, place: str | None
) -> None:
    best = ask(text, country=country).best
    assert (best.place.name if best else None) == place


def test_near_spellings_are_not_sought_worldwide(ask: Ask) -> None:
    assert ask("Khuzdarr").outcome is Outcome.NOT_FOUND


def test_an_offset_moves_the_point_and_widens_the_radius(ask: Ask) -> None:
    town, south = ask("Quetta").best, ask("30 km south of Quetta").best
    assert town is not None
    assert south is not None
    assert (south.latitude or 0) < (town.latitude or 0)
    assert south.location_precision is P.NEAR
    assert south.radius_km > town.radius_km


def test_a_long_road_is_no_sharp_pin(ask: Ask) -> None:
    best = ask("on the Quetta-Karachi highway").best
    assert best is not None
    assert best.location_precision is P.PROVINCE
    assert best.radius_km > 200


@pytest.mark.parametrize("text", ["Quetta", "Springfield", "near Kolpur, Mastung", "Gaza"])
def test_a_score_is_the_sum_of_its_reasons(ask: Ask, text: str) -> None:
    for candidate in ask(text).candidates:
        assert candidate.score == pytest.approx(sum(r.share for r in candidate.reasons), abs=1e-3)
        assert 0 <= candidate.score <= 1
        assert all(reason.words for reason in candidate.reasons)


def test_candidates_are_ranked_and_limited(resolver: Resolver, ask: Ask) -> None:
    from geodata.place import PlaceQuery

    assert len(resolver.geocode(PlaceQuery(text="San Jose"), limit=3).candidates) == 3
    scores = [candidate.score for candidate in ask("Paris").candidates]
    assert scores == sorted(scores, reverse=True)


def test_wrong_hints_do_not_hide_a_place_next_door(ask: Ask) -> None:
    best = ask("Mach", country="PK", admin2="Mastung", admin1="Balochistan").best
    assert best is not None
    assert best.place.name == "Mach"


def test_an_unknown_country_is_no_hint(ask: Ask) -> None:
    resolution = ask("Quetta", country="Freedonia")
    assert resolution.outcome is Outcome.FOUND
    assert "'Freedonia'" in resolution.note


def test_a_district_without_a_point_is_drawn_at_its_province(ask: Ask, resolver: Resolver) -> None:
    bare = next(
        entry
        for entry in resolver.gazetteer.within("RU")
        if entry.fcode == "ADM2"
        and entry.latitude is None
        and " " not in entry.name
        and len(resolver.gazetteer.lookup(entry.name, country="RU")) == 1
    )
    province = resolver.gazetteer.entry(bare.admin1 or 0)
    assert province is not None
    best = ask(bare.name, country="RU", admin1=province.name).best
    assert best is not None
    assert best.place.latitude is None
    assert best.location_precision is P.PROVINCE
    assert best.latitude is not None
