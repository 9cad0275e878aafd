"""What stands behind the routes: an assistant, places to work, figures, keys; and is it ready?"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from corpus import ArticleFilter
from qa.assistant import Assistant
from qa.interfaces.rest.api_settings import ApiSettings
from qa.interfaces.rest.idempotency import Replies
from qa.interfaces.rest.keys import Keys
from qa.interfaces.rest.metrics import Metrics
from qa.interfaces.rest.places import Places
from qa.interfaces.rest.stories import Stories
from qa.types import Hit

_log = logging.getLogger(__name__)


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
        self.assistant = assistant
        self.settings = settings or ApiSettings()
        self.places = Places()
        self.stories = Stories(assistant)
        self.keys = Keys(self.settings.keys_file) if self.settings.keys_file else None
        self.replies = Replies()
        self.metrics = Metrics(
            lambda: self.places.waiting() + also_waiting(), lambda: self.assistant.stats()
        )
        self._ready = threading.Event()
        self._warming: threading.Thread | None = None

    def retrieve(self, question: str, k: int, *, only: ArticleFilter | None) -> list[Hit]:
        """Return the `k` best passages; see `Retriever.retrieve`."""
        return self.assistant._retriever.retrieve(question, k, only=only)

    def is_ready(self) -> bool:
        """Return whether the models are loaded."""
        return self._ready.is_set()

    def mark_ready(self) -> None:
        """Note that somebody has loaded the models."""
        self._ready.set()

    def start(self) -> None:
        """Load the models, while requests come in already."""
        self._warming = threading.Thread(target=self._warm_up, name="api-warm-up", daemon=True)
        self._warming.start()

    def wait(self) -> None:
        """Wait for what is at work."""
        # Compiled code that is still at work when Python ends takes the process down with an abort.
        if self._warming:
            self._warming.join()

    def _warm_up(self) -> None:
        try:
            self.assistant.warm_up()
        except Exception:  # the first question will say what is wrong
            _log.exception("the models could not be loaded ahead")
        else:
            self.mark_ready()
