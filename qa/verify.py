"""Is an index what was committed? And what can be mended of what is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Damage
from embeddings import Encoder, load_encoder
from qa.index import Index
from qa.indexer import add_again
from qa.settings import Settings
from qa.snapshots import stray_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it should be, what to do about it, and whether that was done."""

    problem: str
    remedy: str
    mended: bool = False


def verify_index(
    folder: Path | str,
    *,
    repair: bool = False,
    encoder: Encoder | None = None,
    settings: Settings | None = None,
) -> list[Finding]:
    """Read everything an index holds, compare it with its digests, and mend it if told to.

    Passages and vectors are made again from their article, search files from the vectors. An
    article whose own text is damaged is taken out: indexing its file again brings it back.

    Args:
        folder: The index; it may be in use. While another process writes to it, its search files
            may seem to be missing for a moment.
        repair: Mend what can be; nobody else may write meanwhile.
        encoder: None means the index's own model; asked only where a vector is damaged.
        settings: How passages are cut, other than the defaults.

    Returns:
        What was found, the gravest first; nothing if the index is sound.

    Raises:
        IndexNotFound, IndexVersionMismatch, IndexCorrupt: it cannot even be opened.
        IndexLocked: `repair`, while another process is writing.
        ModelError: the index's model is needed and not here.
    """
    Index.open(folder).close()  # writing would make a new index
    index = Index.open(folder, writable=repair)
    try:
        if broken := index.store.broken_pages():
            how = "restore a backup, or index the articles into a new folder"
            return [Finding(problem=f"store.db: {problem}", remedy=how) for problem in broken]
        damages = list(index.store.damages())
        findings = [_of_article(damage, repair) for damage in damages]
        findings += _of_search_files(index, repair)
        if repair and findings:
            _mend_articles(index, damages, encoder, settings or Settings())
            index.publish()
        return findings
    finally:
        index.close()


def _of_article(damage: Damage, repair: bool) -> Finding:
    if not damage.is_text:
        how = "it is encoded again from its text"
    elif damage.is_current:
        how = f"it is taken out; index it again from {damage.source}"
    else:
        how = "the old version is taken out"
    return Finding(problem=str(damage), remedy=how, mended=repair)


def _mend_articles(
    index: Index, damages: Sequence[Damage], encoder: Encoder | None, settings: Settings
) -> None:
    if not damages:
        return
    again = [damage.article_id for damage in damages if not damage.is_text and damage.is_current]
    if again:
        chosen = encoder or load_encoder(index.store.meta().get("encoder"))
        add_again(index, chosen, again, settings=settings)
    index.store.discard(damages)


def _of_search_files(index: Index, repair: bool) -> list[Finding]:
    """Check what is derived; whatever is wrong with it, writing it anew mends it."""
    problems = []
    if index.store.generation() and not index.published():
        problems.append("the search files are missing, damaged or older than the articles")
    stray = stray_files(index.store, index.folder)
    problems += [f"{path.name} is a search file that nothing names" for path in stray]
    how = "they are written anew from the stored vectors"
    return [Finding(problem=problem, remedy=how, mended=repair) for problem in problems]
