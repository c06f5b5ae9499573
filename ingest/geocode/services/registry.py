"""The one registry of online services: a name, and all that is particular to it, as data.

Limits and terms are those published at `rule` when the row was written; providers change them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from geodata.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What a service needs, allows and calls things; `geopy_class` builds and reads its requests.

    Parameters
    ----------
    credentials
        Argument of the geopy class -> the environment variable that gives it.
    secret_parameters
        Parameters of the address that carry a credential; they never enter the cache.
    interval_s
        Least time between two requests, in seconds, by the `rule` (an address).
    keep_days
        How long the terms let an answer be kept: None for ever, 0 only while we run.
    answer_list
        Key of the list of results in the answer; None where the answer itself is the list.
    country_option, limit_option
        Arguments of geopy's ``geocode`` for an alpha-2 country code and the number of results.
    fixed
        Further arguments of ``geocode``, the same for every query.
    """

    name: str
    geopy_class: str
    reader: str
    attribution: str
    interval_s: float
    rule: str
    limit_words: str
    keep_days: int | None
    answer_list: str | None
    credentials: Mapping[str, str] = field(default_factory=dict)
    secret_parameters: frozenset[str] = frozenset()
    settings: Mapping[str, str] = field(default_factory=dict)
    needs_url: bool = False
    country_option: str | None = None
    limit_option: str | None = None
    fixed: Mapping[str, object] = field(default_factory=dict)

    @property
    def needs(self) -> str:
        """What the user must give, in words."""
        parts = list(self.credentials.values())
        if self.needs_url:
            parts.append("--service-url")
        return ", ".join(parts) or "nothing"

    @property
    def storing(self) -> str:
        """Whether the terms let results be kept, in words."""
        if self.keep_days is None:
            return "yes"
        return f"{self.keep_days} days" if self.keep_days else "no"


_REGISTRY: dict[str, Service] = {}
SERVICES: Mapping[str, Service] = MappingProxyType(_REGISTRY)
"""Name to service, in the order of registration; `register` adds to it."""


def register(service: Service) -> Service:
    """Add a service; a name that is taken is refused (`InputError`)."""
    if service.name in _REGISTRY:
        raise InputError(f"a service named {service.name!r} is registered already")
    _REGISTRY[service.name] = service
    return service


def find_service(name: str) -> Service:
    """Give the service of this name; an unknown name lists the known ones (`InputError`)."""
    if name not in SERVICES:
        raise InputError(f"unknown service {name!r}: choose one of {', '.join(SERVICES)}")
    return SERVICES[name]


_OSM = "© OpenStreetMap contributors, ODbL 1.0"

