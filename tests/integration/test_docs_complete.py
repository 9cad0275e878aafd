"""Nothing that can be used is missing in the docs: the code is asked what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import click
import pytest

import corpus.errors
import qa
from qa import Assistant, Settings
from qa.interfaces.cli import main
from qa.interfaces.mcp.tools import tools_of
from qa.interfaces.rest.api import Api
from qa.interfaces.rest.document import document
from tests.integration.docs_pages import DOCS, PAGES, ROOT, text_of

PACKAGES = ("qa", "corpus", "embeddings")


@cache
def all_pages() -> str:
    return "\n".join(map(text_of, PAGES))


def lacking(wanted: Iterator[str] | list[str]) -> list[str]:
    """Return what no page names as a whole word."""
    text = all_pages()
    return [w for w in wanted if not re.search(rf"(?<![\w/-]){re.escape(w)}(?![\w-])", text)]


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its full name, those of groups as well."""
    below: list[tuple[str, click.Command]] = [("pullquote", main)]
    while below:
        name, command = below.pop()
        if isinstance(command, click.Group):
            context = click.Context(command)
            for child in command.list_commands(context):
                found = command.get_command(context, child)
                assert found
                below.append((f"{name} {child}", found))
        else:
            yield name, command


def test_every_command_is_in_the_docs() -> None:
    names = [name for name, _ in commands()]
    assert len(names) >= 17
    assert lacking(names) == []


def test_every_option_is_in_the_docs() -> None:
    options = sorted(
        option
        for name, command in commands()
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--")
    )
    assert "--index" in options
    assert sorted(set(lacking(options))) == []


def test_every_route_of_the_api_is_in_the_docs(sample_index: Path) -> None:
    with Assistant.open(sample_index) as assistant:
        paths = sorted(document(Api(assistant))["paths"])
    assert "/v1/ask" in paths
    text = all_pages()
    # A part of a path that stands for something may have another name in the docs.
    patterns = [re.sub(r"\\\{[^}]*\\\}", r"\\{[^}\\s]+\\}", re.escape(path)) for path in paths]
    missing = [
        path
        for path, pattern in zip(paths, patterns, strict=True)
        if not re.search(pattern + r"(?![\w/{-])", text)
    ]
    assert missing == []


def test_every_tool_of_mcp_is_in_the_docs(sample_index: Path) -> None:
    with Assistant.open(sample_index) as assistant:
        tools = list(tools_of(assistant))
    assert tools
    assert lacking([f"`{tool}`" for tool in tools]) == []


def test_every_number_that_may_be_changed_is_in_the_docs() -> None:
    assert lacking([field.name for field in fields(Settings)]) == []


def test_every_public_name_is_in_the_reference() -> None:
    reference = text_of(DOCS / "reference.md")
    shown = set(re.findall(r"^\.\. auto\w+:: (?:[\w.]+\.)?(\w+)", reference, re.MULTILINE))
    errors = {name for name, thing in vars(corpus.errors).items() if isinstance(thing, type)}
    assert (set(qa.__all__) | errors) - shown == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_is_in_the_architecture_and_no_other(package: str) -> None:
    page = text_of(DOCS / "architecture.md")
    section = page.partition("## Every module")[2]
    named = re.findall(rf"^\| `({package}(?:\.\w+)*)` \|", section, re.MULTILINE)
    paths = [path for path in (ROOT / package).rglob("*.py") if path.stem != "__init__"]
    there = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths}
    assert there - set(named) == set()
    assert set(named) - there == set()
    assert len(named) == len(set(named))
