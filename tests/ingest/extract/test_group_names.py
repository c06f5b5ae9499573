"""Names and abbreviations of groups that a text introduces."""

from geodata.actors import default_registry
from geodata.countries import countries_named
from ingest.extract.lexicon import load
from ingest.extract.parties import Party, find_parties


def parties(text: str, *homes: str) -> list[Party]:
    return find_parties(
        text, default_registry(), load("en"), None, countries_named(text) | {*homes}
    )


def test_a_groups_own_abbreviation_is_not_another_groups() -> None:
    text = "The Karuma Liberation Front (KLF) fled. The KLF had ten men."
    assert {p.name for p in parties(text)} == {"Karuma Liberation Front"}


def test_a_name_ends_with_a_short_line() -> None:
    found = parties("News from Lebanon\nHezbollah fired rockets.", "Lebanon")
    assert "Hezbollah" in [p.alias for p in found]


def test_a_name_goes_over_the_end_of_a_wrapped_line() -> None:
    text = (
        "Officials said on Monday that fighters of the well-known Tehrik-i-Taliban\nPakistan came."
    )
    names = [a.name for p in parties(text, "Pakistan") for a in p.actors]
    assert "Tehrik-i-Taliban Pakistan" in names


def test_the_tail_of_a_file_number_is_no_group() -> None:
    assert parties("Press release No PR-88/2022-IS of the ministry.") == []
