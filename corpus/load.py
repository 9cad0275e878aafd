"""Files to articles: reading them, and saying clearly what cannot be read."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.decoding import decode_text
from corpus.errors import UnreadableArticle
from corpus.front_matter import FrontMatter, split_front_matter
from corpus.markdown import PlainText, markdown_to_text
from corpus.paths import (
    MARKDOWN_SUFFIXES,
    FailedPath,
    FoundArticles,
    cannot_open,
    check_suffix,
    display_path,
    file_mode,
    find_articles,
)
from corpus.rows import ArticleSummary
from corpus.titles import find_headline, title_from_text
from corpus.types import Article

__all__ = [
    "MAX_ARTICLE_BYTES",
    "FailedPath",
    "FoundArticles",
    "LoadedArticle",
    "find_articles",
    "may_come_from",
    "read_article",
    "read_bytes",
]

MAX_ARTICLE_BYTES = 10 * 1024 * 1024
"""A long article has 100 KB; this much is a book, or not text."""

_MAX_SLUG_CHARS = 60
_MADE_ID = re.compile(r"-([0-9a-f]{8})$")
"""How an id ends that was made from a file's path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedArticle:
    """An article, and what a person should know about how it was read."""

    article: Article
    warnings: tuple[str, ...] = ()


def read_article(path: Path) -> LoadedArticle:
    """Read one article from a text or Markdown file.

    Its id is the one in its front matter, or made from the file's name and its whole path: reading
    a file again gives the same id.

    Raises:
        ArticleNotFound: There is no such file.
        UnsupportedFormat: The file name has another suffix than the supported ones.
        UnreadableArticle: The file is no regular file, empty, binary, too large, closed to this
            user, or its front matter is broken.
    """
    name = display_path(path)
    mode = file_mode(path)
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "not a regular file"
        raise UnreadableArticle(f"{name} is {kind}. Name a file with text in it.")
    check_suffix(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_ARTICLE_BYTES + 1)
            size = max(len(data), os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise UnreadableArticle(cannot_open(name, error)) from error
    real_path = Path(os.path.realpath(path))
    _check_size(size, name)
    return _load(
        data, name, real_path, identity=_identity(real_path), source=display_path(real_path)
    )


def may_come_from(paths: Sequence[Path]) -> Callable[[ArticleSummary], bool]:
    """Return what says of an article if it may have been read from these files or folders.

    Its id or its source tells. Where the front matter gave it both, it may have come from any file.
    """
    real_paths = [Path(os.path.realpath(path)) for path in paths]
    shown = tuple(display_path(path) for path in real_paths)
    folders = tuple(path + os.sep for path in shown)
    identities = {_identity(path) for path in real_paths}

    def may(article: ArticleSummary) -> bool:
        own_id = _MADE_ID.search(article.id)
        if own_id is None and not Path(article.source).is_absolute():
            return bool(paths)
        inside = article.source in shown or article.source.startswith(folders)
        return inside or (own_id is not None and own_id[1] in identities)

    return may


def _identity(real_path: Path) -> str:
    return hashlib.blake2b(os.fsencode(real_path), digest_size=4).hexdigest()


def read_bytes(data: bytes, name: str) -> LoadedArticle:
    """Read one article from bytes, such as an upload.

    Args:
        data: The content of a file.
        name: The name of the file; only its last part counts. It is the article's source, unless
            the front matter names one.

    Returns:
        The article. Without an id in its front matter it gets one made from the name and the
        content: the same upload again is the same article, another file of that name is not.

    Raises:
        UnsupportedFormat: The name has another suffix than the supported ones.
        UnreadableArticle: The content is empty, binary or too large, or its front matter is broken.
    """
    path = Path(PurePosixPath(name.replace("\\", "/").replace("\0", "")).name)
    check_suffix(path)
    shown = display_path(path)
    _check_size(len(data), shown)
    identity = hashlib.blake2b(data, digest_size=4).hexdigest()
    return _load(data, shown, path, identity=identity, source=shown)


def _load(data: bytes, name: str, path: Path, *, identity: str, source: str) -> LoadedArticle:
    decoded = decode_text(data, name)
    if path.suffix.lower() in MARKDOWN_SUFFIXES:
        front_matter, body = split_front_matter(decoded.text, name)
        plain = markdown_to_text(body)
    else:
        front_matter, plain = FrontMatter(), PlainText(text=decoded.text)
    if not plain.text.strip():
        raise UnreadableArticle(f"{name} has no text in it. Add the article's text, or remove it.")
    article = _article(plain, front_matter, path, identity=identity, source=source)
    return LoadedArticle(
        article=article, warnings=decoded.warnings + front_matter.warnings + plain.warnings
    )


def _article(
    plain: PlainText, front_matter: FrontMatter, path: Path, *, identity: str, source: str
) -> Article:
    title, headings = front_matter.title or plain.title, plain.headings
    if title is None:
        headline = find_headline(plain.text)
        if headline is not None:
            title = headline.of(plain.text)
            if not plain.headings and plain.text[headline.end :].strip():
                headings = (headline,)
    stem = display_path(Path(path.stem))
    return Article(
        id=front_matter.id or f"{_slug(stem)}-{identity}",
        title=title or title_from_text(plain.text) or stem,
        text=plain.text,
        source=front_matter.source or source,
        published=front_matter.published,
        outlet=front_matter.outlet,
        metadata=front_matter.metadata,
        headings=headings,
    )


def _slug(stem: str) -> str:
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_MAX_SLUG_CHARS].strip("-") or "article"


def _check_size(n_bytes: int, name: str) -> None:
    if n_bytes > MAX_ARTICLE_BYTES:
        raise UnreadableArticle(
            f"{name} has {n_bytes / 1024 / 1024:.1f} MB; the limit is "
            f"{MAX_ARTICLE_BYTES // 1024 // 1024} MB. Split it into one file for each article."
        )
