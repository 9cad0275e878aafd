"""An outlet's name that the address of its own site bears out: Orme Courier, ormecourier.com."""

from __future__ import annotations

import re
from collections import Counter

from corpus.facts.outlets import outlet_key, readable_outlet

_HOST = re.compile(r"(?:https?://|www\.|@)([\w-]+(?:\.[\w-]+){1,4})", re.I)
_BARE_HOST = re.compile(
    r"(?<![\w@./-])([\w-]{4,40})\.(?:com|org|net|co\.uk|de|fr|es|it|news)(?!\w)"
)
_CELLS = re.compile(r"\s*[|•·»›\t]\s*|\s[-–—]\s|\s{2,}|: ")
_MOST_CHARS, _LONGEST_LINE_CHARS = 60_000, 160
_SHORTEST_KEY, _MOST_NAME_WORDS, _FEWEST_OWN = 6, 6, 2
LINK_NUMBER = re.compile(r"\[\d{1,4}\]")
"""What text browsers put before a link: "[7]Jane Roe"."""


def outlet_by_host(text: str, page: str) -> str | None:
    r"""Return the name in a short line, or a part of one, that is also a host's name on the page.

    Args:
        text: The text; of a long one only the beginning and the end are looked at.
        page: What of it is furniture. An address in the article is somebody else's.

    >>> outlet_by_host("Orme Courier | News\nIt rained.", "https://www.ormecourier.example/a")
    'Orme Courier'
    """
    text, page = _ends(text), _ends(page)
    counts = _labels(page)
    own = _label_of_most(page)
    for line in text.splitlines() if counts else ():
        if len(line) <= _LONGEST_LINE_CHARS:
            for cell in _CELLS.split(LINK_NUMBER.sub("", line).strip()):
                key = outlet_key(cell)
                if _is_name(cell) and (key in counts if " " in cell else key == own):
                    return readable_outlet(cell.title() if cell.isupper() else cell)
    return None


def _labels(page: str) -> Counter[str]:
    """Count the parts of hosts' names, but for the last."""
    labels = [label for host in _HOST.findall(page) for label in host.casefold().split(".")[:-1]]
    labels += [label.casefold() for label in _BARE_HOST.findall(page)]
    return Counter(label.replace("-", "").removeprefix("the") for label in labels)


def _label_of_most(page: str) -> str | None:
    """Return the label of most addresses: they are the site's own, so one word may name it."""
    hosts = Counter(max(host.casefold().split(".")[:-1], key=len) for host in _HOST.findall(page))
    label = max(hosts, key=lambda label: hosts[label], default="")
    return label if hosts[label] >= _FEWEST_OWN and 2 * hosts[label] > hosts.total() else None


def _ends(text: str) -> str:
    if len(text) <= 2 * _MOST_CHARS:
        return text
    return f"{text[:_MOST_CHARS]}\n{text[-_MOST_CHARS:]}"


def _is_name(cell: str) -> bool:
    words = cell.split()
    return (
        0 < len(words) <= _MOST_NAME_WORDS
        and words[0][0].isupper()
        and len(outlet_key(cell)) >= _SHORTEST_KEY
    )
