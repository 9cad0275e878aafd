"""The command line: a thin layer over the Python API, and the table of its commands.

Exit codes: 0 done, 1 something failed (said on stderr), 2 wrong usage, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qa.interfaces.known_settings import name_variables
from qa.interfaces.lazy_commands import Command, Commands, LazyCommands

LEVELS = ("debug", "info", "warning", "error")

COMMANDS = {
    "api-key": Command("api_key_command:api_key", "Make a key for a program that calls the API."),
    "articles": Command(
        "article_commands:articles", "List the articles of an index, newest first."
    ),
    "ask": Command("ask_command:ask", "Answer a question with the articles' own sentences."),
    "backup": Command("upkeep:backup", "Save an index to one file; it may be in use meanwhile."),
    "completion": Command(
        "completion_command:completion", "Print a script that lets a shell complete commands."
    ),
    "config": Command("config_command:config", "Tell which settings are in force, and from where."),
    "doctor": Command("upkeep:doctor", "Tell versions, paths, models, sizes and health."),
    "feedback": Command("feedback_command:feedback", "Look after what readers said about answers."),
    "index": Command("index_command:index", "Add or refresh articles: files, or folders of them."),
    "mcp": Command(
        "mcp_command:mcp_command",
        "Let programs ask, over MCP: by standard input and output, or...",
    ),
    "password": Command(
        "password_command:password", "Print a line for the file of --auth-file, for NAME and a..."
    ),
    "rebuild": Command(
        "upkeep:rebuild", "Encode all articles anew, with another model if you like."
    ),
    "remove": Command("article_commands:remove", "Remove articles, with all their versions."),
    "restore": Command("upkeep:restore", "Make a new index from a backup."),
    "serve": Command(
        "serve_command:serve", "Open the chat page; with --api, the REST API beside it."
    ),
    "show": Command(
        "article_commands:show",
        "Print one article, without what was set aside as page furniture.",
    ),
    "stats": Command("article_commands:stats", "Tell what an index holds."),
    "sync": Command(
        "upkeep:sync", "Make an index equal to a folder: add, refresh, remove articles."
    ),
    "verify": Command("upkeep:verify", "Check all that an index holds."),
}


def _take_settings(ctx: click.Context, _: click.Parameter, named: Path | None) -> None:
    if ctx.resilient_parsing:  # a shell completes, nothing is run
        return
    from qa.interfaces import terminal
    from qa.interfaces.settings_in_force import take_settings

    for warning in take_settings(ctx, named):
        terminal.warn(warning)


@click.group(
    cls=Commands,
    commands=LazyCommands(COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--config",
    metavar="FILE",
    envvar="PULLQUOTE_CONFIG",
    type=click.Path(path_type=Path),
    is_eager=True,  # what it says of the other options must be known first
    expose_value=False,
    callback=_take_settings,
    help="Settings, other than those of ./pullquote.toml.",
)
@click.option(
    "--log-level",
    type=click.Choice(LEVELS),
    metavar="LEVEL",
    help="debug, info, warning, error; with --log-format json.",
)
@click.option(
    "--log-format",
    type=click.Choice(("text", "json")),
    hidden=True,
    help="Log lines of text, or of JSON.",
)
@click.option(
    "--log-questions",
    is_flag=True,
    hidden=True,
    help="Let log lines hold what was asked, and what libraries say of it.",
)
@click.version_option(package_name="pullquote")
@click.pass_context
def main(ctx: click.Context, /, **log: Any) -> None:
    """Ask questions about articles; get their own sentences back, cited."""
    from qa.interfaces import terminal
    from qa.interfaces.logs import log_settings

    terminal.prepare_terminal(log_settings(log))
    ctx.with_resource(terminal.clean_interrupts())
    if terminal.wants_no_style():
        ctx.color = False


name_variables(main, ())

if __name__ == "__main__":
    main()
