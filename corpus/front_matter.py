"""The YAML block at the head of a Markdown article: what it says, never what it might mean.

Every value is read as the text that stands there ("no" is no boolean, "007" no number), so nothing
is guessed. Aliases are refused: with them a few lines can stand for gigabytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import yaml

from corpus.errors import UnreadableArticle
from corpus.types import MAX_ARTICLE_ID_CHARS

MAX_FRONT_MATTER_CHARS = 64 * 1024
"""A front matter is a dozen lines; PyYAML needs about a second for this much."""

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_ID = re.compile(r"\w[\w.:@~-]*")
_KNOWN_KEYS = ("id", "title", "outlet", "published", "source")
_NULL_TAG = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What an article says about itself; None where it does not."""

    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    source: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def split_front_matter(text: str, source: str) -> tuple[FrontMatter, str]:
    r"""Read the front matter of a Markdown text and return it with the text after it.

    It stands between a first line "---" and the next line "---" or "...". Without the second line
    the first is a rule, and the text has no front matter.

    Args:
        text: The whole text, with "\n" newlines.
        source: Its name, for messages.

    Raises:
        UnreadableArticle: It is too long, not YAML, not a mapping of keys to values, has aliases,
            or gives an id that cannot be used.

    >>> front_matter, body = split_front_matter("---\ntitle: Hi\n---\nText", "a.md")
    >>> front_matter.title, body
    ('Hi', 'Text')
    """
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return FrontMatter(), text
    if closing.start() > MAX_FRONT_MATTER_CHARS:
        raise UnreadableArticle(
            f"{source} has a front matter of {closing.start()} characters, more than the "
            f"{MAX_FRONT_MATTER_CHARS} that are read. Shorten it, or begin with an empty line if "
            'the first "---" is a rule.'
        )
    values = _load(text[opening.end() : closing.start()], source)
    return _front_matter(values, source), text[closing.end() :].removeprefix("\n")


def iso_date(value: str) -> str | None:
    """Return an ISO 8601 date or date-time in its usual form; None if it is neither.

    >>> iso_date("2018-06-01"), iso_date("2018-06-01 09:30Z"), iso_date("June 1, 2018")
    ('2018-06-01', '2018-06-01T09:30:00+00:00', None)
    """
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(value).isoformat()
    except ValueError:
        return None


class _TextLoader(yaml.SafeLoader):
    """Reads every plain value as text, but for an empty one or `null`; knows no aliases."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases (*name) are not allowed")
        return super().compose_node(parent, index)


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == _NULL_TAG]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _load(block: str, source: str) -> dict[str, object]:
    try:
        # A subclass of SafeLoader, which makes nothing but plain values.
        values = yaml.load(block, Loader=_TextLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:200]
        raise UnreadableArticle(
            f"The front matter of {source} cannot be read as YAML: {reason}. Correct the lines "
            'between the two "---", or remove them.'
        ) from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise UnreadableArticle(
            f'The front matter of {source} is not a list of "key: value" lines. Correct the lines '
            'between the two "---", or begin the file with an empty line if they are rules.'
        )
    return {str(key): value for key, value in values.items()}


def _front_matter(values: dict[str, object], source: str) -> FrontMatter:
    warnings: list[str] = []
    texts: dict[str, str] = {}
    for key, value in values.items():
        if isinstance(value, (dict, list, tuple, set, bytes)):
            warnings.append(f'The front matter key "{key}" is not one text and was left out.')
        elif value is not None and (text := " ".join(str(value).split())):
            texts[key] = text
    for key, other in (("published", "date"), ("source", "url")):
        if key not in texts and other in texts:
            texts[key] = texts.pop(other)
    published = iso_date(texts["published"]) if "published" in texts else None
    if "published" in texts and published is None:
        warnings.append(
            f'The date "{texts["published"]}" is not ISO 8601 (2018-06-01 or 2018-06-01T09:30Z) '
            "and was left out."
        )
    return FrontMatter(
        id=_checked_id(texts["id"], source) if "id" in texts else None,
        title=texts.get("title"),
        outlet=texts.get("outlet"),
        published=published,
        source=texts.get("source"),
        metadata={key: text for key, text in texts.items() if key not in _KNOWN_KEYS},
        warnings=tuple(warnings),
    )


def _checked_id(value: str, source: str) -> str:
    if len(value) > MAX_ARTICLE_ID_CHARS or not _ID.fullmatch(value):
        raise UnreadableArticle(
            f'{source} gives the id "{value[:50]}". An id has 1 to {MAX_ARTICLE_ID_CHARS} letters, '
            "digits and . _ : @ ~ - and begins with a letter or digit."
        )
    return value
