"""What does an article say, in which versions is it kept, and who else carries it?"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response

from corpus import Article, ArticleNotFound, Copy, PullquoteError, is_text
from qa.interfaces.wall.problems import PROBLEM_TYPE, problem
from qa.render import source_name

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,4}")
_MAX_ADDRESS_CHARS = 2_000


class VersionLike(Protocol):
    """A stored version of an article: see `Article.version`; times are ISO 8601, in UTC."""

    @property
    def version(self) -> str: ...  # noqa: D102
    @property
    def added(self) -> str: ...  # noqa: D102
    @property
    def replaced(self) -> str | None: ...  # noqa: D102


class ArticlesLike(Protocol):
    """The part of `qa.assistant.Assistant` that the route uses."""

    def article(self, article_id: str, *, version: str | None = None) -> Article: ...  # noqa: D102
    def copies(self, article_id: str) -> Sequence[Copy]: ...  # noqa: D102
    def versions(self, article_id: str) -> Sequence[VersionLike]: ...  # noqa: D102


def article_routes(assistant: ArticlesLike) -> APIRouter:
    """Return the route ``GET /v1/articles/{id}``; `version` asks for another than the current one.

    An unknown article or version is answered with 404, as a problem (RFC 9457).
    """
    router = APIRouter()

    @router.get("/v1/articles/{article_id:path}")
    def article(request: Request, article_id: str, version: str | None = None) -> Response:
        try:
            found = _found(assistant, article_id, version)
        except ArticleNotFound:  # its message names a folder of this machine
            return _not_found(f"There is no article {article_id[:200]!r} here, or no such version.")
        content = {
            **_own_fields(found),
            **_versions(found, assistant.versions(article_id)),
            **_copies(assistant, found),
        }
        return _unless_known(request, json.dumps(content, ensure_ascii=False).encode())

    return router


def web_address(article: Article) -> str | None:
    """Return the address of an article at its publisher, if it names one that a browser may open.

    >>> web_address(Article(id="a", title="", text="", source="https://news.example/a"))
    'https://news.example/a'
    """
    named = (article.metadata.get("canonical"), article.source, article.metadata.get("url"))
    return next((address for address in named if address and _is_web_address(address)), None)


def _is_web_address(address: str) -> bool:
    if len(address) > _MAX_ADDRESS_CHARS or " " in address or not address.isprintable():
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    # A name before the host makes one address look like another.
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and "@" not in parts.netloc


def _found(assistant: ArticlesLike, article_id: str, version: str | None) -> Article:
    if version is not None and not is_text(version):
        raise ArticleNotFound(f"no article {article_id!r} in the version {version!r}")
    return assistant.article(article_id, version=version)


def _own_fields(article: Article) -> dict[str, Any]:
    fields = ("id", "title", "outlet", "published", "text", "version")
    return {
        **{field: getattr(article, field) for field in fields},
        "source": source_name(article.source),
        "address": web_address(article),
        "language": _language(article),
        "authors": _authors(article),
        "headings": [(span.start, span.end) for span in article.headings],
        "marks": [(mark.span.start, mark.span.end, mark.reason) for mark in article.marks],
    }


def _language(article: Article) -> str | None:
    tag = article.metadata.get("language", "")
    return tag.replace("_", "-") if _LANGUAGE.fullmatch(tag) else None


def _authors(article: Article) -> list[str]:
    named = article.metadata.get("authors") or article.metadata.get("author") or ""
    return [name for part in named.split(";") if (name := part.strip())]


def _versions(article: Article, stored: Sequence[VersionLike]) -> dict[str, Any]:
    """Tell each version once, newest first; a text that came back is as new as it is now."""
    added = {each.version: each.added for each in reversed(stored)}
    newest = list(dict.fromkeys(each.version for each in stored))
    current = next((each.version for each in stored if each.replaced is None), None)
    return {
        # Of an article that was removed, what is left is not out of date.
        "updated": current is not None and article.version != current,
        "versions": [
            {"version": name, "current": name == current, "added": added[name]} for name in newest
        ],
    }


def _copies(assistant: ArticlesLike, article: Article) -> dict[str, Any]:
    """Tell the copies of the current version; of an article that was removed there are none."""
    try:
        copies = assistant.copies(article.id)
    except PullquoteError:
        copies = []
    fields = ("article_id", "title", "outlet", "published", "shared", "explanation")
    named = [(article.published, article.id), *((c.published, c.article_id) for c in copies)]
    return {
        "copies": [{field: getattr(copy, field) for field in fields} for copy in copies],
        # The oldest of them; whichever it is, it names the same report.
        "story_id": min(named, key=lambda pair: (pair[0] is None, pair[0] or "", pair[1]))[1],
    }


def _unless_known(request: Request, body: bytes) -> Response:
    """Answer with the body, or with 304 to who has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    known = request.headers.get("if-none-match", "")
    tags = {each.strip().removeprefix("W/") for each in known.split(",")}
    if tags & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _not_found(detail: str) -> Response:
    body = json.dumps(problem(404, "Not Found", detail)).encode()
    return Response(body, 404, media_type=PROBLEM_TYPE)