register(Service(
    name="nominatim", geopy_class="Nominatim", reader="nominatim", attribution=_OSM,
    interval_s=1.0, rule="https://operations.osmfoundation.org/policies/nominatim/",
    limit_words="1 request a second, no bulk geocoding", keep_days=None, answer_list=None,
    country_option="country_codes", limit_option="limit",
    fixed={"addressdetails": True, "language": "en"},
))  # fmt: skip
register(Service(
    name="photon", geopy_class="Photon", reader="photon", attribution=f"{_OSM}; photon by komoot",
    interval_s=1.0, rule="https://photon.komoot.io/",
    limit_words="fair use; we keep to 1 request a second", keep_days=None,
    answer_list="features", limit_option="limit", fixed={"language": "en"},
))  # fmt: skip
register(Service(
    name="geonames", geopy_class="GeoNames", reader="geonames",
    attribution="GeoNames, geonames.org, CC BY 4.0",
    interval_s=3.6, rule="https://www.geonames.org/export/",
    limit_words="1,000 credits an hour, 10,000 a day", keep_days=None, answer_list="geonames",
    credentials={"username": "ATLAS_GEONAMES_USERNAME"}, secret_parameters=frozenset({"username"}),
    settings={"scheme": "https", "domain": "secure.geonames.org"}, country_option="country",
))  # fmt: skip
register(Service(
    name="arcgis", geopy_class="ArcGIS", reader="arcgis", attribution="Powered by Esri",
    interval_s=1.0, rule="https://developers.arcgis.com/rest/geocode/",
    limit_words="none published; we keep to 1 request a second", keep_days=0,
    answer_list="candidates", secret_parameters=frozenset({"token"}), fixed={"out_fields": "*"},
))  # fmt: skip
register(Service(
    name="google", geopy_class="GoogleV3", reader="google", attribution="Google Maps",
    interval_s=0.1, rule="https://developers.google.com/maps/documentation/geocoding/policies",
    limit_words="3,000 requests a minute", keep_days=30, answer_list="results",
    credentials={"api_key": "ATLAS_GOOGLE_KEY"}, secret_parameters=frozenset({"key"}),
    fixed={"language": "en"},
))  # fmt: skip
register(Service(
    name="opencage", geopy_class="OpenCage", reader="opencage", attribution=f"OpenCage; {_OSM}",
    interval_s=1.0, rule="https://opencagedata.com/api", limit_words="1 request a second (trial)",
    keep_days=None, answer_list="results", credentials={"api_key": "ATLAS_OPENCAGE_KEY"},
    secret_parameters=frozenset({"key"}), country_option="country",
    fixed={"language": "en", "annotations": False},
))  # fmt: skip
register(Service(
    name="pelias", geopy_class="Pelias", reader="pelias",
    attribution=f"Pelias; {_OSM}; Who's On First; GeoNames",
    interval_s=0.1, rule="https://github.com/pelias/documentation",
    limit_words="that of your server; we keep to 10 requests a second", keep_days=None,
    answer_list="features", needs_url=True, country_option="countries", fixed={"language": "en"},
    secret_parameters=frozenset({"api_key"}), settings={"domain": "localhost"},
))  # fmt: skip
register(Service(
    name="geocodeearth", geopy_class="GeocodeEarth", reader="pelias",
    attribution=f"Geocode Earth; {_OSM}; Who's On First; GeoNames",
    interval_s=0.1, rule="https://geocode.earth/docs/", limit_words="10 requests a second",
    keep_days=None, answer_list="features", credentials={"api_key": "ATLAS_GEOCODEEARTH_KEY"},
    secret_parameters=frozenset({"api_key"}), country_option="countries", fixed={"language": "en"},
))  # fmt: skip
register(Service(
    name="here", geopy_class="HereV7", reader="here", attribution="© HERE",
    interval_s=0.2, rule="https://docs.here.com/geocoding-and-search/",
    limit_words="5 requests a second", keep_days=30, answer_list="items",
    credentials={"apikey": "ATLAS_HERE_KEY"}, secret_parameters=frozenset({"apiKey"}),
    limit_option="limit", fixed={"language": "en"},
))  # fmt: skip
register(Service(
    name="tomtom", geopy_class="TomTom", reader="tomtom", attribution="© TomTom",
    interval_s=0.2, rule="https://developer.tomtom.com/search-api/documentation",
    limit_words="5 requests a second", keep_days=0, answer_list="results",
    credentials={"api_key": "ATLAS_TOMTOM_KEY"}, secret_parameters=frozenset({"key"}),
    limit_option="limit",
))  # fmt: skip
register(Service(
    name="azure", geopy_class="AzureMaps", reader="tomtom", attribution="© Microsoft, © TomTom",
    interval_s=0.1, rule="https://learn.microsoft.com/azure/azure-maps/",
    limit_words="50 requests a second", keep_days=0, answer_list="results",
    credentials={"subscription_key": "ATLAS_AZURE_KEY"},
    secret_parameters=frozenset({"subscription-key", "key"}), limit_option="limit",
))  # fmt: skip
register(Service(
    name="mapbox", geopy_class="MapBox", reader="mapbox", attribution="© Mapbox, © OpenStreetMap",
    interval_s=0.1, rule="https://docs.mapbox.com/api/search/geocoding-v5/",
    limit_words="1,000 requests a minute", keep_days=0, answer_list="features",
    credentials={"api_key": "ATLAS_MAPBOX_KEY"}, secret_parameters=frozenset({"access_token"}),
    country_option="country", fixed={"language": "en"},
))  # fmt: skip
