"""The encoder of a vector space, loaded while the space before goes on serving."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future
from typing import Literal, overload

from corpus import ModelError, ModelMismatch, PullquoteError, Space
from embeddings import Encoder, load_encoder

log: logging.Logger = logging.getLogger(__name__)

TRY_AGAIN_S = 30.0
"""A model that could not be loaded is tried again after this time."""


class SpaceEncoders:
    """Loads the encoder of the newest space on a thread of its own, once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loading: dict[str, Future[Encoder]] = {}
        self._failed = ("", 0.0, "")

    @overload
    def loaded(self, space: Space, *, wait: Literal[True]) -> Encoder: ...
    @overload
    def loaded(self, space: Space, *, wait: Literal[False]) -> Encoder | None: ...
    def loaded(self, space: Space, *, wait: bool) -> Encoder | None:
        """Return the encoder of a space; None while it is being loaded, unless told to wait.

        Raises:
            ModelError: it cannot be loaded; it is tried again after a while.
        """
        loading = self._begun(space)
        if not (wait or loading.done()):
            return None
        try:
            return loading.result()
        except PullquoteError as error:
            problem = str(error)
        except Exception as error:
            problem = f"{space.encoder} cannot be loaded: {error!r}"
        log.warning("%s; the model before goes on while its vectors are there", problem)
        with self._lock:
            self._failed = (space.fingerprint, time.monotonic(), problem)
            self._loading.pop(space.fingerprint, None)
        raise ModelError(problem)

    def _begun(self, space: Space) -> Future[Encoder]:
        with self._lock:
            fingerprint, failed_at, problem = self._failed
            if fingerprint == space.fingerprint and time.monotonic() - failed_at < TRY_AGAIN_S:
                raise ModelError(problem)
            if space.fingerprint not in self._loading:
                loading: Future[Encoder] = Future()
                thread = threading.Thread(target=_load, args=(space, loading), daemon=True)
                try:
                    thread.start()
                except RuntimeError as error:  # no threads to be had
                    raise ModelError(f"{space.encoder} cannot be loaded now: {error}") from error
                self._loading = {space.fingerprint: loading}
            return self._loading[space.fingerprint]


def _load(space: Space, loading: Future[Encoder]) -> None:
    """Load the encoder of a space and make it ready to use."""
    try:
        encoder = load_encoder(space.encoder)
        if encoder.fingerprint != space.fingerprint:
            raise ModelMismatch(
                f"the index was rebuilt with the model {space.encoder}, which is another one on"
                " this machine; open the index with the encoder that it was rebuilt with"
            )
        encoder.encode_questions(["warm up"])
    except BaseException as error:  # whoever waits for the encoder is told
        loading.set_exception(error)
    else:
        loading.set_result(encoder)
