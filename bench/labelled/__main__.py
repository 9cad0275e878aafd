"""Write the labelled set: ``python -m bench.labelled OUT_FOLDER``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from bench.labelled.make import PARTS, write


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: python -m bench.labelled OUT_FOLDER")
    for part in PARTS:
        kinds = Counter(file.kind for file in write(Path(sys.argv[1]), part))
        print(part, dict(kinds))


main()
