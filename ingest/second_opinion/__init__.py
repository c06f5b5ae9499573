"""A second opinion on what the rules read: it may vote or propose, and changes no value.

Off unless the user asks for one. See docs/second_opinion.md.
"""

from ingest.second_opinion._registry import (
    OPINIONS,
    Options,
    find_opinion,
    open_opinion,
    register,
)
from ingest.second_opinion.joining import joined, opinions_of
from ingest.second_opinion.opinion import Opinion, Refusal, Remark, SecondOpinion, Verdict

__all__ = [
    "OPINIONS",
    "Opinion",
    "Options",
    "Refusal",
    "Remark",
    "SecondOpinion",
    "Verdict",
    "find_opinion",
    "joined",
    "open_opinion",
    "opinions_of",
    "register",
]
