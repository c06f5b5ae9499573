"""Small invented tables in the published layouts, and what a preset makes of them."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from ingest.presets import preset_named
from ingest.presets._base import Normalised
from ingest.presets.acled import CURRENT as ACLED
from ingest.presets.gdelt import CURRENT as GDELT
from ingest.presets.ucdp import CURRENT as UCDP
from ingest.readers.tables._batch import RowBatch, TableInfo

ACLED_ROW = {
    "event_id_cnty": "XYZ1", "event_date": "2023-01-31", "year": "2023", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Violence against civilians",
    "sub_event_type": "Attack", "actor1": "River Front", "inter1": "Rebel group",
    "actor2": "Civilians (Xland)", "inter2": "Civilians", "civilian_targeting":
    "Civilian targeting", "country": "Xland", "admin1": "North", "admin2": "Lake", "location":
    "Reedham", "latitude": "30.1834", "longitude": "66.9987", "geo_precision": "1",
    "notes": "Invented.", "fatalities": "3", "tags": "local; market", "timestamp": "1675200000",
}  # fmt: skip

UCDP_ROW = {
    "id": "101", "relid": "XYZ-2019-1-1-1", "year": "2019", "code_status": "Clear",
    "type_of_violence": "1", "side_a": "Government of Xland", "side_b": "River Front",
    "number_of_sources": "1", "source_article": "Invented Wire, 2019", "where_prec": "3",
    "where_coordinates": "Lake district", "where_description": "in Lake district", "adm_1":
    "North province", "adm_2": "Lake district", "latitude": "30.1834", "longitude": "66.9987",
    "country": "Xland", "event_clarity": "1", "date_prec": "2", "date_start":
    "2019-07-11 00:00:00.000", "date_end": "2019-07-14 00:00:00.000", "deaths_a": "1", "deaths_b":
    "2", "deaths_civilians": "3", "deaths_unknown": "1", "best": "7", "high": "9", "low": "7",
}  # fmt: skip

GTD_ROW = {
    "eventid": "199901010001", "iyear": "1999", "imonth": "1", "iday": "5", "approxdate": "",
    "country_txt": "Xland", "provstate": "North", "city": "Reedham", "latitude": "30.1834",
    "longitude": "66.9987", "specificity": "1", "vicinity": "0", "summary": "Invented.",
    "doubtterr": "0", "success": "1", "suicide": "0", "attacktype1": "6", "targtype1": "3",
    "natlty1_txt": "Xland", "gname": "River Front", "guncertain1": "0", "claimed": "1",
    "weaptype1": "5", "weapsubtype1_txt": "", "nkill": "4", "nkillter": "1", "nwound": "-99",
    "nhostkid": "-99", "nreleased": "-99",
}  # fmt: skip

GDELT_ROW = dict.fromkeys(GDELT, "") | {
    "globaleventid": "900", "sqldate": "20230131", "monthyear": "202301", "year": "2023",
    "actor1name": "REBEL", "actor2name": "POLICE", "eventcode": "193", "eventbasecode": "193",
    "eventrootcode": "19", "quadclass": "4", "actiongeo_type": "4", "actiongeo_fullname":
    "Quetta, Balochistan, Pakistan", "actiongeo_countrycode": "PK", "actiongeo_lat": "30.1834",
    "actiongeo_long": "66.9987", "dateadded": "20230201101500", "sourceurl":
    "https://example.org/story",
}  # fmt: skip

ROWS: dict[str, dict[str, str]] = {
    "acled": dict.fromkeys(ACLED, "") | ACLED_ROW,
    "ucdp": dict.fromkeys(UCDP, "") | UCDP_ROW,
    "gtd": GTD_ROW,
    "gdelt": GDELT_ROW,
}


def batch(rows: Sequence[Sequence[str | None]], columns: Sequence[str], first: int = 2) -> RowBatch:
    """Rows as a reader gives them, the first on line 2."""
    cells = [pa.array([row[at] for row in rows], pa.string()) for at in range(len(columns))]
    names = [f"{at}:{name}" for at, name in enumerate(columns)]
    return RowBatch(pa.RecordBatch.from_arrays(cells, names=names), range(first, first + len(rows)))


def info(columns: Sequence[str], header_line: int = 1, kind: str = "csv") -> TableInfo:
    """What is known of a table with these columns."""
    return TableInfo(name="table", kind=kind, columns=tuple(columns), header_line=header_line)


def read(preset: str, *changes: Mapping[str, str | None], columns: Any = None) -> Normalised:
    """Read copies of a preset's example row, one per set of changes, through a pickled reader."""
    names = tuple(columns or ROWS[preset])
    rows = [[(ROWS[preset] | dict(change)).get(name) for name in names] for change in changes]
    about, cells = info(names), batch(rows, names)
    reader = preset_named(preset).reader(about, cells)
    return pickle.loads(pickle.dumps(reader)).read(cells)


def one(preset: str, **changes: str | None) -> dict[str, Any]:
    """The fields of one row that must be read without a fault."""
    found = read(preset, changes)
    assert not found.faults, found.faults
    fields: dict[str, Any] = found.fields.to_pylist()[0]
    return fields


def reason(preset: str, **changes: str | None) -> tuple[str, str]:
    """Column and reason of the fault of one row."""
    found = read(preset, changes)
    assert found.fields.num_rows == 0
    (fault,) = found.faults
    return fault.column, fault.reason


def question(preset: str, **changes: str | None) -> str:
    """What is asked about one row that is kept."""
    found = read(preset, changes)
    assert not found.faults
    (flag,) = found.flags
    return flag.reason
