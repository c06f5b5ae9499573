"""Which words of a report tell of which incident: no value is read from another one's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.extract.context import Context
from ingest.extract.drafts import Draft
from ingest.extract.holders import places_in
from ingest.extract.locate import locate
from ingest.extract.located import compatible
from ingest.extract.mentions import Mention
from ingest.extract.sentences import Sentence, SentenceKind

NEAR = 1
"""Paragraphs after an incident's last words that may still tell of it, beside other incidents."""

_NOT_OURS = (
    "cues.background", "cues.aggregate", "cues.habit", "cues.court", "cues.statement",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one incident: offsets into the document; `told` where a telling stands in them."""

    start: int
    end: int
    sentence: Sentence
    told: Mention | None


def stretches(context: Context, drafts: Sequence[Draft]) -> list[list[Stretch]]:
    """Words of each incident in the order of the text: its tellings, and what follows them.

    A sentence without a telling belongs to the incident told last before it: anywhere in a
    report of one incident, in the same or the next paragraph of a report of several. Court
    cases, habits, other times and condolences belong to none.
    """
    out: list[list[Stretch]] = [[] for _ in drafts]
    owners = _owners(drafts)
    single = sum(not d.background for d in drafts) == 1
    main = next((i for i, d in enumerate(drafts) if not d.background), 0)
    last: int | None = main if single else None
    paragraph = -1
    for sentence in context.layout.sentences:
        if sentence.kind not in (SentenceKind.BODY, SentenceKind.HEADLINE):
            continue
        mine = owners.get(sentence.start, [])
        if mine:
            for i, stretch in _cut(sentence, mine):
                out[i].append(stretch)
            last, paragraph = mine[-1][0], sentence.paragraph
        elif single and not drafts[main].background and _ours(context, sentence, drafts[main]):
            out[main].append(Stretch(sentence.start, sentence.end, sentence, None))
        elif not single and last is not None and sentence.paragraph - paragraph <= NEAR:
            draft = drafts[last]
            if not draft.background and _ours(context, sentence, draft):
                out[last].append(Stretch(sentence.start, sentence.end, sentence, None))
    return out


def _owners(drafts: Sequence[Draft]) -> dict[int, list[tuple[int, Mention]]]:
    """Tellings of each sentence, by its start, in the order of the text."""
    out: dict[int, list[tuple[int, Mention]]] = {}
    for i, draft in enumerate(drafts):
        for m in draft.mentions:
            out.setdefault(m.sentence.start, []).append((i, m))
    for told in out.values():
        told.sort(key=lambda pair: pair[1].start)
    return out


def _cut(sentence: Sentence, told: Sequence[tuple[int, Mention]]) -> Iterator[tuple[int, Stretch]]:
    """Share a sentence out: each telling has the words up to the next incident's."""
    for n, (i, m) in enumerate(told):
        start = m.start if n else sentence.start
        end = told[n + 1][1].start if n + 1 < len(told) else sentence.end
        yield i, Stretch(start, end, sentence, m)


def _ours(context: Context, sentence: Sentence, draft: Draft) -> bool:
    """Whether a sentence without a telling may say more of an incident."""
    text = sentence.text
    if not context.lexicon.pattern("particulars.follow.hint").search(text):
        return False
    if any(context.lexicon.pattern(name).search(text) for name in _NOT_OURS):
        return False
    head = text.lstrip(' ,;"“')
    still = context.lexicon.pattern("particulars.follow.still").match(head)
    if still is None and context.lexicon.pattern("cues.new_event").match(head):
        return False
    return not _elsewhere(context, sentence, draft)


def _elsewhere(context: Context, sentence: Sentence, draft: Draft) -> bool:
    """Whether a sentence names a place that does not fit the incident's."""
    if draft.place is None:
        return False
    named = [p for p in places_in(context, sentence.start, sentence.end) if not p.excluded]
    ours = {draft.place.phrase.head.name, *(p.name for p in draft.place.phrase.parents)}
    others = [p for p in named if p.head.name not in ours and not p.weak]
    return any(not compatible(locate(context, p), draft.place) for p in others)
