"""What does the REST API say of itself? Its OpenAPI document, without a server and an index.

``python clients/javascript/describe.py`` prints the document that the client is generated from:
that of an API with keys, which says most. ``--digest`` prints its SHA-256 instead.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any, cast

from qa import Assistant
from qa.interfaces.rest.api import Api
from qa.interfaces.rest.api_settings import ApiSettings
from qa.interfaces.rest.document import document
from qa.interfaces.rest.keys import new_key

_NOBODY = cast(Assistant, None)
"""To describe the routes, none of them is called."""


def described() -> dict[str, Any]:
    """Return the document of an API with keys."""
    _, line = new_key("client", ["read", "write"])
    with tempfile.TemporaryDirectory() as folder:
        keys = Path(folder) / "keys"
        keys.write_text(line)
        keys.chmod(0o600)
        return document(Api(_NOBODY, ApiSettings(keys_file=keys)))


def digest(found: dict[str, Any]) -> str:
    """Return the SHA-256 of a document; the order of its members does not count.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    plain = json.dumps(found, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def main() -> None:
    """Print the document, or its digest."""
    found = described()
    shown = digest(found) if "--digest" in sys.argv else json.dumps(found, indent=2)
    sys.stdout.write(f"{shown}\n")


if __name__ == "__main__":
    main()
