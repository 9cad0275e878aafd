"""The Reader seam: passages to candidate answers, within a time; and which reader to take."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from corpus import ModelNotFound, Passage
from embeddings import Encoder
from qa.answer_span import AnswerSpan
from qa.calibration import Calibration, read_calibration

DEFAULT_READER = "span"

log: logging.Logger = logging.getLogger(__name__)


class Reader(Protocol):
    """Finds candidate answers in passages."""

    @property
    def name(self) -> str:
        """The reader as a person would name it."""
        ...

    @property
    def calibration(self) -> Calibration:
        """What this reader's scores mean."""
        ...

    @property
    def passages_at_once(self) -> int | None:
        """How many passages to hand over in one call where time is short; None for all of them."""
        ...

    def read(self, question: str, passages: Sequence[Passage]) -> list[AnswerSpan]:
        """Return candidates in article coordinates, best first; empty without passages.

        A candidate lies inside its passage. Passages overlap, so a span may come once for each.
        """
        ...

    def warm_up(self) -> None:
        """Load what the first question would wait for; cheap once that is done."""
        ...


def load_reader(reader: str | None, encoder: Encoder) -> Reader:
    """Return a reader by name; None means the default.

    Args:
        reader: "span" marks the words that answer; "sentence" takes whole sentences and needs no
            model of its own; anything else is a folder that `AutoModelForQuestionAnswering` loads.
        encoder: The index's; the sentence reader compares with it.

    Raises:
        ModelError: the folder holds no model that can be used.
    """
    if reader == "sentence":
        from qa.sentence_reader import SentenceReader

        return SentenceReader(encoder)
    from qa.span_reader import SpanReader

    if reader is None or reader == DEFAULT_READER:
        return SpanReader()
    if not Path(reader).is_dir():
        raise ModelNotFound(
            f"there is no reader {reader!r}; give `span`, `sentence` or the path of a folder"
            " in Hugging Face format"
        )
    from qa.transformers_model import TransformersSpanModel

    return SpanReader(TransformersSpanModel(Path(reader)), own_calibration(Path(reader)))


def own_calibration(folder: Path) -> Calibration | None:
    """Return the calibration in a model's folder; what ships was fitted to another model."""
    file = folder / "calibration.json"
    if file.exists():
        return read_calibration(file)
    log.warning(
        "%s holds no calibration.json: its confidence is fitted to another model;"
        " training.span_calibration --reader makes one",
        folder,
    )
    return None


def read_within(
    reader: Reader,
    question: str,
    passages: Sequence[Passage],
    seconds: float,
    *,
    enough: Callable[[Sequence[AnswerSpan], int], bool] = lambda spans, read: False,
) -> tuple[list[AnswerSpan], int]:
    """Read passages in their order until all are read, enough is found or the time would be over.

    The first group is always read, so a slow machine answers from fewer passages, not from none.

    Args:
        reader: Reads group by group.
        question: What is asked.
        passages: Best first.
        seconds: The time there is.
        enough: Says of the candidates of the passages read so far, and their number, whether the
            rest can be left.

    Returns:
        Candidates, best first, and how many passages they come from.
    """
    size = reader.passages_at_once or max(1, len(passages))
    reader.warm_up()  # loading a model is not reading
    began = time.monotonic()
    spans: list[AnswerSpan] = []
    read = 0
    for at in range(0, len(passages), size):
        group = passages[at : at + size]
        spans += reader.read(question, group)
        read += len(group)
        spent = time.monotonic() - began
        over = spent + spent * size / read > seconds
        if read < len(passages) and (over or enough(spans, read)):
            break
    return sorted(spans, key=lambda s: (-s.score, s.passage_id, s.span)), read
