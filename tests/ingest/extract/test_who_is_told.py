"""Who acts and who is held responsible: turns of phrase of claims, blame and peoples."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geodata.actors import default_registry
from geodata.countries import countries_named
from geodata.incident import ExtractedIncident, Incident
from ingest.extract.lexicon import load
from ingest.extract.parties import find_parties

Read = Callable[..., list[ExtractedIncident]]
UNKNOWN = "Unidentified armed group"


def first(read: Read, text: str) -> Incident:
    return read(text, "2024-05-08")[0].incident


def ground(incident: Incident) -> tuple[str | None, str]:
    return incident.actor1, incident.attribution.value


def names(text: str, country: str | None = None) -> list[str]:
    registry = default_registry()
    found = find_parties(text, registry, load("en"), None, countries_named(text))
    return [p.canonical(registry, country) for p in found]


@pytest.mark.parametrize(
    ("words", "militia"),
    [
        ("Raiders believed to be from the Pokot community struck", "Pokot Militia (Kenya)"),
        ("gunmen of the Murle tribe abducted them", "Murle Militia"),
        ("Lou Nuer gunmen struck", "Lou Nuer Militia (South Sudan)"),
    ],
)
def test_armed_men_of_a_people_are_its_militia(words: str, militia: str) -> None:
    assert names(words)[0] == militia


def test_two_peoples_of_one_noun_are_two_sides() -> None:
    found = names("a gunfight between village volunteers of the Kuki and Meitei communities")
    assert found == ["Kuki Militia (India)", "Meitei Militia (India)"]


def test_a_sort_of_group_and_its_name_are_one_party() -> None:
    assert names("the militia Dan Na Ambassagou burned granaries") == ["Dan Na Ambassagou"]
    assert names('the rebel group "M23" took the town') == ["March 23 Movement"]


def test_gunmen_suspected_to_be_bandits_are_bandits(read: Read) -> None:
    text = (
        "Gunmen suspected to be bandits attacked a village near Sokoto, Nigeria, on Monday, "
        "killing four farmers."
    )
    assert ground(first(read, text)) == ("Bandits (Nigeria)", "suspected")


def test_an_abbreviation_is_of_the_country_spoken_of() -> None:
    told = "Two activists of the UPDF were shot in Khagrachhari, Bangladesh"
    assert "Uganda People's Defence Force" not in names(told, "Bangladesh")


@pytest.mark.parametrize(
    "claim",
    [
        "The Taliban said the bodyguard had been working for them.",
        "On Tuesday the Taliban said in a statement that its men had carried out the attack.",
    ],
)
def test_a_group_claims_a_man_or_an_attack_as_its_own(read: Read, claim: str) -> None:
    text = f"An elder was shot dead at his home in Kandahar, Afghanistan, on Monday. {claim}"
    incident = read(text, "2011-07-12")[0].incident
    assert ground(incident) == ("Taliban", "claimed")
    assert str(incident.event_date) == "2011-07-11"  # not the day of the statement


def test_what_a_group_is_doing_is_no_blame(read: Read) -> None:
    text = (
        "A suicide bomber killed five people at a mosque in Kandahar, Afghanistan, on Monday. "
        "The Taliban said they were checking with their fighters."
    )
    assert read(text, "2011-07-12")[0].incident.actor1 == UNKNOWN


def test_inquiries_that_suggest_a_hand_suspect(read: Read) -> None:
    text = (
        "A shopkeeper was shot dead by gunmen in Shopian, India, on Sunday. Police said inquiries "
        "suggested the involvement of Hizbul Mujahideen."
    )
    assert ground(first(read, text)) == ("Hizb-ul-Mujahideen", "suspected")


def test_men_suspected_of_belonging_to_a_gang_are_suspected(read: Read) -> None:
    text = (
        "A sergeant was ambushed and killed in Suzano, Brazil, on Friday by two men suspected of "
        "belonging to the First Capital Command, police said."
    )
    assert ground(first(read, text)) == ("First Capital Command", "suspected")


def test_who_reports_a_deed_of_others_did_not_do_it(read: Read) -> None:
    text = (
        "Six people were shot dead in Suzano, Brazil, on Friday in attacks carried out by men in a "
        "black car, the Civil Police reported."
    )
    assert first(read, text).actor1 == UNKNOWN


def test_the_friend_that_victims_are_accused_of_is_not_accused(read: Read) -> None:
    text = (
        "Men of the United Self-Defense Forces of Colombia shot dead six peasants near Saravena, "
        "Colombia, on Friday. The gunmen accused them of working with the ELN."
    )
    assert ground(first(read, text)) == ("United Self-Defense Forces of Colombia", "attributed")


def test_a_force_that_others_accuse_claims_nothing_by_its_own_account(read: Read) -> None:
    text = (
        "A rebel coalition accused the Malian army of having killed eight people in drone strikes "
        "on Sunday in Kidal, Mali. The general staff said it had neutralised fifteen terrorists."
    )
    assert first(read, text).attribution.value == "attributed"


def test_a_force_claims_where_an_office_speaks_of_it_and_not_elsewhere(read: Read) -> None:
    text = (
        "Police shot dead two robbers in Suva, Fiji, on Monday, a police spokesman said.\n\n"
        "Troops killed three gunmen near Labasa on Sunday."
    )
    told = {i.incident.place: i.incident.attribution.value for i in read(text, "2024-05-08")}
    assert told == {"Suva": "claimed", "Labasa": "attributed"}


def test_a_strip_of_land_fires_nothing(read: Read) -> None:
    text = (
        "Palestinian militants in the Gaza Strip fired four rockets at Sderot, Israel, on Monday, "
        "wounding a woman."
    )
    assert first(read, text).actor1 == "Palestinian Militants"


def test_soldiers_in_the_west_bank_are_those_of_israel(read: Read) -> None:
    text = "A boy was shot dead by soldiers in Jenin, West Bank, on Sunday, witnesses said."
    assert first(read, text).actor1 == "Israel Defense Forces"


def test_a_convoy_that_escorts_traders_is_a_convoy(read: Read) -> None:
    text = (
        "A military convoy that was escorting traders was ambushed near Djibo, Burkina Faso, on "
        "Sunday. Four soldiers died."
    )
    incident = first(read, text)
    assert incident.actor2 == "Military Forces of Burkina Faso"
    assert incident.sub_event_type == "Armed clash"


def test_the_dead_of_the_force_that_tells_are_its_own(read: Read) -> None:
    text = (
        "NATO said two of its service members were killed by a roadside bomb in Kandahar, "
        "Afghanistan, on Monday."
    )
    assert first(read, text).actor2 == "NATO Coalition Forces"


def test_two_clans_that_no_registry_knows_bear_the_name_of_their_country(read: Read) -> None:
    text = (
        "Four people were killed on Sunday in clashes between the Hilaliya and Daboudiya clans in "
        "Aswan, Egypt."
    )
    incident = first(read, text)
    assert incident.actor1 == "Hilaliya Clan Militia (Egypt)"
    assert incident.actor2 == "Daboudiya Clan Militia (Egypt)"


def test_soldiers_who_shoot_at_each_other_are_both_sides(read: Read) -> None:
    text = "Soldiers fired on one another at Galkayo airport, Somalia, on Monday. One was wounded."
    incident = first(read, text)
    assert incident.actor1 == incident.actor2 == "Somali National Army"
    assert incident.sub_event_type == "Armed clash"


def test_who_is_clashed_with_does_not_take_the_town(read: Read) -> None:
    text = (
        "M23 rebels took control of Nyabibwe, Democratic Republic of the Congo, on Monday "
        "following clashes with FARDC."
    )
    incident = first(read, text)
    assert incident.actor1 == "March 23 Movement"
    assert incident.sub_event_type == "Non-state actor overtakes territory"


def test_a_group_that_holds_ground_arrests(read: Read) -> None:
    text = "On Tuesday, Syrian Democratic Forces arrested six IS suspects in Ash-Shadadi, Syria."
    incident = first(read, text)
    assert (incident.actor1, incident.actor2) == ("Syrian Democratic Forces", "Islamic State")


def test_a_government_and_a_group_agree(read: Read) -> None:
    text = "The Colombian government and the ELN signed a ceasefire in Quito, Ecuador, on Monday."
    incident = first(read, text)
    assert (incident.actor1, incident.actor2) == (
        "Military Forces of Colombia",
        "National Liberation Army (ELN)",
    )


def test_a_branch_of_a_group_acts_under_its_own_name() -> None:
    assert names("Contras of the Nicaraguan Democratic Force") == ["Nicaraguan Democratic Force"]
    assert names("Maoist guerrillas of the Shining Path", "Peru") == ["Shining Path"]


def test_settlers_who_attack_are_armed_and_those_who_are_hit_are_not(read: Read) -> None:
    attack = (
        "Settlers from an outpost opened fire near Nablus, West Bank, on Sunday, killing a man."
    )
    assert ground(first(read, attack)) == ("Settlers (Israel)", "attributed")
    hit = "Gunmen shot dead two settlers near Nablus, West Bank, on Sunday."
    assert first(read, hit).sub_event_type == "Attack"


def test_a_communique_is_the_word_of_the_group_it_names_first(read: Read) -> None:
    text = (
        "In the name of God. West Africa Province. A detachment blew up a bomb on an army vehicle "
        "near Gwoza, Nigeria, on Friday, killing nine soldiers."
    )
    assert ground(first(read, text)) == ("Islamic State West Africa Province", "claimed")


def test_an_abbreviation_is_no_word_of_another_name() -> None:
    assert names("troops entered Let Yet Kone", "Myanmar") == ["Military Forces of Myanmar"]
    assert names("LeT men") == ["Lashkar-e-Taiba"]


@pytest.mark.parametrize(
    ("claim", "group"),
    [
        ("The Provisional IRA admitted planting it.", "Provisional Irish Republican Army"),
        (
            "The Ulster Freedom Fighters owned up in a call to a newspaper.",
            "Ulster Freedom Fighters",
        ),
        ("The INLA claimed on Thursday to have killed him.", "Irish National Liberation Army"),
    ],
)
def test_a_group_owns_up_in_many_words(read: Read, claim: str, group: str) -> None:
    text = f"A soldier died when a bomb exploded in Ballymena, Northern Ireland, on Monday. {claim}"
    incident = first(read, text)
    assert (incident.actor1 or "").startswith(group)
    assert incident.attribution.value == "claimed"


def test_a_drone_has_an_owner_behind_by(read: Read) -> None:
    text = (
        "A minibus was attacked by a Russian drone near Kherson, Ukraine, on Monday, leaving one "
        "man dead."
    )
    assert ground(first(read, text)) == ("Armed Forces of Russia", "attributed")


def test_the_rebels_are_those_who_are_called_so(read: Read) -> None:
    text = (
        "The Houthis fired a missile at Jizan, Saudi Arabia, on Sunday.\n\nA bomb wounded two men "
        "of the Hadrami Elite in Mukalla, Yemen, on Saturday.\n\nA mine laid by the rebels killed "
        "three children near Mocha on Friday."
    )
    told = {i.incident.place: i.incident.actor1 for i in read(text, "2024-05-08")}
    assert told["Mocha"] == "Houthis"


def test_who_only_backs_a_force_does_not_lead_it(read: Read) -> None:
    text = (
        "Regime forces, backed by Iranian militias, took control of Anjara, Syria, on Sunday after "
        "clashes."
    )
    incident = first(read, text)
    assert incident.actor1 == "Military Forces of Syria"
    assert incident.sub_event_type == "Government regains territory"


def test_what_only_a_foe_tells_of_a_force_is_no_claim(read: Read) -> None:
    text = (
        "Junta aircraft bombed a camp near Demoso, Myanmar, on Sunday, the Karenni Nationalities "
        "Defence Force said. A girl was killed.\n\nPolice in Yangon said a trader was shot dead on "
        "Monday."
    )
    found = {i.incident.place: i.incident.attribution.value for i in read(text, "2024-05-08")}
    assert found["Demoso"] == "attributed"
