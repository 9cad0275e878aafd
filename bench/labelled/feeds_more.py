"""More feeds of the dev part: authors of the whole feed, several creators, picture credits."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape

from bench.labelled.dates import in_utc, rfc822
from bench.labelled.feeds import _html, _label
from bench.labelled.records import Label, Saved, Story
from bench.labelled.stories import stories

_XML = '<?xml version="1.0" encoding="utf-8"?>\n'


def atom_feed_author(group: list[Story]) -> tuple[str, list[Label]]:
    """Atom whose author stands only at the feed: it holds for each entry without one (RFC 4287)."""
    first, entries, labels = group[0], [], []
    for story in group:
        entries.append(
            f"<entry><title>{escape(story.title)}</title><link href='{story.url}'/><id>urn:x:{story.id}</id>"
            f"<updated>{story.published}</updated><published>{story.published}</published>"
            f"<rights>Not to be copied</rights><content type='html'>{escape(_html(story))}</content></entry>"
        )
        labels.append(_label(story, story.sentences, [], first.outlet, authors=list(first.authors)))
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in first.authors)
    return (
        f"{_XML}<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='{first.language}'><id>urn:x</id><title>{escape(first.outlet)}</title>"
        f"{authors}<updated>2031-05-03T10:00:00Z</updated>{''.join(entries)}</feed>\n",
        labels,
    )


def atom_source(group: list[Story]) -> tuple[str, list[Label]]:
    """A planet's Atom: each entry carries its own source with title and author; dates in UTC."""
    entries, labels = [], []
    for story in group:
        authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in story.authors)
        entries.append(
            f"<entry xml:lang='{story.language}'><title>{escape(story.title)}</title><link href='{story.url}'/><id>urn:y:{story.id}</id>"
            f"<published>{in_utc(story.published or '')}</published><updated>{in_utc(story.published or '')}</updated>"
            f"<source><id>urn:z</id><title>{escape(story.outlet)}</title>{authors}</source>{authors}"
            f"<content type='html'>{escape(_html(story))}</content></entry>"
        )
        labels.append(_label(story, story.sentences, [], story.outlet))
    return (
        f"{_XML}<feed xmlns='http://www.w3.org/2005/Atom'><id>urn:p</id><title>Planet Tidewater</title>"
        f"<updated>2031-05-03T10:00:00Z</updated>{''.join(entries)}</feed>\n",
        labels,
    )


def rss_joined_creator(group: list[Story]) -> tuple[str, list[Label]]:
    """RSS with all authors in one dc:creator, dc:date, and a picture's credit in media:credit."""
    first, items, labels = group[0], [], []
    for story in group:
        creator = (
            f"<dc:creator>{escape(' and '.join(story.authors))}</dc:creator>"
            if story.authors
            else ""
        )
        credit = "Dorrit Hale / Quayside Pictures"
        items.append(
            f"<item><title><![CDATA[{story.title}]]></title><link>{story.url}</link><guid>{story.url}</guid>{creator}"
            f"<pubDate>{rfc822(story.published or '')}</pubDate><dc:date>{story.published}</dc:date>"
            f"<media:content url='https://{story.host}/p.jpg' medium='image'><media:credit role='photographer'>{credit}</media:credit><media:description>A view from the quay.</media:description></media:content>"
            f"<content:encoded><![CDATA[{_html(story)}]]></content:encoded></item>"
        )
        labels.append(_label(story, story.sentences, [credit], first.outlet))
    return (
        f"{_XML}<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
        f"<title>{escape(first.outlet)}</title><link>https://{first.host}</link><description>All stories</description><language>{first.language}</language>"
        f"<managingEditor>desk@{first.host} (Night Desk)</managingEditor>{''.join(items)}</channel></rss>\n",
        labels,
    )


Maker = Callable[[list[Story]], tuple[str, list[Label]]]
FEEDS: list[tuple[Maker, str, list[str]]] = [
    (atom_feed_author, "atom", ["orchestra-bus"]),
    (atom_feed_author, "xml", ["ferry-engine", "storm-live"]),
    (atom_source, "atom", ["de-kran", "fr-canal", "it-campana"]),
    (rss_joined_creator, "xml", ["harbour-vote", "night-market"]),
    (rss_joined_creator, "rss", ["glacier-core", "vaccine-lab"]),
]


def more_feeds(part: str) -> list[Saved]:
    """Return these feeds; all of them are dev's."""
    if part != "dev":
        return []
    by_id = {story.id: story for story in stories(part)}
    out = []
    for maker, suffix, names in FEEDS:
        text, labels = maker([by_id[name] for name in names])
        name = f"feed/{maker.__name__}-{names[0]}.{suffix}"
        data = text.encode()
        out.append(Saved(name=name, kind="feed", system=maker.__name__, data=data, articles=labels))
    return out
