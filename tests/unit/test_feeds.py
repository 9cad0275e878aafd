"""Feeds and sitemaps: what is read of an entry, whose it is, and what is refused."""

from __future__ import annotations

import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableArticle
from corpus.extracted import BadRecord, Extracted, Stated
from corpus.fields import ONLY_A_SUMMARY
from corpus.formats.feed_limits import MAX_ENTRIES, first_entries
from corpus.formats.feeds import extract
from corpus.formats.sitemaps import (
    MAX_FEED_BYTES,
    SitemapEntry,
    feed_urls,
    is_sitemap,
    sitemap_urls,
)
from tests.timing import grows_within

ITEM = (
    "<item><title>Gates &amp;amp; weirs</title><link>https://ormecourier.example/1</link>"
    "<guid isPermaLink='false'>orme-1</guid><pubDate>Tue, 06 May 2031 07:30:00 +0200</pubDate>"
    "<dc:creator>Ines Varga</dc:creator><category>Harbour</category>"
    "<description>The gates.</description><content:encoded><![CDATA[<p>The gates closed.</p>"
    "<h2>Cost</h2><p>412 million &pound;.</p>]]></content:encoded></item>"
)


def rss(*items: str, head: str = "", title: str = "Orme Courier - World") -> bytes:
    return (
        f'{head}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title><link>https://www.ormecourier.example/</link>"
        f"<language>en-gb</language>{''.join(items)}</channel></rss>"
    ).encode()


