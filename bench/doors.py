"""How many commands, and how long, from an empty environment to a cited answer, door by door?

Each door begins with nothing but the wheel, a folder of articles and no cache of ours; packages may
come from pip's cache. Every command is run by a shell and timed; a server counts until it says its
address. The environments take 2 GB each and are removed, one after the other.

    python -m bench.doors --out bench/results/doors.json
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from threading import Timer
from typing import Any

from bench.door_steps import ANSWERS, DOORS, IN_BROWSER, QUESTION, Door
from bench.page_clients import PageClient
from bench.record import record
from bench.servers import ROOT
from corpus.sample import SAMPLE_ARTICLES

MOST_COMMANDS = 5
PATIENCE_S = 1_800
SOURCES = ("corpus", "embeddings", "qa", "pyproject.toml", "README.md", "LICENSE")
_HIDDEN = ("PYTHON", "PULLQUOTE_", "VIRTUAL_ENV", "XDG_")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--doors", nargs="*", help="only these", metavar="NAME")
    parser.add_argument("--wheel", type=Path, help="other than one that is built of this tree")
    parser.add_argument("--out", type=Path, help="with --doors, its others stay as they are")
    given = parser.parse_args()
    doors = [door for door in DOORS if not given.doors or door.name in given.doors]
    with tempfile.TemporaryDirectory() as folder:
        wheel = given.wheel or built(Path(folder))
        record("doors", measure(doors, wheel.resolve(), before(given.out)), given.out)


def before(out: Path | None) -> dict[str, Any]:
    """Return the doors that a result holds already."""
    return json.loads(out.read_text())["result"]["doors"] if out and out.exists() else {}


def built(folder: Path) -> Path:
    """Build the wheel from a copy of the sources, so that nothing is left among them."""
    source = folder / "source"
    source.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name)
        else:
            shutil.copy(ROOT / name, source)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def measure(doors: Sequence[Door], wheel: Path, reached: dict[str, Any]) -> dict[str, Any]:
    """Go through the doors, one after the other; `reached` holds others."""
    reached = {door.name: reached[door.name] for door in DOORS if door.name in reached}
    for door in doors:
        with tempfile.TemporaryDirectory() as folder:
            reached[door.name] = through(door, wheel, Path(folder))
            print(door.name, reached[door.name]["seconds"], flush=True, file=sys.stderr)
    return {
        "question": QUESTION,
        "articles": len(list(SAMPLE_ARTICLES.glob("*.md"))),
        "pip_cache": "may be warm",
        "all_cited": all(each["cited"] for each in reached.values()),
        "most_commands": max((each["commands"] for each in reached.values()), default=0),
        "doors": reached,
    }


def through(door: Door, wheel: Path, folder: Path) -> dict[str, Any]:
    """Run a door's commands in an empty folder; return how long each took, and what it came to."""
    shutil.copytree(SAMPLE_ARTICLES, folder / "news")
    for file in door.examples:
        shutil.copy(ROOT / file, folder)
    for name, program in door.programs.items():
        (folder / name).write_text(program, encoding="utf-8")
    port, steps, said = free_port(), list[dict[str, Any]](), ""
    with ExitStack() as servers:
        for line in door.commands:
            command = line.format(wheel=wheel, port=port)
            began = time.perf_counter()
            said, sound = done(command, port, folder, servers)
            seconds = round(time.perf_counter() - began, 2)
            steps.append({"command": command.replace(str(wheel), wheel.name), "seconds": seconds})
            if not sound:
                break
    finished = len(steps) == len(door.commands)
    return {
        "commands": len(door.commands) - (IN_BROWSER in door.commands),
        "cited": finished and (is_cited(said) or door.commands[-1] == IN_BROWSER),
        "seconds": round(sum(step["seconds"] for step in steps), 1),
        "steps": steps,
        "said": said[-600:],
    }


def done(command: str, port: int, folder: Path, servers: ExitStack) -> tuple[str, bool]:
    """Do one step; return what it said, and whether it went well."""
    if command == IN_BROWSER.format(port=port):
        return asked_of_page(f"http://127.0.0.1:{port}")
    if command.endswith("&"):
        return started(command.removesuffix("&"), folder, servers)
    run = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    return (run.stdout if run.returncode == 0 else run.stderr), run.returncode == 0


def started(command: str, folder: Path, servers: ExitStack) -> tuple[str, bool]:
    """Start a server and wait until it says where it is."""
    process = subprocess.Popen(
        ["bash", "-c", f"exec {command}"],
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    servers.callback(process.wait)
    servers.callback(process.send_signal, signal.SIGTERM)
    silent = Timer(PATIENCE_S, process.kill)
    silent.start()
    servers.callback(silent.cancel)
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if "http://127.0.0.1" in line:
            return said, True
    return said, False


def asked_of_page(url: str) -> tuple[str, bool]:
    """Ask as a browser does; the page's answer holds a source, or the step has failed."""

    async def ask() -> bool:
        visitor = PageClient(url, 1)
        try:
            await visitor.open()
            return (await visitor.ask(QUESTION)).answered
        finally:
            await visitor.close()

    answered = asyncio.run(ask())
    return "a card with a source" if answered else "no answer with a source", answered


def is_cited(said: str) -> bool:
    """Say whether the answer stands there, and the title of an article that it is from."""
    titles = [
        line.removeprefix("title: ").strip().strip('"')
        for file in SAMPLE_ARTICLES.glob("tidal-barrier-*.md")
        for line in file.read_text(encoding="utf-8").splitlines()[:6]
        if line.startswith("title: ")
    ]
    return any(text in said for text in ANSWERS) and any(title in said for title in titles)


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of somebody who has used neither this project nor its models."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_HIDDEN)}
    path = [part for part in os.get_exec_path() if not (Path(part).parent / "pyvenv.cfg").exists()]
    cache = os.environ.get("PIP_CACHE_DIR", str(Path.home() / ".cache" / "pip"))
    own = {"HOME": str(folder), "PIP_CACHE_DIR": cache, "PATH": os.pathsep.join(path)}
    as_in_a_terminal = {"PYTHONUNBUFFERED": "1"}
    return {**kept, **own, **as_in_a_terminal, "HAYSTACK_TELEMETRY_ENABLED": "False"}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


if __name__ == "__main__":
    main()
