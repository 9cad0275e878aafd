"""PDF, Word, EPUB and mail files, made here by code, as articles."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage

import docx
import fpdf
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from pypdf import PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import UnreadableArticle
from corpus.extracted import BadRecord, Extracted, Stated
from corpus.formats import docx as word
from corpus.formats import epub, mail, pdf
from corpus.formats.blocks import block_text
from corpus.formats.mail_marks import mark_lines
from corpus.formats.zipped import open_archive
from corpus.sentences import split_sentences

HEADLINE = "River town votes on a new harbour wall"
SENTENCES = (
    "The old harbour wall will be replaced by a higher one, the council of Orme said on Tuesday.",
    "Nobody had expected a long-term closure when the first cracks were found in 2014.",
    "“We never gave up,” said Mrs. Tallow, who keeps the ferry house on the northern bank.",
    "Engineers from Halden Works measured every one of the 312 oak piles by hand.",
    "The reconstruction costs 4.2 million crowns, about a third more than the council had planned.",
    "Critics say that the money would have been better spent on the well-known tunnel project.",
    "A spokesperson for the transportation department declined to comment on the accusations.",
    "On Friday the first boats will leave at 6.15 a.m., followed by schoolchildren in kayaks.",
    "The administration expects approximately eleven thousand visitors for the celebrations.",
)
PARAGRAPHS = [
    " ".join(SENTENCES[(start + step * n) % 9] for n in range(4))
    for start, step in zip(range(24), (1, 2, 4, 5, 7, 8) * 4, strict=True)
]


def one(extract: Callable[..., object], data: bytes, name: str) -> Extracted:
    found = list(extract(io.BytesIO(data), name))  # type: ignore[call-overload]
    assert len(found) == 1
    assert isinstance(found[0], Extracted)
    check_offsets(found[0])
    return found[0]


def check_offsets(article: Extracted) -> None:
    end = 0
    for mark in article.marks:
        assert end <= mark.span.start < mark.span.end <= len(article.text)
        end = mark.span.end
    for heading in article.headings:
        assert heading.end <= len(article.text)
        assert heading.of(article.text) == heading.of(article.text).strip() != ""
    assert not any(char in article.text for char in "\r\0\x0c\ud800")


def sentences(text: str) -> list[str]:
    return [span.of(text).strip() for span in split_sentences(text)]


def marked(article: Extracted) -> list[tuple[str, str]]:
    return [(mark.reason, mark.span.of(article.text)) for mark in article.marks]


def kept(article: Extracted) -> str:
    """Return the text without what is marked."""
    parts, end = [], 0
    for mark in article.marks:
        parts.append(article.text[end : mark.span.start])
        end = mark.span.end
    return "".join([*parts, article.text[end:]])


# PDF


def wrap(text: str, width: float, *, hyphenate: bool = False) -> list[str]:
    """Break a text into lines of 10 point Times, as typesetters do."""
    lines, line = [], ""
    for word_ in text.split():
        longer = f"{line} {word_}".strip()
        if stringWidth(longer, "Times-Roman", 10) <= width:
            line = longer
            continue
        rest = word_
        cuts = range(len(word_) - 3, 2, -1) if hyphenate and word_.isalpha() else ()
        if len(word_) > 8:
            for cut in cuts:
                longer = f"{line} {word_[:cut]}-".strip()
                if stringWidth(longer, "Times-Roman", 10) <= width:
                    line, rest = longer, word_[cut:]
                    break
        lines.append(line)
        line = rest
    return [*lines, line]


def newspaper(
    paragraphs: Sequence[str],
    *,
    columns: int = 2,
    row_by_row: bool = False,
    hyphenate: bool = False,
    indent: bool = False,
    title: str | None = None,
    foot: str = "",
    caption: str = "",
) -> bytes:
    """Set paragraphs in columns under a headline, with a running head and page numbers."""
    width = (495 - 18 * (columns - 1)) / columns
    lines: list[tuple[float, str]] = []
    for paragraph in paragraphs:
        first, *others = wrap(paragraph, width - 12, hyphenate=hyphenate)
        lines += [(10 if indent else 0, first), *((0, line) for line in others)]
        lines += [] if indent else [(0, "")]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setTitle(title or "untitled")
    number = 0
    while lines:
        number += 1
        top = 720 if number == 1 else 775
        if number == 1:
            canvas.setFont("Helvetica-Bold", 22)
            canvas.drawString(50, 765, HEADLINE)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(50, 815, f"Halden Gazette  |  3 June 2025  |  Page {number}")
        canvas.drawString(50, 20, foot)
        canvas.setFont("Helvetica-Oblique", 7.5)
        canvas.drawString(50, 70, caption if number == 1 else "")
        canvas.setFont("Times-Roman", 10)
        n_lines = int((top - 90) / 12.5)
        placed = []
        for column in range(columns):
            for row, (shift, line) in enumerate(lines[:n_lines]):
                x = 50 + column * (width + 18) + shift
                placed.append((row if row_by_row else 0, x, top - 12.5 * row, line))
            lines = lines[n_lines:]
        for _, x, y, line in sorted(placed, key=lambda p: p[0]) if row_by_row else placed:
            canvas.drawString(x, y, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("row_by_row", [False, True])
@pytest.mark.parametrize("indent", [False, True])
def test_columns_are_read_one_after_the_other(columns: int, row_by_row: bool, indent: bool) -> None:
    data = newspaper(PARAGRAPHS, columns=columns, row_by_row=row_by_row, indent=indent)
    article = one(pdf.extract, data, "a.pdf")
    expected = [HEADLINE, *(sentence for text in PARAGRAPHS for sentence in sentences(text))]
    assert sentences(kept(article)) == expected
    assert article.title == HEADLINE
    assert [heading.of(article.text) for heading in article.headings] == [HEADLINE]


def test_running_heads_and_page_numbers_are_marked_and_break_no_sentence() -> None:
    article = one(pdf.extract, newspaper(PARAGRAPHS * 2), "a.pdf")
    heads = [text for reason, text in marked(article) if reason == "page header"]
    assert heads == [f"Halden Gazette | 3 June 2025 | Page {n + 1}" for n in range(len(heads))]
    assert len(heads) > 1
    assert len(sentences(kept(article))) == 1 + 8 * len(PARAGRAPHS)


def test_words_cut_at_line_ends_are_made_whole_and_compounds_keep_their_hyphen() -> None:
    article = one(pdf.extract, newspaper(PARAGRAPHS, columns=3, hyphenate=True), "a.pdf")
    expected = {sentence for text in PARAGRAPHS for sentence in sentences(text)}
    assert set(sentences(kept(article))) == expected | {HEADLINE}


def test_a_document_that_is_not_hyphenated_keeps_a_hyphen_at_the_end_of_a_line() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Times-Roman", 10)
    lines = [
        "The council spoke of a long-",
        "term plan for the harbour and",
        "of nothing else at all.",
    ]
    for row, line in enumerate(lines):
        canvas.drawString(50, 700 - 12 * row, line)
    canvas.save()
    article = one(pdf.extract, out.getvalue(), "a.pdf")
    assert article.text == (
        "The council spoke of a long-term plan for the harbour and of nothing else at all."
    )


def test_a_caption_in_a_column_comes_after_the_paragraph_it_stands_in() -> None:
    caption = "The harbour wall in March"
    data = newspaper(PARAGRAPHS[:12], columns=2, caption=caption)
    article = one(pdf.extract, data, "a.pdf")
    assert ("small print", caption) in marked(article)
    found = sentences(kept(article))
    assert found[1:] == [s for text in PARAGRAPHS[:12] for s in sentences(text)]


def test_what_a_browser_prints_is_marked_and_gives_the_address() -> None:
    address = "https://halden-gazette.example/2025/06/wall"
    article = one(pdf.extract, newspaper(PARAGRAPHS[:4], foot=address), "a.pdf")
    assert article.url == address
    assert ("page footer", address) in marked(article)


def test_the_last_line_of_a_paragraph_is_no_page_number() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Times-Roman", 10)
    for row, line in enumerate(["The wall was built by hand and was finished in", "2014."]):
        canvas.drawString(50, 62 - 12.5 * row, line)
    canvas.drawString(300, 15, "7")
    canvas.save()
    article = one(pdf.extract, out.getvalue(), "a.pdf")
    assert marked(article) == [("page number", "7")]
    assert "finished in 2014." in article.text


def release(
    head: Sequence[tuple[float, str]], *, edge: str = "", tail: Sequence[str] = ()
) -> bytes:
    """Set lines of these sizes, two pages of text and small lines after it; `edge` on each page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    y = 760.0
    for number, text in enumerate((PARAGRAPHS[:2], PARAGRAPHS[2:4])):
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(50, 820, edge)
        for size, line in head if number == 0 else ():
            canvas.setFont("Times-Roman", size)
            canvas.drawString(50, y, line)
            y -= 2.5 * size
        canvas.setFont("Times-Roman", 11)
        for paragraph in text:
            for line in wrap(paragraph, 480):
                canvas.drawString(50, y, line)
                y -= 14
            y -= 14
        canvas.setFont("Times-Roman", 8)
        for line in tail if number else ():
            canvas.drawString(50, y, line)
            y -= 20
        canvas.showPage()
        y = 760
    canvas.save()
    return out.getvalue()


