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


def test_the_weekdays_of_a_weekly_digest_are_those_of_its_week(read: Read) -> None:
    text = (
        "THE WEEK IN CABO DELGADO (3-9 June)\n\nMonday: Insurgents beheaded two fishermen in "
        "Macomia, Mozambique."
    )
    assert str(first(read, text, "2024-06-10").event_date) == "2024-06-03"


def test_a_day_of_last_year_is_of_last_year(read: Read) -> None:
    text = "Gunmen shot dead four guards in Narathiwat, Thailand, on Jan 4 last year."
    assert str(first(read, text, "2005-08-29").event_date) == "2004-01-04"


def test_a_place_on_the_way_gives_way_to_the_one_named(read: Read) -> None:
    text = (
        "In Eldoret, Kenya, students barricaded the road to Nakuru on Wednesday and stoned police."
    )
    assert first(read, text).place == "Eldoret"


def test_an_arrest_is_not_where_the_older_attack_was(read: Read) -> None:
    text = (
        "French police at Bayonne, France, on Saturday arrested a man in connection with the "
        "attack on a bar in Biarritz."
    )
    assert first(read, text).place == "Bayonne"


def test_who_leads_a_group_is_no_place(read: Read) -> None:
    text = (
        "Members of a gang led by Jimmy Chérizier killed two police officers in Solino, Haiti, on "
        "Saturday."
    )
    assert first(read, text).place == "Solino"


def test_a_couple_is_two(read: Read) -> None:
    text = "A couple were hacked to death with machetes in Rueso district, Thailand, on Sunday."
    assert first(read, text).killed_best == 2


def test_an_officer_on_his_way_home_is_not_fought(read: Read) -> None:
    text = "Gunmen shot dead a police colonel as he drove home in Baghdad, Iraq, on Tuesday."
    assert first(read, text).sub_event_type == "Attack"


@pytest.mark.parametrize(
    "text",
    [
        "A car bomb was found and disarmed by police in Vientiane, Laos, on Monday.",
        "Explosives were uncovered by police at a farm near Dundalk, Ireland, on Friday.",
        "Three drones were brought down over Atbara, Sudan, on Wednesday, the army said.",
    ],
)
def test_what_is_found_or_brought_down_is_disrupted(read: Read, text: str) -> None:
    assert first(read, text).sub_event_type == "Disrupted weapons use"


def test_the_fate_of_a_missile_tells_more_of_the_same_shot(read: Read) -> None:
    text = (
        "The Houthis launched a missile at Jizan, Saudi Arabia, on Sunday. The missile was "
        "intercepted by air defences and no casualties were reported."
    )
    found = read(text, "2024-05-08")
    assert len(found) == 1
    assert found[0].incident.killed_best == 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Two clans fought with guns at Wabag, Papua New Guinea, on Monday.", "Armed clash"),
        ("Members of MS-13 killed 2 vendors in San Salvador, El Salvador, on Sunday.", "Attack"),
        ("Rebels machine-gunned a police post in Propriano, France, on Monday.", "Armed clash"),
        (
            "An incendiary device was thrown at a shop in Colombo, Sri Lanka, on Monday.",
            "Looting/property destruction",
        ),
        ("Police seized 30 homemade guns in Honiara, Solomon Islands.", "Disrupted weapons use"),
        (
            "Police arrested four militants and seized two guns in Bogra, Bangladesh, on Sunday.",
            "Arrests",
        ),
    ],
)
def test_words_of_short_codings(read: Read, text: str, kind: str) -> None:
    assert first(read, text).sub_event_type == kind


def test_a_group_named_by_a_day_dates_nothing(read: Read) -> None:
    text = "11/09/1976: Members of the 2 June Movement abducted a director in Berlin, Germany."
    incident = read(text)[0].incident
    assert (str(incident.event_date), incident.actor1) == ("1976-11-09", "2 June Movement")


def test_items_of_a_list_bear_a_day_a_place_and_what_holds_it(read: Read) -> None:
    text = (
        "10 January, Ndalya (Irumu, Ituri): suspected ADF elements ambushed motorcycle taxis. Five "
        "civilians killed.\n\n13 January, Fataki (Djugu, Ituri): CODECO fighters looted the health "
        "centre."
    )
    found = [i.incident for i in read(text, "2025-01-15")]
    assert [(i.place, i.killed_best) for i in found] == [("Ndalya", 5), ("Fataki", None)]


def test_an_entry_of_a_live_page_needs_no_day(read: Read) -> None:
    text = (
        "18:10 Shells fell on Homs, Syria, killing two people.\n\n16:02 A car blew up in Damascus, "
        "killing three.\n\n11:12 Fighters of the Kurdish YPG and of the Nusra Front are exchanging "
        "fire near Yaroubiya.\n\n10:00 Good morning."
    )
    assert "Yaroubiya" in {i.incident.place for i in read(text, "2013-07-04")}


def test_the_one_of_several_who_died(read: Read) -> None:
    text = (
        "Gunmen attacked Solino, Haiti, on Sunday. Six civilians had been hit by bullets, one of "
        "whom, a street vendor, died."
    )
    assert first(read, text).killed_best == 1


def test_an_older_event_that_opens_its_paragraph_keeps_what_follows(read: Read) -> None:
    text = (
        "Gunmen freed five labourers in Ghotki, Pakistan, on Monday evening after they had been "
        "kidnapped.\n\nEarlier on Monday, police raided a hideout in Sukkur. Three dacoits were "
        "killed, an officer said."
    )
    told = {i.incident.place: i.incident.killed_best for i in read(text, "2023-09-19")}
    assert told["Sukkur"] == 3


def test_so_many_miles_from_the_capital_is_not_in_it(read: Read) -> None:
    text = (
        "The army says it killed a fighter in an air strike in Somalia on Monday about forty miles "
        "west of the capital."
    )
    incident = first(read, text)
    assert incident.place == "Mogadishu"
    assert incident.longitude == pytest.approx(44.76, abs=0.05)


def test_a_battle_for_a_firm_is_none(read: Read) -> None:
    text = (
        "The takeover battle for the mill exploded into the open on Sunday in Dubai when its "
        "chairman accused a rival of a raid on the company's shares, traders said. The stock came "
        "under heavy fire from short sellers."
    )
    assert read(text, "2021-05-10") == []
