"""Write the labelled set: files of both parts, and labels.json for each."""

from __future__ import annotations

import json
from pathlib import Path

from bench.labelled.dumps import dumps
from bench.labelled.exports import exports
from bench.labelled.feeds import feeds
from bench.labelled.pages import pages
from bench.labelled.pdfs import pdfs
from bench.labelled.records import Saved

PARTS = ("dev", "test")


def files(part: str) -> list[Saved]:
    """Return all files of a part, with their labels."""
    return [*pages(part), *dumps(part), *pdfs(part), *feeds(part), *exports(part)]


def write(folder: Path, part: str) -> list[Saved]:
    """Write one part below `folder`, with its labels.json, and return its files."""
    saved = files(part)
    (folder / part).mkdir(parents=True, exist_ok=True)
    for file in saved:
        path = folder / part / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    labels = [file.to_dict() for file in saved]
    text = json.dumps(labels, indent=1, ensure_ascii=False) + "\n"
    (folder / part / "labels.json").write_text(text, encoding="utf-8")
    return saved
