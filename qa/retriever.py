"""Question to passages: dense and BM25 search, compared by their best sentences, fused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from corpus import (
    Article,
    ArticleFilter,
    ArticleNotFound,
    ArticleStore,
    ModelError,
    Passage,
    Span,
)
from embeddings import Encoder, load_encoder
from qa.found import NOTHING, Found
from qa.fusion import fuse
from qa.index import Index
from qa.questions import checked_question
from qa.sentence_vectors import compared
from qa.settings import Settings
from qa.snapshots import Snapshot
from qa.space_encoders import SpaceEncoders
from qa.types import Hit

__all__ = ["Found", "Retriever", "checked_question"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Last:
    """What was searched last, and with which encoder; replaced as a whole."""

    snapshot: Snapshot | None
    encoder: Encoder


class Retriever:
    """Finds the passages of an index that a question is about. Safe to use from many threads.

    Example::

        with Retriever.open("index") as retriever:
            hits = retriever.retrieve("When will the barrier close?", k=10)
    """

    def __init__(self, index: Index, encoder: Encoder, settings: Settings) -> None:
        self.index = index
        self.settings = settings
        self._last = _Last(snapshot=None, encoder=encoder)
        self._encoders = SpaceEncoders()

    @classmethod
    def open(
        cls,
        folder: Path | str,
        *,
        encoder: Encoder | None = None,
        settings: Settings | None = None,
    ) -> Self:
        """Open an index folder for searching.

        Args:
            folder: An index folder.
            encoder: Other than the model that the index names as its own.
            settings: Other than the defaults.

        Raises:
            StoreError: the folder holds no index that can be read.
            ModelError: the index's model is not here, or `encoder` is another model.
        """
        index = Index.open(folder)
        try:
            encoder = encoder or load_encoder(index.encoder_name)
            index.check_model(encoder)
        except BaseException:
            index.close()
            raise
        return cls(index, encoder, settings or Settings())

    @property
    def encoder(self) -> Encoder:
        """The encoder of questions; another one after the index was rebuilt with it."""
        return self._last.encoder

    @property
    def folder(self) -> Path:
        """The index folder."""
        return self.index.folder

    def close(self) -> None:
        """Close the index."""
        self.index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def retrieve(
        self, question: str, k: int = 10, *, only: ArticleFilter | None = None
    ) -> list[Hit]:
        """Find the `k` passages that fit a question best.

        Args:
            question: In plain words.
            k: How many.
            only: The articles to look in, if not all.

        Returns:
            Hits, best first, equal scores by lower passage id; shorter than `k` if there are no
            more passages. ``hit.passage.article_id`` names the article, ``hit.passage.span`` is
            where the passage stands in its text, in code points; `article_of` gives that text.

        Raises:
            InvalidQuestion: empty, too long, or not text.
        """
        question = checked_question(question, self.settings.max_question_chars)
        snapshot, encoder = self._serving()
        found = self._search(snapshot, encoder, question, only)
        hits = self._hits(snapshot.store, found, k)
        if len(hits) == k or k <= self.settings.search_depth:
            return hits
        # Going deeper changes how scores are scaled, so what was found stands as it is.
        found = self._search(snapshot, encoder, question, only, depth=k)
        known = {hit.passage.id for hit in hits}
        deeper = self._hits(snapshot.store, found.without(known), k - len(hits))
        least = min((hit.score for hit in hits), default=1.0)
        return hits + [replace(hit, score=least * hit.score) for hit in deeper]

    def article_of(self, hit: Hit) -> Article:
        """Return the article that a hit is from, in the version that its offsets count in.

        The passage's span cuts the passage's text out of it, also if it was replaced meanwhile.

        Raises:
            ArticleNotFound: it was removed meanwhile.
        """
        passage = hit.passage
        article = self.index.store.articles_of([passage.id]).get(passage.article_id)
        if article is None or passage.span.of(article.text) != passage.text:  # restored, perhaps
            gone = f"{passage.article_id!r} was removed from {self.folder} after it was found"
            raise ArticleNotFound(f"{gone}; ask again")
        return article

    def search(self, question: str, *, only: ArticleFilter | None = None) -> Found:
        """Return what `retrieve` fuses, as deep as the settings say."""
        snapshot, encoder = self._serving()
        return self._search(snapshot, encoder, question, only)

    def _search(
        self,
        snapshot: Snapshot,
        encoder: Encoder,
        question: str,
        only: ArticleFilter | None,
        *,
        depth: int = 0,
    ) -> Found:
        if not len(snapshot.dense):
            return NOTHING
        chosen = None if only is None or only.fits_all else snapshot.chosen(only)
        depth = depth or self.settings.search_depth
        # One after the other: beside encoding, threads wait for each other longer than this takes.
        asked = encoder.encode_questions([question])[0]
        near = snapshot.dense.search(asked, depth, only=chosen)[0].tolist()
        lexical = snapshot.lexical.search(question, depth, only=chosen)
        stored = dict(snapshot.store.vectors(sorted({*near, *lexical})))
        like = compared(asked, stored, sentence_share=self.settings.sentence_share)
        return Found.of(near, lexical, like, depth=depth)

    def _serving(self) -> tuple[Snapshot, Encoder]:
        """Return what to search and the encoder that it was made with.

        Where the index was rebuilt with another model, the last snapshot of the one before serves
        until that model is loaded, if its passages are still there.

        Raises:
            ModelError: that model cannot be loaded.
        """
        snapshot, last = self.index.snapshot(), self._last
        space, store = snapshot.space, snapshot.store
        if space is None or space.fingerprint == last.encoder.fingerprint:
            self._last = replace(last, snapshot=snapshot)
            return snapshot, last.encoder
        before = last.snapshot
        if before is None or before.store is not store or not _is_there(before):
            encoder = self._encoders.loaded(space, wait=True)
        else:
            try:
                loaded = self._encoders.loaded(space, wait=False)
            except ModelError:  # it was logged
                loaded = None
            if loaded is None:
                return before, last.encoder
            encoder = loaded
        self._last = _Last(snapshot=snapshot, encoder=encoder)
        return snapshot, encoder

    def hits(self, found: Found, k: int) -> list[Hit]:
        """Fuse what `search` returned, or a part of it, to the `k` best hits."""
        return self._hits(self.index.store, found, k)

    def _hits(self, store: ArticleStore, found: Found, k: int) -> list[Hit]:
        fused = fuse(found.similarity, found.lexical, dense_weight=self.settings.dense_weight)
        ranked = fused[: max(0, k)]
        passages = store.passages([passage_id for passage_id, _ in ranked])
        dense_ranks = {passage_id: rank for rank, passage_id in enumerate(found.dense, start=1)}
        lexical_ranks = {passage_id: rank for rank, passage_id in enumerate(found.lexical, start=1)}
        return [
            Hit(
                passage=passages[passage_id],
                score=score,
                dense_rank=dense_ranks.get(passage_id),
                lexical_rank=lexical_ranks.get(passage_id),
                similarity=found.similarity.get(passage_id),
                best_sentence=_sentence(passages[passage_id], found.best_sentence.get(passage_id)),
            )
            for passage_id, score in ranked
            if passage_id in passages  # removed by another process since the snapshot was taken
        ]


def _sentence(passage: Passage, number: int | None) -> Span | None:
    """Return a passage's sentence by its number, in article coordinates."""
    return None if number is None else passage.sentences[number]


def _is_there(snapshot: Snapshot) -> bool:
    """Say whether the store still holds what a snapshot finds."""
    return snapshot.space is not None and snapshot.store.has_passages(snapshot.space.id)
