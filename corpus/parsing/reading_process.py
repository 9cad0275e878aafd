"""One child process that reads files: starting it, asking it, and ending it when it must end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from corpus.parsing.limits import OUT_OF_MEMORY, Limits

_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-P", "-B", "-X", "utf8", "-m", "corpus.parsing.child")
# Without these some Pythons do not start.
_KEPT_VARIABLES = ("SYSTEMROOT", "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_LOOK_EVERY_S = 0.1
_LAST_WORDS_BYTES = 2000
_MAX_LAST_WORDS_CHARS = 200
_GB = 1024**3


class StoppedReading(Exception):
    """Reading a file had to end; the text goes on after the file's name, without a full stop."""


class ReadingProcess:
    """A child process, and a thread that starts it and ends it when it is silent for too long.

    The thread lives as long as the process: Linux ends a process that asked to die with its parent
    when the thread that started it ends.
    """

    def __init__(self, limits: Limits, *, folder: str) -> None:
        """Start it in an empty folder.

        Raises:
            StoppedReading: The system starts no process.
        """
        self._limits = limits
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._n_files = 0
        self._file_s = self._waited_s = 0.0
        self._allowed_s = 0.0
        self._deadline: float | None = None
        self._ran_out = False
        self._lock = threading.Lock()  # over the two above
        self._closing = threading.Event()
        self._started = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._start_error: OSError | None = None
        self._keeper = threading.Thread(target=self._keep, args=(folder,), daemon=True)
        self._keeper.start()
        self._started.wait()
        self._check_started()

    @property
    def id(self) -> int:
        """The number of the process."""
        return self._running.pid

    def is_alive(self) -> bool:
        """Say whether it can be asked."""
        return not self._ran_out and self._running.poll() is None

    def is_fresh(self, bytes_in_use: int) -> bool:
        """Say whether it may read one more file, having so much memory in use."""
        return self._n_files < self._limits.files and bytes_in_use <= self._limits.kept_bytes

    def ask(self, request: dict[str, Any], file_s: float) -> None:
        """Hand it a file, for which its messages may be waited for so long in all."""
        self._n_files += 1
        self._file_s, self._waited_s = file_s, 0.0
        pipe = self._running.stdin
        assert pipe
        with suppress(BrokenPipeError):  # no answer will come, and that is told
            pipe.write(json.dumps(request).encode() + b"\n")
            pipe.flush()

    def answer(self) -> dict[str, Any]:
        """Wait for its next message.

        Raises:
            StoppedReading: It said that it failed, ended, was silent for too long, or said too
                much at once.
        """
        line = self._line()
        if len(line) > self._limits.line_bytes:
            raise StoppedReading("gives more text and marks at once than any article has")
        if not line.endswith(b"\n"):
            raise StoppedReading(self._why_it_ended())
        try:
            message = json.loads(line)
            if message["kind"] == "error":
                raise StoppedReading(self._failure(str(message["error"]), str(message["reason"])))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise StoppedReading("cannot be read (an answer without sense)") from error
        return dict(message)

    def close(self) -> None:
        """End it now, and wait until it is gone."""
        self._closing.set()
        self._running.kill()
        self._running.wait()
        self._keeper.join()
        for pipe in (self._running.stdin, self._running.stdout, self._errors):
            if pipe:
                with suppress(BrokenPipeError):  # what was never taken
                    pipe.close()

    @property
    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process
        return self._process

    def _keep(self, folder: str) -> None:
        try:
            self._process = subprocess.Popen(
                [*_COMMAND, json.dumps(asdict(self._limits))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                cwd=folder,
                env=_environment(),
            )
        except OSError as error:
            self._start_error = error
            return
        finally:
            self._started.set()
        while not self._closing.wait(min(_LOOK_EVERY_S, self._limits.wait_s / 4)):
            with self._lock:
                if self._deadline is not None and time.monotonic() > self._deadline:
                    self._ran_out = True
                    self._process.kill()
                    return

    def _check_started(self) -> None:
        if self._start_error:
            self._errors.close()
            raise StoppedReading(f"was not read: no process can be started ({self._start_error})")

    def _line(self) -> bytes:
        pipe = self._running.stdout
        assert pipe
        began = time.monotonic()
        left_s = self._file_s - self._waited_s
        self._allowed_s = self._file_s if left_s < self._limits.wait_s else self._limits.wait_s
        self._deadline = began + min(left_s, self._limits.wait_s)
        line = pipe.readline(self._limits.line_bytes + 1)
        with self._lock:
            self._deadline = None
        self._waited_s += time.monotonic() - began
        return line

    def _why_it_ended(self) -> str:
        if self._ran_out:
            return f"took longer than {round(self._allowed_s, 1):g} seconds to read"
        code = self._running.wait()
        if code == OUT_OF_MEMORY:
            return self._failure("MemoryError", "")
        if -code == getattr(signal, "SIGXCPU", None):
            return f"took longer than {self._limits.cpu_s} seconds of processor time to read"
        how = f"code {code}" if code >= 0 else f"signal {_signal_name(-code)}"
        return f"cannot be read (the process that read it ended with {how}{self._last_words()})"

    def _failure(self, error: str, reason: str) -> str:
        if error == "MemoryError":
            return f"needed more than {self._limits.memory_bytes / _GB:.2g} GB of memory to read"
        return f"cannot be read ({error}: {reason})" if reason else f"cannot be read ({error})"

    def _last_words(self) -> str:
        self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, self._errors.tell() - _LAST_WORDS_BYTES))
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        if not lines:
            return ""
        shown = "".join(char if char.isprintable() else "\ufffd" for char in lines[-1])
        return f": {shown[:_MAX_LAST_WORDS_CHARS]}"


def _environment() -> dict[str, str]:
    """Return what the child needs to find the same packages, and nothing that is private."""
    folders = [str(_ROOT), *(folder for folder in sys.path if os.path.isabs(folder))]  # noqa: PTH117
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    fixed = {"TZ": "UTC", "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return {**kept, **fixed, "PYTHONPATH": os.pathsep.join(folders)}


def _signal_name(number: int) -> str:
    with suppress(ValueError):
        return signal.Signals(number).name
    return str(number)
