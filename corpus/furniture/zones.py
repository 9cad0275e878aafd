"""Furniture of several lines: banners, offers, comments, lists of other articles, mail headers.

One line of it is known by its words; the lines around it are furniture because they go with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from corpus.furniture.lines import Line
from corpus.furniture.publisher import addresses_reader, speaks_to_reader
from corpus.furniture.rules import is_reported

OFFER, CONSENT, RELATED = "newsletter or subscription offer", "consent notice", "related articles"
_YOU = re.compile(
    r"\b(?:you|your|you're|we|our|us|ihre?n?|sie|wir|unsere?n?|vous|votre|vos|nous|notre|nos"
    r"|usted|su|tu|tus|te|nuestr\w+|você|seu|sua|je|jouw|uw)\b"
)
# "We" alone is whoever writes, and "su" or "ihre" are a third person's too.
_OURS = re.compile(r"\b(?:our|unsere?n?|notre|nos|nuestr\w+|te|tu|tus)\b")
_OFFER = re.compile(
    r"\b(?:newsletters?|subscri(?:be|bers?|ption)|app|notifications?|inbox|signed up|sign up"
    r"|membership|journalism|follow us|download|log ?in|account|privacy policy|your browser"
    r"|terms of (?:use|service)|unsubscribe|abonn\w+|abo|suscri\w+|abbona\w+|aplicación|appli"
    r"|application gratuite|móvil|handy|on your phone)\b"
)
_GOES_WITH_OFFER = re.compile(
    r"\b(?:inbox|unsubscribe|at any time|cancel|newsletters?|free|abmeld\w+|jederzeit|postfach"
    r"|kostenlos|désinscri\w+|boîte|gratuit\w*|bandeja|correo|gratis|darte de baja|posta|casella"
    r"|e-?mails?|privacy policy|terms of (?:use|service)"
    r"|(?:every|each|jeden|chaque|cada|ogni|elke) (?:morning|evening|day|week|morgen|abend|tag"
    r"|matin|soir|jour|semaine|mañana|tarde|noche|día|mattina|sera|manhã|ochtend|avond))\b"
)
_CONSENT = re.compile(
    r"\b(?:cookies?|consent|privacy|partners?|personali[sz]ed?|preferences|legitimate interests?"
    r"|browsing|tracking|third[- ]part\w+|analytics|terms of (?:use|service)|settings"
    r"|einwilligung\w*|datenschutz\w*|partnern?|einstellungen|consentement|confidentialité"
    r"|partenaires|paramètres|consentimiento|privacidad|socios|preferencias|consenso)\b"
)
_ABOUT_AUTHOR = re.compile(
    r"(?:[A-Z][\w.'’-]+ ){2,4}(?:(?:is|was) (?:a|an|the|our) (?:[\w'’-]+ ){0,5}"
    r"(?:reporter|correspondent|editor|writer|columnist|journalist)\b[^.]{0,100}"
    r"|(?:covers|reports on|writes about) .{0,120} for .{0,60})\.?\Z"
)
AGO = (
    r"(?:\d+ ?(?:[hdmw]|mins?|minutes?|hours?|days?|weeks?|months?|years?)(?: ago)?|just now"
    r"|vor \w+ \w+|il y a \w+ \w+|hace \w+ \w+|há \w+ \w+|\w+ \w+ fa|\w+ \w+ geleden)"
)
_COMMENT_HEAD = re.compile(
    rf"\S.{{0,40}} ?[·|•,–—-] ?{AGO}\Z"
    r"|\S.{1,40} (?:says|wrote|schreibt|dice|a écrit)\b.{0,30}:\Z",
    re.I,
)
_MAIL_HEAD = re.compile(
    r"(?:from|to|cc|subject|date|sent|reply-to|von|an|betreff|gesendet|de|à|objet|para|asunto)"
    r" ?: ?\S",
    re.I,
)
_REPLY = re.compile(
    r"(?:reply|répondre|antworten|responder|rispondi|reageer|beantwoorden|ответить|回复|返信|رد"
    r"|उत्तर दें)"
    r"(?: ?[|·•(] ?.{0,30})?",
    re.I,
)
_FEWEST_REPLIES, _LONGEST_HEADING = 2, 5
_ITEM = re.compile(r"[-*+•‣◦▪●–]\s|\d{1,3}[.)]\s")
_LONGEST_LIST, _LONGEST_BANNER = 10, 6
_LONGEST_OFFER_CHARS = 350
_LONGEST_BANNER_LINE_CHARS = 900
_LOOKED_AT_FROM_END, _HEADLINE_WORDS = 60, 12


def mark_mail_head(lines: list[Line]) -> None:
    """Mark "From: …", "To: …" where a text begins with two such lines or a sender's address."""
    head = [line for line in lines[:8] if _MAIL_HEAD.match(line.text) and len(line.text) < 300]
    sender = any("@" in line.text and line.text[:5].casefold() == "from:" for line in head)
    for line in head if len(head) > 1 or sender else ():
        line.reason = "mail header"


