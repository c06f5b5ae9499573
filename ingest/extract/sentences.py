"""Sentences and clauses with offsets into the document, noise and dateline set apart.

Scraped text glues sentences ("the story.Pakistan's"), drops final stops in headlines and puts
link texts between paragraphs; offsets never change, so that evidence can point into the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from ingest.extract._word_pattern import part_of
from ingest.extract.lexicon import Lexicon

MAX_HEADLINE = 150
"""Characters of a text that is nothing but a headline, as many feeds give it."""
MAX_SENTENCE = 1500
"""Longer runs without a stop are cut at a space: no rule reads further than this."""


class SentenceKind(StrEnum):
    """What a stretch of text is for the reader."""

    HEADLINE = "headline"  # at the head of the text, without a final stop
    BODY = "body"
    NOTE = "note"  # a correction or an editor's note in brackets before the report
    NOISE = "noise"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its offsets, its words, the number of its paragraph (line)."""

    start: int
    end: int
    text: str
    paragraph: int
    kind: SentenceKind = SentenceKind.BODY
    first_in_paragraph: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The sentences of a document, and the dateline where it has one."""

    sentences: tuple[Sentence, ...]
    dateline: tuple[int, int] | None = None


_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BULLET = re.compile(
    r"^[\s>]*(?:(?:[-*•‣▪●–—·]+|\(?\d{1,2}[.)/])\s+)?"
    r"(?:(?:\*\*)?\[?\d{1,2}[:.h]\d{2}\]?(?:\s?(?:GMT|UTC|hrs?|hours|am|pm|local time))?(?:\*\*)?"
    r"\s*[-–—:|]?\s+(?=[A-Z“\"]))?"
    r"(?:\*\*(?=[^\W_]))?"
)  # a list mark, a time of a live report, the mark of bold letters
_CLOSE = "\"'”’)\\]"
_STOP = re.compile(
    rf"[.!?…]+[{_CLOSE}]*(?=\s+[\"'“‘(\[]*[A-Z0-9\u00c0-\u00de])"  # a stop, a space, a capital
    rf"|(?<=[a-z0-9%)”’\"][a-z0-9%)”’\"])[.!?][{_CLOSE}]*(?=[“\"‘]?[A-Z][a-z’']+)"  # glued
    r"|(?<=[a-z]{3})(?=[A-Z][a-z]+\s)"  # "collapseThe attackers"
    r"|(?<=[A-Z]{6})(?=[A-Z][a-z]+\s)"  # "ADVERTISEMENTClick here"
)
_MARK = re.compile(r"[.!?…]")
_GLUED = re.compile(r"[A-Z](?<=[A-Za-z][A-Z])[a-z]")  # "collapseThe"
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"'.])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Lt|Col|Gen|Brig|Maj|Capt|Sgt|Cpl|Cmdr|Cdr|Adm|St|Sr|Jr|"
    r"Rs|No|Nos|vs|Gov|Sen|Rep|Rev|Hon|Supt|Insp|Pvt|Ltd|Inc|Co|Mt|Ft|Fr|Sen|Jan|Feb|Mar|Apr|Jun|Jul|"
    r"Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m|e\.g|i\.e|U\.S|U\.N|D\.I|viz|approx|est|Engr|Atty|Ven)$"
)
_DATELINE = re.compile(
    r"^(?:[A-Z][\w.'’-]*[ ,/]+){0,4}[A-Z][\w.'’-]*"  # CITY, Country
    r"(?:,? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:,? \d{4})?"
    r"|,? \d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?: \d{4})?)?"
    r"\s*(?:\([^()\n]{1,40}\)\s*)?(?:\s*[—–]\s*|\s+-+\s+|\.?-+\s+|:\s+)"
)
_MONTH_DAY = re.compile(
    r"\b(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}"
    r"|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
_NOTE = re.compile(r"\s*[(\[].*[)\]]\s*")
_CAPITALS = re.compile(r"^[A-Z][A-Z.'’-]+(?=[\s,:(])")


def split(text: str, lexicon: Lexicon) -> Layout:
    """Cut a text into sentences; each keeps its offsets, blank stretches are dropped."""
    sentences: list[Sentence] = []
    dateline: tuple[int, int] | None = None
    after_link = False
    for number, line in enumerate(_LINE.finditer(text)):
        start = line.start()
        bullet = _BULLET.match(line.group())
        start += bullet.end() if bullet else 0
        if dateline is None:
            length = _dateline_length(text[start : line.end()])
            if length and not any(_ends(s) for s in sentences if s.kind is SentenceKind.BODY):
                dateline = (start, start + length)
                start += length
        spans = _spans(text, start, line.end())
        made = [_sentence(text, s, e, number, i == 0) for i, (s, e) in enumerate(spans)]
        if _NOTE.fullmatch(line.group()) and number < 4:
            made = [_of_kind(s, SentenceKind.NOTE) for s in made]
        made, after_link = _mark_noise(made, lexicon, after_link)
        sentences.extend(made)
    return Layout(_mark_highlights(_mark_headlines(sentences)), dateline)


def clauses(sentence: Sentence, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Cut a sentence where a new event can begin; offsets into the document.

    Cuts stand at semicolons, and at the marks the lexicon lists (a relative clause that tells
    an earlier event, "and in the city of", "while in").
    """
    cuts = [
        m.start() for m in lexicon.pattern("cues.clause_cut", whole=False).finditer(sentence.text)
    ]
    cuts += [m.start() for m in re.finditer(r";", sentence.text)]
    cuts += [m.end() for m in lexicon.pattern("cues.came_after").finditer(sentence.text)]
    cuts += _second_events(sentence.text, lexicon)
    bounds = [0, *sorted(set(cuts)), len(sentence.text)]
    return [(sentence.start + a, sentence.start + b) for a, b in pairwise(bounds) if b - a > 3]


