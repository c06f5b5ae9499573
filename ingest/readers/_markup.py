"""XML that cannot expand or fetch anything, and HTML fragments to plain text."""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import Any

from geodata.errors import InputError
from ingest.readers._source import MAX_HTML_TAGS, clean, decode

_DECLARATION = re.compile(r"\A\s*<\?xml(?P<inside>[^>]{0,300}?)\?>")
_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})[\"']")
_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_NAMED = re.compile(r"&(?P<name>[A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_TAG = re.compile(r"<[/!]?[A-Za-z][^<>]{0,5000}>|<!--")
_SPACE = re.compile(r"\s+")
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "iframe", "svg", "form"})
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure",
     "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
     "pre", "section", "table", "td", "th", "tr", "ul"}
)  # fmt: skip


def parse_xml(data: bytes) -> Any:
    """Give the root element of an XML document (an lxml element).

    Entities of its own are refused, no DTD is loaded, nothing is fetched; the named characters
    of HTML, which feeds use undeclared, are read. Small faults are mended.

    Raises
    ------
    InputError
        It is no XML, or it declares entities.
    """
    from lxml import etree

    declared = _ENCODING.match(data[:500])
    text = clean(decode(data, declared[1].decode("ascii") if declared else None))
    # Looked for in the decoded text: an unusual encoding must not hide it.
    if _ENTITY.search(text):
        raise InputError("the XML declares entities of its own, which are never expanded")
    text = _NAMED.sub(_character, _DECLARATION.sub("", text, count=1))
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError("the XML cannot be taken apart") from error
    if root is None:
        raise InputError("the XML cannot be taken apart")
    if any(fault.type_name == "ERR_RESOURCE_LIMIT" for fault in parser.error_log):
        # What stands behind the limit was not read.
        raise InputError("the XML is nested too deeply, or a text in it is too long")
    return root


def _character(match: re.Match[str]) -> str:
    name = match["name"]
    known = None if name in _OF_XML else html5.get(f"{name};")
    return "".join(f"&#{ord(one)};" for one in known) if known else match.group()


def local_name(element: Any) -> str:
    """Name of an element without its namespace, in lower case; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].casefold() if isinstance(tag, str) else ""


def plain(fragment: str) -> str:
    """Words of a text that may be HTML: blocks become paragraphs, scripts are left out."""
    if not _TAG.search(fragment):
        return clean(html.unescape(fragment))
    if fragment.count("<") > MAX_HTML_TAGS:
        return clean(html.unescape(_TAG.sub(" ", fragment)))
    return clean(_collapsed(_pieces(fragment)))


def _pieces(fragment: str) -> list[str]:
    """Text runs in their order, with line breaks of blocks between."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(clean(fragment).encode(), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:  # nothing but comments
        return []
    out: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = local_name(element)
        if event == "start":
            unseen += name in _UNSEEN
            out.append(_break(name))
            out.append("" if unseen or not element.text else _SPACE.sub(" ", element.text))
            continue
        if event == "end":
            unseen -= name in _UNSEEN
            out.append(_break(name) if name != "br" else "")
        out.append("" if unseen or not element.tail else _SPACE.sub(" ", element.tail))
    return out


def _break(name: str) -> str:
    return "\n\n" if name in _BLOCKS else "\n" if name == "br" else ""


def _collapsed(pieces: list[str]) -> str:
    lines = (" ".join(part.split()) for part in "".join(pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
