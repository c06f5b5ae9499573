"""``incidents serve``: the dashboard of one project on this machine."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
import webbrowser
from typing import TYPE_CHECKING

import click

from dashboard.commands.options import store_option

if TYPE_CHECKING:
    import uvicorn


@click.command(epilog="Example: incidents serve --store atlas.gpkg --port 8502")
@store_option()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--read-only", is_flag=True, help="Refuse every edit.")
@click.option("--base-map", "base_maps", multiple=True, metavar="FILE.pmtiles", help="A map of"
              " streets to choose on the map; may be given several times.")  # fmt: skip
@click.option("--open/--no-open", "open_page", default=True, help="Open the page in a browser.")
def command(
    store_path: str, port: int, read_only: bool, base_maps: tuple[str, ...], open_page: bool
) -> None:
    """Serve the dashboard of a project on 127.0.0.1, until Ctrl-C."""
    from dashboard.map.base_maps import choose_base_maps

    choose_base_maps(base_maps)
    serve(store_path, port=port, read_only=read_only, open_page=open_page)


def serve(store_path: str, *, port: int, read_only: bool, open_page: bool) -> None:
    """Serve a project until the process is told to stop.

    Raises
    ------
    AtlasError
        One line: the project cannot be opened, or the port cannot be served.
    """
    from dashboard._assets import assets_present
    from dashboard.server import HOST, claim_port, server
    from dashboard.session import choose_project, close_project, open_project

    choose_project(store_path, read_only=read_only)
    open_project()
    claim_port(port)
    running = server(port)
    address = f"http://{HOST}:{port}"
    click.echo(f"Incident Atlas: {store_path}")
    click.echo(f"Open {address} in a browser; Ctrl-C stops.")
    if not assets_present():
        click.echo(
            "The map's browser code is not here; the map takes it from the public CDN. "
            "`make setup` brings it.",
            err=True,
        )
    if open_page:
        threading.Thread(target=_open_when_up, args=(running, address), daemon=True).start()
    # Uvicorn stops in order and then repeats the signal to whoever listened before.
    signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            running.run()
    finally:
        close_project()
    # Threads that still work for a page may be inside native code: leave without tearing down the
    # interpreter under them, which would end in a crash now and then.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _open_when_up(running: uvicorn.Server, address: str) -> None:
    while not running.started:
        if running.should_exit:
            return
        time.sleep(0.05)
    webbrowser.open(address)
