"""An answering component in a Haystack pipeline: python examples/haystack_component.py [INDEX]."""

import os
import sys

os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")  # else it tells its makers of its use

from haystack import Pipeline

from qa.adapters.haystack import PullquoteAnswerer

pipeline = Pipeline()
pipeline.add_component("articles", PullquoteAnswerer(sys.argv[1] if len(sys.argv) > 1 else "index"))
found = pipeline.run({"articles": {"query": "How much did the tidal barrier cost?"}})["articles"]
for answer in found["answers"]:
    offset = answer.document_offset
    print(f"{answer.data} ({answer.score:.0%})")
    print(f"  {answer.document.meta['title']}[{offset.start}:{offset.end}]")
