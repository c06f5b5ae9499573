"""A process that reads many documents keeps its tables out of the collector's rounds."""

from __future__ import annotations

import gc

from ingest._memory import ALLOCATIONS, set_apart


def test_what_is_loaded_is_left_out_of_the_rounds() -> None:
    before = gc.get_threshold()
    try:
        set_apart()
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold() == (ALLOCATIONS, *before[1:])
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
