"""The reader over the real gazetteer and registry, built once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from geodata.actors import default_registry
from geodata.errors import MissingPartError
from geodata.incident import Document, ExtractedIncident
from ingest.extract import extract
from ingest.extract.lexicon import Lexicon, load
from ingest.geocode import default_geocoder
from tests.conftest import absent

Read = Callable[..., list[ExtractedIncident]]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load("en")


@pytest.fixture(scope="session")
def read() -> Read:
    """Read a text published on a day (ISO) and give its incidents."""
    try:
        geocoder = default_geocoder()
    except MissingPartError as error:
        absent(str(error))

    def reader(text: str, published: str | None = None, title: str = "") -> list[ExtractedIncident]:
        day = date.fromisoformat(published) if published else None
        document = Document(document_id="d", text=text, title=title, published=day)
        return extract(document, geocoder=geocoder, names=geocoder, registry=default_registry())

    return reader
