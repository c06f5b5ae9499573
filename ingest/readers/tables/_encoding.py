"""Bytes of a text file as UTF-8, a block of whole lines at a time, whatever it is written in.

Nothing is lost: a line that is not in the file's encoding is read as windows-1252 (bytes that
even this does not know, as latin-1), and counted.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from geodata.errors import InputError

BLOCK = 4_000_000
"""Bytes read at a time: what is parsed at once."""

MAX_LINE = 16_000_000
"""Longest line in bytes; of a longer one only the beginning is kept, and its row is at fault."""

SAMPLE = 1_000_000
_KEPT = 10_000  # bytes of a line that is too long
_PRINTABLE = bytes(range(32, 127))
_HIGH_BYTES = bytes(range(128, 256))
_HIGH_RUNS = re.compile(rb"[\x80-\xff]{3,}")
_INSIDE_WORDS = re.compile(rb"(?<=[A-Za-z])[\x80-\xff](?=[A-Za-z])")
_ACCENTED = frozenset("áéíóúñçãõâêîôûàèìòùäëïöüßåæøÁÉÍÓÚÑÇÃÕÂÊÔÀÈÄÖÜÅØ")
_ODD_BYTES = bytes(byte for byte in range(1, 32) if byte < 9 or byte > 13)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_FILES = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"})
"""Python's own codecs that no file is written in; some take quadratic time."""


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines in UTF-8, without NUL; `end` is the place in the file, in bytes.

    `cut` says that it is the beginning of one line longer than `MAX_LINE`.
    """

    data: bytes
    end: int
    cut: bool = False


@dataclass(slots=True)
class Tally:
    """What a pass over the whole file found."""

    digest: str = ""
    lines: int = 0
    nulls: int = 0
    odd: list[int] = field(default_factory=list)
    """Line numbers (the first thousand) that are not in the file's encoding."""
    odd_count: int = 0
    replaced: bool = False

    def odd_line(self, line: int) -> None:
        """Count a line that is not in the file's encoding."""
        self.odd_count += 1
        if len(self.odd) < 1_000:
            self.odd.append(line)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of text in an encoding that is known."""

    path: Path
    encoding: str

    def blocks(self, tally: Tally | None = None) -> Iterator[Block]:
        """Give the text from its beginning; what is met on the way is counted in `tally`."""
        tally = Tally() if tally is None else tally
        carry, end, dropping = b"", 0, False
        for data, end in self._pieces(tally):
            if dropping:
                data = _after_line(data)  # noqa: PLW2901 - the rest of the line is passed over
                dropping = not data
            carry += data
            cut = last_line_end(carry)
            if cut:
                yield Block(self._utf8(carry[:cut], tally), end - len(carry) + cut)
                carry = carry[cut:]
            elif len(carry) > MAX_LINE:
                yield Block(self._utf8(carry[:_KEPT], tally), end, cut=True)
                carry, dropping = b"", True
        if carry:
            yield Block(self._utf8(carry, tally), end)

    def scan(self) -> Tally:
        """Read the whole file once: its digest, its lines, and what is odd in it."""
        tally = Tally()
        for _ in self.blocks(tally):
            pass
        return tally

    def _pieces(self, tally: Tally) -> Iterator[tuple[bytes, int]]:
        """Bytes in which a line ends as in ASCII, and the place in the file after them."""
        plain = _ascii_like(self.encoding)
        decoder = None if plain else codecs.getincrementaldecoder(self.encoding)("replace")
        end, digest = 0, hashlib.sha256()
        try:
            with self.path.open("rb") as file:
                while piece := file.read(BLOCK):
                    digest.update(piece)
                    if not end and plain and piece.startswith(codecs.BOM_UTF8):
                        piece = piece[3:]  # the mark is no text
                        end = 3
                    end += len(piece)
                    yield (piece if decoder is None else _decoded(decoder, piece)), end
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}") from error
        if decoder is not None:
            yield _decoded(decoder, b"", final=True), end
        tally.digest = digest.hexdigest()

    def _utf8(self, data: bytes, tally: Tally) -> bytes:
        if b"\0" in data:
            tally.nulls += data.count(b"\0")
            data = data.replace(b"\0", b"")
        if not _ascii_like(self.encoding):
            tally.replaced = tally.replaced or b"\xef\xbf\xbd" in data
        elif not data.isascii():
            data = self._converted(data, tally)
        tally.lines += line_count(data)
        return data

    def _converted(self, data: bytes, tally: Tally) -> bytes:
        try:
            text = data.decode(self.encoding)
        except UnicodeDecodeError:
            parts = []
            for number, one in enumerate(physical_lines(data), start=tally.lines + 1):
                parts.append(self._line(one, number, tally))
            return b"".join(parts)
        return data if self.encoding == "utf-8" else text.encode("utf-8", "replace")

    def _line(self, line: bytes, number: int, tally: Tally) -> bytes:
        try:
            return line.decode(self.encoding).encode("utf-8", "replace")
        except UnicodeDecodeError:
            tally.odd_line(number)
        try:
            return line.decode("cp1252").encode()
        except UnicodeDecodeError:
            return line.decode("latin-1").encode()


def physical_lines(data: bytes) -> list[bytes]:
    r"""Lines with their ends: ``\n``, ``\r`` and ``\r\n`` end one, nothing else does."""
    return data.splitlines(keepends=True)  # of bytes, Python knows these three alone


def line_count(data: bytes) -> int:
    """Count the lines; text after the last line's end is one more."""
    count = data.count(b"\n")
    if b"\r" in data:
        count += data.count(b"\r") - data.count(b"\r\n")
    return count + (bool(data) and not data.endswith((b"\n", b"\r")))


