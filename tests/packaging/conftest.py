"""An index of the sample articles that the examples in docs and code ask about."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import find_articles, read_article
from corpus.sample import SAMPLE_ARTICLES
from qa import build_index

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds an index of two stories of the sample corpus, under its default name."""
    folder = tmp_path_factory.mktemp("docs")
    articles = [read_article(path).article for path in find_articles([SAMPLE_ARTICLES]).paths]
    asked_about = [
        a for a in articles if a.metadata["story"] in {"tidal-barrier", "eastmere-ferry"}
    ]
    build_index(folder / "index", asked_about)
    return folder
