"""Saved web pages: each story of the plan in the template of a publishing system."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache, partial
from html import unescape
from pathlib import Path
from random import Random
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bench.labelled import noise
from bench.labelled.dates import days_from, in_utc, spell
from bench.labelled.plan import PAGES, Page
from bench.labelled.records import Block, Label, Saved, Story, as_precise
from bench.labelled.stories import stories
from bench.labelled.words import words
from bench.labelled.words_more import NATIVE, native_date

_SENTENCE_END = re.compile(r"(?<=[.!?؟।])\s+(?=[^\d\s])|(?<=[。！？])")
_MARKED_UP = re.compile(r"(?<= )([A-Za-zÀ-ÿ]{4,}(?: [A-Za-zÀ-ÿ]{4,})?)(?= )")


class Sheet:
    """What a template sees while it writes one page: the story, the words, and the label's makers.

    `f` writes a line of furniture and records it; `mark` only records it. `say` declares which
    facts the page states, and how precisely.
    """

    def __init__(self, story: Story, page: Page) -> None:
        self.story = story
        self.rng = Random(f"{page.system}/{story.id}")
        self.words = words(story, page.wording)
        self.furniture: list[str] = []
        self._teasers: list[str] = []
        self.stated = {"published": "none", "updated": "none"}
        self.kept = {"outlet": True, "authors": False, "url": False, "language": True}
        self.facts: dict[str, Any] = {}
        self._others = list(self.words["related"])
        self.rng.shuffle(self._others)

    def f(self, text: str) -> Markup:
        """Write and record furniture."""
        self.mark(text)
        return escape(text)

    def mark(self, text: str) -> str:
        """Record furniture that the template writes in pieces, sentence by sentence."""
        self.furniture += [piece for piece in _SENTENCE_END.split(text) if piece]
        return ""

    def say(self, **facts: Any) -> str:
        """Declare what the page states: published="instant", authors=True, title="…" and so on."""
        for name, value in facts.items():
            if name in self.stated and value in ("instant", "minute", "day", "none", "year"):
                self.stated[name] = value
            elif name in self.kept and isinstance(value, bool):
                self.kept[name] = value
            else:
                self.facts[name] = value
        return ""

    def other(self) -> dict[str, str]:
        """Return another article's headline, teaser and date: what a page shows is furniture."""
        headline, teaser = self._others.pop() if self._others else self._again()
        self.furniture.append(headline)
        self._teasers.append(teaser)
        day = days_from(self.story.published, self.rng.choice((-40, -9, -3, 2, 15, 70, 400)))
        slug = f"{self.rng.getrandbits(40):x}"
        return {"title": headline, "teaser": teaser, "day": day, "slug": slug}

    def _again(self) -> tuple[str, str]:
        pair: tuple[str, str] = self.rng.choice(self.words["related"])
        return pair

    def inline(self, block: Block) -> Markup:
        """Write a paragraph with links and stresses in it, as editors put them."""
        text = self.story.gap.join(block.lines)
        out, last = [], 0
        for match in _MARKED_UP.finditer(text):
            if self.rng.random() < 0.06:
                tag = self.rng.choice(
                    ('a href="/topic/{}"', "em", "strong", 'a href="/t/{}" class="l"')
                )
                tag = tag.format(self.rng.randrange(9999))
                out += [
                    escape(text[last : match.start()]),
                    Markup(f"<{tag}>{match[1]}</{tag.split()[0]}>"),
                ]
                last = match.end()
        return Markup("").join([*out, escape(text[last:])])

    def label(self, page: str) -> Label:
        """Return the label of the page as it was written; not every list shows the teasers."""
        shown = unescape(page)
        self.furniture += [teaser for teaser in self._teasers if teaser in shown]
        story = self.story
        label = Label(
            story=story.id,
            title=story.title,
            outlet=story.outlet if self.kept["outlet"] else None,
            authors=list(story.authors) if self.kept["authors"] else [],
            published=as_precise(story.published, self.stated["published"]),
            updated=as_precise(story.updated, self.stated["updated"]),
            language=story.language if self.kept["language"] else None,
            url=story.url if self.kept["url"] else None,
            sentences=story.sentences,
            furniture=list(dict.fromkeys(self.furniture)),
        )
        for name, value in self.facts.items():
            setattr(label, name, value)
        return label


def pages(part: str) -> list[Saved]:
    """Return the pages of a part."""
    by_id = {story.id: story for story in stories(part)}
    return [page_of(by_id[page.story], page) for page in PAGES[part]]


def page_of(story: Story, page: Page) -> Saved:
    """Return a story in the template of a publishing system."""
    sheet = Sheet(story, page)
    template = _environment(story.part).get_template(f"{page.system}.html")
    text = template.render(**_names(sheet, story, page))
    if page.minified:
        text = re.sub(r">\s*\n\s*<", "><", text)
    encoding = page.encoding
    return Saved(
        name=f"html/{page.system}-{story.id}.{page.suffix}",
        kind="html",
        system=page.system,
        data=text.encode(encoding, "xmlcharrefreplace"),
        articles=[sheet.label(text)],
        encoding=encoding,
    )


def _names(sheet: Sheet, story: Story, page: Page) -> dict[str, Any]:
    rng = sheet.rng
    names: dict[str, Callable[..., Any]] = {
        "f": sheet.f,
        "mark": sheet.mark,
        "say": sheet.say,
        "other": sheet.other,
        "inline": sheet.inline,
        "utc": in_utc,
        "after": partial(days_from, story.published),
        "d": lambda moment, style, time="": spell(moment, style, story.language, time),
        "script": lambda size: Markup(noise.script(rng, size)),
        "style": lambda size: Markup(noise.style(rng, size)),
        "data_uri": lambda size: noise.data_uri(rng, size),
        "j": _json,
    }
    return {
        **names,
        "s": story,
        "w": sheet.words,
        "en": story.language == "en",
        "v": page.variant,
        "people": [{"@type": "Person", "name": author} for author in story.authors],
        "authors": sheet.words["and"].join(story.authors),
        "year": (story.published or "2022")[:4],
        "saved": days_from(story.published, rng.choice((1, 33, 210, 760))),
        "rng": rng,
        "native": NATIVE,
        "native_date": native_date,
        "rtl": story.language == "ar",
        "quote": next((line for line in story.sentences if line[0] in '"“«»„'), ""),
    }


def _json(value: Any) -> Markup:
    text = json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
    return Markup(text)


@cache
def _environment(part: str) -> Environment:
    folder = Path(__file__).parent / "systems"
    return Environment(
        loader=FileSystemLoader([folder / part, folder]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
