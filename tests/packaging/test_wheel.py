"""The wheel holds what the programs need and nothing else, and works away from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT

PACKAGES = {"corpus", "embeddings", "qa"}
SOURCES = (*sorted(PACKAGES), "pyproject.toml", "README.md", "LICENSE")
DATA = (
    "corpus/sample/articles/*.md",
    "corpus/sample/questions-*.jsonl",
    "corpus/sample/LICENSE",
    "embeddings/weights/*",
    "qa/calibration/*.json",
    "qa/weights/span/*",
    "qa/interfaces/rest/static/*.*",
    "qa/interfaces/strings/*.json",
    "qa/interfaces/web/static/*.*",
    "qa/interfaces/web/static/fonts/*.*",
    *(f"{package}/py.typed" for package in sorted(PACKAGES)),
)
PATIENCE_S = 180

Run = Callable[..., str]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy, so that building leaves nothing in the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, source / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, source)
    build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    subprocess.run([sys.executable, *build], check=True, capture_output=True, timeout=PATIENCE_S)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def files(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.testzip() is None
        return set(archive.namelist())


@pytest.fixture(scope="module")
def run(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run a program of a new environment that holds the wheel, in a folder of its own."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    programs = folder / "venv" / "bin"
    pip = ["-m", "pip", "--python", str(programs / "python"), "install", "--quiet"]
    alone = ["--no-deps", "--no-index", "--disable-pip-version-check", str(wheel)]
    subprocess.run(
        [sys.executable, *pip, *alone], check=True, capture_output=True, timeout=PATIENCE_S
    )
    (packages,) = (folder / "venv").glob("lib/python*/site-packages")
    # A line in a .pth file is a path only: an editable install of ours over there stays unseen.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (folder / "cwd").mkdir()
    hidden = ("PYTHON", "PULLQUOTE_")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(hidden)}

    def run_there(program: str, *arguments: str | Path) -> str:
        result = subprocess.run(
            [programs / program, *arguments],
            cwd=folder / "cwd", env=environment, check=False,
            capture_output=True, text=True, timeout=PATIENCE_S,
        )  # fmt: skip
        assert (result.returncode, result.stderr) == (0, "")
        return result.stdout

    return run_there


def test_the_wheel_is_pure_and_named_after_the_project(wheel: Path) -> None:
    assert wheel.name == "pullquote-0.1.0-py3-none-any.whl"


def test_the_wheel_holds_our_three_packages_and_nothing_else(files: set[str]) -> None:
    tops = {name.partition("/")[0] for name in files}
    assert tops == PACKAGES | {"pullquote-0.1.0.dist-info"}


def test_the_wheel_holds_every_module_and_every_data_file(files: set[str]) -> None:
    modules = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    data = [path for pattern in DATA for path in ROOT.glob(pattern)]
    assert [pattern for pattern in DATA if not any(ROOT.glob(pattern))] == []
    wanted = {path.relative_to(ROOT).as_posix() for path in (*modules, *data)}
    assert {name for name in files if not name.startswith("pullquote-")} == wanted


def test_the_wheel_carries_its_licences_and_its_command(wheel: Path, files: set[str]) -> None:
    licences = {name.partition("/licenses/")[2] for name in files if "/licenses/" in name}
    assert licences >= {"LICENSE", "corpus/sample/LICENSE"}
    assert "qa/interfaces/web/static/fonts/OFL.txt" in licences
    with zipfile.ZipFile(wheel) as archive:
        entry = archive.read("pullquote-0.1.0.dist-info/entry_points.txt").decode()
    assert "pullquote = qa.interfaces.cli:main" in entry


def test_what_runs_is_the_wheel_and_not_the_checkout(run: Run) -> None:
    places = run(
        "python",
        "-c",
        "import corpus, embeddings, qa\nfor m in (corpus, embeddings, qa): print(m.__file__)",
    )
    assert len(places.split()) == len(PACKAGES)
    assert all("/venv/lib/" in place and str(ROOT) not in place for place in places.split())


def test_the_installed_command_tells_its_version(run: Run) -> None:
    assert run("pullquote", "--version") == "pullquote, version 0.1.0\n"


def test_the_installed_command_indexes_and_answers_away_from_the_checkout(run: Run) -> None:
    code = "from corpus.sample import SAMPLE_ARTICLES; print(SAMPLE_ARTICLES, end='')"
    articles = Path(run("python", "-c", code))
    chosen = sorted(articles.glob("tidal-barrier-*.md"))
    assert len(chosen) == 4
    printed = run("pullquote", "index", *chosen)
    assert printed == "index: 4 added, 0 unchanged, 0 replaced, 0 failed\n"
    answer = run("pullquote", "ask", "How much did the tidal barrier cost?")
    assert "crowns" in answer
    assert "tidal-barrier-" in answer
