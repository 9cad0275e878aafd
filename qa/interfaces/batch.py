"""Many questions from a file, one JSON object on each line."""

from __future__ import annotations

from typing import IO

import click

from corpus import ArticleFilter, InvalidQuestion
from qa.assistant import Assistant
from qa.interfaces import terminal
from qa.questions import asked_in


def ask_batch(
    assistant: Assistant,
    lines: IO[str],
    *,
    as_json: bool,
    only: ArticleFilter | None = None,
    any_time: bool = False,
) -> bool:
    """Answer line by line, in order; a bad line gives an error line and does not stop the rest.

    `only` and `any_time` hold for every line; see `Assistant.ask`.
    """
    sound = True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = asked_in(line)
            answer = assistant.ask(
                asked.question,
                history=asked.history,
                only=only,
                any_time=any_time or asked.any_time,
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
