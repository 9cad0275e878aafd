"""Ask some articles only, by outlet and day: python examples/some_articles.py [INDEX]."""

import sys
from datetime import date

from qa import ArticleFilter, Assistant

with Assistant.open(sys.argv[1] if len(sys.argv) > 1 else "index") as assistant:
    outlet = next(summary.outlet for summary in assistant.articles() if summary.outlet)
    only = ArticleFilter(outlets=[outlet], since=date(2000, 1, 1))
    answer = assistant.ask("How much did the tidal barrier cost?", only=only)
    print(f"{outlet}: {answer.text or 'these articles do not say'}")
