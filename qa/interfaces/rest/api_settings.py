"""How is the API run? Who may call it, from where, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.interfaces.wall.limits import Limits, Rate

API_LIMITS = Limits(questions=Rate(20, 100), writes=Rate(50, 400), reads=Rate(200, 2_000))
"""A program asks for many people: more of one address than of a browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiSettings:
    """How an API is run.

    Attributes:
        keys_file: who may call; None lets everybody (see `keys`).
        origins: web pages of which sites may call it with a browser, as "https://news.example".
        hosts: further names it may be asked for under, "*" for any.
        read_only: nobody adds or removes articles.
        root_path: the path below which a proxy shows it, as "/news".
        trusted_proxies: addresses or networks of proxies whose headers are believed.
        limits: how much and how often.
    """

    keys_file: Path | None = None
    origins: Sequence[str] = ()
    hosts: Sequence[str] = ()
    read_only: bool = False
    root_path: str = ""
    trusted_proxies: Sequence[str] = ()
    limits: Limits = API_LIMITS
