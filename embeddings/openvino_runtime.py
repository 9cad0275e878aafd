"""OpenVINO without its telemetry.

On import OpenVINO reports to its maker's analytics, from a forked process, unless the package
`openvino-telemetry`, which it depends on, cannot be imported; it has a silent stand-in for that
case. Nothing here may call anybody, so the package is hidden before OpenVINO is imported.
"""

from __future__ import annotations

import sys
from typing import Any


def load_openvino() -> Any:
    """Return the module `openvino`, imported so that it calls nobody."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    return openvino
