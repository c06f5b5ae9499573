"""Names in other scripts than Latin: their own keys, and a transliteration to fall back on.

A name in Arabic or Cyrillic letters is compared with names in the same letters: what machines
make of them in Latin ("trbt") is no key. Where no such name is known, a transliteration is
compared with the Latin names by its consonants.
"""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

KEPT_SCRIPTS = frozenset(
    {
        "ARABIC", "CYRILLIC", "HEBREW", "DEVANAGARI", "BENGALI", "ARMENIAN", "GEORGIAN",
        "ETHIOPIC", "MYANMAR", "THAANA", "SYRIAC", "TIFINAGH", "GURMUKHI", "TAMIL", "SINHALA",
    }
)  # fmt: skip
"""Scripts of countries in conflict; names in them are kept and found as they are written."""

_ARABIC_FOLD = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ی", "ي": "ی", "ئ": "ی", "ې": "ی", "ۍ": "ی",
        "ے": "ی", "ێ": "ی", "ك": "ک", "ګ": "گ", "ڪ": "ک", "ة": "ه", "ہ": "ه", "ۀ": "ه", "ھ": "ه",
        "ە": "ه", "ؤ": "و", "ۆ": "و", "ۇ": "و", "ټ": "ٹ", "ډ": "ڈ", "ړ": "ڑ", "ڕ": "ڑ", "ڵ": "ل",
        "ڼ": "ن", "ں": "ن", "ء": None, "ـ": None, "\u200c": " ", "\u200d": None, "ۃ": "ه",
        "ё": "е", "ъ": None, "ґ": "г",
    }
)  # fmt: skip
"""Letters that keyboards and languages exchange, after their marks have been taken off."""

_ARABIC_LATIN = str.maketrans(
    {
        "ا": "a", "ب": "b", "پ": "p", "ت": "t", "ٹ": "t", "ث": "s", "ج": "j", "چ": "ch",
        "ح": "h", "خ": "kh", "د": "d", "ڈ": "d", "ذ": "z", "ر": "r", "ڑ": "r", "ز": "z",
        "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "z", "ط": "t", "ظ": "z", "ع": "a",
        "غ": "gh", "ف": "f", "ق": "q", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n",
        "و": "u", "ه": "h", "ی": "i", "څ": "ts", "ځ": "dz", "ښ": "sh", "ږ": "g", "ڤ": "v",
    }
)  # fmt: skip

_WORD = re.compile(r"[^\W\d_]+|\d+")
_LATIN_MARK = 0x250


def script_of(text: str) -> str | None:
    """Script of the first letter beyond Latin, where it is one that is kept; else None."""
    if text.isascii():
        return None
    for char in text:
        if ord(char) >= _LATIN_MARK and char.isalpha():
            script = unicodedata.name(char, "").partition(" ")[0]
            return script if script in KEPT_SCRIPTS else None
    return None


def native_fold(text: str) -> str:
    """Key of a name in its own script: words without marks, letters that are exchanged made one."""
    bare = "".join(
        char
        for char in unicodedata.normalize("NFKD", text.translate(_ARABIC_FOLD)).casefold()
        if unicodedata.category(char) not in {"Mn", "Cf"}
    )
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", bare.translate(_ARABIC_FOLD))))


def transliterated(text: str) -> str:
    """Latin spelling of a name, as good as letters alone allow ("خضدار" gives "khzdar")."""
    if script_of(text) != "ARABIC":
        return anyascii(text)
    words = []
    for word in native_fold(text).split():
        # At the start of a word, waw and yeh are consonants.
        head = {"و": "w", "ی": "y"}.get(word[0], word[0])
        words.append((head + word[1:]).translate(_ARABIC_LATIN))
    return anyascii(" ".join(words))


NATIVE_DIVISION_WORDS: dict[str, str] = {
    native_fold(word): latin
    for latin, words in {
        "province": "محافظة ولاية ولايت صوبہ استان ولایت область край провінція провинция",
        "district": "ضلع ولسوالي ولسوالی شهرستان قضاء مديرية منطقة район раион раён округ районы"
        " জেলা জিলা ज़िला जिला",
        "agency": "ایجنسی",
        "tehsil": "تحصیل ناحية",
        "town": "مدينة بلدة قرية شهر گاؤں город місто село деревня посёлок селище смт г с",
    }.items()
    for word in words.split()
}
"""Words for a kind of place in other scripts, to the English word of the same kind."""
