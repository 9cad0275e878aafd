"""Which article is this? Ids that stay the same when a source is read again.

A source's own name for an article comes first, then its address, then its place in a file: the same
address or name with another text is a new version of the same article.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from corpus.extracted import Extracted
from corpus.paths import display_path
from corpus.store.rows import ArticleSummary

_MAX_SLUG_CHARS = 60
_PLACE_BYTES = 4
_NAME_BYTES = 5
"""Longer than that of a place, so that the two are never taken for each other."""

_FROM_PLACE = re.compile(r"-([0-9a-f]{8})$")
_GLOBAL = re.compile(r"[a-z][a-z0-9+.-]*:|<?[^\s@]+@[^\s@]+>?\Z", re.I)
"""Names that mean the same article everywhere: addresses, tags, ids of messages."""

_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|cmpid|smid)=[^&]*&?", re.I)


def file_identity(real_path: Path) -> str:
    """Return what stands for a file in the ids of its articles."""
    return _digest(os.fsencode(real_path), _PLACE_BYTES)


def content_identity(data: bytes) -> str:
    """Return what stands for a file that has no place, such as an upload."""
    return _digest(data, _PLACE_BYTES)


def id_from_place(stem: str, identity: str) -> str:
    """Return the id of the one article in a file."""
    return f"{_slug(stem)}-{identity}"


def id_from_source(extracted: Extracted, identity: str, *, alone: bool) -> str | None:
    """Return the id of an article that its source names; None if it should have the file's.

    Args:
        extracted: With the source's own name for the article, or its address.
        identity: The file's.
        alone: Whether it is the only article of its file.
    """
    address = canonical_url(extracted.url) if extracted.url else None
    title = extracted.title or extracted.text[:200]
    if extracted.id and (not alone or _is_global(extracted.id)):
        # "17" means an article of this file only.
        scope = "" if _is_global(extracted.id) else identity
        return f"{_slug(title)}-{_digest(f'{scope} {extracted.id}'.encode(), _NAME_BYTES)}"
    if address:
        last = urlsplit(address).path.rstrip("/").rpartition("/")[2]
        return f"{_slug(last.partition('.')[0])}-{_digest(address.encode(), _NAME_BYTES)}"
    if alone:
        return None
    return f"{_slug(title)}-{_digest(f'{identity} {title}'.encode(), _NAME_BYTES)}"


def canonical_url(url: str) -> str:
    """Return an address without what only tells how it was reached.

    >>> canonical_url("HTTPS://News.example/a/b/?utm_source=x&id=3#top")
    'https://news.example/a/b/?id=3'
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # as in "http://[oops"
        return url.strip()
    query = _TRACKING.sub("", parts.query).rstrip("&")
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, query, ""))


def of_host(extracted: Extracted, url: str, *, alone: bool) -> Extracted:
    """Return what an address answered without names that only another host can give.

    Args:
        extracted: What was found there.
        url: The address.
        alone: Whether nothing else was found there: then it has this address, if no other.
    """
    own = url if alone else None
    return replace(
        extracted,
        url=extracted.url if _same_host(extracted.url, url) else own,
        id=extracted.id if _same_host(extracted.id, url) or not _is_global(extracted.id) else None,
    )


def _is_global(name: str | None) -> bool:
    return bool(name and _GLOBAL.match(name))


def _same_host(name: str | None, url: str) -> bool:
    try:
        hosts = [(urlsplit(each).hostname or "").removeprefix("www.") for each in (name or "", url)]
    except ValueError:
        return False
    return hosts[0] == hosts[1] != ""


def may_come_from(paths: Sequence[Path]) -> Callable[[ArticleSummary], bool]:
    """Return what says of an article if it may have been read from these files or folders.

    Its id or its source tells. Where its source gave it both, it may have come from any file.
    """
    real_paths = [Path(os.path.realpath(path)) for path in paths]
    shown = tuple(display_path(path) for path in real_paths)
    folders = tuple(path + os.sep for path in shown)
    identities = {file_identity(path) for path in real_paths}

    def may(article: ArticleSummary) -> bool:
        own_id = _FROM_PLACE.search(article.id)
        if own_id is None and not Path(article.source).is_absolute():
            return bool(paths)
        inside = article.source in shown or article.source.startswith(folders)
        return inside or (own_id is not None and own_id[1] in identities)

    return may


def _digest(data: bytes, size: int) -> str:
    return hashlib.blake2b(data, digest_size=size).hexdigest()


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_MAX_SLUG_CHARS].strip("-") or "article"
