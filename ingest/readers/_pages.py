"""From the lines of printed pages to running text: no headers, no hyphens, whole paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_EDGE = 2  # lines at the top and at the foot of a page that may be a header or footer
_SHARE = 0.6  # of the pages that carry it
_HYPHEN = re.compile(r"(?P<first>[^\W\d_]+)[-\u2010\u00ad]$")
_SOFT = "\u00ad"
_KEEPS = frozenset(
    {"al", "anti", "co", "counter", "ex", "half", "mid", "multi", "non", "post", "pre", "pro",
     "self", "semi", "so", "vice", "well"}
)  # fmt: skip
"""First parts of words that are written with a hyphen wherever the line ends."""

_NUMBER = re.compile(r"[0-9]{1,4}(?![0-9])")
_BULLET = re.compile(r"(?:[•‣▪◦●■–—*-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_ENDS = (".", "!", "?", ":", "”", '"', "’", ")", "؟", "۔", "。")


def running_text(pages: Sequence[str]) -> str:
    """Give the text of pages: one line a paragraph, an empty line between paragraphs."""
    cut = without_edges([_lines(page) for page in pages])
    known = {word.casefold() for lines in cut for line in lines for word in line.split()}
    paragraphs: list[list[str]] = []
    goes_on = False
    for lines in cut:
        lengths = sorted(len(line) for line in lines if line)
        width = lengths[int(0.8 * len(lengths))] if lengths else 0  # of full lines, not of a table
        for line in lines:
            if goes_on and line and not _BULLET.match(line):
                paragraphs[-1][-1:] = _joined(paragraphs[-1][-1], line, known)
            elif line:
                paragraphs.append([line])
            goes_on = bool(line) and not _ends_paragraph(line, width)
    return "\n\n".join("".join(pieces) for pieces in paragraphs)


def _lines(page: str) -> list[str]:
    lines = [" ".join(line.split()) for line in page.translate(_LIGATURES).splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    start = next((at for at, line in enumerate(lines) if line), 0)
    return lines[start:]


def without_edges(pages: list[list[str]]) -> list[list[str]]:
    """Leave out lines at the top or foot that most pages carry, but for the page's number."""
    if len(pages) < 2:
        return pages
    seen: Counter[tuple[bool, str]] = Counter()
    for number, lines in enumerate(pages):
        for at_top, edge in ((True, lines[:_EDGE]), (False, lines[-_EDGE:])):
            seen.update({(at_top, mark) for line in edge for mark in _marks(line, number)})
    least = max(2, _SHARE * len(pages))
    repeated = {key for key, count in seen.items() if count >= least}
    return [_cut(lines, number, repeated) for number, lines in enumerate(pages)]


def _cut(lines: list[str], number: int, repeated: set[tuple[bool, str]]) -> list[str]:
    def goes(at: int, *, at_top: bool) -> bool:
        return any((at_top, mark) in repeated for mark in _marks(lines[at], number))

    first, last = 0, len(lines)
    while first < min(_EDGE, last) and goes(first, at_top=True):
        first += 1
    while last > max(first, len(lines) - _EDGE) and goes(last - 1, at_top=False):
        last -= 1
    return lines[first:last]


def _marks(line: str, number: int) -> set[str]:
    """Give the line as it is, and with its first and last number counted from the page's own."""
    line = line[:200].casefold()
    found = list(_NUMBER.finditer(line))
    ends = {(one.start(), one.end(), int(one.group())) for one in found[:1] + found[-1:]}
    counted = {f"{line[:start]}#{value - number}{line[end:]}" for start, end, value in ends}
    return {line} | counted


def _joined(before: str, line: str, known: set[str]) -> list[str]:
    """Join two lines; a hyphen at the end of the first is the word's own, or the printer's."""
    hyphen = _HYPHEN.search(before[-60:])
    if hyphen is None or not line[0].isalpha():
        space = "" if before.endswith("-") and line[0].isdigit() else " "
        return [before, space + line]
    first = hyphen["first"].casefold()
    second = line.split(maxsplit=1)[0].strip(".,;:!?\"'”’)").casefold()
    own = line[0].isupper() or first in _KEEPS or f"{first}-{second}" in known
    if before.endswith(_SOFT) or not own:
        return [before[:-1], line]
    return [f"{before[:-1]}-", line]


def _ends_paragraph(line: str, width: int) -> bool:
    """Whether a paragraph ends with a line: it is short, and a sentence or a heading ends."""
    return len(line) < (0.85 if line.endswith(_ENDS) else 0.5) * width
