"""txtai as its documentation shows it: embeddings, and an extractor with a question model.

python txtai_peer.py WORK; WORK holds task.json, encoder/ and reader/. Run by bench.speed.
"""

import json
import sys
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
from txtai import Embeddings
from txtai.pipeline import Questions

READ = 10

work = Path(sys.argv[1])
task = json.loads((work / "task.json").read_text())
texts, questions = task["texts"], task["questions"]

if "retrieve" in task:
    rankings = {}
    for way, hybrid in {"dense": False, "hybrid": True}.items():
        index = Embeddings(path=str(work / "encoder"), backend="faiss", hybrid=hybrid)
        index.index(texts)
        found = index.batchsearch(questions, task["retrieve"])
        rankings[way] = [[int(number) for number, _ in hits] for hits in found]
    (work / "txtai.json").write_text(json.dumps({"rankings": rankings}))
    sys.exit()

embeddings = Embeddings(path=str(work / "encoder"), content=True, backend="faiss")
embeddings.index(texts[:4])
began = time.perf_counter()
embeddings.index(texts)
indexed = time.perf_counter() - began

reader = Questions(str(work / "reader"))
seconds = []
for question in ["warm up", *questions]:
    began = time.perf_counter()
    hits = embeddings.search(question, READ)
    for hit in hits:
        # It fails where the best place is "not here"; it has read the text by then.
        with suppress(TypeError):
            reader([question], [hit["text"]])
    seconds.append(time.perf_counter() - began)
np.save(work / "txtai.npy", np.array(embeddings.batchtransform(texts[:64]), dtype=np.float32))
found = {"passages_per_s": round(len(texts) / indexed, 1), "answer_s": seconds[1:]}
(work / "txtai.json").write_text(json.dumps(found))
