"""Does every door give the same answer to the same question, to the last field of its JSON?

Each question is asked through Python, then through each other door, one after the other: the whole
answer is compared, with all the time for reading. What differs is asked again, and counted apart.
What a door cannot be told it is not asked.

    python -m bench.parity --out bench/results/parity.json
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.doors_asked import DOORS, PYTHON, REFUSED, Door, Told
from bench.parity_cases import Case, all_cases
from bench.record import record
from bench.servers import sample_index

AGAIN = 3
EXAMPLES = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="ask one question in so many")
    parser.add_argument("--index", type=Path, help="a folder to keep the index in")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = sample_index(given.index or Path(folder) / "index")
        record("parity", measure(index, all_cases()[:: given.every]), given.out)


def measure(index: Path, cases: Sequence[Case], doors: Sequence[Door] = DOORS) -> dict[str, Any]:
    """Ask all questions through Python and what fits through the others; compare the answers."""
    expected = dict(zip(map(key, cases), PYTHON.ask(index, cases), strict=True))
    through_all = frozenset.intersection(*(door.takes for door in doors)) if doors else frozenset()
    return {
        "questions": len(cases),
        "kinds": dict(Counter(case.kind for case in cases)),
        "answered": sum(told.get("text") is not None for told in expected.values()),
        "silent": sum(told.get("text", "") is None for told in expected.values()),
        "refused": sum(told == REFUSED for told in expected.values()),
        "through_every_door": sum(case.needs() <= through_all for case in cases),
        "doors": {door.name: compared(door, index, cases, expected) for door in doors},
    }


def compared(
    door: Door, index: Path, cases: Sequence[Case], expected: dict[str, Told]
) -> dict[str, Any]:
    """Ask through one door what it can be asked; return how often it said the same."""
    began = time.perf_counter()
    asked = [case for case in cases if case.needs() <= door.takes]
    differing = differences(door, index, asked, expected)
    result: dict[str, Any] = {
        "asked": len(asked),
        "not_taken": len(cases) - len(asked),
        "same": len(asked) - len(differing),
    }
    first = differing
    for _ in range(AGAIN):
        if differing:
            again = [case for case, _ in differing]
            differing = differences(door, index, again, expected)
    return result | {
        "same_when_asked_again": len(first) - len(differing),
        "different": len(differing),
        "seconds": round(time.perf_counter() - began, 1),
        "first_differences": [example(*each, expected) for each in first[:EXAMPLES]],
        "differences": [example(*each, expected) for each in differing[:EXAMPLES]],
    }


def differences(
    door: Door, index: Path, cases: Sequence[Case], expected: dict[str, Told]
) -> list[tuple[Case, Told]]:
    """Return the questions whose answer is another one through this door."""
    told = door.ask(index, cases)
    pairs = zip(cases, told, strict=True)
    return [
        (case, reply) for case, reply in pairs if on_wire(reply) != on_wire(expected[key(case)])
    ]


def on_wire(told: Told) -> str:
    """Return an answer as JSON text; the order of fields means nothing."""
    return json.dumps(told, sort_keys=True)


def key(case: Case) -> str:
    """Return what tells one question from another."""
    return json.dumps(case.told(), sort_keys=True)


def example(case: Case, told: Told, expected: dict[str, Told]) -> dict[str, Any]:
    """Return the fields in which an answer differs, and the short ones as both ways have them."""
    python = expected[key(case)]
    fields = [name for name in {**python, **told} if python.get(name) != told.get(name)]
    short = [name for name in fields if name not in ("citations", "alternatives")]
    return {
        "asked": case.told(),
        "fields": fields,
        "python": {name: python.get(name) for name in short},
        "door": {name: told.get(name) for name in short},
    }


if __name__ == "__main__":
    main()
