"""From place phrases to places: the geocoder asked with the story's own context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geodata._fold import fold
from geodata.place import Candidate, NameHit, Place, PlaceQuery, Resolution
from ingest.extract.context import Context, country_of
from ingest.extract.holders import framed_country, holders
from ingest.extract.located import BROAD, GRADES, Located, distance_km
from ingest.extract.places import NamePart, PlacePhrase

WORLD_CITY = 500_000
"""Inhabitants from which a city is taken without its country."""
WELL_KNOWN = 100_000
"""Inhabitants from which a town is not taken for its namesake in a province told elsewhere."""
_REACH = 1_000
MAX_PROVINCES = 6
"""First-order divisions of a story that are asked for a namesake: the nearest named."""


def locate(context: Context, phrase: PlacePhrase, *, near: Sequence[str] = ()) -> Located:
    """Ask the geocoder for a phrase, once for each way it is written."""
    found = _in_town(context, _locate(context, phrase, near), near)
    return _where_told(context, found, near)


QUARTER_KM = 60.0
"""How far from the middle of a town a quarter of it lies at most, large ones' outskirts too."""


def _in_town(context: Context, found: Located, near: Sequence[str]) -> Located:
    """The town itself, where a namesake far away was found for a quarter of it."""
    phrase, best = found.phrase, found.best
    quarter = context.lexicon.pattern("places.quarter.words")
    named = context.document.text[phrase.head.start : phrase.end]
    if best is None or not phrase.parents or not quarter.search(named):
        return found
    text = _spoken(context, phrase.parents[0])
    asked = _ask(context, text, phrase.country or context.country, near, phrase.parents[1:])
    known = _world_city(context, replace(phrase, head=phrase.parents[0], parents=()))
    town = known.resolution if known and asked.best is None else asked
    if town.best is None or town.best.place.feature_class != "P":
        return found
    return found if distance_km(best, town.best) <= QUARTER_KM else Located(phrase, town)


def _locate(context: Context, phrase: PlacePhrase, near: Sequence[str]) -> Located:
    text = _query_text(context, phrase)
    inside = [
        c
        for at, c in context.countries
        if phrase.start <= at < phrase.end and not _ethnic(context, at)
    ]
    country = phrase.country or (inside[-1] if inside else framed_country(context, phrase.start))
    found = _across(context, phrase, _ask(context, text, country, near, phrase.parents), text)
    broad = found.best is None or found.best.location_precision in BROAD
    on_line = _on_line(context, phrase, country) if broad else None
    if on_line is not None:
        return on_line
    if found.best is not None:
        return Located(phrase, found)
    own = _held_by(context, phrase, country)
    if own is not None:
        return own
    others: list[str | None] = [None] if phrase.parents else []
    others += [c for c in dict.fromkeys(c for _, c in context.countries) if c != country]
    for other in others[:3]:  # the place may lie in another country that the story names
        elsewhere = _ask(context, text, other, near, phrase.parents)
        if elsewhere.best is not None and (other or _agrees(elsewhere.best, phrase)):
            return Located(phrase, elsewhere)
    return (
        _world_city(context, phrase)
        or _held_by_story(context, phrase, country)
        or Located(phrase, found)
    )


def _across(context: Context, phrase: PlacePhrase, found: Resolution, text: str) -> Resolution:
    """A town of another country that the story names, where the division it is told in lies."""
    told = [p for p in phrase.parents if p.kind in _DIVISIONS and country_of(p.name) is None]
    best = found.best
    if not told or best is None or _agrees(best, phrase) or best.place.admin1 is None:
        return found
    for other in dict.fromkeys(c for _, c in context.countries):
        if other != best.place.country_name:
            elsewhere = _ask(context, text, other, (), phrase.parents)
            if elsewhere.best is not None and _agrees(elsewhere.best, phrase):
                return elsewhere
    return found


def _ethnic(context: Context, at: int) -> bool:
    """Whether a word before a quarter is of its people: "a Turkmen neighbourhood of"."""
    text = context.document.text[at : at + 60]
    return bool(re.match(r"[A-Z]\w+\s+(?:neighbou?rhood|quarter|enclave|village|area|town)", text))


def _held_by_story(context: Context, phrase: PlacePhrase, country: str | None) -> Located | None:
    """An unknown place is at least where its paragraph, its story, its dateline lie."""
    broad: Located | None = None
    for holder, own in holders(context, phrase):
        if broad is not None and not own:
            break
        held = _held_in(context, phrase, holder, country)
        if held is not None and held.fine:
            return held
        broad = broad or held
    return broad


def _held_in(
    context: Context, phrase: PlacePhrase, holder: PlacePhrase, country: str | None
) -> Located | None:
    """A place asked for inside another (beside it, where that is what the text says)."""
    names = ", ".join(_spoken(context, part) for part in (holder.head, *holder.parents))
    join = " near " if holder.near or holder.offset else ", "
    found = _ask(context, f"{phrase.head.name}{join}{names}", country, ())
    best = found.best
    if best is None or best.location_precision not in GRADES:
        return None
    if phrase.head.kind in _DIVISIONS and best.place.feature_class == "P":
        return None  # no town holds a district
    return Located(phrase, found)


