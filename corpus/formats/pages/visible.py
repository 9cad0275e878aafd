"""Which elements of a page a reader does not see, as far as the page itself says it."""

from __future__ import annotations

import re
from itertools import islice

from corpus.formats.pages.tree import Element

UNSEEN = frozenset(
    "script style noscript template svg head iframe frame object embed canvas audio video map "
    "select textarea datalist noframes applet rp rt".split()
)
"""Elements that show no text of their own, or one that is no part of the page's."""

_HIDING_STYLE = re.compile(r"(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)", re.I)
_FOR_EARS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader(?:-text)?)(?:$|[\s_])"
)
_HIDERS = ("div", "section", "article", "main", "p", "span")
_MAX_PARAGRAPHS, _MAX_PIECES = 40, 40
_PARAGRAPH_CHARS = 60


def hides_paragraphs(root: Element) -> bool:
    """Say whether a page has paragraphs that are hidden until a program shows them."""
    return any(
        len("".join(islice(paragraph.itertext(), _MAX_PIECES))) >= _PARAGRAPH_CHARS
        for element in root.iter(*_HIDERS)
        if element.attrib and is_hidden(element, element.tag)
        for paragraph in islice(element.iter("p"), _MAX_PARAGRAPHS)
    )


def is_hidden(element: Element, tag: str) -> bool:
    """Say whether an element is hidden by an attribute, by its style, or from all but ears."""
    values = element.attrib
    if not values:
        return bool(tag == "dialog")
    if "hidden" in values or values.get("aria-hidden") == "true":
        return True
    if tag == "dialog" and "open" not in values:
        return True
    if _FOR_EARS.search(values.get("class", "")):
        return True
    return bool(_HIDING_STYLE.search(values.get("style", "")))
