"""Which language a report is in: script, small words, and English in every doubt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.language import is_supported, language_name, language_of
from tests.conftest import absent

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "benchmarks" / "data"
ENGLISH = [*sorted(path.name for path in DATA.glob("heldout*.jsonl")), "news.jsonl"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Gunmen kill two police officers in Quetta"),
        ("es", "Cuatro soldados muertos en ataque del ELN en Arauca"),
        ("es", "MUERTOS TRES POLICÍAS EN UN ATENTADO EN EL CAUCA"),
        ("fr", "Trois soldats ont été tués dans une attaque au Mali"),
        ("pt", "Três policiais foram mortos em um ataque no Rio de Janeiro"),
        ("id", "Tiga polisi tewas dalam serangan di Papua"),
        ("sw", "Watu watatu waliuawa katika shambulio la kundi la al-Shabaab"),
        ("so", "Dagaal ka dhacay magaalada Baidoa ayaa lagu dilay laba askari"),
        ("ha", "Yan bindiga sun kashe mutane biyar a jihar Zamfara"),
        ("ur", "کوئٹہ: نامعلوم افراد کی فائرنگ سے دو پولیس اہلکار ہلاک ہوگئے۔"),
        ("ar", "قتل ثلاثة أشخاص في تفجير سيارة مفخخة في بغداد، بحسب الشرطة"),
        ("fa", "در حمله افراد مسلح به پاسگاه پلیس دو نفر کشته شدند"),
        ("ps", "په کندهار کې د پولیسو پر پوستې برید کې درې کسان ووژل شول"),
        ("ru", "Трое военных погибли при обстреле в Донецкой области"),
        ("uk", "Троє військових загинули під час обстрілу на Донеччині"),
        ("hi", "सुकमा में नक्सलियों के हमले में तीन जवान शहीद"),
        ("zh", "三名警察在袭击中丧生"),
        ("ja", "警官3人が襲撃で死亡した"),
        ("my", "ကချင်ပြည်နယ်တွင် တိုက်ပွဲ"),
    ],
)
def test_a_headline_is_enough(code: str, text: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize("text", ["", "12 345", "Kabul, Kandahar, Herat", "Boko Haram", "ELN"])
def test_english_where_nothing_tells(text: str) -> None:
    assert language_of(text) == "en"


def test_foreign_names_make_no_foreign_report() -> None:
    text = (
        "El Ejército de Liberación Nacional claimed the attack in San José del Guaviare. "
        "Abd al-Rahman bin Faisal, of the Jama'at Nusrat al-Islam wal-Muslimin, denied it."
    )
    assert language_of(text) == "en"


def test_a_quote_in_another_script_does_not_hide_the_english() -> None:
    urdu = "نامعلوم افراد کی فائرنگ سے دو پولیس اہلکار ہلاک ہوگئے۔ " * 3
    english = "The banner read as above, and it was found near the body of one of the men."
    assert language_of(urdu + english) == "en"


def test_script_without_a_language_is_unknown() -> None:
    assert language_of("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ") == "und"
    assert not is_supported("und")


def test_languages_have_names() -> None:
    assert (language_name("ur"), language_name("xx")) == ("Urdu", "xx")
    assert is_supported("en")
    assert not is_supported("ur")


OTHER_TITLES = {"held7-030"}
"""Translated stories that kept the title of their paper."""


@pytest.mark.parametrize("name", ENGLISH)
def test_every_english_story_line_by_line_is_english(name: str) -> None:
    stories = (DATA / name).read_text(encoding="utf-8").splitlines()
    for story in map(json.loads, stories):
        title = "" if story["id"] in OTHER_TITLES else story.get("title", "")
        for line in (title, story["text"], *story["text"].splitlines()):
            assert language_of(line) == "en", (story["id"], line)


@pytest.mark.shared
def test_every_development_story_is_english(shared_data: Path) -> None:
    file = shared_data / "stories" / "dev.jsonl"
    if not file.is_file():
        absent(f"{file} is not there")
    for story in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        assert language_of(story["text"]) == language_of(story["title"]) == "en", story["id"]


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    assert language_of(text) == language_of(text)
    assert 2 <= len(language_of(text)) <= 3
