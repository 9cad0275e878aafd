"""Suggested questions: good English or German, understood on their own, and surely answered."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import qa.interfaces.web.suggestion_routes as routes
from corpus import Article, ArticleFilter, ArticleSummary, IndexCorrupt
from qa import Answer, Assistant, build_index
from qa.interfaces.web.suggestion_routes import Suggestions, suggestion_routes
from qa.sentence_reader import SentenceReader
from qa.suggestions import suggest_questions
from qa.suggestions.english import EnglishArticle
from qa.suggestions.german import german_drafts
from qa.suggestions.patterns import plain
from qa.suggestions.suggesting import MAX_ASKED
from tests.fakes import HashingEncoder, make_article, plain_calibration

COST = "The barrier cost 4 million pounds."
ENGLISH = {
    "Nasrin Toft found the leak beneath gate No. 4 of the Orme barrier.": (
        "Who found the leak beneath gate No. 4 of the Orme barrier?",
        "Nasrin Toft",
    ),
    "Neville Sorrel, the chairman, bought the first ticket sold at Northgate.": (
        "Who bought the first ticket sold at Northgate?",
        "Neville Sorrel",
    ),
    "Halima Brandt, who runs a chandlery on Cask Quay, was not there.": (
        "Who runs a chandlery on Cask Quay?",
        "Halima Brandt",
    ),
    "Rosalind Zelinka, president of the Chamber of Small Trades, welcomed it.": (
        "Who is the president of the Chamber of Small Trades?",
        "Rosalind Zelinka",
    ),
    "The Tarn observatory was designed by Ximena Borrego, an architect.": (
        "Who designed the Tarn observatory?",
        "Ximena Borrego",
    ),
    "Pavel Injai, the director who gave up his place, left early.": (
        "Who is Pavel Injai?",
        "the director who gave up his place",
    ),
    "A faulty heater on the upper deck caused the fire at Tarn Junction.": (
        "What caused the fire at Tarn Junction?",
        "a faulty heater on the upper deck",
    ),
    "Inspector Ruth Lang found 14 slices of wet oak.": (
        "What did Inspector Ruth Lang find?",
        "14 slices of wet oak",
    ),
    "The bridge at Fobble was closed because two cables had snapped.": (
        "Why was the bridge at Fobble closed?",
        "because two cables had snapped",
    ),
    "The Orme bridge will be opened on Saturday, 22 March, the mayor said.": (
        "When will the Orme bridge be opened?",
        "on Saturday, 22 March",
    ),
    "In March 2024 the Orme bridge was closed to lorries.": (
        "When was the Orme bridge closed to lorries?",
        "In March 2024",
    ),
    "Packhorse Lane reopened in October.": ("When did Packhorse Lane reopen?", "in October"),
    "Ines Varga was born in Upper Tarn.": ("Where was Ines Varga born?", "in Upper Tarn"),
    "The bridge at Fobble has cost 5.4 million euros, according to the mayor.": (
        "How much has the bridge at Fobble cost?",
        "5.4 million euros",
    ),
    "Kessler Robotics paid about $40,000 for the patent of Ada Rowe.": (
        "How much did Kessler Robotics pay for the patent of Ada Rowe?",
        "about $40,000",
    ),
    "Marrable Industrial employs 9,400 people.": (
        "How many people does Marrable Industrial employ?",
        "9,400",
    ),
    "About 6,000 people came to the night market on Tanner Street.": (
        "How many people came to the night market on Tanner Street?",
        "about 6,000",
    ),
    "The Orme barrier is 38 metres wide.": ("How wide is the Orme barrier?", "38 metres"),
    "The voyage to Eastmere took six hours.": (
        "How long did the voyage to Eastmere take?",
        "six hours",
    ),
    "Police said on Monday that the Eastmere ferry had been sold in May 2019.": (
        "When had the Eastmere ferry been sold?",
        "in May 2019",
    ),
}
WITHOUT_QUESTION = [
    "He found the leak beneath gate No. 4 of the Orme barrier.",  # who?
    "Nasrin Toft found it on Tuesday.",
    "Nasrin Toft welcomed the leak.",  # which one?
    "The barrier was closed on 22 March.",
    "The man was arrested in May 2019 near Orme.",
    "The ferry sailed to Orme and then it was closed in 2019.",
    "“Nasrin Toft found the leak beneath gate No. 4,” the Orme Courier wrote.",
    "Nasrin Toft said that she wanted the Orme barrier.",
    "Asked about the Orme barrier, Nasrin Toft laughed and found gate No. 4.",
    "There was a leak at Orme in May 2019.",
    "Who found the leak beneath gate No. 4 of the Orme barrier?",
    "Nasrin Toft signed caps, boots and a plaster cast at Orme.",
    "Tajikistan had 26 airports in 2009.",  # “had” is no auxiliary here
    "Darwin corresponded with Royer about Orme in 1866.",
    "Home | News | Sport | Nasrin Toft found the leak at Orme.",
    "",
]
GERMAN = {
    "Nasrin Toft fand das Leck unter dem Tor in Hamburg.": (
        "Wer fand das Leck unter dem Tor in Hamburg?",
        "Nasrin Toft",
    ),
    "Das Stadtmuseum in Kiel wurde am 3. März 2024 eröffnet.": (
        "Wann wurde das Stadtmuseum in Kiel eröffnet?",
        "am 3. März 2024",
    ),
    "Der Umbau des Bahnhofs in Ulm kostet rund 5 Millionen Euro.": (
        "Wie viel kostet der Umbau des Bahnhofs in Ulm?",
        "rund 5 Millionen Euro",
    ),
}
GERMAN_WITHOUT_QUESTION = [
    "Er hat das Museum in Bonn gekauft.",
    "Der Mann wurde am 3. Mai in Köln verhaftet.",
    "Das Rathaus wurde 1908 mit Geld der Stadt erbaut.",
    "Am Dienstag hat Anna Weber das Haus in Kiel verkauft.",
    "Nasrin Toft found the leak beneath gate No. 4 of the Orme barrier.",
]


def english(text: str) -> dict[str, str]:
    line = plain(text)
    drafts = (
        EnglishArticle(f"In the news of the day {text.lower()} {text}").drafts(line, 0)
        if line
        else ()
    )
    return {draft.question: draft.expected for draft in drafts}


@pytest.mark.parametrize("sentence", ENGLISH)
def test_an_english_sentence_becomes_a_question(sentence: str) -> None:
    question, expected = ENGLISH[sentence]
    found = english(sentence)
    assert question in found
    assert found[question].casefold() == expected.casefold()


@pytest.mark.parametrize("sentence", WITHOUT_QUESTION)
def test_what_cannot_be_asked_on_its_own_is_not(sentence: str) -> None:
    assert english(sentence) == {}


@pytest.mark.parametrize("sentence", GERMAN)
def test_a_german_sentence_becomes_a_question(sentence: str) -> None:
    question, expected = GERMAN[sentence]
    assert [(d.question, d.expected) for d in german_drafts(plain(sentence) or "")] == [
        (question, expected)
    ]
    assert english(sentence) == {}


@pytest.mark.parametrize("sentence", GERMAN_WITHOUT_QUESTION)
def test_what_german_cannot_ask_on_its_own_is_not(sentence: str) -> None:
    assert list(german_drafts(plain(sentence) or "")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Jean Petit will die Brücke in Ulm und das Rathaus in Bonn kaufen.",
        "La directrice Marie Curie a fait le point sur les travaux de la ville in 2019.",
        "De brug bij Orme was van het begin een probleem in mei 2019.",
    ],
)
def test_an_article_in_another_language_is_not_asked_about_in_english(sentence: str) -> None:
    drafts = EnglishArticle(f"{sentence} {sentence}").drafts(sentence, 0)
    assert list(drafts) == []


def test_what_an_article_named_in_full_is_named_in_full_again() -> None:
    text = "The tidal barrier at Orme was late. The barrier cost 412 million pounds."
    article = EnglishArticle(text)
    drafts = list(article.drafts("The barrier cost 412 million pounds.", text.index("The barrier")))
    assert [draft.question for draft in drafts] == ["How much did the tidal barrier at Orme cost?"]


def test_what_is_named_in_two_ways_or_only_later_is_not_guessed() -> None:
    two = "The barrier at Orme leaks. The barrier at Tarn does not. " + COST
    later = COST + " The barrier at Orme leaks."
    for text in (two, later):
        assert list(EnglishArticle(text).drafts(COST, text.index(COST))) == []


# ---- asking them ----


class Counting:
    """An assistant that notes what it was asked."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.asked: list[str] = []
        self.filters: list[ArticleFilter | None] = []

    def ask(self, question: str, *, only: ArticleFilter | None = None) -> Answer:
        self.asked.append(question)
        self.filters.append(only)
        return self._assistant.ask(question, only=only)

    def article(self, article_id: str) -> Article:
        return self._assistant.article(article_id)

    def articles(self) -> Sequence[ArticleSummary]:
        return self._assistant.articles()


