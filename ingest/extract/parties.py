"""Actors named in a text: known groups and forces, groups the registry lacks, their acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from geodata.actors import STATE_KINDS, Actor, ActorHit, ActorKind, ActorRegistry, countries
from ingest.extract.lexicon import Lexicon
from ingest.extract.unknown_groups import find_unknown


class Side(StrEnum):
    """Which side a party stands on, for the event type and the status of its dead."""

    ARMED = "armed"
    STATE = "state"
    CIVIL = "civil"
    PROTEST = "protest"
    RIOT = "riot"
    UNIDENTIFIED = "unidentified"


UNIDENTIFIED = "Unidentified armed group"

REVOLTED: dict[str, date] = {"Rapid Support Forces": date(2023, 4, 15)}
"""Forces of a state that turned against it, and since when."""

DE_FACTO_STATES: dict[str, date] = {"Taliban": date(2021, 8, 15)}
"""Armed groups that took over a state, and since when: their men then are security forces."""

_SIDES = {
    ActorKind.POPULATION: Side.CIVIL,
    ActorKind.PROTESTERS: Side.PROTEST,
    ActorKind.RIOTERS: Side.RIOT,
    ActorKind.UNIDENTIFIED: Side.UNIDENTIFIED,
} | dict.fromkeys(STATE_KINDS, Side.STATE)

STATUS_OF_SIDE = {
    Side.ARMED: "militants",
    Side.UNIDENTIFIED: "militants",
    Side.STATE: "security_forces",
    Side.CIVIL: "civilians",
    Side.PROTEST: "civilians",
    Side.RIOT: "civilians",
}


@dataclass(frozen=True, slots=True)
class Party:
    """An actor at offsets into the document's text; `actors` are who may be meant."""

    start: int
    end: int
    alias: str
    side: Side
    actors: tuple[Actor, ...] = ()
    name: str = ""  # for a group the registry does not know: as written

    @property
    def named(self) -> bool:
        """Whether it is a group or a force by name, not "gunmen" or "police"."""
        return bool(self.name) or (any(
            not a.generic and not a.name.startswith("Civilians") for a in self.actors
        ) and self.side in (Side.ARMED, Side.STATE))  # fmt: skip

    def canonical(self, registry: ActorRegistry, country: str | None) -> str:
        """Name the actor, its country deciding between forces and affiliates of one alias."""
        if self.name:
            return self.name
        found = registry.resolve(self.alias, country)
        if found is not None and (found in self.actors or not found.generic):
            return found.name
        own = next((a for a in self.actors if a.country == country), self.actors[0])
        return own.name


_ACRONYM = re.compile(r"\s*\(\s*(?:the\s+)?[\"“]?([A-Z][A-Za-z-]{1,9})[\"”]?\s*\)")


def find_parties(
    text: str, registry: ActorRegistry, lexicon: Lexicon, published: date | None = None
) -> list[Party]:
    """Actors of a text, left to right, not overlapping.

    `published` decides whether an armed group is a government by then (`DE_FACTO_STATES`).
    """
    found = [
        _party(hit.start, hit.end, hit.alias, hit.actors, published)
        for hit in _hits(text, registry)
        if not (hit.end - hit.start <= 3 and hit.alias.islower())
        and not _posed(text, hit)
        and not _in_number(text, hit)
    ]
    arms = _state_arms(text, registry)
    found = [p for p in found if p.named or _free(p.start, p.end, arms)]
    found += [p for p in arms if _free(p.start, p.end, found)]
    found = [_in_arms(text, p, registry) for p in found]
    groups = _unknown_groups(text, found, registry, lexicon)
    found = [p for p in found if _free(p.start, p.end, groups)] + groups
    found += _introduced(text, found)
    found += _countries_that_act(text, registry, lexicon, found)
    return _joined(text, sorted(found, key=lambda p: p.start))


def _hits(text: str, registry: ActorRegistry) -> Iterator[ActorHit]:
    """Actors of a text; a name goes over the end of a line only where lines are wrapped."""
    start = 0
    for line in _LINE.finditer(text):
        if line.end() - line.start() > WRAPPED and text[line.end() : line.end() + 2] != "\n\n":
            continue
        for hit in registry.find(text[start : line.end()]):
            yield replace(hit, start=hit.start + start, end=hit.end + start)
        start = line.end()
    for hit in registry.find(text[start:]):
        yield replace(hit, start=hit.start + start, end=hit.end + start)


