"""Is this line page furniture, by its words alone? Where it stands is judged in `corpus.furniture`.

Each rule is tried only on lines that begin with one of its words, so that a line costs a look-up
and not a hundred searches. Patterns are matched against the folded line: lower case, "'" for every
apostrophe, one space for white space, no bullets or arrows around it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from enum import IntEnum
from itertools import chain
from typing import NamedTuple

from corpus.furniture import keepers as keepers
from corpus.furniture import phrases as phrases
from corpus.furniture import scripts as scripts
from corpus.furniture.patterns import PATTERNS
from corpus.furniture.searched import SEARCHED, TRIGGERS
from corpus.furniture.shapes import shape_of

LONGEST_LINE_CHARS = 1000
"""No rule is about a longer line; legal and consent notices are the longest."""


class Strength(IntEnum):
    """How much the words of a line prove."""

    PLACED = 1
    """Furniture outside the article or among other furniture."""
    STRONG = 2
    """Furniture wherever it stands."""
    SURE = 3
    """Furniture even if little is left of the article."""


class Verdict(NamedTuple):
    """What the words of a line say: `opens_list` if headlines of other articles follow it."""

    reason: str
    strength: Strength
    opens_list: bool = False
    is_exact: bool = False
    is_doubtful: bool = False
    """Whether a whole sentence is the article's, unless other furniture stands around it."""


_SETS = (
    (phrases.SHARE | scripts.SHARE, "share links", Strength.SURE),
    (phrases.ADVERTISEMENT | scripts.ADVERTISEMENT, "advertisement", Strength.SURE),
    (phrases.CONSENT, "consent notice", Strength.STRONG),
    (phrases.ACCOUNT | scripts.ACCOUNT, "sign-in or subscription", Strength.STRONG),
    (phrases.PROMPT | scripts.PROMPT, "page control", Strength.STRONG),
    (phrases.LEGAL | scripts.LEGAL, "legal links", Strength.STRONG),
    (phrases.PLACED_NETWORKS, "share links", Strength.PLACED),
    (phrases.PLACED_MENU | scripts.MENU, "menu", Strength.PLACED),
)
_RELATED = phrases.RELATED | scripts.RELATED
_RELATED_LABELS = _RELATED | {"previous", "next", "vorheriger artikel", "anterior", "précédent"}
_EXACT: dict[str, Verdict] = {
    phrase.casefold(): Verdict("related articles", Strength.STRONG, opens_list=True, is_exact=True)
    for phrase in _RELATED
}
for _set, _reason, _strength in _SETS:
    for _phrase in _set:
        _EXACT.setdefault(_phrase.casefold(), Verdict(_reason, _strength, is_exact=True))

_RULES: defaultdict[str, list[tuple[re.Pattern[str], Verdict]]] = defaultdict(list)
for _table in (PATTERNS, keepers.PATTERNS):
    for _words, _pattern, _reason, _degree in _table:
        _doubt = _table is keepers.PATTERNS and _degree == Strength.PLACED
        _rule = (re.compile(_pattern), Verdict(_reason, Strength(_degree), is_doubtful=_doubt))
        for _word in _words.split():
            _RULES[_word].append(_rule)


def _compiled(table: Iterable[tuple[str, str, int]]) -> list[tuple[re.Pattern[str], Verdict]]:
    return [(re.compile(p), Verdict(reason, Strength(degree))) for p, reason, degree in table]


_SEARCHED, _SEARCHED_IN_SCRIPTS = _compiled(SEARCHED), _compiled(scripts.PATTERNS)

_EDGES = " \t-–—_*•·|›»«‹→←↑↓▶►◄▲▼✕✖×+#…:,;!【】¦‖=~>/\\☰🔍📧🔗⚠\u00a0\u200b\ufe0f\ufeff\ufffd"
_WORD = re.compile(r"[^\W_]+|[@#©™®(\[]")
_SEPARATORS = re.compile(r"\s*[|•·›»→/,;&]\s*|\s>\s|\s[-–—]\s|\s{2,}|\t")
_HOMES = frozenset(
    "home homepage startseite accueil inicio portada início voorpagina главная 首页 ホーム".split()
)
_WHERE = re.compile(r"[^:：|]{2,20}[:：]\s*")
_LONG_ROW, _NUMBERS = 5, re.compile(r"\d.*[|•·].*\d.*[|•·].*\d")
_BARS = re.compile(r"[|•·›»→]|\s{2,}|\t")
_LONGEST_PHRASE_WORDS = 5
_LABEL = re.compile(r"([^:：|»]{2,40}?) ?[:：|»]")
_ROW_JOINERS = frozenset(
    "on via this article story post page by with to in us and & or a the our link icon button logo"
    " app open continue more".split()
)
"""Words that join others in a row of buttons."""
_MOST_ROW_WORDS = 40
_CREDIT_IN_BRACKETS = re.compile(
    r"\((?:Photo |Foto |Image )?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3} ?/ ?[A-Z][^()/]{1,40}\)\Z"
)
_QUOTES = "\"“”„«»‘'‚「『《"
_REPORTED = re.compile(
    r"\b(?:said|says|told|asked|added|wrote|argued|according to|reported|announced|testified|sagte"
    r"|sagt|erklärte|teilte mit|selon|a déclaré|a dit|dijo|declaró|según|disse|secondo|segundo|zei"
    r"|volgens)\b|说|表示|と話|と述べ|と語|قال|وقال|сказал|заявил|сообщил|कहा|बताया"
)


