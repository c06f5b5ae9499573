"""Tellings of one event become one incident; different events stay apart."""

from __future__ import annotations

from datetime import timedelta

from ingest.extract.context import Context
from ingest.extract.dates import DateHit
from ingest.extract.drafts import LOOTED, PROTESTS, Draft
from ingest.extract.holders import of_road
from ingest.extract.locate import locate
from ingest.extract.located import Located, compatible, distance_km, specific
from ingest.extract.mentions import Mention
from ingest.extract.opening import APART, count_in, of_old, other_item, too_weak
from ingest.extract.parties import Side
from ingest.extract.places import PlacePhrase
from ingest.extract.sentences import SentenceKind
from ingest.extract.triggers import EXPLOSIVE, FROM_AFAR, QUIET, VIOLENCE

FRAME_AT = 25
"""Characters from the head of a sentence within which a place frames it."""
FRAME_KM = 100.0
HEADLINE_KM = 120.0
"""How far from its event a headline may name the next city, where the counts are the same."""
SMALL = 20_000
"""Inhabitants below which a name away from the frame is taken for a namesake."""


def merge(context: Context, mentions: list[Mention]) -> list[Draft]:
    """Gather mentions into drafts, in the order of the text."""
    drafts: list[Draft] = []
    summaries: list[Mention] = []
    current: Draft | None = None
    last: Draft | None = None
    for told in mentions:
        mention = of_old(told, drafts)
        place = _place(context, mention)
        known = place is not None and (place.grade >= 2 or place.best is None)
        exact = known and mention.date is not None
        if mention.summary and not mention.definite and not exact:
            summaries.append(mention)
            continue
        home = _home(mention, place, drafts, current, last)
        if home is None:
            if too_weak(context, mention, place, drafts):
                count_in(last, mention)
                continue
            home = Draft(background=mention.background)
            drafts.append(home)
        _add(home, mention, place)
        if not home.background:
            current = home
        last = home
    if not drafts:
        for mention in summaries:
            draft = Draft()
            _add(draft, mention, _place(context, mention))
            drafts.append(draft)
            break
    return drafts


def _place(context: Context, mention: Mention) -> Located | None:
    usable = [p for p in mention.places if not p.excluded and not p.weak]
    usable = usable or [p for p in mention.places if p.weak and not p.excluded]
    if not usable:
        return None
    at = mention.trigger.start if mention.trigger else mention.start
    at = at if mention.beside is None else mention.beside
    usable.sort(
        key=lambda p: (
            bool(p.offset),
            of_road(context, p),
            _of_its_cause(context, p, at),
            p.end <= at,
            abs(p.start - at),
        )
    )
    names = [p.head.name for p in usable]
    found = [locate(context, p, near=names) for p in usable]
    nearest = found[0]
    if nearest.best is None:
        return specific(found)
    frame = _frame(mention, found)
    if frame is not None and _is_namesake(nearest, frame):
        return frame
    # A wider place near the words gives way to a narrower one that lies in it.
    inside = [x for x in found[1:] if x.grade > nearest.grade and compatible(nearest, x)]
    return inside[0] if inside and nearest.grade < 2 else nearest


def _of_its_cause(context: Context, place: PlacePhrase, at: int) -> bool:
    """Whether a place is that of an older deed: "arrested in connection with the attack on …"."""
    return at < place.start and bool(
        context.lexicon.pattern("cues.older_deed").search(context.document.text[at : place.start])
    )


def _frame(mention: Mention, found: list[Located]) -> Located | None:
    """The town that opens the sentence ("In Taiz, ..."): later names lie by it or are namesakes."""
    head = [x for x in found if x.phrase.start - mention.sentence.start < FRAME_AT]
    return next((x for x in head if x.grade == 3 and not x.phrase.offset), None)


def _is_namesake(place: Located, frame: Located) -> bool:
    """Whether a small place lies far from the town that frames its sentence."""
    if place.best is None or frame.best is None or place is frame:
        return False
    one, two = place.best.place, frame.best.place
    if one.admin1 is not None and (one.admin1, one.country) == (two.admin1, two.country):
        return False  # of the governorate that the town which frames it stands for
    far = distance_km(place.best, frame.best) > FRAME_KM
    return far and place.best.place.population < SMALL and not compatible(place, frame)


