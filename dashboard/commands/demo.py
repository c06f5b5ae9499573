"""``incidents demo``: a sample project of invented stories, opened in the dashboard."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.commands.options import Decorator
from geodata.errors import AtlasError, StoreError

if TYPE_CHECKING:
    from geodata.incident import Incident
    from geodata.store import Store

ANALYST = "sample analyst"
"""Who signs the reviews that the sample project comes with."""

CONFIRM_EVERY, REJECT_EVERY = 3, 11
"""Every third sample incident comes confirmed, every eleventh rejected, the others as drafts."""


def _store_option() -> Decorator:
    return click.option(
        "--store",
        "store_path",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Where to keep the sample project; by default in the folder of your user data.",
    )


@click.command(epilog="Example: incidents demo --port 8502")
@_store_option()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--open/--no-open", "open_page", default=True, help="Open the page in a browser.")
def command(store_path: Path | None, port: int, open_page: bool) -> None:
    """Open a sample project in the dashboard; made on the first call, offline.

    Its stories are invented. To start anew, delete the file that is named when it is made.
    """
    from dashboard.commands.serve import serve
    from dashboard.server import claim_port

    claim_port(port)  # before the work, so that a busy port is said at once
    path = store_path or default_path()
    if not path.exists():
        make_sample(path)
    serve(str(path), port=port, read_only=False, open_page=open_page)


def default_path() -> Path:
    """Where the sample project is kept for this user."""
    return Path(click.get_app_dir("incident-atlas")) / "sample.gpkg"


def make_sample(path: Path) -> None:
    """Ingest the sample stories into a new project; a half-made one is never left behind.

    Raises
    ------
    StoreError
        The folder or the file cannot be written.
    """
    unfinished = path.with_name(f"{path.stem}.unfinished-{os.getpid()}.gpkg")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _fill(unfinished)
        unfinished.replace(path)
    except AtlasError:
        raise
    except OSError as error:
        raise StoreError(
            f"{str(path)!r} cannot be written: {error.strerror}; choose another with --store"
        ) from error
    finally:
        for left in path.parent.glob(f"{unfinished.name}*"):
            left.unlink(missing_ok=True)


def _fill(path: Path) -> None:
    from geodata.store import open_store
    from ingest.pipeline import ingest_documents
    from ingest.readers import read_all

    with (
        as_file(files("dashboard") / "data" / "sample" / "stories.jsonl") as stories,
        open_store(path, create=True) as store,
    ):
        documents = list(read_all([stories]))
        with click.progressbar(documents, label="Reading the sample stories") as told:
            report = ingest_documents(told, store)
        review_some(store)
    click.echo(f"Sample project: {report.documents} invented reports, {report.incidents} incidents")


def review_some(store: Store) -> None:
    """Confirm some incidents and reject a few, so that every state of review can be seen."""
    for status, chosen in _chosen(_all_incidents(store)).items():
        for incident in chosen:
            with store.atomic():
                store.update_incident(
                    incident.incident_id, {"status": status}, who=ANALYST, why="sample review"
                )


def _all_incidents(store: Store) -> list[Incident]:
    from geodata.filters import Filter

    return store.incidents(Filter(), order="incident_id")


def _chosen(incidents: Sequence[Incident]) -> dict[str, list[Incident]]:
    numbered = list(enumerate(incidents, start=1))
    rejected = [one for number, one in numbered if number % REJECT_EVERY == 0]
    confirmed = [
        one for number, one in numbered if number % CONFIRM_EVERY == 0 and number % REJECT_EVERY
    ]
    return {"rejected": rejected, "confirmed": confirmed}
