"""Words that tell of an event, and what kind it is: as reporters of many countries write them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geodata.incident import ExtractedIncident, Incident

Read = Callable[..., list[ExtractedIncident]]


def first(read: Read, text: str, published: str = "2024-05-08") -> Incident:
    return read(text, published)[0].incident


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "A bomb left in a rubbish bin hurt two cleaners in Istanbul, Turkey, on Sunday.",
            "Remote explosive/landmine/IED",
        ),
        (
            "A bomb concealed in a fire extinguisher was set off in Yala, Thailand, on Monday as a "
            "patrol passed. A soldier was killed.",
            "Remote explosive/landmine/IED",
        ),
        (
            "Settlers cut down 90 olive trees near Nablus, West Bank, on Saturday, police said.",
            "Looting/property destruction",
        ),
        (
            "Supporters of the opposition burned tires in Tripoli, Lebanon, on Saturday.",
            "Violent demonstration",
        ),
        (
            "Inmates have been holding 18 guards hostage in Cuenca, Ecuador, since Monday.",
            "Abduction/forced disappearance",
        ),
        (
            "Six passengers of a minibus seized on Monday in Jacmel, Haiti, are still captive.",
            "Abduction/forced disappearance",
        ),
        (
            "Some 200 taxi drivers went in a caravan to city hall in Irapuato, Mexico, on Monday "
            "to demand fuel.",
            "Peaceful protest",
        ),
        (
            "Armed men on motorbikes targeted a position of the army in Djibo, Burkina Faso, on "
            "Saturday, killing three soldiers.",
            "Armed clash",
        ),
        (
            "Bandits invaded Gatawa village near Sokoto, Nigeria, on Sunday and shot seven people.",
            "Attack",
        ),
        (
            "Rebels attacked the town of Toribio, Colombia, on Saturday, firing mortars at the "
            "police barracks. Four policemen were killed.",
            "Armed clash",
        ),
        (
            "Residents threw stones at police officers in Santos, Brazil, on Sunday.",
            "Violent demonstration",
        ),
        (
            "Police opened fire on a crowd that had gathered on Friday to protest in Faizabad, "
            "Afghanistan, killing one farmer.",
            "Excessive force against protesters",
        ),
    ],
)
def test_the_kind_of_event_by_its_words(read: Read, text: str, kind: str) -> None:
    assert first(read, text).sub_event_type == kind


def test_whoever_is_dragged_away_and_shot_is_killed(read: Read) -> None:
    text = (
        "Gunmen hauled six peasants from their homes near Saravena, Colombia, on Friday and shot "
        "them in front of their families."
    )
    incident = first(read, text)
    assert (incident.sub_event_type, incident.killed_best) == ("Attack", 6)


def test_who_is_fatally_wounded_is_dead_and_not_injured(read: Read) -> None:
    text = "Gunmen attacked a bar in Salamanca, Mexico, on Friday. Two men were fatally wounded."
    incident = first(read, text)
    assert (incident.killed_best, incident.injured_best) == (2, None)


def test_the_day_of_a_month_is_no_count(read: Read) -> None:
    text = "On May 4, two soldiers were hurt when a mine exploded at Sidon, Lebanon."
    assert first(read, text).injured_best == 2


@pytest.mark.parametrize("words", ["nobody was reported hurt", "there was no report of a casualty"])
def test_no_harm_is_told_in_many_words(read: Read, words: str) -> None:
    text = f"Soldiers fired on a boat carrying gunmen off Jacmel, Haiti, on Monday; {words}."
    assert first(read, text).injured_best == 0


def test_since_a_day_of_this_week_is_a_span_of_days(read: Read) -> None:
    text = (
        "Fourteen people have died since Monday in fighting between two clans at Guriel, Somalia."
    )
    incident = first(read, text, "2017-11-08")
    assert str(incident.event_date) == "2017-11-06"
    assert str(incident.event_date_end) == "2017-11-08"


def test_a_day_alone_on_its_line_dates_what_stands_under_it(read: Read) -> None:
    text = (
        "Sunday 23 February 2020\n\nIDLIB: Russian warplanes bombed Maarat Misrin in northern "
        "Syria, killing 12 people.\n\nDARAA: Unknown gunmen shot dead a fighter in Nawa."
    )
    days = {str(i.incident.event_date) for i in read(text, "2020-02-24")}
    assert days == {"2020-02-23"}


def test_the_day_of_the_report_alone_on_its_line_dates_nothing_else(read: Read) -> None:
    text = "8 May 2024\n\nGunmen shot dead a trader in Nawa, Syria. The police opened an inquiry."
    assert first(read, text).event_date is None


def test_the_second_deed_of_a_paragraph_is_of_the_same_day(read: Read) -> None:
    text = (
        "Gunmen killed seven people in Gusau, Nigeria, on Sunday. In Funtua, four persons were "
        "killed and a bride abducted.\n\nTroops repelled an attack in Zaria on Monday."
    )
    days = {i.incident.place: str(i.incident.event_date) for i in read(text, "2024-05-08")}
    assert days["Funtua"] == "2024-05-05"
