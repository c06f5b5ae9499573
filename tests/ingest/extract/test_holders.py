"""Places that no gazetteer knows, and what the story says around them."""

from __future__ import annotations

import pytest

from geodata.countries import capital_of
from geodata.incident import Incident
from geodata.precision import LocationPrecision
from tests.ingest.extract.conftest import Read


def only(read: Read, text: str) -> Incident:
    (found,) = read(text, "2023-06-14")
    return found.incident


def test_the_capital_is_a_place(read: Read) -> None:
    text = "In the Yemeni capital, gunmen shot dead a judge on Monday, police said."
    assert only(read, text).latitude == pytest.approx(15.35, abs=0.2)
    assert capital_of("Chad") == "N'Djamena"
    assert capital_of("Atlantis") is None


def test_what_a_name_owns_lies_in_it(read: Read) -> None:
    text = "A bomb killed two people in Mogadishu's Hodan district on Monday, Somali police said."
    found = only(read, text)
    assert (found.place, found.country) == ("Hodan", "Somalia")
    assert found.latitude == pytest.approx(2.04, abs=0.2)


def test_a_name_with_an_apostrophe_stays_whole(read: Read) -> None:
    text = (
        "Gunmen killed a trader in Cox's Bazar's Ukhiya upazila on Monday, Bangladesh police said."
    )
    found = only(read, text)
    assert (found.place, found.admin2) == ("Ukhiya", "Cox's Bazar")


def test_an_unknown_village_lies_where_its_paragraph_is(read: Read) -> None:
    text = (
        "Bandits raided communities in Kaduna State, Nigeria, on Monday.\n\n"
        "Residents of Birnin Gwari told of the attack. Gunmen on motorcycles killed six farmers at "
        "Ungwan Xqada on Monday."
    )
    found = read(text, "2023-06-14")[-1].incident
    assert found.admin1 == "Kaduna"
    assert found.latitude is not None


def test_a_told_district_vetoes_its_namesakes(read: Read) -> None:
    text = "A mine wounded a guard in Ricaurte, Nariño, in Colombia on Monday, the army said."
    assert only(read, text).admin1 == "Nariño"


def test_a_village_unknown_in_a_towns_name_lies_near_it(read: Read) -> None:
    text = "Gunmen killed two herders at Xqadabo, near Gao town in Mali, on Monday, officials said."
    assert only(read, text).location_precision is LocationPrecision.NEAR


@pytest.mark.parametrize("title", ["Barangay", "Tambon", "Kampung"])
def test_what_a_place_is_called_is_no_part_of_its_name(read: Read, title: str) -> None:
    text = f"Rebels killed two soldiers in {title} Carabalan, Himamaylan City, in the Philippines."
    assert only(read, f"{text} It happened on Monday.").place == "Carabalan"
