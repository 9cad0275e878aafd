"""The adapters, inside the real frameworks: the same passages and answers as without them."""

from __future__ import annotations

import asyncio
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa import ArticleFilter, Assistant, Retriever
from tests.fakes import HashingEncoder
from tests.integration.conftest import PATIENCE_S, ROOT

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"

QUESTIONS = [
    "How much did the barrier cost?",
    "How often would the gates close?",
    "Who won the mayoral election?",
    "What is the capital of Mongolia?",
]
COURIER = ArticleFilter(outlets=["Orme Courier"])
FRAMEWORKS = {
    "langchain": "langchain_core",
    "llama_index": "llama_index",
    "haystack": "haystack",
    "gradio": "gradio",
}


@pytest.fixture
def retriever(index_folder: Path, encoder: HashingEncoder) -> Iterator[Retriever]:
    with Retriever.open(index_folder, encoder=encoder) as opened:
        yield opened


def is_verbatim(assistant: Assistant, facts: dict[str, Any], text: str) -> bool:
    article = assistant.article(facts["article_id"], version=facts["version"])
    told = (facts["title"], facts["outlet"], facts["published"])
    return (
        article.text[facts["start"] : facts["end"]] == text
        and (article.title, article.outlet, article.published) == told
    )


def test_langchain_gets_the_passages_with_their_places(
    assistant: Assistant, retriever: Retriever
) -> None:
    from qa.adapters.langchain import PullquoteRetriever

    found = PullquoteRetriever(retriever=retriever, k=3)
    for question in QUESTIONS:
        documents = found.invoke(question)
        hits = retriever.retrieve(question, 3)
        assert [d.page_content for d in documents] == [hit.passage.text for hit in hits]
        assert [d.metadata["score"] for d in documents] == [hit.score for hit in hits]
        assert all(is_verbatim(assistant, d.metadata, d.page_content) for d in documents)
    assert asyncio.run(found.ainvoke(QUESTIONS[0])) == found.invoke(QUESTIONS[0])
    narrowed = PullquoteRetriever(retriever=retriever, only=COURIER).invoke(QUESTIONS[0])
    assert {document.metadata["outlet"] for document in narrowed} == {"Orme Courier"}


def test_a_langchain_tool_answers_as_the_assistant_does(assistant: Assistant) -> None:
    from qa.adapters.langchain import answer_tool

    tool = answer_tool(assistant)
    for question in QUESTIONS:
        call = {"type": "tool_call", "id": "1", "name": tool.name, "args": {"question": question}}
        message = tool.invoke(call)
        assert message.artifact == assistant.ask(question).to_dict()
        assert message.status == "success"
    args = {"question": QUESTIONS[0], "outlets": ["Orme Courier"], "since": "2031-01-01"}
    message = tool.invoke({"type": "tool_call", "id": "1", "name": tool.name, "args": args})
    assert message.artifact == assistant.ask(QUESTIONS[0], only=COURIER).to_dict()
    refused = tool.invoke(call | {"args": {"question": " "}})
    assert refused.status == "error"
    assert "the question is empty" in refused.content


def test_llama_index_gets_nodes_that_stand_where_they_say(
    assistant: Assistant, retriever: Retriever
) -> None:
    from llama_index.core.schema import TextNode

    from qa.adapters.llama_index import PullquoteRetriever

    found = PullquoteRetriever(retriever, k=3)
    for question in QUESTIONS:
        nodes = found.retrieve(question)
        assert [node.get_content() for node in nodes] == [
            hit.passage.text for hit in retriever.retrieve(question, 3)
        ]
        for node in nodes:
            assert is_verbatim(assistant, node.metadata, node.get_content())
            article = assistant.article(node.metadata["article_id"])
            assert isinstance(node.node, TextNode)
            start, end = node.node.start_char_idx, node.node.end_char_idx
            assert article.text[start:end] == node.get_content()
    late = asyncio.run(found.aretrieve(QUESTIONS[0]))
    assert [n.node_id for n in late] == [n.node_id for n in found.retrieve(QUESTIONS[0])]
    narrowed = PullquoteRetriever(retriever, only=COURIER).retrieve(QUESTIONS[0])
    assert {node.metadata["outlet"] for node in narrowed} == {"Orme Courier"}


