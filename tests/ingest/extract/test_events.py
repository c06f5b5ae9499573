"""Which incidents a report tells of: anybody as a victim, items of lists, deeds kept apart."""

from __future__ import annotations

import pytest

from ingest.extract.lexicon import Lexicon
from ingest.extract.people import find_people
from tests.ingest.extract.conftest import Read


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("A beekeeper was shot dead outside his home.", [1]),
        ("Gunmen killed a deminer and his assistant.", [1, 1]),
        ("A cobbler and three tea sellers were killed.", [1, 3]),
        ("José Pérez, 54, a warden, was gunned down.", []),
        ("A bus was hit and a house was burned; the proposal was killed.", []),
        ("Villagers killed a crocodile and a cow was injured.", []),
    ],
)
def test_anybody_harmed_is_a_person(lexicon: Lexicon, text: str, counts: list[int]) -> None:
    found = [p.count.best for p in find_people(text, lexicon) if p.count is not None]
    assert found == counts


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Government warplanes strafed a market in Kutum, Sudan, on Monday.", "Air/drone strike"),
        (
            "A patrol ran over a landmine near Kidal, Mali, on Monday, wounding two soldiers.",
            "Remote explosive/landmine/IED",
        ),
        (
            "Residents beat two suspected thieves to death in Gulu, Uganda, on Monday.",
            "Mob violence",
        ),
        (
            "Troops withdrew from Gossi, Mali, on Monday without firing a shot.",
            "Non-violent transfer of territory",
        ),
        (
            "Rebels captured Sake in Democratic Republic of Congo on Monday.",
            "Non-state actor overtakes territory",
        ),
        (
            "Police fired tear gas at protesters in Lima, Peru, on Monday.",
            "Protest with intervention",
        ),
    ],
)
def test_the_type_follows_the_deed(read: Read, text: str, kind: str) -> None:
    (found,) = read(text, "2024-05-10")
    assert found.incident.sub_event_type == kind


@pytest.mark.parametrize(
    "text",
    [
        "Eleven people died when a bus plunged into a ravine in Cusco, Peru, on Monday.",
        "A methane explosion killed 12 miners in Donetsk region, Ukraine, on Friday.",
        "An earthquake killed at least 40 people and wounded 200 in Herat on Saturday.",
        "A cholera outbreak has killed 34 people in Goma since Monday, the ministry said.",
        "The Union strongly condemned the attack in Mali, expressed its condolences to the "
        "families and reaffirmed its solidarity with the government.",
        "The army held an exercise near Minsk on Monday. Troops stormed a mock village; the "
        "scenario assumed an attack by saboteurs.",
        "A court in Nairobi on Tuesday sentenced three men for the 2013 attack on a mall in "
        "which 67 people were killed.",
    ],
)
def test_misfortunes_and_ceremonies_are_no_incident(read: Read, text: str) -> None:
    assert read(text, "2024-05-10") == []


def test_a_label_gives_the_place_of_its_item(read: Read) -> None:
    text = (
        "KHERSON. Russian artillery shelled the city on Tuesday, killing a pensioner.\n\n"
        "KHARKIV. A guided bomb hit a printing house on Wednesday. Seven workers died.\n\n"
        "ODESA. Quiet night."
    )
    found = [x.incident for x in read(text, "2024-05-10")]
    assert [(i.place, i.killed_best) for i in found] == [("Kherson", 1), ("Kharkiv", 7)]


def test_two_places_in_one_sentence_are_two_incidents(read: Read) -> None:
    text = (
        "A councillor was shot dead in Davao, Philippines, yesterday and two policemen were "
        "wounded by a grenade in Cotabato."
    )
    first, second = (x.incident for x in read(text, "2024-05-10"))
    assert (first.killed_best, second.injured_best) == (1, 2)


def test_detail_and_aftermath_stay_with_their_incident(read: Read) -> None:
    text = (
        "Gunmen raid village in northern Nigeria, kill nine\n"
        "Nine people were killed when gunmen attacked a village in Katsina state on Sunday.\n"
        "The attackers came on motorcycles and set fire to dozens of houses.\n"
        "The governor condemned the attack. Three of the wounded were flown to Abuja."
    )
    assert len(read(text, "2024-05-10")) == 1


def test_an_undated_incident_shares_the_day_of_the_others(read: Read) -> None:
    text = (
        "Two soldiers were killed by a mine near Timbuktu, Mali, on Monday. In Gao, five "
        "traders were shot dead."
    )
    days = {x.incident.event_date.isoformat() for x in read(text, "2024-05-10")}  # type: ignore[union-attr]  # the day is told
    assert days == {"2024-05-06"}


def test_a_date_may_stand_before_the_label(read: Read) -> None:
    text = (
        "1. 03.05.2024, Bannu: Unknown militants lobbed a hand grenade at a house.\n"
        "2. 04.05.2024, Mardan: A constable was shot dead.\n"
    )
    found = [(x.incident.place, x.incident.sub_event_type) for x in read(text, "2024-05-10")]
    assert found == [("Bannu", "Grenade"), ("Mardan", "Armed clash")]


def test_hours_after_a_late_evening_is_the_next_day(read: Read) -> None:
    text = (
        "Armed men shot five people dead in a bar in Salamanca, Mexico, late on Saturday. "
        "Hours later, gunmen ambushed a police patrol in Celaya, killing two officers."
    )
    days = [str(x.incident.event_date) for x in read(text, "2024-05-10")]
    assert days == ["2024-05-04", "2024-05-05"]
