"""What a page says of its article in JSON-LD, as search engines are told; often broken JSON.

Only objects of an article's type are looked at. Where a page describes several articles, it is the
one with the page's address or headline, else the first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from corpus.formats.pages.tree import Element

Values = dict[str, Any]

MAX_JSON_CHARS = 2_000_000
_MAX_DEPTH, _MAX_OBJECTS = 24, 5000
_ARTICLE_TYPE = re.compile(
    r"(?:Article|BlogPosting|Report|Review|SocialMediaPosting|ScholarlyArticle)\Z"
)
_PAGE_TYPE = re.compile(r"(?:WebPage|ItemPage)\Z")
_SITE_TYPE = re.compile(r"WebSite\Z")
_COMMENT = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|\]\]>)[\s;]*\Z"
)
_STRING_OR_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)


def find_article(root: Element, *, url: str | None, title: str | None) -> Values:
    """Return the JSON-LD object of the page's article; empty if there is none."""
    objects = [thing for script in _scripts(root) for thing in _objects(_load(script))]
    articles = [thing for thing in objects if _is_a(_ARTICLE_TYPE, thing)]
    # Without an article, the page's own object may say when it was published.
    pages = [one for one in objects if _is_a(_PAGE_TYPE, one) and "datePublished" in one]
    articles = articles or pages
    if not articles:
        return {}
    by_id = {str(thing["@id"]): thing for thing in objects if "@id" in thing and len(thing) > 1}
    chosen = max(articles, key=lambda thing: _fit(thing, url, title))
    return {key: _resolved(value, by_id) for key, value in chosen.items()}


def site_names(root: Element) -> list[str]:
    """Return what the page's JSON-LD calls the whole site."""
    objects = (thing for script in _scripts(root) for thing in _objects(_load(script)))
    names = (text_of(thing.get("name")) for thing in objects if _is_a(_SITE_TYPE, thing))
    return [name for name in names if name]


def text_of(value: Any) -> str | None:
    """Return a plain text: of a string, the first of a list, or the name of an object."""
    for _ in range(_MAX_DEPTH):
        if isinstance(value, list) and value:
            value = value[0]
        elif isinstance(value, dict):
            value = value.get("@value", value.get("name", value.get("@id")))
        else:
            break
    if not isinstance(value, str):
        return None
    return " ".join(unescape(value).split()) or None


def texts_of(value: Any) -> list[str]:
    """Return the plain texts of a value that may be one thing or a list of things."""
    values = value if isinstance(value, list) else [value]
    return [text for text in map(text_of, values[:50]) if text]


def _scripts(root: Element) -> Iterator[str]:
    for script in root.iter("script"):
        kind = (script.get("type") or "").lower()
        if "ld+json" in kind and script.text:
            yield script.text[:MAX_JSON_CHARS]


def _load(text: str) -> Any:
    """Parse JSON that may have comments around it, stray commas and raw line breaks in strings."""
    for _ in range(2):
        text = _COMMENT.sub("", text)
    text = text.strip().rstrip(";")
    for attempt in (text, _STRING_OR_COMMA.sub(lambda found: found[1] or "", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(loaded: Any) -> Iterator[Values]:
    """Yield the objects of lists and graphs, those that may be articles before their parts."""
    waiting = [(loaded, 0)]
    for _ in range(_MAX_OBJECTS):
        if not waiting:
            return
        thing, depth = waiting.pop(0)
        if depth > _MAX_DEPTH:
            continue
        if isinstance(thing, list):
            waiting += [(part, depth + 1) for part in thing[:_MAX_OBJECTS]]
        elif isinstance(thing, dict):
            yield thing
            waiting += [
                (part, depth + 1)
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "publisher", "author")
                if isinstance(part := thing.get(key), dict | list)
            ]


def _is_a(kind: re.Pattern[str], thing: Values) -> bool:
    types = thing.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and kind.search(name) for name in names[:20])


def is_article_type(name: str) -> bool:
    """Say whether a type is one of articles or of pages: an address that ends in "NewsArticle"."""
    return any(kind.search(name.strip()) for kind in (_ARTICLE_TYPE, _PAGE_TYPE, _SITE_TYPE))


def _fit(thing: Values, url: str | None, title: str | None) -> tuple[bool, bool, bool]:
    addresses: Sequence[str | None] = [
        text_of(thing.get(key)) for key in ("url", "mainEntityOfPage", "@id")
    ]
    same_page = url is not None and any(
        address and address.split("#")[0].rstrip("/") == url.rstrip("/") for address in addresses
    )
    headline = text_of(thing.get("headline")) or text_of(thing.get("name"))
    return same_page, headline is not None and headline == title, "datePublished" in thing


def _resolved(value: Any, by_id: dict[str, Values]) -> Any:
    """Return the object that a reference {"@id": …} stands for; others as they are."""
    if isinstance(value, list):
        return [_resolved(part, by_id) for part in value[:50] if not isinstance(part, list)]
    if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
        return by_id.get(str(value.get("@id")), value)
    return value
