"""What was extracted from a file, made into an article: its id, title, source and facts."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.extracted import FRONT_MATTER, Extracted, Stated
from corpus.identity import canonical_url, id_from_place, id_from_source
from corpus.types import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedArticle:
    """An article, and what a person should know about how it was read."""

    article: Article
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an article was read: its file's name, what stands for it in ids, and its source."""

    stem: str
    identity: str
    source: str


def assembled(
    extracted: Extracted, place: Place, *, alone: bool = True, named: bool = False
) -> LoadedArticle:
    """Make an article.

    Args:
        extracted: What its file holds.
        place: Of the file.
        alone: Whether it is the only article of its file.
        named: Whether `extracted.id` was given for us, as in front matter: it is taken as it is.
    """
    made_id = id_from_source(extracted, place.identity, alone=alone)
    own_id = extracted.id if named else made_id
    source = extracted.metadata.get("source") or (
        canonical_url(extracted.url) if extracted.url else place.source
    )
    article = Article(
        id=own_id or id_from_place(place.stem, place.identity),
        title=extracted.title or place.stem,
        text=extracted.text,
        source=source,
        published=_value(extracted.published),
        outlet=_value(extracted.outlet),
        metadata=_facts(extracted),
        headings=extracted.headings,
        marks=extracted.marks,
    )
    return LoadedArticle(article=article, warnings=extracted.warnings)


def _facts(extracted: Extracted) -> dict[str, str]:
    """Return what is known beside the fields of an article, as text by name."""
    facts = {name: value for name, value in extracted.metadata.items() if name != "source"}
    known = {
        "authors": "; ".join(extracted.authors),
        "url": extracted.url,
        "language": extracted.language,
        "updated": _value(extracted.updated),
    }
    facts |= {name: value for name, value in known.items() if value}
    for name in ("published", "updated", "outlet"):
        fact: Stated | None = getattr(extracted, name)
        if fact and fact.origin != FRONT_MATTER:
            facts[f"{name}_from"] = fact.origin
            if not fact.sure:
                facts[f"{name}_sure"] = "no"
    return facts


def _value(fact: Stated | None) -> str | None:
    return fact.value if fact else None
