"""Weapon, tactic and kind of target: small closed vocabularies in plain words.

An incident has at most one word of each: the weapon that did the harm, the way of fighting, the
kind of people or thing that was aimed at. None means that the report does not say; ``unknown``
that somebody looked and says it is not known. Each word has a code of the Global Terrorism
Database (GTD codebook: weaptype1, attacktype1, targtype1) or none where the GTD has no such
class; codes of imported tables are kept beside the word. The table stands in
docs/particulars.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Weapon(StrEnum):
    """What the harm was done with."""

    FIREARM = "firearm"
    EXPLOSIVE = "explosive"
    IED = "improvised explosive device"
    CAR_BOMB = "car bomb"
    SUICIDE_VEST = "suicide vest"
    LANDMINE = "landmine"
    GRENADE = "grenade"
    MORTAR = "mortar"
    ROCKET = "rocket"
    ARTILLERY = "artillery"
    MISSILE = "missile"
    DRONE = "drone"
    AIRCRAFT = "aircraft"
    BLADE = "blade"
    BLUNT_OBJECT = "blunt object"
    THROWN_OBJECT = "thrown object"
    BARE_HANDS = "bare hands"
    FIRE = "fire"
    VEHICLE = "vehicle"
    CHEMICAL = "chemical"
    CROWD_CONTROL = "crowd control"
    OTHER = "other"
    UNKNOWN = "unknown"


class Tactic(StrEnum):
    """How it was done."""

    AMBUSH = "ambush"
    RAID = "raid"
    ARMED_ASSAULT = "armed assault"
    CLASH = "clash"
    OFFENSIVE = "offensive"
    ASSASSINATION = "assassination"
    EXECUTION = "execution"
    BOMBING = "bombing"
    SUICIDE_ATTACK = "suicide attack"
    SHELLING = "shelling"
    AIRSTRIKE = "airstrike"
    DRONE_STRIKE = "drone strike"
    KIDNAPPING = "kidnapping"
    HOSTAGE_TAKING = "hostage taking"
    HIJACKING = "hijacking"
    JAILBREAK = "jailbreak"
    ARSON = "arson"
    SABOTAGE = "sabotage"
    LOOTING = "looting"
    SEXUAL_VIOLENCE = "sexual violence"
    BEATING = "beating"
    MOB_ATTACK = "mob attack"
    RIOT = "riot"
    PROTEST = "protest"
    SEARCH_OPERATION = "search operation"
    WEAPONS_SEIZURE = "weapons seizure"
    OTHER = "other"
    UNKNOWN = "unknown"


class Target(StrEnum):
    """What kind of people or thing was aimed at; a building counts with the people in it."""

    POLICE = "police"
    MILITARY = "military"
    GOVERNMENT = "government"
    DIPLOMATS = "diplomats"
    POLITICIANS = "politicians"
    ARMED_GROUP = "armed group"
    CIVILIANS = "civilians"
    RELIGIOUS_SITE = "religious site"
    SCHOOL = "school"
    HEALTH = "health"
    AID_WORKERS = "aid workers"
    JOURNALISTS = "journalists"
    TOURISTS = "tourists"
    BUSINESS = "business"
    TRANSPORT = "transport"
    AIRPORT = "airport"
    SHIP = "ship"
    INFRASTRUCTURE = "infrastructure"
    TELECOM = "telecom"
    FOOD_AND_WATER = "food and water"
    OTHER = "other"
    UNKNOWN = "unknown"


GTD_WEAPON: Mapping[Weapon, int] = {
    Weapon.FIREARM: 5,
    Weapon.EXPLOSIVE: 6,
    Weapon.IED: 6,
    Weapon.CAR_BOMB: 6,
    Weapon.SUICIDE_VEST: 6,
    Weapon.LANDMINE: 6,
    Weapon.GRENADE: 6,
    Weapon.MORTAR: 6,
    Weapon.ROCKET: 6,
    Weapon.ARTILLERY: 6,
    Weapon.MISSILE: 6,
    Weapon.DRONE: 6,
    Weapon.AIRCRAFT: 6,
    Weapon.BLADE: 9,
    Weapon.BLUNT_OBJECT: 9,
    Weapon.THROWN_OBJECT: 9,
    Weapon.BARE_HANDS: 9,
    Weapon.FIRE: 8,
    Weapon.VEHICLE: 10,
    Weapon.CHEMICAL: 2,
    Weapon.OTHER: 12,
    Weapon.UNKNOWN: 13,
}
"""GTD weaptype of each weapon; the GTD has none for crowd control."""

GTD_TACTIC: Mapping[Tactic, int] = {
    Tactic.AMBUSH: 6,
    Tactic.RAID: 6,
    Tactic.ARMED_ASSAULT: 6,
    Tactic.CLASH: 6,
    Tactic.ASSASSINATION: 1,
    Tactic.EXECUTION: 6,
    Tactic.BOMBING: 5,
    Tactic.SUICIDE_ATTACK: 5,
    Tactic.SHELLING: 5,
    Tactic.AIRSTRIKE: 5,
    Tactic.DRONE_STRIKE: 5,
    Tactic.KIDNAPPING: 3,
    Tactic.HOSTAGE_TAKING: 4,
    Tactic.HIJACKING: 2,
    Tactic.JAILBREAK: 6,
    Tactic.ARSON: 8,
    Tactic.SABOTAGE: 8,
    Tactic.LOOTING: 8,
    Tactic.SEXUAL_VIOLENCE: 7,
    Tactic.BEATING: 7,
    Tactic.MOB_ATTACK: 7,
    Tactic.UNKNOWN: 9,
}
"""GTD attacktype of each tactic; the GTD codes no protests, searches or wars for ground."""

GTD_TARGET: Mapping[Target, int] = {
    Target.POLICE: 3,
    Target.MILITARY: 4,
    Target.GOVERNMENT: 2,
    Target.DIPLOMATS: 7,
    Target.POLITICIANS: 22,
    Target.ARMED_GROUP: 17,
    Target.CIVILIANS: 14,
    Target.RELIGIOUS_SITE: 15,
    Target.SCHOOL: 8,
    Target.HEALTH: 14,
    Target.AID_WORKERS: 12,
    Target.JOURNALISTS: 10,
    Target.TOURISTS: 18,
    Target.BUSINESS: 1,
    Target.TRANSPORT: 19,
    Target.AIRPORT: 6,
    Target.SHIP: 11,
    Target.INFRASTRUCTURE: 21,
    Target.TELECOM: 16,
    Target.FOOD_AND_WATER: 9,
    Target.OTHER: 13,
    Target.UNKNOWN: 20,
}
"""GTD targtype of each target. Health staff are private citizens there, hospitals businesses."""

_FROM_WEAPTYPE = {
    2: Weapon.CHEMICAL,
    5: Weapon.FIREARM,
    6: Weapon.EXPLOSIVE,
    8: Weapon.FIRE,
    10: Weapon.VEHICLE,
    12: Weapon.OTHER,
    13: Weapon.UNKNOWN,
} | dict.fromkeys((1, 3, 4, 7, 9, 11), Weapon.OTHER)

_FROM_ATTACKTYPE = {
    1: Tactic.ASSASSINATION,
    2: Tactic.HIJACKING,
    3: Tactic.KIDNAPPING,
    4: Tactic.HOSTAGE_TAKING,
    5: Tactic.BOMBING,
    6: Tactic.ARMED_ASSAULT,
    7: Tactic.BEATING,
    8: Tactic.SABOTAGE,
    9: Tactic.UNKNOWN,
}

_FROM_TARGTYPE = {
    code: target for target, code in GTD_TARGET.items() if target != Target.HEALTH
} | {
    5: Target.HEALTH,  # "abortion related": clinics
}


def weapon_of_gtd(code: int) -> Weapon | None:
    """Weapon for a GTD weaptype (1 to 13), or None for a code that the GTD does not have.

    Classes that ours do not tell apart (biological, fake, "melee", sabotage equipment) become
    ``other``: the row's own code is to be kept beside it.
    """
    return _FROM_WEAPTYPE.get(code)


def tactic_of_gtd(code: int) -> Tactic | None:
    """Tactic for a GTD attacktype (1 to 9), or None for a code that the GTD does not have."""
    return _FROM_ATTACKTYPE.get(code)


def target_of_gtd(code: int) -> Target | None:
    """Target for a GTD targtype (1 to 22), or None for a code that the GTD does not have."""
    return _FROM_TARGTYPE.get(code)
