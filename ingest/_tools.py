"""What extraction works with: where places, names and actors are looked up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.actors import ActorRegistry
    from geodata.memory import PlaceMemory
    from geodata.place import Geocoder, NameFinder
    from geodata.store import Store


@dataclass(frozen=True, slots=True)
class Tools:
    """What extraction works with."""

    geocoder: Geocoder
    names: NameFinder
    registry: ActorRegistry


def default_tools() -> Tools:
    """Give the offline gazetteer and the actors registry of the program, opened once."""
    from geodata.actors import default_registry
    from ingest.geocode import default_geocoder

    geocoder = default_geocoder()
    return Tools(geocoder, geocoder, default_registry())


def project_tools(store: Store) -> Tools:
    """Give the tools of the program with what this project remembers of places in front."""
    from ingest.geocode.memory import MemoryGeocoder

    tools = default_tools()
    return replace(tools, geocoder=MemoryGeocoder(tools.geocoder, store))


def tools_with(choices: tuple[PlaceMemory, ...]) -> Tools:
    """Give the tools of the program with fixed choices of places in front."""
    return _tools_with(choices, default_tools())


@lru_cache(maxsize=1)
def _tools_with(choices: tuple[PlaceMemory, ...], tools: Tools) -> Tools:
    from ingest.geocode.memory import FixedMemories, MemoryGeocoder

    return replace(tools, geocoder=MemoryGeocoder(tools.geocoder, FixedMemories(choices)))
