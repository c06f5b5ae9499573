"""Pieces of the patterns that `dates_rules` reads: months, weekdays, parts of a day."""

from __future__ import annotations

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
    r"|JAN(?:UARY|\.)?|FEB(?:RUARY|\.)?|MAR(?:CH|\.)?|APR(?:IL|\.)?|MAY|JUNE?\.?|JULY?\.?"
    r"|AUG(?:UST|\.)?|SEPT?(?:EMBER|\.)?|OCT(?:OBER|\.)?|NOV(?:EMBER|\.)?|DEC(?:EMBER|\.)?)(?![a-z])"
)
"""A month, written with a capital: "march" and "may" are verbs."""

WHOLE_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|Sept\.?|October|November"
    r"|December)\b"
)

DAY = r"(?:3[01]|[12]\d|0?[1-9])"
ORDINAL = rf"(?<![\d.,:/-]){DAY}(?:st|nd|rd|th)?(?!\d|[.,:/]\d|[a-z%]|-[a-z])"
YEAR = (
    r"(?:1[6-9]|20)\d\d(?!\d|[.,]\d|\s?(?:hrs?|hours|h|GMT|UTC)\b)"  # not a time: "09 JUN, 2030hrs"
)

WEEKDAY = r"(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?![a-z])"
WEEKDAY_SHORT = (
    r"(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun|MON|TUES?|WEDS?|THU(?:RS?)?|FRI|SAT|SUN)\b\.?"
)

NUMBER = (
    r"(?:\d{1,3}|(?:a\s+)?couple\s+of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty)"
)

_CLOCK = r"\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|a\.m\.?|p\.m\.?|hours|GMT)?"
_MOMENT = (
    r"(?:dawn|daybreak|sunrise|dusk|sunset|nightfall|dark|midnight|midday|noon|iftar|sehri"
    rf"|{_CLOCK})"
)
_PART = r"(?:morning|afternoon|evening|night|dawn|midnight|midday|noon)"

LEAD = (
    r"(?:(?i:"
    r"(?:(?:shortly|just|soon|hours|minutes|moments)\s+)?(?:before|after|around|about|at|near|by)\s+"
    rf"(?:the\s+)?{_MOMENT}\s+(?:local\s+time\s+)?(?:late\s+)?(?:on\s+|of\s+)?"
    r"|(?:in|during|at|on|through|until)\s+the\s+(?:(?:early|late|wee|small|pre-?dawn|intervening)\s+)*"
    rf"(?:{_PART}\s+)?(?:(?:hours|half)\s+)?(?:of|on|between)?\s*"
    r"|the\s+(?:(?:early|intervening)\s+)?(?:night|morning|evening|hours)\s+(?:of|between)\s+"
    r"|(?:early|late|earlier|later|sometime|mid)[\s-]+(?:(?:in\s+the\s+)?"
    rf"{_PART}\s+)?(?:on\s+|of\s+)?(?:early\s+|late\s+)?"
    r"|overnight\s+(?:on\s+|from\s+)?"
    r"|on\s+(?:the\s+)?(?:(?:early|late|night\s+of|morning\s+of|evening\s+of)\s+)*"
    r"|between\s+|from\s+|dated\s+|since\s+"
    r"))"
)
"""What may come before a weekday or date and belongs to the evidence: "before dawn on"."""

TAIL = rf"(?i:\s+(?:early\s+|late\s+)?{_PART}\b(?!\s+(?:prayers?|mass|service|vigil)))"
"""What may come after it: "night", "early morning"."""

PLANNED = (
    r"\b(?:will|shall|would(?!-be)|(?:is|are|was|were|been)\s+due\s+to|scheduled|slated"
    r"|set\s+(?:to|for)|plans?\s+to|planning\s+to|planned\s+for|expected\s+(?:to|on)|going\s+to"
    r"|next|upcoming|coming|vow(?:s|ed)?\s+to|called?\s+for\s+an?|announced\s+an?|ahead\s+of)\b|\bdue\s*$"
)
"""Words that put the date behind them into the future."""

NEAR_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Ju[nl]|Aug|Sep|Oct|Nov|Dec"
    r"|JAN|FEB|MAR|APR|MAY|JU[NL]|AUG|SEP|OCT|NOV|DEC)"
)
NEAR_WEEKDAY = r"(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
"""What no match of a rule for months or weekdays goes without."""
