"""Ask an index one question: python examples/ask.py [INDEX]."""

import sys

from qa import Assistant

with Assistant.open(sys.argv[1] if len(sys.argv) > 1 else "index") as assistant:
    answer = assistant.ask("How much did the tidal barrier cost?")
    print(answer.text or "The articles do not say.", f"({answer.confidence:.0%})")
    for citation in answer.citations:
        print(f"  {citation.outlet}, {citation.title} ({citation.published})")
