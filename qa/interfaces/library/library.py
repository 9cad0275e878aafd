"""The collection as visitors see and change it: list, add, remove, undo.

Nothing here knows of HTTP, and everything here blocks: `library_routes` calls it in threads. It is
the one writer of this process; other processes are kept apart by the folder's own lock.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus import Article, ArticleNotFound, IndexLocked, UnreadableArticle, Wanted
from qa.assistant import Assistant
from qa.building import build_index, remove_articles
from qa.indexer import IndexReport
from qa.interfaces.library import library_health
from qa.interfaces.library.presence import Presence
from qa.interfaces.library.trash import Trash
from qa.interfaces.library.upload_reading import (
    PASTED,
    SUFFIXES,
    Pasted,
    ReadUpload,
    checked_paste,
    read_pasted,
    read_upload,
)
from qa.interfaces.library.uploads import Gate, UploadLimits
from qa.render import source_name

WRITE_WAIT_S = 30.0
"""How long one change waits for the one before it."""

MAX_VERSIONS_KEPT = 20
"""Of a removed article, so many versions can be brought back: the newest ones."""

_SHOWN = ("id", "title", "outlet", "published", "source", "chars", "passages", "story_id", "copies")


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one file or text; a problem says where it is ("" for all of it) and why."""

    name: str
    articles: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        problems = [{"where": where, "reason": reason} for where, reason in self.problems]
        return {
            "name": self.name,
            "articles": list(self.articles),
            "warnings": list(self.warnings),
            "problems": problems,
        }


