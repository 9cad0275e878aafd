"""Every public record comes back from its JSON form as it was, and nonsense is refused by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import is_dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qa
from corpus import ArticleError, ArticleVersion, Copy, InvalidQuestion, Mark, OutletCount, Overview
from qa import (
    Answer,
    AnswerSpan,
    Article,
    ArticleFilter,
    ArticleSummary,
    Citation,
    FieldMap,
    Finding,
    Hit,
    IndexReport,
    Passage,
    Settings,
    Span,
    Stats,
    Timeframe,
    Turn,
)

TEXTS = st.text(max_size=12)
MAYBE = st.none() | TEXTS
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
COUNTS = st.integers(0, 10**12)
IDS = st.text("abc-é新/ ", min_size=1, max_size=9)
SPANS = st.builds(lambda start, n: Span(start, start + n), COUNTS, st.integers(1, 99))
MARKS = st.builds(Mark, SPANS, TEXTS)
DAYS = st.none() | st.dates()

ARTICLES = st.builds(
    Article,
    id=IDS,
    title=TEXTS,
    text=TEXTS,
    source=TEXTS,
    published=MAYBE,
    outlet=MAYBE,
    metadata=st.dictionaries(TEXTS, TEXTS, max_size=3),
    headings=st.lists(SPANS, max_size=3).map(tuple),
    marks=st.lists(MARKS, max_size=3).map(tuple),
)
PASSAGES = st.builds(
    Passage,
    id=COUNTS,
    article_id=TEXTS,
    span=SPANS,
    text=TEXTS,
    heading=TEXTS,
    sentences=st.lists(SPANS, max_size=3).map(tuple),
)
RANKS = st.none() | st.integers(1, 99)
HITS = st.builds(
    Hit,
    passage=PASSAGES,
    score=NUMBERS,
    dense_rank=RANKS,
    lexical_rank=RANKS,
    similarity=st.none() | NUMBERS,
    best_sentence=st.none() | SPANS,
)
CITATIONS = st.builds(
    Citation,
    article_id=TEXTS,
    title=TEXTS,
    outlet=MAYBE,
    published=MAYBE,
    source=TEXTS,
    span=SPANS,
    text=TEXTS,
    highlight=SPANS,
    before=TEXTS,
    after=TEXTS,
    version=MAYBE,
)
TIMEFRAMES = st.builds(Timeframe, phrase=TEXTS, since=DAYS, until=DAYS)
ALONE = st.builds(
    Answer,
    question=TEXTS,
    text=MAYBE,
    confidence=NUMBERS,
    citations=st.lists(CITATIONS, max_size=2).map(tuple),
    alternatives=st.just(()),
    hits=st.just(()),
    passages_found=st.just(0),
    timeframe=st.none(),
    outside=st.none(),
)
ANSWERS = st.builds(
    replace,
    ALONE,
    alternatives=st.lists(ALONE, max_size=2).map(tuple),
    hits=st.lists(HITS, max_size=2).map(tuple),
    passages_found=COUNTS,
    timeframe=st.none() | TIMEFRAMES,
    outside=st.none() | TIMEFRAMES,
)
FILTERS = st.builds(
    lambda since, until, **names: ArticleFilter(
        since=since, until=until if None in (since, until) else max(since, until), **names
    ),
    DAYS,
    DAYS,
    outlets=st.lists(TEXTS, max_size=3),
    article_ids=st.lists(TEXTS, max_size=3),
)
TURNS = st.builds(
    Turn,
    question=TEXTS,
    answer=MAYBE,
    titles=st.lists(TEXTS, max_size=3).map(tuple),
    phrase=MAYBE,
)
STATS = st.builds(
    Stats,
    articles=COUNTS,
    passages=COUNTS,
    passage_sentences=COUNTS,
    first_published=MAYBE,
    last_published=MAYBE,
    generation=COUNTS,
    encoder=MAYBE,
    recall_at_10=st.none() | NUMBERS,
)
SUMMARIES = st.builds(
    ArticleSummary,
    id=TEXTS,
    title=TEXTS,
    outlet=MAYBE,
    published=MAYBE,
    source=TEXTS,
    chars=COUNTS,
    passages=COUNTS,
    story_id=TEXTS,
    copies=COUNTS,
)
ANSWER_SPANS = st.builds(
    AnswerSpan,
    passage_id=COUNTS,
    span=SPANS,
    score=NUMBERS,
    evidence=st.dictionaries(TEXTS, NUMBERS, max_size=3),
)
FINDINGS = st.builds(Finding, problem=TEXTS, remedy=TEXTS, mended=st.booleans())

RECORDS: dict[str, st.SearchStrategy[Any]] = {
    "span": SPANS,
    "mark": MARKS,
    "article": ARTICLES,
    "passage": PASSAGES,
    "citation": CITATIONS,
    "timeframe": TIMEFRAMES,
    "alone": ALONE,
    "filter": FILTERS,
    "turn": TURNS,
    "stats": STATS,
    "summary": SUMMARIES,
    "finding": FINDINGS,
    "answer span": ANSWER_SPANS,
    "field map": st.from_type(FieldMap),
    "settings": st.builds(Settings, search_depth=st.integers(1, 99), dense_weight=st.floats(0, 1)),
    "copy": st.from_type(Copy).filter(lambda copy: copy.shared is None or 0 <= copy.shared <= 1),
    "outlet": st.from_type(OutletCount),
    "version": st.from_type(ArticleVersion),
    "overview": st.from_type(Overview),
}


def through_json(record: Any, **how: Any) -> Any:
    written = json.dumps(record.to_dict(**how), allow_nan=False)
    return type(record).from_dict(json.loads(written))


@pytest.mark.parametrize("kind", RECORDS)
@given(data=st.data())
def test_a_record_comes_back_as_it_was(kind: str, data: st.DataObject) -> None:
    record = data.draw(RECORDS[kind])
    assert through_json(record) == record


def test_settings_may_leave_numbers_out_but_not_go_beyond_their_ranges() -> None:
    assert Settings.from_dict({"search_depth": 7}) == Settings(search_depth=7)
    with pytest.raises(ValueError, match="search_depth: must be 1 to 1,000, not -5"):
        Settings.from_dict({"search_depth": -5})


def test_every_public_record_has_a_json_form() -> None:
    records = [name for name in qa.__all__ if is_dataclass(getattr(qa, name))]
    assert "Answer" in records
    assert [name for name in records if not hasattr(getattr(qa, name), "from_dict")] == []


@given(HITS)
def test_a_hit_comes_back_whole_or_without_what_interfaces_leave_out(hit: Hit) -> None:
    assert through_json(hit, whole=True) == hit
    shown = replace(hit.passage, id=0, sentences=())
    assert through_json(hit) == replace(hit, passage=shown)
    assert through_json(hit).to_dict() == hit.to_dict()


@given(ANSWERS)
def test_an_answer_comes_back_whole_or_without_its_hits(answer: Answer) -> None:
    assert through_json(answer, whole=True) == answer
    assert through_json(answer) == replace(answer, hits=())


REPORTS = st.builds(
    IndexReport,
    added=st.lists(IDS),
    replaced=st.lists(IDS),
    unchanged=st.lists(IDS),
    failed=st.lists(st.tuples(IDS, st.builds(ArticleError, TEXTS))),
    removed=st.lists(IDS),
)


@given(REPORTS)
def test_a_report_comes_back_with_its_reasons(report: IndexReport) -> None:
    back = through_json(report)
    assert back.to_dict() == report.to_dict()
    assert [str(error) for _, error in back.failed] == [str(error) for _, error in report.failed]
    assert replace(back, failed=[]) == replace(report, failed=[])


NONSENSE = st.sampled_from([[], {}, "x", 7, True, 0.5, None, {"start": "x"}, ["x", 3]])


@pytest.mark.parametrize("kind", RECORDS)
@given(data=st.data())
def test_nonsense_is_refused_with_the_name_of_the_member_or_is_harmless(
    kind: str, data: st.DataObject
) -> None:
    record = data.draw(RECORDS[kind])
    form = json.loads(json.dumps(record.to_dict()))
    name = data.draw(st.sampled_from(sorted(form)))
    form[name] = data.draw(NONSENSE)
    try:
        made = type(record).from_dict(form)
    except InvalidQuestion:
        assert kind == "filter"  # two days in the wrong order are a question's fault
    except ValueError as error:
        refused = str(error)
        assert refused.startswith(name) or refused.startswith(("not a span", "article id"))
    else:
        json.dumps(made.to_dict(), allow_nan=False)


CITED = json.loads(
    """{"article_id": "a", "title": "T", "outlet": null, "published": null, "source": "s",
    "start": 0, "end": 4, "text": "Text", "highlight": {"start": 0, "end": 2}, "before": "",
    "after": "", "version": "0"}"""
)
ANSWERED = {"question": "Who?", "text": "Text", "confidence": 0.5, "citations": [CITED]}


@pytest.mark.parametrize(
    ("make", "form", "said"),
    [
        (Answer.from_dict, {}, "question: is missing"),
        (Answer.from_dict, [], "an answer is an object, not a list"),
        (Answer.from_dict, {**ANSWERED, "confidence": "high"}, "confidence: must be a number, not"),
        (Answer.from_dict, {**ANSWERED, "confidence": True}, "confidence: must be a number"),
        (
            Answer.from_dict,
            {**ANSWERED, "confidence": float("nan")},
            "confidence: must be a number",
        ),
        (Answer.from_dict, {**ANSWERED, "confidence": 10**999}, "confidence: must be a number"),
        (Answer.from_dict, {**ANSWERED, "citations": None}, "citations: must be a list, not null"),
        (Answer.from_dict, {**ANSWERED, "citations": [7]}, r"citations\[0\]: a citation is an obj"),
        (
            Answer.from_dict,
            {**ANSWERED, "citations": [CITED, {**CITED, "start": "x"}]},
            r"citations\[1\]\.start: must be a whole number, not 'x'",
        ),
        (
            Answer.from_dict,
            {**ANSWERED, "citations": [{**CITED, "highlight": {"start": 3, "end": 3}}]},
            r"citations\[0\]\.highlight: not a span",
        ),
        (
            Answer.from_dict,
            {**ANSWERED, "timeframe": {"phrase": "then", "since": "soon"}},
            "timeframe.since: Invalid isoformat",
        ),
        (Answer.from_dict, {**ANSWERED, "debug": {"passages_found": 1.5}}, "passages_found: must"),
        (Citation.from_dict, {**CITED, "offset_unit": "utf16"}, "offset_unit: must be 'codepoint'"),
        (Article.from_dict, {"id": "a", "title": "", "text": ""}, "source: is missing"),
        (
            Article.from_dict,
            {"id": "a", "title": "", "text": "", "source": "", "metadata": {"pages": 3}},
            "metadata.pages: must be a text, not 3",
        ),
        (ArticleFilter.from_dict, {"outlets": "Courier"}, "outlets: must be a list"),
        (ArticleFilter.from_dict, {"outlets": [3]}, r"outlets\[0\]: must be a text"),
        (Turn.from_dict, {"question": None}, "question: must be a text, not null"),
        (Stats.from_dict, {"articles": 1.5}, "articles: must be a whole number, not 1.5"),
        (Finding.from_dict, {"problem": "", "remedy": "", "mended": 1}, "mended: must be true or"),
        (IndexReport.from_dict, {"failed": [{"id": "a"}]}, r"failed\[0\]\.reason: is missing"),
    ],
)
def test_what_is_wrong_is_named(make: Callable[[Any], Any], form: Any, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}"):
        make(form)


def test_what_older_versions_did_not_write_may_be_missing() -> None:
    older = {name: value for name, value in CITED.items() if name != "version"}
    answer = Answer.from_dict({**ANSWERED, "citations": [older]})
    assert (answer.citations[0].version, answer.alternatives, answer.hits) == (None, (), ())


def test_a_filter_of_days_in_the_wrong_order_is_an_invalid_question() -> None:
    with pytest.raises(InvalidQuestion):
        ArticleFilter.from_dict({"since": "2031-01-02", "until": "2031-01-01"})
    since = ArticleFilter.from_dict({"since": "2031-01-02"}).since
    assert since == date(2031, 1, 2)
