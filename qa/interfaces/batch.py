"""Many questions from a file, one JSON object on each line."""

from __future__ import annotations

import json
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
            answer = assistant.ask(_question_in(line), only=only)
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


def _question_in(line: str) -> str:
    """Return the question of a batch line.

    Raises:
        InvalidQuestion: the line is not of the form that is documented.
    """
    try:
        question = json.loads(line)["question"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InvalidQuestion('not a JSON object of the form {"question": "..."}') from error
    if not isinstance(question, str):
        raise InvalidQuestion('the question is not a string; write {"question": "..."}')
    return question
