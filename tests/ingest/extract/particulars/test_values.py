"""Weapon, tactic, target, people taken and let go, who tells: one sentence, one value."""

from __future__ import annotations

from typing import Any

import pytest

WEAPONS = [
    ("firearm", "Gunmen opened fire on a market in Jos, Nigeria, on Monday, killing four traders."),
    ("firearm", "A journalist was shot dead by men on a motorcycle in Tijuana, Mexico, on Monday."),
    ("improvised explosive device", "A roadside bomb killed three soldiers near Gao, Mali, on"
                                    " Monday."),
    ("car bomb", "A truck packed with explosives blew up outside a hotel in Mogadishu on Monday,"
                 " killing nine people."),
    ("suicide vest", "A suicide bomber blew himself up in a mosque in Maiduguri, Nigeria, on"
                     " Monday,"
                     " killing six worshippers."),
    ("mortar", "Mortar shells hit a school in Taiz, Yemen, on Monday, wounding three pupils."),
    ("rocket", "Rockets hit a base in Erbil, Iraq, on Monday, injuring two guards."),
    ("artillery", "Artillery shelled the town of Avdiivka, Ukraine, on Monday, killing two"
                  " residents."),
    ("missile", "A ballistic missile struck a railway station in Kharkiv, Ukraine, on Monday,"
                " killing five people."),
    ("grenade", "Attackers hurled a hand grenade at a bar in Bujumbura, Burundi, on Monday,"
                " wounding"
                " eight people."),
    ("landmine", "Two farmers died when their cart hit a landmine near Kassala, Sudan, on Monday."),
    ("drone", "A drone hit a power substation in Odesa, Ukraine, on Monday, injuring two linemen."),
    ("aircraft", "Warplanes bombed a village near Idlib, Syria, on Monday, killing seven"
                 " civilians."),
    ("blade", "Men with machetes hacked six villagers to death near Beni in the Democratic Republic"
              " of Congo on Monday."),
    ("fire", "Armed men set fire to four trucks near Temuco, Chile, on Monday."),
    ("crowd control", "Police fired tear gas at protesters in Nairobi, Kenya, on Monday."),
]  # fmt: skip

TACTICS = [
    ("ambush", "Rebels ambushed an army patrol near Kidal, Mali, on Monday, killing five"
               " soldiers."),
    ("raid", "Bandits stormed a village near Gusau, Nigeria, on Monday, killing nine people."),
    ("clash", "Two rebels were killed in a gun battle with soldiers near Cotabato, Philippines, on"
              " Monday."),
    ("kidnapping", "Gunmen kidnapped an engineer near Arauca, Colombia, on Monday."),
    ("suicide attack", "A suicide bomber killed five people in Kabul on Monday."),
    ("drone strike", "A drone strike killed two fighters in Marib, Yemen, on Monday."),
    ("airstrike", "An air strike killed two fighters in Marib, Yemen, on Monday."),
    ("shelling", "Shelling killed two women in Aden, Yemen, on Monday."),
    ("arson", "Attackers torched a school in Temuco, Chile, on Monday."),
    ("jailbreak", "Militants stormed a prison in Butembo in the Democratic Republic of Congo on"
                  " Monday, killing two guards and freeing 300 inmates."),
    ("search operation", "Troops killed three militants during a search operation in Pulwama,"
                         " India,"
                         " on Monday."),
    ("riot", "Rioters threw stones at police in Belfast, Northern Ireland, on Monday."),
    ("assassination", "A hit squad shot dead a judge in Quito, Ecuador, on Monday."),
]  # fmt: skip

TARGETS = [
    ("police", "Gunmen attacked a police station in Quetta, Pakistan, on Monday, killing two"
               " constables."),
    ("military", "A bomb hit an army convoy near Gao, Mali, on Monday, killing three soldiers."),
    ("religious site", "Gunmen attacked a church in Kaduna, Nigeria, on Monday, killing nine"
                       " people."),
    ("school", "A bomb exploded at a school in Herat, Afghanistan, on Monday, wounding four"
               " pupils."),
    ("health", "Armed men attacked a hospital in Port-au-Prince, Haiti, on Monday, killing a"
               " nurse."),
    ("aid workers", "Gunmen ambushed an aid convoy near Juba, South Sudan, on Monday, killing one"
                    " driver."),
    ("journalists", "A reporter was gunned down in Veracruz, Mexico, on Monday."),
    ("transport", "Gunmen attacked a bus near Jos, Nigeria, on Monday, killing six people."),
    ("infrastructure", "Militants blew up a gas pipeline near Sui, Pakistan, on Monday."),
    ("business", "A grenade was thrown at a shop in Karachi, Pakistan, on Monday, injuring"
                 " three people."),
    ("government", "A car bomb exploded outside the ministry of education in Mogadishu on Monday,"
                   " killing 12 people."),
    ("armed group", "Soldiers killed four rebels near Ituri in the Democratic Republic of Congo on"
                    " Monday."),
    ("civilians", "Rebels attacked a village near Bunia in the Democratic Republic of Congo on"
                  " Monday, killing 11 people."),
]  # fmt: skip


