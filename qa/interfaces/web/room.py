"""What is a room made of beside the page? What it keeps, its library, suggestions and rules."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import APIRouter

from qa.assistant import Assistant
from qa.interfaces.kept.conversation_routes import conversation_routes
from qa.interfaces.kept.conversations import Conversations
from qa.interfaces.kept.feedback import Feedback
from qa.interfaces.kept.feedback_routes import feedback_routes
from qa.interfaces.library.article_routes import article_routes
from qa.interfaces.library.library import Library
from qa.interfaces.library.library_routes import library_routes
from qa.interfaces.wall.limits import Limits
from qa.interfaces.wall.visitors import may_write, visitor_of
from qa.interfaces.warming import Warming
from qa.interfaces.web.keeper import Keeper
from qa.interfaces.web.suggestion_routes import Suggestions, suggestion_routes
from qa.interfaces.web.talk import Talk

DATA_FOLDER = "room"
"""Inside the index folder: what visitors asked and judged, and the secret that sessions need."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSettings:
    """How a room is run.

    `hosts` are further names it may be asked for under, "*" for any. `root_path` is where a proxy
    shows it, `trusted_proxies` whose word on clients' addresses is believed. With `keep_history`
    off, conversations last as long as their page; `auth_file` names who may come in.
    """

    hosts: Sequence[str] = ()
    read_only: bool = False
    keep_history: bool = True
    auth_file: Path | None = None
    root_path: str = ""
    trusted_proxies: Sequence[str] = ()
    limits: Limits = field(default_factory=Limits)


class Room:
    """An assistant with all that the page offers over it; to be closed in the end."""

    def __init__(self, assistant: Assistant, settings: RoomSettings | None = None) -> None:
        self.assistant = assistant
        self.settings: RoomSettings = settings or RoomSettings()
        self._lent: Path | None = None
        self.data: Path = self._data_folder()
        self._conversations: Conversations | None = None
        self._feedback: Feedback | None = None
        if self.settings.keep_history:
            self._feedback = Feedback(self.data / "feedback.db")
            self._conversations = Conversations(
                self.data / "conversations.db", removed=self._feedback.forget
            )
        self._library = Library(assistant, self.data)
        self._suggestions = Suggestions(assistant)
        self.warming: Warming = Warming(assistant)
        self.warming.then(self._suggestions.start)
        self.keeper: Keeper = Keeper(self._conversations)
        self.talk: Talk = Talk(assistant, self.keeper)

    def routers(self) -> list[APIRouter]:
        """Make the routes that feed the page."""
        routers = [
            library_routes(self._library, visitor_of=visitor_of, may_write=may_write),
            suggestion_routes(self._suggestions),
            article_routes(self.assistant),
        ]
        if self._conversations and self._feedback:
            conversations, feedback = self._conversations, self._feedback
            routers += [
                conversation_routes(conversations, visitor_of, removed=feedback.forget),
                feedback_routes(feedback, conversations, visitor_of, self.assistant),
            ]
        return routers

    def health(self) -> dict[str, Any]:
        """Return that the room answers, and over how much."""
        stats = self.assistant.stats()
        return {"status": "ok", "articles": stats.articles, "passages": stats.passages}

    def start(self) -> None:
        """Load the models behind the visitor's back, then look for questions to suggest."""
        self.warming.start()

    def wait(self) -> None:
        """Wait for what is at work."""
        self.warming.wait()
        self._suggestions.close()

    def close(self) -> None:
        """Wait for what is at work, and close what is kept."""
        self.wait()
        for kept in (self._conversations, self._feedback):
            if kept:
                kept.close()
        if self._lent:
            shutil.rmtree(self._lent, ignore_errors=True)

    def _data_folder(self) -> Path:
        folder = self.assistant.folder / DATA_FOLDER
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            _log.warning("%s: what visitors ask is kept only until this program ends", error)
            folder = self._lent = Path(tempfile.mkdtemp(prefix="pullquote-room-"))
        return folder
