"""Where does a server answer that was started in a process of its own, and when does it end?

Benchmarks and tests start what they ask here. As a program it serves the sample articles:
`python -m bench.servers page INDEX`, or `api`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.sample import SAMPLE_ARTICLES

ROOT = Path(__file__).parents[1]
PATIENCE_S = 30
_PROXY = "127.0.0.1"
"""Clients tell addresses of their own as a proxy does; they are believed."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    url: str
    pid: int


@contextmanager
def running(
    arguments: Sequence[Path | str],
    *,
    log: Path | None = None,
    variables: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run Python with these arguments until the block ends; its first line tells the address.

    Args:
        arguments: A script or a module, and what it takes.
        log: The file for what it writes to standard error, if it is not to be seen.
        variables: Further environment variables.

    Raises:
        RuntimeError: the server did not start; the message holds what it said.
    """
    with ExitStack() as held:
        process = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(variables or {})},
            stdout=subprocess.PIPE,
            stderr=held.enter_context(log.open("w")) if log else None,
            text=True,
        )
        held.callback(_end, process)
        assert process.stdout
        ready = re.search(r"http://[^/\s]+", process.stdout.readline())
        if not ready:
            said = log.read_text() if log else "its error stands above"
            raise RuntimeError(f"the server did not start: {said}")
        yield Server(ready[0], process.pid)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(timeout=PATIENCE_S)
    finally:
        process.kill()  # does nothing to one that has ended
        assert process.stdout
        process.stdout.close()


Kind = Literal["page", "api"]


def sample_server(kind: Kind, index: Path) -> AbstractContextManager[Server]:
    """Serve the sample articles from the folder `index`, which is made if need be."""
    return running(["-m", "bench.servers", kind, index])


def sample_index(folder: Path) -> Path:
    """Return an index of the sample articles in `folder`, made if there is none."""
    from corpus import find_articles, read_article
    from qa import build_index

    if not folder.exists():
        paths = find_articles([SAMPLE_ARTICLES]).paths
        build_index(folder, [read_article(path).article for path in paths])
    return folder


def main(kind: Kind, folder: Path) -> None:
    """Serve the sample articles with the default limits until the process is ended."""
    from qa import Assistant

    with Assistant.open(sample_index(folder)) as assistant:
        assistant.warm_up()
        if kind == "page":
            from qa.interfaces.web import serve
            from qa.interfaces.web.room import RoomSettings

            serve(assistant, port=0, settings=RoomSettings(trusted_proxies=[_PROXY]))
        else:
            from qa.interfaces.rest.api_settings import ApiSettings
            from qa.interfaces.rest.serving import serve_api

            serve_api(assistant, port=0, settings=ApiSettings(trusted_proxies=[_PROXY]))


if __name__ == "__main__":
    main("api" if sys.argv[1] == "api" else "page", Path(sys.argv[2]))
