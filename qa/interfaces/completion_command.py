"""`pullquote completion`: the script that lets a shell complete commands, options and files."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

PROGRAM = "pullquote"
VARIABLE = "_PULLQUOTE_COMPLETE"
"""How the script asks; Click answers where the program begins."""


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    r"""Print a script that lets a shell complete commands.

    It completes options, their values and files, too. Add to the shell's own start file:

    \b
      bash  eval "$(pullquote completion bash)"   in ~/.bashrc
      zsh   eval "$(pullquote completion zsh)"    in ~/.zshrc
      fish  pullquote completion fish | source    in ~/.config/fish/config.fish
    """
    found = get_completion_class(shell)
    assert found  # the choices are those that Click knows
    click.echo(found(ctx.find_root().command, {}, PROGRAM, VARIABLE).source())
