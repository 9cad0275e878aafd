"""Which settings are in force: what flags, variables, a file and the defaults come to.

A flag comes before a variable, a variable before the file, the file before the default. Click
holds to that by itself; here the file is checked and handed to it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from qa.interfaces.known_settings import (
    OTHER_VARIABLES,
    PREFIX,
    SHARED,
    fitting,
    of_kind,
    options_of,
    table_of,
    variable,
    variables_of,
    with_variable,
)
from qa.interfaces.number_settings import NUMBERS_TABLE, numbers, numbers_from
from qa.interfaces.settings_file import SettingsFile, SettingsRefused, find_file, nearest
from qa.settings import Settings

_SERVED_FROM_HERE = frozenset({"index", "reader", "port", "read_only", "no_history"})
"""All else that `serve` and `mcp` take says who may reach them."""
_SERVING = frozenset({"serve", "mcp"})
_NEVER_FROM_HERE = frozenset({"allow_network", "model", "log_questions"})
_OWN_READERS = ("span", "sentence")


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """What all commands go by."""

    file: SettingsFile | None = None
    answers: Settings = field(default_factory=Settings)


def take_settings(ctx: click.Context, named: Path | None) -> list[str]:
    """Read the file and the variables for all commands of a group; return what to warn of.

    Raises:
        SettingsRefused: one of them sets what there is not, or what does not fit.
    """
    group, warnings = _group(ctx), list[str]()
    file = find_file(named, warnings.append)
    if file:
        for table, key, value in _entries(file, group):
            _check(file, group, table, key, value)
    tables = file.tables if file else {}
    ctx.obj = InForce(file=file, answers=numbers_from(tables.get(NUMBERS_TABLE, {}), file))
    ctx.default_map = {
        str(option.name): tables[key] for key, option in options_of(group).items() if key in tables
    }
    return [*warnings, *_unknown_variables(group)]


def lend_settings(ctx: click.Context, name: str, command: click.Command) -> None:
    """Hand to one command of a group what the file says for it, before it is run."""
    in_force = ctx.find_object(InForce)
    if in_force and in_force.file and ctx.default_map is not None:
        ctx.default_map = {**ctx.default_map, name: _for_command(in_force.file, (name,), command)}


def answer_settings() -> Settings:
    """Return how articles are cut and answers made: what file and variables say of it.

    For a command while it runs; elsewhere, the defaults.
    """
    ctx = click.get_current_context(silent=True)
    in_force = ctx.find_object(InForce) if ctx else None
    return in_force.answers if in_force else Settings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a command would be run with if it were given no flags."""

    params: dict[str, Any]
    group_params: dict[str, Any]
    answers: Settings


def given_to(group: click.Group, name: str) -> Given:
    """Return what a command would be run with if it were given no flags.

    Raises:
        click.ClickException: a file or a variable sets what there is not, or what does not fit.
    """
    ctx, command = group.make_context("pullquote", [name]), group.commands[name]
    lend_settings(ctx, name, command)
    try:
        params = command.make_context(name, [], parent=ctx).params
    except click.BadParameter as error:
        raise with_variable(error) from None
    in_force = ctx.find_object(InForce) or InForce()
    return Given(params=params, group_params=ctx.params, answers=in_force.answers)


def said_in(file: SettingsFile | None, table: tuple[str, ...], key: str) -> Any:
    """Return what a file says of a setting, in its table or for all; None if nothing."""
    tables = file.tables if file else {}
    own = tables
    for name in table:
        own = own.get(table_of(name), {})
    return own.get(key, tables.get(key) if key in SHARED else None)


def _group(ctx: click.Context) -> click.Group:
    if not isinstance(ctx.command, click.Group):
        raise TypeError("settings are those of a group of commands")
    return ctx.command


def _for_command(
    file: SettingsFile, table: tuple[str, ...], command: click.Command
) -> dict[str, Any]:
    said = {}
    for key, option in options_of(command).items():
        value = said_in(file, table, key)
        if value is not None:
            said[str(option.name)] = fitting(option, value)
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            said[name] = _for_command(file, (*table, name), below)
    return said