DAY = Stated(value="2031-05-03", origin="text")


@pytest.mark.parametrize(
    ("edge", "published", "outlet"),
    [
        ("Orme Courier — Saturday, 3 May 2031", DAY, "Orme Courier"),
        ("ORME COURIER   SATURDAY, MAY 3, 2031", DAY, "Orme Courier"),
        ("Orme Courier · Vol. 12, No. 3 · May 3, 2031", DAY, "Orme Courier"),
        ("SATURDAY, MAY 3, 2031", Stated(value="2031-05-03", origin="text", sure=False), None),
        ("Harrow Water Papers", None, "Harrow Water Papers"),
        ("5/3/2031, 8:05 AM", None, None),
    ],
)
def test_running_heads_state_day_and_outlet(
    edge: str, published: Stated | None, outlet: str | None
) -> None:
    found = one(pdf.extract, release([(18, HEADLINE)], edge=edge), "a.pdf")
    assert found.published == published
    assert (found.outlet.value if found.outlet else None) == outlet


@pytest.mark.parametrize(
    "byline",
    (
        "By Ada Orme and Bo Lund|A report by Ada Orme and Bo Lund|WORDS Ada Orme and Bo Lund|"
        "ADA ORME AND BO LUND|Ada Orme and Bo Lund, reporting|from Ada Orme and Bo Lund"
    ).split("|"),
)
def test_the_head_states_who_and_when_and_is_marked(byline: str) -> None:
    head = [(11, "FOR IMMEDIATE RELEASE"), (11, "May 3, 2031"), (18, HEADLINE), (9, byline)]
    contact = "Media contact: Liesl Amory, press office"
    found = one(pdf.extract, release(head, tail=["###", contact]), "a.pdf")
    assert (found.published, found.authors) == (DAY, ("Ada Orme", "Bo Lund"))
    own = kept(found)
    assert found.title == HEADLINE
    assert HEADLINE in own
    assert not any(line in own for line in (byline, contact, "RELEASE", "2031"))
    assert [text for text in PARAGRAPHS[:4] if text not in found.text] == []


