"""Haystack as its documentation shows it: embedders, in-memory store, retriever, extractive reader.

python haystack_peer.py WORK; WORK holds task.json, encoder/ and reader/. Run by bench.speed.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)
from haystack_integrations.components.readers.transformers import TransformersExtractiveReader

READ = 10

work = Path(sys.argv[1])
task = json.loads((work / "task.json").read_text())
texts, questions = task["texts"], task["questions"]

embedder = SentenceTransformersDocumentEmbedder(
    model=str(work / "encoder"), progress_bar=False, normalize_embeddings=True
)
embedder.warm_up()
embedder.run([Document(content=text) for text in texts[:4]])
store = InMemoryDocumentStore(embedding_similarity_function="cosine")
began = time.perf_counter()
documents = embedder.run([Document(id=str(i), content=t) for i, t in enumerate(texts)])["documents"]
store.write_documents(documents)
indexed = time.perf_counter() - began

if "retrieve" in task:
    asker = SentenceTransformersTextEmbedder(
        model=str(work / "encoder"), progress_bar=False, normalize_embeddings=True
    )
    asker.warm_up()
    dense = InMemoryEmbeddingRetriever(store, top_k=task["retrieve"])
    words = InMemoryBM25Retriever(store, top_k=task["retrieve"])
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=task["retrieve"])
    rankings: dict[str, list[list[int]]] = {"dense": [], "hybrid (RRF)": []}
    for question in questions:
        near = dense.run(query_embedding=asker.run(question)["embedding"])["documents"]
        joined = joiner.run([near, words.run(query=question)["documents"]])["documents"]
        rankings["dense"].append([int(document.id) for document in near])
        rankings["hybrid (RRF)"].append([int(document.id) for document in joined])
    (work / "haystack.json").write_text(json.dumps({"rankings": rankings}))
    sys.exit()

pipeline = Pipeline()
pipeline.add_component(
    "embedder",
    SentenceTransformersTextEmbedder(
        model=str(work / "encoder"), progress_bar=False, normalize_embeddings=True
    ),
)
pipeline.add_component("retriever", InMemoryEmbeddingRetriever(store, top_k=READ))
pipeline.add_component("reader", TransformersExtractiveReader(model=str(work / "reader")))
pipeline.connect("embedder.embedding", "retriever.query_embedding")
pipeline.connect("retriever.documents", "reader.documents")
pipeline.warm_up()
seconds = []
for question in ["warm up", *questions]:
    began = time.perf_counter()
    pipeline.run({"embedder": {"text": question}, "reader": {"query": question}})
    seconds.append(time.perf_counter() - began)
np.save(work / "haystack.npy", np.array([d.embedding for d in documents[:64]], dtype=np.float32))
found = {"passages_per_s": round(len(texts) / indexed, 1), "answer_s": seconds[1:]}
(work / "haystack.json").write_text(json.dumps(found))
