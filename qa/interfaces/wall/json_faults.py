"""Is a body JSON that every reader understands alike, and not nested without end?"""

from __future__ import annotations

import json
import math
import re
from itertools import accumulate

MAX_NESTING = 64

# An unfinished string goes to the end: tried anew from each quote in it, it would take forever.
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_STEPS = {**dict.fromkeys(b"[{", 1), **dict.fromkeys(b"]}", -1)}
_NO_BRACKETS = bytes(set(range(256)) - set(_STEPS))


def fault_of(body: bytes, is_json: bool) -> str | None:
    """Return what is wrong with a body, as a sentence, or None; of the largest it takes a while."""
    if nesting(body) > MAX_NESTING:
        return f"The JSON is nested more than {MAX_NESTING} levels deep; send it flatter."
    wrong = json_fault(body) if is_json and body else None
    return f"The body is no JSON: {wrong}." if wrong else None


def nesting(body: bytes) -> int:
    r"""Return how deep the brackets of a JSON text are nested; those within strings do not count.

    >>> nesting(b'{"a": [1, "[[[\\"["]}'), nesting(b"[" * 1000)
    (2, 1000)
    """
    brackets = _STRING.sub(b"", body).translate(None, _NO_BRACKETS)
    return max(accumulate(map(_STEPS.__getitem__, brackets), initial=0))


def json_fault(body: bytes) -> str | None:
    r"""Return what is wrong with a JSON text that is not nested too deeply, or None.

    Stricter than Python, whose readers take what its writers then break on.

    >>> json_fault(b'["a", 1.5]'), json_fault(b"[NaN]"), json_fault(b"[1e999]")
    (None, 'NaN is no number', '1e999 is no number')
    >>> json_fault(rb'"\ud800"'), json_fault(b"[")[:15]
    ('half of a character', 'Expecting value')
    """
    try:
        found = json.loads(body.decode(), parse_constant=_no_number, parse_float=_finite)
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return "half of a character"
    except ValueError as error:
        return str(error)[:200]
    return None


def _no_number(text: str) -> float:
    raise ValueError(f"{text[:20]} is no number")


def _finite(text: str) -> float:
    return float(text) if math.isfinite(float(text)) else _no_number(text)
