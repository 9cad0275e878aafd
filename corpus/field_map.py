"""Where the parts of an article stand in a record, if not under the names that are usual."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Self

from corpus.json_form import Flat


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMap(Flat):
    """Where an article's parts stand in a record: paths such as "body.plain" or "parts.0.text".

    In a table a path is the name of a column. A part without a path is looked for under the names
    that are usual for it.
    """

    text: str | None = None
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    url: str | None = None
    outlet: str | None = None
    authors: str | None = None
    id: str | None = None
    language: str | None = None

    @classmethod
    def of(cls, pairs: Iterable[str]) -> Self:
        """Read pairs of a part and its path.

        Raises:
            ValueError: one names no part of an article, or no path; the message says which.

        >>> FieldMap.of(["text=body.plain", "published=when"]).text
        'body.plain'
        """
        paths: dict[str, str] = {}
        parts = [part.name for part in fields(cls)]
        for pair in pairs:
            part, equals, path = (each.strip() for each in pair.partition("="))
            if part not in parts or not equals or not path:
                raise ValueError(
                    f"{pair!r} is not PART=PATH, such as text=body.plain;"
                    f" the parts are {', '.join(parts)}"
                )
            if part in paths:
                raise ValueError(
                    f"{part} is given twice, {paths[part]} and {path}; it has one path"
                )
            paths[part] = path
        return cls(**paths)

    def given(self) -> dict[str, str]:
        """Return the paths that are given, by part."""
        return {part: path for part, path in self.to_dict().items() if path is not None}
