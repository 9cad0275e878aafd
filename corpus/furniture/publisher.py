"""The outlet speaking to its readers in sentences of its own: pleas, notices, thanks.

No such sentence is known by its words alone. Four things speak for it: the reader is addressed, the
outlet says "we", the page itself is named ("this story", "our newsroom"), and something is asked,
offered or disclaimed. An article may do any of them, so several must come together, fewer of them
after the article than in it; and what is quoted, reported or long is the article's.
"""

from __future__ import annotations

import re

from corpus.furniture.lines import Line
from corpus.furniture.rules import is_reported

_LONGEST_CHARS = 320
_READER = re.compile(
    r"\b(?:you|your|you're|you've|yourself|readers?|ihre?[nrms]?|sie|dein\w*|vous|votre|vos|usted"
    r"|ustedes|su|sus|tu|tus|lectores|lector|lettori|voi|vostr[aoie]|você|seu|sua|leitores|je|jouw"
    r"|uw|lezers?|leser\w*|lecteurs?|вы|вас|вам|ваш\w*|читател\w*)\b"
)
_WE = re.compile(
    r"\b(?:we|our|us|wir|uns|unser\w*|nous|notre|nos|nosotros|nuestr\w+|noi|nostr[aoie]|nós"
    r"|noss[ao]s?|wij|ons|onze|мы|наш\w*|нам|нас)\b"
)
_PAGE = re.compile(
    r"\b(?:this|the|diese[rnsm]?|dies|cet(?:te)?|ce|est[ea]|quest[oa]|est[ea]|deze?|dit|эт\w+)"
    r" (?:full |original |whole |print(?:ed)? |web |online )?(?:article|story|page|piece|post|site"
    r"|website|web site|newsletter|newspaper|paper|transcript|programme?|broadcast|recording"
    r"|edition|report|copy|text|content|archive|capture|artikel|beitrag|text|seite"
    r"|angebot|page|texte|contenu|artículo|texto|página|noticia|sitio|articolo|testo|pagina|sito"
    r"|artigo|notícia|bericht|статья|статью|материал|сайт\w*|файл\w*)\b"
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
    return _score(folded) >= (_AFTER_IT if is_after else _IN_THE_ARTICLE)


def _score(folded: str) -> int:
    asked = sum(pattern.search(folded) is not None for pattern in _ASKED)
    if not asked:
        return 0
    said = [_READER.search(folded), _WE.search(folded), _PAGE.search(folded)]
    n_said = sum(match is not None for match in said)
    # Without the reader or the page it is anybody's "we".
    return asked + n_said if n_said and (said[0] or said[2]) else 0
