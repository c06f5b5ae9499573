"""The server: Streamlit's pages and our own routes as one ASGI application, run by uvicorn.

Uvicorn binds the socket itself: `streamlit run` binds it before, so that TCP_NODELAY is never set
and every small answer waits 40 ms (uvicorn#3149).
"""

from __future__ import annotations

import contextlib
import errno
import gc
import logging
import os
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.routes import all_routes
from geodata.errors import AtlasError, InputError, MissingPartError

if TYPE_CHECKING:
    import uvicorn
    from streamlit import App

HOST = "127.0.0.1"
"""The only address served: the dashboard has no sign-in, so it is for this machine's user."""

_SCRIPT = Path(__file__).resolve().parent / "app.py"
_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]


def build_app(port: int = 8501) -> App:
    """Pages and routes as one application; the project is the one that `choose_project` named."""
    import streamlit as st
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from streamlit import config
    from streamlit.runtime.pages_manager import PagesManager

    # Our folder is called `pages` too: before the first `st.navigation` of the process, Streamlit
    # would run pages/add.py as a script for whoever opens /add first.
    PagesManager.uses_pages_directory = False
    # A page of another site must not reach this server under a name of its own (DNS rebinding).
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS)
    app = st.App(_SCRIPT, routes=all_routes(), middleware=[hosts], lifespan=_lifespan)
    for option, value in {"server.port": port, "server.address": HOST}.items():
        config.set_option(option, value)
    return app


def _lifespan(_: App) -> AbstractAsyncContextManager[dict[str, Any] | None]:
    @contextlib.asynccontextmanager
    async def running() -> AsyncIterator[dict[str, Any] | None]:
        threading.Thread(target=_warm_up, name="atlas-warm-up", daemon=True).start()
        yield None

    return running()


def _warm_up() -> None:
    """Load what the first page would wait for: libraries, outlines, the project's points."""
    from dashboard.map.cells import head_json, is_large
    from dashboard.map.colours import GROUP
    from dashboard.map.ground import warm_ground
    from dashboard.map.layers import AtlasMap
    from dashboard.map.points import points_json
    from dashboard.session import open_project
    from geodata.boundaries import base_labels
    from geodata.filters import Filter

    # Not streamlit_folium: a component can only be declared while a page runs.
    AtlasMap().get_root().render()
    base_labels()
    with contextlib.suppress(AtlasError):  # the page itself says what is wrong with the project
        store, everything = open_project(), Filter()
        make = head_json if is_large(store, everything) else points_json
        make(store, everything, GROUP)
    warm_ground()
    # Streamlit collects garbage after every run of a page. What was loaded here stays: looking
    # through it each time took half of what the server does for a changed filter.
    gc.collect()
    gc.freeze()


def claim_port(port: int) -> None:
    """Make sure that the port can be served.

    Raises
    ------
    InputError
        Another program holds it, or this user may not.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise InputError(
                f"--port {port!r}: no permission to serve on it; choose one above 1023"
            ) from error
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise InputError(f"--port {port!r}: {error.strerror}; choose another") from error
            raise InputError(
                f"--port {port!r}: another program is using it; choose another, "
                f"for example --port {port + 1}"
            ) from error


def server(port: int) -> uvicorn.Server:
    """Uvicorn server of the dashboard, not yet running; Ctrl-C and SIGTERM stop it."""
    try:
        import uvicorn
    except ModuleNotFoundError as error:
        raise MissingPartError("uvicorn is not installed; pip install uvicorn") from error

    options = uvicorn.Config(
        build_app(port),
        host=HOST,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,  # an open page holds its socket: do not wait for it
    )
    running = uvicorn.Server(options)
    # Told to stop, it ends what is under way: an answer cut off then is no error to report.
    logging.getLogger("uvicorn.error").addFilter(lambda _: not running.should_exit)
    return running