def test_a_day_in_the_text_is_no_date_of_publication() -> None:
    head = [(18, HEADLINE), (11, "The vote was on May 3, 2031, after a long dispute in the town.")]
    assert one(pdf.extract, release(head), "a.pdf").published is None


def by_fpdf(paragraphs: Sequence[str], *, align: str = "L", gap: float = 3) -> bytes:
    class News(fpdf.FPDF):  # type: ignore[misc]
        def header(self) -> None:
            self.set_font("Helvetica", size=9)
            self.cell(0, 8, "The Orme Courier - Local news", align="C")
            self.ln(12)

        def footer(self) -> None:
            self.set_y(-15)
            self.set_font("Helvetica", size=8)
            self.cell(0, 10, f"Page {self.page_no()}/{{nb}}", align="C")

    document = News()
    document.set_author("Ada Fenn; Bo Lund")
    document.set_lang("en-GB")
    document.add_page()
    document.set_font("Times", "B", 20)
    document.multi_cell(0, 10, HEADLINE)
    document.ln(4)
    document.set_font("Times", size=11)
    for paragraph in paragraphs:
        document.multi_cell(0, 5.5, paragraph.translate({0x201C: '"', 0x201D: '"'}), align=align)
        document.ln(gap)
    return bytes(document.output())


@pytest.mark.parametrize("align", ["L", "J"])
@pytest.mark.parametrize("gap", [0, 3])
def test_another_program_s_pages_are_read_too(align: str, gap: float) -> None:
    article = one(pdf.extract, by_fpdf(PARAGRAPHS, align=align, gap=gap), "a.pdf")
    plain = [text.translate({0x201C: '"', 0x201D: '"'}) for text in PARAGRAPHS]
    assert sentences(kept(article)) == [HEADLINE, *(s for text in plain for s in sentences(text))]
    assert {reason for reason, _ in marked(article)} == {"page header", "page number"}
    assert (article.authors, article.language) == (("Ada Fenn", "Bo Lund"), "en-GB")


def test_when_a_file_was_made_is_no_date_of_publication() -> None:
    article = one(pdf.extract, by_fpdf(PARAGRAPHS[:1]), "a.pdf")
    assert article.published is None
    assert article.metadata["created"].startswith("20")


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Microsoft Word - wall_v3.doc", HEADLINE),
        (f"{HEADLINE} | Halden Gazette", HEADLINE),
        ("Votes on a harbour wall by a river town", "Votes on a harbour wall by a river town"),
        ("Template for the weekly letter", HEADLINE),
    ],
)
def test_the_title_is_what_the_document_says_if_that_fits_its_text(stated: str, title: str) -> None:
    article = one(pdf.extract, newspaper(PARAGRAPHS[:4], title=stated), "a.pdf")
    assert article.title == title