def fold(line: str) -> str:
    """Return a line as rules see it.

    >>> fold("  ▶ Don’t   miss: ")
    "don't miss"
    """
    return " ".join(line.strip(_EDGES).casefold().replace("’", "'").split())


def judge(line: str) -> Verdict | None:
    """Return what the words of one line say; None if they are no furniture as far as is known.

    >>> judge("Share this article").reason
    'share links'
    >>> judge("Facebook and Twitter said on Friday they would share the cost.") is None
    True
    """
    if len(line) > LONGEST_LINE_CHARS:
        return None
    folded = fold(line)
    exact = _EXACT.get(folded.rstrip(". ")) or _EXACT.get(folded.rstrip("? "))
    if exact is None:
        return _row(line, folded) or _by_rule(line, folded)
    # "Home." may be an answer, and "Close." the last line of a poem.
    is_sentence = line.rstrip().endswith(".") and not line.rstrip().endswith("..")
    return None if is_sentence and " " not in folded and exact.strength < 3 else exact


def is_reported(line: str, folded: str) -> bool:
    """Say whether a line is someone's words, or says that someone said them."""
    return line.lstrip()[:1] in _QUOTES or _REPORTED.search(folded) is not None


def _row(line: str, folded: str) -> Verdict | None:
    """Judge a row: several buttons, menu words, tags or handles on one line."""
    reason = shape_of(line)
    if reason is not None:
        return Verdict(reason, Strength.STRONG)
    words = folded.split()
    if not words or len(words) > _MOST_ROW_WORDS or line.rstrip()[-1:] in ".?":
        return None
    if all(word[0] in "#@" and len(word) > 1 for word in line.split()):
        return Verdict("tags", Strength.STRONG)
    return _row_of_cells(line) or _row_of_phrases(words)


def _row_of_cells(line: str) -> Verdict | None:
    cells = [cell for part in _SEPARATORS.split(line.strip(_EDGES)) if (cell := fold(part))]
    if len(cells) < 2:
        return None
    home = fold(_WHERE.sub("", cells[0], count=1))  # "You are here: Home > News"
    known = [verdict for cell in cells if (verdict := _EXACT.get(cell.rstrip(". ")))]
    if {cells[0], home} & _HOMES and re.search("[»›>/→|＞]", line):
        return Verdict("menu", Strength.STRONG)
    if len(known) == len(cells):
        strength = Strength.STRONG if len(known) > 2 else max(v.strength for v in known)
        return Verdict(_reason_of(known), strength)
    if len(known) >= 3 and len(known) >= 0.6 * len(cells) and _BARS.search(line):
        return Verdict(_reason_of(known), Strength.STRONG)
    # A long row of names with some known ones among them; the rows of a table have numbers.
    n_bars = sum(map(line.count, "|•·"))
    if len(known) >= 2 and n_bars >= _LONG_ROW and not _NUMBERS.search(line):
        return Verdict(_reason_of(known), Strength.STRONG)
    return None


def _row_of_phrases(words: list[str]) -> Verdict | None:
    """Judge words that are nothing but phrases of buttons one after the other."""
    known: list[Verdict] = []
    n_strange, start = 0, 0
    while start < len(words):
        for length in range(min(_LONGEST_PHRASE_WORDS, len(words) - start), 0, -1):
            verdict = _EXACT.get(" ".join(words[start : start + length]).strip("|•·,/:"))
            if verdict is not None:
                known.append(verdict)
                start += length
                break
        else:
            word = words[start]
            n_strange += word not in _ROW_JOINERS and word.strip("()").isdigit() is False
            start += 1
    networks = [v for v in known if v.reason == "share links"]
    if len(known) >= 5 and n_strange * 2 <= len(known) and not networks:
        return Verdict(_reason_of(known), Strength.PLACED)
    if len(known) < 2 or not networks or n_strange * 4 > len(known):
        return None
    is_strong = len(known) > 2 or any(v.strength > Strength.PLACED for v in known)
    return Verdict(_reason_of(known), Strength.STRONG if is_strong else Strength.PLACED)


def _reason_of(known: list[Verdict]) -> str:
    reasons = [verdict.reason for verdict in known]
    return "share links" if "share links" in reasons else reasons[0]


def _by_rule(line: str, folded: str) -> Verdict | None:
    if _CREDIT_IN_BRACKETS.search(line):
        return Verdict("picture caption", Strength.STRONG)
    first = _WORD.search(folded)
    if first is None:
        return None
    for pattern, verdict in _RULES.get(first[0], ()):
        if pattern.match(folded) and _may_apply(line, folded, verdict):
            return verdict
    opening = _LABEL.match(folded)
    if opening and opening[1] in _RELATED_LABELS:
        return Verdict("related articles", Strength.STRONG)
    return _by_search(line, folded)


def _by_search(line: str, folded: str) -> Verdict | None:
    tables = [_SEARCHED] if TRIGGERS.search(folded) else []
    if scripts.SCRIPT.search(folded):
        tables.append(_SEARCHED_IN_SCRIPTS)
    for pattern, verdict in chain.from_iterable(tables):
        if pattern.search(folded) and _may_apply(line, folded, verdict):
            return verdict
    return None


def _may_apply(line: str, folded: str, verdict: Verdict) -> bool:
    # A copyright line quotes nobody; "Read more: Mayor said to resign" says its own name.
    return verdict.reason in _NEVER_REPORTED or not is_reported(line, folded)


_NEVER_REPORTED = {"copyright notice", "wire slug", "related articles", "picture credit", "credits"}
