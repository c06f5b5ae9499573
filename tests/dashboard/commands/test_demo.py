"""``incidents demo``: the sample project, made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.commands import demo, serve
from geodata.errors import StoreError
from geodata.filters import Filter
from geodata.incident import Status
from geodata.store import open_store


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "new" / "sample.gpkg"
    demo.make_sample(path)
    return path


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths that would have been served: serving itself would never return."""
    paths: list[str] = []
    monkeypatch.setattr(serve, "serve", lambda path, **_: paths.append(path))
    return paths


def test_the_sample_is_a_sound_project(sample: Path):
    with open_store(sample, read_only=True) as store:
        assert store.count_documents() >= 25
        assert [problem for problem in store.check() if problem.level == "error"] == []


def test_every_state_of_review_can_be_seen(sample: Path):
    with open_store(sample, read_only=True) as store:
        for status in (Status.DRAFT, Status.CONFIRMED, Status.REJECTED):
            assert store.count(Filter(status=(status,))) > 0


def test_reviews_are_signed_as_a_sample(sample: Path):
    with open_store(sample, read_only=True) as store:
        confirmed = store.incidents(Filter(status=(Status.CONFIRMED,)))
        who = {change.who for one in confirmed for change in store.changes(one.incident_id)}
    assert who == {demo.ANALYST}


def test_nothing_half_made_is_left_beside_it(sample: Path):
    assert [path.name for path in sample.parent.iterdir()] == ["sample.gpkg"]


def test_a_second_call_serves_what_is_there(sample: Path, served: list[str]):
    before = sample.read_bytes()
    result = CliRunner().invoke(demo.command, ["--store", str(sample), "--no-open", "--port", "0"])
    assert result.exit_code == 2  # port 0 is no port
    result = CliRunner().invoke(demo.command, ["--store", str(sample), "--no-open"])
    assert (result.exit_code, served) == (0, [str(sample)])
    assert sample.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="choose another with --store"):
        demo.make_sample(tmp_path / "file" / "sample.gpkg")


def test_the_project_has_a_place_of_its_own():
    assert demo.default_path().name == "sample.gpkg"
    assert demo.default_path().is_absolute()
