"""Files into an index, and what the terminal shows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpus import Article, ArticleError, find_articles, read_article
from embeddings import load_encoder
from qa.assistant import build_index
from qa.indexer import IndexReport
from qa.interfaces import terminal


def index_files(paths: Sequence[Path], folder: Path, model: str | None = None) -> bool:
    """Index the files that can be read and say why the others cannot, with a progress bar.

    Returns:
        Whether nothing failed. Without anything to read, no index is made.

    Raises:
        KeyboardInterrupt: Ctrl-C; what was committed before is kept, and the user was told so.
        StoreError, ModelError: the folder or the model cannot be used.
    """
    found = find_articles(paths)
    failures = [failed.error for failed in found.failures]
    report = IndexReport()
    try:
        if found.paths:
            with terminal.progress(len(found.paths)) as advance:
                report = build_index(
                    folder,
                    _read_all(found.paths, failures, advance),
                    encoder=load_encoder(model) if model else None,
                    progress=lambda article_id: advance(),
                )
    except KeyboardInterrupt:
        terminal.warn("what was committed is kept; run the same command again to go on")
        raise
    failures += [error for _, error in report.failed]
    terminal.print_report(folder, report, failures, found.skipped)
    return not failures


def _read_all(
    paths: Sequence[Path], failures: list[ArticleError], advance: Callable[[], None]
) -> Iterator[Article]:
    """Read one article after the other; add to `failures` those that cannot be read."""
    first_with: dict[str, Path] = {}
    for path in paths:
        try:
            loaded = read_article(path)
        except ArticleError as error:
            failures.append(error)
            advance()
            continue
        for warning in loaded.warnings:
            terminal.warn(f"{path}: {warning}")
        other = first_with.setdefault(loaded.article.id, path)
        if other != path:
            same = f"the id {loaded.article.id!r} of {other} and takes its place"
            terminal.warn(f"{path} has {same}; give it an id of its own")
        yield loaded.article
