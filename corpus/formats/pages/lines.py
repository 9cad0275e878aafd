"""Lines of a page that are furniture by their words, wherever they stand: "Read more: …".

Only short lines are looked at, each as a whole: nothing here may touch a sentence of an article.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.formats.pages.authors import signed_names

MAX_LINE_CHARS = 240
MAX_NOTICE_CHARS = 1500
_ALL_LINK = 0.95
_DATE_CHARS = 6

_SITES = (
    "twitter|x|facebook|instagram|whatsapp|telegram|tiktok|youtube|linkedin|google news|flipboard|"
    "mastodon|bluesky|threads|reddit|pinterest|messenger"
)
# The whole line, but for punctuation around it.
_WHOLE = {
    "advertisement": (
        r"advertisements?|advertising|ads?|anzeige|werbung|publicité|publicidad|pubblicità|reklame",
        r"(?:sponsored|paid|promoted|partner) ?(?:content|post|message|by .{1,60})?",
        r"(?:story|article) continues (?:below|after)(?: (?:this |the )?ad(?:vert(?:isement)?)?)?",
        r"(?:continue reading|scroll (?:down )?(?:to|for)).{0,60}",
        r"(?:skip|close) (?:this )?ad.{0,20}",
        r"(?:\w+ ){0,4}(?:advertisement|werbung|anzeige|publicité|publicidad|pubblicità)"
        r"(?: \w+){0,2}",
    ),
    "share buttons": (
        r"share(?: (?:this|on|via|with|by|article|story|page|post)\b.{0,80})?|share options",
        r"(?:tweet|pin|e-?mail|print|save|bookmark|copy|like)"
        r"(?: (?:this|link|it|story|article|page))*",
        rf"(?:{_SITES})(?:[ |,/·•]+(?:{_SITES}|e-?mail|print|copy link))*",
        r"(?:\w+ )?(?:teilen|drucken|merken)|(?:partager|compartir|comparte|condividi|compartilhe)"
        r"(?: .{1,40})?|imprimer|imprimir|شارك .{0,40}|分享.{0,20}|シェア.{0,20}",
        r"(?:copy|copied) .{0,20}(?:link|clipboard|url)|link copied.{0,20}|gift (?:this )?article",
    ),
    "comments": (
        r"(?:\d{1,6} )?comments?(?: \(?\d{1,6}\)?)?|kommentare?|commentaires|comentarios",
        r"(?:leave|add|post|join|view|show|read|load) .{0,30}"
        r"(?:comments?|conversation|reply).{0,20}",
    ),
    "menu": (
        r"(?:skip|jump) to .{1,40}|back to (?:top|.{0,20}home.{0,20})|home|menu|search|log ?in|"
        r"sign in",
        r"(?:next|previous)(?: (?:article|story|post))?|advanced search|close|open menu|"
        r"toggle .{1,30}",
    ),
    "player": (
        r"(?:listen|watch|play)(?: (?:to|this|the|live|now|video|audio|article|story|in full)){0,4}"
        r"(?:\W+\d.{0,20})?",
        r"(?:this|the|your) (?:video|audio|media|browser) .{0,40}"
        r"(?:cannot|can't|can not|does not|doesn't|unsupported|unavailable|not available) ?.{0,80}",
        r"media playback .{0,60}|(?:please )?(?:enable|turn on) javascript.{0,80}|"
        r"now playing|video",
    ),
    "reading time": (
        r"(?:reading time\W{0,3})?\d{1,3}[ -]min(?:ute)?s?(?: read(?:ing)?(?: time)?)?",
    ),
}  # fmt: skip
# How the line begins.
_BEGINS = {
    "newsletter sign-up": (
        r"sign up\b|subscribe\b|newsletter\b|enter your e-?mail|stay (?:up to date|informed)\b",
        r"(?:get|receive) .{1,80}\b(?:inbox|e-?mail|newsletter|alerts?)\b",
        r"abonnez-vous|inscrivez-vous|suscríbete|jetzt abonnieren|iscriviti",
        r"already a (?:subscriber|member)|(?:become|not) a (?:subscriber|member)",
    ),
    "share buttons": (
        rf"(?:follow|like|find|join|connect with) @?\w+(?: \w+){{0,4}} "
        rf"(?:on|at|via) (?:{_SITES})\b",
        r"follow \S{3,40}:",
    ),
    "related links": (
        r"(?:read (?:more|also|next|the full)|also read|see also|more on this(?: story)?|more from|"
        r"related(?: \w+)?|recommended(?: \w+)?|watch|listen|don['’]t miss|up next|explore more|"
        r"most (?:read|popular|viewed|shared)|trending(?: now)?|in other news|"
        r"editor['’]?s['’]? picks?|"
        r"(?:top|more|latest|other) (?:stories|news|headlines)|keep reading|"
        r"you (?:may|might) (?:also )?(?:like|be interested in)|lire aussi|à lire(?: aussi)?|"
        r"mehr zum thema|lesen sie auch|siehe auch|"
        r"lea también|lee también|te puede interesar|leggi anche|"
        r"leia também|اقرأ أيضا|اقرأ أيضًا|相关阅读|延伸阅读|関連記事)"
        r"\s*(?:[:|»›>→–—]|$)",
        r"(?:more (?:from|about|stories)|elsewhere (?:on|in)) [^.?!]{2,50}\Z",
    ),
    "app": (r"(?:download|get) (?:the|our) (?:\w+ ){0,3}app\b",),
    "contact note": (
        r"(?:got|have) (?:a )?(?:news )?(?:tip|story|something to share)\b.{0,200}\?|e-?mail: ",
        r"(?:contact|e-?mail) (?:the )?(?:author|writer|reporter|newsroom|newsdesk|us|me)\b",
    ),
    "footer": (
        r"©|\(c\) ?(?:19|20)\d\d|copyright\b.{0,80}\d{4}|all rights reserved|privacy policy",
    ),
    "support appeal": (
        r"support (?:our|local|independent|quality) (?:work|journalism|reporting|newsroom)",
        r"become a (?:member|subscriber|supporter)|if you (?:value|enjoy) (?:our|this)",
        r"(?:please )?consider (?:supporting|donating|a gift)",
        r"(?:donate|contribute|chip in)\b.{0,80}(?:today|now|here)",
    ),
    "tags": (
        r"(?:tags?|topics?|filed under|keywords?|schlagwörter|themen|mots-clés|etiquetas)\s?:",
    ),
    "about the author": (
        r".{3,160}\bfollow (?:him|her|them|me)\b.{0,20}(?:\bon\b|@)",
        r".{3,160}\b(?:reach(?:ed)?|contact(?:ed)?|e-?mail) (?:him |her |them |me )?at \S{1,40}@",
    ),
    "notice": (r".{3,80} receives? .{0,20}support from .{3,100} solely responsible\b",),
    "credits": (
        r"\(?(?:additional )?(?:reporting|writing|editing) by ",
        r".{3,120} contributed (?:reporting|to this (?:report|story|article))\b.{0,40}\Z",
    ),
    "player": (r"\d{1,2}:\d{2} [-–—] ",),
    "caption": (
        r"source\s?: ",
        r"(?:photo|image|picture|photograph|foto|video|illustration|graphic)s?"
        r"(?: (?:credit|by|courtesy)\b|\s?:|/)",
    ),
    "cookie notice": (
        r"(?:we|this (?:web)?site|our (?:web)?site) .{0,60}\buses? (?:\w+ )?cookies\b",
    ),
}  # fmt: skip


def _compiled(table: dict[str, tuple[str, ...]], end: str) -> dict[str, re.Pattern[str]]:
    return {
        reason: re.compile(f"\\W{{0,5}}(?:{'|'.join(patterns)}){end}", re.IGNORECASE)
        for reason, patterns in table.items()
    }


_CREDIT = re.compile(
    r"(?:\b(?:getty images|shutterstock|file (?:photo|picture|image)|(?:ap|afp|reuters|epa|pa) "
    r"(?:photo|images?|media))\b.{0,40}|\((?:photo|image|picture)\b[^()]{0,80}\))\Z",
    re.IGNORECASE,
)
# "(Ulla Berg/Dunmere Post)", as agencies sign their pictures.
_SIGNED = re.compile(r"\([A-ZÀ-Þ][^()/]{2,50}/\s?[A-ZÀ-Þ][^()]{2,60}\)\Z")
_RESERVED = re.compile(r"\ball rights reserved\b", re.IGNORECASE)
_BY = frozenset("by von par por di".split())
_LABELS = frozenset("text texte texto testo story words author autor auteur autore".split())
_DATED = re.compile(
    r"(?:first |last |originally )?(?:published|updated|posted|modified|created|veröffentlicht|"
    r"aktualisiert|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|stand)\b.*\d",
    re.IGNORECASE,
)
_DATE_WORD = re.compile(
    r"\d{1,4}(?:st|nd|rd|th|h|am|pm)?|\d{1,2}[h:.]\d{2}(?:am|pm)?|"
    r"(?:jan|f[eé]b|m[aä]r|a[pvb]r|ma[iy]|ju[nil]|ao[uû]t|aug|ago|sep|o[ck]t|nov|d[eéi][cz]|ene)\w{0,7}|"
    r"(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)\w{0,6}|[ap]m?|m|at|on|e[sd]?t|gmt|utc|bst|"
    r"\d{4}[年년]\d{1,2}[月월](?:\d{1,2}[日일])?|\d{1,2}[月월日일]|星期.|周.|"
    r"c[es]s?t|p[sd]?t|uhr|um|de|le|à|hrs?|ago|hours?|min(?:ute)?s?|days?|last|first",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d:\d\d")
_WORD = re.compile(r"[\w:]+")
_ENDS_SENTENCE = re.compile(r"""[.!?…。！？।؟]["'”’»)\]]*\Z""")


