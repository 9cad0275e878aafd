"""Feeds and site maps as outlets publish them: RSS 2.0, Atom, RDF and news site maps."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from bench.labelled.dates import in_utc, rfc822
from bench.labelled.records import Label, Saved, Story
from bench.labelled.stories import stories

_FOOT = {
    "dev": "The post {} appeared first on {}.",
    "test": "Continue reading {} at {}",
}


def _html(story: Story) -> str:
    """Return the story as the HTML that feeds carry."""
    out = []
    for block in story.blocks:
        text = escape(story.gap.join(block.lines))
        if block.kind == "list":
            out.append(
                "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in block.lines) + "</ul>"
            )
        elif block.kind in ("h", "entry"):
            out.append(f"<h2>{text}</h2>")
        elif block.kind == "table":
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
            out.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            out.append(f"<p>{text}</p>")
    return "\n".join(out)


def _label(
    story: Story, sentences: list[str], furniture: list[str], outlet: str | None, **facts: object
) -> Label:
    label = Label(
        story=story.id,
        title=story.title,
        outlet=outlet,
        authors=list(story.authors),
        published=story.published,
        language=story.language,
        url=story.url,
        sentences=sentences,
        furniture=furniture,
    )
    for name, value in facts.items():
        setattr(label, name, value)
    return label


def rss_full(group: list[Story]) -> tuple[str, list[Label]]:
    """RSS 2.0 with content:encoded, dc:creator and the line a blog adds to each post."""
    items, labels, first = [], [], group[0]
    for story in group:
        foot = _FOOT[story.part].format(story.title, story.outlet)
        foot_html = _FOOT[story.part].format(
            f'<a href="{story.url}">{escape(story.title)}</a>',
            f'<a href="https://{story.host}">{escape(story.outlet)}</a>',
        )
        creators = "".join(
            f"<dc:creator><![CDATA[{author}]]></dc:creator>" for author in story.authors
        )
        items.append(
            f"<item><title>{escape(story.title)}</title><link>{story.url}</link>{creators}"
            f"<pubDate>{rfc822(story.published or '')}</pubDate><category><![CDATA[{story.section}]]></category>"
            f'<guid isPermaLink="false">https://{story.host}/?p={len(story.id) * 917}</guid>'
            f"<description><![CDATA[<p>{story.sentences[0]} [&#8230;]</p><p>{foot_html}</p>]]></description>"
            f"<content:encoded><![CDATA[{_html(story)}<p>{foot_html}</p>]]></content:encoded></item>"
        )
        labels.append(_label(story, story.sentences, [foot], first.outlet))
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{escape(first.outlet)}</title><link>https://{first.host}</link><description>News</description>"
        f"<lastBuildDate>Mon, 05 Jan 2026 10:00:00 +0000</lastBuildDate><language>{first.language}</language>"
        f"{''.join(items)}</channel></rss>\n"
    )
    return text, labels


def rss_summary(group: list[Story]) -> tuple[str, list[Label]]:
    """RSS 2.0 with a summary of one sentence: the article is not more than that."""
    items, labels, first = [], [], group[0]
    for story in group:
        author = (
            f"<author>news@{story.host} ({', '.join(story.authors)})</author>"
            if story.authors
            else ""
        )
        items.append(
            f"<item><title>{escape(story.title)}</title><link>{story.url}</link><guid>{story.url}</guid>{author}"
            f"<description>{escape(story.sentences[0])}</description><pubDate>{rfc822(story.published or '')}</pubDate></item>\n"
        )
        labels.append(_label(story, story.sentences[:1], [], first.outlet))
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0">\n<channel>\n<title>{escape(first.outlet)}</title>\n'
        f"<link>https://{first.host}/</link>\n<language>{first.language}</language>\n<copyright>(c) 2025 {escape(first.outlet)}</copyright>\n"
        f"{''.join(items)}</channel>\n</rss>\n",
        labels,
    )


def atom(group: list[Story]) -> tuple[str, list[Label]]:
    """Atom 1.0 with HTML content, authors, published and updated times."""
    entries, labels, first = [], [], group[0]
    for story in group:
        authors = "".join(
            f"<author><name>{escape(author)}</name></author>" for author in story.authors
        )
        moment = (
            story.published if "T" in (story.published or "") else f"{story.published}T00:00:00Z"
        )
        updated = story.updated or moment or ""
        entries.append(
            f'<entry><title type="html">{escape(escape(story.title))}</title><link href="{story.url}" rel="alternate"/>'
            f"<id>tag:{story.host},2005:{story.id}</id>{authors}<published>{moment}</published><updated>{updated}</updated>"
            f'<content type="html">{escape(_html(story))}</content></entry>'
        )
        labels.append(_label(story, story.sentences, [], first.outlet, updated=story.updated))
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{first.language}"><title>{escape(first.outlet)}</title>'
        f'<link href="https://{first.host}/feed.atom" rel="self"/><updated>2026-01-05T10:00:00Z</updated><id>https://{first.host}/</id>'
        f"{''.join(entries)}</feed>\n",
        labels,
    )


def rdf(group: list[Story]) -> tuple[str, list[Label]]:
    """RSS 1.0 (RDF) with Dublin Core dates and descriptions of two sentences."""
    items, labels, first = [], [], group[0]
    for story in group:
        creator = escape(", ".join(story.authors))
        text = story.gap.join(story.sentences[:2])
        items.append(
            f'<item rdf:about="{story.url}"><title>{escape(story.title)}</title><link>{story.url}</link>'
            f"<description>{escape(text)}</description><dc:date>{in_utc(story.published or '')}</dc:date>"
            + (f"<dc:creator>{creator}</dc:creator>" if creator else "")
            + "</item>"
        )
        labels.append(_label(story, story.sentences[:2], [], first.outlet))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://{first.host}/"><title>{escape(first.outlet)}</title>'
        f"<link>https://{first.host}/</link><description>x</description><dc:language>{first.language}</dc:language></channel>{''.join(items)}</rdf:RDF>\n",
        labels,
    )


def xhtml_atom(group: list[Story]) -> tuple[str, list[Label]]:
    """Atom with XHTML content in line, as some systems write it, and one author for the feed."""
    entries, labels, first = [], [], group[0]
    for story in group:
        moment = (
            in_utc(story.published or "")
            if "T" in (story.published or "")
            else f"{story.published}T00:00:00Z"
        )
        entries.append(
            f"<entry><title>{escape(story.title)}</title><link href={quoteattr(story.url)}/><id>{story.url}</id>"
            f'<published>{moment}</published><updated>{moment}</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{_html(story)}</div></content></entry>'
        )
        labels.append(_label(story, story.sentences, [], first.outlet, authors=list(first.authors)))
    people = "".join(f"<author><name>{escape(author)}</name></author>" for author in first.authors)
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{first.language}"><title>{escape(first.outlet)}</title>{people}'
        f"<id>urn:{first.host}</id><updated>2026-01-05T10:00:00Z</updated>{''.join(entries)}</feed>\n",
        labels,
    )


def news_sitemap(group: list[Story]) -> tuple[str, list[Label]]:
    """A news site map: titles, dates and addresses, and no article at all."""
    urls = "".join(
        f"<url><loc>{story.url}</loc><news:news><news:publication><news:name>{escape(story.outlet)}</news:name>"
        f"<news:language>{story.language}</news:language></news:publication><news:publication_date>{story.published}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news></url>\n"
        for story in group
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{urls}</urlset>\n',
        [],
    )


def plain_sitemap(group: list[Story]) -> tuple[str, list[Label]]:
    """A site map of addresses and times of change, and no article at all."""
    urls = "".join(
        f"<url><loc>{story.url}</loc><lastmod>{story.published}</lastmod></url>" for story in group
    )
    return (
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>\n',
        [],
    )


Maker = Callable[[list[Story]], tuple[str, list[Label]]]
FEEDS: dict[str, list[tuple[Maker, str, list[str]]]] = {
    "dev": [
        (rss_full, "xml", ["harbour-vote", "brief-bridge", "night-market"]),
        (rss_full, "rss", ["de-hochwasser", "de-faehre"]),
        (rss_summary, "rss", ["brandt-verdict", "toll-booths"]),
        (atom, "atom", ["lynx-study", "vaccine-lab", "glacier-core"]),
        (atom, "xml", ["fr-marche", "fr-horloge"]),
        (news_sitemap, "xml", ["harbour-vote", "night-market"]),
    ],
    "test": [
        (rdf, "xml", ["mayor-recount", "hockey-final", "library-goat"]),
        (rdf, "rss", ["de-bahnhof", "de-imker"]),
        (xhtml_atom, "atom", ["comet-mission", "meteor-barn"]),
        (xhtml_atom, "xml", ["es-puente", "es-campana"]),
        (plain_sitemap, "xml", ["mayor-recount", "library-goat"]),
    ],
}


def feeds(part: str) -> list[Saved]:
    """Return the feeds of a part."""
    by_id = {story.id: story for story in stories(part)}
    out = []
    for maker, suffix, names in FEEDS[part]:
        text, labels = maker([by_id[name] for name in names])
        out.append(
            Saved(
                name=f"feed/{maker.__name__}-{names[0]}.{suffix}",
                kind="feed",
                system=maker.__name__,
                data=text.encode(),
                articles=labels,
            )
        )
    return out
