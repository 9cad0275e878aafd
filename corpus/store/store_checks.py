"""Looking through all of `store.db`: is everything what was written?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import IndexCorrupt
from corpus.store.rows import ARTICLE_COLUMNS, PASSAGE_COLUMNS, Row, checksum, row_checksum
from corpus.store.schema import damaged
from corpus.store.search_rows import SearchRows

_ARTICLE = (
    f"SELECT row_id, superseded IS NULL, passages, row_crc, {ARTICLE_COLUMNS}, digest"
    " FROM article WHERE row_id"
)
_PASSAGES = f"""
SELECT id, vector, vector_crc, space = (SELECT id FROM space WHERE state = 'serving'),
{PASSAGE_COLUMNS} FROM passage WHERE article_row = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A version of an article that is not what was indexed."""

    row_id: int
    article_id: str
    source: str
    is_current: bool
    is_text: bool
    """The article itself; else its passages or their vectors, which can be made again."""

    def __str__(self) -> str:
        part, verb = ("text", "is") if self.is_text else ("passages", "are")
        version = "" if self.is_current else ", in an older version,"
        return f"the {part} of {self.article_id!r}{version} {verb} not what was indexed"


class StoreChecks(SearchRows):
    """Reads `store.db`, and reads all of it to tell whether it is sound."""

    def check(self) -> None:
        """Read everything once.

        Raises:
            IndexCorrupt: something is not what was written.
        """
        for problem in (*self.broken_pages(), *self.damages()):
            raise damaged(self.path, problem)

    def broken_pages(self) -> list[str]:
        """Return what SQLite itself finds wrong with the file; nothing can be mended then."""
        found = [str(row[0]) for row in self._rows("PRAGMA integrity_check(10)")]
        found += [
            f"a row of {row[0]} belongs to nothing"
            for row in self._rows("PRAGMA foreign_key_check")
        ]
        return [problem for problem in found if problem != "ok"]

    def damages(self) -> Iterator[Damage]:
        """Yield the versions of articles that are not what was indexed."""
        for row in self._pages(f"{_ARTICLE} > ? ORDER BY row_id LIMIT 256"):
            if self._damage(row):
                # Another process may have changed the model between two looks: look again.
                again = self._rows(f"{_ARTICLE} = ?", (row[0],))
                yield from filter(None, map(self._damage, again))

    def _damage(self, row: Row) -> Damage | None:
        row_id, is_current, count, row_crc, *values = row
        facts = (values[-1], values[3], values[-2], count)
        text = not self._is_sound(tuple(values)) or row_checksum(facts) != row_crc
        cut = [] if text else list(self._cut_from(row_id, str(values[2])))
        # The passages of an older version are gone after a while.
        whole = sum(serves for serves, _ in cut) == count or not is_current
        if not text and whole and all(sound for _, sound in cut):
            return None
        return Damage(
            row_id=row_id,
            article_id=str(values[0]),
            source=str(values[3]),
            is_current=bool(is_current),
            is_text=text,
        )

    def _is_sound(self, row: Row) -> bool:
        try:
            self._sound_article(row)
        except IndexCorrupt:
            return False
        return True

    def _cut_from(self, row_id: int, text: str) -> Iterator[tuple[bool, bool]]:
        """Yield, for each passage, whether it serves, and whether all of it is as it was."""
        for passage_id, vector, vector_crc, serves, *values in self._rows(_PASSAGES, (row_id,)):
            try:
                self._sound_passage((passage_id, "", *values), text)
            except IndexCorrupt:
                yield bool(serves), False
                continue
            yield bool(serves), checksum(vector) == vector_crc