def _add(draft: Draft, mention: Mention, place: Located | None) -> None:
    headline = draft.only_headlines and mention.sentence.kind is SentenceKind.BODY
    draft.mentions.append(mention)
    if place is not None and (
        draft.place is None
        or place.grade > draft.place.grade
        or (mention.retells and place.grade >= draft.place.grade)
        or (headline and place.grade >= min(draft.place.grade, 2))
    ):
        draft.place = place
    if mention.date is not None and (
        draft.date is None
        or (mention.retells and not _dates_fit(mention.date, draft.date))
        or _finer(mention.date, draft.date)
    ):
        draft.date = mention.date


def _finer(new: DateHit, old: DateHit) -> bool:
    """Whether a day says more: than a month, or than a span of days in which it lies."""
    if new.precision.value != "day" or new.first is None:
        return False
    if old.precision.value not in ("day", "range") or old.first is None or old.last is None:
        return old.precision.value not in ("day", "range")
    return (old.last - old.first).days > 1 and old.first <= new.first <= old.last


def _home(
    mention: Mention,
    place: Located | None,
    drafts: list[Draft],
    current: Draft | None,
    last: Draft | None,
) -> Draft | None:
    """The draft that a mention tells more of, or None where it opens a new one."""
    if mention.background and not mention.definite:
        return None
    if last is not None and last.background and _points_back(mention, last):
        return last
    if current is None:
        return None
    order = [current, *(d for d in drafts if d is not current and not d.background)]
    if mention.new and not mention.definite:
        order = []
    fitting = [draft for draft in order if _fits(mention, place, draft)]
    return _best_fit(mention, fitting) if fitting else None


def _best_fit(mention: Mention, fitting: list[Draft]) -> Draft:
    """Of drafts that may be told more of: shots are no detail of a bomb, the dead none of a
    deed that harms nobody."""
    first = fitting[0]
    shot = [d for d in fitting if d.kind in (VIOLENCE, "Armed clash")]
    if mention.gunfire and first.kind in BLASTS and shot:
        return shot[0]
    people = any(t.best for t in mention.tolls) or mention.kind == VIOLENCE
    riot = first.kind in RIOTOUS | {LOOTED} and _next_to(mention, first)
    if people and not mention.definite and not _harms(first) and not riot:
        return next((d for d in fitting if _harms(d)), first)
    return first


def _next_to(mention: Mention, draft: Draft) -> bool:
    return mention.sentence.paragraph == draft.mentions[-1].sentence.paragraph


def _harms(draft: Draft) -> bool:
    return draft.kind not in QUIET | PROTESTS | {LOOTED}


def _points_back(mention: Mention, last: Draft) -> bool:
    """ "Two soldiers died in that assault": of the earlier event told just before."""
    told = last.mentions[-1]
    opens = last.mentions[0].sentence.first_in_paragraph and mention.trigger is not None
    anew = mention.new or bool(mention.dates)
    return (
        (mention.definite or (opens and not anew))
        and not told.aside
        and not mention.places
        and mention.sentence.paragraph == told.sentence.paragraph
    )


def _is_its_lead(mention: Mention, place: Located | None, draft: Draft) -> bool:
    """Whether the text begins to tell what its headline has told more roughly.

    "Gunmen kill four near Maiduguri" is of the four killed at Konduga, 35 km away.
    """
    if not draft.only_headlines or mention.sentence.kind is not SentenceKind.BODY:
        return False
    kinds = {mention.kind, draft.kind}
    if kinds & (QUIET | PROTESTS) or not _dates_fit(mention.date, draft.date):
        return False
    told = {(t.kind, t.best) for m in draft.mentions for t in m.tolls if t.best}
    same = told & {(t.kind, t.best) for t in mention.tolls}
    if place is None or draft.place is None or not (place.best and draft.place.best):
        return bool(same)
    if place.best.place.country != draft.place.best.place.country:
        return False
    km = distance_km(place.best, draft.place.best)
    return km <= (HEADLINE_KM if same else HEADLINE_KM / 4)