def told(read: Any, text: str) -> Any:
    """The first incident of a text of a known day; every quote stands where it says."""
    found = read(text, "2022-03-02")
    assert found, text
    for claim in found[0].claims:
        at = claim.evidence
        assert at is None or text[at.start : at.end] == at.quote
    return found[0]


@pytest.mark.parametrize(("weapon", "text"), WEAPONS)
def test_weapon(read: Any, weapon: str, text: str) -> None:
    assert told(read, text).incident.weapon == weapon


@pytest.mark.parametrize(("tactic", "text"), TACTICS)
def test_tactic(read: Any, tactic: str, text: str) -> None:
    assert told(read, text).incident.tactic == tactic


@pytest.mark.parametrize(("target", "text"), TARGETS)
def test_target(read: Any, target: str, text: str) -> None:
    assert told(read, text).incident.target == target


RAID = "Troops killed two militants in a raid near Gao, Mali, on Monday. "
SEIZED = "Gunmen kidnapped seven labourers from a farm near Jos, Nigeria, on Monday. "


@pytest.mark.parametrize(
    ("more", "arrested"),
    [
        ("Security forces also arrested five suspects.", 5),
        ("Three men and a woman were taken into custody.", 4),
        ("Police later detained a man.", 1),
        ("They captured three others alive.", 3),
        ("Soldiers took two men into custody.", 2),
        ("30 people, including nine women, were arrested.", 30),
        ("Five suspects were arrested. Another two were detained later.", 7),
        ("Five suspects were arrested. The five suspects were arrested at a checkpoint.", 5),
        ("No arrests were made.", 0),
        ("Nobody has been arrested.", 0),
        ("The army vowed to arrest the others.", None),
        ("Officials demanded the arrest of five men.", None),
        ("Troops failed to arrest three suspects.", None),
        ("Suspects were arrested.", None),
        ("In March, police arrested nine men in Bamako.", None),
    ],
)
def test_arrested(read: Any, more: str, arrested: int | None) -> None:
    assert told(read, RAID + more).incident.arrested == arrested


@pytest.mark.parametrize(
    ("text", "abducted"),
    [
        (SEIZED, 7),
        ("Seven labourers abducted near Jos, Nigeria, on Monday.", 7),
        ("Armed men took 12 villagers hostage near Gao, Mali, on Monday.", 12),
        ("A teacher was whisked away by gunmen near Zamfara, Nigeria, on Monday.", 1),
        ("Six nuns and a driver were snatched by gunmen near Jos, Nigeria, on Monday.", 7),
        ("Rebels captured 12 soldiers in an attack on a base near Goma in the Democratic"
         " Republic of"
         " Congo on Monday, killing three.", 12),
        (RAID, None),
    ],
)  # fmt: skip
def test_abducted(read: Any, text: str, abducted: int | None) -> None:
    assert told(read, text).incident.abducted == abducted


@pytest.mark.parametrize(
    ("more", "released"),
    [
        ("Three of the labourers were later released.", 3),
        ("The gunmen freed two women.", 2),
        ("All were released on Tuesday.", 7),
        ("The kidnappers released a video.", None),
        ("Relatives called for the release of the seven labourers.", None),
        ("Troops rescued four of the hostages.", 4),
        ("None of the labourers has been released.", 0),
    ],
)
def test_released(read: Any, more: str, released: int | None) -> None:
    assert told(read, SEIZED + more).incident.released == released


@pytest.mark.parametrize(
    ("more", "who"),
    [
        ("Police blamed the Lashkar-e-Jhangvi.", "Police"),
        ("Local residents accused the Lashkar-e-Jhangvi of the attack.", "Local residents"),
        ("The Lashkar-e-Jhangvi was behind the attack, the governor said.", "governor"),
        ("The Lashkar-e-Jhangvi claimed responsibility for the attack.", "the group itself"),
        ("No group has claimed responsibility.", None),
    ],
)
def test_who_names_the_perpetrator(read: Any, more: str, who: str | None) -> None:
    text = "A bomb killed six people in a market in Quetta, Pakistan, on Monday. "
    assert told(read, text + more).incident.attributed_by == who


def test_what_was_found_is_no_weapon_of_the_deed(read: Any) -> None:
    one = told(read, RAID + "A cache of grenades and mortars was recovered.")
    assert one.incident.weapon is None


def test_other_weapons_are_kept_beside(read: Any) -> None:
    one = told(read, "Gunmen opened fire on a post near Gao, Mali, on Monday and threw"
                     " grenades, killing"
               " two soldiers.")  # fmt: skip
    (weapon,) = [c for c in one.claims if c.field == "weapon"]
    assert {weapon.value, *weapon.detail["also"]} == {"firearm", "grenade"}
