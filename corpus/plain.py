"""Bytes of a text or Markdown file to what is in it: what needs no other process to be read."""

from __future__ import annotations

from corpus.decoding import decode_text
from corpus.errors import UnreadableArticle
from corpus.extracted import FRONT_MATTER, Extracted, Stated
from corpus.front_matter import FrontMatter, split_front_matter
from corpus.markdown import PlainText, markdown_to_text
from corpus.paths import MARKDOWN_SUFFIXES


def read_plain(data: bytes, name: str, suffix: str) -> Extracted:
    """Read the article in a text or Markdown file.

    Args:
        data: The file's content.
        name: What messages call it.
        suffix: Its kind, as in ".md".

    Raises:
        UnreadableArticle: It is empty or binary, or its front matter is broken.
    """
    from corpus.finishing import finish  # a thousand patterns to compile

    decoded = decode_text(data, name)
    if suffix in MARKDOWN_SUFFIXES:
        front_matter, body = split_front_matter(decoded.text, name)
        plain = markdown_to_text(body)
    else:
        front_matter, plain = FrontMatter(), PlainText(text=decoded.text)
    if not plain.text.strip():
        raise UnreadableArticle(f"{name} has no text in it. Add the article's text, or remove it.")
    warnings = decoded.warnings + front_matter.warnings + plain.warnings
    return finish(_extracted(plain, front_matter, warnings))


def _extracted(plain: PlainText, front_matter: FrontMatter, warnings: tuple[str, ...]) -> Extracted:
    def stated(value: str | None) -> Stated | None:
        return Stated(value=value, origin=FRONT_MATTER) if value else None

    source = {"source": front_matter.source} if front_matter.source else {}
    return Extracted(
        text=plain.text,
        headings=plain.headings,
        title=front_matter.title or plain.title,
        outlet=stated(front_matter.outlet),
        published=stated(front_matter.published),
        id=front_matter.id,
        metadata={**front_matter.metadata, **source},
        warnings=warnings,
    )
