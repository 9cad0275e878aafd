"""Answers inside any Gradio app: a field for the question, and the quote with its sources.

What articles say is shown in a text field, so that nothing in it is ever taken for markup.
"""

from __future__ import annotations

from typing import Any

from corpus import PullquoteError
from qa.adapters.missing import missing
from qa.assistant import Assistant
from qa.render import render_text

try:
    import gradio as gr
except ModuleNotFoundError as _error:
    raise missing("web", _error) from _error


def ask_box(assistant: Assistant, *, label: str = "Ask the articles") -> gr.JSON:
    """Add a question field and its answer to the `gr.Blocks` that is open.

    Returns:
        A component that is not shown and holds the answer's JSON form, for listeners of your own.

    Example::

        with gr.Blocks() as demo:
            answer = ask_box(assistant)
    """

    def ask(question: str) -> tuple[str, dict[str, Any] | None]:
        try:
            answer = assistant.ask(question)
        except PullquoteError as error:
            raise gr.Error(str(error), print_exception=False) from error
        return render_text(answer), answer.to_dict()

    question = gr.Textbox(label=label, max_lines=3)
    shown = gr.Textbox(label="Answer", interactive=False, lines=4)
    whole = gr.JSON(visible=False)
    question.submit(ask, inputs=question, outputs=[shown, whole], api_name="ask_articles")
    return whole
