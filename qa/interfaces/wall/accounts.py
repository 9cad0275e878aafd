"""Who may log in, and is this the password? The file behind ``--auth-file``.

Each line is ``name:$argon2id$…`` as ``pullquote password NAME`` prints it; empty lines and those
that begin with ``#`` are skipped. The file is read again whenever it changes.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import stat
from pathlib import Path

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from corpus import PullquoteError

_NAME = re.compile(r"[^\s:]{1,64}")
_MAX_PASSWORD_CHARS = 1_000
_AT_ONCE = 2  # each takes 64 MiB and one core

_log = logging.getLogger(__name__)


class Accounts:
    """The names and password hashes of one file.

    Raises:
        PullquoteError: the file cannot be read, others may write to it, or a line is malformed.
            Later, when it has changed, that is logged, and what was read before goes on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = _state(path)
        self._hashes = _read(path)
        cost = extract_parameters(next(iter(self._hashes.values())))
        self._hasher = PasswordHasher.from_parameters(cost)
        self._nobody = self._hasher.hash("a password that nobody has")
        self._slots = asyncio.Semaphore(_AT_ONCE)

    def mark(self, name: str) -> str | None:
        """Return what changes with the password of `name`; None if there is no such name."""
        known = self._current().get(name)
        return hashlib.sha256(known.encode()).hexdigest()[:16] if known else None

    async def fits(self, name: str, password: str) -> bool:
        """Return whether this is the password; takes as long for a name that is not there."""
        known = self._current().get(name)
        async with self._slots:
            fits = await asyncio.to_thread(self._verify, known or self._nobody, password)
        return fits and known is not None

    def _verify(self, known: str, password: str) -> bool:
        try:
            return self._hasher.verify(known, password[:_MAX_PASSWORD_CHARS])
        except (VerificationError, InvalidHashError):
            return False

    def _current(self) -> dict[str, str]:
        state = _state(self._path)
        if state != self._seen:
            self._seen = state
            try:
                self._hashes = _read(self._path)
            except PullquoteError as error:
                _log.error("the accounts stay as they were: %s", error)
        return self._hashes


def _read(path: Path) -> dict[str, str]:
    _check_permissions(path)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PullquoteError(f"{path}: cannot be read: {error}") from None
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, known = line.strip().partition(":")
        if not _NAME.fullmatch(name) or not _is_argon2(known):
            raise PullquoteError(
                f"{path}, line {number}: not name:$argon2id$…; make it with: pullquote password "
                "NAME"
            )
        if name in found:
            raise PullquoteError(f"{path}, line {number}: {name} is there twice; keep one of them")
        found[name] = known
    if not found:
        raise PullquoteError(f"{path}: nobody may log in; add a line of: pullquote password NAME")
    return found


def _is_argon2(known: str) -> bool:
    try:
        extract_parameters(known)
    except InvalidHashError:
        return False
    return known.startswith("$argon2id$")


def _check_permissions(path: Path) -> None:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError as error:
        raise PullquoteError(f"{path}: cannot be read: {error.strerror}") from None
    if mode & 0o022:
        raise PullquoteError(f"{path}: others may write to it; run: chmod 600 {path}")
    if mode & 0o044:
        _log.warning("%s can be read by others; run: chmod 600 %s", path, path)


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size, seen.st_ino
