"""Is another server at work in this data folder? What it keeps there is not to be swept away."""

from __future__ import annotations

import fcntl
import os
import weakref
from contextlib import suppress
from pathlib import Path

_FILE = "LOCK"


class Presence:
    """Says to other processes that this one uses a folder, for as long as the object lives.

    The system takes it back from a process that was killed.
    """

    def __init__(self, folder: Path) -> None:
        """Begin; `alone` says whether nobody else used the folder at that moment."""
        handle = os.open(folder / _FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._end = weakref.finalize(self, os.close, handle)
        self._handle = handle
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.alone: bool = True
        except BlockingIOError:
            fcntl.flock(handle, fcntl.LOCK_SH)
            self.alone = False
        except OSError:  # a file system without locks: nobody knows
            self.alone = False

    def let_others_in(self) -> None:
        """Let others begin, who wait for it: what was left behind is swept away."""
        with suppress(OSError):
            fcntl.flock(self._handle, fcntl.LOCK_SH)
