"""Which story an article belongs to: candidates by signature, stories by the copies among them.

A story is what copies connect, whichever way round: every article in it is a copy of one other at
least. So it is the same whatever order articles come in, and when one is taken out, what the other
links say still holds. A chain from an agency's first version over its update to a shortened update
is one story, as it is for a reader, although its ends have little in common. What must not happen
is that a digest of the day makes one story of all the reports in it. A digest is known by this:
small parts of it are copies of several stories that nothing else connects.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import starmap
from typing import NamedTuple, Self

from corpus.copies.words import read_words
from corpus.types import Mark

N_HASHES = 128
N_KEYS = 40

MIN_SHARED_KEYS = 2
"""Of two texts with a fifth of their runs in common, 998 of 1,000 share so many of 40 keys."""

_VERSION = 1
_FORM = struct.Struct(f"<BI16s{4 * N_HASHES}s")
_HASHES = struct.Struct(f"<{N_HASHES}I")
_SEED = 1

_FIRM = 0.5


@dataclass(frozen=True, slots=True)
class Signature:
    """What copies are found by: the least hash of the text's runs of words in each of 128 orders.

    `hashes` are little-endian, 32 bits each. `n_runs` counts distinct runs, 0 in a text without
    words. `digest` is that of the words: equal digests are equal words.
    """

    hashes: bytes
    n_runs: int
    digest: bytes

    def to_bytes(self) -> bytes:
        """Return 533 bytes, with the version of their form."""
        return _FORM.pack(_VERSION, self.n_runs, self.digest, self.hashes)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return the signature that these bytes were made from.

        Raises:
            ValueError: they are not a signature of this version; make a new one of the text.
        """
        if len(data) != _FORM.size or data[0] != _VERSION:
            raise ValueError(f"not a signature of version {_VERSION}: {len(data)} bytes")
        _, n_runs, digest, hashes = _FORM.unpack(data)
        return cls(hashes, n_runs, digest)

    def likeness(self, other: Signature) -> float:
        """Estimate which part of all runs of both texts is in each of them (Jaccard), 0 to 1."""
        if not self.n_runs or not other.n_runs:
            return 0.0
        pairs = zip(_HASHES.unpack(self.hashes), _HASHES.unpack(other.hashes), strict=True)
        return float(sum(ours == theirs for ours, theirs in pairs)) / N_HASHES


def signature(text: str, marks: Sequence[Mark] = ()) -> Signature:
    """Return the signature of an article's own words.

    Args:
        text: The article's text; case, accents, punctuation and white space make no difference.
        marks: What of it is set aside, in article coordinates.

    Returns:
        The same one in every process and on every machine.
    """
    from datasketch import MinHash  # brings numpy

    words = read_words(text, marks)
    runs = {zlib.crc32(" ".join(run).encode()) for run in words.runs(words.run_size)}
    least = MinHash(N_HASHES, seed=_SEED, hashfunc=int, scheme="affine32")
    least.update_batch(runs)
    digest = blake2b(" ".join(words.folded).encode(), digest_size=16).digest()
    return Signature(least.hashvalues.astype("<u4").tobytes(), len(runs), digest)


def band_keys(signature: Signature) -> tuple[int, ...]:
    """Return the keys to look candidates up by: who shares `MIN_SHARED_KEYS` is worth comparing.

    Each key is the least hash in one of 40 orders, one to a band. Bands of several rows would miss
    what was cut to its first third.
    """
    if not signature.n_runs:
        return ()
    least = _HASHES.unpack(signature.hashes)[:N_KEYS]
    return tuple(band << 32 | value for band, value in enumerate(least))


class Link(NamedTuple):
    """Two articles that are copies, and which part of either stands in the other, 0 to 1."""

    a: int
    b: int
    of_a: float = 1.0
    of_b: float = 1.0

    @property
    def longer(self) -> int:
        """The article of which the smaller part is in common."""
        return min((self.of_a, self.a), (self.of_b, self.b))[1]

    @property
    def shorter(self) -> int:
        """The other one."""
        return self.b if self.longer == self.a else self.a

    @property
    def is_firm(self) -> bool:
        """Whether half of either is in common: no digest of several reports is that."""
        return min(self.of_a, self.of_b) >= _FIRM


@dataclass(frozen=True, slots=True)
class Joined:
    """The story an article belongs to, and the stories that it showed to be part of this one."""

    story: int
    absorbed: tuple[int, ...] = ()


def story_of(article: int, copies: Iterable[int], stories: Mapping[int, int]) -> Joined:
    """Return the story of a new article: that of its copies, or one of its own.

    The quick way of `stories_of`, for links that are all taken to be firm.

    Args:
        article: Its number; the older an article, the smaller.
        copies: The articles that were compared with it and are copies of it.
        stories: The story of each of these; a story has the number of its oldest article.

    Returns:
        The oldest story. Articles of an absorbed one are to be given this number instead.

    >>> story_of(9, [4, 7], {4: 2, 7: 7})
    Joined(story=2, absorbed=(7,))
    """
    joined = sorted({article, *(stories[copy] for copy in copies)})
    return Joined(joined[0], tuple(story for story in joined[1:] if story != article))


def stories_of(articles: Iterable[int], links: Iterable[Link | tuple[int, int]]) -> dict[int, int]:
    """Return the story of each article: the number of the oldest one in it.

    Args:
        articles: Numbers, the older the smaller: a new article and all that links lead to from
            there, or what is left of that when one is removed.
        links: All links between them, in any order; a pair is a firm link, and what names other
            articles does not count.

    >>> stories_of([1, 2, 3], [Link(3, 2, 0.9, 0.8)])
    {1: 1, 2: 2, 3: 2}
    """
    parents = {article: article for article in articles}
    known = [link for link in starmap(Link, links) if link.a in parents and link.b in parents]
    for link in known:
        if link.is_firm:
            _join(parents, link.a, link.b)
    for longer, shorter in _shortened(parents, known):
        _join(parents, longer, shorter)
    return {article: _oldest(parents, article) for article in parents}


def _shortened(parents: dict[int, int], links: Iterable[Link]) -> list[tuple[int, int]]:
    """Pair stories with what was cut from them, unless that is several stories: then a digest."""
    shorter: dict[int, set[int]] = {}
    for link in links:
        longer, other = _oldest(parents, link.longer), _oldest(parents, link.shorter)
        if longer != other:
            shorter.setdefault(longer, set()).add(other)
    return [(longer, cut.pop()) for longer, cut in shorter.items() if len(cut) == 1]


def _oldest(parents: dict[int, int], article: int) -> int:
    while parents[article] != article:
        parents[article] = article = parents[parents[article]]
    return article


def _join(parents: dict[int, int], one: int, other: int) -> None:
    first, second = sorted((_oldest(parents, one), _oldest(parents, other)))
    parents[second] = first
