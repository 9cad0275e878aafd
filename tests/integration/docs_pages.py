"""The pages of the documentation as tests read them: their code, links, headings and words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]

_MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block: its language, what it holds, and what is shown as its output, if anything.

    The output of a ```python block is the ```text block that follows it at once.
    """

    page: Path
    line: int
    language: str
    text: str
    output: str | None

    @property
    def place(self) -> str:
        return f"{self.page.name}:{self.line}"


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def tokens_of(page: Path) -> list[Token]:
    return _MARKDOWN.parse(text_of(page))


def blocks_of(page: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a page, in order."""
    tokens = tokens_of(page)
    for at, token in enumerate(tokens):
        if token.type == "fence" and token.map:
            follower = tokens[at + 1] if at + 1 < len(tokens) else None
            shown = follower and follower.type == "fence" and follower.info == "text"
            yield Block(
                page=page,
                line=token.map[0] + 1,
                language=token.info.strip(),
                text=token.content,
                output=follower.content if follower and shown else None,
            )


def links_of(page: Path) -> Iterator[str]:
    """Yield where the links and pictures of a page lead."""
    for token in tokens_of(page):
        for child in token.children or ():
            target = child.attrGet("href") or child.attrGet("src")
            if target:
                yield str(target)
        if token.type in {"html_block", "html_inline"} or token.children:
            pieces = [token, *(token.children or ())]
            html = "".join(p.content for p in pieces if p.type.startswith("html"))
            yield from re.findall(r"(?:src|href)=\"([^\"]+)\"", html)


def anchors_of(page: Path) -> set[str]:
    """Return the fragments under which the headings of a page are found, as GitHub makes them."""
    tokens = tokens_of(page)
    titles = [tokens[i + 1] for i, token in enumerate(tokens) if token.type == "heading_open"]
    return {slug("".join(child.content for child in title.children or ())) for title in titles}


def slug(title: str) -> str:
    """Return the fragment of a heading.

    >>> slug("What to do, and why?")
    'what-to-do-and-why'
    """
    return re.sub(r"[^\w\- ]", "", title.lower().strip()).replace(" ", "-")


_VALUE = re.compile(r"\d+\.\d+|\d+(?= ?%)")


def differs(shown: str, printed: str) -> str:
    """Say where what was printed is not what a page shows; an empty string if it is.

    A line that is "…" stands for any lines. Numbers with a point, and those in per cent, may be off
    by a tenth: processors compute them in different precision.
    """
    wanted, got = _lines(shown), _lines(printed)
    if _fits(wanted, got):
        return ""
    return "\n".join(["the page shows", *wanted, "", "what comes is", *got])


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def _fits(wanted: Sequence[str], got: Sequence[str]) -> bool:
    if not wanted:
        return not got
    if wanted[0].strip() == "…":
        return any(_fits(wanted[1:], got[at:]) for at in range(len(got) + 1))
    return bool(got) and _alike(wanted[0], got[0]) and _fits(wanted[1:], got[1:])


def _alike(wanted: str, got: str) -> bool:
    if _VALUE.sub("#", wanted) != _VALUE.sub("#", got):
        return False
    pairs = zip(_VALUE.findall(wanted), _VALUE.findall(got), strict=True)
    return all(abs(float(a) - float(b)) <= (0.1 if "." in a else 10) for a, b in pairs)
