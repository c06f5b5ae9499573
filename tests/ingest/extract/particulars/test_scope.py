"""No incident takes a value from another's words; every quote is verbatim."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ROUNDUP = (
    "QUETTA: Gunmen opened fire on a police post in Khuzdar on Monday, killing two constables.\n\n"
    "Police arrested three suspects in a nearby village.\n\n"
    "Separately, a roadside bomb hit an army convoy near Turbat on Tuesday, wounding four"
    " soldiers.\n\n"
    "In another incident, unidentified men kidnapped six coal miners in Harnai on Wednesday."
)
PARTICULARS = ("weapon", "tactic", "target", "arrested", "abducted", "released", "attributed_by")


def test_each_incident_of_a_roundup_has_its_own_values(read: Any) -> None:
    rows = {one.incident.place: one.incident for one in read(ROUNDUP, "2022-03-03")}
    assert (rows["Khuzdar"].weapon, rows["Khuzdar"].target) == ("firearm", "police")
    assert (rows["Khuzdar"].arrested, rows["Khuzdar"].abducted) == (3, None)
    assert rows["Turbat"].weapon == "improvised explosive device"
    assert (rows["Turbat"].arrested, rows["Harnai"].arrested) == (None, None)
    assert rows["Harnai"].abducted == 6


def test_an_arrest_elsewhere_is_not_ours(read: Any) -> None:
    text = (
        "A bomb killed six people in a market in Quetta, Pakistan, on Monday. Police arrested nine"
        " smugglers in Karachi."
    )
    assert all(one.incident.arrested is None for one in read(text, "2022-03-02"))


def test_background_keeps_its_own_weapon(read: Any) -> None:
    text = (
        "Gunmen opened fire on a bus near Jos, Nigeria, on Monday, killing six people. Last"
        " month, a"
        " suicide bomber killed 20 people in Maiduguri."
    )
    first, second = (one.incident for one in read(text, "2022-03-02"))
    assert (first.weapon, second.weapon) == ("firearm", "suicide vest")


PIECES = [
    "Gunmen opened fire on a police post in Khuzdar on Monday",
    "killing two constables and 3 others",
    "the army said it had arrested five suspects",
    "took 12 people hostage",
    "All were released",
    "A suicide bomber rammed a truck packed with explosives into a church in Jos, Nigeria",
    "the toll rose to 14, hospital officials said",
    "an earlier toll of eight",
    "No arrests were made",
    "Al Shabaab claimed responsibility",
    "set fire to a school",
    "Juan Pérez, 54, was whisked away",
    "“They freed 19,” a resident said",
    "é\u0301\u2028", "\n\n", ". ", ", ", "; ", " by ", " and ", "؟", "\t", "🙂",
]  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=14).map("".join))
def test_every_quote_is_verbatim_in_any_text(read: Any, text: str) -> None:
    for one in read(text, "2022-03-02"):
        for claim in one.claims:
            at = claim.evidence
            assert at is None or (text[at.start : at.end] == at.quote and at.quote)
        told = {c.field: c.value for c in one.claims if c.field in PARTICULARS}
        assert told == {
            name: value
            for name in PARTICULARS
            if (value := getattr(one.incident, name)) is not None
        }


def test_claims_of_one_incident_have_ids_of_their_own(read: Any) -> None:
    for one in read(ROUNDUP, "2022-03-03"):
        ids = [claim.claim_id for claim in one.claims]
        assert len(ids) == len(set(ids))
