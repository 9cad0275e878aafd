"""Fields of a record: "Publication: Orme Courier", "[Date] 2021-08-07", "AU  - Roe, Jane".

Databases, libraries, readers and clippers write what they know of an article above or below it, a
fact on a line. What a label means is a table; that lines stand together is judged by
`corpus.furniture.records`, since "Place: the old mill" may stand in an article too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

TITLE, OUTLET, PUBLISHER, PUBLISHED, DATE, UPDATED, AUTHORS, URL, OTHER = (
    "title", "outlet", "publisher", "published", "date", "updated", "authors", "url", "other",
)  # fmt: skip

_LABELS = {
    TITLE: "title; headline; head; article title; document title; story title; titel; überschrift"
    "; schlagzeile; titre; título; titular; titolo; kop; заголовок; 标题; 題名; 見出し; タイトル"
    "; العنوان; शीर्षक",
    OUTLET: "publication; publication title; publication name; newspaper; newspaper name; outlet"
    "; medium; source; source name; site; site name; website; journal; magazine; published in"
    "; appeared in; paper; programme; program; station; broadcaster; network; quelle; zeitung"
    "; publikation; titre de presse; titre du média; média; fuente; periódico; publicación; medio"
    "; fonte; testata; giornale; jornal; bron"
    "; krant; издание; источник; 来源; 媒体; 新聞名; 掲載紙; 出典; المصدر; صحيفة; स्रोत",
    PUBLISHER: "publisher; herausgeber; verlag; éditeur; editor responsable; editore; uitgever",
    PUBLISHED: "publication date; date published; published; published on; published at; pubdate"
    "; pub date; date of publication; issue date; date of issue; release date; posted; first"
    " published; air date; aired; broadcast; broadcast date; veröffentlicht; erschienen"
    "; erscheinungsdatum; erscheinungstag; date de publication; date de parution; parution"
    "; publié le; fecha de publicación; publicado"
    "; data di pubblicazione; pubblicato; data de publicação; gepubliceerd; дата публикации"
    "; 发布时间; 发布日期; 掲載日; 公開日; تاريخ النشر",
    DATE: "date; datum; fecha; data; дата; 日期; 日付; التاريخ; तारीख; दिनांक; issued",
    UPDATED: "updated; last updated; modified; last modified; revised; date modified; aktualisiert",
    AUTHORS: "author; authors; byline; by; writer; written by; reporter; autor; autoren; verfasser"
    "; auteur; auteurs; autores; autore; autori; автор; 作者; 記者; 记者; 執筆者; الكاتب; लेखक",
    URL: "url; link; address; web address; permalink; document url; source url; canonical"
    "; original url; article url; adresse; enlace; lien",
    OTHER: "section; page; pages; start page; first page; edition; language; length; words; word"
    " count; issn; isbn; volume; issue; number; document type; source type; type; database"
    "; subject; subjects; keywords; keyword; tags; tag; categories; category; country; copyright"
    "; accession number; accession no; accession; document id; document number; id; doi; column"
    "; status; collection; licence; license; rights; provider; series; place of publication"
    "; publication info; publication year; year; publication subject; publication type; section"
    " name; call number; shelfmark; location; identifier; format; medium type; citation; record"
    " number; record; item; item type; folder; notebook; created; saved; saved on; added; date"
    " added; accessed; date accessed; last accessed; retrieved; printed; downloaded; captured"
    "; clipped; exported; load-date; load date; last updated in database; copyright holder"
    "; rubrik; ressort; seite; umfang; sprache; rubrique; langue; sección; idioma; página; sezione"
    "; lingua; feed; starred; archived; archive date; host; guests; duration; running time"
    "; reading time; read time; state; notes; file; filed; presenter; presented by; producer"
    "; produced by; narrator; moderator; interviewer; guest; camera; circulation; frequency"
    "; diffusion; tirage; auflage"
    "; reichweite; tirada; tiratura; oplage"
    "; region; desk; descriptors; abstract; summary; description; place; full text; links; photo"
    "; pages scanned; image; images",
}
_KINDS = {label.strip(): kind for kind, labels in _LABELS.items() for label in labels.split(";")}
_SHARED = frozenset(
    "date datum fecha data location duration guests guest host number region type state item notes"
    " format country year issue by url link address page pages status file place id words length"
    " presenter reporter author source medium paper station".split()
)
_SPEAKERS = frozenset(
    "author authors writer reporter host guest guests presenter producer narrator moderator editor"
    " interviewer by autor auteur autore station source paper camera region desk".split()
)
_OF_OCCASIONS = frozenset(
    "location place time venue duration where when admission tickets ort zeit lieu heure lugar"
    " hora luogo ora".split()
)
_OF_BOOKS = frozenset("pages seiten publisher verlag herausgeber éditeur editore".split())
_MODIFIERS = frozenset("name personal main corporate original news item story the of".split())
# The two letters that reference managers and a large news database put before each field.
_TAGS = {
    "TI": TITLE, "T1": TITLE, "HD": TITLE, "T2": OUTLET, "JF": OUTLET, "JO": OUTLET, "SN": OUTLET,
    "SO": OUTLET, "PD": PUBLISHED, "DA": PUBLISHED, "Y1": PUBLISHED, "AU": AUTHORS, "A1": AUTHORS,
    "BY": AUTHORS, "UR": URL, "PB": PUBLISHER, "PY": OTHER, "TY": OTHER, "ER": OTHER, "WC": OTHER,
    "LA": OTHER, "CY": OTHER, "SE": OTHER, "SC": OTHER, "SP": OTHER, "EP": OTHER, "PG": OTHER,
    "AN": OTHER, "ID": OTHER, "KW": OTHER, "RE": OTHER, "CO": OTHER, "NS": OTHER, "IN": OTHER,
    "VL": OTHER, "IS": OTHER, "ED": OTHER, "Y2": OTHER, "N1": OTHER, "DB": OTHER, "DP": OTHER,
}  # fmt: skip
_LONGEST_LINE_CHARS, _LONGEST_VALUE_WORDS = 400, 30
_FORMS = (
    re.compile(r"\[(?P<label>[^\[\]:\n]{2,30})\][ \t]*(?P<value>.*)\Z"),
    re.compile(
        r"[-*•·]? ?\**(?P<label>[^\W\d_][^:：=\n*]{0,29}?)\** ?[:：=]\**[ \t]*(?P<value>.*)\Z"
    ),
    re.compile(r"(?P<label>[^\W\d_][^\n\t]{1,29}?)(?:\t| {3,})[ \t]*(?P<value>\S.*)\Z"),
)
_TAG = re.compile(r"(?P<label>[A-Z][A-Z0-9])(?: {1,4}-|\t| {2,4})[ \t]?(?P<value>.*)\Z")


class Field(NamedTuple):
    """A line of a record: what its label means ("" for one that is not known), and its value."""

    kind: str
    value: str


def read_field(line: str) -> Field | None:
    """Return what a line says if it has the shape of a field; None for other lines.

    >>> read_field("Publication date: 12 January 2020")
    Field(kind='published', value='12 January 2020')
    >>> read_field("AU  - Roe, Jane").kind, read_field("Coach: We lost.").kind
    ('authors', '')
    """
    line = line.strip()
    if not line or len(line) > _LONGEST_LINE_CHARS:
        return None
    tag = _TAG.match(line)
    if tag and tag["label"] in _TAGS:
        return Field(_TAGS[tag["label"]], tag["value"].strip())
    for form in _FORMS:
        match = form.match(line)
        if match is None or len(match["value"].split()) > _LONGEST_VALUE_WORDS:
            continue
        kind = _kind_of(match["label"])
        if kind or form is _FORMS[1]:
            return _of_kind(kind, match["value"].strip(" \t\"'"))
    return None


def is_of_something_else(lines: Iterable[str]) -> bool:
    """Say whether fields are those of a book, or of when and where something takes place.

    >>> is_of_something_else(["Title: The River", "Author: Jane Poe", "Pages: 320"])
    True
    >>> is_of_something_else(["Title: Bridge open", "Source: Orme Courier", "Pages: 320"])
    False
    """
    labels, kinds = _labels_and_kinds(lines)
    if "isbn" in labels:
        return True
    if labels & _OF_BOOKS and AUTHORS in kinds:
        return not kinds & {OUTLET, PUBLISHED, DATE, URL}
    return _are_of_occasion(labels, kinds)


def are_of_occasion(*lines: str) -> bool:
    """Say whether fields tell when and where something takes place.

    >>> are_of_occasion("Date: 5 June 2018", "Location: The old mill")
    True
    """
    return _are_of_occasion(*_labels_and_kinds(lines))


def _labels_and_kinds(lines: Iterable[str]) -> tuple[set[str], set[str]]:
    fields = [(_label(line), one) for line in lines if (one := read_field(line))]
    return {label for label, _ in fields}, {one.kind for _, one in fields}


def _are_of_occasion(labels: set[str], kinds: set[str]) -> bool:
    is_day = DATE in kinds and not labels.isdisjoint(_OF_OCCASIONS)
    return is_day and not kinds & {OUTLET, PUBLISHER, PUBLISHED, AUTHORS, URL}


def _kind_of(label: str) -> str:
    """Return what a label means, as a whole or without words such as "name" and "personal"."""
    words = label.casefold().split()
    known = _KINDS.get(" ".join(words))
    if known is not None or len(words) < 2:
        return known or ""
    return _KINDS.get(" ".join(word for word in words if word not in _MODIFIERS), "")


def is_spoken(line: str) -> bool:
    """Say whether a field is rather what somebody says: "HOST: The bus will run until June."."""
    label = _label(line)
    return label in _SPEAKERS or label not in _KINDS


def _label(line: str) -> str:
    return re.split(r"[:：=\]]", line.strip(" [*-•·"), maxsplit=1)[0].strip(" *").casefold()


def is_only_of_records(line: str) -> bool:
    """Say whether a field's label stands in records only, and not in an article's own lists too."""
    field = read_field(line)
    return field is not None and bool(field.kind) and _label(line) not in _SHARED


def is_known_field(line: str) -> bool:
    """Say whether a line has the shape of a field, and a label that is known."""
    field = read_field(line)
    return field is not None and bool(field.kind) and line.rstrip()[-1:] not in ".?!"


def _of_kind(kind: str, value: str) -> Field:
    is_address = value.startswith(("http://", "https://"))
    return Field(URL if is_address and kind == OUTLET else kind, value)