def _where_told(context: Context, found: Located, near: Sequence[str]) -> Located:
    """The namesake in the province that the story tells of, where the one found lies elsewhere."""
    best, phrase = found.best, found.phrase
    if best is None or best.place.feature_code.startswith(("ADM1", "PCL")):
        return found
    if found.fine and phrase.parents and _inside(best, phrase):
        return found  # its own words say what holds it
    told = [d for d in _provinces(context, phrase) if d.country == best.place.country]
    inside = any(_lies_in(best.place, d) for d in told)
    own = any(p.kind in _DIVISIONS for p in phrase.parents)
    if not told or inside or (best.place.population >= WELL_KNOWN and not own):
        return found
    for division in told:
        other = _ask(
            context, _query_text(context, phrase), division.country_name, near,
            phrase.parents, within=division,
        )  # fmt: skip
        there = other.best
        fits = there is not None and _lies_in(there.place, division)
        fits = fits and there is not None and _keeps_holder(there, found)
        if fits and (not _held(other) or (_held(found.resolution) and Located(phrase, other).fine)):
            return Located(phrase, other)
    # Nor does its holder lie there: it is a namesake itself.
    if _held(found.resolution) and not phrase.parents:
        text = f"{phrase.head.name}, {told[0].name}"
        other = _ask(context, text, told[0].country_name, (), within=told[0])
        return Located(phrase, other) if other.best else found
    return found


def _keeps_holder(there: Candidate, found: Located) -> bool:
    """Whether a place held by what its phrase names is held by a bearer of that name again."""
    if not found.phrase.parents or not _held(found.resolution):
        return True
    return _bare(found.phrase.parents[0].name) in _bare(there.place.name)


def _held(resolution: Resolution) -> bool:
    """Whether the answer is not the place itself but what holds it."""
    return bool(resolution.note)


def _provinces(context: Context, phrase: PlacePhrase) -> list[Place]:
    """Divisions told of, nearest to the phrase first."""
    out: dict[str, Place] = {}
    quarter = context.lexicon.pattern("places.quarter.words")
    for hit in _divisions_near(context, phrase):
        kind = _kind_after(context, hit)
        if kind is None and "settlement" in hit.kinds:
            continue  # a town of that name may be meant
        if quarter.match(context.document.text, hit.end + 1):
            continue  # a part of a town that bears the name of a division
        best = _ask(context, f"{hit.name} {kind or ''}".strip(), context.country, ()).best
        if best is not None and best.place.feature_code.startswith(("ADM1", "ADM2")):
            out.setdefault(best.place.place_id, best.place)
    return list(out.values())


def _divisions_near(context: Context, phrase: PlacePhrase) -> list[NameHit]:
    """Names of divisions nearest to a phrase, within as little of the text as has enough."""
    reach, whole = _REACH, len(context.document.text)
    while True:
        around = context.names_in(phrase.start - reach, phrase.start + reach)
        hits = [h for h in around if h.kinds & {"admin1", "admin2"} and h.name[:1].isupper()]
        hits = [h for h in hits if not phrase.head.start <= h.start < phrase.head.end]
        if len(hits) >= MAX_PROVINCES or reach > whole:
            return sorted(hits, key=lambda h: abs(h.start - phrase.start))[:MAX_PROVINCES]
        reach *= 4


def _kind_after(context: Context, hit: NameHit) -> str | None:
    """Whether the word behind a name calls it a district or a province, or "Town, Province"."""
    before = context.document.text[max(0, hit.start - 2) : hit.start]
    if before.endswith((", ", "(")) and hit.kinds & {"admin1", "admin2"}:
        return "province" if "admin1" in hit.kinds else "district"
    text = context.document.text[hit.end : hit.end + 40].lstrip()
    for kind in _DIVISIONS:
        if context.lexicon.pattern(f"places.kinds.{kind}").match(text):
            return kind
    return None


def _lies_in(place: Place, division: Place) -> bool:
    if division.feature_code.startswith("ADM1"):
        return place.admin1 == division.name
    return place.admin2 == division.name and place.admin1 == division.admin1


def _world_city(context: Context, phrase: PlacePhrase) -> Located | None:
    """A city that needs no country named beside it: talks are held far from their war."""
    found = _ask(context, phrase.head.name, None, ())
    best = found.best
    known = best is not None and best.place.population >= WORLD_CITY
    known = known and best is not None and best.place.name == phrase.head.name
    return Located(phrase, found) if known else None


def _on_line(context: Context, phrase: PlacePhrase, country: str | None) -> Located | None:
    """Between the ends of a road that names them: "the Gulu-Kitgum road"."""
    text = context.document.text
    ends = re.fullmatch(r"([A-Z][\w’']+)[-–—]([A-Z][\w’']+)", phrase.head.name)
    if not ends or not _LINE.match(text, phrase.head.start + len(phrase.head.name)):
        return None
    home = country if phrase.country is None or phrase.country == country else context.country
    for query in (f"between {ends[1]} and {ends[2]}", f"near {ends[1]}", f"near {ends[2]}"):
        found = _ask(context, query, home, ())
        if found.best is not None:
            return Located(phrase, found)
    return None


