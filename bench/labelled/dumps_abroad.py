"""Dumps of the dev part in eleven languages, with the furniture of their own countries' sites."""
# ruff: noqa: E501 - lines of furniture are as long as they are

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from bench.labelled.dumps import Dump, in_styles
from bench.labelled.records import Saved, Story, as_precise
from bench.labelled.words_more import NATIVE, native_date


class Paste(Dump):
    """A dump whose wording comes from `words_more`, which has more languages than `words`."""

    def __init__(self, story: Story, style: str) -> None:
        self.story = story
        self.rng = Random(f"{style}/{story.id}")
        self.native = NATIVE[story.language]
        self.lines: list[str] = []
        self.furniture: list[str] = []
        self.facts: dict[str, Any] = {"published": None, "outlet": None, "authors": []}

    def part(self, name: str) -> list[str]:
        """Return the lines of one place, filled in, and claim what they state."""
        story, lines = self.story, self.native[name]
        assert story.published, story.id
        joined = "\n".join(lines)
        if "{by}" in joined:
            self.facts["authors"] = list(story.authors)
        if "{date}" in joined:
            self.facts["published"] = as_precise(story.published, "minute")
        if "{outlet}" in joined:
            self.facts["outlet"] = story.outlet
        comma = {"zh": "、", "ja": "、", "ar": "، "}.get(story.language, ", ")
        values = {
            "by": comma.join(story.authors),
            "date": native_date(story.published, story.language),
            "outlet": story.outlet,
            "year": story.published[:4],
        }
        return [line.format(**values) for line in lines]


def native_paste(dump: Paste) -> None:
    """A whole page pasted, one element a line, blank lines between the article's paragraphs."""
    dump.f(*dump.part("top"), "")
    dump.n(dump.story.title, "")
    dump.f(*dump.part("head"), "")
    for index, text in enumerate(dump.story.paragraphs):
        dump.n(text, "")
        if index == 0:
            dump.f(*dump.part("inside"), "")
    dump.f(*dump.part("bottom"))


def native_crawl(dump: Paste) -> None:
    """A crawler's text: no blank lines, and the menu and foot each in one line of bars."""
    dump.f(" | ".join(dump.part("top")))
    dump.n(dump.story.title)
    dump.f(" - ".join(dump.part("head")[:2]))
    for text in dump.story.paragraphs:
        dump.n(text)
    dump.f(*dump.part("inside"), *dump.part("bottom")[:-1], dump.part("bottom")[-1])


_ALL = "pt-barragem it-campana nl-brug ru-teplohod ja-yuki hi-kuan de-kran fr-canal es-molino ar-jisr zh-lamp"
STYLES: list[tuple[Callable[[Paste], None], list[str]]] = [
    (native_paste, _ALL.split()),
    (native_crawl, ["nl-brug", "it-campana", "de-kran", "fr-canal"]),
]


def dumps_abroad(part: str) -> list[Saved]:
    """Return these dumps; all of them are dev's."""
    return in_styles(Paste, STYLES) if part == "dev" else []
