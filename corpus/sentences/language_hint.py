"""Which language's abbreviations does a text use? A hint from its commonest words, for splitting.

It tells the languages apart whose words and capitals would mislead the rules for English. Scripts
that have marks of their own need no hint.
"""

from __future__ import annotations

import re
from collections import Counter

# Letters that are rare elsewhere count as one word more, for short texts.
_LETTERS = {"de": "äöüß", "es": "ñ¿¡", "fr": "œêèù", "pt": "ãõ"}
_WORD = re.compile(r"[^\W\d_]+")
_CHARS_LOOKED_AT = 3000
# In prose it is a third of all words; in an English table of names from elsewhere, a twentieth.
_FEWEST_KINDS, _LEAST_SHARE = 2, 0.1

# In the order of preference among equals. Words that are English too ("die", "in", "on", "was") are
# left out elsewhere, or count for English as well.
_COMMON = {
    "en": """
        the of and to that for with is was were his he she it they this by from have has had are
        been at an which who would will their said but not or we you be as there what when where do
        no me
        """,
    "de": """
        der das und ist von mit den ein eine einen einer eines nicht auch im am zu zum zur auf für
        dem des sich bei nach wird wurde wurden sind haben hatte aus wie über noch er sie es wir ich
        als um sagte dass oder aber seit durch ab bis unter gegen kommt kam heute gestern
        danach dann doch schon mehr kein keine ihr ihre sein seine vor zwei jahr wenn weil
        """,
    "es": """
        el la los las de del y es una un en para que por con se al su sus como más pero fue ha han
        lo está son este esta según desde sobre entre hasta también cuando ayer dijo él le
        donde muy ya sin todo todos dos ser luego después mañana nadie
        """,
    "fr": """
        le la les de des du et est une un dans pour qui que sur au aux pas ne ce cette avec il elle
        ils nous vous je son ses leur sont été ont par plus mais selon après avant où à être fait
        dit puis donc quand ces deux tout tous comme très aussi hier
        """,
    "it": """
        il la lo gli le di e è una un qui che per con non si del della dei delle nel nella al alla
        sono ha hanno da dal come più ma anche questo questa stato stata dopo secondo ieri detto
        poi quando molto tutti anni suo sua loro nessuno
        """,
    "nl": """
        de het een en van dat niet zijn met voor op te aan ook bij naar werd wordt heeft hebben
        maar deze dit er uit over door om ze hij wij als nog volgens gisteren zei
        daarna veel geen haar hun onder na toen twee jaar
        """,
    "pt": """
        o os as da do das dos em um uma que para com não se no na nos nas ao à por mais foi é são
        como mas também ele ela seu sua segundo disse ontem entre até sobre de
        depois quando muito isso pelo pela ser tem sem nem
        """,
    "ru": """
        и в на не что он она они с как по из у за от это был была было были его её их для до после
        к но же также который году года сказал
        все это так только уже потом тогда когда мы я
        """,
}
_LISTS = {name: frozenset(words.split()) for name, words in _COMMON.items()}


def language_hint(text: str) -> str | None:
    """Name the language whose commonest words a text has most of; None if it has hardly any.

    Looks at the first 3,000 characters. Of languages with as many, English is taken before all,
    else the first in alphabetical order.

    Returns:
        "en", "de", "fr", "es", "it", "pt", "nl", "ru", or None.

    >>> language_hint("Er kam am Montag."), language_hint("He came on Monday, he said.")
    ('de', 'en')
    """
    head = text.lstrip()[:_CHARS_LOOKED_AT].lower()
    words = _WORD.findall(head)
    occurs = Counter(words)
    best, most, kinds = "", 0, 0
    for language, common in _LISTS.items():
        found = common.intersection(occurs)
        has_letters = any(letter in head for letter in _LETTERS.get(language, ""))
        count = sum(map(occurs.__getitem__, found)) + has_letters
        if count > most:
            best, most, kinds = language, count, len(found) + has_letters
    is_enough = kinds >= _FEWEST_KINDS and most >= _LEAST_SHARE * len(words)
    return best if is_enough else None