def line_reason(text: str, link_share: float) -> str | None:
    """Say why a block is furniture by its words alone; None if they do not tell.

    >>> line_reason("Read more: Council votes again", 1.0), line_reason("He read more.", 0.0)
    ('related links', None)
    """
    if text[0] == "©" and len(text) <= MAX_NOTICE_CHARS:
        return "footer"
    if len(text) > MAX_LINE_CHARS or "\n" in text:
        return None
    for reason, holds in _TESTS:
        if holds(text):
            return reason
    is_link = link_share >= _ALL_LINK and not _ENDS_SENTENCE.search(text)
    return "related links" if is_link else None


def is_byline(text: str) -> bool:
    """Say whether a line names who wrote an article: "By Ada Orme and Bo Lund, in Harrow".

    >>> is_byline("By Ada Orme"), is_byline("By Friday Ada Orme had left.")
    (True, False)
    """
    head, colon, rest = text.partition(":")
    if colon and head.strip().lower() in _LABELS | _BY:
        words = ["by", *rest.replace("|", " ").split()]
    else:
        words = text.replace("|", " ").split()
    if not 2 < len(words) <= 20 or words[0].lower() not in _BY:
        return False
    is_named = all(name[0].isupper() for name in words[1:3])
    return is_named and not _ENDS_SENTENCE.search(text)


