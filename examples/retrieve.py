"""Find passages, with offsets to do your own things with: python examples/retrieve.py [INDEX]."""

import sys

from qa import Retriever

with Retriever.open(sys.argv[1] if len(sys.argv) > 1 else "index") as retriever:
    for hit in retriever.retrieve("the cost of the tidal barrier", k=3):
        span = hit.passage.span
        print(f"{hit.score:.2f}  {hit.passage.article_id}[{span.start}:{span.end}]")
        print(f"      meaning: {hit.dense_rank}, words: {hit.lexical_rank}")
        print(f"      {hit.passage.text[:70]!r}…")
        article = retriever.article_of(hit)  # the version that the offsets count in
        print(f"      one of {len(article.text):,} characters: {span.of(article.text)[:20]!r}…")