def test_a_drop_cap_belongs_to_its_word_and_text_on_its_side_to_nothing() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Times-Roman", 36)
    canvas.drawString(50, 706, "T")
    canvas.setFont("Times-Roman", 10)
    lines = wrap(PARAGRAPHS[0][1:], 240)
    for row, line in enumerate(lines):
        canvas.drawString(75 if row < 2 else 50, 730 - 12.5 * row, line)
    canvas.rotate(90)
    canvas.drawString(300, -400, "Photo: Halden Gazette")
    canvas.save()
    article = one(pdf.extract, out.getvalue(), "a.pdf")
    assert kept(article).strip() == PARAGRAPHS[0]
    assert marked(article) == [("text on its side", "Photo: Halden Gazette")]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_turned_as_a_whole_is_read_upright(angle: int) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(newspaper(PARAGRAPHS[:8])))
    for page in writer.pages:
        page.rotate(angle)
        page.transfer_rotation_to_content()
    out = io.BytesIO()
    writer.write(out)
    article = one(pdf.extract, out.getvalue(), "a.pdf")
    assert sentences(kept(article))[1:] == [s for text in PARAGRAPHS[:8] for s in sentences(text)]


def test_a_pdf_with_an_empty_password_is_read_and_a_locked_one_refused() -> None:
    for password in ("", "secret"):
        writer = PdfWriter(clone_from=io.BytesIO(by_fpdf(PARAGRAPHS[:2])))
        writer.encrypt(password, owner_password="other", algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
        if password:
            with pytest.raises(UnreadableArticle, match="locked with a password"):
                list(pdf.extract(io.BytesIO(out.getvalue()), "a.pdf"))
        else:
            assert one(pdf.extract, out.getvalue(), "a.pdf").title == HEADLINE


def empty_pages(n_pages: int) -> bytes:
    writer = PdfWriter()
    for _ in range(n_pages):
        writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pictures_of_pages_are_refused_as_such() -> None:
    with pytest.raises(UnreadableArticle, match="no text in its 3 pages: they are scanned"):
        list(pdf.extract(io.BytesIO(empty_pages(3)), "a.pdf"))


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(UnreadableArticle, match="has 1001 pages"):
        list(pdf.extract(io.BytesIO(empty_pages(1001)), "a.pdf"))


def test_pages_without_text_among_others_are_named() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(by_fpdf(PARAGRAPHS[:2])))
    writer.add_blank_page()
    out = io.BytesIO()
    writer.write(out)
    warnings = one(pdf.extract, out.getvalue(), "a.pdf").warnings
    assert warnings == ("1 of 2 pages have no text, as page 2: they are empty or pictures.",)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
@given(st.data())
def test_a_damaged_pdf_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(_SMALL_PDF)
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    del whole[data.draw(st.integers(0, len(whole))) :]
    try:
        found = list(pdf.extract(io.BytesIO(bytes(whole)), "a.pdf"))
    except UnreadableArticle:
        return
    for article in found:
        assert isinstance(article, Extracted)
        check_offsets(article)


_SMALL_PDF = newspaper(PARAGRAPHS[:2])


def test_a_page_of_many_small_pieces_is_read_in_linear_time() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for n in range(6000):
        canvas.drawString(50 + n % 97 * 5, 10 + n % 811, "ab")
    canvas.save()
    assert one(pdf.extract, out.getvalue(), "a.pdf").text.count("ab") == 6000


def test_places_beyond_any_page_are_passed_over() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawString(50, 700, "The wall holds.")
    canvas.drawString(1e30, 1e30, "Far away.")
    canvas.scale(1e25, 1e25)
    canvas.drawString(1e25, 1e25, "Farther away.")
    canvas.save()
    assert one(pdf.extract, out.getvalue(), "a.pdf").text == "The wall holds."


