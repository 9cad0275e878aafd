"""Words that are near a word and mean something else, from a WordNet folder.

WordNet's files (Debian: `wordnet-base`, in /usr/share/wordnet) are plain text; two relations of
them are wanted here: opposites, and sister terms ("queen" for "king": both are kinds of the same).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

_FILES = {"noun": "n", "verb": "v", "adj": "a"}
_PARTS = {"1": "n", "2": "v", "3": "a", "5": "a"}
"""Parts of speech in a sense key."""
_OPPOSITE, _KIND_OF, _KINDS = "!", "@", "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Synset:
    words: tuple[str, ...]
    links: dict[str, list[str]]
    """Other synsets by relation."""


@dataclass(slots=True)
class WordNet:
    """Opposites and sister terms of common words.

    Args:
        folder: It holds `data.noun`, `index.noun` and so on, and `cntlist.rev`.
    """

    folder: Path
    _synsets: dict[str, _Synset] = field(default_factory=dict, init=False)
    _senses: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list), init=False)
    _counts: Counter[str] = field(default_factory=Counter, init=False)

    def __post_init__(self) -> None:
        for name, part in _FILES.items():
            for line in self._lines(f"data.{name}"):
                self._synsets[part + line[:8]] = _synset(line)
            for line in self._lines(f"index.{name}"):
                word, _, count, *rest = line.split()
                if word.isalpha():
                    self._senses[word].append(part + rest[-int(count)])
        as_part: Counter[tuple[str, str]] = Counter()
        for line in self._lines("cntlist.rev"):
            key, _, times = line.split()
            word, _, sense = key.partition("%")
            self._counts[word] += int(times)
            as_part[word, _PARTS.get(sense[0], "")] += int(times)
        for word, places in self._senses.items():
            places.sort(key=lambda place: -as_part[word, place[0]])

    def opposites(self, word: str) -> list[str]:
        """Return the opposites of a word, as it is used most."""
        return self._words(word, lambda s: s.links.get(_OPPOSITE, []))

    def sisters(self, word: str, *, least: int = 3) -> list[str]:
        """Return common words of the same kind; `least` is how often texts must have had them."""

        def kin(synset: _Synset) -> list[str]:
            return [
                sister
                for parent in synset.links.get(_KIND_OF, [])
                for sister in self._synsets[parent].links.get(_KINDS, [])
            ]

        return [found for found in self._words(word, kin) if self._counts[found] >= least]

    def _words(self, word: str, related: Callable[[_Synset], list[str]]) -> list[str]:
        found: dict[str, None] = {}
        for place in self._senses.get(word, ())[:1]:
            synset = self._synsets[place]
            for other in related(synset):
                found |= dict.fromkeys(self._synsets[other].words)
            for same in synset.words:
                found.pop(same, None)
        return [one for one in found if one.isalpha() and one.islower() and one != word]

    def _lines(self, name: str) -> list[str]:
        text = (self.folder / name).read_text(encoding="ascii")
        return [line for line in text.splitlines() if line and not line.startswith(" ")]


def _synset(line: str) -> _Synset:
    """Parse a line of a data file: offset, file, part, words, relations | gloss (wndb(5WN))."""
    fields = line.partition(" | ")[0].split()
    count = int(fields[3], 16)
    words = tuple(fields[4 : 4 + 2 * count : 2])
    rest = fields[5 + 2 * count :]
    links: dict[str, list[str]] = defaultdict(list)
    for at in range(0, 4 * int(fields[4 + 2 * count]), 4):
        symbol, offset, part, _ = rest[at : at + 4]
        if part in _FILES.values() or part == "s":
            links[symbol].append(("a" if part == "s" else part) + offset)
    return _Synset(words=tuple(word.partition("(")[0] for word in words), links=dict(links))