def last_line_end(data: bytes) -> int:
    r"""Place after the last line that surely ended; a final ``\r`` may be half of an end."""
    return max(data.rfind(b"\n"), data.rfind(b"\r", 0, max(len(data) - 1, 0))) + 1


def _after_line(data: bytes) -> bytes:
    ends = [at for at in (data.find(b"\n"), data.find(b"\r")) if at >= 0]
    if not ends:
        return b""
    rest = data[min(ends) :]
    return rest[2:] if rest.startswith(b"\r\n") else rest[1:]


def _decoded(decoder: codecs.IncrementalDecoder, data: bytes, *, final: bool = False) -> bytes:
    try:
        return decoder.decode(data, final).lstrip("\ufeff").encode("utf-8", "replace")
    except UnicodeError as error:
        raise InputError(f"it cannot be decoded ({error}): save it as UTF-8") from error


def _ascii_like(encoding: str) -> bool:
    """Whether a line can be told in the bytes, and decoded alone."""
    if encoding in ("utf-8", "cp1252"):
        return True
    return not encoding.startswith(("utf-7", "utf_7", "iso2022", "hz")) and (
        _PRINTABLE.decode(encoding, "replace") == _PRINTABLE.decode("ascii")
    )


def encoding_named(name: str) -> str:
    """Give Python's name of an encoding that the user named.

    Raises
    ------
    InputError
        There is none of this name, or no file is written in it.
    """
    try:
        found = codecs.lookup(name).name
        b"a".decode(found, "replace")  # "hex" and "rot13" are codecs, and no encodings
    except (LookupError, ValueError) as error:
        raise InputError(f"there is no encoding {name!r}; utf-8 and cp1252 are usual") from error
    if found.replace("-", "_") in _NO_FILES:
        raise InputError(f"no file is written in {name!r}; utf-8 and cp1252 are usual")
    return "utf-8" if found in ("utf_8_sig", "utf-8-sig", "ascii") else found


def encoding_of(path: Path) -> tuple[str, str]:
    """Tell the encoding of a file by its first bytes, and give a sentence where it was guessed.

    Raises
    ------
    InputError
        The file cannot be read, is empty, or is no text.
    """
    try:
        with path.open("rb") as file:
            sample = file.read(SAMPLE)
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}") from error
    if not sample.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise InputError("the file is empty")
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return ("utf-8" if mark == codecs.BOM_UTF8 else name), ""
    if (wide := _wide(sample)) is not None:
        return wide, f"the encoding {wide} was told by its bytes"
    odd = len(sample) - len(sample.translate(None, _ODD_BYTES))
    if odd + sample.count(b"\0") > 0.01 * len(sample) + 3:
        raise InputError("it is a binary file, not a table of text")
    name = _narrow(sample)
    return name, "" if name == "utf-8" else f"the encoding {shown(name)} was told by its bytes"


def shown(encoding: str) -> str:
    """Name of an encoding as people write it."""
    return encoding.replace("cp125", "windows-125") if encoding.startswith("cp125") else encoding


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in Western text every other byte is zero."""
    for zeros, letters, name in ((1, 0, "utf-16-le"), (0, 1, "utf-16-be")):
        high, low = data[zeros::2], data[letters::2]
        if high and high.count(0) > 0.7 * len(high) and low.count(0) < 0.1 * len(low):
            return name
    return None


def _narrow(sample: bytes) -> str:
    """UTF-8 where most lines that are no ASCII are that; windows-1252 for accents alone."""
    cut = last_line_end(sample)
    lines = [one for one in physical_lines(sample[:cut] or sample) if not one.isascii()]
    good = sum(_is_utf8(one) for one in lines)
    if 2 * good >= len(lines):
        return "utf-8"
    text = b"".join(lines)
    high = len(text) - len(text.translate(None, _HIGH_BYTES))
    if sum(map(len, _HIGH_RUNS.findall(text))) < 0.5 * high:
        return _western(text)  # accents and quotes among letters of ASCII
    from charset_normalizer import from_bytes

    guess = from_bytes(text[:32_000]).best()
    name = guess.encoding if guess else "cp1252"
    return name if _ascii_like(name) and name not in ("utf_8", "ascii") else "cp1252"


def _western(text: bytes) -> str:
    """Tell by the letters inside of words: those of old Macs and of DOS lie where windows-1252
    has dashes, quotes and signs."""
    inside = _INSIDE_WORDS.findall(text)
    scores = {
        name: sum(letter.decode(name, "replace") in _ACCENTED for letter in inside)
        for name in ("cp1252", "mac_roman", "cp850")
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > 2 * scores["cp1252"] + 3 else "cp1252"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