def mark_comments(lines: list[Line]) -> None:
    """Mark what readers wrote under the article, from the first comment to the end."""
    heads = [i for i, line in enumerate(lines) if _is_comment_head(line)]
    n_bodies, first_body_end = 0, len(lines)
    for index, line in enumerate(lines):
        n_bodies += line.is_body
        if n_bodies >= 2:
            first_body_end = index
            break
    heads = [index for index in heads if index > first_body_end]
    _mark_answered(lines, first_body_end)
    if not heads:
        return
    before = lines[max(0, heads[0] - 4) : heads[0]]
    if len(heads) == 1 and not any(line.reason == "comments" for line in before):
        return
    for line in lines[heads[0] :]:
        line.reason = line.reason or "reader comments"


def _mark_answered(lines: list[Line], start: int) -> None:
    """Mark comments that have a "Reply" below each, with the heading above the first."""
    replies = [i for i in range(start, len(lines)) if _REPLY.fullmatch(lines[i].text.strip())]
    if len(replies) < _FEWEST_REPLIES:
        return
    first = replies[0] - 1
    while first > start and not lines[first - 1].is_body and replies[0] - first < _LONGEST_HEADING:
        first -= 1
    for line in lines[max(first, start) : replies[-1] + 1]:
        line.reason = line.reason or "reader comments"


def mark_banners(lines: list[Line]) -> None:
    """Mark the lines around a recognised notice of consent, or offer, that go with it."""
    _spread(lines, CONSENT, speaks_of_consent)
    _spread(lines, OFFER, _goes_with_offer)


def mark_offers_at_the_end(lines: list[Line]) -> None:
    """Mark the sentences after the article that speak to the reader, from the end backwards."""
    n_bodies = sum(line.is_body for line in lines)
    for line in reversed(lines[-_LOOKED_AT_FROM_END:]):
        if not line.is_body:
            continue
        if not line.ends_as_statement and line.n_words <= _HEADLINE_WORDS:
            continue  # another article's headline, perhaps: `endings` judges it
        folded = line.folded()
        speaks = _speaks_to_reader(line, folded) or speaks_to_reader(line, is_after=True)
        if n_bodies > 2 and speaks:
            line.reason = OFFER
        elif n_bodies > 3 and len(folded) < 300 and _ABOUT_AUTHOR.match(line.text):
            line.reason = "about the author"
        else:
            return
        n_bodies -= 1


def mark_lists(lines: list[Line], body: list[int]) -> None:
    """Mark the headlines of other articles under a heading for them.

    `body` are the indexes of the article's sentences. A heading that could be a sub-heading counts
    only after the last of them.
    """
    index = 0
    while index < len(lines):
        opener = lines[index]
        index += 1
        if not _opens_list(opener, index > body[-1]):
            continue
        end = _end_of_list(lines, index)
        if end <= body[0] and not any(line.is_headline_like for line in lines[end : body[0]]):
            continue  # the last of them may be this article's own headline
        for line in lines[index - 1 : end]:
            line.reason = line.reason or RELATED
        index = end


def _end_of_list(lines: list[Line], start: int) -> int:
    """Return where the headlines end that begin at `start`; of marked items, with the last item."""
    has_items = start < len(lines) and _ITEM.match(lines[start].text) is not None
    end = start
    while end < min(len(lines), start + _LONGEST_LIST) and _may_be_listed(lines[end]):
        if has_items and not _ITEM.match(lines[end].text):
            break
        end += 1
    return end


def _opens_list(line: Line, is_after_article: bool) -> bool:
    verdict = line.verdict
    if verdict is None or verdict.reason != RELATED:
        return False
    return verdict.opens_list or (line.is_placed and is_after_article)


def _may_be_listed(line: Line) -> bool:
    return line.reason is not None or (line.n_words <= 30 and not line.ends_as_statement)


def _is_comment_head(line: Line) -> bool:
    return len(line.text) <= 80 and _COMMENT_HEAD.match(line.text) is not None


def _spread(lines: list[Line], reason: str, goes_with: Callable[[Line], bool]) -> None:
    orders: tuple[Iterable[Line], ...] = (lines, reversed(lines))
    for ordered in orders:
        left = 0
        for line in ordered:
            if line.reason == reason:
                left = _LONGEST_BANNER
            elif line.reason is None and left and goes_with(line):
                line.reason, left = reason, left - 1
            elif line.reason is None:
                left = 0


def speaks_of_consent(line: Line) -> bool:
    """Say whether a line could belong to a banner that asks for consent."""
    folded = line.folded()
    if len(folded) > _LONGEST_BANNER_LINE_CHARS or is_reported(line.text, folded):
        return False
    return _CONSENT.search(folded) is not None and _YOU.search(folded) is not None


def _goes_with_offer(line: Line) -> bool:
    folded = line.folded()
    if len(folded) > _LONGEST_OFFER_CHARS or is_reported(line.text, folded):
        return False
    # "Eine Abmeldung ist jederzeit möglich." speaks to nobody, but it is short.
    n_signs = len(_GOES_WITH_OFFER.findall(folded))
    return n_signs > 1 or (n_signs == 1 and _YOU.search(folded) is not None)


def _speaks_to_reader(line: Line, folded: str) -> bool:
    if len(folded) > _LONGEST_OFFER_CHARS or is_reported(line.text, folded):
        return False
    if _OFFER.search(folded) is None:
        return False
    return addresses_reader(line, folded) or _OURS.search(folded) is not None