RDF = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel
rdf:about="x"><title>Ledger</title><link>https://ledger.example/</link></channel><item
rdf:about="https://ledger.example/1"><title>T</title><link>https://ledger.example/1</link>
<description>They met.</description><dc:date>2019-05-06T07:00:00+02:00</dc:date>
<dc:creator>Tom Lowe</dc:creator><dc:creator>Mia Stone</dc:creator></item></rdf:RDF>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Bote</title>
<link href="https://bote.example/"/><entry><id>tag:bote.example,2031:1</id>
<title type="html">Das &lt;b&gt;Tor&lt;/b&gt;</title><link href="/1"/>
<link rel="replies" href="/1/c"/>
<updated>2031-05-07T00:00:00Z</updated><published>2031-05-06</published>
<author><name>Ines Varga</name></author><content type="xhtml"><div
xmlns="http://www.w3.org/1999/xhtml"><p>Das Tor <b>schloss</b>.</p><p>Es regnete.</p></div>
</content></entry><entry><id>2</id><title>Nur ein Titel</title>
<updated>2031-05-07T00:00:00Z</updated></entry>
</feed>"""


def read(data: bytes) -> list[Extracted | BadRecord]:
    return list(extract(io.BytesIO(data), "feed.xml"))


def only(data: bytes) -> Extracted:
    (found,) = read(data)
    assert isinstance(found, Extracted)
    return found


def test_an_entry_is_read_whole() -> None:
    found = only(rss(ITEM))

    assert found.text == "The gates closed.\n\nCost\n\n412 million £."
    assert [heading.of(found.text) for heading in found.headings] == ["Cost"]
    assert found == Extracted(
        text=found.text,
        headings=found.headings,
        title="Gates & weirs",
        outlet=Stated(value="Orme Courier", origin="feed"),
        published=Stated(value="2031-05-06T07:30:00+02:00", origin="feed"),
        authors=("Ines Varga",),
        url="https://ormecourier.example/1",
        language="en-gb",
        id="orme-1",
        metadata={"keywords": "Harbour"},
    )


def test_rss_1_gives_its_date_and_authors_in_dublin_core() -> None:
    found = only(RDF)

    assert found.published == Stated(value="2019-05-06T07:00:00+02:00", origin="feed")
    assert found.updated is None
    assert found.authors == ("Tom Lowe", "Mia Stone")
    assert found.outlet == Stated(value="Ledger", origin="feed")


def authors(data: bytes) -> list[tuple[str, ...]]:
    return [found.authors for found in read(data) if isinstance(found, Extracted)]


def test_entries_of_an_atom_feed_inherit_its_authors() -> None:
    both = ATOM.replace(b"<entry>", b"<author><name>Tom Lowe</name></author><entry>", 1)
    both = both.replace(b"<title>Nur ein Titel</title>", b"<content>Es schneite.</content>")
    assert authors(both) == [("Ines Varga",), ("Tom Lowe",)]


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("<dc:creator>Mia Stone</dc:creator>", ("Mia Stone",)),
        ("<dc:creator><![CDATA[Mia Stone]]></dc:creator>", ("Mia Stone",)),
        ("<dc:creator>Orme Courier</dc:creator>", ()),
        ("<managingEditor>Mia Stone</managingEditor>", ()),
        ("<managingEditor>desk@orme.example (Mia Stone)</managingEditor>", ()),
    ],
)
def test_a_channel_lends_its_items_the_name_of_a_person(
    channel: str, expected: tuple[str, ...]
) -> None:
    item = "<item><title>T</title><description>They met.</description></item>"
    assert authors(rss(channel, item)) == [expected]


def test_each_author_of_an_item_is_read() -> None:
    item = (
        "<item><description>They met.</description><author>a@orme.example (Tom Lowe)</author>"
        "<author>b@orme.example (Mia Stone)</author></item>"
    )
    assert authors(rss(item)) == [("Tom Lowe", "Mia Stone")]


def test_atom_tells_updated_from_published_and_completes_addresses() -> None:
    found, bad = read(ATOM)

    assert isinstance(found, Extracted)
    assert found.text == "Das Tor schloss.\n\nEs regnete."
    assert found.title == "Das Tor"
    assert found.published == Stated(value="2031-05-06", origin="feed")
    assert found.updated == Stated(value="2031-05-07T00:00:00+00:00", origin="feed")
    assert (found.url, found.id, found.language) == (
        "https://bote.example/1", "tag:bote.example,2031:1", "de",
    )  # fmt: skip
    assert bad == BadRecord(where="entry 2", reason="has no text, only a title or an address.")


def test_a_time_of_change_that_is_the_first_is_none() -> None:
    same = ATOM.replace(
        b"<published>2031-05-06</published>", b"<published>2031-05-07T00:00:00Z</published>"
    )

    found = read(same)[0]

    assert isinstance(found, Extracted)
    assert (found.published is not None, found.updated) == (True, None)


def test_a_summary_is_taken_with_a_warning_and_a_whole_text_without() -> None:
    summary = only(rss("<item><description>One &lt;b&gt;line&lt;/b&gt;.</description></item>"))
    whole = only(rss(f"<item><description>{'A line. ' * 400}</description></item>"))

    assert (summary.text, summary.warnings) == ("One line.", (ONLY_A_SUMMARY,))
    assert whole.warnings == ()


@pytest.mark.parametrize(
    ("title", "outlet", "sure"),
    [
        ("Orme Courier", "Orme Courier", True),
        ("World | Orme Courier", "Orme Courier", True),
        ("Orme Courier: Sport - Rowing", "Orme Courier", True),
        ("Morning paper - World", "Morning paper - World", False),
        ("Morning paper", "Morning paper", True),
    ],
)
def test_the_outlet_is_the_part_of_the_title_that_is_in_the_address(
    title: str, outlet: str, sure: bool
) -> None:
    assert only(rss(ITEM, title=title)).outlet == Stated(value=outlet, origin="feed", sure=sure)


def test_an_entry_taken_from_elsewhere_names_its_outlet() -> None:
    source = '<source url="https://wire.example/feed">Eastmere Wire</source></item>'

    found = only(rss(ITEM.replace("</item>", source)))

    assert found.outlet == Stated(value="Eastmere Wire", origin="feed")


def test_a_mail_address_is_no_author() -> None:
    item = "<item><description>x</description><author>{}</author></item>"

    assert only(rss(item.format("desk@orme.example (Ines Varga)"))).authors == ("Ines Varga",)
    assert only(rss(item.format("desk@orme.example"))).authors == ()


@pytest.mark.parametrize("date", ["03/04/2018", "last week", "Wed, 99 Foo 2018 07:00:00 GMT"])
def test_a_date_that_is_none_is_kept_as_given(date: str) -> None:
    found = only(rss(f"<item><description>x</description><pubDate>{date}</pubDate></item>"))

    assert found.published is None
    assert found.metadata == {"date as given": date}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1251", "wrong"]
)
def test_a_feed_is_read_in_the_encoding_it_declares(encoding: str) -> None:
    text = "Ворота" if encoding == "cp1251" else "Café £"
    head = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    data = rss(f"<item><description>{text}</description></item>", head=head).decode()

    assert only(data.encode("utf-8" if encoding == "wrong" else encoding)).text == text


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY b SYSTEM "file:///etc/passwd">',
        '<!ENTITY b SYSTEM "http://127.0.0.1/">',
        '<!ENTITY % b SYSTEM "http://127.0.0.1/"> %b;',
    ],
)
@pytest.mark.parametrize("rest", ["", "<broken"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(subset: str, rest: str, encoding: str) -> None:
    item = "<item><title>&b;</title><description>&b;</description></item>"
    data = rss(item, rest, head=f"<!DOCTYPE rss [{subset}]>").decode().encode(encoding)

    for reader in (read, feed_urls):
        with pytest.raises(UnreadableArticle, match="declares entities"):
            reader(data)


def test_a_doctype_without_entities_is_read_and_so_is_an_article_about_them() -> None:
    head = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1/rss.dtd">'
    about = "<item><description><![CDATA[Write <!ENTITY x> twice.]]></description></item>"

    assert only(rss(ITEM, head=head)).title == "Gates & weirs"
    assert only(rss(about)).text == "Write <!ENTITY x> twice."


def test_a_feed_that_is_broken_is_read_as_well_as_possible() -> None:
    item = "<item><description>Fish & chips &nbsp;</description></item><item><description>Cut"
    first, second, bad = read(rss(ITEM, item).removesuffix(b"</channel></rss>"))

    assert isinstance(first, Extracted)
    assert isinstance(second, Extracted)
    assert first.warnings == ("The feed is no well-formed XML: check its entries.",)
    assert second.text.startswith("Fish & chips")
    assert isinstance(bad, BadRecord)


def test_data_is_never_taken_for_the_name_of_a_file() -> None:
    with pytest.raises(UnreadableArticle, match="no feed"):
        read(__file__.encode())


SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><image:image><image:loc>https://orme.example/1.jpg</image:loc><image:title>No</image:title>
</image:image><loc> https://orme.example/1?a=1&amp;b=2 </loc><lastmod>2031-05-07</lastmod>
<news:news><news:publication><news:name>Orme Courier</news:name><news:language>en</news:language>
</news:publication><news:publication_date>2031-05-06T07:30:00+02:00</news:publication_date>
<news:title>Gates &amp; weirs</news:title></news:news></url>
<url><loc>https://orme.example/2</loc></url><url><loc>https://orme.example/2</loc></url>
<url><loc>javascript:alert(1)</loc></url><url><lastmod>2031</lastmod></url></urlset>"""


