"""Names of news outlets: agencies, owners' legal names, and what newspapers' names are made of."""

from __future__ import annotations

import re

AGENCIES = {
    "ap": "Associated Press",
    "associatedpress": "Associated Press",
    "reuters": "Reuters",
    "thomsonreuters": "Reuters",
    "afp": "AFP",
    "agencefrancepresse": "AFP",
    "dpa": "dpa",
    "efe": "EFE",
    "agenciaefe": "EFE",
    "ansa": "ANSA",
    "apa": "APA",
    "upi": "UPI",
    "unitedpressinternational": "UPI",
    "xinhua": "Xinhua",
    "tass": "TASS",
    "interfax": "Interfax",
    "kyodo": "Kyodo News",
    "yonhap": "Yonhap",
    "pti": "PTI",
    "pa": "PA Media",
    "aap": "AAP",
    "canadianpress": "The Canadian Press",
    "europapress": "Europa Press",
    "lusa": "Lusa",
    "belga": "Belga",
    "anp": "ANP",
    "bloomberg": "Bloomberg",
    "prnewswire": "PR Newswire",
    "businesswire": "Business Wire",
    "globenewswire": "GlobeNewswire",
    "accesswire": "ACCESSWIRE",
}
"""Agencies: their articles stand in other outlets too, so another outlet's name goes first."""

_OUTLETS = {
    "cnn": "CNN",
    "cablenewsnetwork": "CNN",
    "cnnwire": "CNN",
    "cbs": "CBS",
    "cbsnews": "CBS News",
    "cbsinteractive": "CBS News",
    "nbcnews": "NBC News",
    "nbcuniversal": "NBC",
    "abcnews": "ABC News",
    "abcnewsinternetventures": "ABC News",
    "foxnews": "Fox News",
    "foxnewsnetwork": "Fox News",
    "msnbc": "MSNBC",
    "bbc": "BBC",
    "bbcnews": "BBC News",
    "britishbroadcastingcorporation": "BBC",
    "npr": "NPR",
    "nationalpublicradio": "NPR",
    "guardiannewsandmedia": "The Guardian",
    "guardiannews&media": "The Guardian",
    "newyorktimes": "The New York Times",
    "dowjones": "The Wall Street Journal",
    "dowjones&company": "The Wall Street Journal",
    "wpcompany": "The Washington Post",
    "telegraphmediagroup": "The Telegraph",
    "associatednewspapers": "Daily Mail",
    "newsgroupnewspapers": "The Sun",
    "timesnewspapers": "The Times",
    "financialtimes": "Financial Times",
    "canadianbroadcastingcorporation": "CBC",
    "australianbroadcastingcorporation": "ABC (Australia)",
    "deutschewelle": "Deutsche Welle",
    "spiegel": "Der Spiegel",
    "aljazeeramedianetwork": "Al Jazeera",
    "gannettsatelliteinformationnetwork": "USA Today",
    "usatoday": "USA Today",
}
_OUTLET_WORD = re.compile(
    r"\b(?:times|post|courier|news|herald|gazette|tribune|journal|daily|chronicle|observer"
    r"|guardian|telegraph|mail|star|sun|mirror|express|press|today|standard|independent|examiner"
    r"|dispatch|ledger|mercury|sentinel|argus|echo|register|record|inquirer|globe|review|weekly"
    r"|agency|broadcasting|zeitung|\w*kurier|\w*bote|\w*anzeiger|rundschau"
    r"|\w*zeitung|allgemeine|presse|monde|figaro|libération|dépêche|courrier|écho"
    r"|voix|diario|periódico|eco|mundo|país|noticias|heraldo|corriere|giornale|gazzetta"
    r"|messaggero|stampa|jornal|folha|gazeta|correio|diário|\w*dagblad|\w*krant|\w*courant"
    r"|\w*bode|tv|radio|fm|wire|online|network"
    r"|advertiser|advocate|bulletin|messenger|intelligencer|clarion|bugle|statesman|spectator"
    r"|magazine|digest|\w*blatt|\w*nachrichten|morgenpost|abendpost|infos|actu|républicain|progrès"
    r"|parisien|télégramme|dauphiné|informador|correo|vanguardia|tribuna|gazzettino|mattino"
    r"|notícias|nieuwsblad|telegraaf|\w*tidning(?:en)?|\w*posten|\w*bladet|\w*avisen?)\b",
    re.I,
)
# What the press makes and is sent is no newspaper.
_KIND_OF_PAPER = re.compile(
    r"\b(?:(?:press|news|media) (?:releases?|office|statement|conference|contacts?|desk|kit|review"
    r"|advisory|information|cuttings?|clippings?)|(?:revue|dossier|communiqué|service) de presse"
    r"|(?:nota|comunicado|rueda|dossier|gabinete) de prensa|(?:comunicato|rassegna|ufficio) stampa"
    r"|pressemitteilung|presse(?:info|stelle|schau|spiegel|kontakt)|mail(?: to|:)|press \w+ to)\b",
    re.I,
)
_LEGAL = re.compile(
    r"[\s,]+(?:inc|llc|l\.l\.c|ltd|limited|plc|corp|corporation|co|company|companies|gmbh(?: & co"
    r"\.? kg)?|ag|kg|s\.?a\.?s?|s\.?r\.?l|s\.?l\.?u?|s\.p\.a|b\.?v|n\.v|ltda|pty|group|holdings?"
    r"|broadcasting|media(?: group)?|publishing|publications|communications|enterprises|verlag"
    r"|interactive|digital|news ?papers? group|e\.v|foundation)\.?\Z",
    re.I,
)
_LONGEST_LINE_CHARS = 200
_PLACE_AFTER = re.compile(r"\s*[(\[][^()\[\]]{1,40}[)\]]\Z")
_INSIDE = re.compile(r"[,;:\[\]]|[a-z]{2}\. ")
_PARTS = re.compile(r"\s+(?:-{1,3}|[–—|·•»])\s+")
_MOST_NAME_WORDS, _MOST_SECTION_WORDS = 6, 3
_SMALL = frozenset("OF DE DEL LA LAS LOS DES DU VON DER DI DA DO".split())
_AFTER_HYPHEN = re.compile(r"(?<=\w-)\w")
_ELIDED = re.compile(r"(?:d|l|dell|dall|nell|sull|all)['’](?=[^\W\d_])")
_STATION = re.compile(r"\A(?:[A-Z]{2,6}|[A-Z][A-Za-z]+(?:News|TV|Wire|Press)|[\w-]+\.[a-z]{2,3})\Z")
_SITE = re.compile(r"\A(?:www\.)?([\w-]+)\.(?:com|org|net|co\.uk|de|fr|es|it|news|tv)\Z", re.I)


