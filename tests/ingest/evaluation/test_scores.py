"""Scores of incidents and fields, by phenomenon, and calibration."""

from __future__ import annotations

from ingest.evaluation.calibration import calibration_of, summed
from ingest.evaluation.gold import GoldStory
from ingest.evaluation.scores import EXTRA, MISSING, RIGHT, WRONG, Ours, measure
from ingest.evaluation.words import error_lines, lines


def test_everything_right(compared, raid) -> None:
    result = compared([raid], [raid])
    assert {score.f1 for score in result.scores.values()} == {1.0}


def test_missed_and_extra(compared, raid) -> None:
    far = raid | {"event_date": "2019-01-01", "latitude": 10.0, "admin2": "x", "killed_best": 7}
    result = compared([raid, far], [raid])
    assert (result.scores["incident"].right, result.scores["incident"].given) == (1, 2)
    assert result.scores["killed_best"].precision == 0.5
    assert [m.fields.get("killed_best") for m in result.stories[0].matches] == [RIGHT, EXTRA]
    missed = compared([], [raid])
    assert missed.scores["incident"].recall == 0
    assert missed.stories[0].matches[0].fields["killed_best"] == MISSING


def test_a_field_that_is_not_coded_is_not_scored(compared, raid) -> None:
    result = compared([raid], [{"country": "Pakistan", "killed_best": 3}])
    assert set(result.scores) == {"incident", "country", "killed_best"}
    assert result.scores["killed_best"].right == 0
    assert result.stories[0].matches[0].fields == {"killed_best": WRONG, "country": RIGHT}


def test_a_field_that_one_row_lacks_is_scored_in_the_others(compared, raid) -> None:
    bare = {k: v for k, v in raid.items() if k != "actor1"} | {"event_date": "2021-07-01"}
    mine = raid | {"event_date": "2021-07-01"}
    result = compared([raid, mine], [raid, bare])
    assert result.scores["actor1"].given == 1


def test_a_field_we_never_give_is_told(compared, raid) -> None:
    result = compared([raid], [raid | {"camera": "yes"}])
    assert result.unread == ("camera",)
    assert any("we read no such field: camera" in line for line in lines(result))


def test_quiet_stories_and_phenomena(compared, raid) -> None:
    result = compared([raid], [], phenomena=("opinion",))
    assert result.quiet == (1, 1)
    assert result.phenomena["opinion"][0] == 1
    assert any("False incidents in 1 of 1" in line for line in lines(result))


def test_a_story_that_could_not_be_read_counts_as_empty(raid) -> None:
    story = GoldStory(story_id="s\x1b", text="t", incidents=(raid,), quotes=((),))
    result = measure([(story, "extraction failed")])
    assert result.scores["incident"].wanted == 1
    assert any("1 stories could not be read: s" in line for line in lines(result))
    assert not any("\x1b" in line for line in lines(result))


def test_errors_are_one_line_each(compared, raid) -> None:
    result = compared([raid | {"killed_best": 3, "event_type": "Riots"}], [raid])
    said = list(error_lines(result))
    assert "s killed_best: 3 for 2" in said
    assert any(line.startswith("s missed: ['2021-08-30'") for line in said)
    assert any(line.startswith("s extra: ") for line in said)


def test_confidence_is_compared_with_the_share_that_is_right(raid) -> None:
    wrong = raid | {"killed_best": 9}
    stories = [
        (
            GoldStory(story_id=str(i), text="t", incidents=(raid,), quotes=((),)),
            [Ours(row, confidence={"killed_best": 0.8, "incident": 0.95})],
        )
        for i, row in enumerate([raid, raid, raid, wrong])
    ]
    found = calibration_of(measure(stories))
    assert (found["killed_best"].n, found["killed_best"].right) == (4, 0.75)
    assert found["killed_best"].gap == 0.05
    assert found["incident"].bins[0].right == 1.0


def test_bins_are_tenths() -> None:
    found = summed([(0.1, False), (0.19, True), (1.0, True), (0.3, False)])
    assert [(b.low, b.n) for b in found.bins] == [(0.1, 2), (0.3, 1), (0.9, 1)]
