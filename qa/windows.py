"""Question and text to the windows that a span model reads; training and serving share this.

A window is ``[CLS] question [SEP] part of the text [SEP]``, or what else the tokenizer makes of a
pair. A text that does not fit is read through several windows that overlap, so nothing is cut off
silently. Positions come from the tokenizer and are code points of the text; they are carried, never
searched for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

MAX_QUESTION_TOKENS = 128
"""A longer question keeps its beginning and its end, where what is asked mostly stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """A tokenised text, an entry per token.

    `starts` and `ends` are its place in the text (half-open); `opens` and `closes` say whether it
    is the first and the last token of a word.
    """

    ids: Integers
    starts: Integers
    ends: Integers
    opens: Flags
    closes: Flags

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One input of the model, and which of its tokens are text.

    Token ``text_at + i`` of the window covers ``starts[i]:ends[i]`` of the text. Token 0 stands for
    "not in this window".
    """

    input_ids: Integers
    type_ids: Integers
    text_at: int
    starts: Integers
    ends: Integers
    opens: Flags
    closes: Flags

    def __len__(self) -> int:
        return len(self.input_ids)


class Windower:
    """Cuts windows for one model.

    Args:
        tokenizer: Its own truncation and padding are switched off.
        max_tokens: Length of the longest window, special tokens included.
        stride: How many tokens of text two neighbouring windows share.
    """

    def __init__(self, tokenizer: Tokenizer, *, max_tokens: int = 320, stride: int = 96) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._special = _special_tokens(tokenizer.encode("a", "b"))
        self.max_tokens = max_tokens
        self.stride = stride
        if self.room(MAX_QUESTION_TOKENS) <= stride:
            raise ValueError(f"windows of {max_tokens} tokens cannot overlap by {stride}")

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """Tokenise texts, without special tokens."""
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [_tokens(encoding) for encoding in encodings]

    def room(self, question_tokens: int) -> int:
        """Return how many tokens of text fit into a window beside such a question."""
        special = sum(len(ids) for ids, _ in self._special)
        return self.max_tokens - min(question_tokens, MAX_QUESTION_TOKENS) - special

    def windows(self, question: Tokens, text: Tokens) -> list[Window]:
        """Cut the windows that cover a text, in order; none for a text without tokens."""
        room = self.room(len(question))
        return [
            self.window(question, text, first, min(first + room, len(text)))
            for first in window_starts(len(text), room, self.stride)
        ]

    def window(self, question: Tokens, text: Tokens, first: int, last: int) -> Window:
        """Make the window that shows the text's tokens ``first:last``."""
        asked = question.ids
        if len(asked) > MAX_QUESTION_TOKENS:
            half = MAX_QUESTION_TOKENS // 2
            asked = np.concatenate([asked[:half], asked[-half:]])
        shown = slice(first, last)
        (before, before_types), (between, between_types), (after, after_types) = self._special
        # The first special token's type is the question's, the last one's the text's.
        parts = [before, asked, between, text.ids[shown], after]
        types = [
            before_types,
            np.full(len(asked), before_types[0]),
            between_types,
            np.full(last - first, after_types[-1]),
            after_types,
        ]
        return Window(
            input_ids=np.concatenate(parts),
            type_ids=np.concatenate(types),
            text_at=len(before) + len(asked) + len(between),
            starts=text.starts[shown],
            ends=text.ends[shown],
            opens=text.opens[shown],
            closes=text.closes[shown],
        )


def window_starts(tokens: int, room: int, stride: int) -> list[int]:
    """Return where windows of `room` tokens begin so that they cover all and share `stride`.

    The last window is moved back so that it is full too: its neighbours share more instead of its
    showing little.

    >>> window_starts(10, 4, 1)
    [0, 3, 6]
    >>> window_starts(11, 4, 1)
    [0, 3, 6, 7]
    """
    if tokens <= room:
        return [0] if tokens else []
    starts = list(range(0, tokens - room, room - stride))
    return [*starts, tokens - room]


def _tokens(encoding: Encoding) -> Tokens:
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    words = np.array([-1 if word is None else word for word in encoding.word_ids], dtype=np.int64)
    new = np.ones(len(words) + 1, dtype=np.bool_)
    new[1:-1] = words[1:] != words[:-1]
    # Byte-level tokenizers give a second blank a token that covers nothing of the text.
    covers = offsets[:, 1] > offsets[:, 0]
    return Tokens(
        ids=np.array(encoding.ids, dtype=np.int64),
        starts=offsets[:, 0],
        ends=offsets[:, 1],
        opens=new[:-1] & covers,
        closes=new[1:] & covers,
    )


def _special_tokens(pair: Encoding) -> list[tuple[Integers, Integers]]:
    """Return ids and types of the special tokens before, between and after a pair of texts."""
    ids = np.array(pair.ids, dtype=np.int64)
    types = np.array(pair.type_ids, dtype=np.int64)
    sequence = np.array([-1 if s is None else s for s in pair.sequence_ids])
    (first,), (second,) = np.nonzero(sequence == 0), np.nonzero(sequence == 1)
    if not (len(first) and len(second)) or first[0] == 0 or second[-1] == len(ids) - 1:
        raise ValueError("the tokenizer puts no special tokens around a pair of texts")
    places = [
        slice(0, first[0]), slice(first[-1] + 1, second[0]), slice(second[-1] + 1, None)
    ]  # fmt: skip
    return [(ids[place], types[place]) for place in places]
