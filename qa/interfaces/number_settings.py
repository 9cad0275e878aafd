"""The numbers of `qa.settings.Settings` as settings: their kinds, ranges, reasons and variables."""

from __future__ import annotations

import ast
import inspect
import os
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, get_type_hints

from qa.interfaces.known_settings import of_kind, variable
from qa.interfaces.settings_file import SettingsFile, SettingsRefused, nearest
from qa.settings import Between, Settings

NUMBERS_TABLE = "answers"
"""The table of a file that holds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One of them."""

    kind: type
    default: float
    range: Between
    reason: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """All of them, by name."""

    known: Mapping[str, Number]

    def variables(self) -> dict[str, str]:
        """Return their variables, each with the number's name."""
        return {variable(NUMBERS_TABLE, name): name for name in self.known}

    def check(self, place: str, name: str, value: object) -> None:
        """Refuse what is no number of ours, of another kind or out of range.

        Raises:
            SettingsRefused: it is refused; the message begins with the place.
        """
        if name not in self.known:
            raise SettingsRefused(f"{place} is no setting{nearest(name, list(self.known))}")
        try:
            number = of_kind(self.known[name].kind, value)
        except ValueError as error:
            raise SettingsRefused(f"{place} {error}") from None
        if number not in self.known[name].range:
            raise SettingsRefused(f"{place} must be {self.known[name].range}, not {value}")


@cache
def numbers() -> Numbers:
    """Return what there is to know of the numbers, from their declaration."""
    hints, reasons = get_type_hints(Settings, include_extras=True), _reasons()
    known = {}
    for each in fields(Settings):
        kind, allowed = hints[each.name].__origin__, hints[each.name].__metadata__[0]
        assert each.default is not MISSING
        known[each.name] = Number(
            kind=kind, default=each.default, range=allowed, reason=reasons.get(each.name, "")
        )
    return Numbers(known)


def _reasons() -> dict[str, str]:
    """Return what the code says below each number."""
    (declared,) = ast.parse(inspect.getsource(Settings)).body
    assert isinstance(declared, ast.ClassDef)
    found = {}
    for field, below in zip(declared.body, declared.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
            found[ast.unparse(field.target)] = " ".join(ast.literal_eval(below.value).split())
    return found


def numbers_from(said: Mapping[str, Any], file: SettingsFile | None) -> Settings:
    """Return the numbers in force: a variable comes before the file.

    Raises:
        SettingsRefused: a variable holds what does not fit.
    """
    values = dict(said) if file else {}
    for name, number in (numbers().variables() if _any_variable() else {}).items():
        if text := os.environ.get(name):
            values[number] = _parsed(name, number, text)
    return Settings(**values)


def _any_variable() -> bool:
    return any(name.startswith(variable(NUMBERS_TABLE)) for name in os.environ)


def _parsed(name: str, number: str, text: str) -> float:
    kind = numbers().known[number].kind
    try:
        value = kind(text)
    except ValueError:
        raise SettingsRefused(f"${name} must be a number, not {text!r}") from None
    numbers().check(f"${name}", number, value)
    return float(value) if kind is float else int(value)
