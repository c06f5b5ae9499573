"""Published layouts, told by their header, and their codes in our vocabulary.

The rows are invented; only the names of columns and the codes are those of the data sets.
"""

from __future__ import annotations

from datetime import date

import pytest

from geodata.errors import InputError
from geodata.incident import Incident
from ingest.presets import Cells, RowError, chosen, generic

HEADERS = """
ACLED
event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1
assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region
country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale
notes fatalities tags timestamp

UCDP
id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id
conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a
side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office source_date
source_headline source_original where_prec where_coordinates where_description adm_1 adm_2
latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec
date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob

GTD
eventid iyear imonth iday approxdate country_txt provstate city latitude longitude specificity
vicinity summary suicide attacktype1 targtype1 weaptype1 weapsubtype1_txt gname guncertain1
claimed nkill nkillter nwound nhostkid nreleased
"""
_BLOCKS = [block.split() for block in HEADERS.strip().split("\n\n")]
ACLED, UCDP, GTD = (block[1:] for block in _BLOCKS)


def read(columns: list[str], **cells: object) -> Incident:
    row: Cells = {column: str(cells.get(column, "")) for column in columns}
    return chosen("auto", columns, [], {}).read(row)


def acled(**cells: object) -> Incident:
    usual = {"event_date": "2023-01-31", "event_type": "Battles", "sub_event_type": "Armed clash"}
    return read(ACLED, **(usual | cells))


def ucdp(**cells: object) -> Incident:
    usual = {"type_of_violence": 1, "date_start": "2019-03-04", "date_end": "2019-03-04"}
    return read(UCDP, **(usual | {"date_prec": 1, "where_prec": 1, "best": 0} | cells))


def gtd(**cells: object) -> Incident:
    return read(GTD, **({"iyear": 2014, "imonth": 5, "iday": 6, "gname": "Unknown"} | cells))


@pytest.mark.parametrize(("columns", "name"), [(ACLED, "acled"), (UCDP, "ucdp"), (GTD, "gtd")])
def test_a_layout_is_told_by_its_header_in_any_case_and_order(
    columns: list[str], name: str
) -> None:
    for written in (columns, [c.upper() for c in columns], columns[::-1]):
        assert chosen("auto", written, [], {}).name == name


def test_ucdp_before_2020_has_fewer_columns() -> None:
    gone = {"relid", "code_status", "where_description"}
    fewer = [c for c in UCDP if c not in gone and not c.endswith("_dset_id")]
    assert len(fewer) == 42
    assert chosen("auto", fewer, [], {}).name == "ucdp"


def test_a_layout_that_is_named_must_be_there() -> None:
    with pytest.raises(InputError, match="not the layout 'acled'"):
        chosen("acled", UCDP, [], {})


# ------------------------------------------------------------ ACLED


@pytest.mark.parametrize("text", ["2023-01-31", "31 January 2023", "31-01-2023", "31/01/2023"])
def test_acled_writes_its_days_in_several_ways(text: str) -> None:
    assert acled(event_date=text, time_precision=1).event_date == date(2023, 1, 31)


def test_acled_weeks_and_months_are_no_days() -> None:
    week, month = acled(time_precision=2), acled(time_precision=3)
    assert (week.event_date, week.event_date_end) == (date(2023, 1, 30), date(2023, 2, 5))
    assert (month.event_date, month.event_date_end) == (date(2023, 1, 1), date(2023, 1, 31))
    assert (week.date_precision, month.date_precision) == ("week", "month")


@pytest.mark.parametrize(("code", "precision"), [(1, "settlement"), (2, "near"), (3, "province")])
def test_acled_precision_of_place(code: int, precision: str) -> None:
    one = acled(geo_precision=code, latitude="1.5", longitude="2.5")
    assert one.location_precision == precision


def test_acled_spelling_of_protestors_is_known() -> None:
    one = acled(event_type="Protests", sub_event_type="Excessive force against protestors")
    assert one.sub_event_type == "Excessive force against protesters"


