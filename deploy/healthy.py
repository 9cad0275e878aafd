"""Does the server in this container answer? Exit 0 if it does; for a container's health check.

Asks the page or the API at the port that the variable `PULLQUOTE_PORT` names, 7860 without it.
"""

from __future__ import annotations

import os
import sys
import urllib.request

TIMEOUT_S = 8


def main() -> None:
    """Ask once."""
    port = int(os.environ.get("PULLQUOTE_PORT", "7860"))
    try:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{port}/v1/health", timeout=TIMEOUT_S
        ) as reply:
            reply.read()
    except OSError as error:
        sys.exit(f"no sound answer: {error}")


if __name__ == "__main__":
    main()
