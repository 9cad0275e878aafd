"""Addresses given to `index`: refused unless asked for, and answers are not believed blindly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import corpus.fetching
from corpus import UnreadableArticle
from corpus.fetching import FetchCache, Fetched
from corpus.formats.sitemaps import sitemap_urls
from tests.integration.conftest import Cli
from tests.integration.test_cli_formats import LOCK, PAGE, listed

URL = "https://orme.example/2031/05/lock"
MAP = "https://orme.example/sitemap.xml"
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    f"<url><loc>{URL}</loc></url><url><loc>https://orme.example/gone</loc></url></urlset>"
)


class Host:
    """Answers for the web: what is there by address, with ETags, and what was asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, str]] = {}
        self.sent: list[str] = []

    def fetch(self, url: str, *, cache: FetchCache) -> Fetched:
        if url not in self.pages:
            raise UnreadableArticle(f"{url} cannot be fetched: the host answered 404")
        media_type, text = self.pages[url]
        etag = str(hash(text))
        known = cache.validators.get(url, (None, None))[0] == etag
        cache.validators[url] = (etag, None)
        if not known:
            self.sent.append(url)
        return Fetched(
            url=url,
            final_url=url,
            media_type=media_type,
            data=b"" if known else text.encode(),
            not_modified=known,
        )

    def expand(self, url: str, *, cache: FetchCache, fetched: Fetched) -> Iterator[str]:
        assert fetched.data.decode() == self.pages[url][1]  # not asked again
        yield from (entry.loc for entry in sitemap_urls(self.pages[url][1].encode()))


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Host:
    made = Host()
    made.pages[URL] = ("text/html", PAGE)
    monkeypatch.setattr(corpus.fetching, "fetch", made.fetch)
    monkeypatch.setattr(corpus.fetching, "expand", made.expand)
    return made


def test_nothing_is_fetched_unless_it_was_asked_for(cli: Cli, host: Host, tmp_path: Path) -> None:
    result = cli("index", URL, "--index", tmp_path / "index")
    assert result.exit_code == 2
    assert "give --allow-network to fetch it" in result.stderr
    assert host.sent == []


def test_a_page_is_fetched_once_and_again_when_it_has_changed(
    cli: Cli, host: Host, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    arguments = ("index", URL, "--allow-network", "--index", index)
    assert "1 added" in cli(*arguments).stdout
    assert cli(*arguments).exit_code == 0
    assert host.sent == [URL]
    host.pages[URL] = ("text/html", PAGE.replace("3.4 million", "3.9 million"))
    assert "1 replaced" in cli(*arguments).stdout
    (article,) = listed(cli, index).values()
    assert article["source"] == URL
    cli("remove", article["id"], "--index", index)
    assert "1 added" in cli(*arguments).stdout


def test_a_sitemap_leads_to_its_articles_and_a_missing_one_stops_no_other(
    cli: Cli, host: Host, tmp_path: Path
) -> None:
    host.pages[MAP] = ("application/xml", SITEMAP)
    report = tmp_path / "report.jsonl"
    result = cli(
        *("index", MAP, "--allow-network", "--index", tmp_path / "index", "--report", report)
    )
    assert result.exit_code == 1
    assert "1 added, 0 unchanged, 0 replaced, 1 failed" in result.stdout
    assert "https://orme.example/gone" in result.stderr
    (line,) = map(json.loads, report.open())
    assert (line["file"], len(line["articles"]), len(line["reasons"])) == (MAP, 1, 1)


def test_a_page_that_calls_itself_by_another_hosts_address_takes_nobodys_place(
    cli: Cli, host: Host, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    elsewhere = "https://elsewhere.example/copy"
    host.pages[elsewhere] = ("text/html", PAGE.replace(LOCK, f"False. {LOCK}"))
    cli("index", URL, elsewhere, "--allow-network", "--index", index)
    lines = cli("articles", "--json", "--index", index).stdout.splitlines()
    assert {json.loads(line)["source"] for line in lines} == {URL, elsewhere}
