"""Texts that tell of no incident: opinion, sport and film that borrow the words of war."""

from __future__ import annotations

from ingest.extract.context import Context
from ingest.extract.sentences import SentenceKind

MAX_HEAD = 20_000
WORDS_PER_METAPHOR = 60
"""A report may name a film or a league; a text with one such word in sixty is about it."""


def is_no_report(context: Context) -> bool:
    """Whether a whole text is comment, sport, film or business."""
    lexicon = context.lexicon
    title = context.document.title
    first = next((s.text for s in context.layout.sentences if s.kind is not SentenceKind.NOISE), "")
    for head in (title, first[:80]):
        found = lexicon.pattern("cues.opinion").match(head.lstrip("[( "))
        if found and head.lstrip("[( ")[found.end() :].lstrip()[:1] in (":", "|", "-", "–", "]"):
            return True
    tail = " ".join(s.text for s in context.layout.sentences[-4:])
    if lexicon.pattern("cues.byline_of_opinion").search(tail):
        return True
    text = context.document.text[:MAX_HEAD]
    words = lexicon.pattern("cues.metaphor").findall(text)
    dense = len(words) * WORDS_PER_METAPHOR >= len(text.split())
    return dense and len({w.lower() for w in words}) >= 3
