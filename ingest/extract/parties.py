"""Actors named in a text: known groups and forces, groups the registry lacks, their acronyms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from geodata._names import Word, words
from geodata.actors import Actor, ActorHit, ActorKind, ActorRegistry, countries
from ingest.extract._word_pattern import WordPattern
from ingest.extract.group_names import acronyms_of, as_introduced, introduced, unknown_groups
from ingest.extract.lexicon import Lexicon
from ingest.extract.party import (
    STATUS_OF_SIDE,
    UNIDENTIFIED,
    Party,
    Side,
    as_party,
    is_free,
)
from ingest.extract.peoples import feuding, men_in_arms, of_people

__all__ = ["STATUS_OF_SIDE", "UNIDENTIFIED", "Party", "Side", "find_parties"]


def find_parties(
    text: str,
    registry: ActorRegistry,
    lexicon: Lexicon,
    published: date | None = None,
    homes: frozenset[str] = frozenset(),
    *,
    at: list[Word] | None = None,
) -> list[Party]:
    """Actors of a text, left to right, not overlapping; `at` are its words, where they are known.

    `homes` are the countries that the report is about: abbreviations are read by them.
    `published` decides whether an armed group is a government by then (`party.DE_FACTO_STATES`).
    """
    found = [
        as_party(hit.start, hit.end, hit.alias, _at_home(hit.actors, homes), published)
        for hit in _hits(text, registry, homes, words(text) if at is None else at)
        if not (hit.end - hit.start <= 3 and hit.alias.islower())
        and not _posed(text, hit)
        and not _in_number(text, hit)
        and not _HELD.match(text, hit.end)
    ]
    arms = _state_arms(text, registry)
    found = [p for p in found if p.named or is_free(p.start, p.end, arms)]
    found += [p for p in arms if is_free(p.start, p.end, found)]
    found = [_in_arms(text, p, registry) for p in found]
    found = [own for p in found for own in of_people(text, p, registry)]
    clans = feuding(text, registry)
    clans += [p for p in men_in_arms(text, found, registry) if is_free(p.start, p.end, clans)]
    found = [p for p in found if is_free(p.start, p.end, clans)] + clans
    groups = unknown_groups(text, found, registry, lexicon)
    theirs = acronyms_of(text, groups)
    found = [p for p in found if is_free(p.start, p.end, groups) and p.alias not in theirs] + groups
    found = as_introduced(text, found)
    found += introduced(text, found)
    found += _countries_that_act(text, registry, lexicon, found)
    return _by_link(text, _joined(text, sorted(found, key=lambda p: p.start)), registry)


def _at_home(actors: tuple[Actor, ...], homes: frozenset[str]) -> tuple[Actor, ...]:
    """Put the one whose country is spoken of first: "UPDF" is no army in Bangladesh."""
    if len(actors) < 2 or actors[0].generic or actors[0].country in homes:
        return actors
    return tuple(sorted(actors, key=lambda a: a.country not in homes))


def _hits(
    text: str, registry: ActorRegistry, homes: frozenset[str], at: list[Word]
) -> list[ActorHit]:
    """Actors of a text; a name goes over the end of a line only where lines are wrapped."""

    def parted(line: re.Match[str]) -> str:
        wrapped = len(line[0]) > WRAPPED + 1 and text[line.end() : line.end() + 1] != "\n"
        return line[0] if wrapped else f"{line[0][:-1]}|"  # no name goes over this mark

    return registry.find(_LINE.sub(parted, text), homes, at=at)


WRAPPED = 60
"""Characters from which a line may go on in the next one."""

_LINE = re.compile(r"^[^\n]+\n", re.MULTILINE)  # from its beginning: one long line is tried once
_JOINT = re.compile(
    r"\s*\(|\)?\s*(?:\([^)]{1,12}\)\s*)?(?:group|linked|affiliated|-linked|-affiliated)?\s*"
)


_OF_GROUP = re.compile(r"\s+(?:of|from|with|belonging to|loyal to|linked to)\s+(?:the\s+)?")
_TOLD_TO_BE = re.compile(
    r"\s+(?:who\s+(?:were|are)\s+)?(?:suspected|believed|thought|presumed|alleged)\s+to\s+"
    r"(?:be|have\s+been)\s+(?:members\s+of\s+|fighters\s+of\s+|from\s+)?(?:the\s+)?"
)
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
    r"(?:the\s+)?(?:former\s+|defunct\s+|now-defunct\s+)?"
    r"|\)?,?\s+(?:which (?:is|has)|who (?:are|have))?\s*(?:(?:is|are)\s+)?(?:an?\s+group\s+)?"
    r"(?:linked|affiliated|allied|aligned|loyal|close|sworn|pledged allegiance|tied)\s+(?:to|"
    r"with)\s+"
    r"(?:the\s+)?"
    r"|\)?,\s+(?:an?|the)\s+"
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
            closed = text[party.start - 1] == "(" and text[party.end : party.end + 1] == ")"
            out[-1] = replace(last, end=party.end + closed)  # "Revolutionary Front (RF)"
        elif _of_whom(last, party, gap) or _linked(last, party, gap) or _called(last, party, gap):
            out[-1] = replace(party, start=last.start)
        else:
            out.append(party)
    return out


def _same_men(text: str, last: Party, party: Party, gap: str) -> bool:
    """ "IS militants", "Revolutionary Front (RF)"."""
    same = last.actors[:1] == party.actors[:1] and last.name == party.name
    if same and last.named and gap in ("'s ", "’s "):
        return True  # "Hamas's Al-Qassam Brigades"
    nameless = not party.named and party.side in (Side.UNIDENTIFIED, Side.ARMED)
    own = party.side is Side.STATE and last.side is Side.STATE and gap == " " and not party.named
    vague = nameless or own or (same and text[party.start - 1] == "(")
    return vague and last.named and bool(_JOINT.fullmatch(gap))


def _below(last: Party, party: Party, gap: str, text: str) -> bool:
    """ "JNIM, the Sahel affiliate of al-Qaeda" is JNIM; so is "JNIM, an al-Qaeda affiliate"."""
    if not (last.named and party.named and last.side is Side.ARMED and party.side is Side.ARMED):
        return False
    if not _PARENT.fullmatch(gap):
        return False
    if not re.fullmatch(r"\)?,\s+(?:an?|the)\s+", gap):
        return True
    return bool(
        re.match(rf"['’s-]*\s*(?:linked\s+|\w+\s+)?(?:{_BRANCH}|{_FIGHTERS})\b", text[party.end :])
    )


WITHIN_PHRASE = 30
"""Characters behind a network's name in which "-linked militants" stands."""

