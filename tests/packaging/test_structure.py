"""What the design asks of every product file: short functions, docstrings, telling names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("corpus", "embeddings", "qa")
PRODUCT = [*(p for package in PACKAGES for p in (ROOT / package).rglob("*.py")), ROOT / "app.py"]
SHIPPED = [
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*")
    if path.suffix in {".py", ".js", ".css", ".svg", ".json", ".html"}
]
VAGUE = {"utils", "util", "common", "helpers", "helper", "misc", "base"}

ADDRESS = re.compile(r"https?://([^\s\"'`<>)/]*)", re.IGNORECASE)
HARMLESS_HOSTS = {
    "localhost",
    "127.0.0.1",
    "{seen}:{port}",  # what the server prints about itself
    "example.org",  # reserved for examples
    # Names of languages and vocabularies, never fetched.
    "www.w3.org",
    "purl.org",
    "schemas.openxmlformats.org",
    # The beginning of any address, in patterns and messages.
    "",
    "…",
    "[oops",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = Function | ast.ClassDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions() -> dict[str, int]:
    """Lines of every function, by its place."""
    return {
        f"{name_of(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in PRODUCT
        for node in ast.walk(tree_of(path))
        if isinstance(node, Function)
    }


def public(body: list[ast.stmt]) -> Iterator[Documented]:
    """Yield the public classes and functions of a body, and the public methods of such classes.

    The members of a Protocol are documented where they are implemented: a bare "..." is left out.
    """
    for node in body:
        if isinstance(node, Documented) and not node.name.startswith("_"):
            if [ast.unparse(statement) for statement in node.body] != ["..."]:
                yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def test_functions_are_short() -> None:
    lengths = functions()
    assert len(lengths) > 200
    longest_first = sorted(lengths.items(), key=lambda item: -item[1])
    assert [item for item in longest_first if item[1] > 80] == []
    beyond = [item for item in longest_first if item[1] > 45]
    assert len(beyond) <= len(lengths) * 0.05, beyond


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_a_file_is_short_and_documented(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= 250
    assert ast.get_docstring(tree)
    assert [node.name for node in public(tree.body) if not ast.get_docstring(node)] == []


def test_names_say_what_is_inside() -> None:
    stems = {part for path in PRODUCT for part in path.relative_to(ROOT).with_suffix("").parts}
    assert "retriever" in stems
    assert stems & VAGUE == set()


def test_no_product_file_names_a_foreign_address() -> None:
    texts = {name_of(path): path.read_text(encoding="utf-8") for path in SHIPPED}
    assert "qa/interfaces/web/static/room.js" in texts
    found = {host.lower() for text in texts.values() for host in ADDRESS.findall(text)}
    hosts = {host for host in found if not host.endswith(".example")}  # reserved for examples
    assert hosts - HARMLESS_HOSTS == set()


def test_style_and_script_fetch_nothing_from_elsewhere() -> None:
    fetched = re.compile(r"url\(\s*[\"']?(?!data:)([^)\"']+)|import\s[^;]*?[\"']([^\"']+)[\"']")
    for path in SHIPPED:
        if path.suffix in {".css", ".js"}:
            for groups in fetched.findall(path.read_text(encoding="utf-8")):
                assert not re.match(r"(?:[a-z]+:)?//", "".join(groups)), path
