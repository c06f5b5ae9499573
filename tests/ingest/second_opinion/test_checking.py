"""Property: whatever a model says, what is taken is verbatim in the report."""

from __future__ import annotations

import json
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from ingest.second_opinion._prompt import FIELDS
from ingest.second_opinion.checking import RefusedError, checked, read_answer, target_of
from tests.ingest.second_opinion.reports import DOCUMENT, DRAFT, TEXT

SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 60)).map(
    lambda span: TEXT[span[0] : span[0] + span[1]]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
VALUES = st.fixed_dictionaries(
    {
        "field": st.sampled_from(FIELDS) | JSON,
        "value": SPANS | st.integers(0, 20) | JSON,
        "quote": SPANS | JSON,
    }
)


@given(VALUES | JSON)
def test_what_is_taken_is_verbatim_at_its_offsets(raw: object) -> None:
    try:
        one = checked(raw, DOCUMENT)
    except RefusedError:
        return
    assert one.evidence.quote
    assert TEXT[one.evidence.start : one.evidence.end] == one.evidence.quote
    if one.field in ("place", "actor1", "actor2", "perpetrator"):
        assert one.value in one.evidence.quote


@given(JSON)
def test_any_entry_has_a_target_or_is_refused(entry: object) -> None:
    try:
        target, _ = target_of(entry, [DRAFT])
    except RefusedError:
        return
    assert target in (None, DRAFT)


@given(st.text() | JSON.map(json.dumps))
def test_any_answer_is_a_list_or_refused(content: str) -> None:
    with suppress(RefusedError):
        assert isinstance(read_answer(content), list)
