"""The articles in Haystack: a component that finds passages, and one that answers with quotes."""

from __future__ import annotations

from typing import Any

from corpus import ArticleFilter
from qa.adapters.missing import missing
from qa.adapters.passages import about, find_passages
from qa.assistant import Assistant
from qa.retriever import Retriever
from qa.types import Answer, Citation

try:
    from haystack import Document, component, default_to_dict
    from haystack.dataclasses import ExtractedAnswer
except ModuleNotFoundError as _error:
    raise missing("haystack", _error) from _error


@component
class PullquoteRetriever:
    """Finds passages as documents; `index` is an index folder, or a `Retriever` opened on one."""

    def __init__(self, index: str | Retriever, top_k: int = 10) -> None:
        self._index, self._top_k = index, top_k

    def warm_up(self) -> None:
        """Open the index folder."""
        if isinstance(self._index, str):
            self._index = Retriever.open(self._index)

    def to_dict(self) -> dict[str, Any]:
        """Return what a saved pipeline holds: the folder, not what was opened."""
        folder = self._index if isinstance(self._index, str) else str(self._index.folder)
        return dict(default_to_dict(self, index=folder, top_k=self._top_k))

    @component.output_types(documents=list[Document])  # type: ignore[untyped-decorator]
    def run(
        self, query: str, top_k: int | None = None, only: ArticleFilter | None = None
    ) -> dict[str, list[Document]]:
        """Find passages; `start` and `end` in their meta count in the whole article."""
        self.warm_up()
        assert isinstance(self._index, Retriever)
        found = find_passages(self._index, query, top_k or self._top_k, only=only)
        return {"documents": [_document(passage) for passage in found]}


@component
class PullquoteAnswerer:
    """Answers with quotes; `index` is an index folder, or an `Assistant` opened on one."""

    def __init__(self, index: str | Assistant) -> None:
        self._index = index

    def warm_up(self) -> None:
        """Open the index folder."""
        if isinstance(self._index, str):
            self._index = Assistant.open(self._index)

    def to_dict(self) -> dict[str, Any]:
        """Return what a saved pipeline holds: the folder, not what was opened."""
        folder = self._index if isinstance(self._index, str) else str(self._index.folder)
        return dict(default_to_dict(self, index=folder))

    @component.output_types(  # type: ignore[untyped-decorator]
        answers=list[ExtractedAnswer], answer=dict[str, Any]
    )
    def run(
        self,
        query: str,
        only: ArticleFilter | None = None,
        history: list[str] | None = None,
        any_time: bool = False,
    ) -> dict[str, Any]:
        """Answer a question: one extracted answer for each citation, and the answer's JSON form.

        `history` holds the questions asked before, oldest first; with `any_time`, days that the
        question names are passed over. `document` is the original article, and `document_offset`
        counts in it. Where the articles do not say, there is one extracted answer without data, as
        Haystack's own readers give.
        """
        self.warm_up()
        assert isinstance(self._index, Assistant)
        answer = self._index.ask(query, history=history or (), only=only, any_time=any_time)
        extracted = [_extracted(self._index, query, answer, c) for c in answer.citations]
        silent = ExtractedAnswer(query=query, score=1 - answer.confidence)
        answers = extracted if answer.text is not None else [silent]
        return {"answers": answers, "answer": answer.to_dict()}


def _document(passage: dict[str, Any]) -> Document:
    return Document(content=passage.pop("text"), score=passage.pop("score"), meta=passage)


def _extracted(
    assistant: Assistant, query: str, answer: Answer, citation: Citation
) -> ExtractedAnswer:
    article = assistant.article(citation.article_id, version=citation.version)
    span, highlight = citation.span, citation.highlight
    meta = {"article_id": article.id} | about(article)
    return ExtractedAnswer(
        query=query,
        score=answer.confidence,
        data=highlight.of(article.text),
        document=Document(id=article.id, content=article.text, meta=meta),
        context=citation.text,
        document_offset=ExtractedAnswer.Span(highlight.start, highlight.end),
        context_offset=ExtractedAnswer.Span(
            highlight.start - span.start, highlight.end - span.start
        ),
        meta={"start": span.start, "end": span.end},
    )
