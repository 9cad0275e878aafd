"""Which days does a question name?"""

from qa.time_phrases.periods import Period, within
from qa.time_phrases.phrases import period_in

__all__ = ["Period", "period_in", "within"]
