"""The protocol: which tools and articles are there, a tool is called, an article is read.

What a caller can mend (an argument, a question) comes back as the tool's result with `isError` and
our message, so that a model reads it; an unknown tool or article is an error of the protocol.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeVar
from urllib.parse import quote, unquote_to_bytes

import anyio
import mcp.types as protocol
from anyio import to_thread
from mcp import MCPError
from mcp.server import Server
from pydantic import ValidationError

from corpus import Article, ArticleNotFound, ArticleSummary, PullquoteError
from corpus.store.listing import MAX_PAGE_SIZE, Wanted
from qa.assistant import Assistant
from qa.interfaces.mcp.tools import Tool, tools_of

ADDRESS = "pullquote://articles/"
MAX_AT_ONCE = 4
"""So many calls run at the same time; on two cores more would only slow each other down."""

_INSTRUCTIONS = (
    "Questions about a collection of articles are answered in the articles' own words. Quote an "
    "answer exactly, with its source. Offsets count Unicode code points of the article's text."
)
_READ_ONLY = protocol.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


def build_server(assistant: Assistant) -> Server[Any]:
    """Return a server of the protocol over one index; it reads and never writes."""
    speaker = _Speaker(assistant, tools_of(assistant))
    return Server(
        "pullquote",
        title="pullquote",
        version=_own_version(),
        instructions=_INSTRUCTIONS,
        on_list_tools=speaker.list_tools,
        on_call_tool=speaker.call_tool,
        on_list_resources=speaker.list_articles,
        on_list_resource_templates=speaker.list_templates,
        on_read_resource=speaker.read_article,
    )


def article_address(article_id: str) -> str:
    """Return the address of an article as a resource.

    >>> article_address("local/tides 1")
    'pullquote://articles/local%2Ftides%201'
    """
    return ADDRESS + quote(article_id, safe="")


class _Speaker:
    """Answers the requests of the protocol."""

    def __init__(self, assistant: Assistant, tools: dict[str, Tool]) -> None:
        self._assistant = assistant
        self._tools = tools
        self._room = anyio.CapacityLimiter(MAX_AT_ONCE)

    async def list_tools(self, _: Any, __: Any) -> protocol.ListToolsResult:
        return protocol.ListToolsResult(
            tools=[
                protocol.Tool(
                    name=name,
                    title=tool.title,
                    description=tool.description,
                    input_schema=tool.takes.model_json_schema(),
                    output_schema=tool.gives.model_json_schema(),
                    annotations=_READ_ONLY,
                )
                for name, tool in self._tools.items()
            ]
        )

    async def call_tool(
        self, _: Any, params: protocol.CallToolRequestParams
    ) -> protocol.CallToolResult:
        tool = self._tools.get(params.name)
        if tool is None:
            names = ", ".join(self._tools)
            raise _refused(f"there is no tool {params.name!r}; the tools are {names}")
        try:
            given = tool.takes.model_validate(params.arguments or {})
            reply = await self._run(lambda: tool.call(given))
        except ValidationError as error:
            return _failed(f"{params.name} cannot use its arguments: {_in_words(error)}")
        except PullquoteError as error:
            return _failed(str(error))
        except Exception:
            _log.exception("the tool %s failed", params.name)
            return _failed(f"{params.name} failed, and not by what it was given; see the log")
        return protocol.CallToolResult(
            content=[_text(reply.text)], structured_content=reply.content
        )

    async def list_articles(
        self, _: Any, params: protocol.PaginatedRequestParams | None
    ) -> protocol.ListResourcesResult:
        number = _page_number(params.cursor if params else None)
        wanted = Wanted(page=number, page_size=MAX_PAGE_SIZE)
        page = await self._told(lambda: self._assistant.listing(wanted))
        shown = page.articles if number == page.page else ()
        return protocol.ListResourcesResult(
            resources=[_resource(summary) for summary in shown],
            next_cursor=str(number + 1) if number < page.pages else None,
        )

    async def list_templates(self, _: Any, __: Any) -> protocol.ListResourceTemplatesResult:
        article = protocol.ResourceTemplate(
            uri_template=f"{ADDRESS}{{id}}",
            name="article",
            title="An article",
            description="The text of an article, by the article_id of a citation or passage.",
            mime_type="text/plain",
        )
        return protocol.ListResourceTemplatesResult(resource_templates=[article])

    async def read_article(
        self, _: Any, params: protocol.ReadResourceRequestParams
    ) -> protocol.ReadResourceResult:
        uri = str(params.uri)
        article = await self._told(lambda: self._article(uri))
        text = protocol.TextResourceContents(uri=uri, mime_type="text/plain", text=article.text)
        return protocol.ReadResourceResult(contents=[text])

    def _article(self, uri: str) -> Article:
        try:
            if not uri.startswith(ADDRESS):
                raise ValueError(uri)
            article_id = unquote_to_bytes(uri.removeprefix(ADDRESS)).decode()
        except ValueError:
            message = f"{uri!r} is no address of an article; they look like {ADDRESS}ID"
            raise ArticleNotFound(message) from None
        return self._assistant.article(article_id)

    async def _told(self, work: Callable[[], _Result]) -> _Result:
        """Do what no tool does, and tell what fails as an error of the protocol."""
        try:
            return await self._run(work)
        except ArticleNotFound as error:
            raise _refused(str(error)) from error
        except PullquoteError as error:
            raise MCPError(protocol.INTERNAL_ERROR, str(error)) from error
        except Exception as error:
            _log.exception("a request failed")
            message = "the server failed, and not by what it was given; see the log"
            raise MCPError(protocol.INTERNAL_ERROR, message) from error

    async def _run(self, work: Callable[[], _Result]) -> _Result:
        return await to_thread.run_sync(work, limiter=self._room)


def _own_version() -> str:
    try:
        return version("pullquote")
    except PackageNotFoundError:  # run from a checkout
        return ""


def _text(text: str) -> protocol.TextContent:
    return protocol.TextContent(type="text", text=text)


def _failed(message: str) -> protocol.CallToolResult:
    return protocol.CallToolResult(content=[_text(message)], is_error=True)


def _refused(message: str) -> MCPError:
    return MCPError(protocol.INVALID_PARAMS, message)


def _in_words(error: ValidationError) -> str:
    """Return what is wrong with which argument, without repeating what was sent."""
    problems = (
        f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
        for problem in error.errors(include_input=False, include_url=False, include_context=False)
    )
    return "; ".join(problems)


def _page_number(cursor: str | None) -> int:
    if cursor is None:
        return 1
    if not (cursor.isascii() and cursor.isdigit() and 0 < len(cursor) < 9 and int(cursor)):
        raise _refused(f"{cursor!r} is no cursor that was given out; begin without one")
    return int(cursor)


def _resource(summary: ArticleSummary) -> protocol.Resource:
    facts = [fact for fact in (summary.outlet, summary.published) if fact]
    return protocol.Resource(
        uri=article_address(summary.id),
        name=summary.id,
        title=summary.title or None,
        description=", ".join(facts) or None,
        mime_type="text/plain",
    )
