"""Which paragraphs of a report may tell of an incident, or of who, where and when.

Half of many a report is about something else: prices, a budget, the weather. Such a paragraph is
read for what kind of text it stands in, and for the countries it names; no actor, date or place
is sought in it. A paragraph is left out only where nothing in it speaks of violence, of forces
or groups, or of blame, and never at the head or the end of a report, in lists or in labels.
"""

from __future__ import annotations

import re

from ingest.extract._word_pattern import Indexed, part_of
from ingest.extract.lexicon import Lexicon
from ingest.extract.sentences import Layout, SentenceKind

HEAD, TAIL = 3, 2
"""Paragraphs at both ends of a report that are always read: title, dateline, lead; byline."""

SHORT = 120
"""Characters below which a paragraph may be a label, a time or a heading for others."""

_LISTED = re.compile(r"\s*(?:[-*•‣▪●–—·]|\(?\d)")


def told_layout(text: Indexed, layout: Layout, lexicon: Lexicon) -> tuple[Indexed, Layout]:
    """Give the text and the sentences that incidents are sought in.

    Returns
    -------
    tuple
        The text with quiet paragraphs blanked out, so that every offset stays, and the layout
        without their sentences; both as given where no paragraph is quiet.
    """
    quiet = _quiet(text, layout, lexicon)
    if not quiet:
        return text, layout
    told = text.blanked([(s.start, s.end) for s in layout.sentences if s.paragraph in quiet])
    kept = [s for s in layout.sentences if s.paragraph not in quiet]
    return told, Layout(tuple(kept), layout.dateline)


def _quiet(text: str, layout: Layout, lexicon: Lexicon) -> set[int]:
    """Numbers of the paragraphs in which nothing is sought."""
    numbers = list(dict.fromkeys(s.paragraph for s in layout.sentences))
    candidates = set(numbers[HEAD:-TAIL])
    if not candidates:
        return set()
    spans: dict[int, tuple[int, int]] = {}
    for s in layout.sentences:
        if s.kind is not SentenceKind.BODY:
            candidates.discard(s.paragraph)
        spans[s.paragraph] = (spans.get(s.paragraph, (s.start, 0))[0], s.end)
    words = lexicon.pattern("relevance.words")
    return {
        number
        for number in candidates
        if spans[number][1] - spans[number][0] >= SHORT
        and not _LISTED.match(text, text.rfind("\n", 0, spans[number][0]) + 1)
        and not words.search(part_of(text, *spans[number]))
    }
