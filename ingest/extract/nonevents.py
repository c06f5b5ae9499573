"""Texts that tell of no incident: opinion, sport and film that borrow the words of war."""

from __future__ import annotations

import re

from ingest.extract._word_pattern import WordPattern
from ingest.extract.context import Context
from ingest.extract.sentences import Sentence, SentenceKind

WORDS_PER_METAPHOR = 60
"""A report may name a film or a league; a text with one such word in sixty is about it."""


REACH = 200
"""Characters of a text that a match may take in which begins in the title above it."""


def is_no_report(context: Context) -> bool:
    """Whether a whole text is comment, sport, film or business."""
    lexicon = context.lexicon
    title = context.document.title
    first = next((s.text for s in context.whole.sentences if s.kind is not SentenceKind.NOISE), "")
    for head in (title, first[:80]):
        found = lexicon.pattern("cues.opinion").match(head.lstrip("[( "))
        if found and head.lstrip("[( ")[found.end() :].lstrip()[:1] in (":", "|", "-", "–", "]"):
            return True
    tail = [s.text for s in context.whole.sentences[-4:]]
    byline = lexicon.pattern("cues.byline_of_opinion")
    if not all(map(byline.nowhere, tail)) and byline.search(" ".join(tail)):
        return True
    dense = any(
        _dense(lexicon.pattern(name), title, context.head)
        for name in ("cues.metaphor", "nonevents.sport", "nonevents.drill")
    )
    return dense or _is_misfortune(context, title) or _is_message(context) or _is_trial(context)


def _dense(pattern: WordPattern, title: str, text: str) -> bool:
    """Whether a text is about what a pattern's words speak of: three different ones, often."""
    words = pattern.findall(title) + pattern.findall(text)
    if len({w.lower() for w in words}) < 3:
        return False
    return len(words) * WORDS_PER_METAPHOR >= len(title.split()) + len(text.split())


def _is_trial(context: Context) -> bool:
    """A court report of which no sentence but those of the case counts dead or wounded."""
    lexicon = context.lexicon
    court = lexicon.pattern("nonevents.court")
    told = [s.text for s in context.whole.sentences if s.kind is not SentenceKind.NOISE]
    words = [w.lower() for s in told for w in court.findall(s)]
    if len(set(words)) < 4 or not court.search(" ".join(told[:2])):
        return False
    often = len(words) * 40 >= sum(len(s.split()) for s in told)
    others = [s for s in told if not court.search(s)]
    return often and not any(lexicon.pattern("nonevents.counted").search(s) for s in others)


def _is_misfortune(context: Context, title: str) -> bool:
    """An accident, a disease or the weather in the lead, and no word of armed violence at all."""
    lexicon = context.lexicon
    text = context.head
    if _opens_in(lexicon.pattern("nonevents.hard"), title, text):
        return False
    told = [s.text for s in context.whole.sentences if s.kind is not SentenceKind.NOISE]
    lead = "\n".join([title, *told[:3]])
    causes = ("nonevents.accident", "nonevents.nature")
    return any(lexicon.pattern(name).search(lead) for name in causes)


def _opens_in(pattern: WordPattern, title: str, text: str) -> bool:
    """Whether a match begins in a title or in the text below it, whose words are known."""
    if pattern.search(text):
        return True
    head = pattern.search(f"{title}\n{text[:REACH]}")
    return head is not None and head.start() <= len(title)


def _is_message(context: Context) -> bool:
    """A message of sympathy that gives neither a day nor a count nor a place of the attack."""
    lexicon = context.lexicon
    text = context.head
    words = {w.lower() for w in lexicon.pattern("nonevents.condemn").findall(text)}
    days = [d for d in context.dates if d.start not in context.reporting]
    counted = lexicon.pattern("nonevents.counted").search(text)
    return len(words) >= 3 and len(days) <= 1 and not counted


def is_accident(context: Context, sentence: Sentence, armed: bool) -> bool:
    """Whether a sentence tells of an accident, a disease or the weather: nobody attacked."""
    if armed:
        return False
    lexicon = context.lexicon
    if lexicon.pattern("nonevents.accident").search(sentence.text):
        return True
    nature = lexicon.pattern("nonevents.nature").search(sentence.text)
    return bool(nature) and not lexicon.pattern("nonevents.hard").search(sentence.text)


def is_old_matter(context: Context, sentence: Sentence) -> bool:
    """A trial or an anniversary of what happened in an earlier year is no news of it."""
    lexicon = context.lexicon
    published = context.told
    names = ("cues.court", "nonevents.old")
    if published is None or not any(lexicon.pattern(n).search(sentence.text) for n in names):
        return False
    years = [int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", sentence.text)]
    return bool(years) and max(years) < published.year
