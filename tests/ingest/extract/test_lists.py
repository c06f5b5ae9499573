"""Lists: digests with a day or a place at the head of each entry, live pages, marked lines."""

from datetime import date

from geodata.incident import Document, Incident
from ingest.pipeline import preview

DIGEST = """Weekly security note no. 12 (18-24 November 2024)

**North**
• 19/11 – Maiduguri: gunmen attacked a village. Three farmers were killed.
• 20/11 – Damboa: a crowd stoned a suspected thief to death.
• Night of 22 to 23/11 – Konduga: kidnapping of a hospital director and his driver.
"""

LIVE = """**18:40** We are closing this page.

**15:10** Kherson: two shells hit a market, wounding three people.

**11:05** Nikopol: the army says that a drone struck the town hall. Nobody was hurt.

**09:00** Good morning.
"""


def read(text: str, day: date) -> list[Incident]:
    seen = preview(Document(document_id="d", text=text, published=day))
    return [one.incident for one in seen.extracted]


def test_each_entry_has_the_day_and_the_place_at_its_head() -> None:
    told = {i.place: (i.event_date, i.event_date_end) for i in read(DIGEST, date(2024, 11, 25))}
    assert told["Maiduguri"] == (date(2024, 11, 19), None)
    assert told["Damboa"] == (date(2024, 11, 20), None)
    assert told["Konduga"] == (date(2024, 11, 22), date(2024, 11, 23))


def test_a_live_page_in_bold_letters_has_entries_with_places() -> None:
    found = read(LIVE, date(2023, 3, 7))
    assert {(i.place, i.event_date) for i in found} == {
        ("Kherson", date(2023, 3, 7)),
        ("Nikopol", date(2023, 3, 7)),
    }


def test_marked_lines_of_one_town_are_different_events() -> None:
    text = """Monday, June 3, 2013

- Gunmen shot dead a shop owner in Mosul.

- A car bomb killed two policemen in Mosul.

- A roadside bomb wounded a driver near Kirkuk.
"""
    kinds = [i.sub_event_type for i in read(text, date(2013, 6, 3))]
    assert len(kinds) == 3
    assert {i.event_date for i in read(text, date(2013, 6, 3))} == {date(2013, 6, 3)}


def test_bodies_found_on_a_day_are_an_event_without_a_word_of_attack() -> None:
    text = (
        "Gunmen killed a teacher in Mosul on Monday, police said.\n\n"
        "Three bodies were left by the road in Tal Afar on Sunday. All bore gunshot wounds."
    )
    found = {i.place: i.killed_best for i in read(text, date(2013, 6, 5))}
    assert found == {"Mosul": 1, "Tal Afar": 3}


def test_clashes_reported_on_a_day_are_of_that_day() -> None:
    text = "Clashes between the army and rebels were reported on 6 November near Goma. Two died."
    assert [i.event_date for i in read(text, date(2012, 11, 10))] == [date(2012, 11, 6)]


def test_the_places_over_marked_lines_hold_for_each_of_them() -> None:
    text = """Monday, June 3, 2013

Here is the round-up of the day.

Kirkuk

- A rocket landed near the oil company. No damage.

- Gunmen shot dead a shop owner at noon.

Mosul

- A car bomb killed two policemen.
"""
    found = [(i.place, i.killed_best) for i in read(text, date(2013, 6, 3))]
    assert found[-1] == ("Mosul", 2)
    assert ("Kirkuk", 1) in found


def test_the_sixteenth_is_the_last_one_before_the_report() -> None:
    text = "Rebels attacked the army base at Bria on the 16th, killing two soldiers."
    assert [i.event_date for i in read(text, date(2018, 5, 21))] == [date(2018, 5, 16)]


def test_a_date_between_commas_is_of_what_stands_there() -> None:
    text = (
        "Two mortar shells fell on the market of Goma. Residents of Kitchanga, which rebels raided "
        "in October, say that two shells wounded a trader on Thursday."
    )
    days = {i.event_date for i in read(text, date(2021, 2, 15))}
    assert date(2021, 2, 11) in days


def test_troops_who_burn_houses_in_the_village_are_an_event_of_that_village() -> None:
    text = (
        "Gunmen killed a soldier in Gboko on Sunday, police said.\n\n"
        "Residents alleged that troops stormed the community on Monday and burnt over 70 houses."
    )
    found = [(i.sub_event_type, i.place, i.event_date) for i in read(text, date(2021, 4, 28))]
    assert ("Looting/property destruction", "Gboko", date(2021, 4, 26)) in found


