"""Which programs may call the API, and what may they do? The file behind ``--api-keys``.

Each line is ``name:scopes:sha256`` as ``pullquote api-key NAME`` prints it; empty lines and those
that begin with ``#`` are skipped. A key is 256 random bits, so its plain hash gives nothing away.
The file is read again whenever it changes: a line that is deleted shuts its key out at once.
"""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus import PullquoteError

SCOPES = ("ask", "read", "write")
"""ask: questions only; read: also retrieve, list and show whole articles; write: add, remove and
bring back articles."""

_PREFIX = "pq_"  # what scanners for leaked keys can look for
_BYTES = 32
_MAX_KEY_CHARS = 200
_NAME = re.compile(r"[^\s:#][^\s:]{0,63}")
_HASH = re.compile(r"[0-9a-f]{64}")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose key it is, and what it opens."""

    name: str
    scopes: frozenset[str]


class Keys:
    """The keys of one file.

    Raises:
        PullquoteError: the file cannot be read, others may write to it, or a line is malformed.
            Later, when it has changed, that is logged, and what was read before goes on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._version = _version_of(path)
        self._holders = _read(path)

    def holder(self, key: str) -> Holder | None:
        """Return whose key it is; None if it is nobody's."""
        if not key.isascii() or len(key) > _MAX_KEY_CHARS:
            return None
        self._look_again()
        return self._holders.get(_hash(key))

    def _look_again(self) -> None:
        version = _version_of(self._path)
        if version == self._version:
            return
        self._version = version
        try:
            self._holders = _read(self._path)
        except PullquoteError as error:
            _log.error("the API keys stay as they were: %s", error)


def new_key(name: str, scopes: Collection[str]) -> tuple[str, str]:
    """Make a key; return it and the line for the file, which does not hold it.

    Raises:
        ValueError: that is no name, or there is no such scope.
    """
    if not (_NAME.fullmatch(name) and name.isprintable()):
        raise ValueError(f"{name!r} is no name: up to 64 characters without spaces and colons")
    if not scopes or not set(scopes) <= set(SCOPES):
        raise ValueError(f"scopes are: {', '.join(SCOPES)}")
    key = _PREFIX + secrets.token_urlsafe(_BYTES)
    chosen = ",".join(scope for scope in SCOPES if scope in scopes)
    return key, f"{name}:{chosen}:{_hash(key)}"


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _read(path: Path) -> Mapping[str, Holder]:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PullquoteError(f"{path}: the API keys cannot be read: {error}") from None
    if mode & 0o022:
        raise PullquoteError(f"{path}: others may add keys to it; run: chmod 600 {path}")
    found: dict[str, Holder] = {}
    for number, line in enumerate(map(str.strip, lines), 1):
        if line and not line.startswith("#"):
            hashed, holder = _holder(line, f"{path}, line {number}")
            if holder.name in {other.name for other in found.values()}:
                raise PullquoteError(
                    f"{path}, line {number}: {holder.name} is there twice; keep one of them"
                )
            found[hashed] = holder
    if not found:
        raise PullquoteError(f"{path}: there is no key; add a line of: pullquote api-key NAME")
    return found


def _holder(line: str, place: str) -> tuple[str, Holder]:
    name, _, rest = line.partition(":")
    named, _, hashed = rest.partition(":")
    scopes = frozenset(named.split(","))
    if not (_NAME.fullmatch(name) and _HASH.fullmatch(hashed) and scopes <= set(SCOPES)):
        raise PullquoteError(
            f"{place}: not name:scopes:sha256; make it with: pullquote api-key NAME"
        )
    if "read" in scopes:
        scopes |= {"ask"}
    return hashed, Holder(name=name, scopes=scopes)


def _version_of(path: Path) -> tuple[int, int, int] | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino
