"""The reading room: the web page and the two routes that feed it."""

from qa.interfaces.web.app import build_app, serve
from qa.interfaces.web.page import build_demo

__all__ = ["build_app", "build_demo", "serve"]
