"""Addresses to what they answer, and feeds and sitemaps to the addresses that they list."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from corpus.errors import UnreadableArticle
from corpus.fetching.answers import Unpacker
from corpus.fetching.limits import FetchCache, Fetched, FetchLimits, Network
from corpus.fetching.visits import Visit
from corpus.formats.sitemaps import feed_urls, is_sitemap, sitemap_urls

logger = logging.getLogger(__name__)
MAX_URLS = 1000
_MAX_SITEMAPS = 50
_LIMITS = FetchLimits()
_NETWORK = Network()


def fetch(
    url: str,
    *,
    cache: FetchCache | None = None,
    limits: FetchLimits = _LIMITS,
    network: Network = _NETWORK,
) -> Fetched:
    """Fetch what is at an address, if robots.txt allows it.

    Args:
        url: An http or https address of a public host.
        cache: What earlier fetches found; keep one for a run, so that hosts are asked politely.
        limits: Bounds on size, time and redirects.
        network: The world outside; for tests.

    Raises:
        UnreadableArticle: The address may not be fetched, or could not be; the message says why.
    """
    return Visit(cache if cache is not None else FetchCache(), limits, network).fetch(url)


def expand(
    url: str,
    *,
    cache: FetchCache | None = None,
    limits: FetchLimits = _LIMITS,
    network: Network = _NETWORK,
    fetched: Fetched | None = None,
) -> Iterator[str]:
    """Yield the addresses that a feed or a sitemap lists, each once, at most `MAX_URLS`.

    A sitemap that others list and that cannot be read is left out, with a warning in the log. What
    the address itself answered may be given as `fetched`, so that it is not asked again.

    Raises:
        UnreadableArticle: The first address cannot be fetched, or is no feed and no sitemap.
    """
    cache = cache if cache is not None else FetchCache()
    sitemaps, found = [url], set[str]()
    for number, address in enumerate(sitemaps):
        try:
            if number or fetched is None:
                fetched = fetch(address, cache=cache, limits=limits, network=network)
            articles, more = _listed(fetched, limits.max_bytes)
        except UnreadableArticle as error:
            if number == 0:
                raise
            logger.warning("%s", error)
            continue
        if more:  # that the list of sitemaps has not changed says nothing of the sitemaps
            cache.validators.pop(fetched.final_url, None)
        sitemaps += [new for new in more if new not in sitemaps][: _MAX_SITEMAPS - len(sitemaps)]
        for article in articles:
            if article not in found and len(found) < MAX_URLS:
                found.add(article)
                yield article


def _listed(fetched: Fetched, max_bytes: int) -> tuple[list[str], list[str]]:
    """Return the addresses of articles and those of sitemaps that a feed or sitemap lists."""
    if fetched.not_modified:
        return [], []
    data, name = fetched.data, fetched.final_url
    if data.startswith(b"\x1f\x8b"):
        data = Unpacker("gzip", max_bytes, name).all_of(data)
    if not is_sitemap(data):
        return feed_urls(data, name, base=name), []
    entries = sitemap_urls(data, name)
    articles = [entry.loc for entry in entries if not entry.is_sitemap]
    return articles, [entry.loc for entry in entries if entry.is_sitemap]
