"""Counted people to the end of their phrase: "eight civilian auxiliaries", "a family of five".

No list holds every noun for people: after a count, lower-case words up to a plural belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.extract._word_pattern import WordPattern
from ingest.extract.lexicon import Lexicon
from ingest.extract.people import People

MAX_WORDS = 4
"""Words between a count and the end of its noun phrase."""
_NEXT = re.compile(r"\s+([a-z][a-z’'-]*)(?![\w-])")


def widened(text: str, people: Sequence[People], lexicon: Lexicon) -> list[People]:
    """Phrases from "a family of" before their count to the plural noun behind it."""
    return [_from_body(text, _to_noun(text, p, people, lexicon), lexicon) for p in people]


def _from_body(text: str, p: People, lexicon: Lexicon) -> People:
    """ "A family of five", "the crew of 12"."""
    if p.count is None or p.count.start != p.start:
        return p
    body = lexicon.pattern("casualties.bodies.before").search(text[max(0, p.start - 40) : p.start])
    return replace(p, start=p.start - len(body.group()), definite=False) if body else p


def _to_noun(text: str, p: People, people: Sequence[People], lexicon: Lexicon) -> People:
    """ "Eight civilian" and "eight" reach on to their plural noun: "auxiliaries"."""
    if p.count is None or p.count.best < 2 or p.head.endswith(("s", "men", "people")):
        return p
    limit = min((q.start for q in people if q.start >= p.end), default=len(text))
    end = p.end
    for start, stop in _words(text, p.end, lexicon):
        word = text[start:stop]
        if stop > limit or any(n.fullmatch(word) for n in _counted_nouns(lexicon)):
            break
        if _plural(word):
            end = stop
    if end == p.end or lexicon.pattern("cues.not_people").search(text[p.end : end]):
        return p
    return replace(p, end=end)


def _counted_nouns(lexicon: Lexicon) -> tuple[WordPattern, WordPattern]:
    """Nouns that are tolls by themselves: "14 bodies", "40 injuries"."""
    return (
        lexicon.pattern("casualties.killed.after_count"),
        lexicon.pattern("casualties.injured.after_count"),
    )


def _plural(word: str) -> bool:
    return word.endswith(("s", "men", "people")) and not word.endswith("ss")


def _words(text: str, at: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Lower-case words that may go on with a noun phrase, from an offset."""
    stop = lexicon.words("cues.stop_words") | lexicon.words("cues.determiners")
    stop |= lexicon.words("casualties.phrase_end.words")
    for _ in range(MAX_WORDS):
        found = _NEXT.match(text, at)
        if found is None or found[1] in stop:
            return
        yield found.span(1)
        at = found.end()
