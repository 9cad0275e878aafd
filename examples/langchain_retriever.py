"""Passages as LangChain documents: python examples/langchain_retriever.py [INDEX]."""

import sys

from qa import Retriever
from qa.adapters.langchain import PullquoteRetriever

with Retriever.open(sys.argv[1] if len(sys.argv) > 1 else "index") as opened:
    retriever = PullquoteRetriever(retriever=opened, k=3)
    for document in retriever.invoke("How much did the tidal barrier cost?"):
        place = "{article_id}[{start}:{end}], {outlet}".format(**document.metadata)
        print(f"{place}: {document.page_content[:70]!r}…")
