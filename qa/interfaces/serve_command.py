"""`pullquote serve`: the chat page, and who may ask it from where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus import MissingExtra
from qa.assistant import Assistant
from qa.interfaces.options import index_option, reader_option


@click.command()
@index_option
@reader_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=7860,
    show_default=True,
    help="Port to listen on; 0 takes any free one.",
)
@click.option(
    "--allowed-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="Another name it may be asked for under.",
)
@click.option(
    "--root-path", default="", metavar="/PATH", help="Where a proxy shows the page, if not at /."
)
@click.option(
    "--trusted-proxy",
    "trusted_proxies",
    multiple=True,
    metavar="ADDRESS",
    help="A proxy whose X-Forwarded-For is believed.",
)
@click.option("--read-only", is_flag=True, help="Let nobody add or remove articles on the page.")
@click.option("--no-history", is_flag=True, help="Keep no conversations and no feedback.")
@click.option(
    "--auth-file",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Only who is named there comes in (see `password`).",
)
@click.option("--api", is_flag=True, help="Serve the REST API alone, without the page.")
@click.option(
    "--api-keys",
    "keys_file",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Only these may call the API (see `api-key`).",
)
@click.option("--no-api-keys", is_flag=True, help="Let everybody call the API who can reach it.")
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="A web site whose pages may call the API.",
)
def serve(
    folder: Path,
    reader: str | None,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    root_path: str,
    trusted_proxies: tuple[str, ...],
    read_only: bool,
    no_history: bool,
    auth_file: Path | None,
    api: bool,
    keys_file: Path | None,
    no_api_keys: bool,
    origins: tuple[str, ...],
) -> None:
    """Open the chat page, or the REST API with --api."""
    if not api and (keys_file or no_api_keys or origins):
        raise click.UsageError("--api-keys, --no-api-keys and --allow-origin are for --api")
    if api and (auth_file or no_history):
        raise click.UsageError("--auth-file and --no-history are for the page, not for --api")
    with Assistant.open(folder, reader=reader) as assistant:
        if api:
            _serve_api(
                assistant,
                (host, port),
                without_keys=no_api_keys,
                hosts=hosts,
                root_path=root_path,
                trusted_proxies=trusted_proxies,
                read_only=read_only,
                keys_file=keys_file,
                origins=origins,
            )
            return
        try:
            from qa.interfaces.web import RoomSettings
            from qa.interfaces.web import serve as serve_page
        except ModuleNotFoundError as error:
            how = "install it with: pip install 'pullquote[web]'"
            raise MissingExtra(f"the chat page needs the package {error.name}; {how}") from error
        settings = RoomSettings(
            hosts=hosts,
            root_path=root_path,
            trusted_proxies=trusted_proxies,
            read_only=read_only,
            keep_history=not no_history,
            auth_file=auth_file,
        )
        serve_page(assistant, host=host, port=port, settings=settings)


def _serve_api(
    assistant: Assistant, where: tuple[str, int], *, without_keys: bool, **settings: Any
) -> None:
    try:
        from qa.interfaces.rest.api_settings import ApiSettings
        from qa.interfaces.rest.serving import serve_api
    except ModuleNotFoundError as error:
        how = "install it with: pip install 'pullquote[api]'"
        raise MissingExtra(f"the REST API needs the package {error.name}; {how}") from error
    made = ApiSettings(**settings)
    serve_api(assistant, *where, settings=made, without_keys=without_keys)
