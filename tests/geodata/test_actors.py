"""Actors: who is named in a text, under which alias, and which country's force is meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.actors import Actor, ActorKind, ActorRegistry, default_registry, for_country
from geodata.errors import InputError

REGISTRY = default_registry()


def names(text: str) -> list[str]:
    """First reading of every actor found in a text."""
    return [hit.actors[0].name for hit in REGISTRY.find(text)]


def test_longest_name_wins() -> None:
    assert names("Baloch Liberation Army fighters fled") == [
        "Baloch Liberation Army",
        "Unidentified armed group",
    ]


def test_hit_points_at_the_words() -> None:
    text = "On Monday the Frontier Corps said so."
    (hit,) = REGISTRY.find(text)
    assert text[hit.start : hit.end] == hit.alias == "Frontier Corps"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("IS claimed it", ["Islamic State"]),
        ("this is it", []),
        ("POLICE IS SEARCHING", ["Police"]),
        ("FC men", ["Frontier Corps (Pakistan)"]),
        ("the Levies said", ["Levies (Pakistan)"]),
        ("it levies taxes", []),
    ],
)
def test_acronyms_and_marked_names_keep_their_case(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "spelling",
    ["Lashkar-e-Jhangvi", "Lashkar e Jhangvi", "lashkar-e-jhangvi", "Lashkar‑e‑Jhangvi"],
)
def test_hyphens_spaces_and_case_do_not_matter(spelling: str) -> None:
    assert names(f"of {spelling}.") == ["Lashkar-e-Jhangvi"]


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", ""])
def test_apostrophes_do_not_matter(apostrophe: str) -> None:
    assert names(f"by Da{apostrophe}esh") == ["Islamic State"]


def test_possessive_stays_outside_the_hit() -> None:
    text = "the Taliban’s spokesman"
    (hit,) = REGISTRY.find(text)
    assert hit.alias == "Taliban"


def test_demonym_makes_a_generic_actor_local() -> None:
    assert names("Kenyan soldiers and Nigerian police") == [
        "Kenya Defence Forces",
        "Police (Nigeria)",
    ]


@pytest.mark.parametrize("text", ["Nigeria's police", "Nigerian police", "Nigeria police"])
def test_country_name_works_like_the_demonym(text: str) -> None:
    assert names(text) == ["Police (Nigeria)"]


def test_two_countries_share_a_noun() -> None:
    text = "Kyrgyz and Tajik border guards exchanged fire"
    first, second = REGISTRY.find(text)
    assert (first.alias, second.alias) == ("Kyrgyz", "Tajik border guards")
    assert [hit.actors[0].country for hit in (first, second)] == ["Kyrgyzstan", "Tajikistan"]


def test_plural_of_an_acronym() -> None:
    assert names("two VDPs") == ["Volunteers for the Defence of the Homeland"]


def test_comma_parts_country_and_force() -> None:
    assert names("in Nigeria, police said") == ["Police"]


def test_some_words_act_only_behind_a_country() -> None:
    assert names("forces of nature") == []
    assert names("Turkish drone") == ["Turkish Armed Forces"]
    assert names("a drone hit a car") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Pakistani Taliban", "Tehrik-i-Taliban Pakistan"),
        ("Afghan Taliban", "Taliban"),
        ("Taliban", "Taliban"),
    ],
)
def test_taliban_by_demonym(text: str, name: str) -> None:
    assert names(text) == [name]


def test_phrases_that_name_no_actor() -> None:
    assert names("taken to the Combined Military Hospital") == []


@pytest.mark.parametrize(
    ("word", "country", "name"),
    [
        ("police", "Kenya", "Police (Kenya)"),
        ("police", "KE", "Police (Kenya)"),
        ("soldiers", "Pakistan", "Pakistan Army"),
        ("troops", "Philippines", "Armed Forces of the Philippines"),
        ("army", "Mali", "Military Forces of Mali"),
        ("security forces", "Afghanistan", "Afghan Security Forces"),
        ("miners", "Pakistan", "Civilians (Pakistan)"),
        ("gunmen", "Chad", "Unidentified armed group"),
        ("protesters", "Atlantis", "Protesters (Atlantis)"),
    ],
)
def test_for_country(word: str, country: str, name: str) -> None:
    actor = REGISTRY.for_country(word, country) if word != "gunmen" else REGISTRY.resolve(word)
    assert actor is not None
    assert actor.name == name


def test_for_country_refuses_a_word_that_is_not_generic() -> None:
    with pytest.raises(InputError, match="'Hamas' is no generic actor"):
        for_country("Hamas", "Kenya")


def test_country_prefers_among_homonyms() -> None:
    here = REGISTRY.resolve("Taliban", country="Pakistan")
    there = REGISTRY.resolve("Taliban", country="Afghanistan")
    assert here is not None
    assert there is not None
    assert (here.name, there.name) == ("Tehrik-i-Taliban Pakistan", "Taliban")


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("the Islamic State group", "Islamic State"),
        ("Military (Mali)", "Military Forces of Mali"),
        ("Malian army", "Military Forces of Mali"),
        ("Military Forces of Mali (2021-)", "Military Forces of Mali"),
        ("Police Forces of Kenya (2013-2022)", "Police (Kenya)"),
        ("TTP: Tehreek-i-Taliban Pakistan", "Tehrik-i-Taliban Pakistan"),
        ("XYZ: unheard of", None),
        ("Military Forces of Pakistan", "Pakistan Army"),
        ("Police Forces of nowhere", None),
        ("", None),
        ("a choir", None),
    ],
)
def test_resolve_reads_other_spellings(spelling: str, name: str | None) -> None:
    actor = REGISTRY.resolve(spelling)
    assert (actor.name if actor else None) == name


@pytest.mark.parametrize("actor", [*REGISTRY], ids=lambda actor: actor.name)
def test_every_alias_leads_back_to_its_actor(actor: Actor) -> None:
    for alias in (actor.name, *actor.aliases):
        found = REGISTRY.resolve(alias, country=actor.country)
        if found is None:  # a word that acts only behind a country: "Kenyan drone"
            found = REGISTRY.resolve(f"Malian {alias}")
        assert found is not None, alias
        assert found.name == actor.name or found.country == (actor.country or "Mali"), alias


def test_parents_go_up_the_chain() -> None:
    khorasan = REGISTRY.resolve("ISKP")
    assert khorasan is not None
    assert [parent.name for parent in REGISTRY.parents(khorasan)] == ["Islamic State"]


def test_registry_holds_the_world() -> None:
    assert len(REGISTRY) >= 150
    assert {actor.kind for actor in REGISTRY} == set(ActorKind)


def write(path: Path, *rows: str) -> Path:
    file = path / "actors.csv"
    file.write_text("name,kind,country,aliases,parent,note\n" + "\n".join(rows), encoding="utf-8")
    return file


def test_own_file_replaces_ours(tmp_path: Path) -> None:
    own = ActorRegistry.load(write(tmp_path, "Night Owls,militia,Kenya,Owls|=NO,,"))
    assert [hit.actors[0].name for hit in own.find("the night owls, NO and no")] == [
        "Night Owls",
        "Night Owls",
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Owls,choir,,,,", "line 2: kind 'choir' is none of"),
        (",militia,,,,", "line 2: actor '' is empty or twice"),
        ("Owls,militia,,,Hawks,", "parent 'Hawks' of 'Owls'"),
        ("Owls,militia,Kenya,@Hawks,,", "'@Hawks' .Kenya. names no generic actor"),
        ("Owls,militia,,,,note,too,many", "line 2: more cells than columns"),
    ],
)
def test_wrong_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        ActorRegistry.load(write(tmp_path, row))


def test_wrong_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        ActorRegistry.load(tmp_path / "absent.csv")
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column 'name'"):
        ActorRegistry.load(other)


@given(st.text(max_size=200))
def test_hits_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    last = 0
    for hit in REGISTRY.find(text):
        assert last <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.alias
        last = hit.end


@given(st.lists(st.sampled_from(["IS", "Taliban's", "army", "Pakistani", "-", "\n", ", ", "."])))
def test_pieces_of_names_never_break_the_finder(pieces: list[str]) -> None:
    for hit in REGISTRY.find(" ".join(pieces)):
        assert hit.actors


@pytest.mark.parametrize(
    ("words", "country", "name"),
    [
        ("resistance fighters", "Myanmar", "People's Defence Force (Myanmar)"),
        ("resistance fighters", "Ukraine", "Unidentified armed group"),
        ("National Guard", "Mexico", "National Guard (Mexico)"),
        ("federal police", "Iraq", "Iraqi Federal Police"),
        ("federal police", "Ethiopia", "Police (Ethiopia)"),
        ("UPDF", "Bangladesh", "United People's Democratic Front (Bangladesh)"),
        ("UPDF", "Uganda", "Uganda People's Defence Force"),
        ("SNA", "Syria", "Syrian National Army"),
        ("ISF", "Lebanon", "Internal Security Forces (Lebanon)"),
        ("al-Shabaab", "Mozambique", "Islamic State Mozambique Province"),
        ("al-Shabaab", "Kenya", "Al Shabaab"),
        ("separatist fighters", "Cameroon", "Ambazonian Separatists (Cameroon)"),
        ("separatist fighters", "Spain", "Unidentified armed group"),
        ("Palestinians", "Israel", "Civilians (Palestinian Territory)"),
        ("counter-terrorism police", "Pakistan", "Counter Terrorism Department (Pakistan)"),
        ("counter-terrorism police", "Kenya", "Counter Terrorism Police (Kenya)"),
    ],
)
def test_country_of_the_story_decides(words: str, country: str, name: str) -> None:
    actor = REGISTRY.resolve(words, country=country)
    assert actor is not None
    assert actor.name == name


@pytest.mark.shared
def test_gold_actors_are_known(shared_data: Path) -> None:
    lines = (shared_data / "stories" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    incidents = [gold for line in lines for gold in json.loads(line)["incidents"]]
    wanted = {gold[role] for gold in incidents for role in ("actor1", "actor2", "perpetrator")}
    unknown = sorted(name for name in wanted - {None} if REGISTRY.resolve(name) is None)
    assert unknown == []


@pytest.mark.parametrize(
    ("written", "country", "name"),
    [
        ("New People's Army (NPA)", None, "New People's Army"),
        ("Military Forces of Mali (2021-) Wagner Group", None, "Wagner Group"),
        ("Police Forces of India (2014-) BSF", None, "Border Security Force (India)"),
        ("Dinka Clan Militia (South Sudan)", None, "Dinka Militia"),
        ("Government of Yemen (North Yemen)", None, "Military Forces of Yemen"),
        ("Sinai Province of the Islamic State", None, "Islamic State Sinai Province"),
        ("FDN", "Nicaragua", "Nicaraguan Democratic Force"),
        ("ELF", "Eritrea", "Eritrean Liberation Front"),
        ("Maoists", "India", "Communist Party of India (Maoist)"),
        ("Maoists", "Nepal", "Communist Party of Nepal (Maoist)"),
    ],
)  # fmt: skip
def test_names_of_event_tables_are_resolved(written: str, country: str | None, name: str) -> None:
    found = REGISTRY.resolve(written, country)
    assert found is not None
    assert found.name == name


def test_a_homebound_abbreviation_needs_its_country_in_the_text() -> None:
    assert names("LNM men shot at a Lebanese village") == ["Lebanese National Movement"]
    assert names("the LNM telescope") == []


def test_a_name_marked_exact_is_no_everyday_phrase() -> None:
    assert names("the order was given") == []


@pytest.mark.parametrize(
    ("words", "country", "name"),
    [
        ("UN convoy", "Democratic Republic of the Congo", "MONUSCO"),
        ("UN peacekeepers", "Lebanon", "UNIFIL"),
        ("blue helmets", "Central African Republic", "MINUSCA"),
        ("UN peacekeepers", "Mali", "MINUSMA"),
        ("UN peacekeepers", "France", "United Nations Peacekeepers"),
    ],
)
def test_peacekeepers_are_of_the_mission_in_the_country(
    words: str, country: str, name: str
) -> None:
    found = REGISTRY.resolve(words, country)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("country", ["Mozambique", "Brazil", "China", "France", "Italy", "Egypt"])
def test_police_without_a_name_are_of_no_special_unit(country: str) -> None:
    assert REGISTRY.for_country("police", country).name == f"Police ({country})"


def test_a_patrol_is_of_the_country_named_before_it() -> None:
    assert names("a Rwandan patrol ran into an ambush") == ["Rwanda Defence Force"]
    assert names("a patrol ran into an ambush") == []
