"""Where is the file of settings, and what does it say?

The one that is named counts; else `pullquote.toml` in the current folder; else the user's own.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

NAME = "pullquote.toml"
MAX_BYTES = 1_000_000


class SettingsRefused(click.ClickException):
    """A file or a variable sets what there is not, or what does not fit."""

    exit_code = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsFile:
    """What a file says; `found_here` if nobody named it: it lies in the current folder."""

    path: Path
    tables: dict[str, Any]
    found_here: bool = False


def find_file(named: Path | None, warn: Any = lambda message: None) -> SettingsFile | None:
    """Read the file of settings, if there is one.

    Args:
        named: The file that the user names; it must be there.
        warn: Called with a message if a file is left aside because it is another user's.

    Raises:
        SettingsRefused: it cannot be read, or is no TOML.
    """
    if named is not None:
        return SettingsFile(path=named, tables=_read(named))
    here = Path(NAME)
    if here.is_file():
        if _is_own(here):
            return SettingsFile(path=here, tables=_read(here), found_here=True)
        warn(f"./{NAME} belongs to another user and is left aside; --config {NAME} reads it")
    own = user_file()
    return SettingsFile(path=own, tables=_read(own)) if own.is_file() else None


def user_file() -> Path:
    """Return where the user's own file is looked for."""
    from platformdirs import user_config_path

    return user_config_path("pullquote", appauthor=False) / NAME


def _is_own(path: Path) -> bool:
    """Say whether a file is the user's or the administrator's; a shared folder holds others'."""
    return not hasattr(os, "geteuid") or path.stat().st_uid in (os.geteuid(), 0)


def _read(path: Path) -> dict[str, Any]:
    try:
        if not path.is_file() and str(path) != os.devnull:
            reason = "is a folder" if path.is_dir() else "is not there"
            raise SettingsRefused(f"{path} {reason}; --config takes a file of settings")
        with path.open("rb") as file:
            text = file.read(MAX_BYTES + 1).decode("utf-8-sig")
        if len(text) > MAX_BYTES:
            raise SettingsRefused(f"{path} has more than {MAX_BYTES:,} bytes; is it the right one?")
        return tomllib.loads(text)
    except OSError as error:
        raise SettingsRefused(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsRefused(f"{path} is not UTF-8; save it as UTF-8") from None
    except (ValueError, RecursionError) as error:  # also a number of thousands of digits
        raise SettingsRefused(f"{path} is no TOML: {error}") from None


def nearest(name: str, known: list[str]) -> str:
    """Return a hint at the name that was probably meant; nothing if none is like it."""
    found = get_close_matches(name, known, n=1, cutoff=0.6)
    return f"; did you mean {found[0]}?" if found else ""
