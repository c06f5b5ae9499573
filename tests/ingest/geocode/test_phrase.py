"""A place phrase is taken apart without looking anything up but whole names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.geocode.phrase import MAX_LENGTH, Phrase, Relation, parse

KNOWN = {"port of spain", "quetta", "karachi", "bankass", "koro", "mexico city"}


def read(text: str) -> Phrase:
    return parse(text, lambda name: name.lower() in KNOWN)


@pytest.mark.parametrize(
    ("text", "name", "kinds"),
    [
        ("Mach town", "Mach", ("settlement",)),
        ("the village of Ogossagou", "Ogossagou", ("settlement",)),
        ("southwestern Pakistani city of Quetta", "Quetta", ("settlement",)),
        ("Kech district", "Kech", ("admin2", "admin1")),
        ("district of Mastung", "Mastung", ("admin2", "admin1")),
        ("Jafarabad Distrcit", "Jafarabad", ("admin2", "admin1")),
        ("Balochistan province", "Balochistan", ("admin1", "admin2")),
        ("Kharkiv oblast", "Kharkiv", ("admin1", "admin2")),
        ("Izium raion", "Izium", ("admin2", "admin1")),
        ("Wilayat Kandahar", "Kandahar", ("admin1", "admin2")),
        ("departamento de Antioquia", "Antioquia", ("admin1", "admin2")),
        ("Anbar governorate", "Anbar", ("admin1", "admin2")),
        ("Konduga LGA", "Konduga", ("admin2", "admin1")),
        ("Khyber tribal district", "Khyber", ("admin2", "admin1")),
        ("northern Mali", "Mali", ()),
        ("Port of Spain", "Port of Spain", ()),
    ],
)
def test_what_is_meant(text: str, name: str, kinds: tuple[str, ...]) -> None:
    main = read(text).main
    assert main.name == name
    assert main.kinds == kinds


@pytest.mark.parametrize(
    ("text", "main", "containers"),
    [
        ("Mach town in Bolan district", "Mach", ["Bolan"]),
        ("Mastung district of Balochistan", "Mastung", ["Balochistan"]),
        ("Izium, Kharkiv oblast, Ukraine", "Izium", ["Kharkiv", "Ukraine"]),
        ("Quetta's Sariab Road", "Sariab", ["Quetta"]),
        ("a road (North Waziristan)", "North Waziristan", []),
        ("Maiduguri, the capital of Borno state", "Maiduguri", ["Borno"]),
    ],
)
def test_what_contains_it(text: str, main: str, containers: list[str]) -> None:
    phrase = read(text)
    assert phrase.main.name == main
    assert [segment.name for segment in phrase.containers] == containers


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("near Kolpur", "Kolpur"),
        ("on the outskirts of Peshawar", "Peshawar"),
        ("close to the town of Bama", "Bama"),
        ("Pakistan-Afghanistan border near Chaman", "Chaman"),
        ("on the Quetta-Karachi highway near Khuzdar", "Khuzdar"),
        ("a checkpoint near Razmak", "Razmak"),
        ("south of Gao", "Gao"),
    ],
)
def test_near(text: str, name: str) -> None:
    phrase = read(text)
    assert phrase.relation is Relation.NEAR
    assert phrase.main.name == name


@pytest.mark.parametrize(
    ("text", "km", "bearing"),
    [
        ("30 km south of Quetta", 30, 180),
        ("about 30 kilometres north-east of Quetta", 30, 45),
        ("some 30 km (19 miles) southwest of Quetta", 30, 225),
        ("10 miles outside Quetta", 16.09, None),
        ("12.5 km from Quetta", 12.5, None),
        ("some forty miles west of Quetta", 64.36, 270),
    ],
)
def test_offset(text: str, km: float, bearing: float | None) -> None:
    phrase = read(text)
    assert phrase.relation is Relation.OFFSET
    assert phrase.distance_km == pytest.approx(km)
    assert phrase.bearing == bearing
    assert phrase.main.name == "Quetta"


@pytest.mark.parametrize(
    "text",
    [
        "between Bankass and Koro",
        "on the road from Bankass to Koro",
        "road between Bankass and Koro",
        "Bankass-Koro road",
        "on the road linking Bankass to Koro",
    ],
)
def test_between(text: str) -> None:
    phrase = read(text)
    assert phrase.relation is Relation.BETWEEN
    assert (phrase.main.name, phrase.other_end) == ("Bankass", "Koro")


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    assert len(read(text).main.name) <= MAX_LENGTH + 10


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "near",
                "30 km",
                "of",
                "the",
                "Quetta",
                "in",
                ",",
                "district",
                "between",
                "and",
                "'s",
                "road",
                "(",
                ")",
                "X-Y",
            ]
        ),
        max_size=12,
    )
)
def test_any_order_of_words_can_be_read(words: list[str]) -> None:
    read(" ".join(words))
