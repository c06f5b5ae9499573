"""The resolver over the gazetteer in use."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geodata.gazetteer import default_path
from geodata.place import PlaceQuery, Resolution
from ingest.geocode import default_geocoder
from ingest.geocode.resolver import Resolver
from tests.conftest import absent

Ask = Callable[..., Resolution]


@pytest.fixture(scope="session")
def resolver() -> Resolver:
    if not default_path().is_file():
        absent("the gazetteer is not built: run 'incidents gazetteer build'")
    return default_geocoder()


@pytest.fixture(scope="session")
def ask(resolver: Resolver) -> Ask:
    """Geocode a phrase with hints given as keywords."""

    def geocode(text: str, **hints: object) -> Resolution:
        return resolver.geocode(PlaceQuery(text=text, **hints))  # type: ignore[arg-type]  # test shorthand

    return geocode
