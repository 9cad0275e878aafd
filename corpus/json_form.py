"""Records as plain values that JSON can hold, and back: is every member what it should be?

What a record is made from may come from a file or another program, so each member is looked at, and
an error names the one that is wrong by its way through the document: ``citations[0].start``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, fields
from datetime import date
from types import NoneType
from typing import Any, ClassVar, Self, TypeVar, get_args, get_type_hints

_Value = TypeVar("_Value")
_Record = TypeVar("_Record")

_NAMES: dict[type, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}
_KINDS: dict[type, tuple[type, ...]] = {
    float: (int, float),
    list: (list, tuple),
    dict: (Mapping,),
}
OFFSET_UNIT = "codepoint"
"""What offsets count, in every JSON form that has some."""


class WrongMember(ValueError):
    """A member is missing or is not what it should be."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name: str = name
        self.problem: str = problem


class Members:
    """The members of an object that was read from JSON. Those that nobody asks for do no harm.

    Every method raises `WrongMember` if that is missing or something else.
    """

    def __init__(self, stored: object, of: str) -> None:
        """Look into an object; `of` says what it should be, as in "a citation".

        Raises:
            ValueError: it is no object, or counts offsets otherwise than we do.
        """
        if not isinstance(stored, Mapping):
            raise ValueError(f"{of} is an object, not {_shown(stored)}")
        self._stored: Mapping[str, Any] = stored
        if (unit := stored.get("offset_unit", OFFSET_UNIT)) != OFFSET_UNIT:
            raise WrongMember("offset_unit", f"must be {OFFSET_UNIT!r}, not {_shown(unit)}")

    def one(self, name: str, kind: type[_Value]) -> _Value:
        """Return a member that is of a kind: str, int, float, bool, list or dict."""
        if name not in self._stored:
            raise WrongMember(name, "is missing")
        return _checked(name, self._stored[name], kind)

    def maybe(self, name: str, kind: type[_Value]) -> _Value | None:
        """Return a member that may be null or missing."""
        return None if self._stored.get(name) is None else self.one(name, kind)

    def day(self, name: str) -> date | None:
        """Return a day in ISO 8601 that may be null or missing."""
        text = self.maybe(name, str)
        return None if text is None else _made(name, date.fromisoformat, text)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; none if it is missing."""
        listed = enumerate(self.maybe(name, list) or ())
        return tuple(_checked(f"{name}[{place}]", value, str) for place, value in listed)

    def named_texts(self, name: str) -> dict[str, str]:
        """Return an object of texts; an empty one if it is missing."""
        named = self.maybe(name, dict) or {}
        return {key: _checked(f"{name}.{key}", value, str) for key, value in named.items()}

    def named_numbers(self, name: str) -> dict[str, float]:
        """Return an object of numbers; an empty one if it is missing."""
        named = self.maybe(name, dict) or {}
        return {key: _checked(f"{name}.{key}", value, float) for key, value in named.items()}

    def record(self, name: str, make: Callable[[Any], _Record]) -> _Record:
        """Return what is made of a member."""
        return _made(name, make, self.one(name, dict))

    def maybe_record(self, name: str, make: Callable[[Any], _Record]) -> _Record | None:
        """Return what is made of a member that may be null or missing."""
        return None if self._stored.get(name) is None else self.record(name, make)

    def records(
        self, name: str, make: Callable[[Any], _Record], *, needed: bool = False
    ) -> tuple[_Record, ...]:
        """Return what is made of each item of a list; nothing if it is missing, unless `needed`."""
        items = self.one(name, list) if needed else self.maybe(name, list) or ()
        return tuple(_made(f"{name}[{i}]", make, value) for i, value in enumerate(items))


class Flat:
    """A dataclass of texts, numbers and nothing else, any of which may be None if it says so."""

    __slots__: Sequence[str] = ()
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form: a member for each field."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return the record that `to_dict` was made from.

        Raises:
            ValueError: it is not the JSON form of one; the error names the member.
        """
        members, kinds = Members(stored, f"the JSON form of {cls.__name__}"), get_type_hints(cls)
        return cls(**{each.name: _member(members, each.name, kinds) for each in fields(cls)})


def _member(members: Members, name: str, kinds: Mapping[str, Any]) -> Any:
    parts = get_args(kinds[name]) or (kinds[name],)
    (kind,) = (part for part in parts if part is not NoneType)
    return members.maybe(name, kind) if NoneType in parts else members.one(name, kind)


def _checked(name: str, value: Any, kind: type[_Value]) -> _Value:
    fits = isinstance(value, _KINDS.get(kind, kind)) and (
        kind is bool or not isinstance(value, bool)
    )
    if fits and kind is float:  # JSON knows neither NaN nor numbers without end
        fits = abs(value) <= sys.float_info.max
    if not fits:
        raise WrongMember(name, f"must be {_NAMES[kind]}, not {_shown(value)}")
    return value  # type: ignore[no-any-return]


def _made(name: str, make: Callable[[Any], _Record], value: Any) -> _Record:
    try:
        return make(value)
    except WrongMember as error:
        raise WrongMember(f"{name}.{error.name}", error.problem) from error
    except ValueError as error:
        raise WrongMember(name, str(error)) from error


def _shown(value: object) -> str:
    """Return a value for an error; a long one by its beginning, a nested one by its kind."""
    if isinstance(value, (Mapping, list, tuple)):
        return "an object" if isinstance(value, Mapping) else "a list"
    return "null" if value is None else repr(value)[:60]
