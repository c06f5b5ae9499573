"""A report's text with the words that values were read from, as safe HTML.

Everything from the text is escaped; the only tags are ours. Colours are CSS classes
(``evidence-place`` …), one for each kind of field, the same in the text and in the cards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from dashboard.wording import label, value_words
from geodata.incident import SECOND_OPINION

if TYPE_CHECKING:
    from geodata.incident import Claim, Evidence

FIRST_MARK = "evidence-first"
"""HTML id of the place before the first mark of a text, where its box scrolls to."""

_ANCHOR = f'<span id="{FIRST_MARK}"></span>'
# A box of its own, without width: a mark that runs over lines cannot be scrolled to.

MAX_SHOWN = 120_000
"""Characters of one text that a page draws; the rest is in the project, not on the screen."""

FIELDS_OF: dict[str, tuple[str, ...]] = {
    "what": ("event_type", "sub_event_type"),
    "first": ("actor1",),
    "second": ("actor2",),
    "held": ("perpetrator", "attribution", "attributed_by"),
    "date": ("date", "event_date", "event_date_end", "date_precision"),
    "place": ("location", "place", "admin2", "admin1", "country", "location_precision"),
    "killed": (
        "killed", "killed_low", "killed_best", "killed_high", "killed_by_status", "killed_said",
    ),
    "injured": ("injured", "injured_low", "injured_best", "injured_high", "injured_said"),
    "particulars": ("weapon", "tactic", "target", "arrested", "abducted", "released"),
}  # fmt: skip
"""Kinds of field, each with its colour, and the fields of an incident or a claim they hold."""

_KIND_OF = {field: kind for kind, fields in FIELDS_OF.items() for field in fields}
KIND_LABELS = {
    "what": "Event",
    "first": "First side",
    "second": "Second side",
    "held": "Held responsible",
    "date": "Date",
    "place": "Place",
    "killed": "Killed",
    "injured": "Injured",
    "particulars": "Particulars",
    "other": "Other",
}
"""Name on screen of each kind of field, in the order of every card and legend."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text to highlight: character offsets (end exclusive), field, what they say.

    `incident` is the number of the incident on the page, 0 where there is only one.
    """

    start: int
    end: int
    field: str
    words: str = ""
    incident: int = 0


def kind_of(field: str) -> str:
    """Colour class of a field: what, first, second, held, date, place, killed, injured,
    particulars, other.
    """
    return _KIND_OF.get(field, "other")


def fits(text: str, evidence: Evidence) -> bool:
    """Whether the offsets still give the quote."""
    return (
        0 <= evidence.start < evidence.end <= len(text)
        and text[evidence.start : evidence.end] == evidence.quote
    )


def marks_of(text: str, claims: Iterable[Claim], *, incident: int = 0) -> list[Mark]:
    """Marks for the claims whose evidence is in the text; others have nothing to mark."""
    return [
        Mark(
            claim.evidence.start,
            claim.evidence.end,
            claim.field,
            _said(claim),
            incident,
        )
        for claim in claims
        if claim.evidence is not None
        and claim.field != SECOND_OPINION  # said beside the value, and no words of its own
        and fits(text, claim.evidence)
    ]


def _said(claim: Claim) -> str:
    """What the words say; nothing for a group of fields, whose parts are claims of their own."""
    if isinstance(claim.value, Mapping | list | tuple):
        return ""
    return f"{label(claim.field)}: {value_words(claim.field, claim.value)}"


def highlight(text: str, marks: Sequence[Mark], *, anchor: bool = True) -> str:
    """Text as HTML with each mark in a ``<mark>`` element; overlapping marks nest or are split.

    Without its tags, and unescaped, the result is `text` again. With `anchor` the place of
    the first mark has the id `FIRST_MARK`, of which a page holds one.

    Raises
    ------
    ValueError
        For a mark outside the text: the caller filters with `fits`.
    """
    for mark in marks:
        if not 0 <= mark.start < mark.end <= len(text):
            raise ValueError(f"mark {mark.start}-{mark.end} lies outside a text of {len(text)}")
    spans = _merged(marks)
    edges = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
    out: list[str] = []
    open_now: list[_Span] = []
    for here, following in zip(edges, [*edges[1:], len(text)], strict=True):
        _close(here, open_now, out)
        for span in (s for s in spans if s.start == here):
            if anchor and span is spans[0]:
                out.append(_ANCHOR)
            around = open_now[-1].incidents if open_now else ()
            out.append(span.tag(around=around))
            open_now.append(span)
        out.append(escape(text[here:following]))
    return "".join(out)


def text_box(
    text: str,
    marks: Sequence[Mark],
    *,
    name: str = "Text of the report",
    anchor: bool = True,
) -> str:
    """Give the scrolling box of a report's text, with its marks, cut at `MAX_SHOWN`."""
    shown = text[:MAX_SHOWN]
    inside = [mark for mark in marks if mark.end <= len(shown)]
    rest = (
        ""
        if len(text) <= MAX_SHOWN
        else '<p class="report-rest">The rest of this long text is kept, but not shown here.</p>'
    )
    return (
        f'<div class="report-text" dir="auto" tabindex="0" role="region"'
        f' aria-label="{escape(name)}">'
        f"{highlight(shown, inside, anchor=anchor)}{rest}</div>"
    )


