"""`incidents feeds`: the feeds of a project; add, list, pull, remove."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands._reports import complain, on_terminal, one_line, said_of, stoppable
from dashboard.commands.options import store_option

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from geodata.feeds import Feed
    from geodata.store import Store
    from ingest.feeds import Pulled

MAX_LINES = 5
"""Quarantined items of a feed told one by one; ``--json`` gives all."""

_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a feed.")


@click.group(epilog="Example: incidents feeds pull --store atlas.gpkg")
def command() -> None:
    """Feeds (RSS, Atom, JSON Feed) that a project reads."""


@command.command(
    epilog="Example: incidents feeds add https://example.org/rss.xml --name Example"
    " --store atlas.gpkg"
)
@click.argument("url", metavar="URL")
@store_option()
@click.option("--name", metavar="NAME", default="", help="What to call it (default: its host).")
@_json_option
def add(url: str, store_path: str, name: str, as_json: bool) -> None:
    """Add the feed at URL to a project; it is asked for the first time by `pull`.

    A project that is not there is made.
    """
    from geodata.store import open_store
    from ingest.feeds import new_feed
    from ingest.fetch import Fetcher

    fetcher = Fetcher.from_environment()
    fetcher.checked_address(url)  # first: no project is made for an address that is none
    with open_store(store_path, create=True) as store:
        feed = new_feed(store, url, fetcher, name=name)
    if as_json:
        _print_json(as_object(feed))
        return
    click.echo(one_line(f"Added {feed.name!r}: {feed.url}"))
    click.echo("Read it with: incidents feeds pull")


@command.command("list", epilog="Example: incidents feeds list --store atlas.gpkg --json")
@store_option()
@_json_option
def list_(store_path: str, as_json: bool) -> None:
    """List the feeds of a project and how each of them is."""
    from geodata.store import open_store
    from ingest.feeds.health import health, moment_ago

    with open_store(store_path, read_only=True) as store:
        feeds = store.feeds()
    now = datetime.now(UTC)
    for feed in feeds:
        if as_json:
            _print_json(as_object(feed))
            continue
        asked = moment_ago(feed.last_checked, now)
        title = f" ({feed.title})" if feed.title not in ("", feed.name) else ""
        click.echo(one_line(f"{feed.name}{title}: {health(feed, now).words}"))
        click.echo("    " + one_line(f"{feed.url}; asked {asked}"))
    if not feeds and not as_json:
        click.echo("No feeds; add one with: incidents feeds add URL")


@command.command(epilog="Example: incidents feeds pull --full --store atlas.gpkg")
@click.argument("wanted", nargs=-1, metavar="[NAME|URL]...")
@store_option()
@click.option("--full", is_flag=True, help="Read the page behind each new item, not its summary.")
@click.option("--force", is_flag=True, help="Ask also where it is early, or the feed was gone.")
@_json_option
def pull(wanted: tuple[str, ...], store_path: str, full: bool, force: bool, as_json: bool) -> None:
    """Read the feeds of a project, or those named, and store their new items.

    Exit code 0 when at least one of them worked.
    """
    from geodata.store import open_store
    from ingest import feeds

    with stoppable(), open_store(store_path) as store:
        done = _pull(store, feeds.chosen(store, wanted), full=full, force=force)
    for pulled in done:
        if as_json:
            _print_json(pulled_object(pulled))
        else:
            _print_pulled(pulled)
    if not any(pulled.worked for pulled in done):
        raise click.exceptions.Exit(1)


def _pull(store: Store, chosen: list[Feed], *, full: bool, force: bool) -> list[Pulled]:
    from ingest import feeds
    from ingest.fetch import Fetcher

    at = ""
    bar: ProgressBar[int]
    with click.progressbar(
        length=len(chosen),
        label="Feeds",
        file=sys.stderr,
        hidden=not on_terminal(),
        item_show_func=lambda _: at,
    ) as bar:

        def progress(name: str, number: int, total: int) -> None:
            nonlocal at
            at = one_line(f"{name}: item {number:,} of {total:,}")
            bar.render_progress()

        done = []
        reading = feeds.pull(
            store, chosen, Fetcher.from_environment(), full=full, force=force, progress=progress
        )
        for pulled in reading:
            done.append(pulled)
            bar.update(1)
    return done


@command.command(epilog="Example: incidents feeds remove Example --store atlas.gpkg")
@click.argument("wanted", nargs=-1, required=True, metavar="NAME|URL...")
@store_option()
@_json_option
def remove(wanted: tuple[str, ...], store_path: str, as_json: bool) -> None:
    """Take feeds out of a project; what was read from them stays."""
    from geodata.store import open_store
    from ingest.feeds import chosen

    with open_store(store_path) as store, store.atomic():
        gone = [store.remove_feed(feed.name) for feed in chosen(store, wanted)]
    for feed in gone:
        if as_json:
            _print_json(as_object(feed))
        else:
            click.echo(one_line(f"Removed {feed.name!r}: {feed.url}; its reports stay"))


def as_object(feed: Feed) -> dict[str, Any]:
    """Give a feed and its health as the JSON object that `feeds list --json` prints."""
    from dataclasses import asdict

    from ingest.feeds.health import health, silent_days

    now = datetime.now(UTC)
    found = health(feed, now)
    return asdict(feed) | {
        "health": found.level,
        "health_words": found.words,
        "silent_days": silent_days(feed, now),
    }


def pulled_object(pulled: Pulled) -> dict[str, Any]:
    """Give what came of a feed as the JSON object that `feeds pull --json` prints."""
    report = pulled.report
    return {
        "name": pulled.feed.name,
        "url": pulled.feed.url,
        "outcome": pulled.outcome.value,
        "items": pulled.items,
        "documents": report.documents,
        "incidents": report.incidents,
        "without_incident": report.without_incident,
        "unsupported": len(report.unsupported),
        "duplicates": len(report.duplicates),
        "quarantined": [{"source": row.source, "reason": row.reason} for row in report.quarantined],
        "notes": pulled.notes,
        "error": pulled.error or None,
    }


def _print_pulled(pulled: Pulled) -> None:
    from ingest.feeds.health import pulled_words

    name = pulled.feed.name
    if pulled.worked:
        click.echo(one_line(f"{name}: {pulled_words(pulled)}"))
    else:
        complain(f"feed {name!r}: {pulled.error}")
    for note in pulled.notes:
        click.echo("    " + one_line(note))
    for row in pulled.report.quarantined[:MAX_LINES]:
        complain(said_of(row))


def _print_json(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, default=lambda when: when.isoformat()))
