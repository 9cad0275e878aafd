"""Is an index what was committed? And what can be mended of what is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Damage, Flat
from embeddings import Encoder, load_encoder
from qa.index import Index
from qa.indexer import add_again
from qa.search_files import stray_files
from qa.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Flat):
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
        search_files = _search_file_problems(index)
        failed: set[str] = set()
        if repair and (damages or search_files):
            failed = _mend_articles(index, damages, encoder, settings or Settings())
            index.publish(anew=True)
        return [
            *(
                _of_article(damage, repair and damage.article_id not in failed)
                for damage in damages
            ),
            *(_of_search_files(problem, repair) for problem in search_files),
        ]
    finally:
        index.close()


def _of_article(damage: Damage, mended: bool) -> Finding:
    if damage.is_text:
        what, then = "taken out", f"; index it again from {damage.source}" * damage.is_current
    elif damage.is_current:
        what, then = "made again from its text", ""
    else:
        what, then = "freed of those passages", ""
    how = f"it was {what}{then}" if mended else f"with --repair it is {what}{then}"
    return Finding(problem=str(damage), remedy=how, mended=mended)


def _mend_articles(
    index: Index, damages: Sequence[Damage], encoder: Encoder | None, settings: Settings
) -> set[str]:
    """Make again what can be, take out the rest; return the articles that could not be made."""
    again = [damage.article_id for damage in damages if not damage.is_text and damage.is_current]
    failed: set[str] = set()
    if again:
        chosen = encoder or load_encoder(index.encoder_name)
        failed = {i for i, _ in add_again(index, chosen, again, settings=settings).failed}
    if mended := [damage for damage in damages if damage.article_id not in failed]:
        index.store.discard(mended)
    return failed


def _search_file_problems(index: Index) -> list[str]:
    problems = []
    if not index.published():
        problems.append("the search files are missing, damaged or older than the articles")
    stray = stray_files(index.store, index.folder)
    return problems + [f"{path.name} is a search file that nothing names" for path in stray]


def _of_search_files(problem: str, mended: bool) -> Finding:
    what = "made again from the stored vectors"
    how = f"all of them were {what}" if mended else f"with --repair all of them are {what}"
    return Finding(problem=problem, remedy=how, mended=mended)
