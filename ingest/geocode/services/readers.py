"""How each service's raw result is read; field names are those of its documentation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from geodata.precision import LocationPrecision
from ingest.geocode.services.reading import (
    Box,
    Reading,
    box,
    country,
    first,
    number,
    part,
    precision_of,
    share,
    text,
)

Raw = Mapping[str, Any]

_OSM_SETTLEMENTS = frozenset({"city", "town", "village", "hamlet", "suburb", "neighbourhood"})
_ADDRESS_KEYS = ("suburb", "city", "town", "village", "municipality", "district", "county",
                 "state_district", "region", "state", "province")  # fmt: skip


def _areas(record: Raw, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(found for key in keys if (found := text(record.get(key))))


def _osm_precision(kind: str, osm_class: str, rank: float | None) -> LocationPrecision:
    # A town's boundary is a `boundary` of rank 12-16: the word for it decides before the rank.
    if kind in _OSM_SETTLEMENTS:
        return LocationPrecision.SETTLEMENT
    if osm_class == "boundary" and rank is not None:
        # nominatim.org/release-docs/latest/customize/Ranking: country 4, state 5-9, county 10-12
        for most, found in ((4, "country"), (9, "state"), (15, "county")):
            if rank <= most:
                return precision_of(found)
        return LocationPrecision.SETTLEMENT
    if osm_class == "highway":
        return LocationPrecision.SETTLEMENT
    precise = precision_of(kind)
    if precise is LocationPrecision.NEAR and osm_class in {"building", "amenity", "office", "shop"}:
        return LocationPrecision.SITE
    return precise


def _nominatim(raw: Raw) -> Reading:
    address = part(raw, "address")
    kind = first(raw, "addresstype", "type")
    osm_class = first(raw, "class", "category")
    sides = raw.get("boundingbox")
    south, north, west, east = sides if isinstance(sides, list) and len(sides) == 4 else [None] * 4
    code, name = country(first(address, "country_code"), first(address, "country"))
    return Reading(
        ident=f"{first(raw, 'osm_type')}/{first(raw, 'osm_id')}",
        name=first(raw, "name") or first(raw, "display_name").split(",")[0],
        kind=kind or osm_class,
        country_code=code,
        country_name=name,
        admin1=first(address, "state", "province", "region") or None,
        admin2=first(address, "county", "state_district", "district") or None,
        areas=_areas(address, _ADDRESS_KEYS),
        precision=_osm_precision(kind, osm_class, number(raw.get("place_rank"))),
        box=box(south, west, north, east),
        rank=share(raw.get("importance")),
    )


def _photon(raw: Raw) -> Reading:
    said = part(raw, "properties")
    osm_type = first(said, "osm_type")
    long = {"N": "node", "W": "way", "R": "relation"}.get(osm_type, osm_type)
    sides = said.get("extent")  # west, north, east, south
    west, north, east, south = sides if isinstance(sides, list) and len(sides) == 4 else [None] * 4
    kind, layer = first(said, "osm_value"), first(said, "type")
    code, name = country(first(said, "countrycode"), first(said, "country"))
    words = (layer,) if kind in {"administrative", ""} else (kind, layer)
    return Reading(
        ident=f"{long}/{first(said, 'osm_id')}",
        name=first(said, "name", "street"),
        kind=kind or layer,
        country_code=code,
        country_name=name,
        admin1=first(said, "state") or None,
        admin2=first(said, "county") or None,
        areas=_areas(said, _ADDRESS_KEYS),
        precision=precision_of(*words),
        box=box(south, west, north, east),
    )


_FCODES = {"ADM1": "state", "ADM2": "county", "PCLI": "country", "ADM3": "county", "ADMD": "county"}
_FCLASSES = {"P": "town", "R": "road", "S": "building"}


def _geonames(raw: Raw) -> Reading:
    fcl, fcode = first(raw, "fcl"), first(raw, "fcode")
    code, name = country(first(raw, "countryCode"), first(raw, "countryName"))
    kind = _FCODES.get(fcode) or _FCLASSES.get(fcl, "")
    if fcode in {"SEA", "GULF", "STRT", "BAY", "OCN"}:
        kind = "sea"
    sides = part(raw, "bbox")
    return Reading(
        ident=first(raw, "geonameId"),
        name=first(raw, "toponymName", "name"),
        kind=f"{fcl}/{fcode}",
        country_code=code,
        country_name=name,
        admin1=first(raw, "adminName1") or None,
        admin2=first(raw, "adminName2") or None,
        areas=_areas(raw, ("adminName1", "adminName2", "adminName3", "adminName4")),
        precision=precision_of(kind),
        box=box(*(sides.get(side) for side in ("south", "west", "north", "east"))),
        population=int(number(raw.get("population")) or 0),
        feature_class=fcl,
        feature_code=fcode,
    )


def _arcgis(raw: Raw) -> Reading:
    said, sides = part(raw, "attributes"), part(raw, "extent")
    # Addr_type says how it matched, Type what the place is (City, County, State or Province …).
    kind = first(said, "Type").split(" or ")[0]
    matched = first(said, "Addr_type")
    code, name = country(first(said, "Country"), first(said, "CntryName"))
    words = (kind, matched) if matched in {"Locality", "POI", ""} else (matched, kind)
    return Reading(
        ident=first(said, "ResultID", "Place_addr") or first(raw, "address"),
        name=first(said, "PlaceName", "City") or first(raw, "address").split(",")[0],
        kind="/".join(filter(None, (matched, kind))),
        country_code=code,
        country_name=name,
        admin1=first(said, "Region") or None,
        admin2=first(said, "Subregion") or None,
        areas=_areas(said, ("District", "City", "MetroArea", "Subregion", "Region")),
        precision=precision_of(*words),
        box=box(*(sides.get(side) for side in ("ymin", "xmin", "ymax", "xmax"))),
        rank=share(raw.get("score"), 100),
    )


# https://developers.google.com/maps/documentation/geocoding/requests-geocoding#results
_GOOGLE_RANK = {
    "ROOFTOP": 1.0, "RANGE_INTERPOLATED": 0.8, "GEOMETRIC_CENTER": 0.7, "APPROXIMATE": 0.6,
}  # fmt: skip


def _google(raw: Raw) -> Reading:
    kinds = [text(kind) for kind in raw.get("types") or ()]
    parts: dict[str, Raw] = {}
    for component in raw.get("address_components") or ():
        for kind in component.get("types") or ():
            parts.setdefault(text(kind), component)

    def long(kind: str) -> str:
        return first(parts.get(kind, {}), "long_name")

    code, name = country(first(parts.get("country", {}), "short_name"), long("country"))
    geometry = part(raw, "geometry")
    low, high = part(geometry, "viewport", "southwest"), part(geometry, "viewport", "northeast")
    found = first(geometry, "location_type")
    precise = precision_of(*(kind for kind in kinds if kind != "political"))
    if precise is LocationPrecision.SITE and found in {"APPROXIMATE", "RANGE_INTERPOLATED"}:
        precise = LocationPrecision.SETTLEMENT
    divisions = [kind for kind in parts if kind.startswith(("admin", "local", "subloc"))]
    return Reading(
        ident=first(raw, "place_id"),
        name=long(kinds[0]) if kinds and kinds[0] in parts
        else first(raw, "formatted_address").split(",")[0],
        kind=", ".join(kinds[:2]),
        country_code=code,
        country_name=name,
        admin1=long("administrative_area_level_1") or None,
        admin2=long("administrative_area_level_2") or None,
        areas=tuple(filter(None, map(long, divisions))),
        precision=precise,
        box=box(low.get("lat"), low.get("lng"), high.get("lat"), high.get("lng")),
        # A match of a part of the query alone is the service's own doubt.
        rank=_GOOGLE_RANK.get(found, 0.5) * (0.5 if raw.get("partial_match") else 1.0),
    )  # fmt: skip


def _opencage(raw: Raw) -> Reading:
    said, sides = part(raw, "components"), part(raw, "bounds")
    low, high = part(sides, "southwest"), part(sides, "northeast")
    kind = first(said, "_type")
    code, name = country(first(said, "country_code"), first(said, "country"))
    return Reading(
        ident=first(part(raw, "annotations", "OSM"), "url") or first(raw, "formatted"),
        name=first(said, "_normalized_city", kind) or first(raw, "formatted").split(",")[0],
        kind=kind,
        country_code=code,
        country_name=name,
        admin1=first(said, "state") or None,
        admin2=first(said, "county", "state_district") or None,
        areas=_areas(said, _ADDRESS_KEYS),
        precision=precision_of(kind),
        box=box(low.get("lat"), low.get("lng"), high.get("lat"), high.get("lng")),
        # Its `confidence` is the size of the box, not a likelihood: no rank.
    )


def _pelias(raw: Raw) -> Reading:
    said, sides = part(raw, "properties"), raw.get("bbox")
    corners: Box | None = None
    if isinstance(sides, list) and len(sides) == 4:
        corners = box(sides[1], sides[0], sides[3], sides[2])
    kind = first(said, "layer")
    code, name = country(first(said, "country_code"), first(said, "country"))
    return Reading(
        ident=first(said, "gid"),
        name=first(said, "name"),
        kind=kind,
        country_code=code,
        country_name=name,
        admin1=first(said, "region") or None,
        admin2=first(said, "county") or None,
        areas=_areas(said, ("locality", "localadmin", "county", "macrocounty", "region")),
        precision=precision_of(kind),
        box=corners,
        rank=share(said.get("confidence")),
    )


def _here(raw: Raw) -> Reading:
    address, sides = part(raw, "address"), part(raw, "mapView")
    result = first(raw, "resultType")
    kind = first(raw, "administrativeAreaType", "localityType") or result
    code, name = country("", first(address, "countryName"))
    corners = (sides.get(side) for side in ("south", "west", "north", "east"))
    return Reading(
        ident=first(raw, "id"),
        name=first(raw, "title").split(",")[0],
        kind=kind,
        country_code=code,
        country_name=name,
        admin1=first(address, "state") or None,
        admin2=first(address, "county") or None,
        areas=_areas(address, ("district", "city", "county", "state")),
        precision=precision_of(kind, result),
        box=box(*corners),
        rank=share(part(raw, "scoring").get("queryScore")),
    )


def _tomtom(raw: Raw) -> Reading:
    address, sides = part(raw, "address"), part(raw, "viewport")
    high, low = part(sides, "topLeftPoint"), part(sides, "btmRightPoint")
    kind = first(raw, "entityType", "type")
    code, name = country(first(address, "countryCode"), first(address, "country"))
    return Reading(
        ident=first(raw, "id"),
        name=first(address, "municipality") if kind == "Municipality"
        else first(address, "freeformAddress").split(",")[0],
        kind=kind,
        country_code=code,
        country_name=name,
        admin1=first(address, "countrySubdivisionName", "countrySubdivision") or None,
        admin2=first(address, "countrySecondarySubdivision") or None,
        areas=_areas(address, ("municipalitySubdivision", "municipality",
                               "countrySecondarySubdivision", "countrySubdivision",
                               "countrySubdivisionName")),
        precision=precision_of(kind),
        box=box(low.get("lat"), high.get("lon"), high.get("lat"), low.get("lon")),
    )  # fmt: skip


def _mapbox(raw: Raw) -> Reading:
    kinds, sides = raw.get("place_type") or (), raw.get("bbox")
    kind = text(kinds[0]) if kinds else ""
    context = {first(one, "id").split(".")[0]: one for one in raw.get("context") or ()}
    own = raw if kind == "country" else context.get("country", {})
    short = first(own, "short_code") or first(part(raw, "properties"), "short_code")
    code, name = country(short, first(own, "text"))
    west, south, east, north = sides if isinstance(sides, list) and len(sides) == 4 else [None] * 4
    return Reading(
        ident=first(raw, "id"),
        name=first(raw, "text"),
        kind=kind,
        country_code=code,
        country_name=name,
        admin1=first(context.get("region", {}), "text") or None,
        admin2=first(context.get("district", {}), "text") or None,
        areas=tuple(filter(None, (first(one, "text") for one in context.values()))),
        precision=precision_of(kind),
        box=box(south, west, north, east),
        rank=share(raw.get("relevance")),
    )


READERS: Mapping[str, Callable[[Raw], Reading]] = {
    "nominatim": _nominatim,
    "photon": _photon,
    "geonames": _geonames,
    "arcgis": _arcgis,
    "google": _google,
    "opencage": _opencage,
    "pelias": _pelias,
    "here": _here,
    "tomtom": _tomtom,
    "mapbox": _mapbox,
}
"""Name of a reader in the registry to the function that reads one raw result."""
