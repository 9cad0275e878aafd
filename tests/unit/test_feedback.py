"""Feedback: kept once a turn, in the articles' words, and exported as a set that evaluates."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from bench.squad import read_squad, read_squad_pages
from corpus import Article, ArticleNotFound, Span
from qa import Assistant, build_index
from qa.building import remove_articles
from qa.interfaces.feedback_command import feedback as command
from qa.interfaces.kept.conversations import Conversations, TurnRecord, new_id
from qa.interfaces.kept.feedback import Feedback, Judgement, MarkedSentence
from qa.interfaces.kept.feedback_export import (
    CONTRADICTED,
    GONE,
    NO_SENTENCE,
    NOTHING_CLOSE,
    export_squad,
    squad,
)
from qa.interfaces.kept.feedback_routes import feedback_routes
from qa.types import Answer, Citation
from tests.fakes import HashingEncoder, make_article

ADA, BEN = "v:ada", "v:ben"
QUESTION = "How much did the barrier cost?"


class Shelf:
    """Articles in all their versions, by id; the last one is current."""

    def __init__(self, *articles: Article) -> None:
        self.articles = list(articles)

    def article(self, article_id: str, *, version: str | None = None) -> Article:
        for article in reversed(self.articles):
            if article.id == article_id and version in {None, article.version}:
                return article
        raise ArticleNotFound(article_id)


BARRIER = make_article(
    "🌊 It opened on Tuesday. The barrier cost 412 million pounds. Varga was there. 😀 Nobody.",
    id="barrier",
    title="Tidal / barrier opens",
    outlet="Orme Courier",
)
FERRY = make_article(
    "The ferry sank on Friday. A lifeboat saved 31.", id="ferry", title="Ferry\u202e sinks"
)


def cited(article: Article, sentence: str, words: str) -> Citation:
    start = article.text.index(sentence)
    first = article.text.index(words, start)
    return Citation(
        article_id=article.id,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        source=article.source,
        span=Span(start, start + len(sentence)),
        text=sentence,
        highlight=Span(first, first + len(words)),
        before="",
        after="",
        version=article.version,
    )


COST = cited(BARRIER, "The barrier cost 412 million pounds.", "412 million pounds")
NEAR = cited(FERRY, "A lifeboat saved 31.", "31")


def answered(citation: Citation = COST, question: str = QUESTION) -> dict[str, Any]:
    words = citation.highlight.shift(-citation.span.start).of(citation.text)
    return Answer(question=question, text=words, confidence=0.9, citations=(citation,)).to_dict()


def not_answered(*closest: Citation, question: str = QUESTION) -> dict[str, Any]:
    near = [Answer(question=question, text="x", confidence=0.1, citations=(c,)) for c in closest]
    return Answer(
        question=question, text=None, confidence=0.1, citations=(), alternatives=tuple(near)
    ).to_dict()


def record(answer: dict[str, Any] | None, asked: str = "How much?") -> TurnRecord:
    return TurnRecord(
        asked=asked, scope={}, answer=answer, notice=None, asked_at="2026-11-25T12:00:00+00:00"
    )


def marked(article: Article, sentence: str) -> MarkedSentence:
    start = article.text.index(sentence)
    end = start + len(sentence)
    return MarkedSentence(
        article_id=article.id, version=article.version, start=start, end=end, text=sentence
    )


def judgement(verdict: str = "right", **changed: Any) -> Judgement:
    fields: dict[str, Any] = {
        "turn": f"t-{new_id()}-0",
        "verdict": verdict,
        "asked": "How much?",
        "understood": QUESTION,
        "answered": True,
        "citation": COST.to_dict(),
        "sentence": None,
        "given_at": "2026-11-25T12:00:00+00:00",
    }
    return Judgement(**fields | changed)


@pytest.fixture
def conversations(tmp_path: Path) -> Iterator[Conversations]:
    kept = Conversations(tmp_path / "conversations.db")
    yield kept
    kept.close()


@pytest.fixture
def feedback(tmp_path: Path) -> Iterator[Feedback]:
    kept = Feedback(tmp_path / "feedback.db")
    yield kept
    kept.close()


@pytest.fixture
def rules() -> dict[str, bool]:
    return {"write": True, "export": False}


@pytest.fixture
def client(
    feedback: Feedback, conversations: Conversations, rules: dict[str, bool]
) -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(
        feedback_routes(
            feedback,
            conversations,
            lambda request: request.headers.get("x-visitor"),
            Shelf(BARRIER, FERRY),
            may_write=lambda _: rules["write"],
            may_export=lambda _: rules["export"],
        )
    )
    with TestClient(app, headers={"x-visitor": ADA}) as opened:
        yield opened


def turn_of(
    conversations: Conversations, answer: dict[str, Any] | None = None, visitor: str = ADA
) -> str:
    own = new_id()
    assert conversations.append(visitor, own, record(answered() if answer is None else answer)) == 0
    return f"t-{own}-0"


def conversation_of(turn: str) -> str:
    return turn[2:24]


# ---- judging over HTTP ----


def test_a_judgement_says_what_was_judged_in_the_servers_words(
    client: TestClient, conversations: Conversations
) -> None:
    turn = turn_of(conversations)
    reply = client.post("/v1/feedback", json={"turn": turn, "verdict": "right", "sentence": None})
    assert reply.status_code == 200
    row = reply.json()
    assert (row["turn"], row["verdict"], row["answered"]) == (turn, "right", True)
    assert (row["asked"], row["understood"]) == ("How much?", QUESTION)
    assert row["citation"] == COST.to_dict()
    assert row["sentence"] is None
    given = client.get("/v1/feedback", params={"conversation": conversation_of(turn)})
    assert given.json() == {"feedback": {turn: row}}


def test_the_marked_sentence_is_taken_from_the_article(
    client: TestClient, conversations: Conversations
) -> None:
    turn = turn_of(conversations)
    start = BARRIER.text.index(" Varga")
    sentence = {
        "article_id": "barrier", "version": BARRIER.version, "start": start,
        "end": start + len(" Varga was there. "), "text": "forged",
    }  # fmt: skip
    sent = {"turn": turn, "verdict": "wrong", "sentence": sentence, "citation": "forged"}
    row = client.post("/v1/feedback", json=sent).json()
    assert row["sentence"] == {
        "article_id": "barrier",
        "version": BARRIER.version,
        "start": start + 1,
        "end": start + 1 + len("Varga was there."),
        "text": "Varga was there.",
    }
    assert row["citation"] == COST.to_dict()


def test_a_second_judgement_replaces_the_first_and_delete_takes_it_back(
    client: TestClient, conversations: Conversations, feedback: Feedback
) -> None:
    turn = turn_of(conversations)
    for verdict in ("right", "wrong_source", "wrong"):
        assert (
            client.post("/v1/feedback", json={"turn": turn, "verdict": verdict}).status_code == 200
        )
    assert [row.verdict for row in feedback.rows()] == ["wrong"]
    assert client.delete("/v1/feedback", params={"turn": turn}).status_code == 200
    assert list(feedback.rows()) == []
    assert client.delete("/v1/feedback", params={"turn": turn}).status_code == 404


def test_what_came_closest_is_what_is_judged_where_nothing_was_found(
    client: TestClient, conversations: Conversations
) -> None:
    turn = turn_of(conversations, not_answered(NEAR, COST))
    row = client.post("/v1/feedback", json={"turn": turn, "verdict": "right"}).json()
    assert row["answered"] is False
    assert row["citation"] == NEAR.to_dict()


def test_nobody_judges_for_another(
    client: TestClient, conversations: Conversations, feedback: Feedback
) -> None:
    turn = turn_of(conversations, visitor=BEN)
    sent = {"turn": turn, "verdict": "right"}
    replies = [client.post("/v1/feedback", json=sent)]
    replies.append(client.post("/v1/feedback", json=sent | {"turn": f"t-{new_id()}-0"}))
    replies.append(client.post("/v1/feedback", json=sent | {"turn": turn[:-1] + "1"}))
    feedback.put(BEN, judgement(turn=turn))
    replies.append(client.delete("/v1/feedback", params={"turn": turn}))
    client.headers.pop("x-visitor")
    replies.append(client.post("/v1/feedback", json=sent))
    replies.append(client.delete("/v1/feedback", params={"turn": turn}))
    assert [reply.status_code for reply in replies] == [404] * 6
    assert len({reply.text for reply in replies}) == 1  # nor does one say that it is there
    assert client.get(f"/v1/feedback?conversation={conversation_of(turn)}").json() == {
        "feedback": {}
    }
    assert len(list(feedback.rows())) == 1


SENTENCE = {"article_id": "barrier", "version": BARRIER.version, "start": 3, "end": 9}


@pytest.mark.parametrize(
    "changed",
    [
        {"turn": None},
        {"turn": 7},
        {"turn": "t-x-0"},
        {"turn": "t-' OR 1=1 --aaaaaaaaaa-0"},
        {"verdict": None},
        {"verdict": "great"},
        {"verdict": ["wrong"]},
        {"sentence": "The barrier"},
        {"sentence": [1]},
        {"verdict": "right"},
        {"sentence": {}},
        {"sentence": SENTENCE | {"article_id": "none"}},
        {"sentence": SENTENCE | {"article_id": None}},
        {"sentence": SENTENCE | {"version": "0" * 12}},
        {"sentence": SENTENCE | {"version": 5}},
        {"sentence": SENTENCE | {"start": -1}},
        {"sentence": SENTENCE | {"start": 9}},
        {"sentence": SENTENCE | {"end": len(BARRIER.text) + 1}},
        {"sentence": SENTENCE | {"end": 10**30}},
        {"sentence": SENTENCE | {"start": True}},
        {"sentence": SENTENCE | {"start": "3"}},
        {"sentence": SENTENCE | {"end": 9.0}},
        {"sentence": SENTENCE | {"start": 1, "end": 2}},  # a blank
    ],
)
def test_what_is_no_judgement_is_refused(
    client: TestClient, conversations: Conversations, feedback: Feedback, changed: dict[str, Any]
) -> None:
    sent = {"turn": turn_of(conversations), "verdict": "wrong", "sentence": SENTENCE}
    reply = client.post("/v1/feedback", json=sent | changed)
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    assert list(feedback.rows()) == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'"x"', b"[" * 5_000])
def test_a_body_that_is_no_json_object_is_refused(client: TestClient, body: bytes) -> None:
    assert client.post("/v1/feedback", content=body).status_code == 422


def test_a_turn_without_an_answer_cannot_be_judged(
    client: TestClient, conversations: Conversations
) -> None:
    own = new_id()
    conversations.append(ADA, own, record(None))
    reply = client.post("/v1/feedback", json={"turn": f"t-{own}-0", "verdict": "right"})
    assert reply.status_code == 422


def test_where_nobody_may_judge_the_page_is_told_so(
    client: TestClient, conversations: Conversations, rules: dict[str, bool]
) -> None:
    turn = turn_of(conversations)
    rules["write"] = False
    assert client.post("/v1/feedback", json={"turn": turn, "verdict": "right"}).status_code == 403
    assert client.delete("/v1/feedback", params={"turn": turn}).status_code == 403
    assert client.get(f"/v1/feedback?conversation={conversation_of(turn)}").status_code == 403


def test_each_reader_exports_their_own_and_who_may_all(
    client: TestClient, feedback: Feedback, rules: dict[str, bool]
) -> None:
    feedback.put(ADA, judgement())
    feedback.put(BEN, judgement(understood="When did it open?"))
    reply = client.get("/v1/feedback/export")
    assert re.fullmatch(
        r'attachment; filename="feedback-\d{4}-\d\d-\d\d\.json"',
        reply.headers["content-disposition"],
    )
    assert asked(reply.json()) == [QUESTION]
    client.headers.pop("x-visitor")
    assert asked(client.get("/v1/feedback/export").json()) == []
    rules["export"] = True
    assert asked(client.get("/v1/feedback/export").json()) == [QUESTION, "When did it open?"]


def test_a_full_store_says_so_but_lets_a_judgement_be_changed(
    tmp_path: Path, conversations: Conversations
) -> None:
    kept = Feedback(tmp_path / "small.db", max_rows=2)
    rows = [judgement() for _ in range(3)]
    assert [kept.put(ADA, row) for row in rows] == [True, True, False]
    assert kept.put(ADA, replace(rows[0], verdict="wrong"))
    assert sorted(row.verdict for row in kept.rows()) == ["right", "wrong"]
    app = FastAPI()
    app.include_router(feedback_routes(kept, conversations, lambda _: ADA, Shelf(BARRIER)))
    with TestClient(app) as client:
        sent = {"turn": turn_of(conversations), "verdict": "right"}
        assert client.post("/v1/feedback", json=sent).status_code == 507
    kept.close()


# ---- the store ----


def test_feedback_survives_a_restart(tmp_path: Path) -> None:
    row = judgement("wrong", sentence=marked(BARRIER, "Varga was there."))
    for _ in range(2):
        kept = Feedback(tmp_path / "feedback.db")
        kept.put(ADA, row)
        assert list(kept.rows()) == [row]
        kept.close()


def test_more_rows_than_a_page_come_back_in_order(feedback: Feedback) -> None:
    rows = [judgement(asked=str(n)) for n in range(1_203)]
    for row in rows:
        feedback.put(ADA, row)
    assert [row.asked for row in feedback.rows()] == [str(n) for n in range(1_203)]
    assert len(list(feedback.rows(ADA))) == 1_203
    assert list(feedback.rows(BEN)) == []


def test_feedback_goes_with_the_conversation_that_it_was_given_in(
    feedback: Feedback, tmp_path: Path
) -> None:
    first, second = judgement(asked="first"), judgement(asked="second")
    feedback.put(ADA, first)
    feedback.put(ADA, second)
    feedback.put(BEN, judgement(turn=first.turn, asked="third"))
    feedback.forget([conversation_of(first.turn), "nothing", "' OR 1=1"])
    feedback.settle()
    assert [row.asked for row in feedback.rows()] == ["second"]
    assert feedback.given(ADA, conversation_of(first.turn)) == {}
    assert list(feedback.given(ADA, conversation_of(second.turn))) == [second.turn]
    assert [row.asked for row in feedback.rows(ADA)] == ["second"]
    data = b"".join(file.read_bytes() for file in tmp_path.glob("feedback.db*"))
    assert conversation_of(second.turn).encode() in data
    assert conversation_of(first.turn).encode() not in data
    assert b"first" not in data


def test_eight_threads_leave_one_row_a_turn(feedback: Feedback) -> None:
    turns = [judgement() for _ in range(4)]

    def work(n: int) -> None:
        for row in turns * 3:
            feedback.put(f"v:{n % 2}", replace(row, asked=str(n)))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(feedback.rows())) == 2 * len(turns)


def test_a_damaged_row_is_left_out(
    feedback: Feedback, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    feedback.put(ADA, judgement(asked="one"))
    feedback.put(ADA, judgement(asked="two"))
    other = sqlite3.connect(tmp_path / "feedback.db")
    with other:
        other.execute("UPDATE judgement SET row = '{}' WHERE id = 1")
    other.close()
    assert [row.asked for row in feedback.rows()] == ["two"]
    assert "damaged" in caplog.text


# ---- the evaluation set ----


def asked(exported: dict[str, Any]) -> list[str]:
    return [
        item["question"]
        for page in exported["data"]
        for paragraph in page["paragraphs"]
        for item in paragraph["qas"]
    ]


def items(exported: dict[str, Any]) -> list[tuple[str, list[str], bool]]:
    return [
        (item["question"], [gold["text"] for gold in item["answers"]], item["is_impossible"])
        for page in exported["data"]
        for paragraph in page["paragraphs"]
        for item in paragraph["qas"]
    ]


ALL = Shelf(BARRIER, FERRY)


def test_right_words_are_the_gold_answer_in_the_whole_article() -> None:
    exported = export_squad([judgement()], ALL).squad
    assert exported["version"] == "v2.0"
    (paragraph,) = exported["data"][0]["paragraphs"]
    assert paragraph["context"] == BARRIER.text
    (gold,) = paragraph["qas"][0]["answers"]
    assert gold == {"text": "412 million pounds", "answer_start": COST.highlight.start}
    assert BARRIER.text[gold["answer_start"] :].startswith(gold["text"])


def test_that_rightly_nothing_was_found_is_an_impossible_item() -> None:
    row = judgement(answered=False, citation=NEAR.to_dict())
    exported = export_squad([row], ALL).squad
    assert items(exported) == [(QUESTION, [], True)]
    assert exported["data"][0]["paragraphs"][0]["context"] == FERRY.text


@pytest.mark.parametrize("verdict", ["wrong", "wrong_source"])
def test_what_was_marked_is_the_gold_answer_of_a_wrong_one(verdict: str) -> None:
    row = judgement(verdict, sentence=marked(FERRY, "A lifeboat saved 31."))
    assert items(export_squad([row], ALL).squad) == [(QUESTION, ["A lifeboat saved 31."], False)]


def test_what_can_be_no_item_is_left_out_and_counted() -> None:
    gone = replace(BARRIER, text="Another text altogether.")
    rows = [
        judgement("wrong"),
        judgement("wrong_source"),
        judgement(answered=False, citation=None),
        judgement("wrong", sentence=marked(gone, "Another")),
        judgement(citation=COST.to_dict() | {"article_id": "removed"}),
        judgement(citation=COST.to_dict() | {"version": None, "text": "It says something else."}),
        judgement(),
    ]
    exported = export_squad(rows, ALL)
    assert exported.items == 1
    assert exported.left_out == {NO_SENTENCE: 2, NOTHING_CLOSE: 1, GONE: 3}


def test_several_that_say_the_same_are_one_item_and_others_add_answers() -> None:
    rows = [
        judgement(),
        judgement(understood=f"  {QUESTION.upper()} "),
        judgement("wrong", sentence=marked(BARRIER, "Varga was there.")),
        judgement(understood="Another question?"),
    ]
    exported = export_squad(rows, ALL)
    assert exported.items == 2
    assert items(exported.squad) == [
        (QUESTION, ["412 million pounds", "Varga was there."], False),
        ("Another question?", ["412 million pounds"], False),
    ]
    ids = [q["id"] for page in exported.squad["data"] for p in page["paragraphs"] for q in p["qas"]]
    assert len(set(ids)) == 2


def test_who_marked_an_answer_is_believed_before_who_said_there_is_none() -> None:
    rows = [
        judgement(answered=False, citation=NEAR.to_dict()),
        judgement("wrong", sentence=marked(FERRY, "A lifeboat saved 31.")),
    ]
    exported = export_squad(rows, ALL)
    assert items(exported.squad) == [(QUESTION, ["A lifeboat saved 31."], False)]
    assert exported.left_out == {CONTRADICTED: 1}


def test_versions_of_one_article_are_contexts_of_their_own() -> None:
    newer = replace(BARRIER, text=BARRIER.text.replace("412", "430"))
    shelf = Shelf(BARRIER, newer)
    later = cited(newer, "The barrier cost 430 million pounds.", "430 million pounds")
    exported = export_squad([judgement(), judgement(citation=later.to_dict())], shelf)
    assert exported.items == 2
    contexts = [page["paragraphs"][0]["context"] for page in exported.squad["data"]]
    assert contexts == [BARRIER.text, newer.text]


def test_the_bench_reads_what_is_exported(tmp_path: Path) -> None:
    longer = make_article("It rained. " * 40, id="x" * 200, title="Y" * 300 + "\n\0\u202e/")
    again = replace(longer, id="same-title", text=longer.text + "Again.")
    shelf = Shelf(BARRIER, FERRY, longer, again)
    rain = cited(longer, "It rained.", "rained")
    rows = [
        judgement(),
        judgement(answered=False, citation=NEAR.to_dict()),
        judgement(citation=rain.to_dict()),
        judgement(citation=cited(again, "Again.", "Again").to_dict()),
    ]
    file = tmp_path / "set.json"
    file.write_text(json.dumps(export_squad(rows, shelf).squad), encoding="utf-8")
    for read in (read_squad, read_squad_pages):
        articles, questions = read(file)
        by_id = {article.id: article for article in articles}
        assert len(by_id) == 4
        gold = [[span.of(by_id[q.article_id].text) for span in q.answers] for q in questions]
        assert gold == [["412 million pounds"], [], ["rained"], ["Again"]]
        assert {question.question for question in questions} == {QUESTION}


@given(st.data())
def test_every_gold_answer_is_found_where_the_set_says(data: st.DataObject) -> None:
    text = data.draw(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
    )
    article = make_article(text, id="a", title=data.draw(st.text(max_size=20)))
    rows = []
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        sentence = MarkedSentence(
            article_id="a", version=article.version, start=start, end=end, text=text[start:end]
        )
        rows.append(
            judgement("wrong", sentence=sentence, understood=data.draw(st.sampled_from("xyz")))
        )
    exported = export_squad(rows, Shelf(article))
    assert exported.left_out == {}
    read = json.loads(json.dumps(exported.squad))
    for page in read["data"]:
        assert page["title"].isprintable()
        for paragraph in page["paragraphs"]:
            for item in paragraph["qas"]:
                assert item["answers"]
                for gold in item["answers"]:
                    start = gold["answer_start"]
                    assert paragraph["context"][start : start + len(gold["text"])] == gold["text"]


def test_an_old_version_is_the_context_until_it_is_removed(
    assistant: Assistant, index_folder: Path, encoder: HashingEncoder, feedback: Feedback
) -> None:
    answer = assistant.ask("What did the tidal barrier at Orme cost?")
    citation = next(
        c
        for one in (answer, *answer.alternatives)
        for c in one.citations
        if c.article_id == "barrier"
    )
    old = assistant.article("barrier")
    feedback.put(ADA, judgement(citation=citation.to_dict()))
    build_index(index_folder, [replace(old, text="All is different now.")], encoder=encoder)
    assert assistant.article("barrier").text == "All is different now."
    exported = squad(feedback, assistant)
    assert exported["data"][0]["paragraphs"][0]["context"] == old.text
    remove_articles(index_folder, ["barrier"])
    assert squad(feedback, assistant)["data"] == []


# ---- the command ----


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setattr(
        "qa.interfaces.feedback_command.Assistant.open", lambda folder, **_: nullcontext(ALL)
    )

    def call(*arguments: str) -> Any:
        return CliRunner().invoke(command, ["export", "--data", str(tmp_path), *arguments])

    return call


def test_the_command_writes_the_set_and_tells_what_was_left_out(
    run: Any, feedback: Feedback, tmp_path: Path
) -> None:
    feedback.put(ADA, judgement())
    feedback.put(BEN, judgement())
    feedback.put(BEN, judgement("wrong"))
    out = tmp_path / "set.json"
    result = run("--out", str(out))
    assert result.exit_code == 0
    assert result.stdout == f"{out}: 1 questions, 1 judgements left out\n"
    assert result.stderr == f"     1 {NO_SENTENCE}\n"
    assert items(json.loads(out.read_text(encoding="utf-8"))) == [
        (QUESTION, ["412 million pounds"], False)
    ]


def test_the_command_fails_clearly_without_feedback_and_makes_no_file(
    run: Any, tmp_path: Path
) -> None:
    out = tmp_path / "set.json"
    result = run("--out", str(out))
    assert result.exit_code == 1
    assert "there is no feedback to export" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_when_nothing_says_what_is_right(
    run: Any, feedback: Feedback, tmp_path: Path
) -> None:
    feedback.put(ADA, judgement("wrong"))
    result = run("--out", str(tmp_path / "set.json"))
    assert result.exit_code == 1
    assert "none says what would be right" in result.stderr


def test_the_command_says_when_the_file_cannot_be_written(
    run: Any, feedback: Feedback, tmp_path: Path
) -> None:
    feedback.put(ADA, judgement())
    result = run("--out", str(tmp_path / "nowhere" / "set.json"))
    assert result.exit_code == 1
    assert "cannot be written: No such file or directory" in result.stderr
