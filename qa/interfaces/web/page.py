"""The page's layout and listeners.

No HTML here, no gr.HTML and no `js=`: the policy of `guard` forbids them. The source pane is not a
component: `static/pane.js` builds it. Listeners are private, which hides them from the description
of the API but protects nothing: `talk` does.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

import gradio as gr

from qa.interfaces.web import talk
from qa.interfaces.web.talk import AssistantLike, Conversation, Screen, Talk

TITLE = "pullquote"
QUEUED_QUESTIONS = 32
QUESTIONS_AT_ONCE = 2  # searching is bound by the processor: more at once only makes each slower

_MASTHEAD = f"# {TITLE}\n\nAnswers in the articles’ own words"
_WELCOME = (
    "## What would you like to know?\n\nAsk about the news in this archive. The answer is the very "
    "sentence that was printed, with the article beside it. Where the articles don’t say, you are "
    "told so."
)

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_UNQUEUED: dict[str, Any] = {**_PRIVATE, "queue": False}


def build_demo(assistant: AssistantLike, *, examples: Sequence[str] = ()) -> gr.Blocks:
    """Build the page over `assistant`; `examples` are questions that are asked when clicked."""
    room = Talk(assistant)
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as demo:
        gr.Markdown(_MASTHEAD, elem_id="masthead")
        collection = gr.Markdown(elem_id="collection")
        with gr.Column(elem_id="room"):
            buttons = _welcome(examples)
            _Conversation(room).listen(buttons)
        demo.load(room.searched, None, collection, **_UNQUEUED)
    demo.queue(max_size=QUEUED_QUESTIONS)
    return demo


def _welcome(examples: Sequence[str]) -> list[gr.Button]:
    """Lay out what an empty conversation shows; the style sheet hides it behind a message."""
    with gr.Column(elem_id="welcome"):
        gr.Markdown(_WELCOME, elem_id="headline")
        with gr.Column(elem_id="examples"):
            return [gr.Button(question, elem_classes="example") for question in examples]


class _Conversation:
    """The answers, the question field and what can be done with them."""

    def __init__(self, room: Talk) -> None:
        self._room = room
        self._state = gr.State(())
        self._chat = gr.Chatbot(
            elem_id="chat",
            label="Answers",
            show_label=False,
            layout="panel",
            height=None,
            autoscroll=False,  # to the end of an answer; the script shows its beginning
            allow_tags=False,
            latex_delimiters=[],
            line_breaks=False,
            buttons=[],
            feedback_options=None,
            group_consecutive_messages=False,
        )
        with gr.Row(elem_id="desk"):
            self._field = gr.Textbox(
                elem_id="question",
                label="Your question",
                show_label=False,
                placeholder="Ask about the articles",
                lines=1,
                max_lines=5,
                max_length=talk.MAX_QUESTION_CHARS,
            )
            self._ask = gr.Button("Ask", elem_id="ask", variant="primary", min_width=96)
            self._stop = gr.Button("Stop", elem_id="stop", visible=False, min_width=96)
        self._new = gr.Button("New conversation", elem_id="new")

    def listen(self, examples: Sequence[gr.Button]) -> None:
        """Connect the field, the buttons and the example questions."""
        screen = [self._state, self._chat, self._field, self._ask, self._stop]
        asking: dict[str, Any] = {
            **_PRIVATE,
            "concurrency_limit": QUESTIONS_AT_ONCE,
            "concurrency_id": "ask",
            "trigger_mode": "once",
        }
        typed = gr.on(
            [self._field.submit, self._ask.click],
            self._on_ask,
            [self._field, self._state],
            screen,
            **asking,
        )
        clicked = [
            button.click(self._on_ask, [button, self._state], screen, **asking)
            for button in examples
        ]
        running = [typed, *clicked]
        self._stop.click(_on_stop, self._state, screen, cancels=running, **_UNQUEUED)
        self._new.click(_on_new, None, screen, cancels=running, **_UNQUEUED)

    async def _on_ask(
        self, question: object, conversation: Conversation
    ) -> AsyncIterator[tuple[Any, ...]]:
        async for screen in self._room.ask(question, conversation):
            yield _shown(screen)


def _on_stop(conversation: Conversation) -> tuple[Any, ...]:
    return _shown(Screen(talk.stopped(conversation)))


def _on_new() -> tuple[Any, ...]:
    return _shown(Screen(()))


def _shown(screen: Screen) -> tuple[Any, ...]:
    """Return the outputs: state, messages, question field, Ask, Stop."""
    return (
        screen.conversation,
        talk.messages(screen.conversation),
        screen.left_in_field,
        gr.update(visible=not screen.waiting),
        gr.update(visible=screen.waiting),
    )
