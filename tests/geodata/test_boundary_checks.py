"""Who names another division than the point lies in, and what could be filled in."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from boundary_examples import LAYER, areas
from examples import located
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata._boundary_files import Ask, open_boundaries
from geodata.boundary_checks import Boundaries, Disagreement, Tally, disagreements, fills
from geodata.incident import Incident
from geodata.precision import LocationPrecision as At

WHERE = Boundaries(LAYER, areas())
DEEP = (49.5, 17.5)  # the middle of Zlin: latitude, longitude
EDGE = (49.5, 17.97)  # in Zlin, 2 km from Ostrava


def incident(spot: tuple[float, float] = DEEP, at: At = At.SETTLEMENT, **more) -> Incident:
    return located("i", *spot, location_precision=at, **more)


def accused(one: Incident) -> Disagreement | None:
    found = disagreements(WHERE, [one])
    return found[0] if found else None


def filled(one: Incident) -> dict[str, str]:
    found = fills(WHERE, [one])
    return found[0].values if found else {}


# ---------------------------------------------------------------- disagreements


def test_a_town_in_another_district_than_named() -> None:
    found = accused(incident(admin2="Karvina district", admin1="Silesia", country="Czechia"))
    assert found is not None
    assert (found.field, found.named, found.named_area) == ("admin2", "Karvina district", "Karvina")
    assert (found.lies_in, found.lies_in_admin1) == ("Zlin", "Moravia")
    assert found.distance_km == pytest.approx(65.9, abs=1)
    assert found.source == "Czech districts, 2022"


@pytest.mark.parametrize("name", ["Zlin", "ZLÍN", "Zlin District", "okres Zlin", "Zlinn"])
def test_another_spelling_is_no_other_district(name: str) -> None:
    assert accused(incident(admin2=name)) is None


def test_a_variant_is_no_other_district() -> None:
    assert accused(incident((49.5, 18.5), admin2="Mahrisch Ostrau")) is None


def test_a_point_near_the_border_is_not_accused() -> None:
    assert accused(incident(EDGE, admin2="Ostrava")) is None
    found = disagreements(WHERE, [incident(EDGE, admin2="Ostrava")], border_km=1.0)
    assert found[0].distance_km == pytest.approx(2.2, abs=0.2)


@pytest.mark.parametrize(
    ("at", "is_accused"),
    [
        (At.SITE, True),
        (At.SETTLEMENT, True),
        (At.NEAR, True),  # 36 km from Ostrava, the class says 25
        (At.DISTRICT, False),  # a centroid, good to 50 km
        (At.PROVINCE, False),
        (At.COUNTRY, False),
        (At.SEA, False),
        (At.UNKNOWN, False),
    ],
)
def test_precision_decides_who_is_accused(at: At, is_accused: bool) -> None:
    assert (accused(incident(at=at, admin2="Ostrava")) is not None) == is_accused


def test_a_district_drawn_hundreds_of_kilometres_away_is_no_centroid() -> None:
    found = accused(incident((45.0, 17.5), At.DISTRICT, admin2="Zlin"))
    assert found is not None
    assert found.lies_in is None
    assert found.distance_km == pytest.approx(445, abs=2)


def test_a_name_that_the_layer_does_not_have_accuses_nobody_and_is_counted() -> None:
    tally = Tally()
    assert disagreements(WHERE, [incident(admin2="Brno")], tally=tally) == []
    assert tally.unknown == {"Brno": 1}


def test_the_province_is_compared_where_the_district_is_not_named() -> None:
    found = accused(incident(admin1="Silesia"))
    assert found is not None
    assert (found.field, found.lies_in) == ("admin1", "Moravia")


def test_a_country_that_the_layer_does_not_have_is_left_alone() -> None:
    assert accused(incident(admin2="Karvina", country="Pakistan")) is None
    assert accused(incident(admin2="Karvina", country="Examplia")) is not None


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(48, 52), st.floats(16, 20), st.sampled_from(At),
            st.sampled_from([None, "", "Zlin", "Opava", "Brno"]),
            st.sampled_from([None, "Moravia", "Silesia"]),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_the_ends_add_up_and_many_are_as_one_by_one(rows: list[tuple]) -> None:
    many = [
        located(f"i{n}", lat, lon, location_precision=at, admin2=two, admin1=one)
        for n, (lat, lon, at, two, one) in enumerate(rows)
    ]
    for ask in (disagreements, fills):
        tally = Tally()
        found = ask(WHERE, many, tally=tally)
        assert tally.asked == sum(tally.ends.values()) == len(many)
        assert found == [answer for one in many for answer in ask(WHERE, [one])]


# ---------------------------------------------------------------- filling in


def test_both_divisions_are_filled_from_the_point() -> None:
    (fill,) = fills(WHERE, [incident()])
    assert fill.values == {"admin2": "Zlin", "admin1": "Moravia"}
    assert fill.why == "the point lies in Zlin, Moravia (Czech districts, 2022)"


def test_nothing_that_is_there_is_replaced() -> None:
    assert filled(incident(admin2="Zlin", admin1="Mähren")) == {}
    assert filled(incident(admin2="Zlín district")) == {"admin1": "Moravia"}


def test_nothing_is_filled_against_what_is_said() -> None:
    assert filled(incident(admin1="Silesia")) == {}
    assert filled(incident(admin2="Opava")) == {}
    assert filled(incident(country="Pakistan")) == {}
    assert filled(incident(country="Czechia")) != {}
    assert filled(incident(country="Examplia")) != {}, "a name that is no country contradicts none"


def test_a_circle_tells_only_what_holds_in_all_of_it() -> None:
    assert filled(incident(at=At.NEAR)) == {"admin2": "Zlin", "admin1": "Moravia"}
    assert filled(incident(EDGE, At.NEAR)) == {"admin1": "Moravia"}
    assert filled(incident((49.95, 17.97), At.NEAR)) == {}
    assert filled(incident((49.95, 17.97), At.SETTLEMENT))["admin2"] == "Zlin"


@pytest.mark.parametrize("at", [At.PROVINCE, At.COUNTRY, At.SEA, At.UNKNOWN])
def test_what_is_known_too_coarsely_stays_empty(at: At) -> None:
    assert filled(incident(at=at)) == {}


def test_a_point_outside_stays_empty() -> None:
    assert filled(incident((45.0, 17.5))) == {}
    assert filled(Incident(incident_id="i")) == {}


def test_a_layer_of_provinces_fills_provinces() -> None:
    provinces = [replace(area, level=1, name=area.admin1, admin2=None) for area in areas()]
    where = Boundaries(replace(LAYER, level=1), provinces)
    assert fills(where, [incident()])[0].values == {"admin1": "Moravia"}


# ---------------------------------------------------------------- the real thing


@pytest.mark.shared
def test_ucdp_and_the_districts_of_pakistan_mostly_agree(shared_data: Path) -> None:
    """Sui and Mach are known errors of that data set: they must be among the accused."""
    file = open_boundaries(shared_data / "pak_adm2.geojson", Ask())
    where = Boundaries(file.layer, file.areas())
    with (shared_data / "ucdp_ged_pak.csv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if row["where_prec"] == "1"]
    events = [
        located(row["id"], float(row["latitude"]), float(row["longitude"]), country="Pakistan",
                admin1=row["adm_1"] or None, admin2=row["adm_2"] or None)
        for row in rows
    ]  # fmt: skip
    found = disagreements(where, events)
    assert ("Dera Bugti", "Gwadar") in {(one.named_area, one.lies_in) for one in found}
    assert 0 < len(found) < 0.03 * len(events)
