"""Read the stories: stories/dev-*.txt and stories/test-*.txt, one sentence a line."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from bench.labelled.records import Block, Story

FOLDER = Path(__file__).parent / "stories"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


@cache
def stories(part: str) -> tuple[Story, ...]:
    """Return the stories of a part ("dev" or "test"), in the order of the files."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob(f"{part}-*.txt"))]
    pieces = [piece for text in texts for piece in text.split("=== ") if piece.strip()]
    return tuple(_story(piece, part) for piece in pieces)


def _story(piece: str, part: str) -> Story:
    head, _, body = piece.partition("\n\n")
    name, *lines = head.splitlines()
    facts = {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}
    return Story(
        id=name.strip(),
        part=part,
        title=facts["title"],
        outlet=facts["outlet"],
        authors=tuple(a.strip() for a in facts["authors"].split(";") if a.strip()),
        published=facts["published"] or None,
        updated=facts.get("updated") or None,
        language=facts.get("lang", "en"),
        section=facts["section"],
        dek=facts.get("dek", ""),
        blocks=tuple(block for text in body.strip().split("\n\n") for block in _blocks(text)),
    )


def _blocks(text: str) -> list[Block]:
    """Return the blocks of one paragraph of the source; its first characters say the kind."""
    lines = text.splitlines()
    first = lines[0]
    if first.startswith("## "):
        return [Block("h", (first[3:],))]
    if first.startswith("- "):
        return [Block("list", tuple(line[2:] for line in lines))]
    if first.startswith("| "):
        return [Block("table", tuple(line[2:] for line in lines))]
    if first.startswith("@"):
        time, _, headline = first[1:].partition(" ")
        return [Block("entry", (time, headline)), Block("p", tuple(lines[1:]))]
    if re.match(r"[A-Z]: ", first):
        return [Block("q" if line[0] in "QF" else "a", _said(line[3:])) for line in lines]
    return [Block("p", tuple(lines))]


def _said(text: str) -> tuple[str, ...]:
    return tuple(_SENTENCE_END.split(text))
