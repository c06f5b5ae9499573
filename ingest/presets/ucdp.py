"""UCDP Georeferenced Event Dataset: 49 columns today, 42 in version 19.1, told by name.

Codes: UCDP GED codebook. Days and places keep UCDP's own codes in the row that is kept beside the
incident.
"""

from __future__ import annotations

from datetime import timedelta

from geodata.incident import Attribution, Incident
from geodata.precision import DatePrecision, LocationPrecision
from ingest.presets._base import (
    Cells,
    Preset,
    RowError,
    cell,
    coded_precision,
    count_of,
    day_of,
    named,
    point_of,
)

WHERE = {
    "1": LocationPrecision.SETTLEMENT,
    "2": LocationPrecision.NEAR,
    "3": LocationPrecision.DISTRICT,
    "4": LocationPrecision.PROVINCE,
    "5": LocationPrecision.PROVINCE,  # a line or an area larger than a province
    "6": LocationPrecision.COUNTRY,
    "7": LocationPrecision.SEA,
}
WHEN = {
    "1": DatePrecision.DAY,
    "2": DatePrecision.RANGE,
    "3": DatePrecision.WEEK,
    "4": DatePrecision.MONTH,
    "5": DatePrecision.YEAR,
}
VIOLENCE = {
    "1": ("Battles", "Armed clash"),  # state-based
    "2": ("Battles", "Armed clash"),  # between groups
    "3": ("Violence against civilians", "Attack"),  # one-sided
}
CIVILIANS = "Civilians"


def read(cells: Cells) -> Incident:
    """Read a row."""
    first, _, _ = day_of(cells, "date_start")
    last, _, _ = day_of(cells, "date_end")
    if first is None:
        raise RowError("date_start", cell(cells, "date_start"), "an event of UCDP has a day")
    kind = VIOLENCE.get(cell(cells, "type_of_violence"))
    if kind is None:
        raise RowError("type_of_violence", cell(cells, "type_of_violence"), "it is 1, 2 or 3")
    latitude, longitude = point_of(cells, "latitude", "longitude")
    best, low, high = (count_of(cells, name)[1] for name in ("best", "low", "high"))
    one_sided = kind[0] == "Violence against civilians"
    precision = WHEN.get(cell(cells, "date_prec"), DatePrecision.DAY)
    if precision is DatePrecision.DAY and last and last > first:
        precision = DatePrecision.RANGE if last - first < timedelta(7) else DatePrecision.MONTH
    return Incident(
        incident_id="",
        event_date=first,
        event_date_end=last if last and last > first else None,
        date_precision=precision,
        event_type=kind[0],
        sub_event_type=kind[1],
        actor1=named(cells, "side_a"),
        actor2=CIVILIANS if one_sided else named(cells, "side_b"),
        perpetrator=named(cells, "side_a") if one_sided else None,
        attribution=Attribution.ATTRIBUTED if one_sided else Attribution.NONE,
        place=named(cells, "where_coordinates"),
        admin2=named(cells, "adm_2"),
        admin1=named(cells, "adm_1"),
        country=named(cells, "country"),
        latitude=latitude,
        longitude=longitude,
        location_precision=coded_precision(cell(cells, "where_prec"), WHERE, latitude),
        killed_low=low,
        killed_best=best,
        killed_high=high,
        killed_by_status=_by_status(cells, best),
        tags=("aggregate",) if cell(cells, "event_clarity") == "2" else (),
        notes=cell(cells, "source_article")[:2_000],
    )


def _by_status(cells: Cells, best: int | None) -> dict[str, int]:
    """Deaths of civilians and of unknown people; those of the two sides by what the sides are."""
    found: dict[str, int] = {}
    for name, status in (
        ("deaths_a", _status_of(cell(cells, "side_a"))),
        ("deaths_b", _status_of(cell(cells, "side_b"))),
        ("deaths_civilians", "civilians"),
        ("deaths_unknown", "unknown"),
    ):
        number = count_of(cells, name)[1]
        if number:
            found[status] = found.get(status, 0) + number
    return found if sum(found.values()) == best else {}


def _status_of(side: str) -> str:
    if side == CIVILIANS:
        return "civilians"
    return "security_forces" if side.startswith("Government of") else "militants"


PRESET = Preset(
    name="ucdp",
    title="UCDP GED",
    credit="UCDP Georeferenced Event Dataset, Uppsala Conflict Data Program (CC BY 4.0)",
    needs=frozenset({"id", "type_of_violence", "where_prec", "date_prec", "side_a", "best"}),
    key="id",
    read=read,
)
