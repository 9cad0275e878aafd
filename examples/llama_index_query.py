"""A cited answer from a LlamaIndex query engine: python examples/llama_index_query.py [INDEX]."""

import sys

from qa import Assistant
from qa.adapters.llama_index import PullquoteQueryEngine

with Assistant.open(sys.argv[1] if len(sys.argv) > 1 else "index") as assistant:
    response = PullquoteQueryEngine(assistant).query("How much did the tidal barrier cost?")
    print(response)
    for source in response.source_nodes:
        print(f"  {source.node.metadata['title']}: {source.node.get_content()}")
