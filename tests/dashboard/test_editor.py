"""What the fields of a card offer."""

from __future__ import annotations

from dashboard._editor import known_actors


def test_a_countrys_own_actors_come_first():
    names = known_actors("Pakistan")
    assert "Police (Pakistan)" in names[:60]
    assert names.index("Police (Pakistan)") < names.index("Boko Haram")


def test_without_a_country_there_are_no_forces_of_nowhere():
    assert not [name for name in known_actors(None) if "{" in name or "None" in name]


def test_a_country_that_nobody_knows_offers_the_rest():
    assert "Boko Haram" in known_actors("Examplia")
