"""Deployment agrees with what is there: units, image, proxies, backups, the operator's page."""

from __future__ import annotations

import configparser
import json
import os
import re
import runpy
import shutil
import sqlite3
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import requires
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import click
import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from corpus.originals import Original, Originals
from embeddings import processor
from embeddings.openvino_model import GRAPH, MANIFEST, TOKENIZER, WEIGHTS, Manifest, Precision
from qa.interfaces.cli import main
from qa.interfaces.kept.conversation_records import TurnRecord
from qa.interfaces.kept.conversations import Conversations, new_id
from tests.packaging.conftest import ROOT

DEPLOY = ROOT / "deploy"
PAGE = ROOT / "docs" / "operating.md"
SERVICES = sorted(DEPLOY.glob("*.service"))
ABOUT_PULLQUOTE = [unit for unit in SERVICES if "backup" not in unit.name]
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "PrivateUsers": "yes",
    "RestrictNamespaces": "yes",
    "CapabilityBoundingSet": "",
    "IPAddressDeny": "any",
    "UMask": "0077",
    "User": "pullquote",
}
EXTRAS = ("web", "api", "mcp", "formats")
PATIENCE_S = 120


class _All(dict[str, Any]):
    """Keeps all values of a setting that a unit names more than once."""

    def __setitem__(self, key: str, value: Any) -> None:
        if isinstance(value, list) and key in self:
            self[key].extend(value)
        else:
            super().__setitem__(key, value)


def read_unit(path: Path) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(
        strict=False, interpolation=None, delimiters=("=",), comment_prefixes="#", dict_type=_All
    )
    unit.optionxform = str  # type: ignore[method-assign, assignment]
    unit.read_string(path.read_text(encoding="utf-8"))
    return unit


def check_command(words: list[str]) -> None:
    """Let click read a command line of pullquote; it raises where an option does not exist."""
    group = click.Context(main, info_name="pullquote")
    name, command, rest = main.resolve_command(group, words)
    assert command
    context = click.Context(command, parent=group, info_name=name)
    _, left, _ = command.make_parser(context).parse_args(list(rest))
    assert left == []


@pytest.mark.parametrize("path", ABOUT_PULLQUOTE, ids=lambda path: path.name)
def test_a_unit_starts_a_command_that_exists(path: Path) -> None:
    program, *words = read_unit(path)["Service"]["ExecStart"].split()
    assert program == "/opt/pullquote/bin/pullquote"
    check_command(words)


def test_a_command_with_a_made_up_option_is_found_out() -> None:
    with pytest.raises(click.NoSuchOption):
        check_command(["serve", "--no-such-option"])


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_unit_is_hardened(path: Path) -> None:
    service = read_unit(path)["Service"]
    assert {name: service.get(name) for name in HARDENED} == HARDENED
    assert service["SystemCallFilter"].splitlines()[0] == "@system-service"
    assert service["MemoryMax"]
    assert "pullquote" in service["StateDirectory"].split()


def test_a_timer_starts_a_unit_that_is_there() -> None:
    timers = sorted(DEPLOY.glob("*.timer"))
    assert len(timers) == 2
    for path in timers:
        started = read_unit(path)["Timer"].get("Unit", path.with_suffix(".service").name)
        assert (DEPLOY / started).exists()
        assert read_unit(DEPLOY / started)["Service"]["Type"] == "oneshot"