def test_a_boy_of_fourteen_years_is_one() -> None:
    text = "A 14 year old boy was killed by a sniper in Aleppo on Friday."
    assert [i.killed_best for i in read(text, date(2014, 7, 5))] == [1]


def test_the_dead_of_a_whole_war_are_of_no_attack() -> None:
    text = (
        "More than 5,000 people have been killed since the insurgency flared up again with a raid "
        "on an army camp in Aleppo on Jan 4, 2014, in which four soldiers died."
    )
    assert [i.killed_best for i in read(text, date(2014, 7, 5))] == [4]


def test_a_weekday_at_the_head_of_a_paragraph_is_its_day() -> None:
    text = """Three days in the valley

Our notes from the week.

Friday, Mingora. Armed men shot dead a tailor in his shop.

Saturday night, Saidu Sharif. Police went from house to house and arrested nine men.

Monday morning, Kalam. A bomb went off by the road and wounded two drivers.
"""
    told = {i.place: i.event_date for i in read(text, date(2021, 8, 31))}
    assert told == {
        "Mingora": date(2021, 8, 27),
        "Saidu Sharif": date(2021, 8, 28),
        "Kalam": date(2021, 8, 30),
    }


def test_bars_part_day_place_and_event() -> None:
    text = """Daily log

23 AUG | Kosti, White Nile | Two drones hit the power station. Two technicians were wounded.

24 AUG | Babanusa, West Kordofan | Rebels attacked the garrison. Five soldiers were killed.

25 AUG | Dilling, South Kordofan | Shells landed on the market. Three civilians were killed.
"""
    told = [(i.place, i.event_date, i.killed_best or 0) for i in read(text, date(2021, 8, 31))]
    assert told == [
        ("Kosti", date(2021, 8, 23), 0),
        ("Babanusa", date(2021, 8, 24), 5),
        ("Dilling", date(2021, 8, 25), 3),
    ]


def test_an_entry_may_begin_with_its_day_and_hour() -> None:
    text = """Security bulletin

MARIB
- 06 AUG, 0730hrs, Sirwah: a roadside device struck an army convoy. Four soldiers killed.
- 08 AUG, evening, Harib: six mortar rounds came down on dwellings. Five civilians killed.
- 09 AUG, 2030 hrs, Raghwan: hand grenade thrown at a checkpoint. Two policemen killed.
"""
    told = [(i.place, i.event_date, i.killed_best) for i in read(text, date(2021, 8, 11))]
    assert told == [
        ("Sirwah", date(2021, 8, 6), 4),
        ("Harib", date(2021, 8, 8), 5),
        ("Raghwan", date(2021, 8, 9), 2),
    ]


def test_a_road_at_the_head_of_an_entry_is_no_town() -> None:
    text = """Weekly bulletin

MALI
• 24 August, Gao: gunmen shot dead two traders.

NIGER
• 25 August, RN6: an army lorry ran over a mine east of Makalondi. Two soldiers died.

BURKINA FASO
• 26 August, Solenzo (Boucle du Mouhoun): gunmen attacked a post. Three soldiers died.
"""
    told = [(i.place, i.country) for i in read(text, date(2021, 8, 31))]
    assert told == [("Gao", "Mali"), ("Makalondi", "Niger"), ("Solenzo", "Burkina Faso")]


def test_highlights_head_a_report_and_are_told_again_below() -> None:
    text = """HIGHLIGHTS
- 17 people reported killed in a cattle raid in Tonj East
- Grain stolen in Renk

TONJ EAST, SOUTH SUDAN. On 10 August armed youth attacked a cattle camp. The county counts 17 dead.

RENK, UPPER NILE. A store was broken into and emptied on 11 August by armed men.
"""
    found = read(text, date(2021, 8, 15))
    assert [(i.event_date, i.killed_best or 0) for i in found] == [
        (date(2021, 8, 10), 17),
        (date(2021, 8, 11), 0),
    ]


def test_numbered_items_without_a_place_go_on_telling() -> None:
    text = """Communiqué No. 4

1. On 22 August our fighters attacked the barracks at Dorra, Djibouti.

2. Nine soldiers were killed.

3. On 24 August a drone struck a family near Randa. Five people died.
"""
    assert [i.killed_best for i in read(text, date(2021, 8, 31))] == [9, 5]
