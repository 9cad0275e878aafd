"""Write the labelled set: files of both parts, and labels.json for each."""

from __future__ import annotations

import json
from pathlib import Path

from bench.labelled.dumps import dumps
from bench.labelled.dumps_abroad import dumps_abroad
from bench.labelled.dumps_more import more_dumps
from bench.labelled.dumps_varied import varied_dumps
from bench.labelled.exports import exports
from bench.labelled.feeds import feeds
from bench.labelled.feeds_more import more_feeds
from bench.labelled.pages import pages
from bench.labelled.pdfs import pdfs
from bench.labelled.pdfs_more import more_pdfs
from bench.labelled.pdfs_varied import varied_pdfs
from bench.labelled.records import Saved

PARTS = ("dev", "test")


def files(part: str) -> list[Saved]:
    """Return all files of a part, with their labels."""
    texts = [*dumps(part), *more_dumps(part), *dumps_abroad(part), *varied_dumps(part)]
    printed = [*pdfs(part), *more_pdfs(part), *varied_pdfs(part)]
    fed = [*feeds(part), *more_feeds(part)]
    return [*pages(part), *texts, *printed, *fed, *exports(part)]


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
