"""Keep Python's garbage collector from going through the tables of the program again and again.

Lexicon, registry and gazetteer are hundreds of thousands of objects that live as long as the
process. The collector would visit them all in every round, which took a quarter of the time of a
batch. Reference counting frees what a document leaves behind; the collector is for cycles only.
"""

from __future__ import annotations

import gc

ALLOCATIONS = 50_000
"""Objects more than before after which the youngest are looked through; Python's own is 700."""


def set_apart() -> None:
    """Leave all objects of now out of the collector's rounds, and make the rounds rarer.

    For a process that has loaded its tables and goes on to many documents; it may be repeated.
    """
    gc.set_threshold(ALLOCATIONS, *gc.get_threshold()[1:])
    gc.collect()
    gc.freeze()
