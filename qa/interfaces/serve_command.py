"""`pullquote serve`: the chat page, the API or both, and who may ask them from where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from corpus import MissingExtra
from qa.assistant import Assistant
from qa.interfaces.options import index_option, reader_option
from qa.interfaces.settings_in_force import answer_settings


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
    "--root-path", default="", metavar="/PATH", help="Where a proxy shows it, if not at /."
)
@click.option(
    "--trusted-proxy",
    "trusted_proxies",
    multiple=True,
    metavar="ADDRESS",
    help="A proxy whose X-Forwarded-For is believed.",
)
@click.option("--read-only", is_flag=True, help="Let nobody add or remove articles.")
@click.option("--no-history", is_flag=True, help="Keep no conversations and no feedback.")
@click.option(
    "--auth-file",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Only who is named there comes in (see `password`).",
)
@click.option("--api", is_flag=True, help="Serve the REST API, too.")
@click.option("--no-page", is_flag=True, help="With --api: serve it alone, without the page.")
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
def serve(folder: Path, reader: str | None, host: str, port: int, **given: Any) -> None:
    """Open the chat page; with --api, the REST API beside it."""
    wanted = _Wanted(**given)
    if wrong := wanted.contradiction():
        raise click.UsageError(wrong)
    with Assistant.open(folder, reader=reader, settings=answer_settings()) as assistant:
        if not wanted.api:
            _serve_page(assistant, host, port, wanted)
        elif wanted.no_page:
            _serve_api(assistant, host, port, wanted)
        else:
            _serve_both(assistant, host, port, wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """The options, as they were given."""

    hosts: tuple[str, ...]
    root_path: str
    trusted_proxies: tuple[str, ...]
    read_only: bool
    no_history: bool
    auth_file: Path | None
    api: bool
    no_page: bool
    keys_file: Path | None
    no_api_keys: bool
    origins: tuple[str, ...]

    def contradiction(self) -> str | None:
        """Say which options cannot be meant together, and what to give instead."""
        if not self.api and (self.keys_file or self.no_api_keys or self.origins):
            return "--api-keys, --no-api-keys and --allow-origin are for --api; give that, too"
        if not self.api and self.no_page:
            return "--no-page leaves nothing to serve; give --api, too"
        if self.no_page and (self.auth_file or self.no_history):
            return "--auth-file and --no-history are for the page; leave them out, or --no-page"
        return self._whom_it_lets_in()

    def _whom_it_lets_in(self) -> str | None:
        if self.no_api_keys and self.keys_file:
            return "--api-keys lets in who has a key, --no-api-keys everybody; give one of them"
        if self.no_api_keys and self.auth_file:
            return (
                "--auth-file lets in who is named there, --no-api-keys everybody; "
                "for programs, give --api-keys FILE"
            )
        if self.origins and self.auth_file and not self.keys_file:
            return (
                "a page of another site comes without a login; for --allow-origin beside "
                "--auth-file, give --api-keys FILE"
            )
        return None

    def of_any(self) -> dict[str, Any]:
        """Return the settings that page and API have in common."""
        return {
            "hosts": self.hosts,
            "root_path": self.root_path,
            "trusted_proxies": self.trusted_proxies,
            "read_only": self.read_only,
        }

    def of_page(self) -> dict[str, Any]:
        """Return the settings of the page."""
        return {
            **self.of_any(),
            "keep_history": not self.no_history,
            "auth_file": self.auth_file,
        }


def _serve_page(assistant: Assistant, host: str, port: int, wanted: _Wanted) -> None:
    try:
        from qa.interfaces.web import RoomSettings
        from qa.interfaces.web import serve as serve_page
    except ModuleNotFoundError as error:
        raise _missing("the chat page", error, "web") from error
    serve_page(assistant, host, port, settings=RoomSettings(**wanted.of_page()))


def _serve_api(assistant: Assistant, host: str, port: int, wanted: _Wanted) -> None:
    try:
        from qa.interfaces.rest.api_settings import ApiSettings
        from qa.interfaces.rest.serving import serve_api
    except ModuleNotFoundError as error:
        raise _missing("the REST API", error, "api") from error
    settings = ApiSettings(keys_file=wanted.keys_file, origins=wanted.origins, **wanted.of_any())
    serve_api(assistant, host, port, settings=settings, without_keys=wanted.no_api_keys)


def _serve_both(assistant: Assistant, host: str, port: int, wanted: _Wanted) -> None:
    try:
        from qa.interfaces.page_and_api import serve_page_and_api
        from qa.interfaces.rest.api_settings import API_LIMITS
        from qa.interfaces.web import RoomSettings
    except ModuleNotFoundError as error:
        raise _missing("the chat page with the REST API", error, "web,api") from error
    serve_page_and_api(
        assistant,
        host,
        port,
        settings=RoomSettings(limits=API_LIMITS, **wanted.of_page()),
        keys_file=wanted.keys_file,
        origins=wanted.origins,
        without_keys=wanted.no_api_keys,
    )


def _missing(what: str, error: ModuleNotFoundError, extra: str) -> MissingExtra:
    how = f"install it with: pip install 'pullquote[{extra}]'"
    if extra == "web,api":
        how += ", or serve the API alone with --no-page"
    return MissingExtra(f"{what} needs the package {error.name}; {how}")