@pytest.fixture
def open_over(folder: Path) -> Iterator[object]:
    """Opens an assistant over articles; closes it in the end."""
    opened: list[Assistant] = []

    def over(articles: Sequence[Article]) -> Assistant:
        encoder = HashingEncoder()
        build_index(folder, articles, encoder=encoder)
        reader = SentenceReader(encoder, plain_calibration())
        opened.append(Assistant.open(folder, encoder=encoder, reader=reader))
        return opened[-1]

    yield over
    for assistant in opened:
        assistant.close()


def test_suggestions_are_answered_by_the_sentence_they_were_made_from(assistant: Assistant) -> None:
    made = suggest_questions(assistant)
    assert [(s.question, s.article_id) for s in made] == [
        ("How much did the tidal barrier at Orme cost?", "barrier")
    ]
    answer = assistant.ask(made[0].question)
    assert answer.text is not None
    assert "412 million pounds" in answer.text
    assert made[0].confidence == answer.confidence >= 0.5


def test_the_same_index_gives_the_same_suggestions(assistant: Assistant) -> None:
    assert suggest_questions(assistant) == suggest_questions(assistant)


def test_a_question_whose_answer_stands_elsewhere_is_dropped(open_over: object) -> None:
    sentence = "The bridge at Fobble cost 5 million euros."
    articles = [
        make_article(sentence, id="older", published="2024-01-01"),
        make_article(
            f"{sentence} It is red, it is old, and nobody knows who painted the thing.",
            id="newer",
            published="2025-01-01",
        ),
    ]
    assistant = open_over(articles)  # type: ignore[operator]
    for suggestion in suggest_questions(assistant):
        cited = assistant.ask(suggestion.question).citations
        assert suggestion.article_id in {citation.article_id for citation in cited}


