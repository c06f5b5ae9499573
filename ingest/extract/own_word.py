"""Who speaks for an armed group, and when it says that it did it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.context import Context
from ingest.extract.parties import Party, Side
from ingest.extract.sentences import Sentence

_SAYS = (
    r"(?:said|says|announced|announces|confirmed|confirms|stated|states|claimed|claims|declared|"
    r"reported|reports|wrote|posted|boasted|acknowledged|added|insisted|maintained|told \w+|"
    r"put out a (?:statement|video)|issued a (?:statement|video|communiqu\w+)|saying|claiming)"
)
# Between a subject and its verb: an apposition, a medium, a name; never another deed.
_GAP = (
    r"(?:(?!\b(?:killed|attacked|fought|accused|blamed|denied|rejected|who|were|was|fled|after|"
    r"when|"
    r"while|against|clashed|stormed|ambushed|raided)\b)[^.;\n]){0,160}?"
)
_SELF = (
    r"\b(?:it|its|they|their|we|our|the group|the movement|the organi[sz]ation|the bombers?|"
    r"(?:soldiers|fighters|knights|lions|army|men) of the caliphate|the (?:attack|operation|"
    r"bombing|blast|"
    r"ambush|raid|action)|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|dozens of)"
    r" (?:[\w-]+ ){1,3}(?:had been|have been|were|was)|mujahideen|fighters|units|a martyrdom|"
    r"(?:\w+ )?(?:soldiers|policemen|troops|troopers|officers|enemies|occupiers|"
    r"invaders) (?:had been|were|"
    r"have been))\b"
)
_DEED = (
    r"\b(?:kill\w*|attack\w*|target\w*|struck|strik\w+|hit|ambush\w*|shell\w*|bomb(?:ed|ing)|fired|"
    r"launch\w*|carried out|conduct\w*|staged|plant\w*|detonat\w*|blew up|blown up|raid\w*|"
    r"storm\w*|"
    r"seiz\w+|captur\w+|destroy\w*|execut\w+|shot|down(?:ed|ing)|overr[au]n|repel\w*|inflict\w*|"
    r"eliminat\w*|neutrali[sz]\w*|abduct\w*|kidnap\w*|detain\w*|behind|"
    r"t(?:ook|aken) (?:control|the|full|(?-i:[A-Z]))|"
    r"responsible|suicide|martyrdom|clash\w*|fought|pass(?:ed|ing)|slipped|infiltrat\w*|penetrat\w*|punish\w*|"
    r"burn\w*|"
    r"torch\w*|sank|ramm\w+|mounted|assassinat\w+|wound\w*|injur\w*|did it|done it|expell\w+|"
    r"t(?:ook|aken) over|entered|liberat\w+|drove|driven|sabotag\w+|dropped|hurled|carrying out|"
    r"perpetrat\w+|set (?:fire|ablaze|off)|intercept\w*|"
    r"trigger\w*|explod\w*|blast\w*|assault\w*|liquidat\w*|slaughter\w*|demolish\w*)\b"
)
_NO = re.compile(
    r"\b(?:no|not|never|none|nothing|denied|denies|neither|nor|would|will|lost|losing|looking into|"
    r"investigat\w+|fabricat\w+|false|baseless|aware|rival|by (?:government|the army|state)|"
    r"against (?:it|them|its))\b",
    re.IGNORECASE,
)
_OWN_ACCOUNT = re.compile(
    rf"{_GAP}\b{_SAYS}\b(?P<body>[^.;\n]{{0,110}}?{_SELF}[^.;\n]{{0,90}}?{_DEED})", re.IGNORECASE
)
_ANAPHOR_SAYS = re.compile(
    r"\b(?:the (?:group|outfit|militia|organi[sz]ation|faction|insurgents|militants|rebels|"
    r"guerrillas|"
    r"gang|movement|separatists|jihadists|dissidents|fighters|cartel|alliance)|it|they|"
    r"(?:its|their) (?:spokes\w+|commanders?|leaders?|media (?:arm|wing|office))|"
    r"the (?:group|movement|militia|rebel)(?:'s|’s)? \w+)\b" + _OWN_ACCOUNT.pattern,
    re.IGNORECASE,
)
_AT_LAST = re.compile(
    r",\s+(?:the (?:group|outfit|militia|organi[sz]ation|faction|rebels|"
    r"insurgents|movement|alliance)|it|"
    r"its (?:spokes\w+|media \w+|commander|leader\w*))\s+(?:\w+\s+)?(?:said|announced|"
    r"claimed|stated|"
    r"confirmed|declared|reported)\b"
)
_HEAD = re.compile(r"\W*(?:the\s+)?", re.IGNORECASE)
_NO_SUBJECT = re.compile(
    r"\b(?:blam\w+|accus\w+|against|of|by|from|with|said|killed|fought|attacked|that|to|on|between|"
    r"and|targeting|hit|struck|in|suspect\w*|alleged\w*|when|after|as)\s+(?:the\s+|an?\s+)?"
    r"(?:[\w-]+\s+){0,1}$",
    re.IGNORECASE,
)
_MOUTH = re.compile(
    r"\b(?:(?:high )?command|leadership|council|directorate|bureau|"
    r"spokes\w+|statements?|message|communiqu\w+|agency|outlet|channels?|radio|arm|wing|"
    r"bulletin|"
    r"commanders?|leaders?|representatives?|pamphlets?|leaflets?|banners?|posts?|account|video|"
    r"audio|note|press release|media|website|newsletter|officials?|chief|branch|affiliate)\b"
    r"[^.;\n]{0,45}$",
    re.IGNORECASE,
)


def own_accounts(context: Context, sentence: Sentence) -> Iterator[tuple[Party, int, int]]:
    """Armed groups that tell of their own deed in a sentence, with the offsets of the words."""
    text = context.document.text
    for party in context.parties_in(sentence.start, sentence.end):
        if party.side is not Side.ARMED or not _speaks(context, sentence, party):
            continue
        m = _OWN_ACCOUNT.match(text[party.end : sentence.end])
        if m and not _NO.search(m["body"]):
            yield party, party.start, party.end + m.end()
            return
    closing = _AT_LAST.search(sentence.text)
    subject = next(iter(context.parties_in(sentence.start, sentence.end)), None)
    heads = subject is not None and _HEAD.fullmatch(text[sentence.start : subject.start])
    if closing and heads and subject and subject.named and subject.side is Side.ARMED:
        yield subject, subject.start, sentence.start + closing.end()
        return
    m = _ANAPHOR_SAYS.search(sentence.text)
    if m is None or _NO.search(m["body"]) or not _opens(sentence.text, m.start()):
        return
    at = sentence.start + m.start()
    named = [p for p in context.parties if p.end <= at and p.named and p.side is Side.ARMED]
    if named and not _other_subject(context, sentence, at):
        yield named[-1], at, sentence.start + m.end()


def _speaks(context: Context, sentence: Sentence, party: Party) -> bool:
    """Whether a group can be the subject of what follows it, or its mouthpiece can."""
    before = context.document.text[sentence.start : party.start]
    return bool(_MOUTH.search(before)) or not _NO_SUBJECT.search(before[-45:])


def _opens(sentence: str, at: int) -> bool:
    """Whether a pronoun stands at the head of its sentence or clause, as a subject does."""
    return bool(
        re.search(
            r"(?:^|[,;:—–]|\band|\bbut)\s*[\"“'‘]?(?:[A-Za-z]+(?: \w+){0,5},\s*)?$", sentence[:at]
        )
    )


def _other_subject(context: Context, sentence: Sentence, at: int) -> bool:
    """Whether an office stands before a pronoun in the sentence: "the army said it killed"."""
    return any(p.side is Side.STATE for p in context.parties_in(sentence.start, at))
