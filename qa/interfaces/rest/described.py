"""The routes that are made elsewhere, as the document describes them: articles, health.

These functions are never called. `qa.interfaces.library` reads requests with its own hands; here
stands what it takes and answers, for FastAPI to describe. A test holds the two together.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query

from corpus.store.listing import MAX_PAGE_SIZE, MAX_QUERY_CHARS
from qa.interfaces.rest.replies import answers
from qa.interfaces.rest.told import Healthy
from qa.interfaces.rest.told_of_articles import (
    AddedTold,
    ArticleList,
    ArticleTold,
    LibraryTold,
    OutletList,
    PasteRequest,
    RemovedTold,
    RestoredTold,
    UndoRequest,
)

DESCRIBED = APIRouter(generate_unique_id_function=lambda route: route.name)
"""To be described, never to be mounted."""

_MODELS: list[Any] = [PasteRequest, UndoRequest]
_SENT_FILE = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/PasteRequest"}},
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
_SENT_UNDO = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/UndoRequest"}}},
    }
}

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[!-~]+$",
        description="Sent again with the same request within a day, it is done once only.",
    ),
]
FileName = Annotated[
    str | None,
    Header(alias="X-File-Name", description="Of a file: its name, percent-encoded. Not with JSON."),
]


@DESCRIBED.get("/v1/articles", tags=["Articles"], responses=answers(ArticleList, 304, keyed=True))
def list_articles(
    query: Annotated[
        str, Query(description=f"Words of title, outlet, id, source; {MAX_QUERY_CHARS} characters.")
    ] = "",
    outlet: Annotated[str | None, Query(description="Only articles of this outlet.")] = None,
    sort: Literal["published", "added", "title", "outlet"] = "published",
    order: Annotated[
        Literal["asc", "desc"] | None, Query(description="By day newest first, else from A to Z.")
    ] = None,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=MAX_PAGE_SIZE)] = 50,
) -> None:
    """List the articles, searched, sorted and paged."""


@DESCRIBED.post(
    "/v1/articles",
    tags=["Articles"],
    openapi_extra=_SENT_FILE,
    responses=answers(AddedTold, 408, 409, 413, 415, keyed=True),
)
def add_articles(key: Key = None, name: FileName = None) -> None:
    """Add the articles of a file, or a text; one that is there already is replaced.

    A file is sent as it is, with its name in `X-File-Name`; a text as JSON. What is answered with
    200 is committed. The same address or name with other text is a new version of that article.
    """


@DESCRIBED.post(
    "/v1/articles/undo",
    tags=["Articles"],
    openapi_extra=_SENT_UNDO,
    responses=answers(RestoredTold, 404, 408, 409, 413, 415, keyed=True),
)
def undo_removal(key: Key = None) -> None:
    """Bring a removed article back, with its earlier versions, within ten minutes."""


@DESCRIBED.get(
    "/v1/articles/{article_id:path}",
    tags=["Articles"],
    responses=answers(ArticleTold, 304, 404, keyed=True),
)
def show_article(
    article_id: str,
    version: Annotated[
        str | None, Query(description="As a citation names it; else the current one.")
    ] = None,
) -> None:
    """Show an article whole: the text that all offsets count in, its versions and copies."""


@DESCRIBED.delete(
    "/v1/articles/{article_id:path}",
    tags=["Articles"],
    responses=answers(RemovedTold, 404, 408, 409, 413, keyed=True),
)
def remove_article(article_id: str, key: Key = None) -> None:
    """Remove an article with all its versions."""


@DESCRIBED.get("/v1/outlets", tags=["Articles"], responses=answers(OutletList, 304, keyed=True))
def list_outlets() -> None:
    """List the outlets."""


@DESCRIBED.get("/v1/library", tags=["Articles"], responses=answers(LibraryTold, keyed=True))
def show_library() -> None:
    """Say how the collection is: figures, if articles can be added, what deserves attention."""


@DESCRIBED.get("/v1/health", tags=["Monitoring"], responses=answers(Healthy))
def health() -> None:
    """Say that the server answers."""


def further_models() -> list[Any]:
    """Return the models that only request bodies name."""
    return list(_MODELS)
