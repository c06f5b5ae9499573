"""What the commands that read reports share: their options, their lines on the terminal."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands.options import workers_option

if TYPE_CHECKING:
    from geodata.incident import Quarantined
    from geodata.memory import PlaceMemory

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

STDIN = "-"


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    from ingest.readers import read_day

    found = read_day(value)
    if found is None:
        raise click.BadParameter(f"{value!r} is no date; write it as 2021-08-31")
    return found


def remembered(store_path: str | None) -> tuple[PlaceMemory, ...]:
    """Places that a project remembers; none without a project."""
    if store_path is None:
        return ()
    from geodata.store import open_store

    with open_store(store_path, read_only=True) as store:
        return tuple(store.place_memories())


def report_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add PATH... and the options that say what is known of the reports."""
    options: Sequence[Decorator] = (
        click.argument("paths", nargs=-1, required=True, metavar="PATH..."),
        click.option(
            "--published",
            metavar="DATE",
            callback=_day,
            help="Publication day of every report, as 2021-08-31; wins over what the file says.",
        ),
        click.option("--source", metavar="NAME", help="Outlet of every report."),
        workers_option,
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def present(paths: Sequence[str]) -> list[str]:
    """Give the paths that exist, and web addresses; the others are told in one line each."""
    from ingest.fetch import is_web_address

    found = []
    for path in paths:
        if is_web_address(path):
            found.append(path)
            continue
        try:
            # An empty path would be the current folder: an unset shell variable, not a wish.
            there = path != "" and (path == STDIN or Path(path).exists() or Path(path).is_symlink())
        except OSError as error:
            complain(f"{path!r} cannot be read: {error.strerror}")
            continue
        if there:
            found.append(path)
        else:
            complain(f"{path!r}: no such file or folder")
    return found


def complain(message: str) -> None:
    """Print one line to the terminal's error stream."""
    click.echo(f"incidents: {one_line(message)}", err=True)


def one_line(message: str) -> str:
    """Give a message without line breaks and other controls, which a hostile name may hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in message).split())


def said_of(row: Quarantined) -> str:
    """Say of a quarantined input where it is and what is wrong."""
    where = repr(row.source) + (f" line {row.row}" if row.row is not None else "")
    return f"{where}: {row.reason}"


def on_terminal() -> bool:
    """Whether a progress bar has somebody to look at it."""
    return sys.stderr.isatty()


@contextmanager
def stoppable() -> Iterator[None]:
    """Let the signal by which a system ends a program do what Ctrl-C does: stop in good order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _frame: object) -> None:
        raise KeyboardInterrupt(number)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
