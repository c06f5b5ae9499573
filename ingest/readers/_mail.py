"""The wire format of mails and web archives (MIME), read so that no hostile message can hurt."""

from __future__ import annotations

import email
import email.errors
import email.policy
import re
from collections.abc import Iterator
from email.header import decode_header
from email.message import Message

from geodata.errors import InputError
from ingest.readers._source import decode, line

MAX_PARTS = 300
"""Most parts of a message that hold others."""

MAX_LINES = 1_500_000
"""Most lines; a mail of the largest size has 700,000."""

MAX_BOUNDARIES = 10_000
"""Most lines that may part one part from the next."""

MAX_STEPS = 20_000_000
"""Most lines, times the parts that may end at each of them."""

_MAX_HEADER = 5_000
_NESTING = re.compile(rb"content-type:\s{0,9}(?:multipart|message)/", re.IGNORECASE)
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, email.errors.MessageError)
"""What the standard library raises on malformed messages."""


def parse(data: bytes) -> Message:
    """Take a message apart.

    Raises
    ------
    InputError
        It has too many parts in one another, or is no message.
    """
    nested, lines = len(_NESTING.findall(data)), data.count(b"\n")
    many = lines > MAX_LINES or data.count(b"\n--") > MAX_BOUNDARIES
    if many or nested > MAX_PARTS or nested * lines > MAX_STEPS:
        raise InputError("the message has too many parts, or too many lines in them")
    try:
        return email.message_from_bytes(data, policy=email.policy.compat32)
    except (*_FAULTS, RecursionError) as error:
        raise InputError("the message cannot be taken apart") from error


def header(message: Message, name: str, limit: int = 500) -> str:
    """Give a header as one line of text, whatever its encoding; empty where it is absent."""
    wanted = name.casefold()
    raw = next((value for key, value in message.raw_items() if key.casefold() == wanted), "")
    given = str(raw)[:_MAX_HEADER].encode("utf-8", "surrogateescape")
    text = given.decode("utf-8", "replace")
    try:
        parts = decode_header(text)
    except _FAULTS:
        return line(text, limit)
    return line("".join(_words(part, charset) for part, charset in parts), limit)


def _words(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    try:
        return decode(part, charset)
    except InputError:
        return part.decode("latin-1")


def leaves(message: Message) -> Iterator[Message]:
    """Parts that hold something, in their order; a message in the message is one of them."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inside = part.get_payload()
        if kind(part).startswith("multipart/") and isinstance(inside, list):
            waiting.extend(one for one in reversed(inside) if isinstance(one, Message))
        else:
            yield part


def kind(part: Message) -> str:
    """Media type of a part, in lower case."""
    try:
        return part.get_content_type()
    except _FAULTS:
        return "application/octet-stream"


def payload(part: Message) -> bytes:
    """Bytes of a part, its transfer encoding undone."""
    inside = part.get_payload()
    try:
        if isinstance(inside, list):  # a message in the message
            return inside[0].as_bytes() if inside and isinstance(inside[0], Message) else b""
        data = part.get_payload(decode=True)
    except (*_FAULTS, RecursionError) as error:
        raise InputError("the part cannot be decoded") from error
    return data if isinstance(data, bytes) else b""


def _overlong(part: Message) -> bool:
    """Whether its headers are too long to look for parameters in: that takes quadratic time."""
    wanted = ("content-type", "content-disposition")
    pairs = part.raw_items()
    return any(key.casefold() in wanted and len(str(value)) > _MAX_HEADER for key, value in pairs)


def charset(part: Message) -> str | None:
    """Encoding that a part declares."""
    if _overlong(part):
        return None
    try:
        return part.get_content_charset()
    except _FAULTS:
        return None


def file_name(part: Message) -> str:
    """Name that a part gives its file; empty where it gives none."""
    if _overlong(part):
        return ""
    try:
        name = part.get_filename("")
        found = decode_header(str(name)[:_MAX_HEADER])
    except _FAULTS:
        return ""
    return line("".join(_words(piece, code) for piece, code in found), 300)


def attached(part: Message) -> bool:
    """Whether a part is sent along and not to be read with the message."""
    try:
        return part.get_content_disposition() == "attachment" or bool(file_name(part))
    except _FAULTS:
        return True