def test_the_settings_that_units_name_are_settings() -> None:
    file = DEPLOY / "pullquote.toml"
    told = CliRunner().invoke(main, ["--config", str(file), "config", "--json"])
    assert told.exit_code == 0, told.output
    settings = tomllib.loads(file.read_text(encoding="utf-8"))
    assert settings["index"] == "/var/lib/pullquote/index"
    for path in ABOUT_PULLQUOTE:
        assert "PULLQUOTE_CONFIG=/etc/pullquote/pullquote.toml" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_is_told_with_a_command_that_exists(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    (command,) = re.findall(r"^#\s+pullquote (.+)$", text, re.MULTILINE)
    check_command(command.split())
    assert "127.0.0.1:7860" in text
    root = command.split("--root-path ")[1].split()[0]
    assert f"{root}/" in text


def test_nginx_says_who_asks_and_holds_no_answer_back() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    # `$proxy_add_x_forwarded_for` would pass on what a client claims to be.
    assert "X-Forwarded-For $remote_addr;" in text
    assert "proxy_add_x_forwarded_for" not in text
    assert "proxy_buffering off;" in text


def closure(left_out: frozenset[str]) -> set[str]:
    """Return all packages that pullquote with its extras needs, but those and what they need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    first = [*project["dependencies"], *(text for extra in EXTRAS for text in optional[extra])]
    seen: set[tuple[str, frozenset[str]]] = set()
    wanted = [Requirement(text) for text in first]
    while wanted:
        requirement = wanted.pop()
        name, extras = canonicalize_name(requirement.name), frozenset(requirement.extras)
        if name in left_out or (name, extras) in seen:
            continue
        seen.add((name, extras))
        for text in requires(name) or []:
            needed = Requirement(text)
            marker = needed.marker
            if not marker or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                wanted.append(needed)
    return {name for name, _ in seen}


def lines_of(path: Path) -> set[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def test_the_image_leaves_out_what_only_pytorch_needs_and_nothing_else() -> None:
    served = closure(frozenset({"torch", "sentence-transformers", "openvino-telemetry"}))
    pins = {line.partition("==")[0] for line in lines_of(ROOT / "requirements.txt")}
    assert {"gradio", "openvino", "tokenizers", "trafilatura"} <= served
    assert lines_of(DEPLOY / "left-out.txt") == pins - served


def test_the_image_is_made_of_files_that_are_there_and_not_ignored() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = {
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE)
        for source in line.split()[:-1]
    }
    assert {"corpus", "embeddings", "qa", "requirements.txt"} <= copied
    assert [source for source in copied if not (ROOT / source).exists()] == []
    let_in = {line[1:] for line in lines_of(ROOT / ".containerignore") if line.startswith("!")}
    assert {source.partition("/")[0] for source in copied} == let_in


def test_the_image_runs_as_nobody_in_particular_and_tells_how_it_is() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    last = text[text.rindex("\nFROM ") :]
    assert "\nUSER 10001:10001\n" in last
    assert "\nVOLUME /index\n" in last
    assert "pip" not in last
    assert '"/opt/healthy.py"' in last[last.index("HEALTHCHECK") :]
    (program,) = json.loads(last.split("\nENTRYPOINT ")[1].splitlines()[0])
    assert program == "pullquote"
    check_command(json.loads(last.split("\nCMD ")[1].splitlines()[0]))
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f'image.version="{version}"' in last


class _Fake:
    """Stands for the encoder: what it converts is a folder with the precision the flags allow."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self.files = SimpleNamespace(fingerprint="f" * 64)

    def folder(self) -> Path:
        return self._cache / f"encoder-{processor.processor_name()}"

    def encode_questions(self, _: list[str]) -> None:
        folder = self.folder()
        if folder.exists():
            return
        name = "bf16" if processor.multiplies_bf16() else "float32"
        precision = Precision(name=name, arithmetic=name)
        folder.mkdir(parents=True)
        (folder / WEIGHTS).write_bytes(b"weights")
        (folder / MANIFEST).write_text(manifest(precision).to_json())


def manifest(precision: Precision) -> Manifest:
    return Manifest(
        source="f" * 64, precision=precision, cosine=1.0, dim=4, window=8, max_tokens=6,
        prompts={}, inputs=(), pad_id=0, lowercase=False, gives_parts=True,
        sha256=dict.fromkeys((GRAPH, WEIGHTS, TOKENIZER), ""),
    )  # fmt: skip


def test_an_image_holds_a_conversion_for_every_kind_of_processor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    converting = runpy.run_path(str(DEPLOY / "convert.py"))
    fake = _Fake(tmp_path)
    inside = converting["convert_for_all"].__globals__
    monkeypatch.setitem(inside, "load_encoder", lambda: fake)
    monkeypatch.setitem(inside, "compiled_folder", lambda _: fake.folder())
    monkeypatch.setattr(inside["platform"], "machine", lambda: "x86_64")
    monkeypatch.setattr(processor, "cpu_flags", lambda: frozenset({"avx2", "avx512_bf16", "sse"}))
    converting["convert_for_all"]()

    known = ("amx_bf16", "avx2", "avx512_bf16", "avx512_vnni", "avx512f")
    for number in range(len(known) + 1):
        for kinds in combinations(known, number):
            monkeypatch.setattr(processor, "cpu_flags", lambda kinds=kinds: frozenset(kinds))
            kept = Manifest.from_json((fake.folder() / MANIFEST).read_text())
            fast = {"amx_bf16", "avx512_bf16"} & set(kinds)
            assert kept.precision.name == ("bf16" if fast else "float32"), kinds
            assert (fake.folder() / WEIGHTS).read_bytes() == b"weights"
    assert sum(not path.is_symlink() for path in tmp_path.iterdir()) == 2


@contextmanager
def answering(status: int) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        asked: ClassVar[list[str]] = []

        def do_GET(self) -> None:
            self.asked.append(self.path)
            self.send_response(status if self.path == "/v1/health" else 404)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def health_of(port: int) -> int:
    asked = subprocess.run(
        [sys.executable, DEPLOY / "healthy.py"],
        env={**os.environ, "PULLQUOTE_PORT": str(port)}, capture_output=True,
        timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    return asked.returncode


def test_the_health_check_tells_a_sound_server_from_others() -> None:
    with answering(200) as port:
        assert health_of(port) == 0
    assert health_of(port) == 1  # nobody is there any more
    with answering(503) as port:
        assert health_of(port) == 1


def run(*command: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def pullquote(*arguments: str | Path) -> str:
    return run("-c", "from qa.interfaces.cli import main; main()", *arguments)


def back_up(index: Path, destination: Path, keep: int = 3) -> Path:
    told = run(DEPLOY / "backup.py", index, destination, "--keep", str(keep))
    return Path(told.partition(": ")[0])


def turn(asked: str) -> TurnRecord:
    when = "2026-11-25T12:00:00+00:00"
    return TurnRecord(asked=asked, scope={}, answer=None, notice="nothing", asked_at=when)


@pytest.fixture
def index(sample_folder: Path, tmp_path: Path) -> Path:
    """An index with what two visitors asked, one of whom has deleted it."""
    folder = tmp_path / "index"
    shutil.copytree(sample_folder / "index", folder)
    with closing(Conversations(folder / "room" / "conversations.db")) as kept:
        kept.append("v:ada", "a" * 22, turn("Who pays for the barrier?"))
        kept.append("v:ben", gone := new_id(), turn("Nobody may read zanzibar"))
        kept.remove("v:ben", gone)
    Originals(folder).keep("a.html", b"<p>as it came</p>", [("a", "1")])
    (folder / "room" / "secret").write_text("s" * 64)
    (folder / "room" / "secret").chmod(0o600)
    return folder


def test_a_restore_drill(index: Path, tmp_path: Path) -> None:
    made = back_up(index, tmp_path / "backups")
    shutil.rmtree(index)

    new = tmp_path / "restored"
    pullquote("restore", made / "index.db", "--index", new)
    shutil.copy2(made / "originals.db", new)
    (new / "room").mkdir(mode=0o700)
    for name in ("conversations.db", "secret"):
        shutil.copy2(made / name, new / "room")

    assert "sound" in pullquote("verify", "--index", new)
    told = pullquote("ask", "How much did the tidal barrier cost?", "--index", new, "--json")
    assert "crowns" in json.loads(told)["text"]
    with closing(Conversations(new / "room" / "conversations.db")) as kept:
        assert kept.owns("v:ada", "a" * 22)
        assert kept.listed("v:ben") == []
    assert (new / "room" / "secret").read_text() == "s" * 64
    assert Originals(new).of("a", "1") == Original(name="a.html", data=b"<p>as it came</p>")


def test_a_backup_is_for_its_owner_and_holds_nothing_that_was_deleted(
    index: Path, tmp_path: Path
) -> None:
    made = back_up(index, tmp_path / "backups")
    whole = {"index.db", "originals.db", "conversations.db", "secret"}
    assert {path.name for path in made.iterdir()} == whole
    assert b"zanzibar" not in (made / "conversations.db").read_bytes()
    assert b"barrier" in (made / "conversations.db").read_bytes()
    assert all(path.stat().st_mode & 0o077 == 0 for path in (made, *made.iterdir()))


def test_the_oldest_backups_go_and_nothing_else(index: Path, tmp_path: Path) -> None:
    backups = tmp_path / "backups"
    for name in ("2020-01-01T00-00-00Z", "2021-01-01T00-00-00Z", "mine", ".part-cut-short"):
        (backups / name).mkdir(parents=True)
    made = back_up(index, backups, keep=2)
    left = {path.name for path in backups.iterdir()}
    assert left == {"2021-01-01T00-00-00Z", "mine", made.name}


def test_no_backup_is_left_of_an_index_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "backups" / "2020-01-01T00-00-00Z").mkdir(parents=True)
    with pytest.raises(AssertionError, match="no backup was made: no index at"):
        back_up(tmp_path / "none", tmp_path / "backups", keep=1)
    assert [path.name for path in (tmp_path / "backups").iterdir()] == ["2020-01-01T00-00-00Z"]


@pytest.mark.parametrize("away", [-1, 1], ids=["older", "newer"])
def test_an_index_of_another_format_is_refused_and_left_as_it_is(
    index: Path, tmp_path: Path, away: int
) -> None:
    with closing(sqlite3.connect(index / "store.db")) as store:
        (own,) = store.execute("PRAGMA user_version").fetchone()
        store.execute(f"PRAGMA user_version = {own + away}")
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (index / "store.db").read_bytes()
    (tmp_path / "a.md").write_text("The gate shut at noon.\n")
    for command in (["ask", "Who?"], ["index", str(tmp_path / "a.md")]):
        told = CliRunner().invoke(main, [*command, "--index", str(index)])
        assert told.exit_code == 1
        assert f"has format {own + away}, this pullquote reads {own}" in told.stderr
    assert (index / "store.db").read_bytes() == before


def test_the_sizes_that_operators_read_are_those_that_were_measured() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = page[page.index("## Sizes") :].partition("\n## ")[0]
    scale = json.loads((ROOT / "bench/results/scale.json").read_text())["result"]["sizes"]
    assert len(scale) == 3
    for size in scale:
        for figure in (
            f"{size['passages']:,}",
            f"{size['disk_bytes_per_passage']['all']:,}",
            f"{size['serving_mb']} MB",
            f"{size['building_mb']:,} MB",
            f"{size['retrieval_ms']['p50']} ms",
            f"{size['answer_ms']['p50']:.0f} ms",
        ):
            assert figure in table, figure
    load = json.loads((ROOT / "bench/results/page-load.json").read_text())["result"]
    for clients in ("clients_1", "clients_4", "clients_16"):
        assert f"{load[clients]['answers_per_second']:.1f}" in table


def test_every_file_that_is_deployed_is_told_of() -> None:
    page = PAGE.read_text(encoding="utf-8")
    names = {path.name for path in DEPLOY.iterdir() if path.is_file()}
    assert [name for name in names if name not in page] == []
