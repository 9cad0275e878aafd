"""Bytes of a web page to a tree of elements: which characters they are, and how deep they nest.

A page is always read as HTML, never as XML: no entity is expanded but those of HTML, and nothing is
fetched. libxml2 stops at 256 levels; a page that nests deeper is read flat rather than cut off.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

from corpus.decoding import Decoded, clean_text, decode_text
from corpus.errors import UnreadableArticle

Element = Any
"""An element of lxml, which has no type stubs."""

_HEAD_BYTES = 4096
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{2,40})"""
)
_SAVED_FROM = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,6}\)(https?://\S{1,2000}?)\s{0,9}-->")
# Browsers read the left names as the right ones; pages are written for browsers.
_AS_BROWSERS_READ = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Where several bytes make a character, bytes that fit are no chance.
_SEVERAL_BYTES = {"gb18030", "cp932", "cp949", "big5", "big5hkscs", "euc_jp", "iso2022_jp"}
_SINGLE_BYTE = re.compile(r"cp(125\d|866|874)|iso8859-\d{1,2}|koi8-[ru]|mac-\w+")

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]{0,40})[^<>]*>")
# Of these none lies in another of them, or no page has many: they may stay in a page read flat.
_KEPT_FLAT = frozenset(
    "html head body title meta link base script style template noscript h1 h2 h3 h4 h5 h6 p br "
    "time li nav header footer aside figcaption".split()
)
_KEPT_FLATTEST = frozenset(["script", "style", "p", "br"])
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code em font i ins q s small span strong sub sup u".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A parsed page: its `html` element, the address it was saved from, and what went wrong."""

    root: Element
    saved_from: str | None = None
    warnings: tuple[str, ...] = ()


def read_page(data: bytes, name: str) -> Page:
    """Parse the bytes of a web page.

    Args:
        data: The whole file.
        name: Its name, for messages.

    Raises:
        UnreadableArticle: It is binary, or has no element and no text.
    """
    decoded = decode_page(data, name)
    root, warnings = _parse(decoded.text)
    if root is None:
        raise UnreadableArticle(f"{name} is empty: it holds no text. Save the page again.")
    saved_from = _SAVED_FROM.search(decoded.text[:_HEAD_BYTES])
    return Page(
        root=root,
        saved_from=saved_from[1] if saved_from else None,
        warnings=decoded.warnings + warnings,
    )


def decode_page(data: bytes, name: str) -> Decoded:
    """Decode the bytes of a web page: byte order mark, UTF-8, the declared encoding, a guess.

    A declared encoding counts if the bytes fit it. One of single bytes fits anything, so that text
    which is UTF-8 throughout is read as such, whatever the page says.

    Raises:
        UnreadableArticle: The content is binary.
    """
    declared = _declared_encoding(data)
    if declared is None or data.startswith(_MARKS) or _is_beyond_ascii_utf8(data, declared):
        return decode_text(data, name)
    try:
        text, _ = clean_text(data.decode(declared))
    except UnicodeDecodeError:
        return decode_text(data, name)
    # UTF-8 again, so that what is binary is refused in one place.
    checked = decode_text(text.encode(), name)
    return Decoded(text=checked.text, encoding=declared, warnings=checked.warnings)


def _declared_encoding(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_HEAD_BYTES])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    name = _AS_BROWSERS_READ.get(name, name)
    return name if name in _SEVERAL_BYTES or _SINGLE_BYTE.fullmatch(name) else None


def _is_beyond_ascii_utf8(data: bytes, declared: str) -> bool:
    if data.isascii():
        return declared != "iso2022_jp"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _parse(text: str) -> tuple[Element | None, tuple[str, ...]]:
    root, too_deep = _parse_once(text)
    for kept in (_KEPT_FLAT, _KEPT_FLATTEST):
        if not too_deep:
            break
        root, too_deep = _parse_once(_flat(text, kept))
        if not too_deep:
            return root, ("The page nests too deep and was read without its structure: check it.",)
    return root, ("The page nests too deep: a part of its text may be missing.",) * too_deep


def _parse_once(text: str) -> tuple[Element | None, bool]:
    """Return the root, and whether the parser gave up because of depth or size."""
    # Elements of lxml.html: trafilatura silently finds nothing in those of lxml.etree.
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:  # nothing but white space or comments
        root = None
    gave_up = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return root, gave_up


def _flat(text: str, kept: frozenset[str]) -> str:
    """Write containers as paragraphs: a <p> ends the one before, so nothing nests."""

    def flatten(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name in kept:
            return tag[0]
        return "" if name in _INLINE else "<p>"

    return _TAG.sub(flatten, text)
