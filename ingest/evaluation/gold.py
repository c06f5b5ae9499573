"""Gold stories: a text and the incidents that a person coded from it, one JSON object a line.

A team writes such a file by hand, so nothing but the text and the list of incidents must be
there: an absent field is not scored. A bad line is told with its number and left out; a bad value
is told and left out of its incident.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from geodata.errors import InputError
from geodata.incident import Document, Json
from geodata.taxonomy import EVENT_TYPE_OF
from ingest.readers import read_day
from ingest.readers.jsonl import object_of, short

Row = dict[str, Json]
"""An incident as JSON: gold has only the fields that were coded."""

MAX_LINE_BYTES = 20_000_000
TRUE, FALSE = ("true", "yes", "1"), ("false", "no", "0", "")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a gold file that was left out, and why."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file} line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the text that a gold incident rests on; offsets are None where not in the text."""

    field: str
    words: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStory:
    """A text with its coded incidents; `quotes` beside `incidents`, one tuple for each."""

    story_id: str
    text: str
    incidents: tuple[Row, ...]
    quotes: tuple[tuple[Quote, ...], ...]
    title: str = ""
    source: str = ""
    url: str = ""
    published: date | None = None
    phenomena: tuple[str, ...] = ()

    def document(self) -> Document:
        """Give the story as the document that extraction reads: the text as it stands."""
        return Document(
            document_id=self.story_id,
            text=self.text,
            title=self.title,
            outlet=self.source,
            url=self.url,
            published=self.published,
            path=self.story_id,
        )


def read_gold(paths: Iterable[Path], faults: list[Fault]) -> list[GoldStory]:
    """Read gold files; what is wrong in them is added to `faults`.

    Raises
    ------
    InputError
        A file cannot be read, or no file has a usable story.
    """
    stories: list[GoldStory] = []
    taken: set[str] = set()
    names = []
    for path in paths:
        names.append(path.name)
        stories.extend(_with_free_id(story, taken) for story in _stories(path, faults))
    if not stories:
        why = f" ({faults[0]})" if faults else ""
        raise InputError(
            f"{', '.join(names)!r}: no usable story{why}: "
            'write one {"text": …, "incidents": […]} a line'
        )
    return stories


def _stories(path: Path, faults: list[Fault]) -> Iterator[GoldStory]:
    try:
        with path.open("rb") as file:
            for number, raw in _lines(file):
                told = _Told(path.name, number, faults)
                try:
                    story = _story(raw, f"{path.name}:{number}", told)
                except InputError as error:
                    told(str(error))
                    continue
                if story is not None:
                    yield story
    except OSError as error:
        raise InputError(f"cannot read {str(path)!r}: {error.strerror}") from error


def _lines(file: Any) -> Iterator[tuple[int, bytes]]:
    number = 0
    while raw := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        yield number, raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        while len(raw) > MAX_LINE_BYTES and not raw.endswith(b"\n"):
            raw = file.readline(MAX_LINE_BYTES + 1)


@dataclass(frozen=True, slots=True)
class _Told:
    """Tells the faults of one line."""

    file: str
    line: int
    faults: list[Fault]

    def __call__(self, reason: str) -> None:
        self.faults.append(Fault(self.file, self.line, reason))


def _with_free_id(story: GoldStory, taken: set[str]) -> GoldStory:
    name, number = story.story_id, 2
    while name in taken:
        name, number = f"{story.story_id}~{number}", number + 1
    taken.add(name)
    return story if name == story.story_id else replace(story, story_id=name)


def _story(raw: bytes, name: str, told: _Told) -> GoldStory | None:
    values = _object(raw)
    if values is None:
        return None
    text = values.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputError(f"'text' is missing or no text: {short(text)}")
    rows = values.get("incidents")
    if not isinstance(rows, list):
        raise InputError(f"'incidents' is no list: {short(rows)}; write [] for a story without one")
    incidents, quotes = [], []
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise InputError(f"incident {number} is no JSON object: {short(row)}")
        incidents.append(_incident(row, number, told))
        quotes.append(tuple(_quotes(row.get("evidence"), text, number, told)))
    return GoldStory(
        story_id=_words(values.get("id"))[:200] or name,
        text=text,
        incidents=tuple(incidents),
        quotes=tuple(quotes),
        title=_words(values.get("title")),
        source=_words(values.get("source")) or _words(values.get("outlet")),
        url=_words(values.get("url")),
        published=_published(values.get("published"), told),
        phenomena=_phenomena(values.get("phenomena")),
    )


