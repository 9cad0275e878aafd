"""How is the collection? Figures, whether something can be added, and what deserves attention."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus import Overview
from qa.assistant import Assistant, Stats
from qa.interfaces.library.uploads import UploadLimits

OLD_DAYS = 30
"""A collection of news that has not changed for so long may be out of date."""

GOOD_RECALL = 0.95
_MB = 1024 * 1024

_WHY = {
    "read_only": "This site is for reading only.",
    "no_permission": "The server may not write to its index folder.",
    "disk_full": "The disk of the server is nearly full.",
}

_FINDINGS = {
    "empty": "There are no articles yet.",
    "without_date": "{count} articles have no date: no question about a time finds them.",
    "without_outlet": "{count} articles name no outlet.",
    "without_title": "{count} articles have no title.",
    "copies": "{count} articles are copies or versions of {stories} reports.",
    "recall": "The search by meaning finds {count} of 100 nearest passages; run: pullquote verify",
    "old": "The last change was {count} days ago.",
    "busy": "Another process is writing to the index just now.",
}

Findings = list[dict[str, Any]]


def health(assistant: Assistant, limits: UploadLimits, *, may_write: bool) -> dict[str, Any]:
    """Return what `GET /v1/library` answers.

    A finding has a `kind`, the numbers that belong to it, and a `text` in English.

    Raises:
        StoreError: the index cannot be read.
    """
    stats, overview, folder = assistant.stats(), assistant.overview(), assistant.folder
    why = _why_not(folder, limits, may_write=may_write)
    busy = is_locked(folder)
    return {
        **asdict(stats),
        **asdict(overview),
        "bytes": _bytes_in(folder),
        "writable": why is None,
        "why": why,
        "why_text": _WHY[why] if why else None,
        "busy": busy,
        "findings": [_in_words(finding) for finding in _findings(stats, overview, busy=busy)],
    }


def is_locked(folder: Path) -> bool:
    """Say whether some process holds the writer's lock, as far as the system tells.

    The lock is not tried: a writer that starts at that moment would be turned away.
    """
    try:
        facts = (folder / "LOCK").stat()
        held = Path("/proc/locks").read_text(encoding="ascii", errors="replace")
    except OSError:  # no lock yet, or not Linux
        return False
    device = f"{os.major(facts.st_dev):02x}:{os.minor(facts.st_dev):02x}"
    return bool(re.search(rf" {device}:{facts.st_ino} ", held))


def _why_not(folder: Path, limits: UploadLimits, *, may_write: bool) -> str | None:
    """Return why nothing can be added or removed; None if it can."""
    if not may_write:
        return "read_only"
    if not os.access(folder, os.W_OK):
        return "no_permission"
    return "disk_full" if shutil.disk_usage(folder).free < limits.free_bytes else None


def _findings(stats: Stats, overview: Overview, *, busy: bool) -> Findings:
    recall = stats.recall_at_10
    days = _days_since(overview.changed)
    found: list[tuple[bool, dict[str, Any]]] = [
        (overview.articles == 0, {"kind": "empty"}),
        (busy, {"kind": "busy"}),
        (overview.without_date > 0, {"kind": "without_date", "count": overview.without_date}),
        (overview.without_outlet > 0, {"kind": "without_outlet", "count": overview.without_outlet}),
        (overview.without_title > 0, {"kind": "without_title", "count": overview.without_title}),
        (
            overview.copies > 0,
            {"kind": "copies", "count": overview.copies, "stories": overview.stories},
        ),
        (
            recall is not None and recall < GOOD_RECALL,
            {"kind": "recall", "count": round(100 * (recall or 0))},
        ),
        (days > OLD_DAYS, {"kind": "old", "count": days}),
    ]
    return [finding for holds, finding in found if holds]


def _in_words(finding: dict[str, Any]) -> dict[str, Any]:
    return {**finding, "text": _FINDINGS[finding["kind"]].format(**finding)}


def _days_since(moment: str | None) -> int:
    if moment is None:
        return 0
    try:
        return (datetime.now(UTC) - datetime.fromisoformat(moment)).days
    except (ValueError, TypeError):
        return 0


def _bytes_in(folder: Path) -> int:
    """Return what the files of a folder take; those that go meanwhile take nothing."""
    total = 0
    for inside, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.stat(os.path.join(inside, name)).st_size  # noqa: PTH116, PTH118
            except OSError:
                continue
    return total
