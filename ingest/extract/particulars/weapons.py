"""Weapon and tactic: by the kind of event, then by the words of its tellings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geodata.particulars import Tactic, Weapon
from ingest.extract._word_pattern import part_of
from ingest.extract.context import Context
from ingest.extract.lexicon import Lexicon
from ingest.extract.particulars.scope import Stretch
from ingest.extract.particulars.values import Hit, Told, find_words

W, T = Weapon, Tactic

WEAPONS_OF: dict[str, tuple[frozenset[Weapon], Weapon | None]] = {
    "Suicide bomb": (frozenset({W.CAR_BOMB, W.SUICIDE_VEST, W.IED, W.EXPLOSIVE}), W.EXPLOSIVE),
    "Air/drone strike": (frozenset({W.DRONE, W.AIRCRAFT}), W.AIRCRAFT),
    "Shelling/artillery/missile attack": (
        frozenset({W.MORTAR, W.ROCKET, W.ARTILLERY, W.MISSILE}), W.ARTILLERY,
    ),
    "Grenade": (frozenset({W.GRENADE}), W.GRENADE),
    "Remote explosive/landmine/IED": (
        frozenset({W.IED, W.CAR_BOMB, W.LANDMINE, W.EXPLOSIVE}), W.EXPLOSIVE,
    ),
    "Chemical weapon": (frozenset({W.CHEMICAL}), W.CHEMICAL),
}  # fmt: skip
"""Weapons that a kind of event can have, and the one where none of them is named."""

TACTIC_OF: dict[str, Tactic] = {
    "Suicide bomb": T.SUICIDE_ATTACK,
    "Air/drone strike": T.AIRSTRIKE,
    "Shelling/artillery/missile attack": T.SHELLING,
    "Grenade": T.BOMBING,
    "Remote explosive/landmine/IED": T.BOMBING,
    "Chemical weapon": T.OTHER,
    "Sexual violence": T.SEXUAL_VIOLENCE,
    "Abduction/forced disappearance": T.KIDNAPPING,
    "Mob violence": T.MOB_ATTACK,
    "Violent demonstration": T.RIOT,
    "Peaceful protest": T.PROTEST,
    "Protest with intervention": T.PROTEST,
    "Excessive force against protesters": T.PROTEST,
    "Looting/property destruction": T.SABOTAGE,
    "Arrests": T.SEARCH_OPERATION,
    "Disrupted weapons use": T.WEAPONS_SEIZURE,
    "Government regains territory": T.OFFENSIVE,
    "Non-state actor overtakes territory": T.OFFENSIVE,
}
"""Tactic of each kind of event that has one; the words decide for clashes and attacks."""

_ABOVE_KIND = frozenset({T.JAILBREAK, T.HIJACKING, T.HOSTAGE_TAKING})
_MAY_BE_MORE = frozenset({"Abduction/forced disappearance", "Looting/property destruction"})
_BY_WORDS = frozenset({"Armed clash", "Attack"})
_VAGUE = (W.EXPLOSIVE, W.ARTILLERY)


def read_weapon(context: Context, stretches: Sequence[Stretch], kind: str) -> Told | None:
    """Give the weapon that did the harm, with the others told in `detail`.

    Weapons that were only found, seized or carried count for seizures alone. Armed men without
    another word stand for firearms, less surely.
    """
    known = kind != "Disrupted weapons use"
    hits = [h for s in stretches for h in _weapons(context, s, inert=known)]
    allowed, default = WEAPONS_OF.get(kind, (frozenset(W), None))
    fitting = [h for h in hits if W(h.word) in allowed]
    if kind in TACTIC_OF and TACTIC_OF[kind] in (T.RIOT, T.PROTEST) and not fitting:
        return None
    if fitting:
        best = min(fitting, key=lambda h: (_rank(W(h.word), kind), h.start))
        others = [w for w in dict.fromkeys(h.word for h in hits) if w != best.word]
        detail = {"also": others} if others else {}
        return Told(best.word, best.start, best.end, 0.85, detail)
    return _by_default(context, stretches, default)


def _rank(weapon: Weapon, kind: str) -> int:
    if kind == "Suicide bomb":
        return (W.CAR_BOMB, W.SUICIDE_VEST, W.IED, W.EXPLOSIVE).index(weapon)
    return int(weapon in _VAGUE)


def _by_default(
    context: Context, stretches: Sequence[Stretch], default: Weapon | None
) -> Told | None:
    """The weapon of the kind of event by its own words, or firearms by those who bore them."""
    told = next((s.told.trigger for s in stretches if s.told and s.told.trigger), None)
    if default is not None:
        return Told(default.value, told.start, told.end, 0.6) if told else None
    text = context.document.text
    for s in (s for s in stretches if s.told is not None):
        for m in context.lexicon.pattern("particulars.weapon_weak.firearm").finditer(
            text[s.start : s.end]
        ):
            return Told(W.FIREARM.value, s.start + m.start(), s.start + m.end(), 0.6)
    return None


def _weapons(context: Context, s: Stretch, *, inert: bool) -> Iterator[Hit]:
    text = part_of(context.document.text, s.start, s.end)
    for hit in find_words(text, context.lexicon, "particulars.weapon"):
        if not (inert and is_inert(text, hit, context.lexicon)):
            yield Hit(hit.word, s.start + hit.start, s.start + hit.end)


def is_inert(text: str, hit: Hit, lexicon: Lexicon) -> bool:
    """Whether a weapon was only found, seized, defused, or is part of a name or a trade."""
    before = part_of(text, max(0, hit.start - 130), hit.start)
    after = text[hit.end : hit.end + 60]
    return bool(
        lexicon.pattern("particulars.inert.before").search(before)
        or lexicon.pattern("particulars.inert.after").match(after.lstrip())
    )


def read_tactic(
    context: Context, stretches: Sequence[Stretch], kind: str, weapon: Weapon | None
) -> Told | None:
    """Give the tactic: the kind of event's own, or for clashes and attacks that of the words."""
    own = [s for s in stretches if s.told is not None]
    by_kind = TACTIC_OF.get(kind)
    if kind == "Air/drone strike" and weapon is W.DRONE:
        by_kind = T.DRONE_STRIKE
    told = next((s.told.trigger for s in own if s.told and s.told.trigger), None)
    if kind in _BY_WORDS or kind in _MAY_BE_MORE:
        found = _by_words(context, own, kind)
        if found is not None:
            return found
    if kind == "Looting/property destruction":
        damage = _damage(context, own)
        if damage is not None:
            return damage
    if by_kind is None or told is None:
        return None
    return Told(by_kind.value, told.start, told.end, 0.8)


def _by_words(context: Context, own: Sequence[Stretch], kind: str) -> Told | None:
    """Of the words for a way of fighting, those that stand first in the lexicon's order."""
    text = context.document.text
    for word in context.lexicon.table("particulars.tactic"):
        if kind in _MAY_BE_MORE and T(word) not in _ABOVE_KIND:
            continue
        pattern = context.lexicon.pattern(f"particulars.tactic.{word}")
        for s in own:
            for m in pattern.finditer(text, s.start, s.end):
                return Told(word, m.start(), m.end(), 0.75)
    return None


def _damage(context: Context, own: Sequence[Stretch]) -> Told | None:
    """Arson, looting or sabotage: whichever word for damage comes first."""
    found = [
        (s.start + h.start, h, s)
        for s in own
        for h in find_words(
            part_of(context.document.text, s.start, s.end), context.lexicon, "particulars.damage"
        )
    ]
    if not found:
        return None
    at, hit, s = min(found, key=lambda f: f[0])
    return Told(hit.word, at, s.start + hit.end, 0.8)
