"""An evaluation as one HTML file: each story's text and evidence beside ours and the gold's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from geodata.incident import Json
from ingest.evaluation._html_page import Span, marked, page, safe, table
from ingest.evaluation.calibration import calibration_of
from ingest.evaluation.gold import Fault, Row
from ingest.evaluation.runs import Comparison, label
from ingest.evaluation.scores import (
    EXTRA,
    INCIDENT,
    MISSING,
    RIGHT,
    WRONG,
    Evaluation,
    Match,
    Score,
    StoryResult,
)
from ingest.evaluation.words import comparison_lines

MAX_STORIES = 3000
"""Stories with a disagreement that one report shows; the rest are counted."""
MAX_FAULTS = 200

_WORDS = {RIGHT: "same", WRONG: "differs", MISSING: "only gold", EXTRA: "only ours"}
_KINDS = {
    "wrong": "with any disagreement",
    "missed": "with a missed incident",
    "extra": "with an extra incident",
    "false": "false incident in a story without one",
    "": "all",
}


@dataclass(frozen=True, slots=True)
class _Names:
    """Fields and phenomena by the tokens that the page filters by: no outside text in a token."""

    fields: Mapping[str, str]
    phenomena: Mapping[str, str]


def report(
    result: Evaluation, faults: Sequence[Fault], gold: str, comparison: Comparison | None = None
) -> bytes:
    """Give the report: tables first, then every story, filtered by field and phenomenon."""
    names = _Names(
        {name: f"f{i}" for i, name in enumerate((INCIDENT, *result.fields))},
        {name: f"p{i}" for i, name in enumerate(result.phenomena)},
    )
    title = f"Extraction measured: {gold}"
    return page(title, [f"<h1>{safe(title)}</h1>", *_body(result, faults, names, comparison)])


def _body(
    result: Evaluation, faults: Sequence[Fault], names: _Names, comparison: Comparison | None
) -> Iterator[str]:
    alarmed, quiet = result.quiet
    number = sum(len(one.story.incidents) for one in result.stories)
    read = sum(len(one.ours) for one in result.stories)
    yield f"<p>{len(result.stories):,} stories, {number:,} gold incidents, {read:,} read."
    yield f"False incidents in {alarmed:,} of {quiet:,} stories that have none.</p>"
    yield _scores(result.scores)
    if result.unread:
        yield f"<p>Not scored, no such field is read: {safe(', '.join(result.unread))}</p>"
    yield from _phenomena(result)
    yield from _calibration(result)
    if comparison is not None:
        said = "".join(f"<li>{safe(line)}</li>" for line in comparison_lines(comparison))
        yield f"<details open><summary>Since the earlier run</summary><ul>{said}</ul></details>"
    if faults:
        said = "".join(f"<li>{safe(fault)}</li>" for fault in faults[:MAX_FAULTS])
        head = f"{len(faults):,} slips in the gold, left out"
        yield f"<details><summary>{head}</summary><ul>{said}</ul></details>"
    yield "<h2>Stories</h2>"
    yield _form(names)
    stories = [one for one in result.stories if _kinds(one)][:MAX_STORIES]
    if len(result.stories) <= MAX_STORIES:
        stories = list(result.stories)
    for one in stories:
        yield _article(one, names)
    left = len(result.stories) - len(stories)
    if left:
        yield f'<p class="faint">{left:,} more stories are not shown.</p>'


def _scores(scores: Mapping[str, Score]) -> str:
    heads = ("field", "precision", "recall", "F1", "right", "given", "gold")
    rows = [
        (n, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", s.right, s.given, s.wanted)
        for n, s in scores.items()
    ]
    return table(heads, rows, caption="Incidents and fields")


def _phenomena(result: Evaluation) -> Iterator[str]:
    if not result.phenomena:
        return
    shown = (INCIDENT, *result.fields)
    rows = [
        (name, n, *(_f1(scores[field]) for field in shown))
        for name, (n, scores) in result.phenomena.items()
    ]
    inner = table(("phenomenon", "stories", *shown), rows)
    yield f"<details><summary>F1 by phenomenon</summary>{inner}</details>"


def _f1(score: Score) -> str:
    return f"{score.f1:.3f}" if score.wanted else "–"


def _calibration(result: Evaluation) -> Iterator[str]:
    found = calibration_of(result)
    if not found:
        return
    heads = ("field", "by tenths: confidence → share right (values)", "values", "confidence",
             "right", "gap")  # fmt: skip
    rows = [
        (
            name,
            ", ".join(f"{b.confidence:.2f} → {b.right:.2f} ({b.n})" for b in one.bins),
            one.n,
            f"{one.confidence:.3f}",
            f"{one.right:.3f}",
            f"{one.gap:.3f}",
        )
        for name, one in found.items()
    ]
    inner = table(heads, rows, words=2)
    yield f"<details><summary>Confidence beside the share right</summary>{inner}</details>"


def _form(names: _Names) -> str:
    kinds = _options({words: token for token, words in _KINDS.items()})
    fields = _options({"any": ""} | dict(names.fields))
    phenomena = _options({"any": ""} | dict(names.phenomena))
    return (
        f'<form><label>Stories<select name="kind">{kinds}</select></label>'
        f'<label>Wrong in field<select name="field">{fields}</select></label>'
        f'<label>Phenomenon<select name="phenomenon">{phenomena}</select></label>'
        '<label>Words<input name="words" type="search"></label>'
        '<output id="shown" aria-live="polite"></output></form>'
        '<p>Evidence in the text: <mark class="ours">ours</mark> <mark class="gold">gold</mark> '
        '<mark class="both">both</mark></p>'
    )


def _options(values: Mapping[str, str]) -> str:
    return "".join(
        f'<option value="{token}">{safe(words)}</option>' for words, token in values.items()
    )


def _kinds(one: StoryResult) -> list[str]:
    """Tokens of what is wrong in a story."""
    out = []
    if any(m.ours is None for m in one.matches):
        out.append("missed")
    if any(m.gold is None for m in one.matches):
        out.append("extra" if one.story.incidents else "false")
    if out or any(not m.right or _wrong(m) for m in one.matches):
        out.append("wrong")
    return out


def _wrong(match: Match) -> list[str]:
    return [name for name, verdict in match.fields.items() if verdict != RIGHT]


def _article(one: StoryResult, names: _Names) -> str:
    story = one.story
    wrong = {name for match in one.matches for name in _wrong(match)}
    wrong |= {INCIDENT} if any(not match.right for match in one.matches) else set()
    tokens = [
        *_kinds(one),
        *(names.fields[name] for name in names.fields if name in wrong),
        *(names.phenomena[name] for name in story.phenomena),
    ]
    about = [story.source, story.published, ", ".join(story.phenomena)]
    known = " · ".join(safe(a) for a in about if a)
    failed = f"<p>Could not be read: {safe(one.failed)}</p>" if one.failed else ""
    title = safe(f"{story.story_id}: {story.title}" if story.title else story.story_id)
    tables = "".join(_incident(one, m, i) for i, m in enumerate(one.matches, start=1))
    tables = tables or "<p>No incident, and none was read.</p>"
    return (
        f'<article data-tokens="{" ".join(tokens)}"><header><h3 dir="auto">{title}</h3>'
        f'<p class="faint" dir="auto">{known}</p>{failed}</header>'
        f'<div class="text" dir="auto">{marked(story.text, _spans(one))}</div>'
        f"<div>{tables}</div></article>"
    )


def _spans(one: StoryResult) -> Iterator[Span]:
    """Evidence of ours and of the gold, each with the number of its table."""
    for number, match in enumerate(one.matches, start=1):
        if match.ours is not None:
            for name, found in one.ours[match.ours].evidence.items():
                yield Span(found.start, found.end, True, f"ours {number}: {name}")
        if match.gold is not None:
            for quote in one.story.quotes[match.gold]:
                if quote.start is not None and quote.end is not None:
                    yield Span(quote.start, quote.end, False, f"gold {number}: {quote.field}")


def _incident(one: StoryResult, match: Match, number: int) -> str:
    mine = one.ours[match.ours] if match.ours is not None else None
    gold = one.story.incidents[match.gold] if match.gold is not None else None
    word = "right" if match.right else "place, date or type differs"
    if mine is None or gold is None:
        word = "missed" if mine is None else "extra, not in the gold"
    rows = "".join(
        f'<tr class="{verdict}"><th scope="row">{safe(name)}</th>'
        f'<td dir="auto">{_shown(name, mine.row if mine else None)}'
        f"{_sure(mine.confidence.get(name) if mine else None)}</td>"
        f'<td dir="auto">{_shown(name, gold)}</td><td class="verdict">{_WORDS[verdict]}</td></tr>'
        for name, verdict in match.fields.items()
    )
    told = label(gold if gold is not None else mine.row if mine is not None else {})
    unfound = _unfound(one, match)
    return (
        f'<div class="wide"><table><caption>{number}. {safe(told)} <span class="faint">'
        f'({word})</span></caption><thead><tr><th scope="col">field</th><th scope="col">ours</th>'
        f'<th scope="col">gold</th><th scope="col"></th></tr></thead><tbody>{rows}</tbody></table>'
        f"{unfound}</div>"
    )


def _sure(confidence: float | None) -> str:
    return "" if confidence is None else f' <span class="faint">({confidence:.2f})</span>'


def _unfound(one: StoryResult, match: Match) -> str:
    """Gold evidence that is not in the text."""
    quotes = one.story.quotes[match.gold] if match.gold is not None else ()
    lost = [f"{q.field}: “{q.words}”" for q in quotes if q.start is None]
    return f"<p>Gold evidence not in the text: {safe('; '.join(lost))}</p>" if lost else ""


def _shown(name: str, row: Row | None) -> str:
    """Give a value as the table shows it; a range with both ends, a location as its point."""
    if row is None:
        return ""
    value: Json = row.get(name)
    if name == "location":
        point = (row.get("latitude"), row.get("longitude"))
        value = None if None in point else f"{point[0]}, {point[1]}"
    elif name == "event_date" and value and row.get("event_date_end"):
        value = f"{value} to {row['event_date_end']}"
    elif isinstance(value, dict):
        value = ", ".join(f"{key} {item}" for key, item in value.items())
    elif isinstance(value, list):
        value = ", ".join(map(str, value))
    return "–" if value is None or value == "" else safe(str(value)[:500])
