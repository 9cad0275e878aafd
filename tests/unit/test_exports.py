"""A conversation taken along: every quote exact, every citation whole, nothing in it alive."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corpus import Span
from qa.interfaces.kept.conversation_records import Conversation, TurnRecord
from qa.interfaces.kept.export_markdown import escape
from qa.interfaces.kept.exports import as_html, as_json, as_markdown
from qa.types import Answer, Citation, Timeframe

NOW = datetime(2026, 11, 25, 14, 5, tzinfo=UTC)
TEXT = "It rained. The gate shut at noon, she said. Nobody saw it."
SENTENCE, WORD = Span(11, 43), Span(28, 32)

HOSTILE = [
    "<script>alert(1)</script>",
    "</blockquote></figure><img src=x onerror=alert(1)>",
    "<!-- --><style>*{display:none}</style>",
    "</title></head><body onload=alert(1)>",
    "&lt;b&gt; &amp; &#60;",
    "[link](javascript:alert(1)) ![pic](https://tracker.example/x.png) <https://a.example>",
    "# Heading",
    "1. item\n2) item\n- item\n+ item\n* item",
    "1) item",
    "x\n===",
    "> quoted\n===\n---\n***\n```\ncode\n```",
    "    indented code\n\tand tabbed",
    "a\n\nb\n\n\nc  \nd\\\ne\\",
    "| a | b |\n|---|---|\n| c | d |",
    "~~struck~~ __bold__ **bold** _i_ `code` $x$ ^up^ [^1] :smile: @key",
    "[ref]\n\n[ref]: https://a.example",
    "https://a.example www.a.example a@b.example",
    "\u202eevil\u202c \u2066x\u2069 \u200f",
    "e\u0301 İ ﬁ 😀 \u00a0\u3000 \u2028 \ufeff",
    "term\n: definition",
    " leading and trailing ",
    "\n\nbreaks at both ends\n\n",
    "{% raw %} {{x}} ${y} \\( z \\)",
]


def citation(
    text: str = TEXT, span: Span = SENTENCE, word: Span = WORD, **changed: Any
) -> Citation:
    fields: dict[str, Any] = {
        "article_id": "gate-1",
        "title": "Gate shuts",
        "outlet": "Evening Ledger",
        "published": "2025-02-18",
        "source": "gate-1.md",
        "span": span,
        "text": span.of(text),
        "highlight": word,
        "before": "",
        "after": "",
        "version": "0123456789ab",
    }
    return Citation(**fields | changed)


def answer(*citations: Citation, text: str | None = "noon", **changed: Any) -> Answer:
    fields: dict[str, Any] = {
        "question": "When did the gate shut?",
        "text": text,
        "confidence": 0.87,
        "citations": citations,
    }
    return Answer(**fields | changed)


def conversation(*answers: Answer | None, asked: str = "And when?", **changed: Any) -> Conversation:
    turns = [
        TurnRecord(
            asked=asked,
            scope={"outlets": ["Evening Ledger"]},
            answer=given.to_dict() if given else None,
            notice=None if given else "This took too long.",
            asked_at="2026-11-24T09:30:00+00:00",
            searched="64 articles, Jan 2025 – Mar 2026",
        )
        for given in answers
    ]
    fields: dict[str, Any] = {
        "id": "A" * 22,
        "title": asked,
        "created": "2026-11-24T09:30:00.000+00:00",
        "updated": "2026-11-24T09:30:00.000+00:00",
        "shared": "S" * 22,
        "turns": tuple(turns),
    }
    return Conversation(**fields | changed)


def markdown(given: Conversation, language: str = "en") -> str:
    return as_markdown(given, language=language, exported_at=NOW)


def html(given: Conversation, language: str = "en") -> str:
    return as_html(given, language=language, exported_at=NOW)


def read_json(given: Conversation) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(as_json(given, exported_at=NOW))
    return read


NOT_FOUND = answer(
    text=None,
    confidence=0.1,
    alternatives=(answer(citation(), confidence=0.1), answer(citation(title="Other"))),
)
ANSWERED = answer(
    citation(),
    citation(article_id="gate-2", title="Gate shut", outlet=None, published=None, version=None),
    alternatives=(answer(citation(title="Yet another"), confidence=0.3),),
)


class Document(HTMLParser):
    """What a browser makes of a page: its elements, and the text of some of them."""

    VOID = frozenset({"meta", "br", "hr"})

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(markup)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        for tag in set(self._open):
            self.texts[tag][-1] += data

    def names(self) -> set[str]:
        return {tag for tag, _ in self.elements}


# ---- what each format holds ----

FACTS = ["Evening Ledger", "Gate shuts", "2025-02-18", "gate-1.md", "gate-1", "0123456789ab",
         "11", "43", "28", "32", "87", SENTENCE.of(TEXT), "2026-11-25", "When did the gate shut?",
         "64 articles"]  # fmt: skip


def seen(markup: str) -> str:
    return Document(markup).text


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_of_a_citation_is_in_every_format(fact: str) -> None:
    given = conversation(ANSWERED)
    assert fact in seen(MarkdownIt().render(markdown(given)))
    assert fact in seen(html(given))
    assert fact in as_json(given, exported_at=NOW)


def test_json_holds_the_citations_as_the_answer_contract_has_them() -> None:
    (turn,) = read_json(conversation(ANSWERED))["turns"]
    assert turn["answered"]
    assert turn["answer"] == "noon"
    assert turn["citations"] == [cited.to_dict() for cited in ANSWERED.citations]
    assert [other["citations"][0]["title"] for other in turn["other_answers"]] == ["Yet another"]
    assert "closest_sentences" not in turn
    assert turn["citations"][0]["text"] == TEXT[turn["citations"][0]["start"] :][:32]


def test_what_is_no_answer_is_named_the_closest_sentence() -> None:
    given = conversation(NOT_FOUND)
    (turn,) = read_json(given)["turns"]
    assert (turn["answered"], turn["answer"], turn["citations"]) == (False, None, [])
    assert len(turn["closest_sentences"]) == 2
    assert "other_answers" not in turn
    for text in (seen(MarkdownIt().render(markdown(given))), seen(html(given))):
        assert "The articles here don’t say." in text
        assert "These sentences come closest, but they are not an answer:" in text
        assert "Answer:" not in text


def test_what_changed_over_time_is_told_as_such() -> None:
    spring = Timeframe(phrase="in spring", since=date(2025, 3, 1), until=date(2025, 5, 31))
    given = conversation(replace(NOT_FOUND, timeframe=spring))
    for text in (seen(MarkdownIt().render(markdown(given))), seen(html(given))):
        assert "No one sentence here says what changed." in text
        assert "These come closest, in order of time:" in text


def test_an_export_tells_nobody_the_conversations_address() -> None:
    given = conversation(ANSWERED)
    for text in (markdown(given), html(given), as_json(given, exported_at=NOW)):
        assert given.id not in text
        assert str(given.shared) not in text


def test_a_turn_without_an_answer_says_why() -> None:
    given = conversation(None)
    assert "This took too long." in markdown(given)
    assert "This took too long." in seen(html(given))
    assert read_json(given)["turns"][0]["notice"] == "This took too long."


def test_what_is_not_known_is_said_to_be_so() -> None:
    text = markdown(conversation(answer(citation(outlet=None, published=None, version=None))))
    assert "— “Gate shuts”, undated" in text
    assert "version unknown" in text
    assert "None" not in text


def test_an_empty_conversation_is_said_to_be_empty() -> None:
    assert "holds no questions" in markdown(conversation())
    assert "holds no questions" in seen(html(conversation()))


def test_a_damaged_turn_does_not_stop_an_export() -> None:
    given = conversation(
        turns=(TurnRecord(asked="…", scope={}, answer=None, notice="Damaged.", asked_at=""),)
    )
    assert "Damaged." in markdown(given)
    assert "Damaged." in seen(html(given))
    assert read_json(given)["turns"][0]["notice"] == "Damaged."


def test_exports_speak_german() -> None:
    assert "Antwort: noon" in markdown(conversation(ANSWERED), "de")
    assert '<html lang="de">' in html(conversation(ANSWERED), "de")


def test_the_answer_is_marked_in_its_sentence() -> None:
    marks = Document(html(conversation(answer(citation())))).texts["mark"]
    assert marks == ["noon"]


def test_the_markdown_is_pleasant_to_read() -> None:
    text = markdown(conversation(answer(citation())))
    assert "> The gate shut at noon, she said.\n" in text
    assert "— Evening Ledger, “Gate shuts”, 2025-02-18\\\n" in text


# ---- nothing in it is alive ----

OURS = {"html", "head", "meta", "title", "style", "body", "main", "section", "h1", "h2", "h3", "p",
        "figure", "blockquote", "figcaption", "mark", "bdi", "span"}  # fmt: skip


def hostile_conversation(text: str) -> Conversation:
    """Put a text wherever an article or a person could have written it."""
    word = Span(0, max(1, len(text) // 2))
    given = citation(
        text,
        Span(0, len(text)),
        word,
        title=text,
        outlet=text,
        published=text,
        source=text,
        article_id=text,
        version=text,
    )
    return conversation(
        answer(given, text=word.of(text), question=text + "?!x", alternatives=(answer(given),)),
        answer(text=None, alternatives=(answer(given),)),
        asked=text,
    )


# What no stored article holds is left out: controls, and what is no character.
TEXTS = st.one_of(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t"),
        min_size=1,
        max_size=80,
    ),
    st.lists(st.sampled_from([*HOSTILE, "\n", " ", "x", "\\", "1", "-", "&#32;"]), min_size=1).map(
        "".join
    ),
    st.text("#*_-+=>`~[]()<>!|\\&;:.123 \n\tab", min_size=1, max_size=30),
)


def assert_html_is_ours(text: str) -> None:
    markup = html(hostile_conversation(text))
    document = Document(markup)
    assert document.names() <= OURS
    assert document.texts["blockquote"] == [text] * 3
    assert document.texts["h2"] == [text] * 2
    attributes = {name for _, attrs in document.elements for name in attrs}
    assert attributes <= {"lang", "charset", "http-equiv", "content", "name", "dir", "class"}
    plain = Document(html(hostile_conversation("plain")))
    title = re.search(r"<title>(.*?)</title>", markup, re.DOTALL)
    assert title
    assert "<" not in title[1]
    kept = [(tag, attrs) for tag, attrs in document.elements if tag not in {"bdi", "span"}]
    assert kept == plain.elements


@given(TEXTS)
@example("]]><b>")
def test_whatever_an_article_says_the_html_gives_the_exact_quote_and_no_element_but_ours(
    text: str,
) -> None:
    assert_html_is_ours(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_verbatim_in_html(text: str) -> None:
    assert_html_is_ours(text)


def test_the_html_runs_and_loads_nothing() -> None:
    markup = html(hostile_conversation("".join(HOSTILE)))
    assert "<script" not in markup
    assert "url(" not in markup
    assert "@import" not in markup
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', markup)
    assert policy
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[\w+/]+='", policy[1])


def rendered(text: str) -> Document:
    """Markdown as CommonMark with GitHub's tables and strikethrough shows it."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return Document(parser.render(text))


def assert_markdown_is_ours(text: str) -> None:
    document = rendered(markdown(hostile_conversation(text)))
    plain = rendered(markdown(hostile_conversation("plain")))
    assert [tag for tag, _ in document.elements if tag != "br"] == [
        tag for tag, _ in plain.elements if tag != "br"
    ]
    assert all(not attrs for _, attrs in document.elements)
    # Markup adds one line break before and after the paragraph inside the quote.
    assert document.texts["blockquote"] == [f"\n{text}\n"] * 3


@given(TEXTS)
@example("1\\. x")
def test_whatever_an_article_says_the_markdown_shows_it_and_is_not_shaped_by_it(text: str) -> None:
    assert_markdown_is_ours(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_verbatim_in_markdown(text: str) -> None:
    assert_markdown_is_ours(text)


@given(TEXTS)
def test_escaped_markdown_reads_as_it_was(text: str) -> None:
    assert rendered(f"x\n\n{escape(text)}").texts["p"][1:] == [text]


@given(TEXTS)
def test_json_gives_everything_back(text: str) -> None:
    turns = read_json(hostile_conversation(text))["turns"]
    assert [turn["asked"] for turn in turns] == [text, text]
    assert turns[0]["citations"][0]["text"] == text
