"""Articles from the web, only where the operator asked for them: addresses to what they answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import (
    ArticleError,
    BadRecord,
    LoadedArticle,
    MissingExtra,
    UnreadableArticle,
    read_fetched,
)
from corpus.keeping import keeping
from corpus.originals import Originals

if TYPE_CHECKING:
    from corpus.fetching import FetchCache, Fetched
    from corpus.parsing import Parser

MEMORY = "fetched.json"
"""In the index folder: what hosts said of their articles, so that only changes are sent again."""


def is_address(argument: str) -> bool:
    """Say whether an argument of the command line is an address, not a path."""
    return argument.lower().startswith(("http://", "https://"))


class Web:
    """Reads what addresses answer. What they said is remembered when `remember` is called.

    Args:
        folder: The index.
        known: The ids of its articles: an article that is not there any more is fetched again.
        originals: Where to keep what was answered, if it is to be kept.
        warn: Called with a sentence if something of it is not.
    """

    def __init__(
        self,
        folder: Path,
        known: Collection[str],
        *,
        originals: Originals | None = None,
        warn: Callable[[str], object] = lambda message: None,
    ) -> None:
        self._originals, self._warn = originals, warn
        self._memory = folder / MEMORY
        self._articles: dict[str, list[str]] = {}
        self._cache = self._remembered(known)

    def articles(self, url: str, parser: Parser) -> Iterator[LoadedArticle | BadRecord]:
        """Yield the articles at an address, or at those that a feed or sitemap there lists.

        Raises:
            UnreadableArticle: it may not be fetched, or cannot be read.
        """
        from corpus.fetching import MEDIA_SUFFIXES, expand, fetch

        fetched = fetch(url, cache=self._cache)
        is_list = MEDIA_SUFFIXES.get(fetched.media_type) in (".xml", ".gz")
        if not fetched.not_modified and (is_list or _lists_only(fetched.data)):
            for listed in expand(url, cache=self._cache, fetched=fetched):
                yield from self._one(listed, parser)
        else:
            yield from self._read(fetched, parser)

    def _one(self, url: str, parser: Parser) -> Iterator[LoadedArticle | BadRecord]:
        """Read one of many addresses; that it cannot be read does not stop the others."""
        from corpus.fetching import fetch

        try:
            yield from self._read(fetch(url, cache=self._cache), parser)
        except ArticleError as error:
            yield BadRecord(where=url, reason=str(error))

    def _read(self, fetched: Fetched, parser: Parser) -> Iterator[LoadedArticle | BadRecord]:
        from corpus.fetching import MEDIA_SUFFIXES

        if fetched.not_modified:
            return
        suffix = MEDIA_SUFFIXES.get(fetched.media_type, ".html")
        read: list[str] = []
        self._articles[fetched.final_url] = read
        url, data = fetched.final_url, fetched.data
        articles = read_fetched(data, url, suffix, parser)
        if self._originals:
            articles = keeping(self._originals, url, lambda: data, articles, warn=self._warn)
        for found in articles:
            if isinstance(found, LoadedArticle):
                read.append(found.article.id)
            yield found

    def remember(self) -> None:
        """Write down what was said of what was read; call it when the articles are committed."""
        kept = {
            url: {"said": said, "articles": self._articles[url]}
            for url, said in self._cache.validators.items()
            if any(said) and self._articles.get(url)
        }
        with suppress(OSError):  # everything is sent again then
            self._memory.write_text(json.dumps(kept), encoding="utf-8")

    def _remembered(self, known: Collection[str]) -> FetchCache:
        try:
            from corpus.fetching import FetchCache
        except ModuleNotFoundError as error:
            how = "install it with: pip install 'pullquote[formats]'"
            raise MissingExtra(f"fetching needs the package {error.name}; {how}") from error
        cache = FetchCache()
        with suppress(OSError, ValueError, KeyError, TypeError):
            for url, kept in json.loads(self._memory.read_text(encoding="utf-8")).items():
                if set(kept["articles"]) <= set(known) and self._has_originals(kept["articles"]):
                    etag, last_modified = kept["said"]
                    cache.validators[url] = (etag, last_modified)
                    self._articles[url] = kept["articles"]
        return cache

    def _has_originals(self, article_ids: Sequence[str]) -> bool:
        """Say whether nothing need be sent again for its bytes alone."""
        return self._originals is None or self._originals.holds(article_ids)


def _lists_only(data: bytes) -> bool:
    from corpus.formats.sitemaps import is_sitemap

    try:
        return is_sitemap(data)
    except UnreadableArticle:
        return False
