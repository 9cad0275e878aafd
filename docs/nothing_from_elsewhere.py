"""Does a page of the built site load anything from another place? Then the build fails.

A Sphinx extension: what it looks for are scripts, styles, fonts, pictures and frames whose address
names a host. Links that a reader may follow are no loading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

LOADING = {"src", "srcset", "poster", "data", "background"}
"""Attributes that make a browser fetch something, in any element."""

FOLLOWED = {"a", "area", "base", "form"}
"""Elements whose address is gone to, not fetched."""

QUIET_LINKS = {"author", "canonical", "license", "next", "prev", "search", "index"}
"""What a `<link>` may be without being fetched."""

_FOREIGN = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_IN_STYLE = re.compile(r"(?:url\(|@import)\s*[\"']?\s*((?:https?:)?//[^\s\"')]+)", re.IGNORECASE)


class _Addresses(HTMLParser):
    """Collects the addresses that a page makes its browser fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_style = tag == "style"
        loaded = [given[name] for name in LOADING if name in given]
        quiet = tag in FOLLOWED or set(given.get("rel", "").split()) & QUIET_LINKS
        if not quiet:
            loaded += [given[name] for name in ("href", "xlink:href") if name in given]
        self.found += [address for address in loaded if _FOREIGN.match(address)]
        self.found += _IN_STYLE.findall(given.get("style", ""))

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.found += _IN_STYLE.findall(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"


def loaded_by_page(html: str) -> list[str]:
    """Return the addresses on other hosts that a page makes its browser fetch."""
    page = _Addresses()
    page.feed(html)
    return page.found


def loaded_by_style(css: str) -> list[str]:
    """Return the addresses on other hosts that a style sheet makes its browser fetch."""
    return _IN_STYLE.findall(css)


def loaded_from_elsewhere(folder: Path) -> list[str]:
    """Return what the site in a folder would load from other hosts, each with its file."""
    kinds = {".html": loaded_by_page, ".svg": loaded_by_page, ".css": loaded_by_style}
    return [
        f"{path.relative_to(folder)} loads {address}"
        for path in sorted(folder.rglob("*"))
        if path.suffix in kinds
        for address in kinds[path.suffix](path.read_text(encoding="utf-8"))
    ]


def setup(app: Any) -> dict[str, bool]:
    """Look through what was built, when it was built."""
    from sphinx.errors import ExtensionError

    def check(app: Any, exception: Exception | None) -> None:
        if exception is None and app.builder.format == "html":
            fail(loaded_from_elsewhere(Path(app.outdir)))

    def fail(foreign: Iterable[str]) -> None:
        if foreign := list(foreign):
            raise ExtensionError(
                "the site is to load nothing from elsewhere:\n" + "\n".join(foreign)
            )

    app.connect("build-finished", check)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
