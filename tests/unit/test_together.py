"""Single texts that come at the same time are encoded together."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from embeddings import Vectors
from embeddings.together import MOST, Together


class SlowEncoder:
    """Encodes a number as itself; the first call waits until it is let go."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.began = threading.Event()
        self.go_on = threading.Event()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.batches.append(list(texts))
        self.began.set()
        assert self.go_on.wait(30)
        if "bad" in texts:
            raise ValueError("bad text")
        return np.array([[float(text)] for text in texts], dtype=np.float32)


def test_what_comes_while_one_is_encoded_is_encoded_together() -> None:
    encode = SlowEncoder()
    together = Together(encode)
    with ThreadPoolExecutor(40) as threads:
        first = threads.submit(together, "0")
        assert encode.began.wait(30)
        later = [threads.submit(together, str(number)) for number in range(1, 40)]
        while len(together._waiting) < 39:
            pass
        encode.go_on.set()
        assert [f.result().tolist() for f in (first, *later)] == [[n] for n in range(40)]
    assert [len(batch) for batch in encode.batches] == [1, MOST, MOST, 39 - 2 * MOST]


def test_whoever_has_the_turn_is_served_however_many_came_before() -> None:
    encode = SlowEncoder()
    encode.go_on.set()
    together = Together(encode)
    # As if so many others had come before and none of them had got the turn yet.
    others: list[Future[Any]] = [Future() for _ in range(2 * MOST)]
    together._waiting += [("7", future) for future in others]
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(together, "9").result(30).tolist() == [9]
    assert [len(batch) for batch in encode.batches] == [MOST, MOST, 1]
    assert all(future.done() for future in others)


def test_alone_a_text_does_not_wait() -> None:
    encode = SlowEncoder()
    encode.go_on.set()
    together = Together(encode)
    assert [together(text).tolist() for text in ("3", "4")] == [[3.0], [4.0]]
    assert encode.batches == [["3"], ["4"]]


def test_a_failure_reaches_those_of_its_batch_and_nobody_else() -> None:
    encode = SlowEncoder()
    together = Together(encode)
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(together, "1")
        assert encode.began.wait(30)
        others = [threads.submit(together, text) for text in ("2", "bad")]
        while len(together._waiting) < 2:
            pass
        encode.go_on.set()
        assert first.result().tolist() == [1.0]
        for other in others:
            with pytest.raises(ValueError, match="bad text"):
                other.result()
    assert together("5").tolist() == [5.0]


def test_each_caller_gets_a_vector_of_its_own() -> None:
    shared = np.ones((1, 2), dtype=np.float32)
    together = Together(lambda texts: shared)
    together("a")[0] = 9
    assert together("a").tolist() == [1.0, 1.0]
