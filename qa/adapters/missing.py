"""What is said when the framework of an adapter is not installed?"""

from __future__ import annotations

from corpus import MissingExtra


def missing(extra: str, error: ModuleNotFoundError) -> MissingExtra:
    """Return the error of an adapter whose framework is in an extra that is not installed."""
    return MissingExtra(
        f"this adapter needs the package {error.name}; install it with: pip install"
        f" 'pullquote[{extra}]'"
    )
