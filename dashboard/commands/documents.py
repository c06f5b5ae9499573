"""`incidents documents`: the reports of a project, and the bytes that they were read from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands.options import store_option
from geodata.errors import InputError

if TYPE_CHECKING:
    from geodata.incident import Document

PAGE = 500
"""Reports read from the project at a time."""


@click.group(epilog="Example: incidents documents list --store atlas.gpkg")
def command() -> None:
    """List the reports of a project; give back the bytes that they were read from."""


@command.command("list", epilog="Example: incidents documents list --store atlas.gpkg --json")
@store_option()
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Show at most N reports.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per report.")
def list_(store_path: str, limit: int | None, as_json: bool) -> None:
    """List the reports of a project, newest publication first."""
    from geodata.store import open_store

    with open_store(store_path, read_only=True) as store, store.snapshot():
        total = store.count_documents()
        wanted = total if limit is None else min(limit, total)
        for offset in range(0, wanted, PAGE):
            for document in store.documents(limit=min(PAGE, wanted - offset), offset=offset):
                _print(document, as_json=as_json)
    if not total and not as_json:
        click.echo("The project holds no report; read some: incidents ingest PATH")


@command.command(
    "original",
    epilog="Example: incidents documents original doc_4f2a --store atlas.gpkg --out story.pdf",
)
@click.argument("document_id", metavar="ID")
@store_option()
@click.option("--out", "out_path", metavar="FILE", required=True, help="The file to write.")
@click.option("--force", is_flag=True, help="Replace the file when it exists.")
def original(document_id: str, store_path: str, out_path: str, force: bool) -> None:
    """Write the bytes that a report was read from, as they came.

    For a line of .jsonl it is the line, for an item of a feed the item, for a member of a .zip
    or an attachment its own bytes.
    """
    from geodata.export import may_write
    from geodata.store import open_store

    out = Path(out_path)
    with open_store(store_path, read_only=True) as store:
        data = store.original(document_id)
        if data is None:
            raise InputError(f"no report {document_id!r}; see: incidents documents list")
        if not data:
            raise InputError(f"of the report {document_id!r} only the text is kept, no original")
        may_write(store, out, force=force)
    try:
        out.write_bytes(data)
    except OSError as error:
        raise InputError(f"{out_path!r} cannot be written: {error.strerror}") from error
    click.echo(f"Wrote {len(data):,} bytes to {out_path}")


def _print(document: Document, *, as_json: bool) -> None:
    from dashboard.commands._reports import one_line

    if as_json:
        import orjson

        click.echo(orjson.dumps(_object(document)).decode())
        return
    day = document.published.isoformat() if document.published else "no date   "
    words = (document.document_id, day, document.outlet or "-", document.title or "-")
    click.echo(one_line("  ".join((*words, f"({document.path})" if document.path else ""))))


def _object(document: Document) -> dict[str, Any]:
    return {
        "id": document.document_id,
        "title": document.title,
        "url": document.url,
        "outlet": document.outlet,
        "published": document.published.isoformat() if document.published else None,
        "sha256": document.sha256,
        "path": document.path,
    }
