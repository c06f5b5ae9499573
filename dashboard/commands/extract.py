"""`incidents extract`: show the incidents found in reports; nothing is stored."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands._opinions import (
    chosen_opinion,
    opinion_lines,
    opinion_object,
    opinion_options,
    remark_objects,
)
from dashboard.commands._reports import (
    complain,
    one_line,
    present,
    remembered,
    report_options,
    said_of,
    stoppable,
)
from dashboard.commands._web import fetched, sorted_out
from dashboard.commands.options import memory_option

if TYPE_CHECKING:
    from geodata.incident import Document, Evidence, ExtractedIncident, Quarantined
    from ingest.pipeline import Preview


@click.command(
    "extract",
    epilog="Example: incidents extract story.txt --published 2021-08-31 --json",
)
@report_options
@memory_option
@opinion_options
def command(
    paths: tuple[str, ...],
    published: date | None,
    source: str | None,
    workers: int,
    as_json: bool,
    store_path: str | None,
    **opinion: Any,
) -> None:
    """Show the incidents found in reports; stores nothing.

    Read are text, Markdown, web pages, PDF, .docx, .odt, mails, feeds, JSON lines, and folders
    and .zip files of them. A PATH of - reads standard input; one that starts with http:// or
    https:// is fetched. With --json, one object per report: {"document": ..., "incidents":
    [...]}, or {"error": ..., "source": ...}. A report in a language that cannot be read has no
    incidents and a "note" that says so.
    """
    from contextlib import closing
    from itertools import chain

    from ingest.pipeline import extract_documents, tools_with, with_opinion
    from ingest.readers import read_all

    second = chosen_opinion(**opinion)
    found = present(paths)
    choices = remembered(store_path)
    tools = tools_with(choices) if found else None
    files, addresses = sorted_out(found)
    documents = chain(
        read_all(files, published=published, source=source),
        fetched(addresses, published=published, source=source),
    )
    done = 0
    results = extract_documents(documents, workers=workers, tools=tools, choices=choices)
    with (
        stoppable(),
        closing(with_opinion(results, second)) as results,
    ):  # so that no worker process outlives a Ctrl-C
        for result in results:
            done += _show(result, as_json=as_json)
    if not done:
        raise click.exceptions.Exit(1)


def _show(result: Preview | Quarantined, *, as_json: bool) -> bool:
    from geodata.incident import Quarantined

    if isinstance(result, Quarantined):
        complain(said_of(result))
        if as_json:
            _print_json({"error": result.reason, "source": result.source, "row": result.row})
        return False
    if as_json:
        _print_json(as_object(result))
    else:
        _print_words(result.document, result.extracted, result.note)
        for line in opinion_lines(result.opinion) if result.opinion else ():
            click.echo(f"  {one_line(line)}")
    return True


def as_object(result: Preview) -> dict[str, Any]:
    """Give a report and its incidents as the JSON object that `extract --json` prints."""
    document = result.document
    return {
        "document": {
            "id": document.document_id,
            "title": document.title,
            "text": document.text,
            "url": document.url,
            "outlet": document.outlet,
            "published": document.published.isoformat() if document.published else None,
            "sha256": document.sha256,
            "path": document.path,
            "retrieved": document.retrieved.isoformat() if document.retrieved else None,
            "language": document.language,
        },
        "incidents": [_incident(one) for one in result.extracted],
        **({"note": result.note} if result.note else {}),
        **({"second_opinion": opinion_object(result.opinion)} if result.opinion else {}),
    }


def _incident(one: ExtractedIncident) -> dict[str, Any]:
    from dashboard.ledger import SAID, figures_of
    from geodata.incident import to_json

    evidence = {
        name: {"quote": found.quote, "start": found.start, "end": found.end}
        for name, found in one.evidence().items()
        if name not in SAID
    }
    confidence: dict[str, float] = {}
    for claim in one.claims:
        if claim.confidence is not None and claim.field not in SAID:
            confidence.setdefault(claim.field, claim.confidence)
    return to_json(one.incident) | {
        "evidence": evidence,
        "confidence": confidence,
        "ledger": [figure.as_json() for figure in figures_of(one.claims)],
        **({"second_opinion": remarks} if (remarks := remark_objects(one.claims)) else {}),
    }


def _print_json(value: dict[str, Any]) -> None:
    import orjson

    click.echo(orjson.dumps(value).decode())


def _print_words(
    document: Document, extracted: tuple[ExtractedIncident, ...], note: str = ""
) -> None:
    from dashboard.ledger import SAID
    from ingest.second_opinion import opinions_of

    day = document.published.isoformat() if document.published else "publication date unknown"
    title = document.title or document.text[:80]
    click.echo(f"{one_line(title)} ({one_line(document.path)}, {day})")
    if not extracted:
        click.echo(f"  {note or 'no incident found'}")
    for number, one in enumerate(extracted, start=1):
        click.echo(f"  {number}. {one_line(_sentence(one))}")
        fields: dict[Evidence, list[str]] = {}
        for name, found in one.evidence().items():
            if name in SAID:
                continue
            fields.setdefault(found, []).append(name)
        for found, names in fields.items():
            quote = f'"{one_line(found.quote)}" [{found.start}:{found.end}]'
            click.echo(f"     {', '.join(names)}: {quote}")
        for said in opinions_of(one.claims):
            click.echo(f"     {said.field}, {one_line(said.sentence)}")


def _sentence(one: ExtractedIncident) -> str:
    """Say an incident in one line: what, who, where, when, how many."""
    incident = one.incident
    what = incident.sub_event_type or incident.event_type or "incident"
    sides = " vs ".join(name for name in (incident.actor1, incident.actor2) if name)
    names = (incident.place, incident.admin2, incident.admin1, incident.country)
    where = ", ".join(dict.fromkeys(name for name in names if name)) or "place unknown"
    parts = [f"{what}: {sides}" if sides else what, where, _when(one)]
    if incident.killed_best is not None:
        parts.append(f"{incident.killed_best:,} killed")
    if incident.injured_best is not None:
        parts.append(f"{incident.injured_best:,} injured")
    if incident.background:
        parts.append("told as background")
    return "; ".join(parts)


def _when(one: ExtractedIncident) -> str:
    first, last = one.incident.event_date, one.incident.event_date_end
    if first is None:
        return f"not after {last.isoformat()}" if last else "date unknown"
    if last is None or last == first:
        return first.isoformat()
    return f"{first.isoformat()} to {last.isoformat()}"
