"""The articles in LangChain: a retriever of passages, and a tool that answers with quotes."""

from __future__ import annotations

from datetime import date
from typing import Any

from corpus import ArticleFilter, PullquoteError
from qa.adapters.missing import missing
from qa.adapters.passages import find_passages
from qa.assistant import Assistant
from qa.render import render_text
from qa.retriever import Retriever

try:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.tools import StructuredTool, ToolException
except ModuleNotFoundError as _error:
    raise missing("langchain", _error) from _error

_DESCRIPTION = (
    "Answer a question with exact sentences of the articles, cited. Outlets, article_ids, since and"
    " until (ISO days, both included) narrow it to some articles; history holds the questions asked"
    " before, for a follow-up; any_time passes over days that the question names. Says so where"
    " the articles do not say."
)


class PullquoteRetriever(BaseRetriever):
    """Finds passages: their text, and where it stands (`start`, `end` in code points) as metadata.

    Example::

        retriever = PullquoteRetriever(retriever=Retriever.open("index"), k=4)
        documents = retriever.invoke("When will the barrier close?")
    """

    retriever: Retriever
    k: int = 10
    only: ArticleFilter | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        found = find_passages(self.retriever, query, self.k, only=self.only)
        return [Document(page_content=passage.pop("text"), metadata=passage) for passage in found]


def answer_tool(assistant: Assistant) -> StructuredTool:
    """Return a tool named `ask_articles` for agents.

    Its content is the answer as text with its sources; its artifact is the answer's JSON form.
    What pullquote refuses (an empty question, say) becomes the tool's content.
    """

    def ask(
        question: str,
        outlets: list[str] | None = None,
        since: date | None = None,
        until: date | None = None,
        article_ids: list[str] | None = None,
        history: list[str] | None = None,
        any_time: bool = False,
    ) -> tuple[str, dict[str, Any]]:
        try:
            only = ArticleFilter(
                outlets=outlets or (), since=since, until=until, article_ids=article_ids or ()
            )
            answer = assistant.ask(
                question,
                history=history or (),
                only=None if only.fits_all else only,
                any_time=any_time,
            )
        except PullquoteError as error:
            raise ToolException(str(error)) from error
        return render_text(answer), answer.to_dict()

    return StructuredTool.from_function(
        ask,
        name="ask_articles",
        description=_DESCRIPTION,
        response_format="content_and_artifact",
        handle_tool_error=True,
    )
