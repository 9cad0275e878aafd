"""What a date on a line stands for, by the word before it: published, updated, or something else.

A page is printed, looked at and saved on other days than it was published on, and a journal's
article is received and accepted before: such days are told apart, and never taken.
"""

from __future__ import annotations

import re

from corpus.facts.calendar_words import MONTH_NAMES, WEEKDAYS

OTHER = "other"

_UPDATED = (
    "updated update modified aktualisiert stand mis-à-jour mise-à-jour modifié actualizado"
    " actualizada aggiornato atualizado bijgewerkt обновлено 更新"
    " 最終更新 تحديث amended revised edited"
)
_PUBLISHED = (
    "published posted submitted uploaded"
    " mis-en-ligne subido online-seit eingestellt created issued filed"
    " released aired veröffentlicht erschienen erstellt publié"
    " publiée paru publicado publicada pubblicato gepubliceerd geplaatst опубликовано"
    " 发布时间 发布 发表 公開 掲載 発表 نشر प्रकाशित date datum fecha data pubdate"
)
_OTHER = (
    "printed retrieved accessed downloaded saved added captured archived clipped indexed crawled"
    " scanned viewed received accepted reviewed abgerufen gedruckt ausgedruckt heruntergeladen"
    " eingegangen angenommen consulté imprimé téléchargé reçu accepté consultado impreso descargado"
    " recibido aceptado consultato stampato scaricato ricevuto accettato acessado recebido"
    " geraadpleegd afgedrukt"
)
_DAY_WORDS = "|".join(re.escape(name) for name in sorted(WEEKDAYS | MONTH_NAMES.keys()))
# "Printed in the Orme Courier on June 1" says where it stood: these words need the date at once.
_DATE_FOLLOWS = (
    r"(?=(?: (?:on|at|am|le|el|il|em|op|date|last|again))?\s?:?\s{0,3}"
    rf"(?:\d|(?:{_DAY_WORDS})(?!\w)))"
)
_LABEL = re.compile(
    "|".join(
        rf"(?P<{kind}>(?:(?<!\w)(?:{'|'.join(w.replace('-', ' ') for w in words.split())})(?!\w)"
        rf"|(?:{'|'.join(w for w in words.split() if not w.isascii() and len(w) < 5) or '(?!)'}))"
        rf"{after})"
        for kind, words, after in (
            ("updated", _UPDATED, ""),
            ("published", f"{_PUBLISHED} first-printed", ""),
            (OTHER, _OTHER, _DATE_FOLLOWS),
        )
    ),
    re.I,
)


def labels_in(line: str) -> list[tuple[int, str]]:
    """Return where words stand that say what the date behind them is, and what it is.

    >>> labels_in("Published 1 June 2018, printed on 2 July 2021")
    [(0, 'published'), (23, 'other')]
    """
    return [(match.start(), match.lastgroup or "") for match in _LABEL.finditer(line)]


def without_labels(line: str) -> str:
    """Return a line without these words."""
    return _LABEL.sub(" ", line)


def kind_of(labels: list[tuple[int, str]], at: int) -> str:
    """Return what the date at a place is, by the last label before it; "" if there is none."""
    before = [kind for start, kind in labels if start < at]
    if not before and len(labels) == 1 and labels[0][1] != OTHER:  # "2018/06/01 09:30 更新"
        return labels[0][1]
    return before[-1] if before else ""
