"""What do files hold? Articles, read one after the other; what fails is noted and passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from corpus import (
    Article,
    ArticleError,
    ArticleSummary,
    BadRecord,
    FieldMap,
    FoundArticles,
    LoadedArticle,
    UnreadableArticle,
    may_come_from,
    read_articles,
)
from corpus.parsing import Parser
from qa.render import one_line


class Sources:
    """Files, and whatever else holds articles, each read once; `errors` are by the source's name.

    A source fails alone: what is sound in it, and all others, are read. `fields`: see `Parser`.
    """

    def __init__(self, found: FoundArticles, *, fields: FieldMap | None = None) -> None:
        self.found = found
        self._fields = fields
        self.errors: dict[str, list[ArticleError]] = {}

    def articles(self) -> Iterator[Article]:
        """Read the articles of the files that were found."""
        with Parser(fields=self._fields) as parser:
            for path in self.found.paths:
                for loaded in self.sound(str(path), read_articles(path, parser)):
                    yield loaded.article

    def sound(
        self, name: str, source: Iterator[LoadedArticle | BadRecord]
    ) -> Iterator[LoadedArticle]:
        """Yield the articles of one source; note what could not be read."""
        try:
            for each in source:
                if isinstance(each, BadRecord):
                    problem = f"{one_line(name)}, {each.where}: {each.reason}"
                    self._note(name, UnreadableArticle(problem))
                else:
                    yield each
        except ArticleError as error:
            self._note(name, error)

    def _note(self, name: str, error: ArticleError) -> None:
        self.errors.setdefault(name, []).append(error)

    @property
    def failed(self) -> list[tuple[str, ArticleError]]:
        """What could not be read so far: paths first, then in the order of reading."""
        paths = [(str(failed.path), failed.error) for failed in self.found.failures]
        return paths + [(name, error) for name, errors in self.errors.items() for error in errors]

    def keeps(self, summary: ArticleSummary) -> bool:
        """Say whether an article's file may be one that could not be read: it stays then.

        To be asked when all has been read.
        """
        return self._may_stay(summary)

    @cached_property
    def _may_stay(self) -> Callable[[ArticleSummary], bool]:
        return may_come_from([Path(name) for name, _ in self.failed])