def _fits(mention: Mention, place: Located | None, draft: Draft) -> bool:
    if _is_its_lead(mention, place, draft):
        return True
    apart = other_item(mention, draft) or _other_deed(mention, place, draft)
    apart = apart or _other_spot(mention, place, draft) or _framed_anew(mention, place, draft)
    if apart or not _same_sort(mention, draft):
        return False
    if mention.retells and draft.background == mention.background:
        began = mention.sentence.paragraph - draft.mentions[-1].sentence.paragraph <= 1
        return _dates_fit(mention.date, draft.date, apart=2 if began else 0)
    unknown = place is None or draft.place is None or not (place.best and draft.place.best)
    together = compatible(place, draft.place) or (mention.definite and unknown)
    together = together or _by_label(mention, place, draft)
    told = [t.definite or t.more or t.total for t in mention.tolls]
    again = (bool(told) and all(told) and place is None and mention.trigger is None) or (
        bool(told) and all(t.definite for t in mention.tolls) and place is None
    )
    if not together or not (again or _dates_fit(mention.date, draft.date)):
        return False
    earlier = draft.background != mention.background and mention.date is not None
    if earlier or _opens_anew(mention, place, draft):
        return False
    headline = draft.mentions[-1].sentence.kind.value == "headline"
    close = mention.sentence.paragraph - draft.mentions[-1].sentence.paragraph <= 3
    return mention.definite or headline or place is not None or close


BLASTS = EXPLOSIVE - {"Grenade"}
RIOTOUS = PROTESTS - {"Peaceful protest"}
"""Crowds in which people come to harm."""


def _other_deed(mention: Mention, place: Located | None, draft: Draft) -> bool:
    """Whether an exact deed of its own follows a fight: by others, or at a place of its own."""
    if mention.definite or mention.trigger is None or mention.kind not in APART:
        return False
    if draft.kind not in (VIOLENCE, "Armed clash"):
        return False
    told = draft.mentions[-1]
    if told.sentence.kind is SentenceKind.HEADLINE or told.sentence == mention.sentence:
        return False
    agents = [m.roles.agent for m in draft.mentions if m.roles.agent is not None]
    now = mention.roles.agent
    others = now is not None and bool(agents) and all(now.side is not a.side for a in agents)
    name = draft.place.phrase.head.name if draft.place else None
    away = place is not None and place.phrase.head.name != name
    then = mention.date is not None or mention.sequel or mention.kind == "Mob violence"
    return others or (away and then)


def _other_spot(mention: Mention, place: Located | None, draft: Draft) -> bool:
    """Whether other dead are told afresh, of a spot with another name in the same town.

    "Two brothers were shot dead in Orangi Town. … A trader was gunned down in Lyari."
    """
    told = [m for m in draft.mentions if m.sentence.kind is SentenceKind.BODY]
    afresh = mention.trigger is not None and not mention.definite and not mention.outcome
    if not told or not afresh or told[-1].sentence == mention.sentence:
        return False
    if place is None or draft.place is None or place.grade < 3 or draft.place.grade < 3:
        return False
    if not mention.start <= place.phrase.start < mention.end or place.phrase.near:
        return False
    one, two = place.phrase, draft.place.phrase
    if two.near or two.offset:
        return False
    names = {two.head.name, *(p.name for p in two.parents)}
    if one.head.name in names or two.head.name in {p.name for p in one.parents}:
        return False
    counts = _dead(mention)
    return bool(counts) and all(counts.isdisjoint(_dead(m)) for m in told) and any(map(_dead, told))


def _framed_anew(mention: Mention, place: Located | None, draft: Draft) -> bool:
    """Whether a paragraph opens with a town ("In Nobol, …") behind a deed told without a place."""
    if place is None or place.grade < 3 or draft.place is not None or draft.only_headlines:
        return False
    if mention.definite or mention.trigger is None or mention.outcome:
        return False
    head = mention.sentence.first_in_paragraph and mention.start == mention.sentence.start
    opens = head and place.phrase.start - mention.start < FRAME_AT
    harmed = any(t.best for t in mention.tolls)
    told = any(t.best for m in draft.mentions for t in m.tolls)
    return opens and harmed and told