def test_acled_event_types_before_2019_are_known() -> None:
    one = acled(event_type="Battle-Government regains territory", sub_event_type="")
    assert (one.event_type, one.sub_event_type) == ("Battles", "Government regains territory")


def test_acled_names_a_perpetrator_only_where_the_other_side_are_civilians() -> None:
    violence = {"event_type": "Violence against civilians", "sub_event_type": "Attack"}
    sides = {"actor1": "Civilians (Mali)", "inter1": 7, "actor2": "JNIM", "inter2": 2}
    assert acled(**violence, **sides).perpetrator == "JNIM"
    assert acled(actor1="JNIM", inter1=2, actor2="Mali", inter2=1).perpetrator is None


def test_acled_dead_are_one_number_and_the_injured_are_not_told() -> None:
    one = acled(fatalities=3)
    assert (one.killed_low, one.killed_best, one.killed_high, one.injured_best) == (3, 3, 3, None)


# ------------------------------------------------------------ UCDP


@pytest.mark.parametrize(
    ("code", "precision"),
    [(1, "settlement"), (2, "near"), (3, "district"), (4, "province"), (6, "country"), (7, "sea")],
)
def test_ucdp_precision_of_place(code: int, precision: str) -> None:
    assert ucdp(where_prec=code, latitude=1.5, longitude=2.5).location_precision == precision


def test_ucdp_days_may_be_many() -> None:
    one = ucdp(
        date_start="2019-03-04 00:00:00.000", date_end="2019-03-06 00:00:00.000", date_prec=2
    )
    assert (one.event_date, one.event_date_end) == (date(2019, 3, 4), date(2019, 3, 6))
    assert one.date_precision == "range"


def test_ucdp_one_sided_violence_has_a_perpetrator() -> None:
    one = ucdp(type_of_violence=3, side_a="LRA", side_b="Civilians")
    assert (one.perpetrator, one.actor2, one.sub_event_type) == ("LRA", "Civilians", "Attack")
    assert ucdp(side_a="Government of Mali").perpetrator is None


def test_ucdp_deaths_by_status_follow_the_sides() -> None:
    sides = {"side_a": "Government of Mali", "side_b": "JNIM"}
    one = ucdp(**sides, deaths_a=2, deaths_b=3, deaths_civilians=1, best=6)
    assert one.killed_by_status == {"security_forces": 2, "militants": 3, "civilians": 1}
    assert ucdp(**sides, deaths_a=2, best=6).killed_by_status == {}


def test_ucdp_summaries_are_marked() -> None:
    assert ucdp(event_clarity=2).tags == ("aggregate",)


# ------------------------------------------------------------ GTD


def test_gtd_day_and_month_0_are_unknown() -> None:
    assert gtd(iday=0).date_precision == "month"
    assert gtd(imonth=0, iday=0).date_precision == "year"
    assert gtd(iyear=1970).event_date == date(1970, 5, 6)


def test_gtd_sentinels_are_nothing() -> None:
    one = gtd(nkill=-9, nwound=-99, nhostkid=-99)
    assert (one.killed_best, one.injured_best, one.abducted) == (None, None, None)


def test_gtd_dead_include_the_perpetrators() -> None:
    one = gtd(nkill=5, nkillter=2, attacktype1=6)
    assert one.killed_by_status == {"militants": 2, "unknown": 3}


def test_gtd_ground_of_the_group() -> None:
    assert gtd(gname="Taliban", claimed=1).attribution == "claimed"
    assert gtd(gname="Taliban", guncertain1=1).attribution == "suspected"
    assert gtd(gname="Taliban").attribution == "attributed"
    assert (gtd().perpetrator, gtd().attribution) == ("Unidentified armed group", "none")


def test_gtd_types_follow_weapon_and_target() -> None:
    assert gtd(attacktype1=5, suicide=1).sub_event_type == "Suicide bomb"
    assert gtd(attacktype1=6, targtype1=4, weaptype1=5).sub_event_type == "Armed clash"
    assert gtd(attacktype1=6, targtype1=14).sub_event_type == "Attack"
    assert gtd(attacktype1=9).event_type is None