def legend(fields: Iterable[str]) -> str:
    """List the colours in use, in a fixed order."""
    used = {kind_of(field) for field in fields}
    chips = "".join(
        f'<span class="evidence evidence-{kind}">{words}</span>'
        for kind, words in KIND_LABELS.items()
        if kind in used
    )
    return f'<div class="evidence-legend" aria-label="Colours of the marks">{chips}</div>'


def quote(evidence: Evidence, kind: str) -> str:
    """Give a quote in the colour of its kind of field, as it stands in a card."""
    return f'<q class="evidence evidence-{kind}" dir="auto">{escape(evidence.quote)}</q>'


@dataclass(frozen=True, slots=True)
class _Span:
    """Marks over the same words in the same colour: one element."""

    start: int
    end: int
    kind: str
    words: str
    incidents: tuple[int, ...]

    def tag(self, *, around: tuple[int, ...] = ()) -> str:
        """Opening tag; the numbers of incidents that the mark around it shows are left out."""
        words = escape(self.words or KIND_LABELS[self.kind])
        parts = [f'class="evidence evidence-{self.kind}"', f'title="{words}"']
        parts.append(f'aria-label="{words}"')
        if self.incidents and self.incidents != around:
            parts.append(f'data-incident="{", ".join(map(str, self.incidents))}"')
        return f"<mark {' '.join(parts)}>"


def _merged(marks: Sequence[Mark]) -> list[_Span]:
    """One span for the marks over the same words in the same colour; longer ones come first."""
    together: dict[tuple[int, int, str], list[Mark]] = {}
    for mark in marks:
        together.setdefault((mark.start, -mark.end, kind_of(mark.field)), []).append(mark)
    return [
        _Span(
            start,
            -minus_end,
            kind,
            "; ".join(dict.fromkeys(mark.words for mark in group if mark.words)),
            tuple(sorted({mark.incident for mark in group if mark.incident})),
        )
        for (start, minus_end, kind), group in sorted(together.items(), key=lambda item: item[0])
    ]


def _close(here: int, open_now: list[_Span], out: list[str]) -> None:
    """Close the spans that end here; one that is still running is split around them."""
    ending = [index for index, span in enumerate(open_now) if span.end == here]
    if not ending:
        return
    running = [span for span in open_now[ending[0] :] if span.end != here]
    out.append("</mark>" * (len(open_now) - ending[0]))
    del open_now[ending[0] :]
    for span in running:
        around = open_now[-1].incidents if open_now else ()
        out.append(span.tag(around=around))
        open_now.append(span)
