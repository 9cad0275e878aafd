"""`pullquote mcp`: the articles as tools for programs that speak the Model Context Protocol."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from pathlib import Path

import click

from corpus import MissingExtra
from qa.assistant import Assistant
from qa.interfaces.options import index_option, reader_option
from qa.interfaces.settings_in_force import answer_settings

DEFAULT_PORT = 8765


@click.command("mcp")
@index_option
@reader_option
@click.option("--http", "over_http", is_flag=True, help="Serve HTTP on this machine instead.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=f"Port for --http; 0 takes any free one.  [default: {DEFAULT_PORT}]",
)
@click.option(
    "--allowed-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A further name under which --http may be asked for, as behind a proxy.",
)
def mcp_command(
    folder: Path, reader: str | None, over_http: bool, port: int | None, hosts: tuple[str, ...]
) -> None:
    """Let programs ask, over MCP: by standard input and output, or HTTP."""
    if not over_http and (port is not None or hosts):
        raise click.UsageError("--port and --allowed-host go with --http")
    try:
        from qa.interfaces.mcp.http import HOST, PATH, serve_http
        from qa.interfaces.mcp.server import build_server
        from qa.interfaces.mcp.stdio import quiet_output, serve_stdio
    except ModuleNotFoundError as error:
        how = "install it with: pip install 'pullquote[mcp]'"
        raise MissingExtra(f"the MCP server needs the package {error.name}; {how}") from error
    with ExitStack() as held:
        with quiet_output():
            assistant = held.enter_context(
                Assistant.open(folder, reader=reader, settings=answer_settings())
            )
            assistant.warm_up()
            server = build_server(assistant)
        if not over_http:
            serve_stdio(server)
            return
        listening = _listen(HOST, DEFAULT_PORT if port is None else port)
        seen, port = listening.getsockname()[:2]
        click.echo(f"MCP at http://{seen}:{port}" + f"{PATH}  (Ctrl-C stops it)", err=True)
        serve_http(server, listening, hosts=hosts)


def _listen(host: str, port: int) -> socket.socket:
    try:
        listening = socket.create_server((host, port))
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {host}, port {port}: {error.strerror}; choose another with --port"
        ) from None
    # Else the second piece of a reply waits 40 ms for the acknowledgement of the first.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
