"""Write docs/crosswalks.md from the crosswalks themselves, so that the page cannot go stale.

Run it after changing a file in geodata/data/crosswalks: ``python scripts/write_crosswalks.py``.
A test compares.
"""

from __future__ import annotations

from pathlib import Path

from ingest.presets._crosswalk import FOLDER, crosswalk

PAGE = Path(__file__).resolve().parent.parent / "docs" / "crosswalks.md"

HEAD = """# Crosswalks

How the codes of published event data sets become the vocabulary of Incident Atlas. Each table is
a file in `geodata/data/crosswalks`, read by the presets of `ingest/presets`: correct a line there
and the next import follows it. A crosswalk loses detail, so the row as written is always kept
beside the incident. A code that a table lacks is left out of the incident and the row is flagged;
it is never guessed.

This page is written by `scripts/write_crosswalks.py` from the files themselves.
"""

SECTIONS: tuple[tuple[str, str, str], ...] = (
    (
        "location_precision",
        "How exactly a place is known",
        "UCDP 1 can be finer than a town and ACLED 3 can be a district. Coordinates of 0/0, and "
        "one coordinate without the other, are left out and flagged; one beyond the poles sends "
        "the row into quarantine.",
    ),
    (
        "date_precision",
        "How exactly a date is known",
        "Where the code is missing the day is taken as written; where UCDP says an exact day and "
        "gives two dates it is a range. A row with a year and no date is known to the year. "
        "Dates of numbers are read day first unless the first rows show that the month comes "
        "first; where nothing shows it, rows with slashes that could mean two days are flagged. "
        "GTD has no such code: `iday` 0 is the month, `imonth` 0 the year. Two days in "
        "`approxdate` are a range; other words there mean that the day is a guess, so only the "
        "month counts. A row of GDELT is dated to the day.",
    ),
    (
        "acled_inter",
        "ACLED: kinds of actors",
        "Numbers, or words as newer tables have them; several spellings are parted by `|`. "
        "ACLED's first and second actor are no attacker and defender. A perpetrator is named "
        "only in *Violence against civilians* and *Explosions/Remote violence*, and only "
        "where exactly one side are civilians, by this code or by a name that begins with "
        '"Civilians": it is the other side, `attributed`. In *Violence against civilians* a '
        "lone actor who is no civilian is it too. `fatalities` is one number, so low, best "
        "and high are equal; ACLED counts no injured.",
    ),
    (
        "acled_legacy_events",
        "ACLED: event types before 2019",
        "Types since 2019 are the taxonomy's own, in either spelling and any case. "
        "*Riots/Protests* is told apart by `inter1` or `inter2`; without them the type is left "
        "out and the row flagged.",
    ),
    (
        "acled_particulars",
        "ACLED: what a sub-event type tells of weapon and tactic",
        "Empty where it leaves the word open, as an air or drone strike does.",
    ),
    (
        "ucdp_violence",
        "UCDP: type of violence",
        "`side_a` and `side_b` are the actors. In one-sided violence side A is the perpetrator, "
        "`attributed`; in fighting nobody is. Deaths of a side whose name begins with "
        '"Government of" are `security_forces`, those of another side `militants`, then '
        "`civilians` and `unknown`. Where low, best and high contradict each other the bounds "
        "are widened and the row flagged. `event_clarity` 2 becomes the tag `aggregate`: the row "
        "may sum up several incidents. A `code_status` other than Clear becomes a tag.",
    ),
    (
        "ucdp_division_words",
        "UCDP: words left off the names of divisions",
        '"Balochistan province" becomes Balochistan. A name that would be a mere direction '
        '("Eastern province") keeps its word.',
    ),
    (
        "gtd_attacks",
        "GTD: type of attack",
        "The event type follows from the attack and the side attacked (`armed` or `civil`, from "
        "the table of targets). An assassination with explosives is an explosion. In an "
        "explosion `suicide` 1 makes it a suicide bomb. An attacker named Unknown becomes "
        '"Unidentified armed group", attribution none; else `guncertain1` 1 is suspected, '
        "`claimed` 1 claimed, anything else attributed.",
    ),
    ("gtd_weapons", "GTD: weapon", "The number or its words; -9 and empty tell nothing."),
    (
        "gtd_weapon_subtypes",
        "GTD: sub-type of the weapon",
        "By how the words of `weapsubtype1_txt` begin; it refines the weapon, and in an "
        "explosion the sub-event type.",
    ),
    (
        "gtd_targets",
        "GTD: kind of target",
        "`actor` names the side attacked, of the target's nationality or else of the country. "
        "Fighters and violent parties are named by `corp1`. `nkill` and `nwound` count the "
        "attackers too; `nkillter` is kept as `militants` among the killed. A toll with a "
        "fraction has the whole numbers around it as low and high.",
    ),
    (
        "gdelt_events",
        "GDELT: CAMEO codes",
        "The longest code that the row's code begins with counts. Codes without an event type "
        "are talk and diplomacy: such rows keep no event type. Rows of GDELT are reports, never "
        "incidents.",
    ),
    (
        "fips_countries",
        "GDELT: countries",
        "FIPS 10-4 codes are not ISO 3166 codes. The last column says what the same two letters "
        "mean in ISO where that is another country: AU is Austria and AS Australia, NI Nigeria "
        "and NG Niger, IZ Iraq, RS Russia, TU Turkey.",
    ),
    (
        "words",
        "Any other table: kinds of events, weapons and tactics",
        "Words in the cells of a column of kinds, in any case and without accents; several are "
        "parted by `|`. A word that does not tell the event type alone leaves it open and is "
        "asked about.",
    ),
    (
        "target_words",
        "Any other table: kinds of targets",
        "Words in the cells of a column of targets.",
    ),
    (
        "place_precision_words",
        "Any other table: how exactly a place is known",
        "Words in the cells of a column that says how exact the coordinates are.",
    ),
)
"""File, heading and explanation, in the order of the page."""


def table(rows: list[dict[str, str]]) -> str:
    """Draw rows as a table of Markdown."""
    names = list(rows[0])
    lines = [names, ["---"] * len(names), *([row[name] for name in names] for row in rows)]
    cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def shown(name: str) -> list[dict[str, str]]:
    """Rows of a crosswalk as the page shows them."""
    rows = [dict(row) for row in crosswalk(name)]
    if name == "fips_countries":
        by_iso = {row["iso"]: row["country"] for row in rows if row["iso"]}
        for row in rows:
            other = by_iso.get(row["fips"], "")
            row["same letters in ISO"] = other if other != row["country"] else ""
    return rows


def page() -> str:
    """Text of the page."""
    parts = [HEAD]
    for name, heading, words in SECTIONS:
        parts.append(f"## {heading}\n{words}\n\n{table(shown(name))}\n\nFile: `{name}.csv`\n")
    return "\n".join(parts)


def missing() -> set[str]:
    """Files that no section shows."""
    return {path.stem for path in FOLDER.glob("*.csv")} - {name for name, _, _ in SECTIONS}


if __name__ == "__main__":
    PAGE.write_text(page())
    print(f"wrote {PAGE}")