def _dead(mention: Mention) -> set[int]:
    """Counts of dead that a telling gives as news."""
    return {
        t.best
        for t in mention.tolls
        if t.kind == "killed" and t.best and not (t.definite or t.part or t.more)
    }


def _by_label(mention: Mention, place: Located | None, draft: Draft) -> bool:
    """Whether only the label of their common item places a mention: no place of its own."""
    told = place is not None and mention.start <= place.phrase.start < mention.end
    same = any(m.item is not None and m.item == mention.item for m in draft.mentions)
    return same and not told


def _opens_anew(mention: Mention, place: Located | None, draft: Draft) -> bool:
    """Another event close by: another place by name and a date of its own, told as news; or the
    other side acting, elsewhere."""
    if place is not None and not mention.definite and _turned(mention, draft):
        return place.phrase.head.name != (draft.place.phrase.head.name if draft.place else "") or (
            place.phrase.near
        )
    if mention.definite or mention.date is None or place is None or draft.place is None:
        return False
    fights = mention.kind == "Armed clash" == draft.kind and _next_to(mention, draft)
    if fights and not mention.tolls and not mention.roles.agent and not mention.roles.patient:
        return False  # "Fighting left five dead in the capital. Clashes erupted in a suburb …"
    least = 1 if mention.sentence.first_in_paragraph else 2
    if draft.date is None or place.grade < 2 or draft.place.grade < least:
        return False
    one, two = place.phrase, draft.place.phrase
    names = {one.head.name, *(p.name for p in one.parents)}
    return not names & {two.head.name, *(p.name for p in two.parents)}


def _turned(mention: Mention, draft: Draft) -> bool:
    """Whether a state force acts here where an armed group acted before, or the reverse."""
    first = next((m.roles.agent for m in draft.mentions if m.roles.agent), None)
    now = mention.roles.agent
    fought = any(t.best for t in mention.tolls) or mention.kind == "Armed clash"
    if first is None or now is None or not fought:
        return False
    return (first.side is Side.STATE) != (now.side is Side.STATE)


def _same_sort(mention: Mention, draft: Draft) -> bool:
    kind = draft.kind
    if mention.trigger is None:
        return kind not in QUIET or not any(t.best for t in mention.tolls)
    if (mention.kind in PROTESTS) != (kind in PROTESTS):
        bare = not mention.places and not mention.dates and not mention.roles.agent
        return kind in PROTESTS and mention.kind == VIOLENCE and bare
    if mention.kind in PROTESTS or mention.kind == kind:
        return True
    if mention.kind in QUIET or kind in QUIET:
        return _quiet_together(mention, kind)
    return _same_violence(mention, draft)


def _quiet_together(mention: Mention, kind: str) -> bool:
    """Whether arrests, seizures and the like may be part of one event with another deed."""
    both = {mention.kind, kind}
    if mention.definite and "Disrupted weapons use" in both and both & set(FROM_AFAR):
        return True  # "the missile was intercepted"
    if "Agreement" in both and not mention.definite:
        return False
    if both <= QUIET:
        return "Disrupted weapons use" in both or not mention.places
    return both <= QUIET | {VIOLENCE, "Armed clash"}


def _same_violence(mention: Mention, draft: Draft) -> bool:
    """Whether words for violence may tell of one event: vague words fit exact ones."""
    loose = (VIOLENCE, "Armed clash")
    if mention.definite or mention.kind in loose:
        return True
    if draft.kind not in loose:
        bare = not mention.places and not mention.dates
        return bare and mention.kind == "Suicide bomb" and draft.kind in EXPLOSIVE
    first = draft.mentions[0]
    counted = any(t.best for t in first.tolls) and any(t.best for t in mention.tolls)
    headline = first.sentence.kind is SentenceKind.HEADLINE
    return mention.kind not in EXPLOSIVE or headline or not counted


def _dates_fit(a: DateHit | None, b: DateHit | None, apart: int = 0) -> bool:
    """Whether two dates share a day, or lie at most so many days apart."""
    if a is None or b is None or a.first is None or b.first is None:
        return True
    far = timedelta(days=apart)
    return a.first - far <= (b.last or b.first) and b.first - far <= (a.last or a.first)
