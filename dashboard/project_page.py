"""A page about the open project: its place in the address, and what keeps it from opening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import address
from dashboard._draw import notice
from dashboard.session import open_project
from geodata.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.store import Store


def project_page(name: str, draw: Callable[[Store], None]) -> None:
    """Enter a page and draw it of the open project; an error becomes a line on the page."""
    address.enter_page(name)
    try:
        draw(open_project())
    except AtlasError as error:
        notice("error", str(error))
