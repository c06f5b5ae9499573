"""How exactly a place and a date are known.

A precision class decides how an incident is drawn, filtered, matched and counted; it is a value
of the incident, never a formatting option. The crosswalk from published data sets (ACLED
``geo_precision``, UCDP ``where_prec``, GTD ``specificity``) lives with their presets.
"""

from __future__ import annotations

from enum import StrEnum


class LocationPrecision(StrEnum):
    """How exactly the place of an incident is known, finest first."""

    SITE = "site"
    SETTLEMENT = "settlement"
    NEAR = "near"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"
    SEA = "sea"
    UNKNOWN = "unknown"


class DatePrecision(StrEnum):
    """How exactly the date of an incident is known, finest first."""

    DAY = "day"
    RANGE = "range"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


RADIUS_KM: dict[LocationPrecision, float] = {
    LocationPrecision.SITE: 1.0,
    LocationPrecision.SETTLEMENT: 5.0,
    LocationPrecision.NEAR: 25.0,
    LocationPrecision.DISTRICT: 50.0,
    LocationPrecision.PROVINCE: 200.0,
    LocationPrecision.COUNTRY: 600.0,
    LocationPrecision.SEA: 100.0,
    LocationPrecision.UNKNOWN: 0.0,
}
"""Default radius in km within which the incident lies, used where no better one is known."""

DRAWN = frozenset(
    {
        LocationPrecision.SITE,
        LocationPrecision.SETTLEMENT,
        LocationPrecision.NEAR,
        LocationPrecision.DISTRICT,
        LocationPrecision.PROVINCE,
        LocationPrecision.SEA,
    }
)
"""Classes with a place on the map; country and unknown are listed beside it instead."""

LOCATION_WORDS: dict[LocationPrecision, str] = {
    LocationPrecision.SITE: "exact site",
    LocationPrecision.SETTLEMENT: "town or village",
    LocationPrecision.NEAR: "near a named place",
    LocationPrecision.DISTRICT: "district only",
    LocationPrecision.PROVINCE: "province only",
    LocationPrecision.COUNTRY: "country only",
    LocationPrecision.SEA: "at sea",
    LocationPrecision.UNKNOWN: "place unknown",
}
"""Plain words for the screen, the legend and the brief."""

DATE_WORDS: dict[DatePrecision, str] = {
    DatePrecision.DAY: "exact day",
    DatePrecision.RANGE: "between two days",
    DatePrecision.WEEK: "week only",
    DatePrecision.MONTH: "month only",
    DatePrecision.YEAR: "year only",
    DatePrecision.UNKNOWN: "date unknown",
}
"""Plain words for the screen, the legend and the brief."""
