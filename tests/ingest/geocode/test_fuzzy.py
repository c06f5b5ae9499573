"""How alike two spellings are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.geocode.fuzzy import ACCEPT, OFFER, similarity

keys = st.text(alphabet="abcdefghiklmnoqrstuwyz ", min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("one", "other"),
    [("miran shah", "miranshah"), ("qandahar", "kandahar"), ("khuzdar", "khuzdaar"),
     ("maiduguri", "maidugury")],
)  # fmt: skip
def test_variants_are_accepted(one: str, other: str) -> None:
    assert similarity(one, other) >= ACCEPT


def test_a_different_place_is_only_offered() -> None:
    assert OFFER <= similarity("razmak", "ramak") < ACCEPT
    assert similarity("quetta", "karachi") < OFFER


@settings(deadline=None)
@given(keys, keys)
def test_similarity_is_symmetric(one: str, other: str) -> None:
    assert similarity(one, other) == pytest.approx(similarity(other, one))
    assert 0 <= similarity(one, other) <= 100