def test_a_sitemap_holds_no_article_and_says_what_to_do() -> None:
    with pytest.raises(UnreadableArticle, match=r"lists the addresses.*--allow-network"):
        read(SITEMAP)


def test_a_news_sitemap_lists_addresses_with_what_it_says_of_them() -> None:
    assert sitemap_urls(SITEMAP) == [
        SitemapEntry(
            loc="https://orme.example/1?a=1&b=2",
            lastmod="2031-05-07",
            title="Gates & weirs",
            publication="Orme Courier",
            published="2031-05-06T07:30:00+02:00",
        ),
        SitemapEntry(loc="https://orme.example/2"),
    ]


def test_a_list_of_sitemaps_is_told_from_a_sitemap() -> None:
    data = (
        b"<sitemapindex><sitemap><loc>https://orme.example/a.xml</loc><lastmod>2031-05-06</lastmod>"
        b"</sitemap></sitemapindex>"
    )

    assert sitemap_urls(data) == [
        SitemapEntry(loc="https://orme.example/a.xml", lastmod="2031-05-06", is_sitemap=True)
    ]
    assert is_sitemap(data)
    assert not is_sitemap(rss(ITEM))
    with pytest.raises(UnreadableArticle, match="is no sitemap"):
        sitemap_urls(rss(ITEM))


