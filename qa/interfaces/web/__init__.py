"""The reading room: the web page, the routes that feed it, and what guards them."""

from qa.interfaces.web.app import build_app, build_page
from qa.interfaces.web.room import Room, RoomSettings
from qa.interfaces.web.serving import serve, serve_room

__all__ = ["Room", "RoomSettings", "build_app", "build_page", "serve", "serve_room"]
