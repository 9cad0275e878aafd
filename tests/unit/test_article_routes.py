"""`GET /v1/articles/{id}` over a real index: its fields, versions, copies, address and ETag."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus import Article, Mark, Span
from qa import Assistant, build_index, remove_articles
from qa.interfaces.library.article_routes import article_routes, web_address
from qa.sentence_reader import SentenceReader
from tests.fakes import HashingEncoder, make_article, plain_calibration

TEXT = (
    "Menu 😀\n\nThe barrier closes at noon on Friday, the harbour office said.\n\nWhat it costs\n\n"
    "It cost 412 million crowns in all, and nobody in Port Hallam was asked about it. "
    "The harbour master, who has held the post for nine years, called it cheap. "
    "Fishermen said they would have to wait for two hours at every spring tide."
)
BARRIER = dataclasses.replace(
    make_article(
        TEXT,
        id="odd/Ünïcode 1%.md",
        title="Barrier </script>",
        published="2025-02-18",
        outlet="Ledger",
        headings=["What it costs"],
    ),
    marks=(Mark(Span(0, 6), "menu"),),
    source="https://ledger.example/barrier",
    metadata={"language": "en_GB", "authors": "Ann Lee; Bo Orr"},
)
COPY = dataclasses.replace(BARRIER, id="copy", outlet="Wire", published="2025-02-17", source="c.md")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    encoder = HashingEncoder()
    build_index(folder, [BARRIER], encoder=encoder)
    reader = SentenceReader(encoder, plain_calibration())
    with Assistant.open(folder, encoder=encoder, reader=reader) as assistant:
        app = FastAPI()
        app.include_router(article_routes(assistant))
        with TestClient(app) as opened:
            yield opened


def add(folder: Path, *articles: Article) -> None:
    build_index(folder, articles, encoder=HashingEncoder())


def told(client: TestClient, article_id: str = BARRIER.id, **parameters: str) -> dict[str, Any]:
    reply = client.get(f"/v1/articles/{quoted(article_id)}", params=parameters)
    assert reply.status_code == 200
    found: dict[str, Any] = reply.json()
    return found


def quoted(article_id: str) -> str:
    return quote(article_id, safe="")


def test_an_article_is_told_with_everything_the_page_needs(client: TestClient) -> None:
    found = told(client)
    assert found["versions"][0].pop("added").startswith("20")
    heading = TEXT.index("What it costs")
    assert found == {
        "id": BARRIER.id,
        "title": "Barrier </script>",
        "outlet": "Ledger",
        "published": "2025-02-18",
        "source": "https://ledger.example/barrier",
        "address": "https://ledger.example/barrier",
        "language": "en-GB",
        "authors": ["Ann Lee", "Bo Orr"],
        "text": TEXT,
        "version": BARRIER.version,
        "updated": False,
        "headings": [[heading, heading + len("What it costs")]],
        "marks": [[0, 6, "menu"]],
        "versions": [{"version": BARRIER.version, "current": True}],
        "copies": [],
        "story_id": BARRIER.id,
    }


def test_versions_are_told_newest_first(client: TestClient, folder: Path) -> None:
    changed = dataclasses.replace(BARRIER, text=TEXT.replace("412", "418"))
    add(folder, changed)
    found = told(client)
    versions = [(each["version"], each["current"]) for each in found["versions"]]
    assert versions == [(changed.version, True), (BARRIER.version, False)]
    assert (found["text"], found["updated"]) == (changed.text, False)
    old = told(client, version=BARRIER.version)
    assert (old["text"], old["updated"]) == (TEXT, True)
    assert old["versions"] == found["versions"]


def test_a_text_that_came_back_is_one_version_and_the_newest(
    client: TestClient, folder: Path
) -> None:
    changed = dataclasses.replace(BARRIER, text=TEXT.replace("412", "418"))
    add(folder, changed)
    add(folder, BARRIER)
    versions = [(each["version"], each["current"]) for each in told(client)["versions"]]
    assert versions == [(BARRIER.version, True), (changed.version, False)]


def test_copies_are_told_with_how_they_compare(client: TestClient, folder: Path) -> None:
    add(folder, COPY)
    found = told(client)
    (copy,) = found["copies"]
    assert (copy["article_id"], copy["outlet"], copy["published"]) == ("copy", "Wire", "2025-02-17")
    assert copy["title"] == COPY.title
    assert copy["shared"] == 1
    assert copy["explanation"]
    assert found["story_id"] == told(client, "copy")["story_id"] == "copy"


@pytest.mark.parametrize("article_id", ["nobody", "a\0b", "x" * 5_000])
def test_an_unknown_article_is_a_problem_of_404(
    client: TestClient, folder: Path, article_id: str
) -> None:
    reply = client.get(f"/v1/articles/{quoted(article_id)}")
    assert reply.status_code == 404
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["status"] == 404
    assert "no article" in reply.json()["detail"]
    assert str(folder) not in reply.text  # a folder of this machine is nobody's business


@pytest.mark.parametrize("version", ["000000000000", "", "a\0b", "%' OR 1=1 --"])
def test_an_unknown_version_is_a_problem_of_404(client: TestClient, version: str) -> None:
    reply = client.get(f"/v1/articles/{quoted(BARRIER.id)}", params={"version": version})
    assert (reply.status_code, reply.json()["title"]) == (404, "Not Found")


def test_a_removed_article_is_gone(client: TestClient, folder: Path) -> None:
    remove_articles(folder, [BARRIER.id])
    assert client.get(f"/v1/articles/{quoted(BARRIER.id)}").status_code == 404


def test_what_is_known_already_is_not_sent_again(client: TestClient, folder: Path) -> None:
    path = f"/v1/articles/{quoted(BARRIER.id)}"
    first = client.get(path)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    assert first.headers["cache-control"] == "no-cache"
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(path, headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200
    add(folder, COPY)  # the text is the same, what is told of it is not
    changed = client.get(path, headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://",
        "https://bank.example@evil.example/",
        "https://x.example/a b",
        "https://x.example/\u202egnp.exe",
        "http://[::1",
        "notes/barrier.md",
        "https://x.example/" + "a" * 2_000,
    ],
)
def test_only_web_addresses_are_told_as_such(address: str) -> None:
    assert web_address(dataclasses.replace(BARRIER, source=address)) is None


def test_the_address_that_the_page_calls_its_own_comes_first() -> None:
    metadata = {"canonical": "https://ledger.example/own", "url": "https://mirror.example/x"}
    assert web_address(dataclasses.replace(BARRIER, metadata=metadata)) == metadata["canonical"]
    filed = dataclasses.replace(BARRIER, source="a.md", metadata={"url": metadata["url"]})
    assert web_address(filed) == "https://mirror.example/x"


@pytest.mark.parametrize(
    ("stated", "language"),
    [("de", "de"), ("zh_Hant_TW", "zh-Hant-TW"), ('en" onload="x', None), ("english!", None)],
)
def test_a_language_is_told_only_as_a_tag(
    client: TestClient, folder: Path, stated: str, language: str | None
) -> None:
    add(folder, dataclasses.replace(BARRIER, id="other", metadata={"language": stated}))
    assert told(client, "other")["language"] == language
