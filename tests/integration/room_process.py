"""A page over a few sample articles, in a process of its own that notes what it opens and reaches.

Run as ``python room_process.py FOLDER SETTINGS``; SETTINGS are those of the room, as JSON. The
deadlines are a second, so that a test can wait for them.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

NOTES = "notes.txt"


def watch(notes: Path) -> None:
    """Write down each connection and look-up that leaves this machine, and each file opened."""
    file = notes.open("a", buffering=1)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            file.write(f"connect {arguments[1][0]}:{arguments[1][1]}\n")
        elif event == "socket.getaddrinfo":
            file.write(f"look-up {arguments[0]}\n")
        elif event == "open" and isinstance(arguments[0], str):
            file.write(f"open {arguments[0]!a}\n")

    sys.addaudithook(hook)


def main(folder: Path, settings: dict[str, Any]) -> None:
    from corpus import find_articles, read_article  # heavy, and pytest looks for doctests here
    from corpus.sample import SAMPLE_ARTICLES
    from qa import Assistant, build_index
    from qa.interfaces.wall import bodies, connections
    from qa.interfaces.wall.limits import Limits
    from qa.interfaces.web import serve
    from qa.interfaces.web.room import RoomSettings

    bodies.OTHER_BODIES = replace(bodies.OTHER_BODIES, deadline_s=1.0)
    connections.PatientProtocol.deadline_s = 1.0
    paths = islice(find_articles([SAMPLE_ARTICLES]).paths, 6)
    build_index(folder / "index", [read_article(path).article for path in paths])
    if limits := settings.pop("limits", None):
        settings["limits"] = Limits(**limits)
    if file := settings.pop("auth_file", None):
        settings["auth_file"] = Path(file)
    with Assistant.open(folder / "index") as assistant:
        assistant.warm_up()
        watch(folder / NOTES)
        serve(assistant, port=0, settings=RoomSettings(**settings))


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
