"""What happened, with what, to whom and by whom, by the codes of the GTD.

The GTD codes how people were attacked and who they were; the event type follows from both, as
ACLED would see it: an armed attack on police, soldiers or fighters is a battle, one on anybody
else violence against civilians. An assassination with explosives is an explosion.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from geodata.incident import Attribution
from ingest.presets._crosswalk import crosswalk
from ingest.presets._rows import combined, each, mask, spread

if TYPE_CHECKING:
    from ingest.presets._rows import Rows

UNIDENTIFIED = "Unidentified armed group"
"""Name of an attacker that nobody knows, in the registry of actors."""

_EXPLOSIVES, _ASSASSINATION = "6", "1"
_BOMB = ("Explosions/Remote violence", "Remote explosive/landmine/IED")


class Happening(NamedTuple):
    """Values of one distinct row; `lost` names the column whose code nobody knows."""

    event_type: str | None = None
    sub_event_type: str | None = None
    weapon: str | None = None
    tactic: str | None = None
    target: str | None = None
    lost: str = ""


def events(rows: Rows) -> dict[str, Any]:
    """Read event type, weapon, tactic and target; a code of no codebook is flagged."""
    kinds = ("attacktype1", "targtype1", "weaptype1")
    columns = [_coded(rows, name) for name in kinds]
    few, which = combined(*columns, rows.text("weapsubtype1_txt"), rows.text("suicide"))
    found = [_happening(*row) for row in few]
    for name, column in zip(kinds, columns, strict=True):
        lost = mask(spread([name in one.lost for one in found], which, pa.bool_()))
        rows.flag(lost, _FIELDS[name], column, f"{name} is none of the codebook: left out")
    names = ("event_type", "sub_event_type", "weapon", "tactic", "target")
    return {name: spread([one[at] for one in found], which) for at, name in enumerate(names)}


_FIELDS = {"attacktype1": "event_type", "targtype1": "target", "weaptype1": "weapon"}
_TABLES = {"attacktype1": "gtd_attacks", "targtype1": "gtd_targets", "weaptype1": "gtd_weapons"}


@lru_cache(maxsize=4_096)
def code_of(column: str, text: str) -> str:
    """Give the GTD's number for a class, written as number or in words; or nothing."""
    whole, _, rest = text.partition(".")
    wanted = (whole if not rest.strip("0") else text).casefold()
    best = ""
    for row in crosswalk(_TABLES[column]):
        words = row[f"{column}_txt"].casefold()
        if wanted == row[column] or wanted == words:
            return row[column]
        if wanted.startswith(f"{words} ("):  # "Vehicle (not to include …)"
            best = row[column]
    return best


def _coded(rows: Rows, name: str) -> Any:
    return pc.coalesce(rows.text(name), rows.text(f"{name}_txt"))


@lru_cache(maxsize=16_384)
def _happening(attack: str, target: str, weapon: str, subtype: str, suicide: str) -> Happening:
    attack_, target_ = code_of("attacktype1", attack), code_of("targtype1", target)
    weapon_ = code_of("weaptype1", weapon)
    aimed = _row("gtd_targets", "targtype1", target_)
    coded = _attack(attack_, aimed.get("side", "civil"))
    event, sub = coded.get("event_type"), coded.get("sub_event_type")
    if attack_ == _ASSASSINATION and weapon_ == _EXPLOSIVES:
        event, sub = _BOMB
    exact, tactic = _subtype(weapon_, subtype), coded.get("tactic")
    if event == _BOMB[0]:
        sub = exact.get("sub_event_type") or sub
    if suicide in ("1", "1.0"):
        tactic, sub = "suicide attack", "Suicide bomb" if event == _BOMB[0] else sub
    arm = exact.get("weapon") or _row("gtd_weapons", "weaptype1", weapon_).get("weapon")
    written = {"attacktype1": attack, "targtype1": target, "weaptype1": weapon}
    lost = " ".join(name for name, text in written.items() if text and not code_of(name, text))
    return Happening(
        event or None, sub or None, arm or None, tactic or None, aimed.get("target"), lost
    )


def _attack(code: str, side: str) -> dict[str, str]:
    rows = (row for row in crosswalk("gtd_attacks") if row["target_side"] == side)
    return next((row for row in rows if row["attacktype1"] == code), {})


def _row(table: str, key: str, code: str) -> dict[str, str]:
    return next((row for row in crosswalk(table) if row[key] == code), {}) if code else {}


def _subtype(weapon: str, words: str) -> dict[str, str]:
    for row in crosswalk("gtd_weapon_subtypes"):
        same = row["weaptype1"] == weapon
        if same and words.casefold().startswith(row["words_begin"].casefold()):
            return row
    return {}


# ---------------------------------------------------------------- sides


def sides(rows: Rows) -> dict[str, Any]:
    """Read the attackers, on what ground they are named, and the kind of people attacked."""
    names = ("gname", "guncertain1", "claimed")
    few, which = combined(*(rows.text(name) for name in names))
    group = each(rows.text("gname"), _attacker)
    aimed = (_coded(rows, "targtype1"), rows.text("natlty1_txt"), rows.text("country_txt"))
    victims, whose = combined(*aimed, rows.text("corp1"))
    return {
        "actor1": group,
        "perpetrator": group,
        "attribution": spread([_ground(*row) for row in few], which),
        "actor2": spread([_attacked(*row) for row in victims], whose),
    }


def _attacker(name: str) -> str:
    return UNIDENTIFIED if name.casefold() == "unknown" else name


def _ground(name: str, uncertain: str, claimed: str) -> str:
    if not name or _attacker(name) == UNIDENTIFIED:
        return str(Attribution.NONE)
    if uncertain in ("1", "1.0"):
        return str(Attribution.SUSPECTED)
    return str(Attribution.CLAIMED if claimed in ("1", "1.0") else Attribution.ATTRIBUTED)


_NO_COUNTRY = ("", "international", "multinational", "unknown")


@lru_cache(maxsize=16_384)
def _attacked(target: str, nationality: str, country: str, body: str) -> str | None:
    """Name the side attacked: police, soldiers or civilians of the target's country.

    Fighters and violent parties are named by the body that the table names.
    """
    row = _row("gtd_targets", "targtype1", code_of("targtype1", target))
    if not row:
        return None
    if not row["actor"]:
        return body if row["side"] == "armed" and body.casefold() not in ("", "unknown") else None
    home = country if nationality.casefold() in _NO_COUNTRY else nationality
    if not home:
        return row["actor"].replace(" ({country})", "").replace(" of {country}", "")
    return row["actor"].replace("{country}", home)