def test_newer_articles_are_asked_about_first_and_each_once(open_over: object) -> None:
    articles = [
        make_article(
            f"The bridge at Fobble{n} cost {n} million euros. The tunnel at Gobble{n} cost 7{n}"
            f" euros.",
            id=f"a{n}",
            title=f"News of Fobble{n}",
            published=f"2024-01-0{n}",
        )
        for n in range(1, 7)
    ]
    counting = Counting(open_over(articles))  # type: ignore[operator]
    made = suggest_questions(counting, count=4)
    ids = [suggestion.article_id for suggestion in made]
    assert len(ids) == len(set(ids)) == 2  # no more than half with one question word
    assert ids == sorted(ids, reverse=True)
    assert len(suggest_questions(counting, count=8)) == 4


def test_the_number_of_questions_asked_is_bounded(open_over: object) -> None:
    articles = [
        make_article(f"The bridge at Fobble{n} cost {n} million euros.", id=f"a{n}")
        for n in range(100, 160)
    ]

    class Unsure(Counting):
        def ask(self, question: str, *, only: ArticleFilter | None = None) -> Answer:
            self.asked.append(question)
            return Answer(question=question, text=None, confidence=0.9, citations=())

    unsure = Unsure(open_over(articles))  # type: ignore[operator]
    assert suggest_questions(unsure) == []
    assert len(unsure.asked) == MAX_ASKED