# Word


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def test_a_word_document_s_headings_lists_and_tables() -> None:
    document = docx.Document()
    document.core_properties.author = "Ada Fenn"
    document.core_properties.language = "en-GB"
    document.sections[0].header.paragraphs[0].text = "Halden Gazette"
    document.add_heading(HEADLINE, 0)
    document.add_paragraph("The wall is old.\nIt has cracks.")
    document.add_heading("What next", 2)
    for text in ("the vote", "the work"):
        document.add_paragraph(text, style="List Bullet")
    for text in ("Plans", "Money"):
        document.add_paragraph(text, style="List Number")
    table = document.add_table(2, 2)
    for row, cells in enumerate((("Place", "Votes"), ("Orme", "312"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_paragraph("The end.")
    article = one(word.extract, saved(document), "a.docx")
    assert article.text == (
        f"{HEADLINE}\n\nThe wall is old.\nIt has cracks.\n\nWhat next\n\n- the vote\n- the work\n"
        "1. Plans\n2. Money\n\nPlace | Votes\nOrme | 312\n\nThe end."
    )
    assert [heading.of(article.text) for heading in article.headings] == [HEADLINE, "What next"]
    assert (article.title, article.authors, article.language) == (HEADLINE, ("Ada Fenn",), "en-GB")
    assert (article.published, dict(article.metadata)) == (None, {})


def test_deleted_hidden_and_commented_words_are_left_out() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Seen")
    paragraph.add_run(" hidden").font.hidden = True
    paragraph.add_run(" deleted")
    runs = paragraph.runs
    document.add_comment(runs[0], text="a comment", author="Bo Lund")
    deletion = runs[2]._r.makeelement(runs[2]._r.tag.replace("}r", "}del"))
    runs[2]._r.addprevious(deletion)
    deletion.append(runs[2]._r)
    assert one(word.extract, saved(document), "a.docx").text == "Seen"


def test_a_style_of_the_user_s_is_what_it_is_based_on() -> None:
    document = docx.Document()
    style = document.styles.add_style("House Head", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Heading 1"]
    document.add_paragraph("A headline", style=style)
    document.add_paragraph("Text.")
    article = one(word.extract, saved(document), "a.docx")
    assert [heading.of(article.text) for heading in article.headings] == ["A headline"]
    assert article.title == "A headline"


def test_a_text_box_is_read_once_and_breaks_no_paragraph() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Before and ")
    office = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    run = parse_xml(
        f"<w:r {office} {compatible}><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    paragraph._p.append(run)
    paragraph.add_run("after.")
    assert one(word.extract, saved(document), "a.docx").text == "In a box.\n\nBefore and after."


# EPUB

XHTML = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
    "<head><title>x</title></head>{}</html>"
)
LONG = " ".join(SENTENCES[:4])


def book(
    documents: dict[str, str], *, extra: dict[str, str] | None = None, spine: str = ""
) -> bytes:
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(documents)
    )
    references = spine or "".join(f'<itemref idref="i{n}"/>' for n in range(len(documents)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<metadata><dc:title>Halden Review</dc:title><dc:creator>Ada Fenn</dc:creator>"
        "<dc:date>2025-06</dc:date><dc:language>en</dc:language>"
        "<dc:identifier>urn:halden:7</dc:identifier></metadata>"
        f"<manifest>{items}</manifest><spine>{references}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    )
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": container}
    members |= {"OPS/book.opf": package}
    members |= {f"OPS/{name}": XHTML.format(body) for name, body in documents.items()}
    return zipped(members | (extra or {}))


def zipped(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_each_document_of_a_magazine_is_an_article() -> None:
    data = book(
        {
            "cover.xhtml": f'<body epub:type="cover"><p>{LONG}</p></body>',
            "toc.xhtml": '<body><nav epub:type="toc"><ol><li>One</li></ol></nav></body>',
            "one.xhtml": f"<body><h1>The wall &amp; the town&nbsp;hall</h1><p>{LONG}</p></body>",
            "rights.xhtml": "<body><p>Copyright © 2025 Halden. All rights reserved.</p></body>",
            "two.xhtml": f"<body><p>{LONG}</p><p hidden='hidden'>unseen</p></body>",
        }
    )
    found = list(epub.extract(io.BytesIO(data), "a.epub"))
    articles = [article for article in found if isinstance(article, Extracted)]
    assert [article.title for article in articles] == ["The wall & the town hall", None]
    assert len(found) == 2
    first, second = articles
    assert second.text == LONG
    assert first.published is not None
    assert (first.published.value, first.published.sure) == ("2025-06", False)
    assert first.outlet is not None
    assert (first.outlet.value, first.metadata["collection"]) == ("Halden Review", "Halden Review")
    assert (first.authors, first.language) == (("Ada Fenn",), "en")
    assert first.id != second.id
    for article in articles:
        check_offsets(article)


def test_one_bad_document_of_a_book_does_not_stop_the_others() -> None:
    data = book(
        {"a.xhtml": f"<body><p>{LONG}</p></body>", "b.xhtml": f"<body><p>{LONG}</p></body>"},
        spine='<itemref idref="i0"/><itemref idref="i1"/>',
    )
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            if name != "OPS/a.xhtml":
                new.writestr(name, old.read(name))
    found = list(epub.extract(io.BytesIO(broken.getvalue()), "a.epub"))
    assert [type(record) for record in found] == [BadRecord, Extracted]
    assert "OPS/a.xhtml is missing" in found[0].reason  # type: ignore[union-attr]


def test_entities_of_an_epub_are_not_expanded() -> None:
    bomb = (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    page = bomb + XHTML.format(f"<body><p>{LONG} &b; &f; end</p></body>")
    data = book({"a.xhtml": ""}, extra={"OPS/a.xhtml": page})
    article = one(epub.extract, data, "a.epub")
    assert article.text == f"{LONG} end"


# ZIP


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"../../etc/x": "a"}, "leads out of its folder"),
        ({"/etc/x": "a"}, "leads out of its folder"),
        ({"inner.zip": "a"}, "archive inside"),
        ({"big.xml": "a" * 30_000_000}, "grows"),
        ({f"{n}.xml": "a" for n in range(1001)}, "1001 members"),
    ],
)
@pytest.mark.parametrize("extract", [word.extract, epub.extract])
def test_a_harmful_archive_is_refused(
    extract: Callable[..., object], members: dict[str, str], reason: str
) -> None:
    with pytest.raises(UnreadableArticle, match=reason):
        list(extract(io.BytesIO(zipped(members)), "a.zip"))  # type: ignore[call-overload]


def test_a_large_archive_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.xml", "a")
    data = bytearray(out.getvalue())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (150 * 1024 * 1024).to_bytes(4, "little")
    with (
        pytest.raises(UnreadableArticle, match=r"150\.0 MB when unpacked"),
        open_archive(io.BytesIO(bytes(data)), "a.zip", "a book"),
    ):
        pass


# Mail


def letter(plain: str = "", page: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"] = '"Orme Courier" <news@orme.example>'
    message["Subject"] = "Brücke öffnet: what “delay” cost"
    message["Date"] = "Tue, 12 May 2026 07:15:00 +0200"
    message["Message-ID"] = "<a1@orme.example>"
    if plain:
        message.set_content(plain)
    if page and plain:
        message.add_alternative(page, subtype="html")
    elif page:
        message.set_content(page, subtype="html")
    return message


NEWSLETTER = f"""View this email in your browser: https://orme.example/x

{SENTENCES[0]}
Users could not unsubscribe from the ferry service, the regulator said.

On Monday, Bo Lund wrote:
> Will it hold?
> I think so.

Privacy

They do not want to receive visitors at night, she said.

© 2026 Orme Courier. All rights reserved.
12 Quay Street, Orme

You are receiving this email because you signed up.
Unsubscribe <https://orme.example/u> | Privacy policy
"""


def test_a_newsletter_s_facts_are_in_its_headers_and_its_footers_are_marked() -> None:
    article = one(mail.extract, letter(NEWSLETTER).as_bytes(), "a.eml")
    assert article.title == "Brücke öffnet: what “delay” cost"
    assert article.outlet is not None
    assert (article.outlet.value, article.outlet.sure) == ("Orme Courier", False)
    assert article.published is not None
    assert article.published.value == "2026-05-12T07:15:00+02:00"
    assert article.id == "a1@orme.example"
    assert kept(article).split("\n\n") == [
        "",
        f"{SENTENCES[0]}\nUsers could not unsubscribe from the ferry service, the regulator said.",
        "",
        "Privacy",
        "They do not want to receive visitors at night, she said.",
        "",
    ]
    assert marked(article)[1] == (
        "quoted mail",
        "On Monday, Bo Lund wrote:\n> Will it hold?\n> I think so.",
    )


def test_a_signature_is_marked_and_a_mail_of_quotations_is_not() -> None:
    text = "The wall holds.\n\n-- \nAda Fenn\nOrme"
    assert [mark.span.of(text) for mark in mark_lines(text)] == ["-- \nAda Fenn\nOrme"]
    assert mark_lines("> The wall holds.\n> It is new.") == ()


PAGE = (
    '<html><body><div style="display:none">Preheader</div><table><tr><td><h1>The wall</h1>'
    f"<p>{LONG}</p><p>{SENTENCES[5]}</p></td></tr><tr><td><a>Unsubscribe</a></td></tr></table>"
)


def test_the_html_part_is_read_where_the_plain_one_is_thin() -> None:
    article = one(mail.extract, letter("Read this online.", PAGE).as_bytes(), "a.eml")
    assert article.text == f"The wall\n\n{LONG}\n\n{SENTENCES[5]}\n\nUnsubscribe"
    assert [heading.of(article.text) for heading in article.headings] == ["The wall"]
    assert marked(article) == [("mail footer", "Unsubscribe")]
    full = one(mail.extract, letter(f"The wall\n\n{LONG}", PAGE).as_bytes(), "a.eml")
    assert full.text == f"The wall\n\n{LONG}"


def test_attachments_are_left_out_with_a_warning() -> None:
    message = letter(LONG)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf")
    article = one(mail.extract, message.as_bytes(), "a.eml")
    assert article.warnings == ("1 attachment left out: plan.pdf.",)
    assert article.text == LONG


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Tue, 12 May 2026 07:15:00", "2026-05-12T07:15:00"),
        ("Tue, 12 May 2026 07:15:00 GMT", "2026-05-12T07:15:00+00:00"),
        ("yesterday", None),
        ("Tue, 42 May 2026 07:15:00 +0200", None),
    ],
)
def test_the_date_of_a_mail_is_what_it_says_or_nothing(date: str, published: str | None) -> None:
    data = f"From: a@orme.example\nDate: {date}\n\n{LONG}\n".encode()
    found = one(mail.extract, data, "a.eml").published
    assert (found and found.value) == published


def test_a_wrongly_stated_encoding_is_guessed() -> None:
    head = b"From: a@orme.example\nContent-Type: text/plain; charset=nonsense\n\n"
    article = one(
        mail.extract, head + "Müller öffnet die Brücke über die Orme.".encode("cp1252"), "a.eml"
    )
    assert article.text == "Müller öffnet die Brücke über die Orme."
    assert article.warnings


@pytest.mark.parametrize("inner", ["multipart/mixed; boundary=b{0}\n\n--b{0}", "message/rfc822\n"])
def test_a_deeply_nested_mail_is_refused(inner: str) -> None:
    parts = "".join(f"Content-Type: {inner.format(n)}\n" for n in range(3000))
    data = f"From: a@orme.example\n{parts}Content-Type: text/plain\n\nhi\n".encode()
    with pytest.raises(UnreadableArticle, match="inside each other"):
        list(mail.extract(io.BytesIO(data), "a.eml"))


def test_html_in_a_mail_that_is_nested_too_deep_is_refused_and_not_cut() -> None:
    page = f"<p>{LONG}</p>" + "<div>" * 10_000 + "deep"
    with pytest.raises(UnreadableArticle, match="depth"):
        list(mail.extract(io.BytesIO(letter("", page).as_bytes()), "a.eml"))


def test_odd_headers_are_passed_over_in_little_time() -> None:
    data = (
        b"From: " + b"(" * 30_000 + b"\nSubject: " + b"=?utf-8?q?a?= " * 30_000 + b"\nDate: x\n\n"
    )
    article = one(mail.extract, data + LONG.encode(), "a.eml")
    assert (article.title, article.outlet, article.published) == (None, None, None)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([*NEWSLETTER.split("\n"), "-- ", "> x", "", "é\u2028\0", "To unsubscribe"])
    )
)
def test_marks_of_mails_are_in_order_and_apart(lines: list[str]) -> None:
    text = "\n".join(lines)
    end = 0
    for mark in mark_lines(text):
        assert end <= mark.span.start < mark.span.end <= len(text)
        assert mark.span.of(text) == mark.span.of(text).strip()
        end = mark.span.end


