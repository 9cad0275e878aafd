"""Which days does a question name?"""

from __future__ import annotations

from datetime import date

from qa.time_phrases.periods import Period, within

__all__ = ["Period", "period_in", "within"]


def period_in(question: str, today: date) -> Period | None:
    """Return the days that a question names; see `qa.time_phrases.phrases.period_in`."""
    # Its patterns take longer to compile than all else that `import qa` does.
    from qa.time_phrases.phrases import period_in as find

    return find(question, today)
