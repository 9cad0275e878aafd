"""Logits to spans: the same as trying every legal span."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from corpus import Span
from qa.decode import Candidate, decode_text, decode_window, merge
from qa.windows import Window

LOGITS = st.floats(-10, 10, width=16)


@st.composite
def readings(draw: st.DrawFn) -> tuple[Window, np.ndarray, np.ndarray]:
    """A window of one-letter tokens at code points 0, 2, 4, …, and its logits."""
    tokens = draw(st.integers(0, 12))
    text_at = draw(st.integers(1, 4))
    flags = arrays.arrays(np.bool_, tokens)
    length = text_at + tokens + 1 + draw(st.integers(0, 3))  # [SEP], and padding
    return (
        window(tokens, text_at=text_at, opens=draw(flags), closes=draw(flags)),
        draw(arrays.arrays(np.float32, length, elements=LOGITS)),
        draw(arrays.arrays(np.float32, length, elements=LOGITS)),
    )


def window(
    tokens: int,
    *,
    text_at: int = 1,
    opens: np.ndarray | None = None,
    closes: np.ndarray | None = None,
    first: int = 0,
) -> Window:
    """Make a window that shows the one-letter tokens from `first` on."""
    places = np.arange(first, first + tokens) * 2
    return Window(
        input_ids=np.zeros(text_at + tokens + 1, dtype=np.int64),
        type_ids=np.zeros(text_at + tokens + 1, dtype=np.int64),
        text_at=text_at,
        starts=places,
        ends=places + 1,
        opens=np.ones(tokens, dtype=np.bool_) if opens is None else opens,
        closes=np.ones(tokens, dtype=np.bool_) if closes is None else closes,
    )


def brute_force(
    window: Window, start: np.ndarray, end: np.ndarray, *, count: int, longest: int
) -> list[Candidate]:
    """Try every pair of tokens; then take the best that overlaps nothing taken before."""
    found = []
    for first in range(len(window.starts)):
        for last in range(first, len(window.starts)):
            if window.opens[first] and window.closes[last] and last - first < longest:
                logit = float(start[window.text_at + first]) + float(end[window.text_at + last])
                span = Span(int(window.starts[first]), int(window.ends[last]))
                margin = logit - float(start[0]) - float(end[0])
                found.append(Candidate(span=span, margin=margin, logit=logit))
    taken: list[Candidate] = []
    for candidate in sorted(found, key=lambda c: (-c.logit, c.span)):
        if not any(candidate.span.overlaps(other.span) for other in taken):
            taken.append(candidate)
    return taken[:count]


@given(readings(), st.integers(0, 5), st.integers(1, 8))
def test_decoding_gives_what_trying_every_span_gives(
    reading: tuple[Window, np.ndarray, np.ndarray], count: int, longest: int
) -> None:
    found = decode_window(*reading, count=count, max_answer_tokens=longest)
    expected = brute_force(*reading, count=count, longest=longest)
    assert [c.span for c in found] == [c.span for c in expected]
    assert [c.margin for c in found] == pytest.approx([c.margin for c in expected], abs=1e-5)
    assert [c.logit for c in found] == pytest.approx([c.logit for c in expected], abs=1e-5)


def test_start_and_end_are_chosen_together_not_each_for_itself() -> None:
    start = np.array([0, 1, 0, 5], dtype=np.float32)  # the best start lies behind the best end
    end = np.array([0, 5, 4, 0], dtype=np.float32)
    (best,) = decode_window(window(3, text_at=1), start, end, count=1)
    assert best.span == Span(0, 1)
    assert best.margin == 6


def test_the_question_is_never_an_answer() -> None:
    start = end = np.array([0, 99, 99, 1, 2], dtype=np.float32)
    (best,) = decode_window(window(2, text_at=3), start, end, count=1)
    assert best.span == Span(2, 3)


def test_a_shift_of_all_logits_of_a_window_changes_no_margin() -> None:
    rng = np.random.default_rng(1)
    start, end = rng.normal(size=(2, 9)).astype(np.float32)
    plain = decode_window(window(8), start, end, count=3)
    shifted = decode_window(window(8), start + 5, end - 2, count=3)
    assert [c.span for c in plain] == [c.span for c in shifted]
    assert [c.margin for c in plain] == pytest.approx([c.margin for c in shifted], abs=1e-5)


candidates = st.lists(
    st.builds(
        lambda start, length, margin: Candidate(
            span=Span(start, start + length), margin=margin, logit=margin
        ),
        st.integers(0, 20),
        st.integers(1, 6),
        st.floats(-5, 5, width=16),
    ),
    max_size=8,
)


@given(candidates, st.integers(0, 6))
def test_merged_candidates_do_not_overlap_and_none_is_beaten_by_what_it_replaced(
    given_: list[Candidate], count: int
) -> None:
    kept = merge(given_, count)
    assert len(kept) <= count
    assert [c.margin for c in kept] == sorted((c.margin for c in kept), reverse=True)
    assert not any(a.span.overlaps(b.span) for a, b in combinations(kept, 2))
    if len(kept) < count:
        for dropped in given_:
            assert any(k.span.overlaps(dropped.span) and k.margin >= dropped.margin for k in kept)


def test_a_span_seen_through_two_windows_is_found_once_at_its_place_in_the_text() -> None:
    """The windows share tokens 3 to 5; the answer is token 4."""
    left, right = window(6), window(6, first=3)
    low = np.zeros(8, dtype=np.float32)
    seen_left, seen_right = low.copy(), low.copy()
    seen_left[1 + 4], seen_right[1 + 1] = 3, 4
    found = decode_text([left, right], [(seen_left, seen_left), (seen_right, seen_right)], count=5)
    assert found[0] == Candidate(span=Span(8, 9), margin=8.0, logit=8.0)
    assert sum(candidate.span == Span(8, 9) for candidate in found) == 1


def test_a_text_without_windows_has_no_answer() -> None:
    assert decode_text([], [], count=3) == []