def has_outlet_word(text: str) -> bool:
    """Say whether a text holds a word that names of newspapers and stations are made of.

    >>> has_outlet_word("Orme Courier"), has_outlet_word("Press release")
    (True, False)
    """
    return _OUTLET_WORD.search(_KIND_OF_PAPER.sub(" ", text)) is not None


def is_kind_of_paper(text: str) -> bool:
    """Say whether words name what the press makes, and nobody who makes it: "News release"."""
    return not any(map(str.isalnum, _KIND_OF_PAPER.sub("", text)))


def is_outlet_name(line: str) -> bool:
    """Say whether a whole line looks like the name of an outlet: "Orme Courier (Orme)".

    >>> is_outlet_name("The Orme Courier"), is_outlet_name("Courier finds lost dog")
    (True, False)
    """
    if len(line) > _LONGEST_LINE_CHARS:
        return False
    name, *others = _PARTS.split(_PLACE_AFTER.sub("", line))
    if any(len(other.split()) > _MOST_SECTION_WORDS for other in others):
        return False  # "Orme Courier -- Local News" is one, with its section
    words = [] if _INSIDE.search(name) else name.split()
    if not 2 <= len(words) <= _MOST_NAME_WORDS or line[-1:] in ".?!:":
        return False
    capitals = all(_is_capital(word) or word.upper() in _SMALL for word in words)
    if not capitals or not words[0][0].isupper():
        return False
    # "La Voz de la Sierra", "Gazzetta dell'Arno": what it is stands first, then whose.
    is_of = any(word.upper() in _SMALL or _ELIDED.match(word) for word in words[1:-1])
    ends = [words[-2:], words[:2] if is_of else []]
    return any(has_outlet_word(" ".join(end)) for end in ends)


def _is_capital(word: str) -> bool:
    return _ELIDED.sub("", word)[:1].isupper()


def outlet_key(name: str) -> str:
    """Return what two spellings of one name share, such as "The CNN Wire" and "CNN-Wire"."""
    plain = "".join(c for c in name.casefold() if c.isalnum() or c == "&")
    return plain.removeprefix("the") if name[:4].casefold() in ("the ", "the-") else plain


def is_agency(name: str) -> bool:
    """Say whether this is an agency, whose articles stand in other outlets."""
    return outlet_key(name) in AGENCIES or name in AGENCIES.values()


def known_outlet(name: str) -> str | None:
    """Return the usual name of an agency or outlet known by this one; None for others.

    >>> known_outlet("CBSNews"), known_outlet("Orme Courier")
    ('CBS News', None)
    """
    key = outlet_key(name)
    return AGENCIES.get(key) or _OUTLETS.get(key)


def readable_outlet(holder: str) -> str | None:
    """Return the outlet that a holder of rights is known as; None if it is no name at all.

    >>> readable_outlet("Cable News Network, Inc."), readable_outlet("KVRD Broadcasting Inc.")
    ('CNN', 'KVRD')
    """
    name = " ".join(holder.split()).strip(' ,;:|·•-–—()"“”')
    while name:
        known = known_outlet(name)
        shorter = _LEGAL.sub("", name)
        if known is not None or shorter == name:
            name = known or name
            break
        name = shorter.rstrip(" ,&")
    if " " in name and name.isupper():
        words = (w.lower() if w in _SMALL else w.capitalize() for w in name.split())
        name = _AFTER_HYPHEN.sub(lambda first: first[0].upper(), " ".join(words))
    if not 2 <= len(name) <= 60 or len(name.split()) > 7 or name.islower():
        return None
    return name if any(map(str.isalpha, name)) else None


def station(bracket: str) -> str | None:
    """Return the agency or station that a dateline has in brackets; None for other words.

    >>> station("AP"), station("KVRD"), station("Northern England")
    ('Associated Press', 'KVRD', None)
    """
    bracket = bracket.strip()
    return known_outlet(bracket) or (bracket if _STATION.match(bracket) else None)


def site_name(address: str) -> str:
    """Return a site's address without "www." and, if it is a known outlet's, the outlet's name."""
    match = _SITE.match(address)
    return (known_outlet(match[1]) if match else None) or address
