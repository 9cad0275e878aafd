"""What a process gives up before it looks at a file nobody vouches for.

Memory beyond a limit, processor time, the network, other programs, and writing. What a system does
not know is left out there; the parent's limits of time and output hold everywhere.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from typing import Any

from corpus.parsing.limits import Limits

_MAX_OPEN_FILES = 64
# What fits into this much of standard error is kept for the reason why a process ended.
_MAX_WRITTEN_BYTES = 64 * 1024

_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES = 1, 38  # of Linux's prctl

_REFUSED = (
    *("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system"),
    *("os.startfile", "os.kill", "pty.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser."),
    *("shutil.", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink"),
    *("os.truncate", "os.chmod", "os.chown", "os.utime", "os.setxattr", "os.removexattr"),
    *("tempfile.", "sqlite3.connect"),
)
"""How the names of audit events begin that no reading of a file has a reason to cause."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(limits: Limits) -> None:
    """Give up, for good, what reading does not need; Ctrl-C is left to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        import ctypes

        libc = ctypes.CDLL(None)
        libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_FSIZE", _MAX_WRITTEN_BYTES)
    _limit("RLIMIT_NOFILE", _MAX_OPEN_FILES)
    _limit("RLIMIT_NPROC", 0)
    _limit("RLIMIT_AS", limits.memory_bytes)
    sys.addaudithook(_refuse)


def allow_processor_time(seconds: int) -> None:
    """Let the system end this process when it has worked so long from now on."""
    _limit("RLIMIT_CPU", int(time.process_time()) + 1 + seconds, for_good=False)


def bytes_in_use() -> int:
    """Return how much address space this process has; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - done after every file
            return int(file.read().split()[0]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 0


def _limit(name: str, most: int, *, for_good: bool = True) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    # macOS knows some limits and refuses to set them.
    with suppress(AttributeError, ValueError, OSError):
        which = getattr(resource, name)
        hard = most if for_good else resource.getrlimit(which)[1]
        resource.setrlimit(which, (most, hard))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse an audit event: a hook of this process that nothing can take off again."""
    if event == "open":
        if isinstance(arguments[2], int) and arguments[2] & _WRITING:
            raise PermissionError("a file was to be opened for writing")
    elif event.startswith(_REFUSED):
        raise PermissionError(f"{event} was asked for")
