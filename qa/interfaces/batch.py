"""Many questions from a file, one JSON object on each line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import IO

import click

from corpus import ArticleFilter, InvalidQuestion
from qa.assistant import Assistant
from qa.interfaces import terminal


def ask_batch(
    assistant: Assistant, lines: IO[str], *, as_json: bool, only: ArticleFilter | None = None
) -> bool:
    """Answer line by line, in order; a bad line gives an error line and does not stop the rest."""
    sound = True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = _asked_in(line)
            answer = assistant.ask(
                asked.question, history=asked.history, only=only, any_time=asked.any_time
            )
        except InvalidQuestion as error:
            sound = False
            terminal.fail(str(error), label=f"line {number}")
            if as_json:
                terminal.print_json({"error": str(error), "line": number})
            continue
        if as_json:
            terminal.print_json(answer.to_dict())
        else:
            click.secho(f"{answer.question}\n", underline=True)
            terminal.print_answer(answer)
            click.echo()
    return sound


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A line of a batch."""

    question: str
    history: tuple[str, ...]
    any_time: bool


def _asked_in(line: str) -> _Asked:
    """Return what a batch line asks.

    Raises:
        InvalidQuestion: the line is not of the form that is documented.
    """
    try:
        given = json.loads(line)
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
    return _Asked(question=question, history=tuple(history), any_time=any_time)