_FIGHTERS = (
    r"(?:militants|fighters|insurgents|rebels|gunmen|jihadists|extremists|terrorists|militia)"
)
_LINKED_MEN = re.compile(
    r"[\s-](?:linked|affiliated|aligned|allied|inspired)\s+(?:\w+\s+)?"
    rf"(?:{_FIGHTERS}|group|movement|organi[sz]ation|outfit)\b"
)


def _by_link(text: str, parties: list[Party], registry: ActorRegistry) -> list[Party]:
    """Give the group told before for "the al-Qaeda-linked militants", if it is of that network."""
    out: list[Party] = []
    for party in parties:
        own = None
        linked = _LINKED_MEN.search(text, party.start, party.end + WITHIN_PHRASE)
        if linked and party.named and party.side is Side.ARMED:
            whole = {a.name for a in party.actors}
            told = (p for p in reversed(out) if p.named and p.actors and p.side is Side.ARMED)
            same = (p for p in told if whole & {a.name for a in registry.parents(p.actors[0])})
            own = next(same, None) if linked.start() <= party.end else None
        out.append(
            replace(own, start=party.start, end=max(party.end, linked.end()))
            if own and linked
            else party
        )
    return out


def _of_whom(last: Party, party: Party, gap: str) -> bool:
    """ "Guerrillas of the ELN", "helicopters of the Ethiopian army"."""
    if last.side is Side.UNIDENTIFIED and _TOLD_TO_BE.fullmatch(gap):
        return party.side is Side.ARMED  # "gunmen suspected to be bandits"
    if last.named and party.named and last.actors[:1] and party.actors[:1]:
        below = last.actors[0].name in party.actors[0].parents  # "Contras of the FDN"
        men = party.side is Side.ARMED is last.side and _MEN.search(last.alias)
        return bool(below or men) and bool(_OF_GROUP.fullmatch(gap))
    if not party.named or last.named:
        return False
    if _CAPTIVE.fullmatch(last.alias) and party.side is Side.ARMED:
        return bool(_OF_GROUP.fullmatch(gap))  # "inmates of Los Lobos"
    if last.side is Side.UNIDENTIFIED or (last.side is Side.ARMED and party.side is Side.ARMED):
        return bool(_OF_GROUP.fullmatch(gap))
    return last.side in (Side.STATE, Side.ARMED) and bool(_OF_FORCE.fullmatch(gap))


_MEN = re.compile(
    r" (?:rebels|militants|fighters|insurgents|guerrillas|gunmen|separatists|militiamen|jihadists)$"
)
"""Of a people or a creed, before the group itself: "Hutu rebels of the FDLR"."""
_CAPTIVE = re.compile(r"(?:inmates?|prisoners?|convicts)", re.IGNORECASE)
_CALLED = re.compile(
    r"(?:\s+(?:group|movement|organi[sz]ation|outfit|faction|alliance|coalition))?,?\s+"
    r"(?:(?:called|named|known as|calling (?:itself|themselves))\s+)?(?:the\s+)?[\"“'‘]?"
)


