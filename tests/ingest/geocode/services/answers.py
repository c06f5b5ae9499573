"""Small synthetic answers in the documented form of each service: a town Mach in Balochistan."""

from __future__ import annotations

from typing import Any

LAT, LON = 29.87, 67.33

NOMINATIM = [{
    "osm_type": "node", "osm_id": 123, "lat": "29.87", "lon": "67.33", "class": "place",
    "type": "town", "addresstype": "town", "place_rank": 18, "importance": 0.4, "name": "Mach",
    "display_name": "Mach, Kachhi District, Balochistan, Pakistan",
    "address": {"town": "Mach", "county": "Kachhi District", "state": "Balochistan",
                "country": "Pakistan", "country_code": "pk"},
    "boundingbox": ["29.83", "29.91", "67.29", "67.37"],
}]  # fmt: skip
PHOTON = {"type": "FeatureCollection", "features": [{
    "type": "Feature", "geometry": {"type": "Point", "coordinates": [LON, LAT]},
    "properties": {"osm_type": "N", "osm_id": 123, "osm_key": "place", "osm_value": "town",
                   "type": "city", "name": "Mach", "county": "Kachhi District",
                   "state": "Balochistan", "country": "Pakistan", "countrycode": "PK"},
}]}  # fmt: skip
GEONAMES = {"totalResultsCount": 1, "geonames": [{
    "geonameId": 123, "name": "Mach", "toponymName": "Mach", "lat": "29.87", "lng": "67.33",
    "fcl": "P", "fcode": "PPL", "countryCode": "PK", "countryName": "Pakistan",
    "adminName1": "Balochistan", "population": 20000,
}]}  # fmt: skip
ARCGIS = {"spatialReference": {"wkid": 4326}, "candidates": [{
    "address": "Mach, Balochistan", "location": {"x": LON, "y": LAT}, "score": 100,
    "attributes": {"Addr_type": "Locality", "Type": "City", "PlaceName": "Mach", "City": "Mach",
                   "Region": "Balochistan", "Subregion": "Kachhi", "Country": "PAK",
                   "CntryName": "Pakistan", "ResultID": 123},
    "extent": {"xmin": 67.29, "ymin": 29.83, "xmax": 67.37, "ymax": 29.91},
}]}  # fmt: skip
GOOGLE = {"status": "OK", "results": [{
    "place_id": "abc", "formatted_address": "Mach, Kachhi, Balochistan, Pakistan",
    "types": ["locality", "political"],
    "address_components": [
        {"long_name": "Mach", "short_name": "Mach", "types": ["locality", "political"]},
        {"long_name": "Balochistan", "short_name": "B",
         "types": ["administrative_area_level_1", "political"]},
        {"long_name": "Pakistan", "short_name": "PK", "types": ["country", "political"]}],
    "geometry": {"location": {"lat": LAT, "lng": LON}, "location_type": "APPROXIMATE"},
}]}  # fmt: skip
OPENCAGE = {"status": {"code": 200, "message": "OK"}, "results": [{
    "formatted": "Mach, Pakistan", "geometry": {"lat": LAT, "lng": LON},
    "components": {"_type": "city", "_normalized_city": "Mach", "state": "Balochistan",
                   "country": "Pakistan", "country_code": "pk"},
}]}  # fmt: skip
PELIAS = {"type": "FeatureCollection", "features": [{
    "geometry": {"type": "Point", "coordinates": [LON, LAT]},
    "properties": {"gid": "whosonfirst:locality:1", "layer": "locality", "name": "Mach",
                   "confidence": 1, "country": "Pakistan", "region": "Balochistan"},
}]}  # fmt: skip
HERE = {"items": [{
    "id": "here:1", "title": "Mach, Balochistan, Pakistan", "resultType": "locality",
    "localityType": "city", "position": {"lat": LAT, "lng": LON},
    "address": {"countryCode": "PAK", "countryName": "Pakistan", "state": "Balochistan"},
    "scoring": {"queryScore": 1.0},
}]}  # fmt: skip
TOMTOM = {"results": [{
    "id": "1", "type": "Geography", "entityType": "Municipality",
    "position": {"lat": LAT, "lon": LON},
    "address": {"municipality": "Mach", "countrySubdivision": "Balochistan", "countryCode": "PK",
                "country": "Pakistan", "freeformAddress": "Mach"},
}]}  # fmt: skip
MAPBOX = {"type": "FeatureCollection", "features": [{
    "id": "place.1", "place_type": ["place"], "relevance": 1, "text": "Mach",
    "place_name": "Mach, Balochistan, Pakistan",
    "geometry": {"type": "Point", "coordinates": [LON, LAT]},
    "context": [{"id": "region.1", "text": "Balochistan"},
                {"id": "country.1", "text": "Pakistan", "short_code": "pk"}],
}]}  # fmt: skip

ANSWERS: dict[str, Any] = {
    "nominatim": NOMINATIM, "photon": PHOTON, "geonames": GEONAMES, "arcgis": ARCGIS,
    "google": GOOGLE, "opencage": OPENCAGE, "pelias": PELIAS, "here": HERE, "tomtom": TOMTOM,
    "mapbox": MAPBOX,
}  # fmt: skip
"""By the name of the reader."""


def empty(reader: str) -> Any:
    """The documented answer of a service that found nothing."""
    full = ANSWERS[reader]
    if isinstance(full, list):
        return []
    bare = {key: [] if isinstance(value, list) else value for key, value in full.items()}
    return bare | ({"status": "ZERO_RESULTS"} if reader == "google" else {})
