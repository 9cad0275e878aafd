"""Which questions does a sentence answer, that can be made from it without knowing any grammar?

A question is drafted only where the change is safe: the subject gives way to “Who”, or the
auxiliary goes before it. What cannot be understood on its own (a pronoun, “the man”, “on Friday”)
is no question. The draft knows which words of the sentence are its answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

UPPER = "A-ZÀ-ÖØ-ÞŁŚŠŽČŞĐ"
NAME_WORD = rf"[{UPPER}][\w’'-]*(?<![’']s)\b(?![’'])"
TITLE = r"(?:(?:Dr|Mr|Ms|Mrs|Prof|Sir|Dame|Professor|Captain|Judge|Mayor|President)\.? )?"
PERSON = (
    rf"{TITLE}{NAME_WORD}(?: [{UPPER}]\.)?"
    rf"(?: (?:de|van|von|der|la|bin|al|zu|und)(?= ))?(?: {NAME_WORD}){{1,3}}"
)
MIN_WORDS, MAX_WORDS = 4, 14
MAX_CHARS = 300
MOST_FOREIGN = 5
"""How many small words of its own a language has for each foreign one, as in a name."""
NEAR = 8
"""Within how many words a name must follow “the”, to tell which one is meant."""

_OPENING = re.compile(r"[“”„«»\"‘]|(?<!\w)'|…|\.\.\.|[;:!?\[\]{}*_#|<>/\\=@]")
_BRACKETS = re.compile(r" \([^()]*\)")
_DATELINE = re.compile(rf"^[{UPPER}][{UPPER} ,.’-]{{2,40}}(?: \([\w ]+\))? [–—-] ")
_WORD = re.compile(r"\w[\w’'.-]*\w|\w")
_UNIQUE = re.compile(
    r"\b[Tt]he (?=(?:first|second|third|last) time\b|world\b|sea\b|country\b|public\b|morning\b"
    r"|night\b|sun\b)"
)
_BROKEN = re.compile(r"[,()–—]|\b[ap]\.?m\b")
_INSIDE = re.compile(r"(?<=[\w,] )\w[\w-]*")
# “and” joins two names, or it may be anything: “… by Ann and opened”, “… of Orme and Tom runs it”.
_JOINED = re.compile(
    rf" (?:and|und) (?!(?:[{UPPER}][\w’'-]*)(?: [{UPPER}][\w’'-]*)*(?:\?|$| (?:in|of|at|on|for"
    rf"|to|by|with)\b))"
)
_DASH = re.compile(r"\s[–—-]\s|—")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A question that a sentence answers, and the words of it that are the answer.

    `kind` is its question word, by which suggestions are varied.
    """

    question: str
    expected: str
    kind: str


@dataclass(frozen=True, slots=True)
class Language:
    """What a language's questions must not hold, to be understood on their own.

    `marks` are small words that only this language has; `foreign` those that are never in it.
    `leaning` are words that point at something said before, or at the day of writing. `articles`
    begin a noun phrase, which must then name something. `no_names` are words with a capital letter
    that name nothing by themselves; `no_end` is where
    no question ends.
    """

    marks: frozenset[str]
    foreign: frozenset[str]
    leaning: frozenset[str]
    articles: frozenset[str]
    no_names: frozenset[str]
    no_end: frozenset[str]


def plain(sentence: str) -> str | None:
    r"""Return a sentence as one line without its place of writing; None if it is no plain one.

    Plain is what ends in a full stop and holds no quotation, dash, colon or markup.

    >>> plain("PORT HALLAM (Northern Wire) – The ferry\nsank (again). ")
    'The ferry sank.'
    >>> plain("“It sank,” she said.") is None
    True
    """
    line = " ".join(sentence.split())
    line = _BRACKETS.sub("", _DATELINE.sub("", line))
    if (
        len(line) > MAX_CHARS
        or not line.endswith(".")
        or _OPENING.search(line)
        or _DASH.search(line)
    ):
        return None
    return line if line[0].isupper() and not line[:-1].endswith(".") else None


def words_of(text: str) -> list[str]:
    """Return the words of a text, in order; a full stop inside or after initials stays."""
    return _WORD.findall(text)


def words_inside(text: str) -> frozenset[str]:
    """Return the words of a text as they are written inside sentences, where capitals mean names.

    >>> sorted(words_inside("Trains left Orme. Later, trains left Wexcombe Junction."))
    ['Junction', 'Orme', 'Wexcombe', 'left', 'trains']
    """
    return frozenset(_INSIDE.findall(text))


def is_in(language: Language, text: str) -> bool:
    """Say whether the small words of a text are a language's rather than those of others."""
    words = [word.lower() for word in words_of(text)]
    foreign = sum(word in language.foreign for word in words)
    return sum(word in language.marks for word in words) > MOST_FOREIGN * foreign


def stands_alone(question: str, language: Language) -> bool:
    """Say whether a question can be understood by someone who has read no article.

    It names somebody or something, leans on nothing said before, and each “the …” is followed
    closely by a name or a number.
    """
    words = words_of(_UNIQUE.sub("", question))
    if not MIN_WORDS <= len(words) <= MAX_WORDS:
        return False
    if _BROKEN.search(question) or _JOINED.search(question):
        return False
    lowered = [_bare(word).lower() for word in words[1:]]  # the first is the question word
    if not language.leaning.isdisjoint(lowered):
        return False
    names = [word[0].isupper() and _bare(word) not in language.no_names for word in words[1:]]
    telling = [name or word[0].isdigit() for name, word in zip(names, words[1:], strict=True)]
    if sum(names) < (1 if len(words) > MIN_WORDS else 2):  # “When did John die?” is none
        return False
    return all(
        any(telling[at + 1 : at + 1 + NEAR])
        for at, word in enumerate(lowered)
        if word in language.articles
    )


def _bare(word: str) -> str:
    return word.removesuffix("’s").removesuffix("'s")


def drafted(question: str, expected: str, kind: str, language: Language) -> Iterator[Draft]:
    """Yield a draft if the question stands alone and does not give its own answer away."""
    question = question[0].upper() + " ".join(question.split())[1:].rstrip(" .,") + "?"
    told = {word.casefold() for word in words_of(question)}
    wanted = [word.casefold() for word in words_of(expected)]
    ends = words_of(question)[-1].lower() not in language.no_end
    if ends and stands_alone(question, language) and not told.issuperset(wanted):
        yield Draft(question=question, expected=expected, kind=kind)
