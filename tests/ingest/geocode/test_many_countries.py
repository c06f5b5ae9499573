"""Places of many wars, asked for as event tables name them: old countries, old provinces too.

The points come from general knowledge and are good to some 20 km; so is the check.
"""

from __future__ import annotations

import pytest

from ingest.geocode.points import distance_km
from tests.ingest.geocode.conftest import Ask

PLACES = (
    ("Shingal district", "Iraq", "Ninewa governorate", None, 36.32, 41.86),
    ("Tal Abyad town", "Syria", "Ar Raqqah governorate", None, 36.7, 38.95),
    ("Sirte town", "Libya", "Surt district", None, 31.2, 16.59),
    ("Baga town", "Nigeria", "Borno state", "Kukawa lga", 13.12, 13.82),
    ("Sambisa forest", "Nigeria", "Borno state", None, 11.5, 13.6),
    ("Gwoza LGA", "Nigeria", "Borno state", "Gwoza lga", 11.1, 13.7),
    ("Afgooye town", "Somalia", "Lower Shabelle region", "Afgooye district", 2.14, 45.12),
    ("Diinsoor", "Somalia", "Bay region", None, 2.41, 42.98),
    ("Masisi territory", "DR Congo (Zaire)", "Nord Kivu province", "Masisi territory", -1.4, 28.8),
    ("Komanda town", "DR Congo (Zaire)", "Ituri province", "Irumu territory", 1.37, 29.77),
    ("Djibo town", "Burkina Faso", "Sahel region", "Soum province", 14.1, -1.63),
    ("Menaka town", "Mali", "Ménaka region", None, 15.92, 2.4),
    ("Tessalit", "Mali", "Kidal region", None, 20.2, 1.01),
    ("Nyala town", "Sudan", "Southern Darfur state", None, 12.05, 24.88),
    ("Jebel Marra area", "Sudan", "Central Darfur state", None, 13.0, 24.4),
    ("Malakal town", "South Sudan", "Upper Nile state", None, 9.53, 31.66),
    ("Bor county", "South Sudan", "Jonglei state", None, 6.2, 31.6),
    (
        "Mocimboa da Praia",
        "Mozambique",
        "Cabo Delgado province",
        "Mocímboa da Praia district",
        -11.35,
        40.35,
    ),
    ("Humera town", "Ethiopia", "Tigray state", None, 14.3, 36.6),
    ("Gimbi woreda", "Ethiopia", "Oromia state", "West Wellega zone", 9.17, 35.83),
    ("Marawi city", "Philippines", "Lanao del Sur province", None, 8.0, 124.29),
    ("Patikul municipality", "Philippines", "Sulu province", None, 6.05, 121.1),
    ("Maungdaw township", "Myanmar (Burma)", "Rakhine state", "Maungdaw district", 20.82, 92.37),
    ("Laukkai town", "Myanmar (Burma)", "Shan state", None, 23.69, 98.76),
    ("Tame municipality", "Colombia", "Arauca department", "Tame municipality", 6.46, -71.74),
    ("Tumaco", "Colombia", "Nariño department", None, 1.8, -78.76),
    ("Avdiivka town", "Ukraine", "Donetsk oblast", None, 48.14, 37.74),
    ("Pisky village", "Ukraine", "Donetsk oblast", "Yasynuvata raion", 48.06, 37.68),
    ("Achkhoy-Martan district", "Russia (Soviet Union)", "Chechen republic", None, 43.15, 45.3),
    ("Musa Qala district", "Afghanistan", "Helmand province", "Musa Qala district", 32.4, 64.8),
    ("Achin district", "Afghanistan", "Nangarhar province", "Achin district", 34.05, 70.65),
    ("Khogyani", "Afghanistan", "Nangarhar province", None, 34.25, 70.2),
    ("Sopore town", "India", "Jammu and Kashmir state", "Baramulla district", 34.3, 74.47),
    ("Dantewada district", "India", "Chhattisgarh state", "Dantewada district", 18.9, 81.35),
    ("Lalgarh", "India", "West Bengal state", "West Medinipur district", 22.58, 87.05),
    ("Kilinochchi town", "Sri Lanka", "Northern province", "Kilinochchi district", 9.39, 80.4),
    ("Rolpa district", "Nepal", "Rapti zone", "Rolpa district", 28.37, 82.65),
    ("Taiz city", "Yemen (North Yemen)", "Taizz governorate", None, 13.58, 44.02),
    ("Nihm district", "Yemen (North Yemen)", "Sanaa governorate", "Nihm district", 15.7, 44.7),
    ("Sheikh Zuweid town", "Egypt", "North Sinai governorate", None, 31.2, 34.1),
    ("Khan Yunis", "Israel", "Gaza strip", None, 31.34, 34.3),
    ("Kassala", "Sudan", "Kassala state", None, 15.45, 36.4),
    ("Bossangoa", "Central African Republic", "Ouham prefecture", None, 6.49, 17.45),
    ("Obo town", "Central African Republic", "Haut-Mbomou prefecture", None, 5.4, 26.5),
    ("Bubanza town", "Burundi", "Bubanza province", None, -3.08, 29.39),
    ("Kitgum town", "Uganda", "Kitgum district", None, 3.28, 32.88),
    ("Mandera town", "Kenya", "Mandera county", None, 3.94, 41.86),
    ("Diffa town", "Niger", "Diffa region", None, 13.32, 12.61),
    ("Bosso town", "Niger", "Diffa region", "Diffa department", 13.7, 13.3),
    ("Kolofata town", "Cameroon", "Far North region", "Mayo-Sava department", 11.17, 14.0),
    ("Bamenda city", "Cameroon", "North-West region", None, 5.96, 10.16),
    ("Bol town", "Chad", "Lac region", None, 13.46, 14.71),
    ("Srebrenica town", "Bosnia-Herzegovina", "Republika Srpska", None, 44.1, 19.3),
    ("Diyarbakir province", "Turkey", "Diyarbakir province", None, 37.9, 40.2),
    ("Lice district", "Turkey", "Diyarbakir province", "Lice district", 38.46, 40.65),
    ("Narathiwat province", "Thailand", "Narathiwat province", None, 6.2, 101.7),
    ("Culiacan", "Mexico", "Sinaloa state", None, 24.8, -107.39),
    ("between Raqqa and Deir ez Zor", "Syria", None, None, 35.6, 39.6),
    ("Lake Chad", "Chad", None, None, 13.1, 14.4),
    ("Stepanakert", "Azerbaijan", None, None, 39.82, 46.76),
    ("Tskhinvali", "Georgia", "South Ossetia", None, 42.23, 43.97),
)
"""Phrase, country, province, district, latitude, longitude."""


@pytest.mark.parametrize(("text", "country", "admin1", "admin2", "latitude", "longitude"), PLACES)
def test_a_place_is_found_near_where_it_is(
    ask: Ask,
    text: str,
    country: str,
    admin1: str | None,
    admin2: str | None,
    latitude: float,
    longitude: float,
) -> None:
    best = ask(text, country=country, admin1=admin1, admin2=admin2).best
    assert best is not None
    assert best.latitude is not None
    assert best.longitude is not None
    assert distance_km((best.latitude, best.longitude), (latitude, longitude)) <= 40
