"""Who did it, to whom, and on what ground: told in many ways, from many countries."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geodata.actors import default_registry
from geodata.incident import ExtractedIncident, Incident

Read = Callable[..., list[ExtractedIncident]]
UNKNOWN = "Unidentified armed group"


def first(read: Read, text: str) -> Incident:
    return read(text, "2024-05-08")[0].incident


def ground(incident: Incident) -> tuple[str | None, str]:
    return incident.actor1, incident.attribution.value


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        (
            "Government helicopters dropped barrel bombs on a market in Idlib, Syria, on Monday, "
            "killing nine people.",
            "Military Forces of Syria",
        ),
        (
            "The Malian air force bombed a camp near Kidal on Tuesday, killing 12 people, "
            "residents said.",
            "Military Forces of Mali",
        ),
        (
            "A drone operated by the Rapid Support Forces hit a hospital in El Obeid, Sudan, on "
            "Sunday, killing four patients.",
            "Rapid Support Forces",
        ),
        (
            "Artillery fired by Russian forces hit a bus stop in Kherson, Ukraine, on Monday, "
            "killing three people, the governor said.",
            "Armed Forces of Russia",
        ),
    ],
)
def test_aircraft_and_guns_have_an_owner(read: Read, text: str, owner: str) -> None:
    assert ground(first(read, text)) == (owner, "attributed")


@pytest.mark.parametrize(
    ("claim", "group"),
    [
        ("The Baloch Liberation Army took credit for it in an email.", "Baloch Liberation Army"),
        ("In a statement, the TTP said its fighters had attacked.", "Tehrik-i-Taliban Pakistan"),
        ("Pamphlets signed by the BLF claimed it.", "Balochistan Liberation Front"),
        ("The BLA, a rebel group, said its men had planted it.", "Baloch Liberation Army"),
    ],
)
def test_a_group_claims_in_many_words(read: Read, claim: str, group: str) -> None:
    text = f"A bomb killed four policemen in Quetta, Pakistan, on Monday. {claim}"
    assert ground(first(read, text)) == (group, "claimed")


@pytest.mark.parametrize(
    ("words", "attribution"),
    [
        ("The army blamed the ADF.", "attributed"),
        ("The governor holds the ADF responsible.", "attributed"),
        ("The governor said the attackers were ADF fighters.", "attributed"),
        ("Investigators suspect the ADF.", "suspected"),
        ("Residents blamed the ADF.", "suspected"),
        ("The attack bore the hallmarks of the ADF.", "suspected"),
        ("The army blamed the ADF. The group called the report a fabrication.", "denied"),
    ],
)
def test_the_ground_of_an_accusation(read: Read, words: str, attribution: str) -> None:
    text = f"Ten villagers were killed near Beni, DR Congo, on Monday. {words}"
    assert ground(first(read, text)) == ("Allied Democratic Forces", attribution)


def test_blame_at_large_is_an_answer_without_a_name(read: Read) -> None:
    text = "Two teachers were shot dead in Gao, Mali, on Monday. The army blamed jihadists."
    assert ground(first(read, text)) == (UNKNOWN, "attributed")


@pytest.mark.parametrize("looks", ["in army uniforms", "dressed as soldiers", "posing as police"])
def test_uniforms_make_no_force(read: Read, looks: str) -> None:
    text = f"Men {looks} shot dead two truckers near Kaduna, Nigeria, on Monday."
    assert ground(first(read, text)) == (UNKNOWN, "none")


def test_of_a_group_and_its_parent_the_group_acts(read: Read) -> None:
    text = (
        "JNIM, the Sahel affiliate of al-Qaeda, attacked an army post near Dori, Burkina Faso, on "
        "Monday, killing five soldiers."
    )
    found = first(read, text)
    assert found.actor1 == "Jama'at Nusrat al-Islam wal-Muslimin"
    assert found.actor2 == "Military Forces of Burkina Faso"


def test_a_group_that_no_registry_knows_acts_under_its_name(read: Read) -> None:
    text = (
        "The Karuma Liberation Front (KLF) attacked a police post near Gulu, Uganda, on Monday, "
        "killing two officers."
    )
    found = first(read, text)
    assert (found.actor1, found.actor2) == ("Karuma Liberation Front", "Police (Uganda)")


def test_a_force_that_tells_of_its_operation_claims_it(read: Read) -> None:
    text = "Kenya's army announced on Monday that it had killed 12 al-Shabaab men near Lamu."
    assert ground(first(read, text)) == ("Kenya Defence Forces", "claimed")


def test_its_troops_are_those_of_the_speaker(read: Read) -> None:
    text = (
        "The Kachin Independence Army said its troops ambushed a military column near Bhamo, "
        "Myanmar, on Monday and killed nine soldiers."
    )
    found = first(read, text)
    assert ground(found) == ("Kachin Independence Army", "claimed")
    assert found.actor2 == "Military Forces of Myanmar"


def test_herders_who_kill_are_no_civilians(read: Read) -> None:
    text = "Herders killed seven farmers in Lafia, Nigeria, on Monday, police said."
    assert first(read, text).actor1 == "Fulani Militia (Nigeria)"


def test_a_side_that_only_comments_did_nothing(read: Read) -> None:
    text = (
        "Two traders were shot dead near Jenin, West Bank, on Monday. Hamas praised the attack but "
        "did not claim it."
    )
    assert ground(first(read, text)) == (UNKNOWN, "none")


def test_suspected_rebels_of_one_attack_are_not_those_of_the_other(read: Read) -> None:
    text = (
        "M23 rebels killed three soldiers near Rutshuru, DR Congo, on Monday. Separately, "
        "suspected members of the ADF killed six farmers near Mambasa on Tuesday."
    )
    one, two = (found.incident for found in read(text, "2024-05-08"))
    assert ground(one) == ("March 23 Movement", "attributed")
    assert ground(two) == ("Allied Democratic Forces", "suspected")


def test_a_group_quoted_at_the_end_of_its_sentence_claims(read: Read) -> None:
    text = (
        "The Arakan Army seized the town of Ann, Myanmar, on Monday after junta troops fled, the "
        "group said in a statement."
    )
    assert ground(first(read, text)) == ("Arakan Army", "claimed")


def test_an_office_at_home_speaks_for_a_force_abroad(read: Read) -> None:
    text = (
        "Two Kurdistan Workers' Party members were killed in an air strike by the Turkish Armed "
        "Forces near Duhok, Iraq, on Monday, Turkey's National Defence Ministry said."
    )
    assert ground(first(read, text)) == ("Turkish Armed Forces", "claimed")


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("UNITA guerrillas derailed a train with a mine near Balombo, Angola.", "UNITA"),
        ("Suspected ETA members placed a bomb under a car in Vitoria, Spain.", "ETA"),
        ("Men of the FPRC fired on a patrol in Bria, Central African Republic.", "FPRC"),
        ("On Monday, two suicide bombers of the ADF blew up a bus in Kampala, Uganda.", "ADF"),
        ("Suspected Taliban militants beheaded an elder accused of spying in Deh Rawood, "
         "Afghanistan.", "Taliban"),
        ("RSF fighters looted a clinic in Ed Dueim, Sudan, killing a nurse.", "RSF"),
    ],
)  # fmt: skip
def test_the_subject_of_any_active_verb_acts(read: Read, text: str, actor: str) -> None:
    incident = first(read, text)
    wanted = default_registry().resolve(actor, incident.country)
    assert wanted is not None
    assert incident.actor1 == wanted.name


def test_who_is_told_to_have_been_hit_does_not_act(read: Read) -> None:
    text = "Al Shabaab fighters survived a blast that killed two villagers near Baidoa, Somalia."
    assert first(read, text).actor1 == UNKNOWN


def test_the_first_of_two_that_act_together_is_named(read: Read) -> None:
    text = "Malian soldiers and Wagner Group fighters killed ten herders in Nampala on Monday."
    assert first(read, text).actor1 == "Military Forces of Mali"


def test_the_rebels_are_those_named_before(read: Read) -> None:
    text = (
        "The Lord's Resistance Army attacked Gulu, Uganda, on Sunday, killing three people. "
        "The rebels also abducted nine girls in Kitgum on Monday."
    )
    assert {x.incident.actor1 for x in read(text, "2003-05-07")} == {"Lord's Resistance Army"}


def test_a_force_that_shoots_at_a_march_acts_first(read: Read) -> None:
    text = "Police opened fire on protesters in Kananga, DR Congo, on Monday, killing two of them."
    incident = first(read, text)
    assert incident.sub_event_type == "Excessive force against protesters"
    assert incident.actor1 == "Congolese National Police"
    assert incident.actor2 == "Protesters (Democratic Republic of the Congo)"


def test_rival_crowds_are_on_both_sides(read: Read) -> None:
    text = "Supporters of two rival parties clashed in Feni, Bangladesh, on Monday; one man died."
    incident = first(read, text)
    assert incident.actor1 == incident.actor2 == "Rioters (Bangladesh)"


def test_who_claims_an_attack_is_a_group_though_no_registry_knows_it(read: Read) -> None:
    text = (
        "A bomb went off at a bank in Montpellier, France, on Monday, injuring two people. The "
        "Armed Nuclei for Popular Autonomy claimed responsibility."
    )
    assert ground(first(read, text)) == ("Armed Nuclei for Popular Autonomy", "claimed")


def _read_two(text: str, outlet: str = "") -> list[tuple[str | None, str | None, str]]:
    from datetime import date

    from geodata.incident import Document
    from ingest.pipeline import preview

    document = Document(document_id="d", text=text, published=date(2017, 9, 24), outlet=outlet)
    found = [one.incident for one in preview(document).extracted]
    return [(i.place, i.actor1, i.attribution.value) for i in found]


def test_the_one_group_that_a_paragraph_names_did_what_it_tells() -> None:
    text = (
        "Militants stormed the army base at Barire in Somalia on Saturday and killed eight "
        "soldiers. The Al-Shabaab flag was on the gate by eight.\n\n"
        "In Beledweyne two men were shot dead by gunmen on Friday."
    )
    assert [(actor, ground) for _, actor, ground in _read_two(text)] == [
        ("Al Shabaab", "attributed"),
        ("Unidentified armed group", "none"),
    ]


def test_a_statement_that_names_a_town_is_of_the_deed_there() -> None:
    text = (
        "A teacher was shot dead in Raman district of Yala, Thailand, on Friday.\n\n"
        "Assailants lobbed a grenade at a ranger base in Yarang on Saturday.\n\n"
        "Police believe the attacks in Raman to be the work of the Barisan Revolusi Nasional."
    )
    found = {place: ground for place, _, ground in _read_two(text)}
    assert found["Yarang"] == "none"
    assert found["Raman"] == "suspected"


def test_a_force_claims_what_its_own_press_note_tells() -> None:
    text = (
        "On Friday troops killed two rebels in an encounter near Monkayo, Philippines.\n\n"
        "On Saturday police arrested a member of the New People's Army in Davao."
    )
    outlet = "10th Infantry Division, Philippine Army"
    assert {ground for _, _, ground in _read_two(text, outlet)} == {"claimed"}


def test_access_that_was_denied_denies_no_deed() -> None:
    text = (
        "Ten passengers were killed in an ambush near Yei in South Sudan on Tuesday.\n\n"
        "The mission asked to go there. It was denied on Wednesday at an army checkpoint."
    )
    assert [ground for _, _, ground in _read_two(text)] == ["none"]
