"""How a place name is compared: folded keys, division words, display spelling.

A *fold* is what two spellings of one name share: "Khuzdār" and "KHUZDAR" fold to ``khuzdar``,
"D.I. Khan" and "D. I. Khan" to ``di khan``. It is the key of every lookup.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from geodata.gazetteer._scripts import NATIVE_DIVISION_WORDS, native_fold, script_of
from geodata.gazetteer.divisions import LINKING_WORDS, PREFIX_WORDS, SUFFIX_WORDS, word_set

_QUOTES = re.compile(r"['`´’‘ʻʼʾʿ\"“”]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_INITIALS = re.compile(r"\b(?:[a-z] )+[a-z]\b")
_ARTICLE = re.compile(r"^(?:al|an|ar|as|ash|at|ad|az|el)[ -](?=\S)")
_ROMANISED = re.compile(r"[\u0300-\u036fāēīōūȳĀĒĪŌŪḩḨḥṭţŢşŞşẕḏḑḐẏṯṟḻ‘’ʻʿʾ]")
_SEAT_OF = re.compile(r"^Markaz-e (?:Woluswali-ye|Wuluswali-ye|Hukumat-e) ")  # "seat of …"
_LONG_WORD = 6
_BY_LETTERS = {"".join(sorted(word)): word for word in reversed(SUFFIX_WORDS)}
"""Division words by their letters in order, in which a slip of the pen shows."""
_VOWELS = re.compile(r"(?<!^)[aeiouy]")

LATIN_BY_LAW = word_set("LV LT NZ TO WS PF CK RO TR MD AZ TM GB IE")
"""Countries whose own spelling has the letters that elsewhere mark a romanisation."""

NOT_ALONE = word_set(
    "north south east west northern southern eastern western central upper lower middle nord"
    " sud est ouest norte sul sur este oeste centre centro new old capital federal national 1 2"
    " 3 4"
)
"""Words that are no name once the division word is gone: "Northern Province", "Centre"."""


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Reduce a spelling to its key: lower-case words with single spaces.

    Words are ASCII, but for names in a script that is kept (`KEPT_SCRIPTS`), whose key is in it.
    """
    if not text.isascii():
        if script_of(text) is not None:
            native = native_fold(text)
            # Where only marks were of the script, the letters left have a key of their own.
            return native if script_of(native) is not None else fold(native)
        text = anyascii(_QUOTES.sub("", text))
    text = _NOT_WORD.sub(" ", _QUOTES.sub("", text).lower()).strip()
    if " " in text:
        text = _INITIALS.sub(lambda match: match[0].replace(" ", ""), text)
    return text


def split_division(words: list[str]) -> tuple[int, int, str | None]:
    """Find the words of a folded name that only say what kind of division it is.

    Returns
    -------
    start, end, word
        The core name is ``words[start:end]``; `word` is the division word ("district") or None.
    """
    if len(words) > 2 and " ".join(words[-3:]) in SUFFIX_WORDS:
        return 0, len(words) - 3, " ".join(words[-3:])
    if len(words) > 2 and " ".join(words[-2:]) in SUFFIX_WORDS:
        return 0, len(words) - 2, " ".join(words[-2:])
    last = division_word(words[-1]) if words else ""
    if len(words) > 1 and last in SUFFIX_WORDS:
        return 0, len(words) - 1, last
    if len(words) > 1 and words[0] in PREFIX_WORDS:
        start = 1
        while start < len(words) - 1 and words[start] in LINKING_WORDS:
            start += 1
        return start, len(words), words[0]
    return 0, len(words), None


def core_fold(key: str) -> tuple[str, str | None]:
    """Split a folded name: ``kech district`` gives ``kech`` and ``district``."""
    words = key.split()
    if not key.isascii():
        return _native_core(words)
    start, end, word = split_division(words)
    core = words[start:end]
    if word is None or not core or (len(core) == 1 and core[0] in NOT_ALONE):
        return key, None
    return " ".join(core), word


def _native_core(words: list[str]) -> tuple[str, str | None]:
    for position in (0, -1):
        word = NATIVE_DIVISION_WORDS.get(words[position]) if len(words) > 1 else None
        if word is not None:
            return " ".join(words[1:] if position == 0 else words[:-1]), word
    return " ".join(words), None


def without_article(key: str) -> str:
    """Drop a leading Arabic article from a folded name: ``ar raqqah`` gives ``raqqah``."""
    return _ARTICLE.sub("", key)


def display_name(name: str, country: str, *, division: bool) -> str:
    """Spell a name as an English report would: "Khuzdār District" becomes "Khuzdar".

    Scholarly romanisation marks go (they are nobody's spelling); letters of a country's own
    alphabet stay ("Boyacá", "Nariño").
    """
    if country not in LATIN_BY_LAW and _ROMANISED.search(name):
        name = anyascii(name).replace("`", "'").strip("'")
    if not division:
        return _SEAT_OF.sub("", name) or name
    words = name.split()
    folded = [fold(word).removesuffix(" e") for word in words]  # "Shahrestan-e Tabas"
    start, end, word = split_division(folded)
    core = folded[start:end]
    if word is None or not core or (len(core) == 1 and core[0] in NOT_ALONE):
        return name
    return " ".join(words[start:end])


@lru_cache(maxsize=4096)
def division_word(word: str) -> str:
    """Give the division word that a word is, or is a slip of the pen for: "Distrcit"."""
    if word in SUFFIX_WORDS or len(word) < _LONG_WORD:
        return word
    return _BY_LETTERS.get("".join(sorted(word)), word)


@lru_cache(maxsize=65536)
def skeleton(key: str) -> str:
    """Consonants of a folded name, with letters that transliterations exchange made one.

    "Qandahar" and "Kandahar", "Waziristan" and "Wazeeristan", "Noshki" and "Nushki" agree.
    """
    key = key.replace(" ", "")
    for old, new in _EXCHANGED:
        key = key.replace(old, new)
    key = _VOWELS.sub("", key).replace("h", "")
    return re.sub(r"(.)\1+", r"\1", key)


_EXCHANGED = (
    ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("zh", "j"), ("dj", "j"),
    ("tch", "ch"), ("tsch", "ch"), ("sch", "sh"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("q", "k"), ("ck", "k"), ("x", "ks"), ("v", "w"), ("c", "k"), ("z", "s"),
)  # fmt: skip
