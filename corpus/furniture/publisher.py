"""The outlet speaking to its readers in sentences of its own: pleas, notices, thanks.

Four things speak for it: the reader is addressed, the outlet says "we", the page itself is named
("this story", "our newsroom"), and something is asked, offered or disclaimed. An article may do any
of them. So it must address the reader and name the page as its own, several things must be asked,
fewer of them after the article than in it; and what is quoted, reported or long is the article's.
"""

from __future__ import annotations

import re

from corpus.furniture.lines import Line
from corpus.furniture.rules import is_reported

_LONGEST_CHARS = 320
_READER = re.compile(
    r"\b(?:you|your|you're|you've|yourself|dein\w*|vous|votre|vos|usted|ustedes|voi|vostr[aoie]"
    r"|você|vocês|jouw|uw|вы|вас|вам|ваш\w*)\b"
)
# Only the capital tells the reader from "she" and "they", and not at the beginning.
_GERMAN_READER = re.compile(r"(?<=[a-zäöüß,;] )(?:Sie|Ihnen|Ihr(?:e[nrms]?)?)\b")
_IMPERATIVE = re.compile(
    r"(?:please |bitte )?(?:click|tap|sign up|subscribe|register|donate|contact us|write to us"
    r"|tell us|let us know|e-?mail us|follow us|chip in|support our|help us|join us)\b"
)
_WE = re.compile(
    r"\b(?:we|our|us|wir|uns|unser\w*|nous|notre|nos|nosotros|nuestr\w+|noi|nostr[aoie]|nós"
    r"|noss[ao]s?|wij|ons|onze|мы|наш\w*|нам|нас)\b"
)
_PAGE = re.compile(
    r"\b(?:this|diese[rnsm]?|dies|cet(?:te)?|ce|est[ea]|quest[oa]|deze?|dit|эт\w+)"
    r" (?:full |original |whole |print(?:ed)? |web |online )?(?:article|story|page|piece|post|site"
    r"|website|web site|newsletter|newspaper|transcript|broadcast|recording|edition|copy|content"
    r"|archive|capture|artikel|beitrag|seite|angebot|contenu|artículo|página|noticia|sitio"
    r"|articolo|pagina|sito|artigo|notícia|статья|статью|материал|сайт\w*|файл\w*)\b"
    r"|\b(?:our|unser\w{0,2}|notre|nos|nuestr[ao]s?|nostr[aoie]|noss[ao]s?|onze)"
    r" (?:\S+ )?(?:reporters?|newsroom|journalis\w+|editors?|desk|website|site|newsletters?|shop"
    r"|archives?|coverage|reporting|redaktion|rédaction|redacción|redazione|redação|redactie"
    r"|web|app|podcasts?|channel|kanal|chaîne|canal|канал\w*)\b"
)
_ASKS = (
    r"click|tap|sign(?:ed)? (?:up|in)|subscri\w+|register(?:ed)?|log ?(?:ged )?in|newsletter",
    r"chip in|donat\w+|contribut\w+|support(?:s|ers|ing)?|favou?r|fund(?:s|ed|ing)?"
    r"|member(?:s|ship)?",
    r"links?|commission|earn|affiliate|advert\w*|ads|sponsor\w*|buy|purchase|shops?|offers?",
    r"mistakes?|errors?|typos?|correct(?:ions?|ed)?|inaccura\w+|complain\w*|standards?",
    r"tell us|let us know|write to|contact|e-?mail\w*|address|tips?|in confidence|get in touch",
    r"thank you|thanks for|while you are here|enjoy\w*",
    r"(?:for|you are|you're|continue|keep) (?:reading|listening|watching)|to the end",
    r"print\w*|web edition|print edition|app|browser|javascript|download\w*|notifications?|phone",
    r"privacy|cookies?|personal data|pass(?:ed)? (?:it )?on|third part(?:y|ies)|consent",
    r"permission|reproduc\w+|rights|licen[cs]\w*|copyright|republish\w*|not be (?:used|copied)",
    r"free|price|per month|a (?:week|month|year)|gratis|kostenlos|gratuit\w*|cancel|trial|kündbar",
    r"abonn\w+|suscri\w+|boletín|abbona\w+|iscri\w+|assin\w+|subscrev\w+|anmeld\w+|inscri\w+"
    r"|подпи\w+|receb\w+|recib\w+|ricev\w+|recevez|newsletters|notizie|nouvelles|nachrichten",
    r"fehler|erreurs?|errores|errori|erros|fouten|опечатк\w*|ошибк\w*|hinweis\w*|нажмите",
    r"transcript\w*|audio|recording|accuracy|may (?:vary|differ|contain)|archiv\w+|automatic\w*"
    r"|generated|digitized|scanned|saved|captured|retrieved|database|library",
    r"comments?|commentaires|kommentare|comentarios|commenti|comentários|reserved for|réservés",
)
_ASKED = tuple(re.compile(rf"\b(?:{words})\b") for words in _ASKS)
_QUOTED = re.compile(r"[\"“„«「][^\"“”»」]{25}")
_YOU_ASKED = re.compile(r"\byou (?:have )?(?:asked|told)\b")
_MOST_CAPITALS = 3
_CAPITAL = re.compile(r"(?<=[\w,;] )[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+")
_IN_THE_ARTICLE, _AFTER_IT = 4, 3
_NAMED_SIGNS = 2  # the reader and the page


def speaks_to_reader(line: Line, *, is_after: bool) -> bool:
    """Say whether a line is the outlet's own words to its readers.

    Args:
        line: A line, of one sentence or some.
        is_after: Whether it stands after the article, where less is asked for.
    """
    if len(line.text) > _LONGEST_CHARS:
        return False
    folded = line.folded()
    if _QUOTED.search(line.text) or is_reported(line.text, _YOU_ASKED.sub("", folded)):
        return False
    # A sentence with several names in it is about them.
    if len(_CAPITAL.findall(line.text)) > _MOST_CAPITALS:
        return False
    if not (addresses_reader(line, folded) and _PAGE.search(folded)):
        return False
    asked = sum(pattern.search(folded) is not None for pattern in _ASKED)
    n_signs = asked + _NAMED_SIGNS + (_WE.search(folded) is not None)
    return asked > 0 and n_signs >= (_AFTER_IT if is_after else _IN_THE_ARTICLE)


def addresses_reader(line: Line, folded: str) -> bool:
    """Say whether a line says "you" to its reader, or tells the reader what to do."""
    if _READER.search(folded) or _IMPERATIVE.match(folded):
        return True
    return _GERMAN_READER.search(line.text) is not None
