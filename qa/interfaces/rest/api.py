"""What stands behind the routes: an assistant, places to work, figures, keys; and is it ready?"""

from __future__ import annotations

import threading
from collections.abc import Callable

from qa.assistant import Assistant
from qa.interfaces.rest.api_settings import ApiSettings
from qa.interfaces.rest.idempotency import Replies
from qa.interfaces.rest.keys import Keys
from qa.interfaces.rest.metrics import Metrics
from qa.interfaces.rest.places import Places
from qa.interfaces.rest.stories import Stories
from qa.interfaces.warming import Warming


class Api:
    """One server's API over one assistant.

    Raises:
        PullquoteError: the file of keys cannot be used.
    """

    def __init__(
        self,
        assistant: Assistant,
        settings: ApiSettings | None = None,
        *,
        also_waiting: Callable[[], int] = lambda: 0,
    ) -> None:
        """Prepare the API; `also_waiting` counts questions that come by other ways."""
        self.assistant: Assistant = assistant
        self.settings: ApiSettings = settings or ApiSettings()
        self.places: Places = Places()
        self.stories: Stories = Stories(assistant)
        self.keys: Keys | None = Keys(self.settings.keys_file) if self.settings.keys_file else None
        self.replies: Replies = Replies()
        self._also_waiting = also_waiting
        self.metrics: Metrics = Metrics(self.waiting, lambda: self.assistant.stats())
        self._ready = threading.Event()
        self._warming = Warming(assistant)
        self._warming.then(self.mark_ready)

    def waiting(self) -> int:
        """Return how many questions wait or are at work, by whatever way they came."""
        return self.places.waiting() + self._also_waiting()

    def is_ready(self) -> bool:
        """Return whether the models are loaded."""
        return self._ready.is_set()

    def mark_ready(self) -> None:
        """Note that somebody has loaded the models."""
        self._ready.set()

    def start(self) -> None:
        """Load the models, while requests come in already."""
        self._warming.start()

    def wait(self) -> None:
        """Wait for what is at work."""
        self._warming.wait()
