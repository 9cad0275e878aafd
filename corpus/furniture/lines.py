"""A line while it is judged: its words, its shape, and why it is furniture once that is known."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.facts.date_lines import read_date_line
from corpus.furniture.rules import Strength, Verdict, fold
from corpus.types import Span

_FINAL = re.compile(r"""[.!?…。！？।؟]["'”’»)\]」』]*\Z""")
_QUESTION = re.compile(r"""[?!？！؟]["'”’»)\]」』]*\Z""")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BARS = re.compile(r"\s[|•·»›]\s")
_LONG_LINE_WORDS = 15
_HEADLINE_WORDS = range(4, 36)


@dataclass(slots=True)
class Line:
    """One line: `verdict` is what its words say, `reason` why it is furniture, None while open."""

    span: Span
    text: str
    verdict: Verdict | None
    reason: str | None = None
    doubt: str | None = field(init=False, default=None)
    """What a sentence would be if other furniture stood around it; else it is the article's."""
    n_words: int = field(init=False)
    is_sentence: bool = field(init=False)

    def __post_init__(self) -> None:
        self.n_words = len(self.text.split()) + len(_CJK.findall(self.text[:400])) // 2
        is_long = self.n_words >= _LONG_LINE_WORDS and len(_BARS.findall(self.text[:400])) < 2
        self.is_sentence = (self.ends and self.n_words >= 2) or is_long
        if self.verdict and self.verdict.is_doubtful and self.is_sentence and self.ends:
            self.doubt, self.verdict = self.verdict.reason, None
        if self.verdict and self.verdict.strength is not Strength.PLACED:
            self.reason = self.verdict.reason

    @property
    def ends(self) -> bool:
        """Whether the line ends like a sentence."""
        return _FINAL.search(self.text[-12:]) is not None

    @property
    def ends_as_statement(self) -> bool:
        """Whether it ends with a stop; headlines may end with a question or exclamation mark."""
        return self.ends and _QUESTION.search(self.text[-12:]) is None

    @property
    def is_body(self) -> bool:
        """Whether this line is a sentence of the article, as far as is known."""
        return self.is_sentence and self.verdict is None and self.reason is None

    @property
    def is_placed(self) -> bool:
        """Whether its words count only outside the article."""
        return self.verdict is not None and self.verdict.strength is Strength.PLACED

    @property
    def is_sure(self) -> bool:
        """Whether its words leave no doubt."""
        return self.verdict is not None and self.verdict.strength is Strength.SURE

    @property
    def verdict_reason(self) -> str | None:
        """What its words say that it is."""
        return self.verdict.reason if self.verdict else None

    @property
    def is_signature(self) -> bool:
        """Whether it is a byline or the article's date line, and not the day above a menu."""
        if self.reason != "date line":
            return self.reason == "byline"
        found = read_date_line(self.text)
        return found is None or not found.may_be_today

    @property
    def is_headline_like(self) -> bool:
        """Whether it could be a headline: some words, not ending like a statement."""
        fits = self.n_words in _HEADLINE_WORDS and not self.ends_as_statement
        return fits and self.reason is None

    def folded(self) -> str:
        """Return the text as rules see it."""
        return fold(self.text)
