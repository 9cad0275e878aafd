"""The pages lead somewhere: links, fragments, files that are named, and a way to every page."""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.integration.docs_pages import (
    DOCS,
    PAGES,
    ROOT,
    anchors_of,
    differs,
    links_of,
    slug,
    text_of,
)

OUTSIDE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
FOLDERS = ("bench", "clients", "corpus", "deploy", "docs", "embeddings", "examples", "qa", "tests")
NAMED_FILE = re.compile(rf"`((?:{'|'.join((*FOLDERS, 'training'))})/[\w./-]*[\w/])`")
NAMED_MODULE = re.compile(r"python -m ((?:bench|training|corpus|qa|embeddings)(?:\.\w+)*)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_of_a_page_resolve(page: Path) -> None:
    dead = []
    for link in links_of(page):
        if OUTSIDE.match(link):
            continue
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        at_page = fragment and target.suffix == ".md" and target.exists()
        known = anchors_of(target) if at_page else {fragment}
        if not target.exists() or fragment not in known:
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_and_modules_that_a_page_names_exist(page: Path) -> None:
    text = text_of(page)
    files = {name for name in NAMED_FILE.findall(text) if not (ROOT / name).exists()}
    modules = {name for name in NAMED_MODULE.findall(text) if find_spec(name) is None}
    assert files | modules == set()


def test_every_page_is_reached_from_the_contents() -> None:
    trees = re.findall(r"```\{toctree\}\n(.*?)```", text_of(DOCS / "index.md"), re.DOTALL)
    lines = [line for tree in trees for line in tree.splitlines()]
    listed = [line for line in lines if line and not line.startswith(":")]
    assert sorted(listed) == sorted(page.stem for page in DOCS.glob("*.md") if page.stem != "index")


def test_a_fragment_is_made_as_readers_of_markdown_make_it() -> None:
    assert slug("4. Which answer is best, and is it right?") == (
        "4-which-answer-is-best-and-is-it-right"
    )


def test_output_that_differs_is_noticed_and_precision_is_not() -> None:
    assert not differs("80 %, 0.71\n…\nend", "81 %, 0.74\nmore\nand more\nend")
    assert differs("80 %", "55 %")
    assert differs("one\ntwo", "one")
    assert differs("4 May", "5 May")


def test_the_site_is_searched_for_what_it_would_load_from_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(str(DOCS))
    monkeypatch.delitem(sys.modules, "nothing_from_elsewhere", raising=False)
    from nothing_from_elsewhere import loaded_from_elsewhere  # type: ignore[import-not-found]

    (tmp_path / "page.html").write_text(
        '<a href="https://a.example/">followed</a><link rel="next" href="//b.example/">'
        '<script src="https://c.example/x.js"></script><img src="local.png">'
        '<link rel="stylesheet" href="//d.example/x.css"><style>@import "//e.example";</style>'
    )
    (tmp_path / "page.css").write_text('a { background: url("https://f.example/f.woff2") }')
    found = [line.split(" loads ") for line in loaded_from_elsewhere(tmp_path)]
    assert found == [
        ["page.css", "https://f.example/f.woff2"],
        ["page.html", "https://c.example/x.js"],
        ["page.html", "//d.example/x.css"],
        ["page.html", "//e.example"],
    ]
