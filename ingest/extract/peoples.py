"""Armed men told of by their people: "raiders from the Pokot community", "Murle gunmen"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geodata.actors import ActorRegistry
from ingest.extract.party import HERE, Party, Side, is_free

_BEFORE = re.compile(r"(?:([^\W\d_a-z][\w’'-]+)\s+)?([^\W\d_a-z][\w’'-]+)\s+$")
_AFTER = re.compile(
    r"\s+(?:(?:who\s+(?:were|are)\s+)?(?:believed|suspected|thought|alleged|said|reported)\s+to\s+"
    r"(?:be|have\s+been|have\s+come|come)\s+)?(?:members\s+)?(?:of|from|belonging\s+to)\s+"
    r"(?:the\s+)?(?:neighbou?ring\s+|rival\s+)?(?P<one>[^\W\d_a-z][\w’'-]+)"
    r"(?:\s+and\s+(?P<two>[^\W\d_a-z][\w’'-]+))?"
    r"\s+(?:community|communities|tribes?|(?:sub-)?clans?|ethnic\s+groups?|tribesmen)\b"
)


def of_people(text: str, party: Party, registry: ActorRegistry) -> Iterator[Party]:
    """Give armed men without a name as the militia of the people they are told to be of.

    Only peoples whose militia the registry knows: a village is no people.
    """
    if party.named or party.side not in (Side.ARMED, Side.UNIDENTIFIED):
        yield party
        return
    behind = _AFTER.match(text, party.end)
    first = _militia(behind["one"], registry) if behind else None
    if behind is not None and first is not None:
        two = behind["two"]
        second = _militia(two, registry) if two else None
        end = behind.end("one") if second else behind.end()
        yield replace(first, start=party.start, end=end)
        if second is not None:
            yield replace(second, start=behind.start("two"), end=behind.end())
        return
    before = _BEFORE.search(text, max(0, party.start - 40), party.start)
    yield _named_before(before, party, registry) if before else party


_WHO = r"[^\W\d_a-z][\w’'-]+(?:\s[^\W\d_a-z][\w’'-]+)?"
_KIN = (
    r"(?:sub-?)?clans?|tribes?|communit(?:y|ies)|ethnic\s+groups?|clansmen|tribesmen|famil(?:y|ies)"
)
_MEN = (
    r"(?:armed\s+)?(?:youths?|herders|herdsmen|farmers|pastoralists|nomads|villagers|warriors|"
    r"fighters|gunmen|militiamen|militias?|raiders)"
)
_FIGHT = (
    r"(?:\s+(?:from|in|of|near)\s+[^,.;]{2,30}?)?\s+(?:have\s+|had\s+|again\s+|also\s+)*"
    r"(?:fought|clashed|battled|attacked\s+(?:each\s+other|one\s+another)|exchanged\s+(?:fire|gunfire|"
    r"blows)|traded\s+(?:fire|gunfire)|came\s+to\s+blows|went\s+to\s+war|took\s+up\s+arms)\b"
)
_PAIR = (
    rf"(?P<one>{_WHO})(?:\s+(?P<sort1>{_KIN}|{_MEN}))?\s+(?:and|against)\s+"
    rf"(?:(?:the|rival|neighbou?ring|ethnic)\s+)*(?P<two>{_WHO})(?:\s+(?P<sort2>{_KIN}|{_MEN}))?(?![\w-])"
)
_BETWEEN = re.compile(
    rf"\b(?:between|pitting|involving|opposing)\s+(?:[a-z-]+\s+){{0,5}}?(?:the\s+)?{_PAIR}"
)
_FOUGHT = re.compile(rf"(?<![\w-])(?!The\s){_PAIR}(?={_FIGHT})")
_LEADERS = re.compile(
    r"\b(?i:elders|leaders|chiefs|representatives|delegations?|delegates|notables)\s+(?:of|from)\s+"
    rf"(?:both\s+)?(?:the\s+)?{_PAIR}(?=[^.;]{{0,60}}?\b(?:sign\w*|agree\w*|reach\w*|pact|truce|"
    r"ceasefire|reconcil\w*|peace|deal|accord|met)\b)"
)
_SORTS = {"clan": "Clan Militia", "tribe": "Tribal Militia"}
_AT_ODDS = (
    r"(?:(?:armed|local|sedentary|nomadic|transhumant|native|ethnic|settled|rival|(?-i:[A-Z])[\w-]+)\s+)?"
    r"(?:farmers|herders|herdsmen|pastoralists|nomads|cultivators|cattle\s+(?:keepers|breeders|herders)|"
    r"stock-?breeders|villagers|fishermen|fisherfolk|graziers|growers|ranchers)"
)
_FIELD_FEUD = re.compile(
    rf"\b(?:between\s+(?:[a-z-]+\s+){{0,2}}?(?P<one>{_AT_ODDS})\s+and\s+(?P<two>{_AT_ODDS})"
    rf"|(?P<first>{_AT_ODDS})\s+and\s+(?P<second>{_AT_ODDS})(?={_FIGHT})"
    r"|(?:leaders|elders|members|representatives)\s+(?:of|from)\s+(?:the\s+)?"
    r"(?P<growing>farming|farmer|agricultural|sedentary|settled)\s+and\s+(?:the\s+)?"
    r"(?P<grazing>herding|herder|pastoralist|nomadic|pastoral|cattle-herding)\s+communities"
    rf"|(?P<these>{_AT_ODDS})\s+(?:clashed|fought)\s+with\s+(?P<those>{_AT_ODDS}))(?![\w-])",
    re.IGNORECASE,
)


def feuding(text: str, registry: ActorRegistry) -> list[Party]:
    """Two peoples that fight: "clashes between the Hilaliya and Daboudiya clans".

    One that the registry lacks is named after its people and the country, where the text says
    that it is a clan or a tribe, or where the registry knows the other. Farmers and herders who
    fight are communal militias.
    """
    out: list[Party] = []
    if "between" in text or _HINT.search(text):
        for pattern in (_BETWEEN, _FOUGHT, _LEADERS):
            for m in pattern.finditer(text):
                out += _two(m, registry, out)
        low = text.lower()
        if any(word in low for word in _GRAZE):  # a look that spares the pattern most reports
            for m in _FIELD_FEUD.finditer(text):
                out += _of_the_fields(m, registry, out)
    return out


_GRAZE = ("herd", "pastoral", "nomad", "breeder", "cattle", "fisher", "grazier", "rancher")
_HINT = re.compile(
    r"\b(?:fought|clashed|battled|pitting|involving|opposing|came to blows|exchanged|traded|"
    r"attacked (?:each|one)|[Ee]lders|[Ll]eaders|[Cc]hiefs|[Rr]epresentatives|[Dd]elegat\w+|"
    r"[Nn]otables)\b"
)


def _two(m: re.Match[str], registry: ActorRegistry, taken: list[Party]) -> list[Party]:
    """Give both peoples of a pair, or nothing where neither is known to be one."""
    sort = (m["sort2"] or m["sort1"] or "").lower()
    kin = bool(re.fullmatch(_KIN, sort))
    known = [_militia(m[g], registry) or _militia(_one_of(m[g]), registry) for g in ("one", "two")]
    if not (kin or any(known)) or (not kin and not sort and not all(known)):
        return []
    if not is_free(m.start("one"), m.end(), taken):
        return []
    singular = re.sub(r"s$", "", sort.removeprefix("sub-").removeprefix("sub"))
    label = _SORTS.get(singular, "Militia")
    out = []
    for group, militia in zip(("one", "two"), known, strict=True):
        name = f"{m[group]} {label} ({HERE})"
        party = militia or Party(0, 0, name, Side.ARMED, name=name)
        out.append(replace(party, start=m.start(group), end=m.end(group)))
    return out


def _one_of(people: str) -> str:
    return people.removesuffix("s")


def _of_the_fields(m: re.Match[str], registry: ActorRegistry, taken: list[Party]) -> list[Party]:
    """Give farmers and herders who fight: the militia of their people, else a communal one."""
    groups = [g for g, words in m.groupdict().items() if words]
    nouns = {m[g].split()[-1].lower() for g in groups}
    if len(nouns) < 2 or not is_free(m.start(), m.end(), taken):
        return []
    communal = registry.resolve("communal militia")
    out = []
    for group in groups:
        people = m[group].split()[0]
        own = _militia(people, registry) if people[:1].isupper() else None
        if own is None and communal is not None:
            own = Party(0, 0, "communal militia", Side.ARMED, (communal,))
        if own is not None:
            out.append(replace(own, start=m.start(group), end=m.end(group)))
    return out


_MEN_OF = re.compile(
    r"(?<![\w-])(?P<arms>(?:[Aa]rmed|[Ss]uspected)\s+)?(?P<people>[^\W\d_a-z][\w’'-]+(?:\s[^\W\d_a-z]"
    r"[\w’'-]+)?)\s+(?P<noun>men|youths?|youngsters|warriors|raiders|herders|herdsmen|tribesmen|clansmen|"
    r"gunmen|villagers|pastoralists|rustlers)(?![\w-])"
)
_ATTACK = re.compile(
    r"(?:\s+(?:from|armed\s+with|on|in)\s+[^,.;]{2,40}?)?\s+(?:had\s+|have\s+|then\s+|also\s+)*"
    r"(?:opened\s+fire|shot|fired|attacked|set\s+fire|torched|burn\w+|raided|killed|razed|stormed|"
    r"ambushed|abducted|kidnapped|hacked|massacred|entered|invaded|seized|drove\s+off|stole|fell\s+upon|"
    r"swooped)\b"
)


def men_in_arms(text: str, taken: Sequence[Party], registry: ActorRegistry) -> list[Party]:
    """Give men of a people who attack as its militia: "armed Murle men entered a hamlet"."""
    out: list[Party] = []
    named = [p for p in taken if p.named]
    for m in _MEN_OF.finditer(text):
        if not (m["arms"] or m["noun"] in _FIERCE or _ATTACK.match(text, m.end())):
            continue
        for people in (m["people"], m["people"].split()[-1]):
            militia = _militia(people, registry)
            start = m.start("people") + len(m["people"]) - len(people)
            if militia is not None and is_free(start, m.end(), named):
                out.append(replace(militia, start=start, end=m.end()))
                break
    return out


_FIERCE = ("warriors", "raiders", "gunmen", "rustlers")


def _named_before(before: re.Match[str], party: Party, registry: ActorRegistry) -> Party:
    """Read "Lou Nuer gunmen": the people by two words, else by the last."""
    both = _militia(f"{before[1]} {before[2]}", registry) if before[1] else None
    if both is not None:
        return replace(both, start=before.start(1), end=party.end)
    own = _militia(before[2], registry)
    return replace(own, start=before.start(2), end=party.end) if own else party


def _militia(people: str, registry: ActorRegistry) -> Party | None:
    alias = f"{people} militia"
    actor = registry.resolve(alias)
    if actor is None or actor.generic or actor.name.startswith("Communal"):
        return None
    return Party(0, 0, alias, Side.ARMED, (actor,))
