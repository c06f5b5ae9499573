"""An incident in the making: its tellings, its place and its date so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.extract.dates import DateHit
from ingest.extract.located import Located
from ingest.extract.mentions import Mention
from ingest.extract.sentences import SentenceKind
from ingest.extract.triggers import DEMONSTRATIONS, EXPLOSIVE, VIOLENCE

_PROTEST_RANK = (
    "Peaceful protest", "Protest with intervention", "Violent demonstration",
    "Excessive force against protesters",
)  # fmt: skip


PROTESTS = frozenset(
    {*DEMONSTRATIONS, "Protest with intervention", "Excessive force against protesters"}
)


@dataclass(slots=True)
class Draft:
    """An incident in the making: its tellings in order, its place and its date so far."""

    mentions: list[Mention] = field(default_factory=list)
    place: Located | None = None
    date: DateHit | None = None
    background: bool = False

    @property
    def only_headlines(self) -> bool:
        """Whether nothing but the headline tells of it so far."""
        return bool(self.mentions) and all(
            m.sentence.kind is SentenceKind.HEADLINE for m in self.mentions
        )

    @property
    def kind(self) -> str:
        """Sub-event type told first; "violence" only where nothing more exact is told."""
        told = [m for m in self.mentions if m.trigger is not None]
        if not told:
            return VIOLENCE
        first = self._taken(told) or _first_kind(told)
        if first == "Remote explosive/landmine/IED" and any(m.kind == "Suicide bomb" for m in told):
            return "Suicide bomb"
        if first in PROTESTS:  # what the crowd or the police did later in the text counts
            return max((m.kind for m in told if m.kind in PROTESTS), key=_PROTEST_RANK.index)
        if first not in (VIOLENCE, "Armed clash"):
            return first
        if all(m.outcome for m in told[:1]):  # "two were killed" leaves open by what
            means = next((m.kind for m in told if not m.outcome), None)
            if means in EXPLOSIVE:
                return means
        headline = told[0].sentence.kind is SentenceKind.HEADLINE
        near = [
            m.kind
            for m in told
            if m.sentence.paragraph - told[0].sentence.paragraph <= 2 and (headline or m.definite)
        ]
        return next(
            (k for k in near if k in EXPLOSIVE), "Armed clash" if "Armed clash" in near else first
        )

    def _taken(self, told: list[Mention]) -> str | None:
        """What a raid that killed nobody was for: "raided X. They made off with six children"."""
        first, at = told[0].trigger, told[0].sentence.start
        if told[0].kind != VIOLENCE:
            return None
        word = told[0].sentence.text[first.start - at :] if first else ""
        if not word.lower().startswith(_RAIDED):
            return None
        hurt = {t.kind for m in self.mentions for t in m.tolls if t.best}
        for m in told[1:]:
            same = m.sentence.paragraph == told[0].sentence.paragraph
            if (
                same
                and "killed" not in hurt
                and (m.kind == TAKEN or (m.kind == LOOTED and not hurt))
            ):
                return m.kind
        return None


_RAIDED = ("raid", "storm", "burst", "broke", "invad", "descend", "swoop", "swept", "barged")
TAKEN, LOOTED = "Abduction/forced disappearance", "Looting/property destruction"


def _first_kind(told: list[Mention]) -> str:
    """The sort told first; a headline's "boats bombed" is what the text tells it to be."""
    first = told[0].kind
    shaped = next((m.kind for m in told if m.sentence.kind is SentenceKind.BODY), first)
    bombed = first == "Remote explosive/landmine/IED" and shaped in EXPLOSIVE
    return shaped if bombed else first
