"""Who only speaks of an event: the source of the words, and a side that tells of its own deed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.extract._word_pattern import part_of
from ingest.extract.deeds import still_subject
from ingest.extract.parties import Party

if TYPE_CHECKING:
    from ingest.extract.context import Context


def speaks(context: Context, party: Party, end: int) -> bool:
    """Whether a party is the source of the words: "the police said", "according to the army"."""
    text = context.document.text
    after = part_of(text, party.end, min(end, party.end + 60))
    if _COMMENTS.match(after):
        return True
    says = context.lexicon.pattern("cues.reporting").search(after)
    if says and still_subject(after[: says.start()]):
        return True
    if _DOES.match(text, party.end):
        return False  # "said Ukrainian forces had shelled …"
    before = text[max(0, party.start - 45) : party.start]
    return bool(
        re.search(
            r"\b(?:according to|said|told|by|spokes\w+ (?:for|of)|chief|statement from|"
            r"officials? of)"
            r"(?: (?:the|a|an|local|senior|district|provincial|state|regional|one|two|three|four|"
            r"several|\d+|unnamed|anonymous|retired))*\s*$",
            before,
        )
    ) and not re.search(r"\bby(?: \w+)?\s*$", before)


_COMMENTS = re.compile(
    r"\s+(?:(?:has|have|had|later|also|immediately|strongly)\s+)*(?:praised|welcomed|hailed|"
    r"applauded|"
    r"condemned|denounced|attribut(?:e|es|ed)|blam(?:e|es|ed)|accus(?:e|es|ed)|suspect(?:s|ed)?|"
    r"believ(?:e|es|ed)|think|thinks|link(?:s|ed)|linked|name[ds]|vowed|threatened|warned|promised|mourned|declined|refused|deplored|"
    r"investigat\w+|cordoned|called (?:it|the)|did not|offered|urged|pledged|rushed|arrived|"
    r"launched an? (?:investigation|inquiry|probe|search|manhunt))\b"
)
_DOES = re.compile(
    r"\s+(?:(?:members|fighters|militants|rebels|guerrillas|terrorists|soldiers|men)\s+)?(?:(?:had|have|has|later|also|then|first|again)\s+)*(?:had|have|has|were|was|are|is|would|"
    r"fired|carried|killed|struck|shot|hit|fought|fell|came|took|threw|blew|set|\w+ed)\b"
)


def speaks_of_itself(context: Context, party: Party, end: int) -> bool:
    """Whether a party tells of its own deed: "the army said its troops had …"."""
    after = context.document.text[party.end : min(end, party.end + 90)]
    return bool(
        re.match(
            r"[^.;]{0,60}?\b(?:said|says|say|claimed|announced|confirmed|reported|stated|declared)\b"
            r"[^.;]{0,30}?"
            r"\b(?:it|its|they|their|troops|forces|he)\b",
            after,
        )
    )
