"""The articles in LlamaIndex: a retriever of passages, and a query engine that quotes."""

from __future__ import annotations

import asyncio
from typing import Any

from corpus import ArticleFilter
from qa.adapters.missing import missing
from qa.adapters.passages import find_passages
from qa.assistant import Assistant
from qa.render import verdict
from qa.retriever import Retriever

try:
    from llama_index.core.base.base_query_engine import BaseQueryEngine
    from llama_index.core.base.response.schema import Response
    from llama_index.core.retrievers import BaseRetriever
    from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
except ModuleNotFoundError as _error:
    raise missing("llama-index", _error) from _error


class PullquoteRetriever(BaseRetriever):
    """Finds passages as nodes; `start_char_idx` and `end_char_idx` count in the whole article."""

    def __init__(
        self, retriever: Retriever, *, k: int = 10, only: ArticleFilter | None = None
    ) -> None:
        super().__init__()
        self._retriever, self._k, self._only = retriever, k, only

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = find_passages(self._retriever, query_bundle.query_str, self._k, only=self._only)
        return [_node(passage, passage["score"]) for passage in found]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class PullquoteQueryEngine(BaseQueryEngine):
    """Answers with the articles' own words; each source node is a cited sentence.

    The response's metadata hold the answer's JSON form under ``answer``. Where the articles do not
    say, the response says so and has no source node.
    """

    def __init__(
        self, assistant: Assistant, *, only: ArticleFilter | None = None, any_time: bool = False
    ) -> None:
        super().__init__(callback_manager=None)
        self._assistant, self._only, self._any_time = assistant, only, any_time

    def _query(self, query_bundle: QueryBundle) -> Response:
        question = query_bundle.query_str
        answer = self._assistant.ask(question, only=self._only, any_time=self._any_time)
        sources = [_node(citation.to_dict(), answer.confidence) for citation in answer.citations]
        return Response(
            response=verdict(answer) if answer.text is None else answer.text,
            source_nodes=sources,
            metadata={"answer": answer.to_dict()},
        )

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}


def _node(quoted: dict[str, Any], score: float) -> NodeWithScore:
    """Return a passage or a citation, in its JSON form, as a node."""
    start, end, text = quoted["start"], quoted["end"], quoted.pop("text")
    node = TextNode(
        id_=f"{quoted['article_id']}:{quoted['version']}:{start}-{end}",
        text=text,
        start_char_idx=start,
        end_char_idx=end,
        metadata=quoted,
    )
    return NodeWithScore(node=node, score=score)