def _second_events(text: str, lexicon: Lexicon) -> list[int]:
    """Where other people are hurt at another place: "… in Yala and two were shot in Pattani"."""
    joints = lexicon.pattern("cues.second_event", whole=False).finditer(text)
    return [m.start() for m in joints if _PLACED.search(text[: m.start()])]


_PLACED = re.compile(r"\b(?:in|at|near|outside)\s+(?:[a-z]+\s+){0,3}[^\W\d_a-z]")


def _dateline_length(line: str) -> int:
    found = _DATELINE.match(line[:120])
    if not found:
        return 0
    head = found.group()
    # "Gunmen: a study" is a title: without capitals a dateline needs an agency or a dash.
    if _CAPITALS.match(head) or "(" in head or _MONTH_DAY.search(head):
        return found.end()
    return found.end() if re.search(r"[—–]\s*$", head) and len(line) > 100 else 0


def _spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = start
    for stop in _stops(text, start, end):
        if stop.group().startswith(".") and _ABBREVIATION.search(text[begin : stop.start()][-12:]):
            continue
        spans.extend(_capped(text, begin, stop.end()))
        begin = stop.end()
    spans.extend(_capped(text, begin, end))
    return [span for span in spans if span[1] > span[0]]


def _stops(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What `_STOP` finds: where no words are glued, it is tried at the marks alone."""
    if _GLUED.search(text, start, end):
        yield from _STOP.finditer(text, start, end)
        return
    done = start
    for mark in _MARK.finditer(text, start, end):
        if mark.start() >= done:
            stop = _STOP.match(text, mark.start(), end)
            if stop is not None:
                yield stop
                done = stop.end()


def _capped(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Trim blanks; cut a run that is too long at a space."""
    out: list[tuple[int, int]] = []
    while end - start > MAX_SENTENCE:
        cut = text.rfind(" ", start, start + MAX_SENTENCE)
        cut = cut if cut > start else start + MAX_SENTENCE
        out.append(_trimmed(text, start, cut))
        start = cut
    out.append(_trimmed(text, start, end))
    return out


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _sentence(text: str, start: int, end: int, number: int, first: bool) -> Sentence:
    return Sentence(start, end, part_of(text, start, end), number, first_in_paragraph=first)


def _ends(sentence: Sentence) -> bool:
    return bool(re.search(rf"[.!?…][{_CLOSE}]*$", sentence.text))


def _mark_noise(
    made: list[Sentence], lexicon: Lexicon, after_link: bool
) -> tuple[list[Sentence], bool]:
    """Mark the noise of one line; tell whether the line ends in a bare link mark."""
    out: list[Sentence] = []
    for sentence in made:
        noise = _is_noise(sentence.text, lexicon) or (after_link and not _ends(sentence))
        link = lexicon.pattern("noise.leads_to_headline").match(sentence.text)
        after_link = bool(link) and len(sentence.text) - link.end() < 12 if link else False
        kind = SentenceKind.NOISE if noise else sentence.kind
        out.append(_of_kind(sentence, kind))
    return out, after_link


def _is_noise(text: str, lexicon: Lexicon) -> bool:
    bare = text.lstrip("([*•- ")
    if lexicon.pattern("noise.starts").match(bare) or lexicon.pattern("noise.any").search(text):
        return True
    label = lexicon.pattern("noise.labels").match(bare)
    return bool(label) and bare[label.end() :].lstrip()[:1] in ("", ":", "|") if label else False


def _mark_headlines(sentences: list[Sentence]) -> tuple[Sentence, ...]:
    """The first lines without a final stop, up to three, are headlines; so is a line alone."""
    out = list(sentences)
    line = len(out) == 1 and len(out[0].text) <= MAX_HEADLINE and not _ends(out[0])
    if line and out[0].kind is SentenceKind.BODY:
        return (_of_kind(out[0], SentenceKind.HEADLINE),)
    for i, sentence in enumerate(out[:3]):
        alone = sum(s.paragraph == sentence.paragraph for s in out) == 1
        if not alone or _ends(sentence) or len(sentence.text) > 220:
            break
        if sentence.kind is SentenceKind.BODY and len(out) > i + 1:
            out[i] = _of_kind(sentence, SentenceKind.HEADLINE)
    return tuple(out)


def _mark_highlights(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """Lines without a stop under "HIGHLIGHTS" head a report as its headline does."""
    out = list(sentences)
    under = False
    for i, sentence in enumerate(out):
        if _HIGHLIGHTS.fullmatch(sentence.text):
            under = True
        elif under and not _ends(sentence) and len(sentence.text) <= MAX_HEADLINE:
            out[i] = _of_kind(sentence, SentenceKind.HEADLINE)
        else:
            under = False
    return tuple(out)


_HIGHLIGHTS = re.compile(
    r"(?:key )?(?:highlights|points|messages|figures|developments|events|headlines|findings|"
    r"in brief|summary|at a glance|overview)\s*:?",
    re.IGNORECASE,
)


def _of_kind(s: Sentence, kind: SentenceKind) -> Sentence:
    return Sentence(s.start, s.end, s.text, s.paragraph, kind, s.first_in_paragraph)
