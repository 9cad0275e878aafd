"""Records, tables and web archives: what their fields mean, and what a bad one costs."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
from collections.abc import Iterator
from typing import BinaryIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.errors import UnreadableArticle
from corpus.extracted import BadRecord, Extracted, Stated
from corpus.field_map import FieldMap
from corpus.field_values import author_names, read_date
from corpus.fields import ONLY_A_SUMMARY, article_from_fields
from corpus.formats import html, records, tables, warc

Found = list[Extracted | BadRecord]


def read_json(data: object, name: str = "news.json", fields: FieldMap | None = None) -> Found:
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return list(records.extract(io.BytesIO(content), name, fields))


def read_table(text: str | bytes, name: str = "news.csv", fields: FieldMap | None = None) -> Found:
    content = text if isinstance(text, bytes) else text.encode()
    return list(tables.extract(io.BytesIO(content), name, fields))


def articles(found: Found) -> list[Extracted]:
    return [one for one in found if isinstance(one, Extracted)]


def only(found: Found) -> Extracted:
    (one,) = found
    assert isinstance(one, Extracted)
    return one


def stated(value: str, *, sure: bool = True) -> Stated:
    return Stated(value=value, origin="field", sure=sure)


WHOLE = Extracted(
    text="The gates closed.\n\nCost\n\nIt was high.",
    title="Gates close",
    outlet=stated("Orme Courier"),
    published=stated("2031-05-06T07:30:00+02:00"),
    authors=("Ines Varga",),
    url="https://orme.example/1",
    id="1",
)
HTML = "<p>The gates closed.</p><h2>Cost</h2><p>It was high.</p>"

SHAPES: dict[str, object] = {
    "guardian": {"response": {"status": "ok", "results": [{
        "id": "1", "webTitle": "Gates close", "webUrl": "https://orme.example/1",
        "webPublicationDate": "2031-05-06T07:30:00+02:00",
        "fields": {"body": HTML, "bodyText": "The gates closed. It was high.",
                   "byline": "Ines Varga", "publication": "Orme Courier"}}]}},
    "newsapi": {"status": "ok", "totalResults": 1, "articles": [{
        "id": "1", "source": {"id": "orme", "name": "Orme Courier"}, "author": "Ines Varga",
        "title": "Gates close", "url": "https://orme.example/1", "content": HTML,
        "publishedAt": "2031-05-06T07:30:00+02:00"}]},
    "nyt": {"response": {"docs": [{
        "_id": "1", "headline": {"main": "Gates close"}, "source": "Orme Courier", "body": HTML,
        "pub_date": "2031-05-06T07:30:00+0200", "byline": {"original": "By Ines Varga"},
        "web_url": "https://orme.example/1"}]}},
    "news-please": [{
        "maintext": HTML, "date_publish": "2031-05-06 07:30:00+02:00", "authors": ["Ines Varga"],
        "title": "Gates close", "url": "https://orme.example/1", "id": 1,
        "outlet": "Orme Courier"}],
    "schema.org": {"@graph": [{
        "@type": "NewsArticle", "headline": "Gates close", "articleBody": HTML, "id": "1",
        "datePublished": "2031-05-06T07:30:00+02:00", "author": [{"name": "Ines Varga"}],
        "publisher": {"name": "Orme Courier"},
        "mainEntityOfPage": {"@id": "https://orme.example/1"},
    }]},
    "wordpress": [{
        "id": 1, "title": {"rendered": "Gates close"}, "content": {"rendered": HTML},
        "date": "2031-05-06T07:30:00+02:00", "link": "https://orme.example/1",
        "author": "By: Ines Varga", "site_name": "Orme Courier"}],
    "elasticsearch": {"hits": {"hits": [{"_id": "1", "_source": {
        "title": "Gates close", "text": HTML, "published": "2031-05-06T07:30:00+02:00",
        "author": "Ines Varga", "url": "https://orme.example/1", "outlet": "Orme Courier"}}]}},
    "langchain": {"page_content": HTML, "id": "1", "metadata": {
        "source": "https://orme.example/1", "title": "Gates close", "site": "Orme Courier",
        "date": "Tue, 06 May 2031 07:30:00 +0200", "author": "Ines Varga"}},
    "columns": {"text": {"0": HTML}, "title": {"0": "Gates close"}, "id": {"0": 1},
                "author": {"0": "['Ines Varga']"}, "link": {"0": "https://orme.example/1"},
                "publication": {"0": "Orme Courier"}, "date": {"0": "2031-05-06T07:30:00+02:00"}},
    "blocks": {"id": "1", "article_url": "https://orme.example/1", "title": "Gates close",
        "author": "Ines Varga", "published_date": "2031-05-06T07:30:00+02:00",
        "source": "Orme Courier", "contents": [
            {"type": "title", "content": "Gates close"},
            {"type": "sanitized_html", "content": "The <b>gates</b> closed."}, None,
            {"type": "image", "fullcaption": "A gate"},
            {"type": "sanitized_html", "content": "<h2>Cost</h2>"},
            {"type": "sanitized_html", "content": "It was high."}]},
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_the_usual_exports_are_read(shape: str) -> None:
    found = only(read_json(SHAPES[shape]))

    assert [heading.of(found.text) for heading in found.headings] == ["Cost"]
    for name in ("text", "title", "outlet", "published", "authors", "url", "id"):
        assert getattr(found, name) == getattr(WHOLE, name), name


def test_a_json_feed_names_its_outlet() -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Orme Courier"}
    item = {"id": "1", "content_html": HTML, "date_published": "2031-05-06T07:30:00+02:00"}

    found = only(read_json(feed | {"items": [item]}))

    assert found.outlet == Stated(value="Orme Courier", origin="feed")


def test_a_squad_file_gives_one_article_for_each_title() -> None:
    paragraphs = [{"context": "One.", "qas": [{"question": "?"}]}, {"context": "Two.", "qas": []}]
    found = only(
        read_json({"version": "1", "data": [{"title": "Orme_Quay", "paragraphs": paragraphs}]})
    )

    assert (found.text, found.title, found.id) == ("One.\n\nTwo.", "Orme Quay", "Orme_Quay")


def test_a_text_that_comes_with_each_of_its_questions_is_one_article() -> None:
    rows = [
        {"id": str(n), "title": "T", "context": text, "question": "?"}
        for n, text in enumerate("aab")
    ]
    lines = "\n".join(map(json.dumps, rows)).encode()

    found = articles(read_json(lines, "squad.jsonl"))

    assert [(one.text, one.id) for one in found] == [("a", None), ("b", None)]


@pytest.mark.parametrize("name", ["news.jsonl", "news.ndjson", "news.json"])
def test_json_lines_are_told_whatever_the_name(name: str) -> None:
    lines = b'\n{"text": "a"}\r\n\n{"text": "b"}'

    assert [one.text for one in articles(read_json(lines, name))] == ["a", "b"]


@pytest.mark.parametrize("name", ["news.jsonl", "news.json"])
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_list_is_told_whatever_the_name(name: str, indent: int | None, encoding: str) -> None:
    data = json.dumps([{"text": "a"}, {"text": "b"}, "c"], indent=indent).encode(encoding)

    assert [one.text for one in articles(read_json(data, name))] == ["a", "b", "c"]


def test_a_file_in_utf_16_is_read() -> None:
    data = json.dumps([{"text": "Café"}], ensure_ascii=False, indent=1).encode("utf-16")

    assert only(read_json(data)).text == "Café"


BAD_LINES = {
    b'{"text": ': "is no JSON: Expecting value at character 11.",
    b'{"text": "a", "n": NaN}': "has the value NaN, which is no JSON.",
    b'{"text": "a", "n": -Infinity}': "has the value -Infinity, which is no JSON.",
    b'{"text": "a", "n": 1e999}': "has a number that is too large: 1e999.",
    b'{"text": "a", "n": ' + b"1" * 5000 + b"}": "has a number that is too large.",
    b"[" * 100_000: "nests deeper than 64 levels.",
    b'{"text": "a", "n":' + b"[" * 64 + b"]" * 64 + b"}": "nests deeper than 64 levels.",
    b'{"title": "a"}': "has no text: none of its fields is known to hold it (title)",
    b'{"headline_2": "a"}': "has no text: none of its fields is known to hold it (headline_2)",
    b"17": "is no object with fields.",
    b"null": "is no object with fields.",
    b"\x7fELF": "ELF program",
}


@pytest.mark.parametrize("line", BAD_LINES)
def test_a_bad_line_costs_no_other(line: bytes) -> None:
    first, bad, last = read_json(b'{"text": "a"}\n' + line + b'\n{"text": "b"}\n', "news.jsonl")

    assert [one.text for one in articles([first, last])] == ["a", "b"]
    assert isinstance(bad, BadRecord)
    assert bad.where == "line 2"
    assert BAD_LINES[line] in bad.reason


class Watched(io.BytesIO):
    """Remembers the most that was asked for at once."""

    most = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert size >= 0
        line = super().readline(size)
        self.most = max(self.most, len(line))
        return line


def test_a_line_that_is_too_long_is_passed_over_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MAX_LINE_BYTES", 100)
    file = Watched(b'{"text": "' + b"x" * 5000 + b'"}\n{"text": "b"}\n')

    bad, good = records.extract(file, "news.jsonl")

    assert isinstance(bad, BadRecord)
    assert (bad.where, only([good]).text) == ("line 1", "b")
    assert file.most == 101
    with pytest.raises(UnreadableArticle, match="JSON lines"):
        read_json(b'[\n"' + b"x" * 5000 + b'"]')


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "holds no articles"),
        (b"\n \n", "holds no articles"),
        (b"[]", "holds no articles"),
        (b'{"articles": [\n', "is no JSON"),
        (b"[\n" + b"[" * 100_000, "nests deeper"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
    ],
)
def test_a_file_of_which_nothing_can_be_made_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableArticle, match=reason):
        read_json(data)


def test_a_key_that_stands_twice_is_told() -> None:
    found = only(read_json(b'{"text": "a", "text": "b"}'))

    assert found.text == "b"
    assert found.warnings == ('The key "text" stands twice; the last one counts.',)


def test_what_no_text_may_hold_is_replaced_one_for_one() -> None:
    found = only(
        read_json(b'{"text": "a\\ud800b\\u0000c\\r\\nd", "title": "t\\udfff", "k\\ud800": "v"}')
    )

    assert (found.text, found.title) == ("a\ufffdb\ufffdc\nd", "t\ufffd")
    assert found.metadata == {"k\ufffd": "v"}


def test_paths_choose_the_fields() -> None:
    record = {"body": {"plain": "Right."}, "text": "Wrong.", "meta": {"names": [{"n": "Ines"}]},
              "when": "2031-05-06", "a.b": "T", "shop": {"deep": {"x": 1}}}  # fmt: skip
    paths = FieldMap(text="body.plain", authors="meta.names.0.n", published="when", title="a.b")

    found = only(read_json([record], fields=paths))

    assert (found.text, found.title, found.authors) == ("Right.", "T", ("Ines",))
    assert found.published == stated("2031-05-06")
    (bad,) = read_json([record], fields=FieldMap(text="body.html"))
    assert isinstance(bad, BadRecord)


def test_a_summary_and_a_text_that_is_cut_off_are_told() -> None:
    summary = article_from_fields({"title": "T", "description": "Short."})
    cut = article_from_fields({"content": "The gates [+1234 chars]", "description": "Short."})

    assert summary.warnings == (ONLY_A_SUMMARY,)
    assert cut.warnings == ('The text is cut off: it ends with "[+1234 chars]".',)
    assert [mark.span.of(cut.text) for mark in cut.marks] == ["[+1234 chars]"]
    assert cut.metadata == {"description": "Short."}


def test_what_is_unknown_becomes_metadata_within_bounds() -> None:
    record = {"text": "a", "section": "World", "keywords": ["x", "y"], "long": "z" * 501, "n": 3,
              "deep": {"a": 1}, "is_new": True, "domain": "www.orme.example"}  # fmt: skip
    found = article_from_fields(record)

    assert found.metadata == {"section": "World", "keywords": "x, y", "n": "3"}
    assert found.outlet == stated("orme.example", sure=False)
    many = article_from_fields({"text": "a"} | {f"k{n}": n for n in range(1000)})
    assert len(many.metadata) == 32


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("2018-06-01", "2018-06-01"),
        ("2018-06-01T09:30:00Z", "2018-06-01T09:30:00+00:00"),
        ("2018-06-01T09:30:00-0400", "2018-06-01T09:30:00-04:00"),
        ("2018-06-01 09:30:00 +0200", "2018-06-01T09:30:00+02:00"),
        ("2018-06-01 09:30:00 UTC", "2018-06-01T09:30:00+00:00"),
        ("2018-06-01T09:30:00.123456789Z", "2018-06-01T09:30:00.123456+00:00"),
        ("20180601T093000Z", "2018-06-01T09:30:00+00:00"),
        ("20180601093000", "2018-06-01T09:30:00"),
        ("2018/06/01", "2018-06-01"),
        ("June 1, 2018", "2018-06-01"),
        ("1 June 2018", "2018-06-01"),
        ("Jun 1, 2018, 5:30 pm EDT", "2018-06-01T17:30:00-04:00"),
        ("Fri, 01 Jun 2018 09:30:00 GMT", "2018-06-01T09:30:00+00:00"),
        ("Fri, 1 Jun 2018 09:30:00 -0700", "2018-06-01T09:30:00-07:00"),
        ("25/12/2018", "2018-12-25"),
        ("2018-06", "2018-06"),
        ("June 2018", "2018-06"),
        ("2018", "2018"),
        (1527845400, "2018-06-01T09:30:00+00:00"),
        (1527845400000, "2018-06-01T09:30:00+00:00"),
        ("1527845400.0", "2018-06-01T09:30:00+00:00"),
        (20180601, "2018-06-01"),
    ],
)
def test_dates_in_the_usual_spellings_are_read(given: object, date: str) -> None:
    assert read_date(given) == date


@pytest.mark.parametrize(
    "given",
    ["", "03/04/2018", "yesterday", "12:30", "2018-13-01", "2018-02-30", "0001-01-01T00:00:00",
     None, "1970-01-01T00:00:00Z", "99999999999999999", 0, -1, 17, 4_200_000_000, True, [2018],
     {"a": 1},
     float("nan"), float("inf"), "1 June 2018 to 5 June 2018", "x" * 100_000],
)  # fmt: skip
def test_what_is_no_certain_date_is_none(given: object) -> None:
    assert read_date(given) is None


def test_a_date_that_is_not_taken_is_kept_and_one_of_storage_is_not_sure() -> None:
    found = article_from_fields({"text": "a", "date": "03/04/2018", "created_at": "2020-01-01"})
    stored = article_from_fields({"text": "a", "created_at": "2020-01-01"})

    assert found.published is None
    assert found.metadata["date as given"] == "03/04/2018"
    assert stored.published == stated("2020-01-01", sure=False)


def test_a_date_in_gmt_has_its_zone() -> None:
    record = {"text": "a", "date": "2020-01-01T10:00:00", "date_gmt": "2020-01-01T09:00:00"}

    assert article_from_fields(record).published == stated("2020-01-01T09:00:00+00:00")


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("By Ines Varga and Tom Lowe", ("Ines Varga", "Tom Lowe")),
        ("Ines Varga; Tom Lowe", ("Ines Varga", "Tom Lowe")),
        ("['Ines Varga', \"Tom O'Lowe\"]", ("Ines Varga", "Tom O'Lowe")),
        ([{"name": "Ines Varga"}, {"name": "Tom Lowe"}], ("Ines Varga", "Tom Lowe")),
        ({"name": "Ines Varga"}, ("Ines Varga",)),
        ("Byron Anders", ("Byron Anders",)),
        ("Ines Varga, Tom Lowe and Mia Stone", ("Ines Varga", "Tom Lowe", "Mia Stone")),
        ("Ines Varga, Political Editor", ("Ines Varga, Political Editor",)),
        ("Ines Varga, Orme", ("Ines Varga, Orme",)),
        (["Ines Varga", "Ines Varga"], ("Ines Varga",)),
        (17, ()),
        ([], ()),
    ],
)
def test_authors_are_told_apart(given: object, names: tuple[str, ...]) -> None:
    assert author_names(given) == names


# Tables.


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_in_any_dialect_and_encoding(delimiter: str, encoding: str) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(["", "Title", "Content", "Publication", "Date", "Section"])
    writer.writerow(
        [0, "Gates; close", 'It was "high",\n\nat | the café.', "Orme", "2031-05-06", "World"]
    )
    writer.writerow([])
    writer.writerow([1, "T", "Second.", "", "", ""])

    first, second = articles(read_table(file.getvalue().encode(encoding)))

    assert first.text == 'It was "high",\n\nat | the café.'
    assert (first.title, first.outlet) == ("Gates; close", stated("Orme"))
    assert (first.published, dict(first.metadata)) == (stated("2031-05-06"), {"Section": "World"})
    assert (second.text, second.outlet, second.published) == ("Second.", None, None)


def test_quotation_marks_in_a_table_without_quoting_are_text() -> None:
    found = articles(read_table('title\ttext\nA\t"Go," he said.\nB\tc\n', "news.tsv"))

    assert [one.text for one in found] == ['"Go," he said.', "c"]


def test_a_bad_row_costs_no_other() -> None:
    found = read_table("id,text\n1,a\n2,b,c\n3,\n4,d\n")

    assert [one.text for one in articles(found)] == ["a", "d"]
    assert [(one.where, one.reason[:5]) for one in found if isinstance(one, BadRecord)] == [
        ("line 3", "has 3"),
        ("line 4", "has n"),
    ]


def test_a_quotation_mark_that_is_not_closed_costs_what_it_swallows() -> None:
    swallowed = "a line that is swallowed\n" * (tables.MAX_FIELD_CHARS // 24)
    found = read_table(f'id,text\n1,a\n2,"b\n{swallowed}3,c\n4,d\n')

    bad = next(one for one in found if isinstance(one, BadRecord))
    assert bad.where == "line 3"
    assert "quotation mark" in bad.reason
    assert [one.text for one in articles(found)][0::2] == ["a", "d"]


def test_a_line_without_end_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_LINE_CHARS", 1000)

    found = read_table("id,text\n" + "x," * 5000 + "\n2,b\n")

    assert isinstance(found[0], BadRecord)
    assert only(found[1:]).text == "b"


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "1,The gates closed.\n", "title\nT\n"])
def test_a_table_without_a_column_for_the_text_is_refused(text: str) -> None:
    with pytest.raises(UnreadableArticle, match="no column"):
        read_table(text)


def test_a_column_can_be_named() -> None:
    paths = FieldMap(text="Prose", title="Über")

    assert only(read_table("Über,Prose\nT,a\n", fields=paths)).title == "T"
    with pytest.raises(UnreadableArticle, match="no column"):
        read_table("title,text\nT,a\n", fields=paths)


def test_the_file_of_a_table_is_left_open() -> None:
    file = io.BytesIO(b"text\na\n")
    list(tables.extract(file, "a.csv"))

    assert not file.closed


# Web archives.

PROSE = "The tidal gates at Orme closed on Tuesday, and the harbour engineer said they would hold. "
PAGE = (
    "<html><head><meta charset='{}'><title>Gates close</title></head><body><article><h1>Gates close"
    "</h1>" + f"<p>{PROSE * 4}</p>" * 3 + "<p>Café {}</p></article></body></html>"
)


PACKED = "Content-Encoding: gzip\r\n"


def record(kind: str, url: str, content: bytes) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
    head += "WARC-Date: 2031-05-06T07:30:00Z\r\nContent-Type: application/http;msgtype=response\r\n"
    return f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content + b"\r\n\r\n"


def archive(*written: bytes, packed: bool = False) -> bytes:
    everything = (record("warcinfo", "", b"software: test\r\n"), *written)
    return b"".join(gzip.compress(one) if packed else one for one in everything)


def answered(
    number: int = 1,
    body: bytes | None = None,
    *,
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    headers: str = "",
    record_kind: str = "response",
) -> bytes:
    content = PAGE.format("utf-8", number).encode() if body is None else body
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode()
    return record(record_kind, f"https://orme.example/{number}", head + content)


def read_archive(data: bytes | BinaryIO) -> Found:
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    return list(warc.extract(file, "a.warc"))


def urls(found: Found) -> list[str | None]:
    return [one.url for one in articles(found)]


@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_an_archive_are_read(packed: bool) -> None:
    data = archive(
        answered(1),
        answered(2, status="404 Not Found"),
        answered(3, kind="image/png"),
        answered(4, record_kind="request"),
        answered(5, gzip.compress(PAGE.format("x", 5).encode()), headers=PACKED),
        answered(6, PAGE.format("utf-8", 6).encode("cp1252"), kind="text/html; charset=ISO-8859-1"),
        packed=packed,
    )
    found = read_archive(data)

    assert urls(found) == [f"https://orme.example/{n}" for n in (1, 5, 6)]
    assert len(found) == 3
    for one in articles(found):
        assert one.id == one.url
        assert one.metadata["archived"] == "2031-05-06T07:30:00Z"
        assert one.text.count("Café") == 1
        assert one.published is None or one.published.value != "2031-05-06"


def test_an_archive_that_is_packed_as_a_whole_is_read() -> None:
    assert len(read_archive(gzip.compress(archive(answered(1), answered(2))))) == 2


@pytest.mark.parametrize("packed", [False, True])
def test_a_damaged_record_costs_no_other(packed: bool) -> None:
    start, end = (
        len(archive(answered(1), packed=packed)),
        len(archive(answered(1), answered(2), packed=packed)),
    )
    data = bytearray(archive(answered(1), answered(2), answered(3), packed=packed))
    if packed:
        data[(start + end) // 2 : (start + end) // 2 + 9] = bytes(9)
    else:
        data[start : start + 5] = b"GARC/"

    found = read_archive(bytes(data))

    assert urls(found) == ["https://orme.example/1", "https://orme.example/3"]
    assert len([one for one in found if isinstance(one, BadRecord)]) == 1


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_that_is_cut_off_is_read_up_to_there(packed: bool) -> None:
    first, last = read_archive(archive(answered(1), answered(2), packed=packed)[:-150])

    assert urls([first]) == ["https://orme.example/1"]
    assert isinstance(last, BadRecord)
    assert "is cut off." in last.reason


def test_bombs_are_refused_and_cost_no_other() -> None:
    zeros = bytes(30_000_000)
    packed_zeros = gzip.compress(zeros)
    data = archive(
        answered(1, zeros),
        answered(2, packed_zeros, headers=PACKED),
        answered(3, b"x", headers="Content-Encoding: br\r\n"),
        answered(4),
        packed=True,
    )
    found = read_archive(data + packed_zeros + archive(answered(5), packed=True))

    assert urls(found) == ["https://orme.example/4", "https://orme.example/5"]
    reasons = [one.reason for one in found if isinstance(one, BadRecord)]
    for reason in ("more than 100 times", "more than 10 MB", '"br"'):
        assert any(reason in one for one in reasons), reasons


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b\x08", gzip.compress(b"")])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    found: Found = []
    try:
        found = read_archive(data)
    except UnreadableArticle:
        return
    assert not articles(found)


# Anything at all.


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=5)
            | st.sampled_from(
                "text body title date author source url data items id metadata".split()
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


def check(everything: Iterator[Extracted | BadRecord]) -> None:
    with contextlib.suppress(UnreadableArticle):
        for found in everything:
            if isinstance(found, Extracted):
                assert found.text.strip()
                assert Extracted.from_dict(json.loads(json.dumps(found.to_dict()))) == found
                spans = [*found.headings, *(mark.span for mark in found.marks)]
                assert all(span.end <= len(found.text) for span in spans)
                assert not any(c < " " and c not in "\n\t" for c in found.text)
                assert all(isinstance(value, str) for value in found.metadata.values())


@given(values)
@example({"text": {"0": None}, "title": {"0": []}})
@example({"source": {"text": "a"}, "authors": [None, {}, [["x"]]], "date": {"content": [1]}})
def test_any_value_is_read_or_refused(value: object) -> None:
    for name in ("a.json", "a.jsonl"):
        data = json.dumps(value).encode()
        check(records.extract(io.BytesIO(data), name))


@given(st.binary(max_size=200) | st.lists(st.sampled_from(
    ["{", "}", "[", "]", '"text"', ":", '"a"', ",", "\n", "1", "NaN", '"', "\\", "text", "\t", ";"]
)).map(lambda parts: "".join(parts).encode()))  # fmt: skip
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    check(records.extract(io.BytesIO(data), "a.jsonl"))
    check(records.extract(io.BytesIO(data), "a.json"))
    check(tables.extract(io.BytesIO(b"title,text\n" + data), "a.csv"))
    check(tables.extract(io.BytesIO(b"title\ttext\n" + data), "a.tsv"))
    check(warc.extract(io.BytesIO(b"WARC/1.0\r\nContent-Length: 9\r\n\r\n" + data), "a.warc"))
    check(warc.extract(io.BytesIO(gzip.compress(data) + data), "a.warc.gz"))


def test_a_page_that_breaks_a_library_costs_no_other_page(monkeypatch: pytest.MonkeyPatch) -> None:
    read_page = html.extract_page

    def broken(data: bytes, name: str, *, url: str) -> Extracted:
        if url.endswith("/2"):
            raise AttributeError("no attribute 'tag'")
        return read_page(data, name, url=url)

    monkeypatch.setattr(html, "extract_page", broken)
    first, bad, last = read_archive(archive(*(answered(n) for n in (1, 2, 3))))
    assert urls([first, last]) == ["https://orme.example/1", "https://orme.example/3"]
    assert bad == BadRecord(
        where="record 3", reason="holds a page that cannot be read: no attribute 'tag'."
    )
