"""What many tests start from: a fake encoder, a handful of articles, an index made of them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from corpus import Article
from qa import Assistant, build_index
from qa.sentence_reader import SentenceReader
from tests.fakes import HashingEncoder, make_article, plain_calibration

# One conversion for all tests and their processes, and none in the user's own cache.
os.environ.setdefault("PULLQUOTE_CACHE", tempfile.mkdtemp(prefix="pullquote-tests-"))

hypothesis_settings.register_profile("pullquote", deadline=None, print_blob=True)
hypothesis_settings.load_profile("pullquote")

ARTICLES = [
    make_article(
        "The tidal barrier at Orme opened on Tuesday. The barrier cost 412 million pounds.\n\n"
        "Ines Varga, the harbour engineer, said the gates would close twice a year.",
        id="barrier",
        title="Tidal barrier opens",
        published="2031-05-06",
        outlet="Orme Courier",
    ),
    make_article(
        "The gates would close twice a year. Fishermen had asked for fewer closures.",
        id="fishing",
        title="Fishermen fear for the estuary",
        published="2031-05-07",
    ),
    make_article(
        "The Eastmere ferry sank in a storm on Friday night.\n\nRescue\n\n"
        "A lifeboat saved 31 passengers. Captain Lowe was the last to leave.",
        id="ferry",
        title="Ferry sinks",
        headings=["Rescue"],
    ),
    make_article(
        "Sofia Hallam won the mayoral election with 54 per cent of the vote.",
        id="mayor",
        title="Hallam elected",
        published="2030-11-02",
        outlet="The Ledger",
    ),
]


@pytest.fixture
def encoder() -> HashingEncoder:
    return HashingEncoder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where an index may be made; nothing is there yet."""
    return tmp_path / "index"


@pytest.fixture
def articles() -> list[Article]:
    return list(ARTICLES)


@pytest.fixture(scope="session")
def made_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of `ARTICLES`, to be copied and not to be changed."""
    folder = tmp_path_factory.mktemp("made") / "index"
    build_index(folder, ARTICLES, encoder=HashingEncoder())
    return folder


@pytest.fixture
def index_folder(folder: Path, made_index: Path) -> Path:
    """A published index of `articles`."""
    return shutil.copytree(made_index, folder)


@pytest.fixture
def assistant(index_folder: Path, encoder: HashingEncoder) -> Iterator[Assistant]:
    reader = SentenceReader(encoder, plain_calibration())
    with Assistant.open(index_folder, encoder=encoder, reader=reader) as opened:
        yield opened
