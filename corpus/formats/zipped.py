"""Files that are ZIP archives inside, such as .docx and .epub: opened only if they are harmless.

What an archive says of itself is checked before anything is unpacked: how many members, how large
they become, how much they grow, what they are called. Python's `zipfile` unpacks no more of a
member than its stated size, so the sum of these is a bound.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from corpus.errors import UnreadableArticle
from corpus.formats.properties import plain, said

MAX_MEMBERS = 1000
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_RATIO = 100

# Of a small member any ratio is harmless: the longest run of one byte shrinks to a thousandth.
_SMALL_BYTES = 64 * 1024
_PIECE_BYTES = 64 * 1024
_ARCHIVES = (
    ".zip .7z .rar .gz .tgz .bz2 .xz .zst .tar .jar .apk .cab .iso .epub .docx .docm .odt".split()
)
# Where Word keeps the tables and documents that were put into one; nothing reads them.
_EMBEDDED = "word/embeddings/"
_ARCHIVE_START = b"PK\x03\x04"
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED = 0x1
_DAMAGED = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


class Archive:
    """An archive whose members may be read."""

    def __init__(self, archive: ZipFile, name: str) -> None:
        """Take an archive that was checked, and its name for messages."""
        self._archive = archive
        self._name = name
        self.names = frozenset(archive.namelist())

    def read(self, member: str) -> bytes:
        """Return the unpacked bytes of a member.

        Raises:
            UnreadableArticle: There is no such member, it is damaged, or an archive itself.
        """
        if member not in self.names:
            raise UnreadableArticle(
                f"{self._name} is incomplete: {plain(member)[:200]} is missing in it. "
                "Get the file again."
            )
        try:
            data = b"".join(self._pieces(member))
        except _DAMAGED as error:
            raise UnreadableArticle(_broken(self._name, error)) from error
        if data.startswith(_ARCHIVE_START):
            raise UnreadableArticle(_has_archive(self._name, member))
        return data

    def check_sizes(self) -> None:
        """Unpack every member and keep none; for libraries that open the file themselves.

        Raises:
            UnreadableArticle: One is damaged, or larger than it says.
        """
        for member in self.names:
            try:
                for _ in self._pieces(member):
                    pass
            except _DAMAGED as error:
                raise UnreadableArticle(_broken(self._name, error)) from error

    def _pieces(self, member: str) -> Iterator[bytes]:
        """Unpack in pieces: a member that lies about its size would be unpacked as a whole."""
        left = self._archive.getinfo(member).file_size
        with self._archive.open(member) as file:
            while piece := file.read(_PIECE_BYTES):
                left -= len(piece)
                if left < 0:
                    raise BadZipFile("a member is larger than stated")
                yield piece


@contextmanager
def open_archive(file: BinaryIO, name: str, kind: str) -> Iterator[Archive]:
    """Open a file that is a ZIP archive inside, after checking it.

    Args:
        file: An open file.
        name: What it is called in messages.
        kind: What it should be, for messages, as in "a Word document (.docx)".

    Raises:
        UnreadableArticle: It is no archive, damaged, locked with a password, has more than 1,000
            members or 100 MB unpacked, grows more than a hundredfold, has an archive inside, or a
            member whose name leads out of the folder it would be unpacked in.
    """
    try:
        archive = ZipFile(file)
    except _DAMAGED as error:
        raise UnreadableArticle(
            f"{name} is not {kind}: {said(error)}. Get the file again, or save its text as UTF-8 "
            "in a .txt or .md file and add that."
        ) from error
    with archive:
        _check(archive.infolist(), name)
        yield Archive(archive, name)


def _check(members: list[ZipInfo], name: str) -> None:
    if len(members) > MAX_MEMBERS:
        raise UnreadableArticle(_too_much(name, f"{len(members)} members", f"{MAX_MEMBERS}"))
    n_bytes = sum(member.file_size for member in members)
    if n_bytes > MAX_UNPACKED_BYTES:
        limit = f"{MAX_UNPACKED_BYTES // 1024 // 1024} MB"
        raise UnreadableArticle(
            _too_much(name, f"{n_bytes / 1024 / 1024:.1f} MB when unpacked", limit)
        )
    seen: set[str] = set()
    for member in members:
        _check_member(member, name)
        if member.filename in seen:
            raise UnreadableArticle(
                f"{name} has two members called {plain(member.filename)[:200]}: it is not clear "
                "which counts. Get the file again."
            )
        seen.add(member.filename)


def _check_member(member: ZipInfo, name: str) -> None:
    path = member.filename
    shown = plain(path)[:200]
    if path.startswith("/") or "\\" in path or ".." in path.split("/") or _DRIVE.match(path):
        raise UnreadableArticle(
            f"{name} has a member called {shown}, which leads out of its folder. Do not trust "
            "this file."
        )
    if path.lower().endswith(tuple(_ARCHIVES)) and not path.startswith(_EMBEDDED):
        raise UnreadableArticle(_has_archive(name, path))
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableArticle(f"{name} is locked with a password. Add an unlocked copy.")
    if member.file_size > max(_SMALL_BYTES, MAX_RATIO * member.compress_size):
        ratio = member.file_size // max(1, member.compress_size)
        raise UnreadableArticle(_too_much(name, f"{shown}, which grows {ratio}-fold", "100-fold"))


def _has_archive(name: str, member: str) -> str:
    return (
        f"{name} has an archive inside, {plain(member)[:200]}, which is not opened. Unpack it and "
        "add what is in it."
    )


def _too_much(name: str, what: str, limit: str) -> str:
    return f"{name} has {what}; the limit is {limit}. Save its text in a .txt or .md file."


def _broken(name: str, error: Exception) -> str:
    what = (
        "what is packed in it cannot be unpacked" if isinstance(error, zlib.error) else said(error)
    )
    return f"{name} is damaged: {what}. Get the file again."
