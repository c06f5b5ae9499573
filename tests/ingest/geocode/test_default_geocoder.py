"""The geocoder of the program follows the gazetteers in use."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.gazetteer import default_path
from geodata.gazetteer.add import add_gazetteer
from geodata.gazetteer.installed import FOLDER_VARIABLE, remove_added
from geodata.place import Outcome, PlaceQuery
from ingest.geocode import default_geocoder
from tests.conftest import absent
from tests.geodata.gazetteer._examples import VALLEY, write_dump


def test_it_is_opened_once_and_anew_after_an_addition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not default_path().is_file():
        absent("the gazetteer is not built: run 'incidents gazetteer build'")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "added"))
    query = PlaceQuery(text="Tolpur", country="AD")
    before = default_geocoder()
    assert before is default_geocoder()
    assert before.geocode(query).outcome is Outcome.NOT_FOUND
    add_gazetteer(write_dump(tmp_path, *VALLEY))
    assert default_geocoder().geocode(query).outcome is Outcome.FOUND
    remove_added("ad")
    assert default_geocoder().geocode(query).outcome is Outcome.NOT_FOUND
