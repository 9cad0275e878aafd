"""Serving the API alone: who may reach it, at which address, until when."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from corpus import PullquoteError
from qa.assistant import Assistant
from qa.interfaces.rest.api_settings import ApiSettings
from qa.interfaces.rest.app import build_api
from qa.interfaces.wall.listening import (
    LOCAL_ADDRESSES,
    listen,
    own_names,
    run_server,
)


def serve_api(
    assistant: Assistant,
    host: str = "127.0.0.1",
    port: int = 7860,
    *,
    settings: ApiSettings | None = None,
    without_keys: bool = False,
) -> None:
    """Serve the API until Ctrl-C or SIGTERM; says where once it answers.

    Args:
        assistant: What answers.
        host: Address to listen on.
        port: Port to listen on; 0 takes any free one.
        settings: Other than the defaults.
        without_keys: Let everybody call who can reach the address, although it is no local one.

    Raises:
        SystemExit: the address cannot be used; the message says why and what to do.
        PullquoteError: the settings name what cannot be used, or nothing guards the API.
    """
    settings = settings or ApiSettings()
    check_guarded(host, settings, without_keys=without_keys)
    settings = replace(settings, hosts=own_names(host, settings.hosts))
    app = build_api(assistant, settings)
    with closing(listen(host, port)) as listening:
        run_server(
            app,
            listening,
            ready=lambda address: f"The API answers at {address}/v1/docs  (Ctrl-C stops it)",
        )


def check_guarded(host: str, settings: ApiSettings, *, without_keys: bool) -> None:
    """Refuse to let a whole network ask, add and remove by oversight.

    Raises:
        PullquoteError: there are no keys, other machines can reach it, and nobody said they may.
    """
    if settings.keys_file or without_keys or host in LOCAL_ADDRESSES:
        return
    raise PullquoteError(
        f"at {host} other machines can reach the API, and it has no keys; make some with "
        "`pullquote api-key NAME` and give --api-keys FILE, or say --no-api-keys"
    )
