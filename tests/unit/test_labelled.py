"""The labelled set: the same bytes each time, and labels that fit the files."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import datetime
from functools import cache
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader

from bench.extraction_scores import SHORT_LINE_CHARS, score
from bench.labelled.make import PARTS, files
from bench.labelled.plan import PAGES
from bench.labelled.records import Label, Saved
from bench.labelled.stories import stories
from corpus.extracted import Extracted
from corpus.types import Mark, Span

LEAST = {
    "html": 100,
    "dump": 110,
    "pdf": 30,
    "feed": 15,
    "export": 8,
    "mail": 2,
    "docx": 2,
    "epub": 2,
}


class _Visible(HTMLParser):
    """The text of a page that is not in a script or style sheet."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad-]+", "", unicodedata.normalize("NFKC", text))


def _visible(file: Saved) -> str:
    if file.kind == "pdf":
        return _printed(file)
    text = file.data.decode(file.encoding)
    if file.kind != "html":
        return text
    parser = _Visible()
    parser.feed(text)
    return "".join(parser.pieces)


def _printed(file: Saved) -> str:
    """Return the text of a PDF without the lines that are nothing but furniture."""
    furniture = sorted(map(_squeezed, file.articles[0].furniture), key=len, reverse=True)
    pages = PdfReader(io.BytesIO(file.data)).pages
    lines = [line for page in pages for line in page.extract_text().splitlines()]
    return "".join(line for line in lines if _rest(_squeezed(line), furniture))


def _rest(line: str, pieces: list[str]) -> str:
    for piece in pieces:
        line = line.replace(piece, "") if len(piece) > 3 else line.removesuffix(piece)
    return line


@cache
def built(part: str) -> list[Saved]:
    return files(part)


@pytest.fixture(params=PARTS)
def part(request: pytest.FixtureRequest) -> tuple[str, list[Saved]]:
    return request.param, built(request.param)


def _each(saved: list[Saved]) -> list[tuple[Saved, Label]]:
    return [(file, label) for file in saved for label in file.articles]


def test_the_set_is_the_same_each_time(part: tuple[str, list[Saved]]) -> None:
    name, saved = part
    again = files(name)
    assert [file.name for file in saved if file.data not in {f.data for f in again}] == []
    assert [file.to_dict() for file in saved] == [file.to_dict() for file in again]


def test_names_differ_and_every_file_has_sentences(part: tuple[str, list[Saved]]) -> None:
    _, saved = part
    assert len({file.name for file in saved}) == len(saved)
    assert [file.name for file, label in _each(saved) if not label.sentences] == []


def test_there_are_enough_of_each_kind() -> None:
    kinds = [file.kind for part in PARTS for file in built(part)]
    assert {kind: kinds.count(kind) for kind in LEAST if kinds.count(kind) < LEAST[kind]} == {}
    assert sum(len(stories(part)) for part in PARTS) >= 70


def test_parts_share_no_story_and_no_system() -> None:
    dev, test = (built(part) for part in PARTS)
    assert not {label.story for _, label in _each(dev)} & {label.story for _, label in _each(test)}
    assert not {file.system for file in dev} & {file.system for file in test}
    assert len({page.system for part in PARTS for page in PAGES[part]}) >= 16


def test_labelled_sentences_stand_in_the_file(part: tuple[str, list[Saved]]) -> None:
    _, saved = part
    for file in saved:
        if file.kind not in ("html", "dump", "pdf"):
            continue  # built by libraries or escaped: the extractors' tests read those
        text = _squeezed(_visible(file))
        for label in file.articles:
            missing = [s for s in label.sentences if _squeezed(s) not in text]
            assert missing == [], file.name


def test_furniture_stands_in_the_file(part: tuple[str, list[Saved]]) -> None:
    for file, label in _each(part[1]):
        if file.kind in ("html", "dump"):
            text = _squeezed(_visible(file))
            assert [f for f in label.furniture if _squeezed(f) not in text] == [], file.name


def test_furniture_is_no_part_of_a_title_or_sentence(part: tuple[str, list[Saved]]) -> None:
    for file, label in _each(part[1]):
        own = " ".join([label.title or "", *label.sentences])
        long = [piece for piece in label.furniture if len(piece) >= SHORT_LINE_CHARS]
        assert [piece for piece in long if piece in own] == [], file.name


def test_times_are_iso(part: tuple[str, list[Saved]]) -> None:
    for file, label in _each(part[1]):
        for moment in (label.published, label.updated):
            whole = f"{moment}-01" if moment and len(moment) == len("2021-10") else moment
            assert whole is None or datetime.fromisoformat(whole), file.name


def test_stated_titles_and_authors_stand_in_the_page(part: tuple[str, list[Saved]]) -> None:
    for file, label in _each(part[1]):
        if file.kind != "html":
            continue
        text = file.data.decode(file.encoding)
        heard = unicodedata.normalize("NFKC", _visible(file)) + text
        assert label.title, file.name
        assert label.title in heard, file.name
        assert [a for a in label.authors if a.casefold() not in heard.casefold()] == [], file.name


def test_a_reading_as_labelled_has_no_error_and_one_with_everything_kept_has() -> None:
    label = Label(story="s", title="T", sentences=["One is here.", "Two too."], furniture=["Share"])
    good = Extracted(text="T\n\nOne is here. Two too.\n\nShare", title="T")
    marked = Extracted(text=good.text, title="T", marks=(Mark(Span(26, 31), "menu"),))
    names = {"file": "f", "kind": "html", "system": "x"}
    assert score(good, label, **names).kept == ["Share"]
    right = score(marked, label, **names)
    assert (right.lost, right.broken, right.kept, right.wrong) == ([], [], [], {})


def test_a_sentence_cut_by_a_paragraph_is_broken_and_a_marked_one_lost() -> None:
    label = Label(story="s", title="T", sentences=["One is here.", "Two too."])
    cut = Extracted(text="One\n\nis here. Two too.", title="T", marks=(Mark(Span(14, 22), "menu"),))
    found = score(cut, label, file="f", kind="html", system="x")
    assert (found.broken, found.lost) == (["One is here."], ["Two too."])
