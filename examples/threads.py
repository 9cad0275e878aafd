"""One assistant for all threads of a program: python examples/threads.py [INDEX]."""

import sys
from concurrent.futures import ThreadPoolExecutor

from qa import Assistant

QUESTIONS = ["How much did the tidal barrier cost?", "Who found the leak in the tidal barrier?"]


with (
    Assistant.open(sys.argv[1] if len(sys.argv) > 1 else "index") as assistant,
    ThreadPoolExecutor(2) as pool,  # each question keeps a processor busy: more only wait
):
    for answer in pool.map(assistant.ask, QUESTIONS):
        for citation in answer.citations:
            article = assistant.article(citation.article_id, version=citation.version)
            assert citation.span.of(article.text) == citation.text  # word for word
        print(f"{answer.question}\n  {answer.text or 'The articles do not say.'}")