def test_quotations_headings_and_furniture_are_not_asked_about(open_over: object) -> None:
    text = (
        "The bridge at Fobble cost 1 million euros.\n\n"
        "Menu. The bridge at Hobble cost 2 million euros.\n\n"
        "“Listen. The bridge at Gobble cost 3 million euros. Yes.”\n\n"
        "The bridge at Wobble cost 4 million euros.\n\nIt is red."
    )
    article = make_article(
        text,
        id="a",
        headings=["The bridge at Fobble cost 1 million euros."],
        marked=["Menu. The bridge at Hobble cost 2 million euros."],
    )
    counting = Counting(open_over([article]))  # type: ignore[operator]
    suggest_questions(counting)
    assert counting.asked == ["How much did the bridge at Wobble cost?"]


def test_suggestions_can_be_narrowed(assistant: Assistant) -> None:
    counting = Counting(assistant)
    assert suggest_questions(counting, only=ArticleFilter(outlets=["The Ledger"])) == []
    assert counting.asked == []
    only = ArticleFilter(outlets=["orme courier"])
    assert len(suggest_questions(counting, only=only)) == 1
    assert counting.filters == [only]


# ---- serving them ----


def client(suggestions: Suggestions) -> TestClient:
    app = FastAPI()
    app.include_router(suggestion_routes(suggestions))
    return TestClient(app)


def wait_for(suggestions: Suggestions) -> None:
    deadline = time.monotonic() + 30
    while suggestions.current() is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_list_is_empty_until_suggestions_are_made(assistant: Assistant) -> None:
    go_on = threading.Event()

    class Slow(Counting):
        def articles(self) -> Sequence[ArticleSummary]:
            go_on.wait(30)
            return super().articles()

        def stats(self) -> object:
            return self._assistant.stats()

    suggestions = Suggestions(Slow(assistant))  # type: ignore[arg-type]
    suggestions.start()
    reply = client(suggestions).get("/v1/suggestions")
    assert (reply.status_code, reply.json()) == (200, {"suggestions": []})
    assert reply.headers["retry-after"] == "2"
    go_on.set()
    wait_for(suggestions)
    reply = client(suggestions).get("/v1/suggestions")
    assert reply.json()["suggestions"] == [
        {"question": "How much did the tidal barrier at Orme cost?", "article_id": "barrier"}
    ]
    assert "retry-after" not in reply.headers
    suggestions.close()


@pytest.mark.parametrize("count", ["0", "9", "x"])
def test_a_count_out_of_bounds_is_refused(count: str, assistant: Assistant) -> None:
    suggestions = Suggestions(assistant)
    assert client(suggestions).get(f"/v1/suggestions?count={count}").status_code == 422
    suggestions.close()


def test_a_changed_index_gets_new_suggestions(
    assistant: Assistant, index_folder: Path, encoder: HashingEncoder
) -> None:
    suggestions = Suggestions(assistant)
    wait_for(suggestions)
    added = make_article(
        "The bridge at Fobble cost 5 million euros.", id="bridge", published="2032-01-01"
    )
    build_index(index_folder, [added], encoder=encoder)
    wait_for(suggestions)
    made = [suggestion.article_id for suggestion in suggestions.current() or ()]
    assert made[0] == "bridge"
    suggestions.close()


def test_a_collection_that_cannot_be_read_gives_no_suggestions(
    assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Counting):
        def articles(self) -> Sequence[ArticleSummary]:
            raise IndexCorrupt("the store is damaged")

        def stats(self) -> object:
            return self._assistant.stats()

    suggestions = Suggestions(Broken(assistant))  # type: ignore[arg-type]
    wait_for(suggestions)
    assert suggestions.current() == ()
    suggestions.close()


def test_closing_stops_the_work_and_none_begins_after(assistant: Assistant) -> None:
    suggestions = Suggestions(assistant)
    suggestions.start()
    suggestions.close()
    assert not [t for t in threading.enumerate() if t.name == "suggestions"]
    suggestions.start()
    assert not [t for t in threading.enumerate() if t.name == "suggestions"]
    assert routes.MAX_SUGGESTIONS == 8
