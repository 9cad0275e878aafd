"""What became of each file: for the terminal in numbers, for programs in a file."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus import Article, ArticleError, FoundArticles, LoadedArticle
from qa.indexer import IndexReport

_NUMBER = re.compile(r"\d[\d,.]*")
_MAX_REASON_CHARS = 120


@dataclass(slots=True, kw_only=True)
class SourceRecord:
    """What was read from one file or address."""

    name: str
    articles: list[dict[str, Any]] = field(default_factory=list)
    errors: list[ArticleError] = field(default_factory=list)

    def add(self, loaded: LoadedArticle) -> None:
        """Note an article, without its text."""
        self.articles.append(_facts(loaded.article) | {"warnings": list(loaded.warnings)})


def _facts(article: Article) -> dict[str, Any]:
    facts = {name: getattr(article, name) for name in ("id", "title", "outlet", "published")}
    return facts | {
        "chars": len(article.text),
        "set_aside_chars": sum(mark.span.end - mark.span.start for mark in article.marks),
        **{k: v for k, v in article.metadata.items() if k.endswith(("_from", "_sure"))},
    }


def write_report(
    path: Path, records: Sequence[SourceRecord], found: FoundArticles, report: IndexReport
) -> None:
    """Write one JSON object for each file, on a line of its own, in the order of reading.

    Raises:
        OSError: it cannot be written.
    """
    with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
        for line in _lines(records, found, report):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _lines(
    records: Sequence[SourceRecord], found: FoundArticles, report: IndexReport
) -> Iterator[dict[str, Any]]:
    outcomes = _outcomes(report)
    reasons = {article_id: str(error) for article_id, error in report.failed}
    for record in records:
        for article in record.articles:
            article["outcome"] = outcomes.get(article["id"], "not indexed")
            if article["id"] in reasons:
                article["reason"] = reasons[article["id"]]
        yield {
            "file": record.name,
            "outcome": "read" if record.articles else "refused",
            "reasons": [str(error) for error in record.errors],
            "articles": record.articles,
        }
    for failed in found.failures:
        yield {"file": str(failed.path), "outcome": "refused", "reasons": [str(failed.error)]}
    for left_out in found.left_out:
        yield {"file": str(left_out), "outcome": "left out", "reasons": ["a file of another kind"]}


def _outcomes(report: IndexReport) -> dict[str, str]:
    ids = {
        "added": report.added,
        "replaced": report.replaced,
        "unchanged": report.unchanged,
        "failed": [article_id for article_id, _ in report.failed],
    }
    return {article_id: outcome for outcome, listed in ids.items() for article_id in listed}


def counted(
    folder: Path, report: IndexReport, failures: Sequence[ArticleError], left_out: int
) -> dict[str, Any]:
    """Return how many articles went which way, and why some failed, for programs."""
    return {
        "index": str(folder),
        "added": len(report.added),
        "unchanged": len(report.unchanged),
        "replaced": len(report.replaced),
        "removed": len(report.removed),
        "failed": len(failures),
        "left_out": left_out,
        "failures": [str(error) for error in failures],
    }


def reasons(failures: Sequence[ArticleError]) -> list[tuple[str, int]]:
    """Count failures by what they have in common: their reason without names and numbers."""
    return Counter(_reason(str(error)) for error in failures).most_common()


def _reason(message: str) -> str:
    words = message.partition(". ")[0].split()
    plain = " ".join(word for word in words if "/" not in word and not _is_file_name(word))
    return _NUMBER.sub("…", plain)[:_MAX_REASON_CHARS]


def _is_file_name(word: str) -> bool:
    stem, dot, suffix = word.strip(",:").rpartition(".")
    return bool(stem and dot) and suffix.isalnum() and len(suffix) <= 8