def test_gtd_vicinity_is_near_the_place() -> None:
    at = {"latitude": 1.5, "longitude": 2.5, "specificity": 1}
    assert gtd(**at).location_precision == "settlement"
    assert gtd(**at, vicinity=1).location_precision == "near"


# ------------------------------------------------------------ faults


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"latitude": "91", "longitude": "2"}, "latitude"),
        ({"latitude": "1", "longitude": ""}, "longitude"),
        ({"fatalities": "some"}, "fatalities"),
        ({"fatalities": "-1"}, "fatalities"),
        ({"event_date": ""}, "event_date"),
        ({"event_date": "31/31/2023"}, "event_date"),
    ],
)
def test_what_cannot_be_read_names_its_column(cells: dict[str, str], column: str) -> None:
    with pytest.raises(RowError) as fault:
        acled(**cells)
    assert fault.value.column == column
    assert fault.value.reason


def test_zero_and_zero_is_no_place() -> None:
    assert acled(latitude="0", longitude="0.0").latitude is None


# ------------------------------------------------------------ any other table


def any_table(**cells: str) -> Incident:
    columns = [name.replace("_", " ") for name in cells]
    preset = chosen("auto", columns, [], {})
    assert preset.name == "table"
    values = zip(columns, cells.values(), strict=True)
    return preset.read({column.casefold(): value for column, value in values})


def test_columns_of_a_sheet_are_told_by_their_names() -> None:
    one = any_table(
        Date="Thursday-February 16-2017", City="Sehwan", Province="Sindh", Country="Pakistan",
        Killed_Max="80-90", Injured_Max="250+", Attack_Type="Suicide attack", Group_Name="IS",
    )  # fmt: skip
    assert (one.event_date, one.place, one.admin1) == (date(2017, 2, 16), "Sehwan", "Sindh")
    assert (one.killed_low, one.killed_best, one.killed_high) == (80, 80, 90)
    assert (one.injured_best, one.injured_high) == (250, None)
    assert (one.sub_event_type, one.perpetrator) == ("Suicide bomb", "IS")


def test_a_sheet_in_another_language_is_told_too() -> None:
    one = any_table(Fecha="03/04/2020", Municipio="Tumaco", Departamento="Nariño", Muertos="2")
    assert (one.event_date, one.place, one.killed_best) == (date(2020, 4, 3), "Tumaco", 2)


def test_least_and_most_go_to_low_and_high() -> None:
    one = any_table(Date="2020-01-02", City="Gao", Killed_Min="3", Killed_Max="5")
    assert (one.killed_low, one.killed_best) == (3, 5)


def test_the_column_decides_which_comes_first_day_or_month() -> None:
    columns = ["Date", "City"]
    sample = [{"date": "01/02/2020"}, {"date": "01/25/2020"}]
    preset = generic.preset_for(columns, sample, {})
    assert preset.read({"date": "03/04/2020", "city": "Gao"}).event_date == date(2020, 3, 4)


def test_a_mapping_comes_before_every_guess() -> None:
    columns = ["When it was", "Where it was", "Date"]
    mapping = {"event_date": "When it was", "place": "Where it was"}
    preset = chosen("auto", columns, [], mapping)
    row = {"when it was": "2020-01-02", "where it was": "Gao", "date": "1999-01-01"}
    assert preset.read(row).event_date == date(2020, 1, 2)


def test_a_table_without_a_day_or_a_place_is_refused_with_its_columns() -> None:
    with pytest.raises(InputError, match="Colour, Size"):
        chosen("auto", ["Colour", "Size"], [], {})


def test_a_fault_is_named_by_the_column_of_the_table() -> None:
    with pytest.raises(RowError) as fault:
        any_table(Fecha="nunca jamás", Municipio="Tumaco")
    assert (fault.value.column, fault.value.value) == ("fecha", "nunca jamás")
