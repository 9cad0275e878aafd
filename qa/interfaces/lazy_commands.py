"""A group of commands that are imported when they are named, so that help and version are quick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from qa.interfaces.known_settings import name_variables, with_variable

INTERRUPTED = 130
"""Exit code: what a shell reports for a program that Ctrl-C ended."""


@dataclass(frozen=True, slots=True)
class Command:
    """Where a command is, and what the list of commands says of it."""

    place: str
    help: str

    def load(self) -> click.Command:
        """Import it."""
        module, _, name = self.place.partition(":")
        command = getattr(import_module(f"qa.interfaces.{module}"), name)
        assert isinstance(command, click.Command)
        return command


class LazyCommands(MutableMapping[str, click.Command]):
    """Commands by their names; one is imported when it is looked up."""

    def __init__(self, known: Mapping[str, Command]) -> None:
        self.known: Mapping[str, Command] = known
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._loaded:
            command = self.known[name].load()
            name_variables(command, (name,))
            self._loaded[name] = command
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self.known = {**self.known, name: Command("", command.get_short_help_str())}
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        self.known = {known: held for known, held in self.known.items() if known != name}
        self._loaded.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)


class Commands(click.Group):
    """Translates once, for all commands, what pullquote raises on purpose; lists them unloaded."""

    commands: LazyCommands

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """Read the options of the group."""
        try:
            return super().make_context(*args, **more)
        except click.BadParameter as error:
            raise with_variable(error) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is named."""
        try:
            return super().invoke(ctx)
        except click.BadParameter as error:
            raise with_variable(error) from None
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            from corpus import PullquoteError  # quick now: what raised it has loaded it
            from qa.interfaces import terminal

            if not isinstance(error, PullquoteError):
                raise
            terminal.fail(str(error))
            ctx.exit(1)
        except KeyboardInterrupt:
            from qa.interfaces import terminal

            terminal.fail("interrupted")
            ctx.exit(INTERRUPTED)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named, and give it what the file of settings says for it."""
        name, command, rest = super().resolve_command(ctx, args)
        if name and command:
            from qa.interfaces.settings_in_force import lend_settings

            lend_settings(ctx, name, command)
        return name, command, rest

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what all is for right below how it is used: help fits a screen."""
        formatter.write(f"  {self.help}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List options, those that only tell something in one line, and the commands."""
        records = [record for p in self.get_params(ctx) if (record := p.get_help_record(ctx))]
        *rows, version, help_ = records
        told = (f"{version[0]}, {help_[0]}", "Show the version, or this message, and exit.")
        with formatter.section("Options"):
            formatter.write_dl([*rows, told])
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.commands.known[name].help) for name in self.commands])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the names of commands without loading them, and the options."""
        names = [
            CompletionItem(name, help=command.help)
            for name, command in self.commands.known.items()
            if name.startswith(incomplete)
        ]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]