def _queries(context: Context, phrase: PlacePhrase) -> Iterator[str]:
    """Other words for a place that was not found: with what follows, without what it is
    ("Jenin refugee camp"), then what holds it."""
    text = context.document.text
    yield re.sub(r"\s+", " ", text[phrase.head.start : phrase.end])
    if phrase.head.kind in ("site", "area"):
        yield f"near {phrase.head.name}"
    for parent in phrase.parents:
        if re.fullmatch(r"[A-Z]\w+[-–][A-Z]\w+", parent.name):  # "along the A-B border"
            yield from (f"{phrase.head.name}, {half}" for half in re.split("[-–]", parent.name))
        rest = _spoken(context, parent)
        yield rest if parent.kind in _DIVISIONS else f"near {rest}"


def _agrees(found: Candidate, phrase: PlacePhrase) -> bool:
    """Whether a place found without a country lies in what the phrase names around it."""
    holders = {_bare(found.place.admin1 or ""), _bare(found.place.admin2 or "")}
    return any(_bare(p.name) in holders for p in phrase.parents)


def _bare(name: str) -> str:
    """A name as two spellings of it agree: without its article and accents."""
    return re.sub(r"^(?:al|ar|as|ash|ad|an|at|az|el)[- ]", "", fold(name))


def _inside(found: Candidate, phrase: PlacePhrase) -> bool:
    """Whether the division of a place carries a name of the phrase ("Lurgan, Co Armagh")."""
    divisions = f"{found.place.admin2 or ''}|{found.place.admin1 or ''}".casefold()
    holders_named = [p.name for p in phrase.parents if country_of(p.name) is None]
    return bool(holders_named) and holders_named[-1].casefold() in divisions


def _held_by(context: Context, phrase: PlacePhrase, country: str | None) -> Located | None:
    """An unknown village is at least in the district that its phrase names."""
    for text in _queries(context, phrase):
        found = _ask(context, text, country, ())
        if found.best is not None:
            return Located(phrase, found)
    return None


def _ask(
    context: Context,
    text: str,
    country: str | None,
    near: Sequence[str],
    parents: Sequence[NamePart] = (),
    within: Place | None = None,
) -> Resolution:
    key = (text, country, within.place_id if within else None)
    found = context.answers.get(key)
    if found is None:
        named = {p.kind: p.name for p in reversed(parents)}
        if within is not None:
            first = within.feature_code.startswith("ADM1")
            named["province" if first else "district"] = within.name
        query = PlaceQuery(
            text=text,
            country=country,
            admin1=named.get("province"),
            admin2=named.get("district"),
            near=tuple(near)[:5],
        )
        found = context.answers[key] = context.geocoder.geocode(query)
    return found


_LEADING = re.compile(
    r"^(?:in|at|on|into|from|to|through|across|within|inside|of|entered|overran|seized|captured|"
    r"retook|recaptured|stormed|hit|struck|shelled|bombed|pounded|attacked|raided|targeted|by|over|"
    r"against|leaving|reached|liberated|rocked|shook|called|named|besieged|onto|"
    r"escape from|fleeing)"
    r"\s+(?:the\s+)?",
    re.IGNORECASE,
)


def _query_text(context: Context, phrase: PlacePhrase) -> str:
    """The words to look up: names and what they are, without what a report says of them."""
    if phrase.offset:
        return f"{phrase.offset} {phrase.head.name}"
    text = re.sub(r"\s+", " ", context.document.text[phrase.start : phrase.end]).strip()
    if phrase.head.name not in text and not phrase.parents:
        return f"near {phrase.head.name}" if phrase.near else phrase.head.name
    while (shorter := _LEADING.sub("", text)) != text:
        text = shorter
    if not phrase.parents or _RELATED.search(text):
        return text
    names = [phrase.head, *phrase.parents]
    listed = ", ".join(_spoken(context, part) for part in names)
    return f"near {listed}" if phrase.near else listed


def _spoken(context: Context, part: NamePart) -> str:
    """A name with what the text calls it: "Dasht tehsil", "Mastung district"."""
    words = re.sub(r"\s+", " ", context.document.text[part.start : part.end])
    if part.name not in words:  # "the capital"
        return part.name
    return f"{words} {part.kind}" if words == part.name and part.kind in _DIVISIONS else words


_LINE = re.compile(
    r"\s+(?:(?:main|old|trunk)\s+)?(?:road|highway|axis|motorway|route|railway|line)\b"
)
_DIVISIONS = ("district", "province")
_RELATED = re.compile(
    r"\b(?:between|highway|road|motorway|railway|pipeline|border|crossing|km|kilomet\w+|miles|street)\b",
    re.IGNORECASE,
)
