"""Which settings are there, what may each of them hold, and which variable gives it?

A setting is an option of a command, or a field of `qa.settings.Settings`; there is no other list
of them. What a command calls `--allowed-host` is `allowed_host` in a file.
"""

from __future__ import annotations

import copy
import math
import os
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import click

PREFIX = "PULLQUOTE"
SHARED: Mapping[str, type] = {"index": str, "reader": str, "json": bool}
"""Settings at the top of a file that all commands share which have such an option."""
TABLES: Mapping[str, str] = {"index": "indexing"}
"""Tables that are not called as their command is: at the top of a file, `index` is the folder."""
OTHER_VARIABLES = ("PULLQUOTE_CONFIG", "PULLQUOTE_CACHE")
"""Where the file is, and where converted models are kept: variables that no file can give."""

_OLDER = {
    "PULLQUOTE_SERVE_HOST": "PULLQUOTE_HOST",
    "PULLQUOTE_SERVE_PORT": "PULLQUOTE_PORT",
    "PULLQUOTE_SERVE_ALLOWED_HOST": "PULLQUOTE_ALLOWED_HOSTS",
}
_MAY_HOLD_BLANKS = frozenset({"outlet", "article"})
_NO_SETTINGS = frozenset({"help", "version", "config", "after"})  # what was asked is no setting
_WORDS: Mapping[type, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text in quotation marks",
    list: "a list",
    dict: "a table",
}


def options_of(command: click.Command) -> dict[str, click.Option]:
    """Return the options of a command that can be set, by their names in a file."""
    return {
        key_of(option): option
        for option in command.params
        if isinstance(option, click.Option)
        and key_of(option) not in _NO_SETTINGS
        and not isinstance(option.type, click.File)
    }


def table_of(command: str) -> str:
    """Return the name of a command's table in a file."""
    return TABLES.get(command, command)


def key_of(option: click.Option) -> str:
    """Return the name of an option in a file."""
    return max(option.opts, key=len).lstrip("-").replace("-", "_")


def variable(*names: str) -> str:
    """Return the variable of a setting, of its table's and its own name.

    >>> variable("api-key", "scope")
    'PULLQUOTE_API_KEY_SCOPE'
    """
    return "_".join([PREFIX, *names]).replace("-", "_").upper()


def variables_of(table: Sequence[str], key: str) -> list[str]:
    """Return the variables that give a command's option; the first one that is set counts."""
    own = variable(*table, key)
    shared = [variable(key)] if table and key in SHARED else []
    return [own, *shared, *([_OLDER[own]] if own in _OLDER else [])]


def name_variables(command: click.Command, table: tuple[str, ...]) -> None:
    """Let variables give the options of a command and of those below it."""
    for key, option in options_of(command).items():
        option.envvar = variables_of(table, key)
        if option.multiple:
            option.type = _Several(option.type, may_hold_blanks=key in _MAY_HOLD_BLANKS)
    if table and isinstance(command, click.Group):
        for name, below in command.commands.items():
            name_variables(below, (*table, name))


def with_variable(error: click.BadParameter) -> click.BadParameter:
    """Name the variable that holds what an option cannot take: nobody has typed the option."""
    if error.ctx and isinstance(error.param, click.Option) and error.param.name:
        source = error.ctx.get_parameter_source(error.param.name)
        if source is click.core.ParameterSource.ENVIRONMENT:
            names = error.param.envvar or ()
            given = next(name for name in names if os.environ.get(name))
            said = f"{error.message.rstrip('.')}, in ${given}."
            return click.BadParameter(said, error.ctx, error.param, error.param_hint)
    return error


class _Several(click.ParamType):  # type: ignore[type-arg]
    """What an option takes that may be given many times: a variable has commas between them."""

    def __init__(self, of: click.ParamType[Any], *, may_hold_blanks: bool) -> None:
        self.of, self.name = of, of.name
        self._between = re.compile(r"\s*,\s*" if may_hold_blanks else r"[\s,]+")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return self.of.convert(value, param, ctx)

    def split_envvar_value(self, rv: str) -> Sequence[str]:
        return [part for part in self._between.split(rv.strip()) if part]

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        return self.of.get_metavar(param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        return self.of.shell_complete(ctx, param, incomplete)


def fitting(option: click.Option, value: object) -> object:
    """Return what a file gives for an option in the form that the option takes.

    Raises:
        ValueError: it does not fit; the message says why.
    """
    if not option.multiple:
        return _one(option, value)
    if not isinstance(value, list):
        raise ValueError(f"must be a list, not {_said(value)}")
    return [_one(option, each) for each in value]


def _one(option: click.Option, value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        value = value.isoformat()
    wanted = bool if option.is_flag else _number(option.type) or str
    value = of_kind(wanted, value)
    if not isinstance(option.type, click.Path):  # whether a file is there, its command will say
        try:
            option.type.convert(value, option, None)
        except click.BadParameter as error:
            raise ValueError(error.message) from None
    return value


def _number(kind: click.ParamType[Any]) -> type | None:
    kind = kind.of if isinstance(kind, _Several) else kind
    return {"integer": int, "float": float}.get(kind.name.removesuffix(" range"))


def of_kind(wanted: type, value: object) -> Any:
    """Return a value of a file if it is of a kind; a whole number is a number, too.

    Raises:
        ValueError: it is not.
    """
    if wanted is float and type(value) is int:
        return float(value)
    if type(value) is not wanted or (isinstance(value, float) and not math.isfinite(value)):
        raise ValueError(f"must be {_WORDS[wanted]}, not {_said(value)}")
    return copy.copy(value)


def _said(value: object) -> str:
    return _WORDS.get(type(value), f"{value}") if isinstance(value, list | dict) else repr(value)