# What is none of these


@pytest.mark.parametrize("extract", [pdf.extract, word.extract, epub.extract, mail.extract])
@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", b"<html><body>hello</body></html>", b"%PDF-1.7\n", b"PK\x03\x04rest",
     b"\0" * 999, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old"],
)  # fmt: skip
def test_another_kind_of_file_is_refused_with_the_reason(
    extract: Callable[..., object], data: bytes
) -> None:
    with pytest.raises(UnreadableArticle, match=r"^report\.x "):
        list(extract(io.BytesIO(data), "report.x"))  # type: ignore[call-overload]


@pytest.mark.parametrize("extract", [word.extract, epub.extract])
def test_a_truncated_archive_is_refused(extract: Callable[..., object]) -> None:
    for data in (saved(docx.Document()), book({"a.xhtml": f"<body><p>{LONG}</p></body>"})):
        with pytest.raises(UnreadableArticle):
            list(extract(io.BytesIO(data[: len(data) // 2]), "a"))  # type: ignore[call-overload]


def test_documents_without_text_are_refused() -> None:
    for extract, data in (
        (word.extract, saved(docx.Document())),
        (epub.extract, book({"a.xhtml": "<body><img alt='x'/></body>"})),
        (mail.extract, letter(" ").as_bytes()),
    ):
        with pytest.raises(UnreadableArticle, match="no "):
            list(extract(io.BytesIO(data), "a"))


# Blocks


def test_blocks_of_html() -> None:
    page = """<body><h2>Talks</h2><!-- c -->tail<p>They <b>met</b><br/>twice
    <span style="display: none">no</span>there<script>x</script>.</p>
    <ul><li>One</li><li>Two<ul><li>inner</li></ul></li></ul>
    <ol start="3"><li>three</li><li>four</li></ol>
    <table><tr><th>Team<th>Votes</tr><tr><td>Orme<td> <p>5</p></tr></table>
    <table><tr><td><p>left</p><p>more</p></td><td>right</td></tr></table></body>"""
    content = block_text(lxml_html.fromstring(page))
    lists = "- One\n- Two\n  - inner\n\n3. three\n4. four"
    tables = "Team | Votes\nOrme | 5\n\nleft\n\nmore\n\nright"
    assert content.text == f"Talks\n\ntail\n\nThey met\ntwice there.\n\n{lists}\n\n{tables}"
    assert [heading.of(content.text) for heading in content.headings] == ["Talks"]


PIECES = (
    "<p> </p> <h1> </h1> <ul> <li> </li> </ul> <table> <tr> <td> </td> </tr> </table> <br> <pre> "
    "</pre> <div/hidden> </div> word &nbsp; &#x200b; &#7; <b> </b> <!--c--> é"
).split()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, " ", "\n"])))
def test_headings_of_any_html_are_inside_its_text(parts: list[str]) -> None:
    root = lxml_html.fromstring("<div>" + "".join(parts) + "</div>")
    content = block_text(root)
    assert content.text == content.text.strip("\n")
    for heading in content.headings:
        assert heading.end <= len(content.text)
        assert heading.of(content.text).strip()


