"""Who tells: the source of a figure or of a name, as the report writes it, without its article."""

from __future__ import annotations

import re
from functools import lru_cache

from geodata.incident import Attribution, ExtractedIncident
from ingest.extract._word_pattern import WordPattern
from ingest.extract.context import Context
from ingest.extract.lexicon import Lexicon
from ingest.extract.particulars.values import Told
from ingest.extract.parties import Side

MAX_WORDS = 60
"""Longest name of a source kept, in characters."""

GROUP_ITSELF, FORCE_ITSELF = "the group itself", "the force itself"


@lru_cache
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """A source before its verb of saying, or behind "according to"."""
    nouns = "|".join(f"(?:{noun})" for noun in lexicon.table("particulars.tellers.nouns"))
    says = "|".join(lexicon.table("particulars.tellers.says"))
    before = "|".join(lexicon.table("particulars.tellers.before"))
    breaks = "|".join(lexicon.table("particulars.tellers.breaks"))
    gap = rf"(?:,?\s(?!(?:{breaks})\b)[\w’'.-]+){{0,6}}?,?"
    auxiliary = "|".join(lexicon.table("particulars.tellers.auxiliary"))
    articles = "|".join(lexicon.table("particulars.tellers.articles"))
    return re.compile(
        rf"(?<!\w)(?:(?P<one>{nouns})(?:[’']s)?{gap}\s(?:(?:{auxiliary})\s)?(?:{says})(?!\w)"
        rf"|(?:{before})\s(?:(?:{articles})\s)*(?P<two>{nouns})(?!\w))",
        re.IGNORECASE,
    )


def teller_near(text: str, at: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """Offsets of the source in a sentence that stands nearest to an offset; None without one."""
    found = _tellers(text, lexicon)
    if not found:
        return None
    return min(found, key=lambda span: (min(abs(span[0] - at), abs(span[1] - at)), span))


@lru_cache
def _saying(lexicon: Lexicon) -> WordPattern:
    """The words of which one stands beside every source: most sentences have none."""
    says = "|".join(lexicon.table("particulars.tellers.says"))
    before = "|".join(lexicon.table("particulars.tellers.before"))
    return WordPattern(re.compile(rf"(?<!\w)(?:(?:{says})(?!\w)|(?:{before})\s)", re.IGNORECASE))


@lru_cache(maxsize=256)  # each figure of a sentence asks who tells it
def _tellers(text: str, lexicon: Lexicon) -> tuple[tuple[int, int], ...]:
    """Offsets of the sources that a sentence names, in the order of the text."""
    if not _saying(lexicon).search(text):
        return ()
    article = lexicon.pattern("particulars.tellers.articles")
    found: list[tuple[int, int]] = []
    for m in _pattern(lexicon).finditer(text):
        start, end = m.span("one") if m["one"] else m.span("two")
        lead = article.match(text, start, end)
        found.append((lead.end() + 1 if lead is not None and lead.end() < end else start, end))
    return tuple([span for span in found if span[1] - span[0] <= MAX_WORDS])


def read_attributed_by(context: Context, found: ExtractedIncident) -> Told | None:
    """Who names the perpetrator.

    "The group itself" where it claims; else the source in the sentence that names it, as
    written. A report that names somebody without a source gives none.
    """
    ground = found.incident.attribution
    claim = next((c for c in found.claims if c.field == "perpetrator" and c.evidence), None)
    if claim is None or claim.evidence is None or ground is Attribution.NONE:
        return None
    start, end = claim.evidence.start, claim.evidence.end
    states = [p for p in context.parties_in(start, end) if p.side is Side.STATE]
    if ground is Attribution.CLAIMED and not states:
        return Told(GROUP_ITSELF, start, end, 0.8)
    source = _source_at(context, start)
    if source is None:
        return Told(FORCE_ITSELF, start, end, 0.6) if ground is Attribution.CLAIMED else None
    named = context.parties_in(*source)
    words = context.document.text[slice(*source)]
    group = context.lexicon.pattern("particulars.tellers.groups").match(words)
    if group or any(p.side is Side.ARMED for p in named):
        return None  # the accused is no source against itself
    return Told(words, *source, 0.7)


def _source_at(context: Context, at: int) -> tuple[int, int] | None:
    """Offsets in the document of the source of the sentence at an offset."""
    sentence = next((s for s in context.layout.sentences if s.start <= at < s.end), None)
    if sentence is None:
        return None
    found = teller_near(sentence.text, at - sentence.start, context.lexicon)
    return (sentence.start + found[0], sentence.start + found[1]) if found else None
