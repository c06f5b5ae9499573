"""Give divisions a point: the seat of the same name, or the mean of their member towns.

The sources name divisions without coordinates. `place.located` says how each point was got, so
that nothing looks more certain than it is.
"""

from __future__ import annotations

import math
import sqlite3

from geodata.gazetteer.names import core_fold, fold

SEAT, MEAN = "seat", "mean"


class _MeanLongitude:
    """SQL aggregate: mean of longitudes on the circle, so that 179 and -179 give 180."""

    def __init__(self) -> None:
        self.x = self.y = 0.0

    def step(self, longitude: float) -> None:
        self.x += math.cos(math.radians(longitude))
        self.y += math.sin(math.radians(longitude))

    def finalize(self) -> float:
        return math.degrees(math.atan2(self.y, self.x))


# CROSS JOIN below: SQLite has no statistics yet and would read whole provinces instead of names.


def locate_divisions(connection: sqlite3.Connection) -> None:
    """Fill the coordinates of districts, provinces and countries that have none."""
    connection.create_aggregate("mean_longitude", 1, _MeanLongitude)  # type: ignore[arg-type]  # typeshed wants int results
    _seats_into_districts(connection)
    _by_seat(connection, "admin2", "id")
    _by_mean(connection, "admin2", "fcode = 'ADM2'")
    _by_seat(connection, "admin1", "admin1")
    _by_mean(connection, "admin1", "fcode = 'ADM1'")
    _by_mean(connection, "(SELECT place FROM country WHERE iso2 = place.country)", "fcode = 'PCLI'")


def _seats_into_districts(connection: sqlite3.Connection) -> None:
    """Put a town that names no district into that of its own name, where its province has one."""
    districts = connection.execute(
        "SELECT id, country, admin1, name || coalesce('|' || aliases, '') FROM place"
        " WHERE fcode = 'ADM2' AND admin1 IS NOT NULL ORDER BY id"
    ).fetchall()
    for district, country, admin1, spellings in districts:
        keys = sorted({core_fold(fold(spelling))[0] for spelling in spellings.split("|")})
        connection.execute(
            "UPDATE place SET admin2 = ? WHERE id IN (SELECT name.place FROM name"
            f" WHERE name.fold IN ({', '.join('?' * len(keys))}) AND name.country = ?"
            " AND name.rank = 0) AND admin1 = ? AND admin2 IS NULL AND fclass = 'P'",
            (district, *keys, country, admin1),
        )


def _by_seat(connection: sqlite3.Connection, column: str, same_as: str) -> None:
    """Put a second-order division where the town of the same name in it, or its province, lies."""
    divisions = connection.execute(
        f"SELECT id, country, name || coalesce('|' || aliases, ''), {same_as} FROM place"
        " WHERE fcode = 'ADM2' AND latitude IS NULL"
    ).fetchall()
    for division, country, spellings, inside in divisions:
        keys = [core_fold(fold(spelling))[0] for spelling in spellings.split("|")]
        seat = connection.execute(
            "SELECT town.latitude, town.longitude FROM name CROSS JOIN place AS town"
            f" ON town.id = name.place WHERE name.fold IN ({', '.join('?' * len(keys))})"
            f" AND name.country = ? AND town.{column} = ? AND town.fclass = 'P'"
            " ORDER BY town.population DESC LIMIT 1",
            (*keys, country, inside),
        ).fetchone()
        if seat:
            connection.execute(
                "UPDATE place SET latitude = ?, longitude = ?, located = ? WHERE id = ?",
                (*seat, SEAT, division),
            )


def _by_mean(connection: sqlite3.Connection, member_of: str, which: str) -> None:
    connection.execute(
        f"""
        UPDATE place SET latitude = mean.y, longitude = mean.x, located = '{MEAN}'
        FROM (
            SELECT {member_of} AS division, round(avg(latitude), 5) AS y,
                   round(mean_longitude(longitude), 5) AS x
            FROM place WHERE fclass = 'P' GROUP BY division
        ) AS mean
        WHERE place.id = mean.division AND place.{which} AND place.latitude IS NULL
        """
    )
