"""What kind of people or thing was aimed at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geodata.particulars import Target
from ingest.extract._word_pattern import part_of
from ingest.extract.context import Context
from ingest.extract.drafts import PROTESTS
from ingest.extract.lexicon import Lexicon
from ingest.extract.mentions import Mention
from ingest.extract.particulars.scope import Stretch
from ingest.extract.particulars.values import Hit, Told, find_words
from ingest.extract.parties import Side

NO_TARGET = PROTESTS | {
    "Agreement", "Change to group/activity", "Headquarters or base established",
    "Non-violent transfer of territory", "Disrupted weapons use", "Other",
    "Government regains territory", "Non-state actor overtakes territory",
}  # fmt: skip
"""Kinds of event in which nobody is aimed at, or ground alone."""

_BROAD = (Target.CIVILIANS, Target.ARMED_GROUP)
_OF_STATUS = {
    "security_forces": Target.MILITARY,
    "militants": Target.ARMED_GROUP,
    "civilians": Target.CIVILIANS,
}
AIMED, VICTIM, PLACED, EXACT = 4, 3, 2, 1
"""Weight of words behind a verb of attack, among the victims, as a place, beyond "civilians";
words of the first telling weigh one more."""
ENOUGH = 3
_STOP = re.compile(r"[.;:]\s|,\s(?!(?:a|an|the)\s)")


def read_target(context: Context, stretches: Sequence[Stretch], kind: str) -> Told | None:
    """Give the kind of target, with the words for it as written.

    What stands behind a verb of attack outweighs who was hurt, and that where it happened. Who
    speaks, acts or arrives afterwards is no target.
    """
    if kind in NO_TARGET:
        return None
    own = [s for s in stretches if s.told is not None]
    weighed = [(w + (n == 0), -n, h) for n, s in enumerate(own) for w, h in _weigh(context, s)]
    if weighed:
        weight, _, hit = max(weighed, key=lambda x: (x[0], x[1], -x[2].start))
        if weight >= ENOUGH:
            return Told(hit.word, hit.start, hit.end, 0.8 if weight > AIMED else 0.7)
    return _by_side(own)


def _weigh(context: Context, s: Stretch) -> Iterator[tuple[int, Hit]]:
    text = part_of(context.document.text, s.start, s.end)
    lexicon, m = context.lexicon, s.told
    agent = m.roles.agent if m else None
    for hit in find_words(text, lexicon, "particulars.target"):
        start, end = s.start + hit.start, s.start + hit.end
        if agent is not None and agent.start < end and start < agent.end:
            continue
        if _speaks(text, hit, lexicon):
            continue
        weight = _placed(text, hit, lexicon)
        if m is not None and _hurt(m, start, end):
            weight = max(weight, VICTIM)
        if weight:
            weight += EXACT * (Target(hit.word) not in _BROAD)
            yield weight, Hit(hit.word, start, end)


def _speaks(text: str, hit: Hit, lexicon: Lexicon) -> bool:
    """Whether the words are those who tell, act or come afterwards."""
    after = lexicon.pattern("particulars.aimed.source", whole=False).match(text, hit.end)
    passive = lexicon.pattern("particulars.aimed.passive", whole=False).match(text, hit.end)
    if after is not None and passive is None:
        return True
    before = lexicon.pattern("particulars.aimed.agent").search(
        part_of(text, max(0, hit.start - 60), hit.start)
    )
    return before is not None


def _placed(text: str, hit: Hit, lexicon: Lexicon) -> int:
    """Weight by the words before and after: aimed at, or near."""
    before = _STOP.split(text[max(0, hit.start - 90) : hit.start])[-1]
    if lexicon.pattern("particulars.aimed.past").search(before):
        return 0
    if lexicon.pattern("particulars.aimed.at").search(before):
        return AIMED
    if lexicon.pattern("particulars.aimed.passive", whole=False).match(text, hit.end):
        return AIMED
    return PLACED if lexicon.pattern("particulars.aimed.near").search(before) else 0


def _hurt(m: Mention, start: int, end: int) -> bool:
    return any(t.best and not t.part and t.start <= start and end <= t.end for t in m.tolls)


def _by_side(own: Sequence[Stretch]) -> Told | None:
    """The side acted upon, or the status of those hurt, where no word says more."""
    for s in own:
        patient = s.told.roles.patient if s.told else None
        if patient is not None and patient.side in (Side.ARMED, Side.CIVIL):
            kind = Target.ARMED_GROUP if patient.side is Side.ARMED else Target.CIVILIANS
            return Told(kind.value, patient.start, patient.end, 0.7)
    for s in own:
        for toll in s.told.tolls if s.told else ():
            if toll.best and toll.status in _OF_STATUS:
                return Told(_OF_STATUS[toll.status].value, toll.start, toll.end, 0.6)
    return None