def test_a_llama_index_engine_answers_as_the_assistant_does(assistant: Assistant) -> None:
    from qa.adapters.llama_index import PullquoteQueryEngine

    engine = PullquoteQueryEngine(assistant)
    for question in QUESTIONS:
        response, answer = engine.query(question), assistant.ask(question)
        assert response.metadata == {"answer": answer.to_dict()}
        cited = [(n.get_content(), n.score) for n in response.source_nodes]
        assert cited == [(c.text, answer.confidence) for c in answer.citations]
        assert str(response) == (answer.text or "The articles here don’t say.")
    assert asyncio.run(engine.aquery(QUESTIONS[0])).metadata == engine.query(QUESTIONS[0]).metadata
    narrowed = PullquoteQueryEngine(assistant, only=COURIER).query(QUESTIONS[1])
    expected = assistant.ask(QUESTIONS[1], only=COURIER)
    assert narrowed.metadata == {"answer": expected.to_dict()}


def test_haystack_finds_passages_in_a_pipeline(assistant: Assistant, retriever: Retriever) -> None:
    from haystack import Pipeline

    from qa.adapters.haystack import PullquoteRetriever

    pipeline = Pipeline()
    pipeline.add_component("articles", PullquoteRetriever(retriever, top_k=3))
    for question in QUESTIONS:
        documents = pipeline.run({"articles": {"query": question}})["articles"]["documents"]
        hits = retriever.retrieve(question, 3)
        assert [d.content for d in documents] == [hit.passage.text for hit in hits]
        assert [d.score for d in documents] == [hit.score for hit in hits]
        assert all(is_verbatim(assistant, d.meta, d.content) for d in documents)
    asked = {"query": QUESTIONS[0], "only": COURIER, "top_k": 1}
    (document,) = pipeline.run({"articles": asked})["articles"]["documents"]
    assert document.meta["outlet"] == "Orme Courier"


def test_haystack_answers_count_in_the_original_article(assistant: Assistant) -> None:
    from haystack import Pipeline

    from qa.adapters.haystack import PullquoteAnswerer

    pipeline = Pipeline()
    pipeline.add_component("articles", PullquoteAnswerer(assistant))
    answered = 0
    for question in QUESTIONS:
        found = pipeline.run({"articles": {"query": question}})["articles"]
        answer = assistant.ask(question)
        assert found["answer"] == answer.to_dict()
        if answer.text is None:
            (silent,) = found["answers"]
            assert (silent.data, silent.document, silent.score) == (
                None,
                None,
                1 - answer.confidence,
            )
            continue
        assert len(found["answers"]) == len(answer.citations)
        for extracted in found["answers"]:
            answered += 1
            place, inside = extracted.document_offset, extracted.context_offset
            article = assistant.article(extracted.document.id)
            assert extracted.document.content == article.text
            assert article.text[place.start : place.end] == extracted.data
            assert extracted.context[inside.start : inside.end] == extracted.data
            assert extracted.score == answer.confidence
            assert type(extracted).from_dict(extracted.to_dict()) == extracted
    assert answered


def test_a_saved_haystack_pipeline_holds_the_folder(news_index: Path) -> None:
    from haystack import Pipeline

    from qa.adapters.haystack import PullquoteAnswerer, PullquoteRetriever

    pipeline = Pipeline()
    pipeline.add_component("passages", PullquoteRetriever(str(news_index), top_k=2))
    pipeline.add_component("answer", PullquoteAnswerer(str(news_index)))
    query = {"query": "How much did the tidal barrier cost?"}
    asked = {"passages": query, "answer": query}
    first = pipeline.run(asked)
    saved = pipeline.dumps()
    assert str(news_index) in saved
    again = Pipeline.loads(saved, allowed_modules=["qa.adapters.haystack"]).run(asked)
    assert again["answer"]["answer"] == first["answer"]["answer"]
    assert len(again["passages"]["documents"]) == 2


def called(app: Any, body: bytes, method: str = "POST", **more: str) -> tuple[str, Any]:
    """Call a WSGI application as a server does."""
    from wsgiref.util import setup_testing_defaults
    from wsgiref.validate import validator

    told: list[str] = []
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "QUERY_STRING": "",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/json",
        "wsgi.input": io.BytesIO(body),
        **more,
    }
    setup_testing_defaults(environ)

    def start_response(status: str, headers: Any, error: Any = None) -> Any:
        told.append(status)
        return lambda _: None

    reply: Any = validator(app)(environ, start_response)
    try:
        return told[0], json.loads(b"".join(reply))
    finally:
        reply.close()