def _object(raw: bytes) -> dict[str, Any] | None:
    """Give the object of a line; None for an empty line."""
    if not raw.strip():
        return None
    if len(raw) > MAX_LINE_BYTES:
        raise InputError(f"the line is longer than {MAX_LINE_BYTES / 1e6:g} MB")
    return object_of(raw)


def _words(value: Json) -> str:
    """Give a text; several (a list of sources) joined."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value)))
    return "" if value is None or isinstance(value, dict) else str(value)


def _published(value: Json, told: _Told) -> date | None:
    if value is None or value == "":
        return None
    found = read_day(value) if isinstance(value, str) else None
    if found is None:
        told(f"'published' is no date: {short(value)}; write it as 2021-08-31")
    return found


def _phenomena(value: Json) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(v for v in values if isinstance(v, str) and v))


def _incident(row: Mapping[str, Json], number: int, told: _Told) -> Row:
    """Fields of an incident as coded; one that cannot be read is told and left out."""
    out: Row = {}
    for name, value in row.items():
        if name == "evidence":
            continue
        try:
            out[name] = _READ.get(name, _any)(value)
        except (ValueError, TypeError) as error:
            told(f"incident {number}: {name!r} is not scored: {error}")
    if ("latitude" in out) != ("longitude" in out):
        told(f"incident {number}: a latitude and a longitude belong together; neither is scored")
        out.pop("latitude", None)
        out.pop("longitude", None)
    sub_type = out.get("sub_event_type")
    if "event_type" not in out and sub_type in EVENT_TYPE_OF:
        out["event_type"] = EVENT_TYPE_OF[sub_type]
    return out


def _quotes(value: Json, text: str, number: int, told: _Told) -> Iterator[Quote]:
    if not isinstance(value, dict):
        return
    for name, said in value.items():
        for item in said if isinstance(said, list) else [said]:
            words = item.get("quote") if isinstance(item, dict) else item
            if not isinstance(words, str) or not words:
                continue
            start = text.find(words)
            if start < 0:
                told(f"incident {number}: evidence of {name!r} is not in the text: {short(words)}")
                yield Quote(name, words, None, None)
            else:
                yield Quote(name, words, start, start + len(words))


def _any(value: Json) -> Json:
    return value.strip() if isinstance(value, str) else value


def _day(value: Json) -> str | None:
    if value is None or value == "":
        return None
    found = read_day(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"{short(value)} is no date; write it as 2021-08-31")
    return found.isoformat()


def _count(value: Json) -> int | None:
    if value is None or value == "":
        return None
    text = str(value).strip().removesuffix(".0")
    if isinstance(value, bool) or not (text.isascii() and text.isdigit() and len(text) < 12):
        raise ValueError(f"{short(value)} is no count of people")
    return int(text)


def _degrees(limit: float) -> Callable[[Json], float | None]:
    def read(value: Json) -> float | None:
        if value is None or value == "":
            return None
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = float("nan")
        if isinstance(value, bool) or not -limit <= number <= limit:
            raise ValueError(f"{short(value)} lies outside -{limit:g} to {limit:g} degrees")
        return number

    return read


def _flag(value: Json) -> bool:
    word = str(value if value is not None else "").strip().lower()
    if word not in (*TRUE, *FALSE):
        raise ValueError(f"{short(value)} is neither true nor false")
    return word in TRUE


def _by_status(value: Json) -> dict[str, int]:
    if value is not None and not isinstance(value, dict):
        raise ValueError(f'{short(value)} is no object such as {{"civilians": 2}}')
    counts = {str(key): _count(number) for key, number in (value or {}).items()}
    return {key: number for key, number in counts.items() if number}


_READ: dict[str, Callable[[Json], Json]] = {
    "event_date": _day,
    "event_date_end": _day,
    "latitude": _degrees(90.0),
    "longitude": _degrees(180.0),
    "background": _flag,
    "killed_by_status": _by_status,
} | {
    f"{kind}_{bound}": _count for kind in ("killed", "injured") for bound in ("low", "best", "high")
}
