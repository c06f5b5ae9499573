"""`incidents actors`: who is known, under which names, and who belongs to whom."""

from __future__ import annotations

import json

import pytest

from dashboard.cli import main


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command prints."""
    main(["actors", *arguments])
    return capsys.readouterr().out


def test_show_says_aliases_and_affiliates(capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, "show", "TTP")
    assert text.startswith("Tehrik-i-Taliban Pakistan · armed group · Pakistan\n")
    assert "Also written: TTP, Pakistani Taliban" in text
    assert "Affiliates: Jamaat-ul-Ahrar" in text


def test_the_country_decides_what_a_name_means(capsys: pytest.CaptureFixture[str]) -> None:
    shown = json.loads(told(capsys, "show", "Islamic State", "--country", "NG", "--json"))
    assert shown["name"] == "Islamic State West Africa Province"
    assert shown["parents"] == ["Islamic State"]


def test_list_takes_a_country_and_a_kind(capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, "list", "--country", "Mali", "--kind", "militia")
    assert "Dan Na Ambassagou · militia · Mali" in text
    assert "Pakistan" not in text


def test_list_as_json_has_every_part(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(told(capsys, "list", "--country", "LK", "--json"))
    assert {"name", "kind", "country", "aliases", "parents", "affiliates"} == set(rows[0])


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (["show", "Owls of the Night"], "no actor is called 'Owls of the Night'", 1),
        (["list", "--kind", "army"], "--kind 'army' is none of armed_group", 2),
    ],
)
def test_what_is_not_known_is_said(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str, code: int
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["actors", *arguments])
    assert stop.value.code == code
    assert words in capsys.readouterr().err
