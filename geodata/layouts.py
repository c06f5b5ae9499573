"""Published layouts of event tables: their columns in order, and their codes backwards.

Columns: the tables as ACLED (since 20 March 2023), UCDP GED (current, 49 columns) and GTD (135
columns) publish them. The codes are the precision crosswalk read from our classes to theirs: where
a layout has no class as coarse as ours there is no code, because the next finer one would claim
more than is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geodata.precision import LocationPrecision


@dataclass(frozen=True, slots=True)
class Layout:
    """A published layout: its name, what people call it, its columns in order, the row's id."""

    name: str
    title: str
    key: str
    columns: tuple[str, ...]


def folded(column: str) -> str:
    """Give a column's name in lower case, with ``_`` for blanks and without a byte order mark."""
    return re.sub(r"[\s\-.]+", "_", column.replace("\ufeff", "").strip()).lower()


def keys_of(columns: Sequence[str]) -> tuple[str, ...]:
    """Folded names, each once: one that comes again is told apart by its number."""
    found: list[str] = []
    for column in columns:
        name, number = folded(column), 2
        key = name
        while key in found:
            key, number = f"{name} ({number})", number + 1
        found.append(key)
    return tuple(found)


def _columns(words: str) -> tuple[str, ...]:
    return tuple(words.split())


ACLED = Layout(
    "acled",
    "ACLED",
    "event_id_cnty",
    _columns(
        """event_id_cnty event_date year time_precision disorder_type event_type sub_event_type
        actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso
        region country admin1 admin2 admin3 location latitude longitude geo_precision source
        source_scale notes fatalities tags timestamp"""
    ),
)

UCDP = Layout(
    "ucdp",
    "UCDP GED",
    "id",
    _columns(
        """id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id
        conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a
        side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office
        source_date source_headline source_original where_prec where_coordinates where_description
        adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region
        event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians
        deaths_unknown best high low gwnoa gwnob"""
    ),
)

GTD = Layout(
    "gtd",
    "GTD",
    "eventid",
    _columns(
        """eventid iyear imonth iday approxdate extended resolution country country_txt region
        region_txt provstate city latitude longitude specificity vicinity location summary crit1
        crit2 crit3 doubtterr alternative alternative_txt multiple success suicide attacktype1
        attacktype1_txt attacktype2 attacktype2_txt attacktype3 attacktype3_txt targtype1
        targtype1_txt targsubtype1 targsubtype1_txt corp1 target1 natlty1 natlty1_txt targtype2
        targtype2_txt targsubtype2 targsubtype2_txt corp2 target2 natlty2 natlty2_txt targtype3
        targtype3_txt targsubtype3 targsubtype3_txt corp3 target3 natlty3 natlty3_txt gname
        gsubname gname2 gsubname2 gname3 gsubname3 motive guncertain1 guncertain2 guncertain3
        individual nperps nperpcap claimed claimmode claimmode_txt claim2 claimmode2
        claimmode2_txt claim3 claimmode3 claimmode3_txt compclaim weaptype1 weaptype1_txt
        weapsubtype1 weapsubtype1_txt weaptype2 weaptype2_txt weapsubtype2 weapsubtype2_txt
        weaptype3 weaptype3_txt weapsubtype3 weapsubtype3_txt weaptype4 weaptype4_txt
        weapsubtype4 weapsubtype4_txt weapdetail nkill nkillus nkillter nwound nwoundus nwoundte
        property propextent propextent_txt propvalue propcomment ishostkid nhostkid nhostkidus
        nhours ndays divert kidhijcountry ransom ransomamt ransomamtus ransompaid ransompaidus
        ransomnote hostkidoutcome hostkidoutcome_txt nreleased addnotes scite1 scite2 scite3
        dbsource INT_LOG INT_IDEO INT_MISC INT_ANY related"""
    ),
)

LAYOUTS: dict[str, Layout] = {layout.name: layout for layout in (ACLED, UCDP, GTD)}

ACLED_GEO: Mapping[LocationPrecision, str] = {
    LocationPrecision.SITE: "1",
    LocationPrecision.SETTLEMENT: "1",
    LocationPrecision.NEAR: "2",
    LocationPrecision.DISTRICT: "3",
    LocationPrecision.PROVINCE: "3",
    LocationPrecision.SEA: "3",
}
"""ACLED `geo_precision`; ACLED has no code for a country."""

UCDP_WHERE: Mapping[LocationPrecision, str] = {
    LocationPrecision.SITE: "1",
    LocationPrecision.SETTLEMENT: "1",
    LocationPrecision.NEAR: "2",
    LocationPrecision.DISTRICT: "3",
    LocationPrecision.PROVINCE: "4",
    LocationPrecision.COUNTRY: "6",
    LocationPrecision.SEA: "7",
}
"""UCDP `where_prec`."""

GTD_ATTACKS: Mapping[int, str] = {
    1: "Assassination",
    2: "Hijacking",
    3: "Hostage Taking (Kidnapping)",
    4: "Hostage Taking (Barricade Incident)",
    5: "Bombing/Explosion",
    6: "Armed Assault",
    7: "Unarmed Assault",
    8: "Facility/Infrastructure Attack",
    9: "Unknown",
}
GTD_WEAPONS: Mapping[int, str] = {
    1: "Biological",
    2: "Chemical",
    3: "Radiological",
    4: "Nuclear",
    5: "Firearms",
    6: "Explosives",
    7: "Fake Weapons",
    8: "Incendiary",
    9: "Melee",
    10: "Vehicle",
    11: "Sabotage Equipment",
    12: "Other",
    13: "Unknown",
}
GTD_TARGETS: Mapping[int, str] = {
    1: "Business",
    2: "Government (General)",
    3: "Police",
    4: "Military",
    5: "Abortion Related",
    6: "Airports & Aircraft",
    7: "Government (Diplomatic)",
    8: "Educational Institution",
    9: "Food or Water Supply",
    10: "Journalists & Media",
    11: "Maritime",
    12: "NGO",
    13: "Other",
    14: "Private Citizens & Property",
    15: "Religious Figures/Institutions",
    16: "Telecommunication",
    17: "Terrorists/Non-State Militia",
    18: "Tourists",
    19: "Transportation",
    20: "Unknown",
    21: "Utilities",
    22: "Violent Political Party",
}
"""Words of the GTD beside its numbers."""