WRAPPED = 60
"""Characters from which a line may go on in the next one."""

_LINE = re.compile(r"[^\n]+")
_JOINT = re.compile(
    r"\s*\(|\)?\s*(?:\([^)]{1,12}\)\s*)?(?:group|linked|affiliated|-linked|-affiliated)?\s*"
)


_OF_GROUP = re.compile(r"\s+(?:of|from|with|belonging to|loyal to|linked to)\s+(?:the\s+)?")
_OF_FORCE = re.compile(
    r"\s+(?:of|belonging to|operated by|flown by|owned by|loyal to)\s+(?:the\s+)?"
)
_BRANCH = (
    r"(?:branch|affiliate|arm|wing|faction|offshoot|franchise|chapter|ally|subsidiary|"
    r"splinter(?: group)?|"
    r"breakaway(?: group| faction)?|front|province|proxy|umbrella|alliance|coalition|group|"
    r"movement)"
)
_PARENT = re.compile(
    rf"\)?,\s+(?:which is\s+|who are\s+)?(?:(?:the|an?|its)\s+)?(?:[\w’'-]+\s+){{0,5}}?{_BRANCH}\s+"
    r"(?:\w+\s+)?(?:of|to|for|with|from|linked to|affiliated (?:with|to)|allied (?:with|to)|"
    r"loyal to)\s+"
    r"(?:the\s+)?"
    r"|\)?,?\s+(?:which (?:is|has)|who (?:are|have))?\s*(?:(?:is|are)\s+)?(?:an?\s+group\s+)?"
    r"(?:linked|affiliated|allied|aligned|loyal|close|sworn|pledged allegiance|tied)\s+(?:to|"
    r"with)\s+"
    r"(?:the\s+)?"
    r"|\)?,\s+an?\s+"
)
_LINKED = re.compile(
    r"(?:[\s-](?:linked|affiliated|allied|aligned|backed|inspired|affiliate|offshoot|ally|branch|"
    r"faction))\s+(?:\w+\s+){0,2}?"
)


def _joined(text: str, parties: list[Party]) -> list[Party]:
    """Give one party for "IS militants", "guerrillas of the ELN" and "JNIM, an arm of al-Qaeda"."""
    out: list[Party] = []
    for found in parties:
        last = out[-1] if out else None
        party = _owned(text, found, out)
        gap = text[last.end : party.start] if last else ""
        if last is None:
            out.append(party)
        elif _same_men(text, last, party, gap) or _below(last, party, gap, text):
            out[-1] = replace(last, end=party.end)
        elif _of_whom(last, party, gap) or _linked(last, party, gap):
            out[-1] = replace(party, start=last.start)
        else:
            out.append(party)
    return out


def _same_men(text: str, last: Party, party: Party, gap: str) -> bool:
    """ "IS militants", "Revolutionary Front (RF)"."""
    same = last.actors == party.actors and last.name == party.name
    nameless = not party.named and party.side in (Side.UNIDENTIFIED, Side.ARMED)
    vague = nameless or (same and text[party.start - 1] == "(")
    return vague and last.named and bool(_JOINT.fullmatch(gap))


def _below(last: Party, party: Party, gap: str, text: str) -> bool:
    """ "JNIM, the Sahel affiliate of al-Qaeda" is JNIM; so is "JNIM, an al-Qaeda affiliate"."""
    if not (last.named and party.named and last.side is Side.ARMED and party.side is Side.ARMED):
        return False
    if not _PARENT.fullmatch(gap):
        return False
    if not re.fullmatch(r"\)?,\s+an?\s+", gap):
        return True
    return bool(re.match(rf"['’s-]*\s*(?:linked\s+|\w+\s+)?{_BRANCH}\b", text[party.end :]))


def _of_whom(last: Party, party: Party, gap: str) -> bool:
    """ "Guerrillas of the ELN", "helicopters of the Ethiopian army"."""
    if not party.named or last.named:
        return False
    if last.side is Side.UNIDENTIFIED or (last.side is Side.ARMED and party.side is Side.ARMED):
        return bool(_OF_GROUP.fullmatch(gap))
    return last.side in (Side.STATE, Side.ARMED) and bool(_OF_FORCE.fullmatch(gap))


