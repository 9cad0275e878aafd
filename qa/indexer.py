"""Articles into an index: passages, vectors, one commit per batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from corpus import Article, ArticleError, ArticleSummary, Entry, Members
from embeddings import Encoder
from qa.encoding import encoded
from qa.index import Index
from qa.settings import Settings

Progress = Callable[[str], None]
"""Called with the id of each article when it is done with: committed, unchanged or failed."""

Keeps = Callable[[ArticleSummary], bool]
"""Says whether an article that was not named stays."""


@dataclass(slots=True, kw_only=True)
class IndexReport:
    """What happened to each article; ids in the order they came, failures with their reason."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[tuple[str, ArticleError]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form: ids, and of what failed the reason."""
        failed = [{"id": name, "reason": str(error)} for name, error in self.failed]
        return {
            "added": list(self.added),
            "replaced": list(self.replaced),
            "unchanged": list(self.unchanged),
            "failed": failed,
            "removed": list(self.removed),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return the report that `to_dict` was made from; every failure is an `ArticleError`.

        Raises:
            ValueError: it is not the JSON form of a report; the error names the member.
        """
        members = Members(stored, "a report")
        lists = {n: list(members.texts(n)) for n in ("added", "replaced", "unchanged", "removed")}
        return cls(**lists, failed=list(members.records("failed", _failure)))

    def fail(self, article_id: str, error: ArticleError) -> None:
        """Note that an article could not be indexed."""
        self.failed.append((article_id, error))

    @property
    def changed(self) -> bool:
        """Whether the index is another than before."""
        return bool(self.added or self.replaced or self.removed)


def _failure(stored: Mapping[str, Any]) -> tuple[str, ArticleError]:
    members = Members(stored, "a failure")
    return members.one("id", str), ArticleError(members.one("reason", str))


def add_articles(
    index: Index,
    encoder: Encoder,
    articles: Iterable[Article],
    *,
    settings: Settings,
    progress: Progress = lambda article_id: None,
) -> IndexReport:
    """Add articles, or replace those whose content changed; unchanged ones cost nothing.

    Each batch is durable when its articles are reported; a run that is cut short goes on where it
    stopped. The last article wins where an id comes twice. Searches see what is done while the rest
    is on its way.

    Raises:
        ModelMismatch: the index was made with another model than `encoder`.
    """
    report = _added(index, encoder, articles, settings, progress)
    _publish(index)
    return report


def sync_articles(
    index: Index,
    encoder: Encoder,
    articles: Iterable[Article],
    *,
    settings: Settings,
    keeps: Keeps = lambda summary: False,
    progress: Progress = lambda article_id: None,
) -> IndexReport:
    """Make an index hold these articles and no others; like `add_articles`, then remove the rest.

    Additions come first, so an article that has only got another id is never missing. An article
    that failed stays as it was.

    Args:
        index: Open for writing.
        encoder: The index's.
        articles: All there shall be.
        settings: How to cut passages.
        keeps: Says of an article that was not among them that it stays all the same; asked last.
        progress: As for `add_articles`.

    Raises:
        ModelMismatch: the index was made with another model than `encoder`.
    """
    report = _added(index, encoder, articles, settings, progress)
    named = {*report.added, *report.replaced, *report.unchanged, *(i for i, _ in report.failed)}
    rest = [s.id for s in index.store.summaries() if s.id not in named and not keeps(s)]
    report.removed += index.remove(rest)
    _publish(index)
    return report


def add_again(
    index: Index, encoder: Encoder, article_ids: Iterable[str], *, settings: Settings
) -> IndexReport:
    """Cut and encode stored articles anew; searches see them after `Index.publish`.

    Raises:
        ModelMismatch: the index was made with another model than `encoder`.
    """
    index.check_model(encoder)
    stored = (index.store.article(article_id) for article_id in article_ids)
    articles = (article for article in stored if article)
    report = IndexReport()
    for batch in encoded(articles, encoder, settings, failed=report.fail):
        _commit(index, encoder, batch, report)
    return report


def _added(
    index: Index,
    encoder: Encoder,
    articles: Iterable[Article],
    settings: Settings,
    progress: Progress,
) -> IndexReport:
    """Commit what is new or changed."""
    index.check_model(encoder)
    report = IndexReport()

    def failed(article_id: str, error: ArticleError) -> None:
        report.fail(article_id, error)
        progress(article_id)

    changed = _changed(index, articles, report, progress)
    for batch in encoded(changed, encoder, settings, failed=failed):
        _commit(index, encoder, batch, report)
        index.publish_now_and_then()
        for article, _ in batch:
            progress(article.id)
    _mark_again(index, encoder, settings)
    return report


def _mark_again(index: Index, encoder: Encoder, settings: Settings) -> None:
    """Set aside what the articles that came later showed to be page furniture.

    An article of which nothing would be left stays as it is.
    """
    outdated = index.store.outdated_marks()
    for batch in encoded(outdated, encoder, settings, failed=lambda article_id, error: None):
        index.add(batch)


def _publish(index: Index) -> None:
    if not index.published():
        index.publish()


def _changed(
    index: Index, articles: Iterable[Article], report: IndexReport, progress: Progress
) -> Iterator[Article]:
    pending: set[str] = set()  # not yet committed, perhaps: the store does not know the last word
    for article in articles:
        stored = index.store.digests([article.id]).get(article.id)
        if stored == article.digest and article.id not in pending:
            report.unchanged.append(article.id)
            progress(article.id)
        else:
            pending.add(article.id)
            yield index.store.with_repeated_lines(article)


def _commit(index: Index, encoder: Encoder, batch: Sequence[Entry], report: IndexReport) -> None:
    """Commit, then report."""
    index.claim_model(encoder)
    known = index.store.digests([article.id for article, _ in batch])
    index.add(batch)
    for article, _ in batch:
        (report.replaced if article.id in known else report.added).append(article.id)
