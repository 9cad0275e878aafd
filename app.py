"""The web app: `python app.py` serves it; `gradio app.py` and a Space look for `demo`.

Environment: PULLQUOTE_INDEX (default: index), PULLQUOTE_HOST (127.0.0.1), PULLQUOTE_PORT (7860).
PULLQUOTE_READER names another reader than the one that ships (`pullquote ask --help`).
PULLQUOTE_ALLOWED_HOSTS names further hosts, with commas, under which the page may be asked for.
Where there is no index yet, one is made from the sample articles, to have something to ask.
"""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from corpus import IndexNotFound, PullquoteError
from corpus.sample import SAMPLE_ARTICLES
from qa import Assistant
from qa.interfaces.filing import index_files
from qa.interfaces.wall.listening import in_url, listen
from qa.interfaces.web import Room, RoomSettings, build_page, serve_room


def _port(text: str) -> int:
    if not text.isdecimal():
        raise SystemExit(f"error: PULLQUOTE_PORT must be a number, not {text!r}")
    return int(text)


INDEX = Path(os.environ.get("PULLQUOTE_INDEX", "index"))
READER = os.environ.get("PULLQUOTE_READER") or None
HOST = os.environ.get("PULLQUOTE_HOST", "127.0.0.1")
PORT = _port(os.environ.get("PULLQUOTE_PORT", "7860"))
ALLOWED_HOSTS = os.environ.get("PULLQUOTE_ALLOWED_HOSTS", "").replace(",", " ").split()


def open_assistant() -> Assistant:
    """Open the index, made from the sample articles first if there is none."""
    try:
        return Assistant.open(INDEX, reader=READER)
    except IndexNotFound:
        index_files([SAMPLE_ARTICLES], INDEX)
        return Assistant.open(INDEX, reader=READER)
    except PullquoteError as error:
        raise SystemExit(f"error: {error}") from None


room = Room(open_assistant(), RoomSettings(hosts=[in_url(HOST), *ALLOWED_HOSTS]))
demo = build_page(room)

if __name__ == "__main__":
    with room.assistant, closing(room), closing(listen(HOST, PORT)) as listening:
        serve_room(room, listening, demo=demo)