def _linked(last: Party, party: Party, gap: str) -> bool:
    """ "The al-Qaeda-linked JNIM" is JNIM."""
    both = last.named and party.named and party.side is Side.ARMED
    return both and last.side is Side.ARMED and bool(_LINKED.fullmatch(gap))


_THEIR = re.compile(r"\b(?:its|their)\s+(?:own\s+)?$", re.IGNORECASE)
_TOLD_OF = re.compile(r"\b(?:said|announced|confirmed|reported|says)\s+(?:that\s+)?$")
_FORCE = ActorKind.STATE_FORCE
_SAID = re.compile(
    r"[^.!?\n]{0,90}?\b(?:said|says|announced|reported|confirmed|claimed|stated|wrote|declared)\b"
)


def _owned(text: str, party: Party, before: Sequence[Party]) -> Party:
    """ "The army said its troops": the troops are the speaker's own."""
    if party.named or party.side not in (Side.STATE, Side.UNIDENTIFIED):
        return party
    near = text[max(0, party.start - 24) : party.start]
    told = party.side is Side.STATE and _TOLD_OF.search(near)
    if not (told or _THEIR.search(near)):
        return party
    for owner in reversed(before[-4:]):
        between = text[owner.end : party.start]
        if re.search(r"[.!?]\s", between) or len(between) > 160:
            break
        if told and (not owner.named or (owner.actors[:1] and owner.actors[0].kind is not _FORCE)):
            continue
        if owner.side in (Side.ARMED, Side.STATE) and _SAID.match(between):
            return replace(owner, start=party.start, end=party.end)
    return party


_WORN = re.compile(
    r"[\s-]+(?:\w+[\s-]+)?(?:uniforms?|fatigues|style|clothing|clothes|attire|outfits?|camouflage|"
    r"gear|garb|dress|kit|insignia|caps|boots|jackets?|vests?)\b"
)
"""What men in "military uniforms" wear is no army."""

_POSED = re.compile(
    r"\b(?:(?:dressed|disguised|posing|posed|masquerading|dressed up|clad) (?:as|like)|"
    r"impersonating|pretending to be|claiming to be|fake|bogus|purported|self-styled)\s+"
    r"(?:(?:the|an?|uniformed|local|government|members? of (?:the)?)\s+)*$",
    re.IGNORECASE,
)


def _posed(text: str, hit: ActorHit) -> bool:
    """Whether the words only say what somebody looked like: "dressed as policemen".

    A capital after a possessive opens a name, not a people: "Turkey's National Defence Ministry".
    """
    return bool(
        re.search(r"['’]s [A-Z]\w*$", hit.alias) and hit.actors[0].kind is ActorKind.POPULATION
    ) or bool(_WORN.match(text, hit.end) or _POSED.search(text[max(0, hit.start - 50) : hit.start]))


def _in_number(text: str, hit: ActorHit) -> bool:
    """Whether an acronym is the tail of a file number: "No PR-88/2022-IS"."""
    return hit.end - hit.start <= 4 and bool(
        re.search(r"\d[-/]$", text[max(0, hit.start - 2) : hit.start])
    )


_HERDERS = re.compile(r"herd(?:ers?|sm[ae]n)|pastoralists?|nomads", re.IGNORECASE)
_KILL = re.compile(
    r"\s+(?:had |have |armed with [\w ]{1,30} )?(?:killed|attacked|raided|stormed|shot|opened fire|"
    r"ambushed|burn\w+|torched|razed|massacred|hacked|invaded|abducted|kidnapped|gunned)\b"
)


def _in_arms(text: str, party: Party, registry: ActorRegistry) -> Party:
    """Herders who kill are a militia of theirs, not civilians."""
    if party.side is not Side.CIVIL or not _HERDERS.fullmatch(party.alias):
        return party
    militia = registry.resolve("armed herders")
    if militia is None or not _KILL.match(text, party.end):
        return party
    return Party(party.start, party.end, "armed herders", Side.ARMED, (militia,))


_STATE_ARMS = re.compile(
    r"(?<![\w-])(?:government|regime|junta|army|military|loyalist|air force|"
    r"state)\s+(?:attack |fighter "
    r"|combat |transport )?(?:helicopters?|jets?|warplanes?|aircraft|planes?|drones?|gunships?|"
    r"artillery|mortars?|shelling|shells?|air ?strikes?|strikes?|tanks?|rockets?|bombers?|"
    r"gunboats?|missiles?|barrel bombs?|gunfire|fire|snipers?|columns?|raids?|"
    r"paratroopers)(?![\w-])",
    re.IGNORECASE,
)


