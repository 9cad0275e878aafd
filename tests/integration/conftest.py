"""The real model, loaded once, and what many tests read: an index of the sample corpus."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import qa.building
import qa.interfaces.index_command
import qa.interfaces.upkeep
import qa.retriever
from corpus import find_articles, read_article
from corpus.sample import SAMPLE_ARTICLES
from embeddings import load_encoder
from qa import Settings, build_index
from qa.interfaces.cli import main

ROOT = Path(__file__).parents[2]
TIME_TO_READ = ("PULLQUOTE_ANSWERS_READING_SECONDS", "60")
PATIENCE_S = 120  # two shared cores; a process that loads the model needs 10 s of them

Cli = Callable[..., Result]

TIDES = """---
id: tides
title: "Barrier to close in March"
outlet: The Harbour Courier
published: 2025-02-18
---

🌊 Café talk aside, the gates will be closed on 30 March. The tidal barrier at Port Hallam cost \
612 million crowns.

"It is about time," said Ines Varga, the harbour engineer. The gates weigh 940 tonnes each.
"""
FERRY = """Ferry sinks off Eastmere

The Eastmere ferry sank in a storm on Friday night. A lifeboat saved 31 passengers.

Captain Lowe was the last to leave the ship.
"""
MAYOR = """# Hallam elected mayor

Sofia Hallam won the mayoral election with 54 per cent of the vote. She takes office in June.
"""


@pytest.fixture(scope="session", autouse=True)
def _converted_model() -> None:
    """Convert the encoder before any test, so that no command has to say that it does."""
    assert load_encoder().dim


@pytest.fixture(scope="module", autouse=True)
def _time_to_read() -> Iterator[None]:
    """Let what is read for an answer not depend on what else the machine does."""
    defaults = Settings.__init__.__kwdefaults__
    assert defaults
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(defaults, "reading_seconds", 60.0)
        patch.setenv(*TIME_TO_READ)
        yield


@pytest.fixture(scope="module")
def one_model() -> Iterator[None]:
    """Let every opening of an index in this process use one loaded model."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (
            qa.building,
            qa.retriever,
            qa.interfaces.index_command,
            qa.interfaces.upkeep,
        ):
            patch.setattr(module, "load_encoder", _loaded_once)
        yield


@cache
def _encoder(name: str) -> object:
    return load_encoder(name or None)


def _loaded_once(model: str | None = None) -> object:
    return _encoder("" if model == "pullquote-encoder-1" or model is None else model)


@pytest.fixture(scope="module")
def cli(one_model: None) -> Cli:
    """Run a command in this process."""

    def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.stderr
        return result

    return run


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The environment of a process that must find this checkout from anywhere."""
    kept = {k: v for k, v in os.environ.items() if k not in {"PULLQUOTE_INDEX", "NO_COLOR"}}
    return {**kept, **dict([TIME_TO_READ]), "PYTHONPATH": str(ROOT), "TERM": "xterm"}


@pytest.fixture(scope="session")
def process(environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command in a process of its own."""

    def run(*arguments: str | bytes | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "qa.interfaces.cli", *arguments],
            env={**environment, **variables},
            capture_output=True,
            encoding=variables.get("PYTHONIOENCODING", "utf-8"),
            timeout=PATIENCE_S,
            check=False,
        )

    return run


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with three articles in three forms."""
    return write_news(tmp_path / "news")


def write_news(folder: Path) -> Path:
    (folder / "local").mkdir(parents=True)
    (folder / "tides.md").write_text(TIDES, encoding="utf-8")
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (folder / "local" / "mayor.md").write_text(MAYOR, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def news_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the three articles; for reading only."""
    folder = tmp_path_factory.mktemp("news")
    found = find_articles([write_news(folder / "news")])
    articles = [read_article(path).article for path in found.paths]
    build_index(folder / "index", articles, encoder=load_encoder())
    return folder / "index"


@pytest.fixture
def own_index(news_index: Path, tmp_path: Path) -> Path:
    """A copy of the index of the three articles that a test may change."""
    return shutil.copytree(news_index, tmp_path / "own-index")


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the sample corpus; for reading only."""
    folder = tmp_path_factory.mktemp("sample") / "index"
    found = find_articles([SAMPLE_ARTICLES])
    build_index(folder, [read_article(path).article for path in found.paths])
    return folder
