"""The page's layout and listeners.

No HTML here, no gr.HTML and no `js=`: the policy of `guard` forbids them. What is no component
(the source pane, the library, history, filters) is built by the scripts in `static`. Listeners are
private, which hides them from the description of the API but protects nothing: `talk` does.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from functools import partial
from typing import Any

import gradio as gr

from qa.interfaces.strings import LANGUAGES, language_of, say, strings
from qa.interfaces.web import talk
from qa.interfaces.web.dialogue import Dialogue
from qa.interfaces.web.keeper import Keeper
from qa.interfaces.web.scope import conversation_named, read_scope
from qa.interfaces.web.talk import Question, Talk

TITLE = "pullquote"
QUEUED_QUESTIONS = 4 * talk.MAX_WAITING
"""What Gradio lets wait: more than `talk` does, which tells the others so, in a card."""

LOOK_EVERY_S = 0.005
"""How often Gradio looks whether a question waits."""

SESSIONS = 200
"""Open pages whose conversation is in memory, up to a quarter of a megabyte each; that of an older
one is read again from what is kept."""

_NAMED_BY_ADDRESS = {"c", "shared", "q"}
"""A kept conversation, a shared one, a question to be put into the field."""

WhoAsks = Callable[[Any], str | None]

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_UNQUEUED: dict[str, Any] = {**_PRIVATE, "queue": False}

I18N = gr.I18n(**{language: dict(strings(language)) for language in LANGUAGES})
"""Gradio puts a component's words in the browser's language; it takes this when it is mounted."""


def build_demo(room: Talk, keeper: Keeper, *, visitor_of: WhoAsks) -> gr.Blocks:
    """Build the page.

    Args:
        room: Answers.
        keeper: Brings back the conversations that are kept.
        visitor_of: Says under whose name they are kept.
    """
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as demo:
        with gr.Column(elem_id="masthead"):
            gr.Markdown(f"# {TITLE}", elem_id="name")
            gr.Markdown(I18N("page_tagline"), elem_id="tagline")
        collection = gr.Markdown(elem_id="collection")
        with gr.Column(elem_id="room"):
            with gr.Column(elem_id="welcome"), gr.Column(elem_id="headline"):
                gr.Markdown(I18N("page_welcome"), elem_id="welcome-title")
                gr.Markdown(I18N("page_welcome_text"), elem_id="welcome-text")
            page = _Page(room, keeper, visitor_of, collection)
        demo.load(page.on_load, None, page.parts, **_UNQUEUED)
    demo.state_session_capacity = SESSIONS
    demo.queue(max_size=QUEUED_QUESTIONS, api_open=False)  # nobody passes the queue by
    _look_less_often(demo)
    return demo


def _look_less_often(demo: gr.Blocks) -> None:
    """Have Gradio look after its queue less often than a thousand times a second.

    That took a twentieth of a processor while nobody was there, and part of what answers need when
    many are. No progress is ever told through Gradio.
    """
    queue = demo._queue
    queue.sleep_when_free = LOOK_EVERY_S
    queue.progress_update_sleep_when_free = 1.0


class _Page:
    """The answers, the question field and what can be done with them."""

    def __init__(
        self, room: Talk, keeper: Keeper, visitor_of: WhoAsks, collection: gr.Markdown
    ) -> None:
        self._room = room
        self._keeper = keeper
        self._visitor_of = visitor_of
        self._state = gr.State(Dialogue())
        self._chat = _chat()
        with gr.Row(elem_id="desk"):
            self._field = gr.Textbox(
                elem_id="question",
                label=I18N("page_question"),
                show_label=False,
                placeholder=I18N("page_placeholder"),
                lines=1,
                max_lines=5,
                max_length=talk.MAX_QUESTION_CHARS,
            )
            self._ask = gr.Button(I18N("page_ask"), elem_id="ask", variant="primary", min_width=96)
            # The style sheet shows one of the two: an update of a component costs milliseconds.
            self._stop = gr.Button(I18N("page_stop"), elem_id="stop", min_width=96)
        # Filled by filters.js and hidden by the style sheet: `visible=False` would not draw it.
        self._scope = gr.Textbox(elem_id="scope", show_label=False, container=False)
        self._new = gr.Button(I18N("page_new"), elem_id="new")
        # Hidden likewise: the scripts press it when there are other articles than before.
        self._recount = gr.Button("recount", elem_id="recount")
        self._collection = collection
        # An answer changes no more than these: each part costs time in every one of its steps,
        # `gr.skip()` most of all. The scripts empty the field and follow the number of articles.
        self._dialogue = [self._state, self._chat]
        self.parts = [*self._dialogue, self._field, collection]
        self._listen()

    def _listen(self) -> None:
        asking = gr.on(
            [self._field.submit, self._ask.click],
            self._on_ask,
            [self._field, self._scope, self._state],
            self._dialogue,
            concurrency_limit=2 * talk.MAX_WAITING,
            concurrency_id="ask",
            trigger_mode="always_last",  # what is asked meanwhile is not lost
            **_PRIVATE,
        )
        self._stop.click(_on_stop, self._state, self._dialogue, cancels=asking, **_UNQUEUED)
        self._new.click(_on_new, None, self.parts[:3], cancels=asking, **_UNQUEUED)
        self._recount.click(self._on_recount, None, self._collection, **_UNQUEUED)

    async def _on_ask(
        self, text: object, scope: object, dialogue: Dialogue, request: gr.Request
    ) -> AsyncIterator[tuple[Any, ...]]:
        question = Question(
            text=text,
            scope=read_scope(scope),
            visitor=self._visitor_of(request),
            language=_language(request),
        )
        dialogue = await self._resumed(dialogue, conversation_named(scope), question)
        async for step in self._room.ask(question, dialogue):
            yield _shown(step)

    async def _resumed(self, held: Dialogue, named: str | None, question: Question) -> Dialogue:
        """Return what the page shows, also if a server that was restarted holds nothing of it."""
        if held.turns or named is None:
            return held
        language = question.language
        opening = partial(self._keeper.opened, named, visitor=question.visitor, language=language)
        return await asyncio.to_thread(opening)

    async def _on_recount(self, request: gr.Request) -> str:
        return await self._room.searched(_language(request))

    async def on_load(self, request: gr.Request) -> tuple[Any, ...]:
        """Fill the page as its address says: a kept conversation, a shared one, a question."""
        asked = dict(request.query_params)
        language = _language(request)
        searched = await self._room.searched(language)
        if not _NAMED_BY_ADDRESS & asked.keys():
            return *(gr.skip() for _ in self.parts[1:]), searched
        # In a thread: the file may be busy for seconds, while something is wiped off it.
        visitor = self._visitor_of(request)
        dialogue = await asyncio.to_thread(self._named, asked, visitor, language)
        if {"c", "shared"} & asked.keys() and not dialogue.turns:
            searched += f"\n\n{say(language, 'page_no_conversation')}"
        draft = asked["q"][: talk.MAX_QUESTION_CHARS] if "q" in asked else gr.skip()
        return *_shown(dialogue), draft, searched

    def _named(self, asked: Mapping[str, str], visitor: str | None, language: str) -> Dialogue:
        if "c" in asked:
            return self._keeper.opened(asked["c"], visitor=visitor, language=language)
        if "shared" in asked:
            return self._keeper.shared(asked["shared"], language=language)
        return Dialogue()


def _chat() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        label=I18N("page_answers"),
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


def _language(request: gr.Request) -> str:
    return language_of(request.headers.get("accept-language"))


def _on_stop(dialogue: Dialogue, request: gr.Request) -> tuple[Any, ...]:
    return _shown(dialogue.stopped(say(_language(request), "talk_stopped")))


def _on_new() -> tuple[Any, ...]:
    return *_shown(Dialogue()), ""


def _shown(dialogue: Dialogue) -> tuple[Any, ...]:
    """Return what an answer changes: the state, and the messages of the chat."""
    return dialogue, dialogue.messages()
