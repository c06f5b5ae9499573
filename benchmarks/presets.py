"""Rows per second that the presets of published data sets read, on one core.

``python -m benchmarks.presets`` prints one line per preset. The rows are invented: 20,000 in the
published layout with as many different actors, places and days as a large country has. Reading
the file is not counted.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from datetime import date, timedelta

import pyarrow as pa

from ingest.presets import preset_named
from ingest.presets._gtd_columns import COLUMNS as GTD
from ingest.presets.acled import CURRENT as ACLED
from ingest.presets.gdelt import CURRENT as GDELT
from ingest.presets.ucdp import CURRENT as UCDP
from ingest.readers.tables._batch import BATCH_ROWS, RowBatch, TableInfo

LAYOUTS = {"acled": ACLED, "ucdp": UCDP, "gtd": GTD, "gdelt": GDELT}
RUNS = 5

KINDS = (
    ("Battles", "Armed clash"),
    ("Violence against civilians", "Attack"),
    ("Protests", "Peaceful protest"),
    ("Explosions/Remote violence", "Air/drone strike"),
)


def common(dice: random.Random) -> dict[str, str]:
    """Cells that several layouts have under one name."""
    event_type, sub_event_type = dice.choice(KINDS)
    latitude, longitude = f"{dice.uniform(-60, 60):.4f}", f"{dice.uniform(-170, 170):.4f}"
    notes = "Armed men fired at a patrol near the river crossing. " * dice.randint(2, 6)
    return {
        "event_type": event_type,
        "sub_event_type": sub_event_type,
        "latitude": latitude,
        "longitude": longitude,
        "actiongeo_lat": latitude,
        "actiongeo_long": longitude,
        "notes": notes,
        "source_article": notes,
        "summary": notes,
        "country": "Xland",
        "country_txt": "Xland",
    }


def days(dice: random.Random) -> dict[str, str]:
    """The dates of a row, in all layouts."""
    day = date(2018, 1, 1) + timedelta(days=dice.randint(0, 1_500))
    return {
        "event_date": day.isoformat(),
        "date_start": f"{day} 00:00:00.000",
        "date_end": f"{day + timedelta(days=1)} 00:00:00.000",
        "sqldate": f"{day:%Y%m%d}",
        "iyear": str(day.year),
        "imonth": str(day.month),
        "iday": str(day.day),
        "time_precision": dice.choice("1112233"),
        "date_prec": dice.choice("22223"),
    }


def codes(dice: random.Random) -> dict[str, str]:
    """Keys, places, codes and tolls of a row, in all layouts."""
    dead = dice.choice((0, 0, 1, 2, 17))
    number = dice.randint(1, 10**9)
    one_sided = dice.random() < 0.2
    return {
        "event_id_cnty": f"XYZ{number}", "id": str(number), "globaleventid": str(number),
        "eventid": str(197_000_000_000 + number), "timestamp": str(1_650_000_000 + number % 10**7),
        "actor1": f"Group {dice.randint(1, 600)}", "inter1": "Rebel group",
        "actor2": dice.choice(("", "Civilians (Xland)")), "inter2": dice.choice(("", "Civilians")),
        "side_a": "Group A" if one_sided else "Government of Xland",
        "side_b": "Civilians" if one_sided else "Group B",
        "type_of_violence": "3" if one_sided else "1", "code_status": "Clear",
        "event_clarity": "1", "gname": f"Group {dice.randint(1, 600)}",
        "location": f"Town {dice.randint(1, 9_000)}", "city": f"Town {dice.randint(1, 9_000)}",
        "where_coordinates": f"Town {dice.randint(1, 9_000)}",
        "admin1": f"Province {dice.randint(1, 30)}", "adm_1": f"P{dice.randint(1, 30)} province",
        "adm_2": f"D{dice.randint(1, 400)} district", "geo_precision": dice.choice("123"),
        "where_prec": dice.choice("1234567"), "specificity": dice.choice("1234"),
        "fatalities": str(dead), "best": str(dead), "low": str(dead), "high": str(dead),
        "deaths_a": "0", "deaths_b": "0", "deaths_civilians": str(dead), "deaths_unknown": "0",
        "nkill": str(dead), "nwound": "-99", "attacktype1": str(dice.randint(1, 9)),
        "targtype1": str(dice.randint(1, 22)), "weaptype1": str(dice.randint(5, 6)),
        "claimed": dice.choice("01"), "eventcode": dice.choice(("190", "042", "173", "145")),
        "actiongeo_type": dice.choice("12345"), "actiongeo_countrycode": "PK",
        "actiongeo_fullname": f"Town {dice.randint(1, 9_000)}, Province, Pakistan",
        "dateadded": "20230101120000", "sourceurl": f"https://example.org/{number}",
        "tags": dice.choice(("", "crowd size=no report")),
    }  # fmt: skip


def batch(columns: Sequence[str], rows: int = BATCH_ROWS) -> RowBatch:
    """Rows of a layout; the same ones each time."""
    dice = random.Random(1)
    cells = [common(dice) | days(dice) | codes(dice) for _ in range(rows)]
    arrays = [pa.array([row.get(name, "") for row in cells], pa.string()) for name in columns]
    record = pa.RecordBatch.from_arrays(arrays, names=list(columns))
    return RowBatch(record, range(2, rows + 2))


def main() -> None:
    """Read a batch of each preset a few times; the fastest counts."""
    for name, columns in LAYOUTS.items():
        rows = batch(columns)
        info = TableInfo(name=name, kind="csv", columns=tuple(columns))
        reader = preset_named(name).reader(info, rows)
        best = float("inf")
        for _ in range(RUNS):
            start = time.process_time()
            found = reader.read(rows)
            best = min(best, time.process_time() - start)
        print(
            f"{name}: {BATCH_ROWS / best:,.0f} rows/s; {len(found.faults)} faults, "
            f"{len(found.flags)} flags"
        )


if __name__ == "__main__":
    main()
