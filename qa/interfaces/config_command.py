"""`pullquote config`: which settings are in force, and where each comes from."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any

import click

from qa.interfaces import terminal
from qa.interfaces.known_settings import SHARED, options_of, table_of, variable, variables_of
from qa.interfaces.number_settings import NUMBERS_TABLE, numbers
from qa.interfaces.options import json_option
from qa.interfaces.settings_file import NAME, SettingsFile, SettingsRefused, user_file
from qa.interfaces.settings_in_force import InForce, said_in
from qa.render import one_line

DEFAULT = "default"
_NAME_WIDTH, _VALUE_WIDTH, _WIDTH = 20, 24, 80
_SOURCE_AT = _NAME_WIDTH + _VALUE_WIDTH + 2
_SECRET = frozenset({"auth_file", "api_keys"})
"""Files that open doors: only their names are shown, not where they lie."""

_AS_COMMENT: dict[str, Any] = {"initial_indent": "# ", "subsequent_indent": "# "}

Table = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting; `table` is empty for those at the top of a file."""

    table: str
    name: str
    value: Any
    source: str
    reason: str


@click.command()
@json_option
@click.option("--defaults", is_flag=True, help="Print a file of all defaults, to begin from.")
@click.pass_context
def config(ctx: click.Context, as_json: bool, defaults: bool) -> None:
    """Tell which settings are in force, and from where.

    Each comes from a variable, else from the file, else it is the default; a flag of a command
    comes before them all.
    """
    root = ctx.find_root()
    assert isinstance(root.command, click.Group)
    in_force = InForce() if defaults else ctx.find_object(InForce) or InForce()
    settings = list(_settings(root.command, in_force, with_variables=not defaults))
    if defaults:
        click.echo("\n".join(_as_toml(settings)))
    elif as_json:
        for setting in settings:
            terminal.print_json(asdict(setting))
    else:
        _print(settings, in_force.file)


def _settings(group: click.Group, in_force: InForce, *, with_variables: bool) -> Iterator[Setting]:
    """Yield all settings: those that commands share, the numbers, and each command's own."""
    look = _Look(in_force.file, with_variables=with_variables)
    shared = options_of(group.commands["ask"])
    yield from (look.option((), key, shared[key]) for key in SHARED)
    yield from (look.option((), key, option) for key, option in options_of(group).items())
    for name in numbers().known:
        yield look.number(name, getattr(in_force.answers, name))
    for name, command in group.commands.items():
        yield from _of_command(look, (name,), command)


def _of_command(look: _Look, table: Table, command: click.Command) -> Iterator[Setting]:
    for key, option in options_of(command).items():
        if key not in SHARED or look.is_own(table, key):
            yield look.option(table, key, option)
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from _of_command(look, (*table, name), below)


@dataclass(frozen=True, slots=True)
class _Look:
    """Looks a setting up, in the order in which Click does."""

    file: SettingsFile | None
    with_variables: bool

    def option(self, table: Table, key: str, option: click.Option) -> Setting:
        ctx = click.Context(click.Command("config"))
        given = [name for name in variables_of(table, key) if self._given(name)]
        said = said_in(self.file, table, key)
        if given:
            value, source = _from_variable(ctx, option, given[0]), f"${given[0]}"
        elif said is not None and self.file:
            value, source = said, str(self.file.path)
        else:
            value, source = option.get_default(ctx), DEFAULT
        return Setting(
            table=".".join(map(table_of, table)),
            name=key,
            value=_shown(key, value),
            source=source,
            reason=option.help or "",
        )

    def number(self, name: str, value: float) -> Setting:
        source = DEFAULT
        if self._given(variable(NUMBERS_TABLE, name)):
            source = f"${variable(NUMBERS_TABLE, name)}"
        elif said_in(self.file, (NUMBERS_TABLE,), name) is not None and self.file:
            source = str(self.file.path)
        known = numbers().known[name]
        reason = f"{known.reason} [{known.range}]"
        return Setting(table=NUMBERS_TABLE, name=name, value=value, source=source, reason=reason)

    def is_own(self, table: Table, key: str) -> bool:
        """Say whether a command has its own value of what commands share."""
        own = said_in(self.file, table, key) != said_in(self.file, (), key)
        return own or self._given(variable(*table, key))

    def _given(self, name: str) -> bool:
        return self.with_variables and bool(os.environ.get(name))


def _from_variable(ctx: click.Context, option: click.Option, name: str) -> Any:
    text = os.environ[name]
    value = option.type.split_envvar_value(text) if option.multiple else text
    try:
        return option.type_cast_value(ctx, value)
    except click.BadParameter as error:
        raise SettingsRefused(f"${name}: {error.message}") from None


def _shown(key: str, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_shown(key, each) for each in value]
    if key in _SECRET and value and isinstance(value, str | Path):
        return f"…/{Path(value).name}"
    if isinstance(value, Path):
        return str(value)
    return value if isinstance(value, bool | int | float | str) else None


def _print(settings: list[Setting], file: SettingsFile | None) -> None:
    where = one_line(str(file.path)) if file else f"none (./{NAME} or {user_file()})"
    click.echo(f"file: {where}")
    table = ""
    for setting in settings:
        if setting.table != table:
            table = setting.table
            click.echo(click.style(f"\n[{table}]", bold=True))
        for line in _lines(setting):
            click.echo(line)


def _lines(setting: Setting) -> Iterator[str]:
    """Yield one line, or two if they would be too long for a terminal."""
    value, source = one_line(_said(setting.value)), one_line(setting.source)
    name = f"{setting.name:{_NAME_WIDTH}}"
    line = f"{name} {value:{_VALUE_WIDTH}} {source}"
    if len(value) <= _VALUE_WIDTH and len(line) <= _WIDTH:
        yield line
    else:
        yield f"{name} {value}"
        yield f"{'':{min(_SOURCE_AT, max(2, _WIDTH - len(source)))}}{source}"


def _said(value: Any) -> str:
    if value is None:
        return "—"
    return _toml(value) if isinstance(value, bool | list) or value == "" else str(value)


def _as_toml(settings: list[Setting]) -> Iterator[str]:
    """Yield a file that changes nothing: each setting is there, behind a #."""
    yield f"# Settings of pullquote: {NAME}. Take away the # before what you change."
    table = ""
    for setting in settings:
        if setting.table != table:
            table = setting.table
            yield f"\n[{table}]"
        yield "\n" + "\n".join(wrap(setting.reason, _WIDTH, **_AS_COMMENT))
        yield f"#{setting.name} = {'…' if setting.value is None else _toml(setting.value)}"


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
