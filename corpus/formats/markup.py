"""Bytes of XML and HTML to trees, safely: no entities, no network, no endless nesting.

lxml keeps of a document that is nested too deep what comes before; here that is an error, so that
nothing is lost without a word.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any

from lxml import etree

_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_ENTITIES = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))


def parse_xml(data: bytes) -> Any:
    """Return the root of an XML document. Entities of its own are neither read nor expanded.

    Raises:
        ValueError: It is not well-formed, or nested too deep.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


def parse_html(data: bytes, encoding: str | None = None) -> Any:
    """Return the root of an HTML document, of which anything is one.

    Args:
        data: The document.
        encoding: What it is encoded in; None where it says so itself.

    Raises:
        ValueError: It is empty, or nested too deep.
    """
    parser = etree.HTMLParser(encoding=encoding, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error
    if root is None:
        raise ValueError("the document is empty")
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise ValueError(parser.error_log.filter_from_fatals()[0].message)
    return root


def parse_xhtml(data: bytes) -> Any:
    """Return the root of an XHTML document; what is not well-formed is read as HTML.

    Raises:
        ValueError: It is empty, or nested too deep.
    """
    try:
        return parse_xml(_ENTITY.sub(_as_number, data))
    except ValueError:
        return parse_html(data)


def _as_number(match: re.Match[bytes]) -> bytes:
    """Return an entity of HTML as a reference by number, which XML knows without a DTD."""
    if match[1] in _XML_ENTITIES:
        return match[0]
    characters = html5.get(match[1].decode() + ";")
    return "".join(f"&#{ord(char)};" for char in characters).encode() if characters else match[0]
