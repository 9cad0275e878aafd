"""Chat turns to a question that stands alone, without a language model.

What does a question that leans on the conversation ("And where does she work?") mean? Its pronouns
are resolved from what is in focus, a fragment ("And in 2024?") takes its place in the question
before it, and what is left open is completed with the words of the earlier topic. A question that
stands on its own is left exactly as it is, and puts everything before it out of focus.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from corpus import Members
from qa.conversation.focus import MAX_TOPIC_WORDS, Focus, focus_after, resolve, shares_a_word
from qa.conversation.fragments import question_from_fragment
from qa.conversation.references import leans_on_history, words_of
from qa.conversation.topics import WORD, carrying_words

__all__ = [
    "MAX_TOPIC_WORDS",
    "Turn",
    "Understanding",
    "leans_on_history",
    "standalone_question",
    "understand",
]

MAX_TURNS = 20
"""Earlier turns than these are out of focus."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An earlier turn of a conversation: the question as typed, and what came back.

    `answer` is the words that were given as the answer, not the sentence around them; `titles` are
    those of the cited articles; `phrase` is a time phrase that the question was asked with.
    """

    question: str
    answer: str | None = None
    titles: tuple[str, ...] = ()
    phrase: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "question": self.question,
            "answer": self.answer,
            "titles": list(self.titles),
            "phrase": self.phrase,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return the turn that `to_dict` was made from; only ``question`` must be there.

        Raises:
            ValueError: it is not the JSON form of a turn; the error names the member.
        """
        members = Members(stored, "a turn")
        return cls(
            question=members.one("question", str),
            answer=members.maybe("answer", str),
            titles=members.texts("titles"),
            phrase=members.maybe("phrase", str),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """A question so that it stands alone.

    `follows` is False for a new topic and for a first question: then `question` is as it was typed.
    `carried` are the words that were taken over from earlier turns, for people to see.
    """

    question: str
    follows: bool
    carried: tuple[str, ...]


def understand(question: str, history: Sequence[Turn | str] = ()) -> Understanding:
    """Read a question in the light of the conversation before it.

    Args:
        question: The newest turn, as typed.
        history: The earlier turns, oldest first; a bare string is a question without its answer.

    >>> leak = Turn(question="Who found the leak?", answer="Nasrin Toft")
    >>> understand("Where does she work?", [leak]).question
    'Where does Nasrin Toft work? (found leak)'
    >>> understand("Who is Ines Varga?", [leak]).follows
    False
    """
    focus = Focus()
    for earlier in history[-MAX_TURNS:]:
        turn = Turn(question=earlier) if isinstance(earlier, str) else earlier
        understood = _understand(turn.question, focus)
        focus = focus_after(
            turn.question,
            understood.question,
            focus if understood.follows else Focus(),
            answer=turn.answer,
            titles=turn.titles,
            phrase=turn.phrase,
        )
    return _understand(question, focus)


def standalone_question(question: str, history: Sequence[Turn | str] = ()) -> str:
    """Return `question` so that it can be understood without the conversation: see `understand`.

    >>> standalone_question("And who paid for it?", ["How much did the tidal barrier cost?"])
    'And who paid for it? (tidal barrier cost)'
    >>> standalone_question("Who is Ines Varga?", ["How much did the tidal barrier cost?"])
    'Who is Ines Varga?'
    """
    return understand(question, history).question


def _understand(question: str, focus: Focus) -> Understanding:
    if not focus.topic or not (leans_on_history(question) or shares_a_word(question, focus)):
        return Understanding(question=question, follows=False, carried=())
    if whole := question_from_fragment(question, focus.question):
        return Understanding(question=whole, follows=True, carried=_new_words(whole, question))
    resolved, put = resolve(question, focus)
    known = {word.plain for word in words_of(resolved)}
    added = tuple(word for word in focus.topic if word.casefold() not in known)
    text = f"{resolved} ({' '.join(added)})" if added else resolved
    return Understanding(question=text, follows=True, carried=(*put, *added))


def _new_words(whole: str, typed: str) -> tuple[str, ...]:
    """Return the words that carry the topic of `whole` and were not typed."""
    known = {word.casefold() for word in WORD.findall(typed)}
    return tuple(word for word in carrying_words(whole) if word.casefold() not in known)