def _called(last: Party, party: Party, gap: str) -> bool:
    """ "The militia Dan Na Ambassagou", "the rebel group M23": a sort of group and its name."""
    plain = not last.named and last.side in (Side.ARMED, Side.UNIDENTIFIED)
    group = last.alias.endswith(("militia", "group", "gang", "guerrilla", "movement", "faction"))
    named = party.named and party.side is Side.ARMED
    return plain and group and named and bool(_CALLED.fullmatch(gap))


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


_HELD = re.compile(
    r"(?<=efugee) camps?\b|-(?:held|controlled|occupied|dominated|administered|ruled)\b"
)
"""What a group holds is ground: "an RSF-held district"."""


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


_SETTLERS = re.compile(r"(?:[\w-]+ )?settlers", re.IGNORECASE)
_ATTACK = re.compile(
    r"(?:\s+from\s+[^,.;]{2,40}?)?\s+(?:had |have |then |also )?(?:opened fire|shot|fired|attacked|"
    r"set fire|torched|burn\w+|beat|stabbed|cut down|uprooted|threw|hurled|pelted|smashed|stormed|"
    r"raided|rampaged|killed|vandali[sz]ed|destroyed|broke into|descended on|ambushed)\b"
)


def _in_arms(text: str, party: Party, registry: ActorRegistry) -> Party:
    """Herders, settlers, guards and prisoners who attack are a side of their own, not civilians."""
    if party.side is not Side.CIVIL:
        return party
    attacks = bool(_ATTACK.match(text, party.end))
    own = None
    if _SETTLERS.fullmatch(party.alias):
        own = next((a for a in party.actors if a.kind is ActorKind.MILITIA), None)
    elif party.actors[:1] and party.actors[0].name.startswith("Private Security"):
        own = party.actors[0]
    if own is not None:
        return replace(party, side=Side.ARMED, actors=(own,)) if attacks else party
    if _CAPTIVE.fullmatch(party.alias):
        return _as_rebels(text, party, registry)
    militia = registry.resolve("armed herders") if _HERDERS.fullmatch(party.alias) else None
    if militia is None or not _KILL.match(text, party.end):
        return party
    return Party(party.start, party.end, "armed herders", Side.ARMED, (militia,))


def _as_rebels(text: str, party: Party, registry: ActorRegistry) -> Party:
    """Prisoners who rise against their guards or each other."""
    rebels = registry.resolve("armed inmates")
    if rebels is None or not _RISE.match(text, party.end):
        return party
    return Party(party.start, party.end, "armed inmates", Side.ARMED, (rebels,))


_RISE = re.compile(
    r"\s+(?:armed with [\w ,]{1,40}? |had |have |also |then )*(?:took (?:\w+ ){1,4}?hostages?|"
    r"(?:been |are |were )?hold(?:ing)? |held (?!in\b|at\b|on\b|by\b|under\b|with)|"
    r"overpowered|rioted|mutinied|rose up|seized|attacked|stabbed|killed|beheaded|"
    r"broke (?:through|into|out)|"
    r"burn\w+|torched|set fire|opened fire|shot|hacked|clashed|fought)\b"
)


_STATE_ARMS = WordPattern(re.compile(
    r"(?<![\w-])(?:government|regime|junta|army|military|loyalist|air force|"
    r"state)\s+(?:attack |fighter "
    r"|combat |transport )?(?:helicopters?|jets?|warplanes?|aircraft|planes?|drones?|gunships?|"
    r"artillery|mortars?|shelling|shells?|air ?strikes?|strikes?|tanks?|rockets?|bombers?|"
    r"gunboats?|missiles?|barrel bombs?|gunfire|fire|snipers?|columns?|raids?|"
    r"paratroopers)(?![\w-])",
    re.IGNORECASE,
))  # fmt: skip


def _state_arms(text: str, registry: ActorRegistry) -> list[Party]:
    """ "Government helicopters", "junta shelling": the armed forces of the place."""
    military = registry.resolve("military")
    if military is None:
        return []
    return [
        Party(m.start(), m.end(), "military", Side.STATE, (military,))
        for m in _STATE_ARMS.finditer(text)
    ]


def _countries_that_act(
    text: str, registry: ActorRegistry, lexicon: Lexicon, taken: Sequence[Party]
) -> list[Party]:
    """A country that is accused of an attack, or makes one, stands for its armed forces."""
    out = []
    for m in lexicon.pattern("attribution.country_acts.words", whole=False).finditer(text):
        group = next(name for name, words in m.groupdict().items() if words)
        country = countries()[m[group]]
        start, end = m.span(group)
        if group == "whence":  # "shells fired from Cambodia"
            start = m.start()
            if country in lexicon.table("attribution.country_acts.groups_fire_from"):
                continue
        if country is not None and is_free(start, end, taken):
            actor = registry.for_country("military", country)
            out.append(Party(start, end, text[start:end], Side.STATE, (actor,), actor.name))
    return out
