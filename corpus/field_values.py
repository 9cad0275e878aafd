"""What stands in a field of a record, made into text, dates, names and addresses."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime
from urllib.parse import urljoin, urlsplit

from corpus.decoding import clean_text
from corpus.field_paths import NAME_PARTS, one
from corpus.markdown import PlainText

_SHORT_TEXT_CHARS = 500
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|img|figure|blockquote|table|section"
    r"|article|html|body|pre|hr)\b[^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(
    r"&(?:amp|nbsp|quot|apos|lt|gt|[lr][ds]quo|[mn]dash|hellip|#\d{1,7}|#x\w{1,6});"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_BY = re.compile(r"by:?\s+", re.IGNORECASE)
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_AUTHOR_BREAK = re.compile(r"\s*[;|\n]\s*|\s+(?:and|&)\s+")
_POST = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|columnist|chief|staff|news|desk|producer|analyst"
    r"|press|photographer|contributor|bureau|agency|author|professor|university|for|of)\b",
    re.IGNORECASE,
)


def plain_text(text: str) -> PlainText:
    r"""Return a value as plain text: HTML without its tags, anything else as it stands.

    >>> plain_text("<h2>Gates</h2><p>Closed &amp; dry.</p>").text
    'Gates\n\nClosed & dry.'
    """
    if not _TAG.search(text):
        text = html.unescape(text) if _ENTITY.search(text) else text
        return PlainText(text=clean_text(text)[0].strip())
    from corpus.formats.blocks import block_text
    from corpus.formats.pages.tree import read_page

    page = read_page(clean_text(text)[0].encode(), "The text")
    found = block_text(page.root)
    return PlainText(text=found.text, headings=found.headings, warnings=page.warnings)


def short_text(value: object, max_chars: int = _SHORT_TEXT_CHARS) -> str | None:
    """Return a value as one line; None if it is no text or number, is empty, or longer."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value)[: 20 * max_chars]
    line = " ".join((plain_text(text).text if "<" in text or "&" in text else text).split())
    return clean_text(line)[0] if 0 < len(line) <= max_chars else None


def web_address(value: object, base: str = "") -> str | None:
    """Return a value that is the address of a web page, completed by `base`; None if it is none."""
    try:
        text = urljoin(base, value.strip()) if isinstance(value, str) else ""
        parts = urlsplit(text)
    except ValueError:
        return None
    is_one = parts.scheme in ("http", "https") and parts.netloc and text.isprintable()
    return text if is_one and " " not in text and len(text) <= 2000 else None


def language_tag(value: object) -> str | None:
    """Return a value such as "en_GB" as a tag, "en-GB"; None if it is none."""
    text = value.strip() if isinstance(value, str) else ""
    return text.replace("_", "-") if _LANGUAGE.fullmatch(text) else None


def read_date(value: object) -> str | None:
    """Return a date in one of the usual spellings as ISO 8601, with the zone that it gives.

    A number is taken for seconds or milliseconds since 1970 if that is between 1990 and 2100. What
    could be two days, as "03/04/2018", is None, and so is 1970-01-01, which stands for no date.

    >>> read_date("Fri, 01 Jun 2018 09:30:00 +0200"), read_date(1527845400), read_date("03/04/2018")
    ('2018-06-01T09:30:00+02:00', '2018-06-01T09:30:00+00:00', None)
    """
    text = " ".join(str(value).split()) if isinstance(value, (str, int, float)) else ""
    if re.fullmatch(r"\d{9,10}(\.\d{1,9})?|\d{12,13}", text):
        return _from_epoch(float(text))
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", text):
        return text if 1600 <= int(text[:4]) < 2200 else None
    if re.fullmatch(r"\d{14}", text):
        text = f"{text[:8]}T{text[8:]}"
    iso = _from_iso(re.sub(r" ?(?:UTC|GMT)$|(?<=\d) (?=[+-]\d\d:?\d\d$)", _zone, text))
    return iso if iso is None or (iso[:10] != "1970-01-01" and iso[:4] >= "1600") else None


def _zone(end: re.Match[str]) -> str:
    return "Z" if end[0].strip() else ""


def _from_epoch(number: float) -> str | None:
    seconds = number / 1000 if number >= 1e11 else number
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="seconds") if 1990 <= moment.year < 2100 else None


def _from_iso(text: str) -> str | None:
    try:
        is_day = len(text) <= len("2018-06-01")
        return (date if is_day else datetime).fromisoformat(text).isoformat()
    except ValueError:
        from corpus.facts.written_dates import month_and_year, written_dates

        found = {written.iso for written in written_dates(text)}
        return found.pop() if len(found) == 1 else None if found else month_and_year(text)


def author_names(value: object) -> tuple[str, ...]:
    """Return the names in a byline, a list of authors or the text of such a list.

    >>> author_names("By Ines Varga and Tom Lowe"), author_names([{"name": "Ines Varga"}])
    (('Ines Varga', 'Tom Lowe'), ('Ines Varga',))
    """
    names: list[str] = []
    for part in value[:20] if isinstance(value, list) else [value]:
        line = short_text(one(part, NAME_PARTS)) or ""
        listed = [one or two for one, two in _QUOTED.findall(line)] if line[:1] == "[" else [line]
        for text in listed:
            for name in _AUTHOR_BREAK.split(_BY.sub("", text, count=1).strip()):
                names += name.split(", ") if _is_list_of_names(name) else [name]
    return tuple(dict.fromkeys(name for name in names if any(map(str.isalpha, name))))


def _is_list_of_names(text: str) -> bool:
    """Tell "Ines Varga, Tom Lowe" from "Ines Varga, Political Editor"."""
    return not _POST.search(text) and all(
        len(name.split()) in (2, 3) and name.istitle() for name in text.split(", ")
    )