def is_date_line(text: str) -> bool:
    """Say whether a line is a date, alone or after a word such as "Published".

    >>> is_date_line("Updated: 3 June 2018, 10.15am BST"), is_date_line("June was cold.")
    (True, False)
    """
    if _DATED.match(text):
        return len(text.split()) <= 14 and not _ENDS_SENTENCE.search(text.replace("a.m.", "am"))
    words = _WORD.findall(text)
    is_dated = any(map(str.isdigit, text)) and len(text) >= _DATE_CHARS and len(words) <= 12
    # Digits alone are a row of a table, unless they are joined like a date or a time.
    is_dated = is_dated and (any(map(str.isalpha, text)) or _JOINED.search(text) is not None)
    return is_dated and all(map(_DATE_WORD.fullmatch, words))


# "Permalink: https://…", and an address alone.
_ADDRESS_LINE = re.compile(r"(?:[\w-]+ ){0,3}(?:[\w-]+\s?[:：]\s*)?https?://\S{4,}\Z")
_TESTS: list[tuple[str, Callable[[str], object]]] = [
    ("byline", is_byline),
    ("date", is_date_line),
    ("byline", signed_names),
    ("address", _ADDRESS_LINE.match),
    ("caption", _CREDIT.search),
    ("caption", _SIGNED.search),
    ("footer", _RESERVED.search),
    *((reason, pattern.match) for reason, pattern in _compiled(_BEGINS, "").items()),
    *((reason, pattern.match) for reason, pattern in _compiled(_WHOLE, r"\W{0,5}\Z").items()),
]