def _state_arms(text: str, registry: ActorRegistry) -> list[Party]:
    """ "Government helicopters", "junta shelling": the armed forces of the place."""
    military = registry.resolve("military")
    if military is None:
        return []
    return [
        Party(m.start(), m.end(), "military", Side.STATE, (military,))
        for m in _STATE_ARMS.finditer(text)
    ]


def _party(
    start: int, end: int, alias: str, actors: tuple[Actor, ...], published: date | None
) -> Party:
    side = _SIDES.get(actors[0].kind, Side.ARMED)
    since = DE_FACTO_STATES.get(actors[0].name)
    if since is not None and published is not None and published >= since:
        side = Side.STATE
    turned = REVOLTED.get(actors[0].name)
    if turned is not None and published is not None and published >= turned:
        side = Side.ARMED
    if actors[0].name.startswith("Private Security"):
        side = Side.CIVIL  # guards of a mine or a bank bear no arms for a state
    return Party(start, end, alias, side, actors)


def _free(start: int, end: int, taken: Sequence[Party]) -> bool:
    return not any(p.start < end and start < p.end for p in taken)


def _unknown_groups(
    text: str, taken: Sequence[Party], registry: ActorRegistry, lexicon: Lexicon
) -> list[Party]:
    out: list[Party] = []
    for start, end, name in sorted(find_unknown(text, lexicon), key=lambda g: (g[0] - g[1], g[0])):
        inside = [p for p in taken if p.start < end and start < p.end]
        covered = any(p.named or p.end - p.start >= end - start for p in inside)
        if covered or not _free(start, end, out):
            continue
        acronym = _ACRONYM.match(text, end)
        twin = next((p for p in taken if acronym and p.start == acronym.start(1) and p.named), None)
        if twin is not None:  # the registry knows it by the acronym
            out.append(replace(twin, start=start, end=end))
        elif (known := _militia(name, registry)) is not None:
            out.append(_party(start, end, known.name, (known,), None))
        else:
            out.append(Party(start, end, name, Side.ARMED, name=name))
    return sorted(out + _told_again(text, [*taken, *out], out), key=lambda p: p.start)


def _militia(name: str, registry: ActorRegistry) -> Actor | None:
    """Give the known militia of a people: "Fulani militiamen", "the Zaire group"."""
    people = name.split(maxsplit=1)[0] if len(name.split()) <= 2 else name
    for spelling in (name, f"{people} Militia", f"{people} militia"):
        found = registry.resolve(spelling)
        if found is not None and not found.generic and found.kind not in STATE_KINDS:
            return found
    return None


def _told_again(text: str, taken: Sequence[Party], groups: Sequence[Party]) -> list[Party]:
    """Give the other places where the name of a group found by its company stands."""
    out: list[Party] = []
    for name in dict.fromkeys(g.name for g in groups if g.name):
        for m in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
            if _free(m.start(), m.end(), [*taken, *out]):
                out.append(Party(m.start(), m.end(), name, Side.ARMED, name=name))
    return out


def _countries_that_act(
    text: str, registry: ActorRegistry, lexicon: Lexicon, taken: Sequence[Party]
) -> list[Party]:
    """A country that is accused of an attack, or makes one, stands for its armed forces."""
    out = []
    for m in lexicon.pattern("attribution.country_acts.words", whole=False).finditer(text):
        country = countries()[m["after"] or m["before"]]
        group = "after" if m["after"] else "before"
        if country is not None and _free(m.start(group), m.end(group), taken):
            actor = registry.for_country("military", country)
            out.append(
                Party(m.start(group), m.end(group), m[group], Side.STATE, (actor,), actor.name)
            )
    return out


def _introduced(text: str, known: Sequence[Party]) -> list[Party]:
    """Acronyms that the text itself introduces: "Revolutionary Front (RF)"."""
    out: list[Party] = []
    for party in known:
        acronym = _ACRONYM.match(text, party.end)
        if acronym is None or not party.named:
            continue
        for m in re.finditer(rf"(?<![\w-]){re.escape(acronym[1])}(?![\w-])", text):
            if _free(m.start(), m.end(), [*known, *out]):
                out.append(
                    Party(m.start(), m.end(), party.alias, party.side, party.actors, party.name)
                )
    return out
