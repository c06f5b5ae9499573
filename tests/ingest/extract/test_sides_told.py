"""Sides of a fight and words of blame: peoples at odds, guards, prisoners, foreign guns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geodata.incident import ExtractedIncident, Incident

Read = Callable[..., list[ExtractedIncident]]
UNKNOWN = "Unidentified armed group"


def first(read: Read, text: str) -> Incident:
    return read(text, "2024-05-16")[0].incident


def sides(incident: Incident) -> tuple[str | None, str | None]:
    return incident.actor1, incident.actor2


@pytest.mark.parametrize(
    ("text", "one", "two"),
    [
        (
            "Clashes between Dinka and Murle youths near Bor, South Sudan, on Monday left 14 dead.",
            "Dinka Militia",
            "Murle Militia",
        ),
        (
            "Konkombas and Nanumbas fought with rifles near Bimbilla, Ghana, on Monday; three "
            "people died.",
            "Konkomba Militia (Ghana)",
            "Nanumba Militia (Ghana)",
        ),
        (
            "A gunfight between the Sarok tribe and the Wenta tribe near Tari in Papua New Guinea "
            "on Monday left six dead.",
            "Sarok Tribal Militia (Papua New Guinea)",
            "Wenta Tribal Militia (Papua New Guinea)",
        ),
        (
            "Nomads and villagers clashed near Abeche, Chad, on Sunday after cattle strayed into "
            "a field; nine people died.",
            "Communal Militia (Chad)",
            "Communal Militia (Chad)",
        ),
    ],
)
def test_peoples_at_odds_are_the_two_sides(read: Read, text: str, one: str, two: str) -> None:
    assert sides(first(read, text)) == (one, two)


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        (
            "Company guards opened fire on villagers near Geita in Tanzania on Monday, killing "
            "two of them.",
            "Private Security Forces (Tanzania)",
        ),
        (
            "Security guards shot dead two squatters on a farm near Tocoa, Honduras, on Monday.",
            "Private Security Forces (Honduras)",
        ),
        (
            "Inmates took five guards hostage at a prison in Latacunga, Ecuador, on Monday.",
            "Prisoners (Ecuador)",
        ),
        (
            "Armed Murle youths raided a cattle camp near Bor, South Sudan, on Monday and killed "
            "three herders.",
            "Murle Militia",
        ),
    ],
)
def test_people_who_attack_are_no_bystanders(read: Read, text: str, doer: str) -> None:
    assert first(read, text).actor1 == doer


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        (
            "Rockets fired from Cambodia hit a farm in Surin, Thailand, on Monday, killing two "
            "villagers.",
            "Royal Cambodian Armed Forces",
        ),
        (
            "Shells launched from Armenia landed in Agdam, Azerbaijan, on Monday and killed a "
            "farmer.",
            "Military Forces of Armenia",
        ),
        (  # others than the army fire from there
            "A rocket fired from Lebanon hit a farm near Metula, Israel, on Monday, killing a "
            "worker.",
            UNKNOWN,
        ),
    ],
)
def test_guns_in_another_country_are_its_armys(read: Read, text: str, doer: str) -> None:
    assert first(read, text).actor1 == doer


def test_where_fighters_stay_is_attacked(read: Read) -> None:
    text = (
        "Ugandan soldiers came upon a rebel camp near Komanda in the Democratic Republic of the "
        "Congo on Monday and killed nine fighters, the Ugandan army said."
    )
    assert first(read, text).actor1 == "Uganda People's Defence Force"


ATTACK = "Four policemen were killed by a bomb in Mandera, Kenya, on Monday, officials said. "


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        ("Al Shabaab said the bomb was theirs.", "claimed"),
        ("Al Shabaab signed the attack in a message on its radio.", "claimed"),
        ("An Al Shabaab commander told reporters that it was the work of his men.", "claimed"),
        ("Officials laid the attack at the door of Al Shabaab.", "attributed"),
        ("The governor said the attack was the work of Al Shabaab.", "attributed"),
        ("Detectives think the bombers belong to Al Shabaab.", "suspected"),
    ],
)
def test_words_of_claim_and_blame(read: Read, words: str, ground: str) -> None:
    incident = first(read, ATTACK + words)
    assert (incident.actor1, incident.attribution.value) == ("Al Shabaab", ground)


@pytest.mark.parametrize(
    "denial",
    [
        "Baku denied the accusation.",
        "Officials in Baku called the report “another invention”.",
        "Azerbaijan's defence ministry said its units had not opened fire.",
    ],
)
def test_the_accused_state_denies(read: Read, denial: str) -> None:
    text = (
        "Armenia accused Azerbaijan of shelling the village of Sotk in Armenia on Monday, "
        f"killing a farmer. {denial}"
    )
    incident = first(read, text)
    assert (incident.actor1, incident.attribution.value) == (
        "Military Forces of Azerbaijan",
        "denied",
    )


@pytest.mark.parametrize(
    ("words", "one", "two"),
    [
        (
            "a shootout between members of the Gulf Cartel and Los Zetas",
            "Gulf Cartel",
            "Los Zetas",
        ),
        ("a gun battle between the Sinaloa Cartel and La Línea", "Sinaloa Cartel", "La Linea"),
    ],
)
def test_a_fight_between_two_names_both(read: Read, words: str, one: str, two: str) -> None:
    text = f"At least seven people died on Monday in {words} near Parral, Mexico."
    assert sides(first(read, text)) == (one, two)


def test_linked_militants_are_the_group_told_before(read: Read) -> None:
    text = (
        "Al Shabaab holds most of the countryside. On Monday the al Qaeda-linked militants raided "
        "a police post near Jowhar, Somalia, killing three officers."
    )
    assert sides(first(read, text)) == ("Al Shabaab", "Police (Somalia)")


def test_an_acronym_is_whose_the_text_says(read: Read) -> None:
    text = (
        "Four fighters were killed on Monday in Sabratha, Libya, when men of the Stability Support "
        "Apparatus (SSA) raided a farm. Residents accused the SSA of firing first."
    )
    assert first(read, text).actor1 == "Stability Support Apparatus"


def test_a_strike_by_nobody_named_is_the_one_foreign_forces(read: Read) -> None:
    told = "Russian artillery fired on Nikopol, Ukraine, on Monday and killed a man.\n\n"
    text = f"{told}Two guided bombs hit the centre of Orikhiv, Ukraine, on Tuesday, killing three."
    assert {i.incident.actor1 for i in read(text, "2024-05-16")} == {"Armed Forces of Russia"}


def test_a_strike_stays_nobodys_where_two_states_strike(read: Read) -> None:
    text = (
        "Turkish jets bombed a camp near Duhok, Iraq, on Monday, killing two.\n\n"
        "Iranian missiles hit a house in Erbil, Iraq, on Monday, killing a man.\n\n"
        "A drone struck a farm near Sinjar, Iraq, on Tuesday, killing three people."
    )
    assert read(text, "2024-05-16")[-1].incident.actor1 == UNKNOWN


def test_elders_who_sign_a_peace_speak_for_their_peoples(read: Read) -> None:
    text = (
        "Elders of the Misseriya and Rizeigat tribes signed a peace agreement in El Fula, Sudan, "
        "on Monday."
    )
    assert sides(first(read, text)) == ("Misseriya Militia (Sudan)", "Rizeigat Militia (Sudan)")


def test_a_clause_after_and_has_its_own_dead(read: Read) -> None:
    text = "Houthi shells landed on a market in Taiz, Yemen, on Monday and a boy died."
    assert sides(first(read, text)) == ("Houthis", "Civilians (Yemen)")


@pytest.mark.parametrize(
    "told",
    [
        "A bomb planted by unknown men went off near an army truck",
        "An explosive laid by unidentified persons exploded beside an army convoy",
        "A mine planted by insurgents blew up under a military vehicle",
    ],
)
def test_who_passes_a_bomb_did_not_plant_it(read: Read, told: str) -> None:
    incident = first(read, f"{told} in Quetta, Pakistan, on Monday, injuring four soldiers.")
    assert sides(incident) == (UNKNOWN, "Pakistan Army")


@pytest.mark.parametrize(
    ("text", "force"),
    [
        (
            "Students stoned vehicles on the Nakuru road in Eldoret, Kenya, on Monday. Police "
            "lobbed teargas at them.",
            "Police (Kenya)",
        ),
        (
            "About 200 people rallied in Samara, Russia, on Monday against a dump. Several were "
            "detained.",
            "Police (Russia)",
        ),
    ],
)
def test_a_crowd_meets_the_force_told_beside_it(read: Read, text: str, force: str) -> None:
    assert first(read, text).actor2 == force


def test_militants_are_the_target_before_a_bystander(read: Read) -> None:
    text = (
        "A Turkish drone hit a car in Sinjar, Iraq, on Monday, killing two members of the PKK and "
        "a shepherd. A passer-by was wounded."
    )
    assert first(read, text).actor2 == "Kurdistan Workers' Party"


def test_people_arrested_are_the_other_side(read: Read) -> None:
    text = "Nicaraguan police arrested two priests in Matagalpa on Monday, the diocese said."
    assert sides(first(read, text)) == ("Police (Nicaragua)", "Civilians (Nicaragua)")


def test_rebels_of_a_people_and_their_group(read: Read) -> None:
    text = (
        "Hutu rebels of the FDLR killed four farmers near Rutshuru in the Democratic Republic of "
        "the Congo on Monday."
    )
    assert first(read, text).actor1 == "Democratic Forces for the Liberation of Rwanda"


def test_a_force_abroad_claims_through_its_spokesman(read: Read) -> None:
    text = (
        "The Chadian army bombed hideouts near Gamboru, Nigeria, on Monday, killing 12 Boko Haram "
        "fighters, its spokesman said."
    )
    assert first(read, text).attribution.value == "claimed"


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        ("The group issued a statement of responsibility.", "claimed"),
        ("A caller to a local paper using an agreed word said the group was behind it.", "claimed"),
        ("The group claimed killing six of them.", "claimed"),
        ("The group rejected this as a lie.", "denied"),
        ("The group has neither owned nor denied the blast.", "suspected"),
    ],
)
def test_what_the_group_itself_says(read: Read, words: str, ground: str) -> None:
    told = "Police suspect the Ulster Volunteer Force. "
    text = f"A bomb hurt two officers in Lurgan, United Kingdom, on Monday. {told}{words}"
    assert first(read, text).attribution.value == ground