class Library:
    """The articles of an assistant's index, for visitors of the page. Safe from many threads."""

    def __init__(
        self, assistant: Assistant, data: Path, *, limits: UploadLimits | None = None
    ) -> None:
        """Keep what is in between in a data folder: uploads on their way, and what was removed."""
        self._assistant = assistant
        self._incoming = data / "incoming"
        self._incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._presence = Presence(data)
        for left_behind in self._incoming.iterdir() if self._presence.alone else ():
            left_behind.unlink()
        self._trash = Trash(data / "trash", alone=self._presence.alone)
        self._presence.let_others_in()
        self._writing = threading.Lock()
        self.limits: UploadLimits = limits or UploadLimits()
        self.gate: Gate = Gate(data, self.limits)

    # -- reading ----------------------------------------------------------------------------------

    def listing(self, wanted: Wanted) -> dict[str, Any]:
        """Return a page of the list in its JSON form."""
        page = self._assistant.listing(wanted)
        articles = [
            {name: getattr(each, name) for name in _SHOWN} | {"source": source_name(each.source)}
            for each in page.articles
        ]
        return {
            "articles": articles,
            "total": page.total,
            "page": page.page,
            "pages": page.pages,
        }

    def outlets(self) -> dict[str, Any]:
        """Return the outlets with their numbers of articles, in JSON form."""
        return {"outlets": [asdict(outlet) for outlet in self._assistant.outlets()]}

    def health(self, *, may_write: bool) -> dict[str, Any]:
        """Return how the collection is, in JSON form, with the limits of what can be added."""
        found = library_health.health(self._assistant, self.limits, may_write=may_write)
        limits = {"file_bytes": self.limits.file_bytes, "articles": self.limits.articles}
        return {**found, "limits": {**limits, "suffixes": SUFFIXES}}

    # -- adding -----------------------------------------------------------------------------------

    @contextmanager
    def incoming_file(self, suffix: str) -> Iterator[Path]:
        """Give a file that is not there yet a name of ours; it is deleted in the end."""
        path = self._incoming / f"{secrets.token_hex(16)}{suffix}"
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def add_file(self, path: Path, name: str) -> Added:
        """Add the articles of an uploaded file.

        Raises:
            UnsupportedFormat, UnreadableArticle: there is no article in it; says why.
            IndexLocked: somebody else is writing.
            StoreError, ModelError: the index cannot be written.
        """
        return self._added(name, read_upload(path, name, self.limits))

    def add_pasted(self, pasted: Pasted) -> Added:
        """Add one pasted text; raises what `add_file` does."""
        checked = checked_paste(pasted)
        with self.incoming_file(".txt") as path:
            path.write_bytes(checked.text.encode("utf-8", "replace"))
            read = read_pasted(path, checked, self.limits)
        return self._added(checked.title or PASTED, read)

    def _added(self, name: str, read: ReadUpload) -> Added:
        report = IndexReport()
        if read.articles:
            report = self._index(read.articles)
        read.problems += [("", str(error)) for _, error in report.failed]
        shown = _shown(read.articles, report)
        if not shown:
            raise UnreadableArticle(_reasons(name, read.problems))
        return Added(
            name=name,
            articles=tuple(shown),
            warnings=tuple(dict.fromkeys(read.warnings)),
            problems=tuple(read.problems),
        )

    def _index(self, articles: Sequence[Article]) -> IndexReport:
        with self._one_at_a_time():
            return build_index(self._assistant.folder, articles, encoder=self._assistant.encoder)

    # -- removing ---------------------------------------------------------------------------------

    def remove(self, article_id: str) -> dict[str, str]:
        """Remove an article with all its versions; return its title and what brings it back.

        Raises:
            ArticleNotFound: it is not there.
            IndexLocked: somebody else is writing.
            StoreError: the index cannot be read or written.
        """
        with self._one_at_a_time():
            try:
                title = self._assistant.article(article_id).title
            except ArticleNotFound:  # its message names a folder of this machine
                raise ArticleNotFound(f"There is no article {article_id[:200]!r} here.") from None
            token = self._trash.put(self._versions(article_id))
            try:
                remove_articles(self._assistant.folder, [article_id])
            except BaseException:
                self._trash.forget(token)
                raise
        return {"undo": token, "title": title}

    def undo(self, token: str) -> dict[str, Any]:
        """Bring a removed article back, with its earlier versions.

        Raises:
            ArticleNotFound: it is too late for that, or an article has its id by now.
            IndexLocked, StoreError, ModelError: the index cannot be written; try again.
        """
        versions = self._trash.versions(token)
        if not versions:
            raise ArticleNotFound("What was removed is gone by now. Add the article again.")
        current = versions[-1]
        names = [version.version for version in versions]
        there = [stored.version for stored in self._assistant.versions(current.id)]
        # Another writer may have stopped us halfway: then the first ones are there already.
        halfway = len(there) < len(names) and there[::-1] == names[: len(there)]
        if not halfway:
            self._trash.forget(token)
            raise ArticleNotFound("It is in the collection again, so nothing was brought back.")
        for version in versions[len(there) :]:  # one by one: of one batch, only the last would stay
            self._index([version])
        self._trash.forget(token)
        return {"articles": [{"id": current.id, "title": current.title, "status": "added"}]}

    def _versions(self, article_id: str) -> list[Article]:
        """Return the versions of an article, oldest first; the current one is the last."""
        named = [version.version for version in self._assistant.versions(article_id)]
        newest = list(dict.fromkeys(named))[:MAX_VERSIONS_KEPT]
        return [self._assistant.article(article_id, version=name) for name in reversed(newest)]

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        if not self._writing.acquire(timeout=WRITE_WAIT_S):
            raise IndexLocked("other articles are being added; try again when they are done")
        try:
            yield
        finally:
            self._writing.release()


def _shown(articles: Sequence[Article], report: IndexReport) -> list[dict[str, Any]]:
    """Return what became of each article that is in the index now, once each."""
    became = dict.fromkeys(report.unchanged, "unchanged")
    became |= dict.fromkeys(report.replaced, "replaced")
    became |= dict.fromkeys(report.added, "added")
    by_id = {article.id: article for article in articles if article.id in became}
    return [
        {
            "id": article.id,
            "title": article.title,
            "outlet": article.outlet,
            "published": article.published,
            "status": became[article.id],
        }
        for article in by_id.values()
    ]


def _reasons(name: str, problems: Sequence[tuple[str, str]]) -> str:
    if not problems:
        return f"{name} holds no article."
    reasons = [f"{where}: {why}" if where else why for where, why in problems]
    more = f" … and {len(reasons) - 5} more." if len(reasons) > 5 else ""
    return " ".join(reasons[:5]) + more