def _entries(
    file: SettingsFile, group: click.Group
) -> Iterator[tuple[tuple[str, ...], str, object]]:
    """Yield what a file says: table, key, value; a table is no value.

    Raises:
        SettingsRefused: there is no such table.
    """
    commands = {table_of(name): name for name in group.commands}
    for key, value in file.tables.items():
        if not isinstance(value, dict):
            yield (), key, value
        elif key == NUMBERS_TABLE:
            yield from (((key,), each, held) for each, held in value.items())
        elif key in commands:
            yield from _below(file, (commands[key],), value, group.commands[commands[key]])
        else:
            known = [NUMBERS_TABLE, *commands]
            raise SettingsRefused(f"{file.path}: there is no table [{key}]{nearest(key, known)}")


def _below(
    file: SettingsFile, table: tuple[str, ...], said: Mapping[str, object], command: click.Command
) -> Iterator[tuple[tuple[str, ...], str, object]]:
    below = command.commands if isinstance(command, click.Group) else {}
    for key, value in said.items():
        if key in below and isinstance(value, dict):
            yield from _below(file, (*table, key), value, below[key])
        else:
            yield table, key, value


def _check(
    file: SettingsFile, group: click.Group, table: tuple[str, ...], key: str, value: object
) -> None:
    """Refuse what there is not, what does not fit, and what a file found here may not say."""
    place = f"{file.path}: {'.'.join((*map(table_of, table), key))}"
    if table == (NUMBERS_TABLE,):
        return numbers().check(place, key, value)
    options = options_of(_command(group, table))
    known = [*options, *(() if table else SHARED)]
    if key not in known:
        raise SettingsRefused(f"{place} is no setting{nearest(key, known)}")
    try:
        if key in options:
            fitting(options[key], value)
        else:
            of_kind(SHARED[key], value)
    except ValueError as error:
        raise SettingsRefused(f"{place} {error}") from None
    if file.found_here and not _may_be_found(table, key, value, options.get(key)):
        raise SettingsRefused(
            f"{place} cannot be set by a file that only lies in the current folder;"
            f" name the file (--config {file.path}) if you trust it"
        )
    return None


def _may_be_found(
    table: tuple[str, ...], key: str, value: object, option: click.Option | None
) -> bool:
    """Say whether a file that nobody named may set this: it may come with a download.

    It opens nothing to others, fetches nothing, names no model and no file to write.
    """
    if key == "reader":
        return value in _OWN_READERS
    names_a_file = option is not None and isinstance(option.type, click.Path) and key != "index"
    served = not table or table[0] not in _SERVING or key in _SERVED_FROM_HERE
    return served and not names_a_file and key not in _NEVER_FROM_HERE


def _command(group: click.Group, table: tuple[str, ...]) -> click.Command:
    command: click.Command = group
    for name in table:
        command = command.commands[name] if isinstance(command, click.Group) else command
    return command


def _unknown_variables(group: click.Group) -> list[str]:
    """Warn of variables that look like settings and are none."""
    given = [name for name in os.environ if name.startswith(f"{PREFIX}_")]
    known = {*OTHER_VARIABLES, *map(variable, SHARED), *_variables_in((), group)}
    known |= set(numbers().variables()) if set(given) - known else set()
    for name in group.commands:  # one is loaded only if it may be meant
        if any(left.startswith(f"{variable(name)}_") for left in set(given) - known):
            known |= _variables_in((name,), group.commands[name])
    unknown = sorted(set(given) - known)
    if unknown:
        known = known.union(*(_variables_in((n,), c) for n, c in group.commands.items()))
    return [
        f"the variable {name} sets nothing{nearest(name, sorted(known))}"
        for name in unknown
        if name not in known
    ]


def _variables_in(table: tuple[str, ...], command: click.Command) -> set[str]:
    own = {name for key in options_of(command) for name in variables_of(table, key)}
    if table and isinstance(command, click.Group):
        for name, below in command.commands.items():
            own |= _variables_in((*table, name), below)
    return own
