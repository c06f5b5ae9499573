"""Short coded summaries, as event tables hold them: a day at the head, one or two sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from geodata.incident import ExtractedIncident, Incident
from geodata.precision import DatePrecision

Read = Callable[..., list[ExtractedIncident]]


def one(read: Read, text: str) -> Incident:
    (found,) = read(text)
    return found.incident


def test_the_day_at_the_head_is_the_day_and_weekdays_are_read_by_it(read: Read) -> None:
    text = "3/15/2009: On Sunday night, in Mosul, Iraq, assailants shot dead two civilians."
    assert one(read, text).event_date == date(2009, 3, 15)


def test_a_day_that_is_unknown_is_a_month(read: Read) -> None:
    text = (
        "11/00/2016: Sometime between November 1, 2016 and November 30, 2016, assailants set fire"
        " to a radio station in Goiania, Brazil."
    )
    found = one(read, text)
    assert (found.event_date, found.event_date_end) == (date(2016, 11, 1), date(2016, 11, 30))
    assert found.date_precision is DatePrecision.MONTH


@pytest.mark.parametrize(
    ("told", "killed"),
    [
        ("At least 21 people, including three soldiers and a cook, were killed.", 21),
        ("Mensah, a local blogger, was killed in the blast.", 1),
        ("Nine people including three children were slain.", 9),
        ("Between 9 and 14 militiamen were killed.", 9),
        ("One of the guards, a boy of 17, was killed.", 1),
        ("The guards were targeted, killing him instantly.", 1),
        ("Ten people were killed, six of them pupils.", 10),
    ],
)
def test_tolls_of_coded_summaries(read: Read, told: str, killed: int) -> None:
    text = f"04/09/2016: A bomb exploded at a police post in Kumasi, Ghana. {told}"
    assert one(read, text).killed_best == killed


def test_an_attempt_kills_nobody(read: Read) -> None:
    text = (
        "08/10/2017: Assailants attempted to assassinate a candidate by shooting in Chilapa,"
        " Guerrero, Mexico. The candidate was unharmed; his driver was wounded."
    )
    found = one(read, text)
    assert (found.killed_best, found.injured_best) == (0, 1)


def test_a_year_is_no_toll(read: Read) -> None:
    text = "On 18 October 2024, a villager was found dead after an attack in Herat, Afghanistan."
    assert one(read, text).killed_best == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("On 9 May 2022, the Senegalese army captured a rebel base at Goudomp, Senegal.",
         "Government regains territory"),
        ("On 9 May 2022, M23 took control of the town of Rutshuru, DR Congo.",
         "Non-state actor overtakes territory"),
        ("On 9 May 2022, residents blocked the road at Nsawam, Ghana, to protest the killing of a"
         " driver. Police used tear gas.", "Protest with intervention"),
        ("On 9 May 2022, assailants threw an explosive device at a school in Yola, Nigeria.",
         "Remote explosive/landmine/IED"),
        ("On 9 May 2022, police defused an IED near Naivasha, Kenya.", "Disrupted weapons use"),
        ("On 9 May 2022, soldiers fired mortars at Omdurman, Sudan, killing two.",
         "Shelling/artillery/missile attack"),
    ],
)  # fmt: skip
def test_sorts_of_event(read: Read, text: str, kind: str) -> None:
    assert one(read, text).sub_event_type == kind


def test_what_a_crowd_protests_is_no_toll_of_its_own(read: Read) -> None:
    text = "On 9 May 2022, residents of Nsawam, Ghana, marched to protest the killing of a driver."
    assert one(read, text).killed_best is None


def test_a_road_that_names_its_ends_lies_between_them(read: Read) -> None:
    text = "On 9 May 2022, gunmen ambushed a bus on the Gulu-Kitgum road in Uganda, killing two."
    found = one(read, text)
    assert found.latitude is not None
    assert 2.5 < found.latitude < 3.6


def test_east_is_no_spelling_of_west(read: Read) -> None:
    text = "On 9 May 2022, raiders killed 11 people in Torit, Eastern Equatoria, South Sudan."
    assert one(read, text).admin1 == "Eastern Equatoria"


@pytest.mark.parametrize(
    ("told", "attribution"),
    [
        ("The Taliban admitted the attack.", "claimed"),
        ("A caller said he spoke for the Taliban.", "claimed"),
        ("Sources attributed the attack to the Taliban.", "attributed"),
        ("The Taliban was suspected.", "suspected"),
        ("No group claimed responsibility.", "none"),
    ],
)
def test_who_is_held_responsible(read: Read, told: str, attribution: str) -> None:
    text = f"On 9 May 2019, a bomb killed two people in Khost, Afghanistan. {told}"
    assert one(read, text).attribution == attribution