def test_a_feed_lists_the_addresses_of_its_entries_only() -> None:
    guid = "<item><guid>https://orme.example/g</guid></item><item><guid>17</guid></item>"

    assert feed_urls(rss(ITEM, ITEM, guid)) == [
        "https://ormecourier.example/1",
        "https://orme.example/g",
    ]
    assert feed_urls(ATOM, base="https://bote.example/feed/") == ["https://bote.example/1"]
    assert feed_urls(RDF) == ["https://ledger.example/1"]
    with pytest.raises(UnreadableArticle, match="is no feed"):
        feed_urls(b"<html></html>")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no feed"),
        (b"<html><p>Hello</p></html>", "no feed"),
        (rss(), "without entries"),
        (b"\x7fELF" + rss(ITEM), "ELF"),
        (rss(ITEM) + b" " * MAX_FEED_BYTES, "more than 10 MB"),
    ],
)
def test_what_is_no_feed_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableArticle, match=reason):
        read(data)


@pytest.mark.parametrize("part", ["<", "<a ", "<item>", "<![CDATA[", "&", "<title>&lt;"])
def test_time_grows_with_the_length_of_a_broken_feed(part: str) -> None:
    def read_part(size: int) -> None:
        read(rss("<item><description>") + (part * (size // len(part))).encode())

    assert grows_within(10, read_part, 10_000, 40_000, least_s=0.005)


PARTS = [ITEM.encode(), b"<item>", b"</item>", b"<![CDATA[", b"]]>", b"&#0;", b"<description>"]
PARTS += [b"</description>", b"\xff", b"&b;", b"text ", b"<h2>x</h2>", b"<link/>", b"&lt;p>"]


@given(st.lists(st.sampled_from(PARTS)))
def test_any_feed_is_read_or_refused(parts: list[bytes]) -> None:
    try:
        everything = read(rss() + b"".join(parts))
    except UnreadableArticle:
        return
    for found in everything:
        if isinstance(found, Extracted):
            assert found.text.strip()
            assert all(heading.end <= len(found.text) for heading in found.headings)
            assert Extracted.from_dict(found.to_dict()) == found


def test_of_a_feed_with_very_many_entries_the_first_are_read() -> None:
    entry = "<item><description>The gates closed.</description></item>"
    *first, last = read(rss(entry * (MAX_ENTRIES + 5)))
    assert len(articles := [one for one in first if isinstance(one, Extracted)]) == MAX_ENTRIES
    assert not any(one.warnings and "well-formed" in "".join(one.warnings) for one in articles)
    assert isinstance(last, BadRecord)
    assert "the other 5 entries were left out" in last.reason


def test_what_comes_after_the_entries_that_are_left_out_stays() -> None:
    entries = "<item/>" * (MAX_ENTRIES + 2)
    text, n_left_out = first_entries(f"<rss><channel>{entries}<title>a</title></channel></rss>")
    assert n_left_out == 2
    assert text.endswith("<item/><title>a</title></channel></rss>")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (rss().replace(b"<rss", b"<rss" + b' a="b"' * 300_000), "an element with 300,003 attrib"),
        (rss("".join(f"<a{n}>" for n in range(50_000))), "50,000 elements that are not closed"),
        (rss("<item>" + "<category/>" * 400_000 + "</item>"), "elements; the limit is 250,000"),
    ],
)
def test_markup_that_no_feed_has_is_refused_at_once(data: bytes, reason: str) -> None:
    began = time.perf_counter()
    with pytest.raises(UnreadableArticle, match=reason):
        read(data)
    assert time.perf_counter() - began < 3


def test_markup_in_a_text_does_not_count_as_the_feeds() -> None:
    page = "<p>" + "<br>" * 30_000 + '<img src="data:image/png;base64,' + "A=" * 20_000 + '">'
    quoted = f"<item><description><![CDATA[The gates closed.{page}]]></description></item>"
    assert only(rss(quoted)).text == "The gates closed."
