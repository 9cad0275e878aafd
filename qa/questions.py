"""Is this a question that can be asked at all, and what comes with it where it is sent as JSON?"""

from __future__ import annotations

import json
from dataclasses import dataclass

from corpus import InvalidQuestion, is_text


def checked_question(question: str, max_chars: int) -> str:
    """Return the question without surrounding white space.

    Raises:
        InvalidQuestion: empty, too long, or not text.
    """
    if len(question) > max_chars:
        raise InvalidQuestion(
            f"the question has {len(question):,} characters, at most {max_chars:,} are read;"
            " ask one thing at a time"
        )
    question = question.strip()
    if not any(character.isalnum() for character in question):
        raise InvalidQuestion("the question is empty; ask something about the articles")
    if not is_text(question):
        raise InvalidQuestion("the question holds characters that are not text; type it again")
    return question


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with the questions before it, oldest first; `any_time`: see `Assistant.ask`."""

    question: str
    history: tuple[str, ...] = ()
    any_time: bool = False


def asked_in(text: str | bytes) -> Asked:
    """Return what a JSON object asks: `question` and, as needed, `history` and `any_time`.

    Raises:
        InvalidQuestion: the text is not of that form.
    """
    try:
        given = json.loads(text)
        question, history = given["question"], given.get("history", [])
        any_time = given.get("any_time", False)
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError) as error:
        raise InvalidQuestion('not a JSON object of the form {"question": "..."}') from error
    if not isinstance(question, str):
        raise InvalidQuestion('the question is not a string; write {"question": "..."}')
    if not isinstance(history, list) or not all(isinstance(text, str) for text in history):
        raise InvalidQuestion('the history is no list of strings; write {"history": ["..."]}')
    if not isinstance(any_time, bool):
        raise InvalidQuestion("any_time is neither true nor false")
    return Asked(question=question, history=tuple(history), any_time=any_time)