def test_a_wsgi_app_answers_as_the_assistant_does(assistant: Assistant) -> None:
    from qa.adapters.wsgi import answering_app

    app = answering_app(assistant)
    for question in QUESTIONS:
        status, answer = called(app, json.dumps({"question": question}).encode())
        assert (status, answer) == (
            "200 OK",
            json.loads(json.dumps(assistant.ask(question).to_dict())),
        )
    for body in (
        b"",
        b"{",
        b"[]",
        b'{"question": 1}',
        b'{"question": "a", "history": 3}',
        b'{"question": "a", "history": "Who?"}',
        b'{"question": "a", "any_time": "yes"}',
        b"[" * 99_000,
    ):
        status, problem = called(app, body)
        assert status.startswith("422")
        assert "POST" in problem["detail"]
    assert called(app, b"", "GET")[0].startswith("422")
    assert called(app, b"{}", CONTENT_LENGTH="9999999999")[0].startswith("422")
    assert "empty" in called(app, b'{"question": " "}')[1]["detail"]


def test_every_adapter_takes_what_a_question_follows_and_passes_over_its_days(
    assistant: Assistant,
) -> None:
    from haystack import Pipeline

    from qa.adapters.haystack import PullquoteAnswerer
    from qa.adapters.langchain import answer_tool
    from qa.adapters.llama_index import PullquoteQueryEngine
    from qa.adapters.wsgi import answering_app

    asked: dict[str, Any] = {"question": "And who won it in 1999?", "history": [QUESTIONS[2]]}
    expected = assistant.ask(**asked, any_time=True).to_dict()
    assert expected != assistant.ask(**asked).to_dict()
    assert expected != assistant.ask(asked["question"], any_time=True).to_dict()
    asked["any_time"] = True
    call = {"type": "tool_call", "id": "1", "name": "ask_articles", "args": asked}
    assert answer_tool(assistant).invoke(call).artifact == expected
    _, told = called(answering_app(assistant), json.dumps(asked).encode())
    assert told == json.loads(json.dumps(expected))
    pipeline = Pipeline()
    pipeline.add_component("answerer", PullquoteAnswerer(assistant))
    given = {"query": asked["question"], "history": asked["history"], "any_time": True}
    assert pipeline.run({"answerer": given})["answerer"]["answer"] == expected
    engine = PullquoteQueryEngine(assistant, any_time=True)
    alone = assistant.ask(asked["question"], any_time=True).to_dict()
    assert engine.query(asked["question"]).metadata == {"answer": alone}


def test_a_langchain_tool_asks_some_articles_only(assistant: Assistant) -> None:
    from qa.adapters.langchain import answer_tool

    args = {"question": QUESTIONS[0], "article_ids": ["fishing"]}
    call = {"type": "tool_call", "id": "1", "name": "ask_articles", "args": args}
    expected = assistant.ask(QUESTIONS[0], only=ArticleFilter(article_ids=["fishing"]))
    assert answer_tool(assistant).invoke(call).artifact == expected.to_dict()


def test_a_gradio_app_gets_a_field_that_answers(assistant: Assistant) -> None:
    import gradio as gr

    from qa.adapters.gradio import ask_box

    async def built() -> gr.Blocks:  # outside of an event loop, Gradio makes some and leaves them
        with gr.Blocks() as demo:
            ask_box(assistant)
        return demo

    (listener,) = asyncio.run(built()).fns.values()
    assert listener.api_name == "ask_articles"
    assert listener.fn
    text, answer = listener.fn(QUESTIONS[0])
    assert answer == assistant.ask(QUESTIONS[0]).to_dict()
    assert "412 million pounds" in text
    with pytest.raises(gr.Error, match="empty"):
        listener.fn(" ")


@pytest.mark.parametrize("adapter", FRAMEWORKS)
def test_without_its_framework_an_adapter_says_what_to_install(adapter: str) -> None:
    code = f"""
import sys
sys.modules["{FRAMEWORKS[adapter]}"] = None
from qa import PullquoteError
try:
    import qa.adapters.{adapter}
except PullquoteError as error:
    print(error)
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    extra = {"gradio": "web"}.get(adapter, adapter.replace("_", "-"))
    assert f"pip install 'pullquote[{extra}]'" in run.stdout
    assert FRAMEWORKS[adapter] in run.stdout


def test_qa_imports_no_framework() -> None:
    code = "import qa, qa.adapters, sys; print(*{n.partition('.')[0] for n in sys.modules})"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(run.stdout.split()) & {*FRAMEWORKS.values(), "mcp", "pydantic"} == set()