def test_html_of_any_depth_is_walked() -> None:
    root = lxml_html.Element("div")
    node = root
    for _ in range(5_000):
        node = lxml_html.etree.SubElement(node, "div")
    node.text = "deep"
    assert block_text(root).text == "deep"


def test_a_member_that_lies_about_its_size_is_not_unpacked_as_a_whole() -> None:
    size = 64 * 1024 * 1024
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(size))
    packed = made.getvalue().replace(struct.pack("<I", size), struct.pack("<I", 1000))
    tracemalloc.start()
    try:
        opening = open_archive(io.BytesIO(packed), "a.docx", "a Word document")
        with opening as opened, pytest.raises(UnreadableArticle):
            opened.read("word/document.xml")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


def test_a_mail_of_a_hundred_thousand_parts_is_refused_at_once() -> None:
    head = b"From: a@orme.example\nDate: 1\nContent-Type: multipart/mixed; boundary=b\n\n"
    with pytest.raises(UnreadableArticle, match="more than 5000 parts"):
        list(mail.extract(io.BytesIO(head + b"--b\n\nx\n" * 100_000), "a.eml"))


def test_a_word_document_of_another_vocabulary_is_refused() -> None:
    made = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(PARAGRAPHS[0])
    document.save(made)
    odd = io.BytesIO()
    with zipfile.ZipFile(made) as whole, zipfile.ZipFile(odd, "w") as archive:
        for member in whole.namelist():
            data = whole.read(member)
            if member == "word/document.xml":
                data = data.replace(b"wordprocessingml/2006/main", b"wordprocessingmd/2006/main")
            archive.writestr(member, data)
    with pytest.raises(UnreadableArticle, match="no text in it"):
        list(word.extract(io.BytesIO(odd.getvalue()), "a.docx"))


def test_that_a_member_cannot_be_unpacked_is_said_in_plain_words() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", "gates " * 1000)
        start = archive.getinfo("a.xml").header_offset + 30 + len("a.xml")
    data = bytearray(made.getvalue())
    data[start : start + 4] = b"\xff" * 4
    opening = open_archive(io.BytesIO(bytes(data)), "a.docx", "a Word document")
    with opening as opened, pytest.raises(UnreadableArticle, match="cannot be unpacked"):
        opened.read("a.xml")


def test_a_word_document_that_lies_about_a_size_is_not_unpacked_as_a_whole() -> None:
    size = 64 * 1024 * 1024
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", bytes(size))
        archive.writestr("word/document.xml", "")
    packed = made.getvalue().replace(struct.pack("<I", size), struct.pack("<I", 1000))
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableArticle, match="damaged"):
            list(word.extract(io.BytesIO(packed), "a.docx"))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16 * 1024 * 1024
